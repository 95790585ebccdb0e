"""First drafts: a manifest out of what is in a release folder, and lines for what is not.

`sources` has a module for each kind of file that is read; they note what they find in `evidence`,
`composition` makes a manifest of it, `gaps` asks a framework what is missing, `answers` takes what
people say to that, and `merging` brings what was found into a manifest that is there already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from aimanifest.converters import Conversion
from aimanifest.converters.writing import written
from aimanifest.document.places import pointer_to
from aimanifest.drafting import sources
from aimanifest.drafting.answers import apply, fault
from aimanifest.drafting.composition import NO_NAME, NO_PUBLISHER, Composed, composed
from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder, Trouble
from aimanifest.drafting.gaps import Gap, gaps, inside, steps_of
from aimanifest.drafting.hints import hints
from aimanifest.findings import Finding
from aimanifest.rules import FAULTS
from aimanifest.validation import LocalFolder, validate

__all__ = ["Draft", "draft", "look", "objection"]

HEADING = (
    "A draft by `aimanifest init`. Behind each value stands where it was found. Read it, correct",
    "what is guessed, fill in what is missing, and take these comments out. Where one component",
    "holds several kinds of code, `includes` names the others.",
)

LIMIT_FAULTS = 50
"""So many values are left out because they do not fit, before something else must be wrong."""


class Draft(NamedTuple):
    """A manifest that validates, as text and as data, and what is to be known about it.

    `sources` say by pointer where each value was found, `guessed` which are uncertain. `gaps` are
    lines to fill in, `questions` what people can be asked about, one thing at a time.
    """

    text: str
    data: dict[str, Any]
    sources: dict[str, str]
    gaps: tuple[Gap, ...]
    questions: tuple[Gap, ...]
    guessed: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    unused: tuple[tuple[str, str], ...]


def look(root: str) -> Evidence:
    """Read what is in the folder `root`; nothing is loaded, run or fetched.

    Raises:
        OSError: if the folder cannot be listed.

    """
    return sources.read(Folder(root))


def draft(evidence: Evidence, answers: Mapping[str, str] | None = None) -> Draft:
    """Make a manifest of what was found, and of what people answered, by pointer.

    Answers that do not fit are as if they were not given; see `answers.fault`.
    """
    result = composed(evidence)
    apply(answers or {}, result, evidence)
    left_out = _sound(result, evidence)
    asked = found = gaps(_report(result, evidence), result.draft.data, hints(result, evidence))
    if _pruned(result.draft.data):
        found = gaps(_report(result, evidence), result.draft.data, hints(result, evidence))
    conversion = result.draft.conversion()
    kept = {each: said for each, said in result.sources.items() if _holds(conversion, each)}
    text = written(conversion, heading=HEADING, sources=kept, gaps=dict(inside(found)))
    return Draft(
        text,
        conversion.manifest,
        kept,
        found,
        (*_names(conversion), *sorted((each for each in asked if each.asked), key=_late)),
        tuple(each.pointer for each in conversion.guesses),
        (*evidence.folder.troubles, *left_out),
        tuple(evidence.unused),
    )


def objection(evidence: Evidence, answers: Mapping[str, str], pointer: str, text: str) -> str:
    """Say why `text` is no answer to what belongs at `pointer`; "" if it is one."""
    result = composed(evidence)
    apply(answers, result, evidence)
    if why := fault(pointer, text, result, evidence):
        return why
    wrong = faults(_report(result, evidence))
    return wrong[0].message if wrong else ""


def _names(conversion: Conversion) -> Iterator[Gap]:
    """Ask about name and publisher, which every manifest has, where these are only guessed."""
    release = ("release",)
    for steps, sentence in (
        (("release", "name"), "What the release is called."),
        (("release", "publisher", "name"), "Who publishes the release and answers for it."),
    ):
        guess = next((g for g in conversion.guesses if g.pointer == pointer_to(steps)), None)
        if guess:
            value = conversion.manifest["release"]
            for step in steps[1:]:
                value = value[step]
            told = f"{sentence} Guessed was {value!r}: {guess.reason}."
            yield Gap(
                steps, release, told, (), () if value in (NO_NAME, NO_PUBLISHER) else (value,)
            )


def _late(gap: Gap) -> bool:
    """Whether other answers should come before: those that name code which is described first."""
    return gap.steps[-1] == "produced_by"


def _pruned(data: dict[str, Any]) -> bool:
    """Take out data information that nothing is told in yet; tell whether there was any."""
    empty = [each for each in data["components"].values() if each.get("data") == {}]
    for component in empty:
        del component["data"]
    return bool(empty)


def _report(result: Composed, evidence: Evidence) -> Any:
    """Validate the draft as it would be written."""
    text = written(result.draft.conversion())
    return validate(text.encode(), folder=LocalFolder(evidence.folder.root))


def faults(report: Any) -> tuple[Finding, ...]:
    """Return what is wrong with a file as such, and what the core rules find wrong."""
    core = report.assessment("core")
    found = core.findings if core else ()
    return (*report.problems, *(each for each in found if each.outcome in FAULTS))


def _sound(result: Composed, evidence: Evidence) -> tuple[Trouble, ...]:
    """Take out whatever does not fit into a manifest, until nothing is left to complain of."""
    told: list[Trouble] = []
    for _ in range(LIMIT_FAULTS):
        wrong = faults(_report(result, evidence))
        if not wrong:
            break
        for each in wrong:
            source = result.sources.get(each.pointer, each.pointer)
            if _take_out(result, each.pointer):
                told.append(Trouble(source, f"left out of the manifest: {each.message}"))
    return tuple(told)


def _take_out(result: Composed, pointer: str) -> bool:
    """Take out the value at `pointer`, or what is around it where nothing else would be left."""
    here: Any = result.draft.data
    path = []
    for step in steps_of(pointer):
        if not isinstance(here, dict) or step not in here:
            break
        path.append((here, step))
        here = here[step]
    if len(path) < 2:  # noqa: PLR2004  what stands at the top holds everything
        return False
    holder, key = path[-1]
    required = {"name": NO_NAME} if holder is result.draft.data["release"] else {}
    if holder is result.draft.get("release", "publisher"):
        required = {"name": NO_PUBLISHER}
    if key in required:
        holder[key] = required[key]
    else:
        del holder[key]
        if not holder and len(path) > 2:  # noqa: PLR2004
            del path[-2][0][path[-2][1]]
    return True


def _holds(conversion: Conversion, pointer: str) -> bool:
    here: Any = conversion.manifest
    for step in steps_of(pointer):
        if not isinstance(here, dict) or step not in here:
            return False
        here = here[step]
    return True
