"""The command: arguments, printing and exit codes. A command imports what it needs, no more."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

import click

from aimanifest import __version__

if TYPE_CHECKING:
    from aimanifest.converters.accounts import Converted
    from aimanifest.overviews import Form
    from aimanifest.renderers import Renderer, Screen
    from aimanifest.report import Report, Target, Unread
    from aimanifest.rules import Framework

REACHED, FINDINGS, USAGE, UNREAD, FAILURE = range(5)
"""The exit codes, from the best to the worst."""

EXIT_CODES = f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  every manifest is right and reaches what is required
  {FINDINGS}  a manifest is wrong, or does not reach what is required
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a file could not be read, or a folder holds no manifest; the rest was checked
  {FAILURE}  aimanifest itself failed, or could not write its output
"""

STDIN = "-"
COLUMNS = 100
"""How wide the output is that does not go to a terminal: the same everywhere."""


def main() -> None:
    """Run the command as a process, which ends by signals and exit codes as processes do."""
    gc.disable()  # what is imported stays; looking through it for waste takes a tenth of the time
    sys.excepthook = _fail
    _leave_signals_to_the_system()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # an encoding may lack letters that a manifest has
            stream.reconfigure(errors="backslashreplace")
    aimanifest(prog_name="aimanifest")


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, wanted: _tell_version(context) if wanted else None,
    help="Show the version, and that of the facts about licenses, and exit.",
)
def aimanifest() -> None:
    """Check what an AI release says of itself, by its file ai-manifest.yaml."""


def _tell_version(context: click.Context) -> None:
    from aimanifest.data import spdx

    click.echo(f"aimanifest {__version__}, with the SPDX License List {spdx.VERSION}")
    context.exit()


# -- parameters ------------------------------------------------------------------------------------


def _framework(id: str) -> Framework:
    """Return the framework with this id."""
    from aimanifest import frameworks

    try:
        return frameworks.load(id)
    except KeyError:
        known = frameworks.every()
        hint = _did_you_mean(id, known)
        told = f"there is no framework {id!r}.{hint} There are: {_list(known)}."
        raise click.BadParameter(told) from None


def _target(text: str) -> Target:
    """Return the framework, and after a colon the level of it, that a manifest has to reach."""
    from aimanifest.report import Target

    id, colon, level = text.partition(":")
    framework = _framework(id)
    if not framework.levels:
        raise click.BadParameter(f"{id} gives no verdict, so it cannot be required.")
    if colon and level not in framework.levels:
        hint = _did_you_mean(level, framework.levels)
        levels = _list(framework.levels)
        raise click.BadParameter(f"{id} has no level {level!r}.{hint} It has: {levels}.")
    return Target(framework, level or None)


def _renderer(name: str) -> Renderer:
    """Return the renderer for an output format."""
    from aimanifest import renderers

    known = renderers.names()
    if name not in known:
        hint = _did_you_mean(name, known)
        raise click.BadParameter(f"there is no format {name!r}.{hint} There are: {_list(known)}.")
    return renderers.load(name)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


_COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="`auto`: on a terminal, unless NO_COLOR is set.",
)


# -- validate --------------------------------------------------------------------------------------


@aimanifest.command(epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option(
    "--require",
    "targets",
    type=_target,
    multiple=True,
    default=("osaid-1.0",),
    show_default=True,
    metavar="FRAMEWORK[:LEVEL]",
    help="What every manifest has to reach; may be given several times. `core` asks only that the "
    "file is right, which is asked in any case. What a release claims is always checked.",
)
@click.option(
    "--format",
    "renderer",
    type=_renderer,
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="`text` for people; `concise` for editors, one line for each finding; `json` for "
    "programs, as `aimanifest schema --report` describes it.",
)
@_COLOR
@click.option(
    "--stdin-filename",
    metavar="PATH",
    help="What to call standard input; the manifests of bases are looked for beside it.",
)
@click.pass_context
def validate(
    context: click.Context,
    *,
    paths: tuple[str, ...],
    targets: tuple[Target, ...],
    renderer: Renderer,
    color: str,
    stdin_filename: str | None,
) -> None:
    """Check manifests, and say what to mend.

    PATH is a file of any name, a folder, or `-` for standard input; without one, the current
    folder. In folders, ai-manifest.yaml, ai-manifest.yml and ai-manifest.json are found at any
    depth, but not in folders whose name begins with a dot, nor behind links to folders.

    Nothing is fetched from the network.
    """
    _hold_stdin(context, paths, stdin_filename)
    from aimanifest.report import Report

    worst = REACHED
    wanted = tuple(dict.fromkeys(targets))

    def results() -> Iterator[Report | Unread]:
        nonlocal worst
        ids = tuple(dict.fromkeys(each.framework.id for each in wanted))
        for each in _results(paths or (os.curdir,), ids, stdin_filename):
            if isinstance(each, Report):
                worst = max(worst, REACHED if each.reaches(wanted) else FINDINGS)
                if not gc.isenabled():  # all is imported: from here on, waste can be left behind
                    gc.freeze()
                    gc.enable()
            else:
                worst = UNREAD
                _complain(each)
            yield each

    screen = _screen(color)
    for piece in renderer(results(), targets=wanted, screen=screen):
        _say(piece, colour=screen.colour)
    context.exit(worst)


def _hold_stdin(context: click.Context, paths: Sequence[str], stdin_filename: str | None) -> None:
    """Refuse what cannot be asked of standard input."""
    if paths.count(STDIN) > 1:
        raise click.UsageError("standard input can be read only once.", context)
    if stdin_filename is not None and STDIN not in paths:
        raise click.UsageError("--stdin-filename needs `-` among the paths.", context)


def _results(
    paths: Iterable[str], frameworks: Sequence[str], stdin_filename: str | None
) -> Iterator[Report | Unread]:
    """Read and validate what is at each path, one file at a time, by these frameworks."""
    from aimanifest.report import Unread
    from aimanifest.validation import LocalFolder, read_bytes
    from aimanifest.validation import validate as report_on

    for path in (found for each in paths for found in _files(each)):
        if isinstance(path, Unread):
            yield path
            continue
        own = stdin_filename or "" if path == STDIN else path
        try:
            source = _stdin() if path == STDIN else read_bytes(path)
        except OSError as error:
            yield Unread(own or "<stdin>", error.strerror or str(error))
            continue
        folder = LocalFolder(os.path.dirname(own), own=own)
        yield report_on(source, path=own or "<stdin>", require=frameworks, folder=folder)


def _files(path: str) -> Iterator[str | Unread]:
    """Give the manifest that `path` is, or all manifests in the folder that it is."""
    from aimanifest.report import Unread
    from aimanifest.validation import FILE_NAMES

    if path == STDIN or not os.path.isdir(path):
        yield path
        return
    found = False
    for each in _manifests(path, FILE_NAMES):
        found = True
        yield each
    if not found:
        *names, last = FILE_NAMES
        yield Unread(
            path,
            f"there is no {', '.join(names)} or {last} in this folder or below it "
            "(folders whose name begins with a dot are left out)",
        )


def _manifests(folder: str, names: Sequence[str]) -> Iterator[str | Unread]:
    """Search a folder for files of these names, in an order that does not depend on the disk."""
    from aimanifest.report import Unread

    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda each: each.name)
        except OSError as error:
            yield Unread(here, error.strerror or str(error))
            continue
        for entry in entries:
            if entry.name in names and not os.path.isdir(entry.path):
                path = entry.path.removeprefix(os.path.join(os.curdir, ""))
                # To open a pipe would wait for ever; what does not exist is a link to nowhere.
                special = os.path.exists(entry.path) and not os.path.isfile(entry.path)
                yield Unread(path, "this is no ordinary file") if special else path
        waiting += (
            entry.path
            for entry in reversed(entries)
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
        )


def _stdin() -> bytes:
    """Read standard input, but no more of it than a manifest may be long."""
    from aimanifest.document import LIMIT_BYTES

    if sys.stdin is None:
        raise OSError(0, "standard input is closed")
    return sys.stdin.buffer.read(LIMIT_BYTES + 1)


def _screen(color: str) -> Screen:
    """Find out what the output is shown on, for a renderer."""
    from aimanifest.renderers import Screen

    return Screen(*_columns_and_colour(color))


def _columns_and_colour(color: str) -> tuple[int, bool]:
    """Find out how wide the output is, and whether it has colour."""
    if not sys.stdout.isatty():
        return COLUMNS, color == "always"
    from shutil import get_terminal_size

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    columns = get_terminal_size((COLUMNS, 0)).columns
    return max(columns, 20), color == "always" or (color == "auto" and not plain)


# -- assess ----------------------------------------------------------------------------------------


def _form(name: str) -> Form:
    """Return the form in which overviews are written."""
    from aimanifest import overviews

    known = overviews.names()
    if name not in known:
        hint = _did_you_mean(name, known)
        raise click.BadParameter(f"there is no format {name!r}.{hint} There are: {_list(known)}.")
    return overviews.load(name)


@aimanifest.command(
    epilog=f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  every manifest is right; how far it gets is told, and is no failure
  {FINDINGS}  a manifest is wrong
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a file could not be read, or a folder holds no manifest; the rest was assessed
  {FAILURE}  aimanifest itself failed, or could not write its output
"""
)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option(
    "--framework",
    "chosen",
    type=_framework,
    multiple=True,
    metavar="FRAMEWORK",
    help="Only by this one; may be given several times. By default by all; `core` and "
    "`license-flow` are then shown only where they find something.",
)
@click.option(
    "--format",
    "form",
    type=_form,
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="`text` for people; `html`, a page in one file; `markdown` for summaries and README "
    "files; `json` for programs, as `aimanifest schema --assessment` describes it.",
)
@_COLOR
@click.option(
    "--stdin-filename",
    metavar="PATH",
    help="What to call standard input; the manifests of bases are looked for beside it.",
)
@click.pass_context
def assess(
    context: click.Context,
    *,
    paths: tuple[str, ...],
    chosen: tuple[Framework, ...],
    form: Form,
    color: str,
    stdin_filename: str | None,
) -> None:
    """Show how far releases get by each definition of open.

    Each framework speaks in its own words, and no two are counted together. Of one release: every
    level, what is in the way of the next, and the smallest step up. Of several: tables, releases
    down and requirements across.

    PATH is what it is for `aimanifest validate`.
    """
    _hold_stdin(context, paths, stdin_filename)
    from aimanifest import frameworks, overviews
    from aimanifest.report import Report

    wanted = tuple(dict.fromkeys(chosen)) or overviews.in_order(frameworks.every().values())
    found, unread = [], []
    for each in _results(paths or (os.curdir,), [one.id for one in wanted], stdin_filename):
        if isinstance(each, Report):
            found.append(overviews.overview(each, wanted, quiet=not chosen))
        else:
            unread.append(each)
            _complain(each)
    columns, colour = _columns_and_colour(color)
    comparison = overviews.Comparison(tuple(found), tuple(unread))
    for piece in form(comparison, columns=columns, colour=colour):
        _say(piece, colour=colour)
    wrong = any(each.faults for each in found)
    context.exit(UNREAD if unread else FINDINGS if wrong else REACHED)


# -- convert ---------------------------------------------------------------------------------------


def _source_format(name: str) -> str:
    """Return the name of a format that can be converted."""
    from aimanifest import converters

    known = converters.names()
    if name not in known:
        hint = _did_you_mean(name, known)
        raise click.BadParameter(
            f"nothing converts from {name!r}.{hint} There are: {_list(known)}."
        )
    return name


@aimanifest.command(
    epilog=f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  every file was converted
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a file could not be read, or is not of that format; the rest was converted
  {FAILURE}  aimanifest itself failed, or could not write its output
"""
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option(
    "--from",
    "source_format",
    type=_source_format,
    required=True,
    metavar="FORMAT",
    help="`mof`: a record of the Model Openness Tool. `osai-index`: a record of the European Open "
    "Source AI Index.",
)
@click.option(
    "--output-dir",
    metavar="DIR",
    help="Write the manifest of each FILE into this folder, under the name of FILE with `.yaml` at "
    "its end. The folder is made if need be.",
)
@click.option("--force", is_flag=True, help="Overwrite manifests that are there already.")
@click.option(
    "--report",
    metavar="FILE",
    help="Write as JSON into this file, or with `-` to standard output, what the manifests leave "
    "out and what in them is guessed, as `aimanifest schema --conversion` describes it. Without "
    "it, the same is told in text on standard error.",
)
@click.pass_context
def convert(
    context: click.Context,
    *,
    files: tuple[str, ...],
    source_format: str,
    output_dir: str | None,
    force: bool,
    report: str | None,
) -> None:
    """Make manifests out of records in other formats.

    A manifest says what the record says and no more. What has no place in a manifest, or is not
    clear, is told in the report, each value with its line: nothing is dropped silently. Where
    something had to be guessed, a comment in the manifest says so. Read both before you publish.

    FILE is one record in YAML, or `-` for standard input. Without --output-dir there can be only
    one, and its manifest goes to standard output. Nothing is fetched from the network.
    """
    if output_dir is None and len(files) > 1:
        raise click.UsageError("several files need --output-dir.", context)
    if output_dir is None and report == STDIN:
        raise click.UsageError("the manifest goes to standard output already.", context)
    if output_dir is not None and STDIN in files:
        raise click.UsageError("--output-dir needs files that have names.", context)
    targets = _targets(context, files, output_dir, force=force) if output_dir else [""]
    from aimanifest.converters import accounts

    results = []
    for file, target in zip(files, targets, strict=True):
        result = _converted(file, target, source_format)
        results.append(result)
        if report is None or result.conversion is None:
            for line in accounts.lines(result):
                click.echo(line, err=True)
    if report is not None:
        text = _json(accounts.plain(source_format, results))
        if report == STDIN:
            _say(text)
        else:
            _write(report, text)
    context.exit(REACHED if all(each.conversion for each in results) else UNREAD)


def _targets(
    context: click.Context, files: Sequence[str], folder: str, *, force: bool
) -> list[str]:
    """Say for each of `files` where its manifest will be, if nothing is lost by that."""
    targets: dict[str, str] = {}
    sources = {os.path.realpath(each) for each in files}
    for file in files:
        stem = os.path.splitext(os.path.basename(os.path.normpath(file)))[0]
        target = os.path.join(folder, f"{stem}.yaml")
        if target in targets:
            names = f"{targets[target]!r} and {file!r}"
            raise click.UsageError(f"{names} would both become {target!r}.", context)
        if os.path.realpath(target) in sources:
            raise click.UsageError(f"{target!r} is itself one of the files to convert.", context)
        if os.path.lexists(target) and not force:
            message = f"{target!r} is there already; --force overwrites it."
            raise click.UsageError(message, context)
        targets[target] = file
    return list(targets)


def _converted(file: str, target: str, source_format: str) -> Converted:
    """Convert one file, and write its manifest to `target`, or to standard output."""
    from aimanifest import converters
    from aimanifest.converters.accounts import Converted
    from aimanifest.converters.writing import written
    from aimanifest.document.foreign import Unreadable
    from aimanifest.validation import read_bytes

    name = "<stdin>" if file == STDIN else file
    try:
        source = _stdin() if file == STDIN else read_bytes(file)
        conversion = converters.load(source_format)(source, path=name)
    except (OSError, Unreadable) as error:
        return Converted.failed(name, error)
    text = written(conversion)
    if target:
        _write(target, text)
    else:
        _say(text)
    return Converted(name, target, conversion)


def _write(path: str, text: str) -> None:
    """Write a file so that at any moment it is either what it was, or whole."""
    unfinished = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
        with open(unfinished, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(unfinished, path)
    except OSError as error:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
        raise _OutputError(f"{path!r} could not be written: {error.strerror}") from error


# -- the other commands ----------------------------------------------------------------------------


@aimanifest.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Explain a rule.

    What it demands and why, in whose words, and what to write. The part of RULE before the slash
    can be left out where only one rule is called so.
    """
    from aimanifest import reference

    match reference.find(rule):
        case [found]:
            _say(reference.page(found))
        case []:
            listed = reference.all_rules()
            names = [*listed, *(id.partition("/")[2] for id in listed)]
            raise click.UsageError(
                f"there is no rule {rule!r}.{_did_you_mean(rule, names)} "
                "`aimanifest rules` lists them all."
            )
        case several:
            ids = ", ".join(each.id for each in several)
            raise click.UsageError(f"{rule!r} is the name of several rules: {ids}.")


@aimanifest.command()
@click.option(
    "--framework", type=_framework, metavar="FRAMEWORK", help="Only the rules of this one."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="`json` with clauses, reasons and remedies.",
)
def rules(framework: Framework | None, form: str) -> None:
    """List the rules.

    With each stands the statement that is true when all is well.
    """
    from aimanifest import reference

    listed = framework.rules if framework else list(reference.all_rules().values())
    if form == "text":
        _say(reference.overview(listed))
    else:
        _say_json([reference.plain(each) for each in listed])


@aimanifest.command(
    epilog=f"""\b
Exit codes:
  {REACHED}  the text names licenses, and something is known of each of them
  {FINDINGS}  it names none, or does not say which, or nothing is known of one
  {USAGE}  the command was used wrongly
"""
)
@click.argument("text", nargs=-1, required=True, metavar="ID-OR-TEXT...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="`json` for programs, as `aimanifest schema --license` describes it.",
)
@_COLOR
@click.pass_context
def license(context: click.Context, *, text: tuple[str, ...], form: str, color: str) -> None:
    """Say all that is known of a license.

    What it restricts, clause by clause, and what each framework makes of it for code, data,
    documents and weights.

    ID-OR-TEXT is an SPDX id or expression, or what people write in its place: a name, an address of
    the text, an id of the Hugging Face Hub or of ScanCode. Where only its author can know what is
    meant, the question is asked; nothing is ever guessed.
    """
    from aimanifest import catalogue

    answer = catalogue.look_up(" ".join(text))
    if form == "json":
        from aimanifest.catalogue.plain import plain

        _say_json(plain(answer))
    else:
        from aimanifest.catalogue.text import page

        columns, colour = _columns_and_colour(color)
        _say(page(answer, columns=columns, colour=colour), colour=colour)
    context.exit(REACHED if answer.known else FINDINGS)


@aimanifest.command()
@click.option("--report", is_flag=True, help="The schema of `validate --format json` instead.")
@click.option(
    "--license",
    "license_answer",
    is_flag=True,
    help="The schema of `license --format json` instead.",
)
@click.option("--assessment", is_flag=True, help="The schema of `assess --format json` instead.")
@click.option("--conversion", is_flag=True, help="The schema of `convert --report` instead.")
def schema(*, report: bool, license_answer: bool, assessment: bool, conversion: bool) -> None:
    """Print the JSON Schema of the manifest.

    In one piece, for editors and other programs.
    """
    from aimanifest import schemas

    asked = {
        "--report": report,
        "--license": license_answer,
        "--assessment": assessment,
        "--conversion": conversion,
    }
    match [name for name, wanted in asked.items() if wanted]:
        case []:
            _say_json(schemas.bundle())
        case ["--report"]:
            _say_json(schemas.report())
        case ["--license"]:
            _say_json(schemas.license_answer())
        case ["--assessment"]:
            _say_json(schemas.assessment())
        case ["--conversion"]:
            _say_json(schemas.conversion())
        case [one, other, *_]:
            raise click.UsageError(f"{one} and {other} are two schemas: ask for one at a time.")


# -- the world outside -----------------------------------------------------------------------------


class _OutputError(click.ClickException):
    """The output could not be written."""

    exit_code = FAILURE


def _say(text: str, *, colour: bool = False) -> None:
    """Print `text` as it is, at once."""
    try:
        click.echo(text, nl=False, color=colour)
    except OSError as error:
        # What is still waiting to be written would fail again at the end: let it go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise _OutputError(f"the output could not be written: {error.strerror}") from error


def _say_json(value: object) -> None:
    _say(_json(value))


def _json(value: object) -> str:
    import json

    # DEL is the one control character that JSON lets pass.
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f") + "\n"


def _complain(unread: Unread) -> None:
    from aimanifest.terminal import visible

    click.echo(f"aimanifest: {visible(unread.path)}: {visible(unread.reason)}", err=True)


def _did_you_mean(word: str, words: Iterable[str]) -> str:
    from difflib import get_close_matches

    nearest = get_close_matches(word, list(words), n=1)
    return f" Did you mean {nearest[0]!r}?" if nearest else ""


def _fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> NoReturn:
    """Show where aimanifest itself failed, and end with the code for that."""
    sys.__excepthook__(kind, error, trace)
    click.echo("aimanifest: this is a fault of aimanifest; please report it.", err=True)
    raise SystemExit(FAILURE)


def _leave_signals_to_the_system() -> None:
    """Let Ctrl-C, and a reader that has read enough, end this command like any other."""
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
