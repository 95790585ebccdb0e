"""The command: what it reads, what it says, and how it ends."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from aimanifest import __version__, cli, frameworks, reference, schemas
from aimanifest.data import spdx

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
COMPLETE = (GOLDEN / "complete.yaml").read_text(encoding="utf-8")
RIGHT = """\
aimanifest: "1.0"
release:
  name: Tern
  publisher: {name: Example Lab}
components:
  weights: {license: Apache-2.0}
"""
WRONG = RIGHT.replace("license:", "licence:")

REACHED, FINDINGS, USAGE, UNREAD, FAILURE = range(5)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str | bytes = RIGHT) -> str:
    """Write a file, with the folders it needs, and return its name."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def run(*arguments: str, stdin: str | bytes = b"") -> Result:
    """Run the command in this process; an exception that is not its own goes through."""
    return CliRunner(catch_exceptions=False).invoke(
        cli.aimanifest, arguments, input=stdin, prog_name="aimanifest"
    )


def validate(*arguments: str, stdin: str | bytes = b"") -> Result:
    return run("validate", *arguments, stdin=stdin)


def core(*arguments: str, stdin: str | bytes = b"") -> Result:
    """Ask only whether the file is right."""
    return validate("--require", "core", "--format", "concise", *arguments, stdin=stdin)


def environment(**variables: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), **variables}


def process(
    *arguments: str, code: str = "", stdin: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own; `code` is executed before it."""
    start = f"{code}\nfrom aimanifest.cli import main\nmain()"
    return subprocess.run(
        (sys.executable, "-c", start, *arguments),
        input=stdin.decode(),
        env=environment(**variables),
        capture_output=True,
        encoding=variables.get("PYTHONIOENCODING", "utf-8"),
        timeout=60,
        check=False,
    )


# -- exit codes ------------------------------------------------------------------------------------


def test_a_complete_release_ends_with_0() -> None:
    result = validate(write("ai-manifest.yaml", COMPLETE))
    assert (result.exit_code, result.stderr) == (REACHED, "")


def test_findings_end_with_1() -> None:
    assert validate(write("ai-manifest.yaml")).exit_code == FINDINGS
    assert core(write("wrong.yaml", WRONG)).exit_code == FINDINGS


@pytest.mark.parametrize(
    "arguments",
    [
        ("--require", "osaid"),
        ("--require", "osaid-1.0:gold"),
        ("--require", "osaid-1.0:"),
        ("--require", ""),
        ("--format", "jsn"),
        ("--color", "yes"),
        ("--no-such-option",),
        ("-", "-"),
        ("--stdin-filename", "x.yaml"),
    ],
)
def test_wrong_use_ends_with_2_before_anything_is_read(arguments: tuple[str, ...]) -> None:
    write("ai-manifest.yaml")
    result = validate(*arguments)
    assert (result.exit_code, result.stdout) == (USAGE, "")
    assert "Error: " in result.stderr


def test_what_is_missing_ends_with_3() -> None:
    result = validate("gone.yaml")
    assert result.exit_code == UNREAD
    assert result.stderr == "aimanifest: gone.yaml: No such file or directory\n"


def test_what_cannot_be_read_ends_with_3() -> None:
    write("file/ai-manifest.yaml")
    assert validate("file/ai-manifest.yaml/x").exit_code == UNREAD
    name = write("secret.yaml")
    Path(name).chmod(0)
    if not os.access(name, os.R_OK):
        assert validate(name).exit_code == UNREAD


def test_our_own_failure_ends_with_4_and_says_where() -> None:
    code = (
        "import aimanifest.validation as v\n"
        "def validate(*a, **k): raise ZeroDivisionError('ours')\n"
        "v.validate = validate"
    )
    done = process("validate", write("ai-manifest.yaml"), code=code)
    assert done.returncode == FAILURE
    assert "Traceback (most recent call last)" in done.stderr
    assert "ZeroDivisionError: ours" in done.stderr
    assert "a fault of aimanifest" in done.stderr


@pytest.mark.parametrize("paths", [("ai", "gone", "wrong"), ("gone", "wrong", "ai")])
def test_the_worst_code_wins_and_the_rest_is_checked(paths: tuple[str, ...]) -> None:
    write("ai", COMPLETE)
    write("wrong", WRONG)
    result = validate("--format", "concise", *paths)
    assert result.exit_code == UNREAD
    assert "ai: osaid-1.0: complete (" in result.stdout
    assert "wrong: osaid-1.0: not assessed" in result.stdout


def test_the_help_documents_every_code() -> None:
    for arguments in (("--help",), ("validate", "-h")):
        result = run(*arguments)
        assert re.findall(r"^    (\d)  \w", result.stdout, re.MULTILINE) == list("01234")


# -- what is read ----------------------------------------------------------------------------------


def read(*paths: str) -> list[str]:
    """Return the paths of all files that were read, as the report names them."""
    files = json.loads(validate("--format", "json", *paths).stdout)["files"]
    return [each["path"] for each in files]


def test_folders_are_searched_at_any_depth_in_order() -> None:
    for name in (
        "b/ai-manifest.yml",
        "a/z/ai-manifest.json",
        "ai-manifest.yaml",
        "a/ai-manifest.yml",
    ):
        write(name)
    for name in ("a/manifest.yaml", "ai-manifest.yaml.bak", ".git/ai-manifest.yaml"):
        write(name)
    listed = ["ai-manifest.yaml", "a/ai-manifest.yml", "a/z/ai-manifest.json", "b/ai-manifest.yml"]
    assert read() == read(".") == listed
    assert read("a") == read("./a/") == listed[1:3]


def test_a_dot_folder_is_searched_when_it_is_named() -> None:
    assert read(os.path.dirname(write(".hidden/ai-manifest.yaml"))) == [".hidden/ai-manifest.yaml"]


def test_links_to_folders_are_not_followed() -> None:
    write("real/ai-manifest.yaml")
    os.symlink("..", "real/loop")
    os.symlink("real", "link")
    assert read() == ["real/ai-manifest.yaml"]
    assert read("link") == ["link/ai-manifest.yaml"]


def test_a_link_to_a_manifest_is_read_and_one_to_nowhere_is_reported() -> None:
    os.symlink(write("text.yaml"), "ai-manifest.yaml")
    assert read() == ["ai-manifest.yaml"]
    os.symlink("nowhere", "ai-manifest.yml")
    result = validate()
    assert result.exit_code == UNREAD
    assert result.stderr == "aimanifest: ai-manifest.yml: No such file or directory\n"
    os.symlink("ai-manifest.json", "ai-manifest.json")
    assert "aimanifest: ai-manifest.json: Too many levels of symbolic links\n" in validate().stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_with_the_name_of_a_manifest_does_not_make_a_search_wait() -> None:
    os.mkfifo("ai-manifest.yaml")
    assert validate().exit_code == UNREAD


def test_a_very_deep_folder_is_searched() -> None:
    here = os.getcwd()
    for _ in range(1200):
        os.mkdir("d")
        os.chdir("d")
    write("ai-manifest.yaml")
    os.chdir(here)
    try:
        assert len(read()) == 1
    finally:
        for _ in range(1200):
            os.chdir("d")
        os.remove("ai-manifest.yaml")
        for _ in range(1200):
            os.chdir("..")
            os.rmdir("d")


def test_a_named_file_may_have_any_name() -> None:
    assert read(write("anything.txt")) == ["anything.txt"]
    assert read("--", write("-dash.yaml")) == ["-dash.yaml"]


@pytest.mark.parametrize("paths", [(), (".",), ("empty",)])
def test_a_folder_without_a_manifest_is_never_passed_over_in_silence(
    paths: tuple[str, ...],
) -> None:
    os.mkdir("empty")
    write(".hidden/ai-manifest.yaml")
    result = validate(*paths)
    assert result.exit_code == UNREAD
    assert result.stderr == (
        f"aimanifest: {(*paths, '.')[0]}: there is no ai-manifest.yaml, ai-manifest.yml or "
        "ai-manifest.json in this folder or below it (folders whose name begins with a dot are "
        "left out); `aimanifest init` makes one\n"
    )


def test_a_folder_that_cannot_be_listed_is_reported() -> None:
    write("ai-manifest.yaml")
    os.mkdir("locked", 0)
    if os.access("locked", os.R_OK):
        pytest.skip("this user may read everything")
    assert validate().exit_code == UNREAD


def test_standard_input_is_read() -> None:
    result = core("-", stdin=WRONG)
    assert result.exit_code == FINDINGS
    assert result.stdout.startswith("<stdin>:6:13: unmet: ")
    result = core("-", "--stdin-filename", "model/ai-manifest.yaml", stdin=WRONG)
    assert result.stdout.startswith("model/ai-manifest.yaml:6:13: unmet: ")


def test_bases_are_looked_for_beside_the_manifest() -> None:
    text = COMPLETE.replace("location: https://models.example.org/tern-1b", "path: w", 1).replace(
        "    trained_on: [web-pages]",
        "    derived_from: {base: fine-tune}\n    trained_on: [web-pages]",
    )
    text += "  base: {kind: weights, license: Apache-2.0, manifest: base/ai-manifest.yaml}\n"
    write("model/ai-manifest.yaml", text)
    assert validate("model").exit_code == FINDINGS
    write("model/base/ai-manifest.yaml", COMPLETE)
    assert validate("model").exit_code == REACHED
    assert validate("-", "--stdin-filename", "model/x", stdin=text).exit_code == REACHED
    assert validate("-", stdin=text).exit_code == FINDINGS


def test_a_closed_standard_input_is_reported() -> None:
    done = process("validate", "-", code="import sys; sys.stdin = None")
    assert (done.returncode, done.stderr) == (
        UNREAD,
        "aimanifest: <stdin>: standard input is closed\n",
    )


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    with open("ai-manifest.yaml", "wb") as file:
        file.truncate(1 << 40)  # a terabyte of nothing
    result = core()
    assert result.exit_code == FINDINGS
    assert "[document/size-limit]" in result.stdout


def test_endless_input_is_refused_too() -> None:
    assert "[document/size-limit]" in core("-", stdin=b"a" * (9 << 20)).stdout
    if os.path.exists("/dev/zero"):
        assert "[document/size-limit]" in core("/dev/zero").stdout


def test_a_name_that_is_no_text_is_read_and_shown() -> None:
    name = os.fsdecode(b"m\xf6we.yaml")
    try:
        write(name, WRONG)
    except OSError:
        pytest.skip("this file system wants text")
    assert core(name).stdout.startswith(r"m\u{dcf6}we.yaml:6:13: unmet: ")
    (file,) = json.loads(validate("--format", "json", name).stdout)["files"]
    assert file["path"] == r"m\udcf6we.yaml"


# -- what is required ------------------------------------------------------------------------------


def test_what_is_required_is_the_definition_unless_told_otherwise() -> None:
    write("ai-manifest.yaml")
    assert validate().exit_code == FINDINGS
    assert validate("--require", "core").exit_code == REACHED
    assert validate("--require", "core", "--require", "osaid-1.0").exit_code == FINDINGS
    assert validate("--require", "core:right").exit_code == REACHED


def test_a_claim_is_checked_whatever_is_required() -> None:
    write("ai-manifest.yaml", RIGHT.replace("components:", "  claims: [osaid-1.0]\ncomponents:"))
    result = core()
    assert result.exit_code == FINDINGS
    assert "[claims/supported-claims]" in result.stdout


def test_a_framework_given_twice_is_required_once() -> None:
    twice = ("--require", "core", "--require", "core", "--format", "json")
    data = json.loads(validate(*twice, write("ai-manifest.yaml")).stdout)
    assert data["required"] == ["core"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("validate", "--require", "osaid"), "Did you mean 'osaid-1.0'?"),
        (("validate", "--require", "osaid-1.0:complet"), "Did you mean 'complete'?"),
        (("validate", "--require", "iso-42"), "There are: core, eu-ai-act-gpai, g7-2026,"),
        (("validate", "--format", "jason"), "Did you mean 'json'?"),
        (("explain", "osaid-1.0/paramter-terms"), "Did you mean 'osaid-1.0/parameter-terms'?"),
        (("explain", "paramter-terms"), "Did you mean 'parameter-terms'?"),
        (("rules", "--framework", "cor"), "Did you mean 'core'?"),
        (("valdate",), "Did you mean 'validate'?"),
    ],
)
def test_a_typing_error_gets_a_suggestion(arguments: tuple[str, ...], hint: str) -> None:
    result = run(*arguments)
    assert result.exit_code == USAGE
    assert hint in " ".join(result.stderr.split())


# -- the other commands ----------------------------------------------------------------------------


def test_the_version_is_told_by_the_package_itself() -> None:
    told = f"aimanifest {__version__}, with the SPDX License List {spdx.VERSION}\n"
    assert run("--version").stdout == told


@pytest.mark.parametrize("rule", reference.all_rules())
def test_every_rule_is_explained(rule: str) -> None:
    result = run("explain", rule)
    assert result.exit_code == REACHED
    page = " ".join(result.stdout.split())
    found = reference.all_rules()[rule]
    for part in (rule, found.title, found.why, found.fix):
        assert " ".join(part.split()) in page
    for cite in found.cites:
        for part in (cite.quote, cite.clause, cite.url, cite.standing.meaning):
            assert " ".join(part.split()) in page
    assert all(len(line) <= 100 or "://" in line for line in result.stdout.splitlines())


def test_a_rule_is_found_without_its_prefix() -> None:
    assert (
        run("explain", "parameter-terms").stdout
        == run("explain", "osaid-1.0/parameter-terms").stdout
    )


def test_a_name_that_several_rules_have_is_asked_back(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {
        f"{prefix}/same": rule._replace(id=f"{prefix}/same")
        for prefix, rule in zip(("a", "b"), reference.all_rules().values(), strict=False)
    }
    monkeypatch.setattr(reference, "all_rules", lambda: both)
    result = run("explain", "same")
    assert result.exit_code == USAGE
    assert "'same' is the name of several rules: a/same, b/same." in result.stderr


def test_the_rules_are_listed() -> None:
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(reference.all_rules())
    data = json.loads(run("rules", "--framework", "osaid-1.0", "--format", "json").stdout)
    listed = frameworks.load("osaid-1.0").rules
    assert [(each["id"], each["title"]) for each in data] == [(r.id, r.title) for r in listed]
    assert data[0]["cites"][0]["standing"] == listed[0].cites[0].standing.name


def test_the_schemas_are_printed() -> None:
    bundle = json.loads(run("schema").stdout)
    assert bundle == schemas.bundle()
    assert Draft202012Validator(bundle).is_valid({"aimanifest": "1.0"}) is False
    assert json.loads(run("schema", "--report").stdout) == schemas.report()


# -- terminals, pipes, signals ---------------------------------------------------------------------


def terminal(*arguments: str, columns: int = 80, **variables: str) -> str:
    """Run the command on a terminal, and return what it shows."""
    fcntl, pty, termios = map(pytest.importorskip, ("fcntl", "pty", "termios"))
    main, secondary = pty.openpty()
    fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = (sys.executable, "-m", "aimanifest", *arguments)
    env = environment(**{"TERM": "xterm", **variables})
    with subprocess.Popen(command, stdin=secondary, stdout=secondary, env=env) as child:
        os.close(secondary)
        shown = b""
        while True:
            try:
                piece = os.read(main, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        child.wait(60)
    os.close(main)
    return shown.decode().replace("\r\n", "\n")


def test_there_is_colour_on_a_terminal_unless_it_is_unwanted() -> None:
    name = write("ai-manifest.yaml", WRONG)
    assert "\x1b[1;31munmet\x1b[0m" in terminal("validate", name)
    assert "\x1b" not in terminal("validate", name, NO_COLOR="1")
    assert "\x1b" not in terminal("validate", name, TERM="dumb")
    assert "\x1b" not in terminal("validate", "--color", "never", name)
    assert "\x1b" in terminal("validate", name, NO_COLOR="")
    assert "\x1b" in terminal("validate", "--color", "always", name, NO_COLOR="1")


def test_there_is_no_colour_off_a_terminal_unless_it_is_wanted() -> None:
    name = write("ai-manifest.yaml", WRONG)
    assert "\x1b" not in process("validate", name, FORCE_COLOR="1", CLICOLOR_FORCE="1").stdout
    assert "\x1b[1;31munmet\x1b[0m" in process("validate", "--color", "always", name).stdout
    assert "\x1b[1;31munmet\x1b[0m" in validate("--color", "always", name).stdout


def test_the_width_is_that_of_the_terminal_and_fixed_elsewhere() -> None:
    name = write("ai-manifest.yaml")
    narrow = terminal("validate", "--color", "never", name, columns=50)
    wide = terminal("validate", "--color", "never", name, columns=100)
    assert narrow != wide
    assert wide == process("validate", name, COLUMNS="50").stdout == validate(name).stdout


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8"])
def test_letters_that_an_encoding_lacks_do_not_stop_the_report(encoding: str) -> None:
    name = write("ai-manifest.yaml", WRONG.replace("Tern", "海鷗"))
    done = process("validate", name, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (FINDINGS, "")
    shown = "海鷗" if encoding == "utf-8" else r"\u6d77\u9dd7"
    assert f"{shown} (ai-manifest.yaml), by the Open Source AI Definition" in done.stdout


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="this system has no such signal")
def test_a_reader_that_has_read_enough_ends_the_command_quietly() -> None:
    names = [write(f"{number}.yaml", WRONG) for number in range(300)]
    command = (sys.executable, "-m", "aimanifest", "validate", *names)
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout
        assert child.stderr
        assert child.stdout.readline() == b"The file\n"
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == -signal.SIGPIPE


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing there")
def test_an_interrupt_ends_the_command_as_it_ends_others() -> None:
    command = (sys.executable, "-m", "aimanifest", "validate", "--format", "json", "-")
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What runs these tests in the background may have told its children to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as child:  # fmt: skip
        assert child.stdout
        assert child.stderr
        assert child.stdout.read(10) == b'{"report":'
        time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        assert child.stderr.read() == b""
        assert child.wait(60) == -signal.SIGINT


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full disk at hand")
def test_a_full_disk_is_told_and_ends_with_4() -> None:
    command = (sys.executable, "-m", "aimanifest", "validate", write("ai-manifest.yaml"))
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == FAILURE
    assert done.stderr == b"Error: the output could not be written: No space left on device\n"


# -- what others were seen to do -------------------------------------------------------------------
#
# Twenty-three misbehaviours, each observed in a tool with a similar job; the numbers are those of
# our own list. Four cannot happen here, for want of the thing that misbehaves: 15, to refuse to
# work without a language model; 16, to keep a format or a folder for paying users; 18, to let
# findings be switched off without a reason, since nothing switches a finding off; 23 in its first
# half, points for what the tool itself wrote, since there are no points and nothing is written.


def test_01_a_missing_file_is_no_clean_file() -> None:
    for style in ("text", "concise", "json"):
        result = validate("--format", style, "gone.yaml")
        assert result.exit_code == UNREAD
        assert "gone.yaml" in result.stderr
    data = json.loads(validate("--format", "json", "gone.yaml").stdout)
    assert data["reached"] is False
    assert data["unread"] == [{"path": "gone.yaml", "reason": "No such file or directory"}]


def test_02_one_typing_error_is_told_in_a_few_lines() -> None:
    result = validate(write("ai-manifest.yaml", WRONG))
    assert len(result.stdout.splitlines()) < 12
    assert len(result.stdout) < 800


def test_02_every_fault_is_told_at_once() -> None:
    text = WRONG.replace("name: Tern", "nmae: Tern").replace("components", "componets")
    lines = core(write("ai-manifest.yaml", text)).stdout.splitlines()
    assert sum("did you mean" in line for line in lines) >= 2


HOSTILE = {
    "empty": b"",
    "invalid": b"a: [1, 2",
    "binary": bytes(range(256)),
    "scalar": b"just text",
    "deep": b"a: " + b"[" * 100_000,
    "deep map": b"".join(b" " * n + b"a:\n" for n in range(3000)),
    "aliases": b"a: &a [1]\nb: *a\n",
    "alias bomb": b"a0: &a0 [x, x]\n"
    + b"".join(
        b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 40)
    ),
    "merge bomb": b"m0: &m0 {a: 1}\n"
    + b"".join(b"m%d: &m%d {<<: [*m%d, *m%d]}\n" % (n, n, n - 1, n - 1) for n in range(1, 30)),
    "number": b"aimanifest: " + b"9" * 300_000,
    "keys": b"aimanifest: '1.0'\n" + b"".join(b"k%d: v\n" % n for n in range(20_000)),
    "foreign": b"name: somebody else's format\nplugins: []\n",
    "object": b"!!python/object/apply:os.system ['true']",
    "surrogate": b'"\\ud800": "\\udfff"',
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_03_04_05_no_input_brings_a_traceback_or_no_answer(source: bytes) -> None:
    done = process("validate", "--format", "concise", write("ai-manifest.yaml", source))
    assert (done.returncode, done.stderr) == (FINDINGS, "")
    assert done.stdout.startswith("ai-manifest.yaml:")
    assert "Traceback" not in done.stdout
    assert len(done.stdout.splitlines()) <= 102


def test_06_help_is_help() -> None:
    commands = [(), *((name,) for name in cli.aimanifest.commands)]
    for command in commands:
        for option in ("-h", "--help"):
            result = run(*command, option)
            assert (result.exit_code, result.stderr) == (REACHED, "")
            assert result.stdout.startswith(f"Usage: {' '.join(('aimanifest', *command))} ")


def test_07_whatever_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [
        *project["dependencies"],
        *(each for id in extras if id != "dev" for each in extras[id]),
    ]
    declared = {re.split(r"[^\w-]", each)[0].lower() for each in needed}
    imported = {
        name.partition(".")[0]
        for path in (ROOT / "aimanifest").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    foreign = imported - set(sys.stdlib_module_names) - {"aimanifest"}
    packages = metadata.packages_distributions()
    names = {packages[each][0].lower().replace("_", "-") for each in foreign}
    assert names == declared


def test_08_22_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert validate(write("ai-manifest.yaml", COMPLETE)).exit_code == REACHED
    assert validate(write("wrong.yaml", WRONG)).exit_code == FINDINGS
    done = process("validate", "ai-manifest.yaml", https_proxy="http://127.0.0.1:9")
    assert done.returncode == REACHED


def test_09_a_misspelt_value_is_told_and_steers_nothing() -> None:
    text = RIGHT.replace("{license: Apache-2.0}", "{omitted: witheld}")
    result = validate("--format", "concise", write("ai-manifest.yaml", text))
    finding, verdict = result.stdout.splitlines()
    assert finding.endswith("is `witheld`: did you mean `withheld`? [schema/unknown-value]")
    assert verdict.endswith(": not assessed: the file has a fault; mend it first")


def test_09_every_format_is_written_when_the_file_is_wrong() -> None:
    write("ai-manifest.yaml", WRONG)
    (file,) = json.loads(validate("--format", "json").stdout)["files"]
    assert [each["rule"] for each in file["problems"]] == ["schema/unknown-key"]


def test_10_no_key_is_dropped_in_silence() -> None:
    text = RIGHT + "pakage: {nmae: x, licence: MIT}\n"
    assert "`pakage` is not a key" in core(write("ai-manifest.yaml", text)).stdout


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:/x", "~/x"])
def test_10_no_path_leads_out_of_the_release(path: str) -> None:
    text = RIGHT.replace("license:", f"path: '{path}', license:")
    result = core(write("ai-manifest.yaml", text))
    assert result.exit_code == FINDINGS
    assert "[core/paths-inside]" in result.stdout


def test_11_a_checksum_is_shown_as_it_is_written() -> None:
    text = RIGHT.replace("license:", "checksums: {a.bin: 87428FC5}, license:")
    result = core(write("ai-manifest.yaml", text))
    assert "`87428FC5`" in result.stdout
    assert not re.search(r"b'|\\x|Digest|Finding|Span\(", result.stdout)


def test_12_findings_never_end_with_0() -> None:
    for name in ("broken", "incomplete"):
        for style in ("text", "concise", "json"):
            arguments = ("--format", style, str(GOLDEN / f"{name}.yaml"))
            assert validate(*arguments).exit_code == FINDINGS


def test_13_what_may_be_missing_decides_nothing() -> None:
    names = [write("broken.yaml", (GOLDEN / "broken.yaml").read_bytes()), write("ai", COMPLETE)]
    code = "import sys; sys.modules['jsonschema_rs'] = None"
    with_it, without = process("validate", *names), process("validate", *names, code=code)
    assert (with_it.returncode, with_it.stdout) == (FINDINGS, without.stdout)
    assert (without.returncode, without.stderr) == (FINDINGS, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("validate", "--help"),
        ("rules",),
        ("schema",),
        ("validate", "broken.yaml"),
        ("validate", "--format", "json", "incomplete.yaml", "complete.yaml"),
    ],
    ids=" ".join,
)
def test_14_the_same_input_gives_the_same_bytes(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOLDEN)
    zones = {"1": "UTC", "4711": "Asia/Tokyo"}
    outputs = {process(*arguments, PYTHONHASHSEED=seed, TZ=zones[seed]).stdout for seed in zones}
    assert len(outputs) == 1
    assert outputs != {""}


def test_14_no_output_names_a_folder_that_was_not_typed(folder: Path) -> None:
    write("ai-manifest.yaml", (GOLDEN / "incomplete.yaml").read_bytes())
    for style in ("text", "concise", "json"):
        assert str(folder) not in validate("--format", style).output


def test_17_an_id_that_spdx_does_not_list_is_no_license() -> None:
    result = core(write("ai-manifest.yaml", RIGHT.replace("Apache-2.0", "MTI")))
    assert result.exit_code == FINDINGS
    assert "`MIT`" in result.stdout
    assert "[core/license-expressions]" in result.stdout


def test_19_the_output_speaks_of_the_manifest_and_of_nothing_else() -> None:
    result = validate("--format", "concise", write("ai-manifest.yaml", COMPLETE))
    assert all(line.startswith("ai-manifest.yaml:") for line in result.output.splitlines())


def test_20_lines_are_counted_not_made_up() -> None:
    padding = "# a comment\n" * 40
    result = core(write("ai-manifest.yaml", padding + WRONG + "pakage: 1\n"))
    places = re.findall(r"^ai-manifest\.yaml:(\d+):(\d+): unmet", result.stdout, re.MULTILINE)
    assert places == [("46", "13"), ("47", "1")]


def test_21_what_is_redirected_holds_no_control_codes() -> None:
    names = [write(f"{name}.yaml", (GOLDEN / f"{name}.yaml").read_bytes()) for name in
             ("broken", "incomplete", "complete")]  # fmt: skip
    for style in ("text", "concise", "json"):
        done = process("validate", "--format", style, *names, "gone", TERM="xterm-256color")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.stdout + done.stderr)


@pytest.mark.parametrize("module", ["aimanifest.data.spdx", "aimanifest.frameworks.osaid_1_0"])
def test_23_a_missing_part_is_a_failure_and_no_shorter_list(module: str) -> None:
    code = f"import sys; sys.modules[{module!r}] = None"
    done = process("validate", write("ai-manifest.yaml", COMPLETE), code=code)
    assert (done.returncode, done.stdout) == (FAILURE, "")


def test_23_a_missing_schema_is_a_failure_and_no_pass() -> None:
    code = "import aimanifest.schemas as s; s._folder = lambda: 'nowhere'"
    done = process("validate", write("ai-manifest.yaml", WRONG), code=code)
    assert (done.returncode, done.stdout) == (FAILURE, "")


# -- what it costs ---------------------------------------------------------------------------------


def test_a_command_imports_only_what_it_needs() -> None:
    code = "import atexit, sys\natexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    heavy = {"yaml", "jsonschema", "jsonschema_rs", "importlib.metadata", "logging"}
    assert not heavy & set(process("--version", code=code).stderr.split())
    done = process("validate", write("ai-manifest.yaml", COMPLETE), code=code)
    assert done.returncode == REACHED
    assert not {"jsonschema", "difflib", "shutil"} & set(done.stderr.split())


def test_memory_does_not_grow_with_the_number_of_files() -> None:
    resource = pytest.importorskip("resource")
    assert resource
    code = (
        "import atexit, resource, sys\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "atexit.register(lambda: print(peak(), file=sys.stderr))"
    )
    text = (GOLDEN / "incomplete.yaml").read_bytes()
    name = write("ai-manifest.yaml", text)
    for style in ("text", "json"):
        few, many = (
            int(process("validate", "--format", style, *[name] * number, code=code).stderr)
            for number in (10, 400)
        )
        assert many < few * 1.1


# -- completion ------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(shell: str) -> None:
    """As docs/how-to/editor.md has it: the command prints what its shell needs."""
    done = subprocess.run(
        (sys.executable, "-c", "from aimanifest.cli import main; main()"),
        env=os.environ | {"PYTHONPATH": str(ROOT), "_AIMANIFEST_COMPLETE": f"{shell}_source"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if shell == "bash" and "bash" in done.stderr.lower() and done.returncode:
        pytest.skip("no bash that is new enough")
    assert "_AIMANIFEST_COMPLETE" in done.stdout
    assert "aimanifest" in done.stdout


def test_commands_are_completed() -> None:
    words = {"COMP_WORDS": "aimanifest va", "COMP_CWORD": "1"}
    done = subprocess.run(
        (sys.executable, "-c", "from aimanifest.cli import main; main()"),
        env=os.environ | {"PYTHONPATH": str(ROOT), "_AIMANIFEST_COMPLETE": "bash_complete"} | words,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "validate" in done.stdout
