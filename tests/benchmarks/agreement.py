"""How often a framework here and its own tool say the same of a folder of records, and why not.

    python tests/benchmarks/agreement.py FOLDER...

Each FOLDER holds records of the Model Openness Tool, and `expected.json`: the class and the
progress that the tool itself gives to each. A record is converted, and measured by `mof`. Where the
two differ, the reason is derived from the licenses in the record, by a model of the tool that
follows its published code; a difference that this does not explain to the last digit is one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from aimanifest import converters, frameworks
from aimanifest.converters.mof import COMPONENTS, NO_COMPONENT
from aimanifest.converters.writing import written
from aimanifest.data import spdx
from aimanifest.document import read
from aimanifest.document.foreign import Unreadable
from aimanifest.licenses import judge, parse
from aimanifest.licenses.others import MOF_OPEN, MOF_OPEN_DATA
from aimanifest.licenses.recognition import RECOGNISED, recognise
from aimanifest.manifest import CONTENT_TYPES, Manifest

REQUIRED = {
    3: (
        "model-architecture",
        "weights",
        "evaluation-results",
        "model-card",
        "data-card",
        "technical-report",
    ),
    2: ("training-code", "inference-code", "evaluation-code", "evaluation-data"),
    1: ("training-data", "data-preprocessing-code", "intermediate-checkpoints", "research-paper"),
}
"""What each class requires beyond those with a higher number."""

EXACT_IDS = "the tool knows a license only by its exact id, and no expression"
ADDRESSES = "the tool does not look at the address beside a name that is unclear"
DEDICATIONS = "the tool's list of open data licenses names the PDDL by an id that SPDX lacks"
DEPRECATED = "the tool's list marks no id as open that is now a license with an exception"
NEWER_LIST = "the tool's SPDX License List is of May 2024, and marks fewer licenses as open"
EXACT_NAMES = "the tool knows a component only by its exact name"
UNKNOWN_HERE = "an id that the tool knows stands for a license that is not open by the lists here"


class Result(NamedTuple):
    """The class that is reached, 0 for none, and the progress towards each, in %."""

    best: int
    progress: Mapping[int, float]

    def same(self, other: Result) -> bool:
        """Tell whether the two agree, to a billionth."""
        return self.best == other.best and all(
            abs(self.progress[each] - other.progress[each]) < 1e-9 for each in REQUIRED
        )


NOTHING = Result(0, dict.fromkeys((3, 2, 1), 0.0))
"""What an empty record comes to."""


class Comparison(NamedTuple):
    """What is said of one record; `reasons` why it differs, `explained` whether they suffice."""

    path: Path
    expected: Result
    found: Result
    reasons: tuple[str, ...]
    explained: bool


def compare(folder: Path) -> Iterator[Comparison]:
    """Compare the records in a folder with its `expected.json`."""
    for name, told in json.loads((folder / "expected.json").read_text()).items():
        progress = {int(number): value for number, value in told["progress"].items()}
        expected = Result(told["class"], progress)
        path = folder / name
        manifest = converted(path)
        found = measured(manifest) if manifest else NOTHING
        open_here = {kind for kind in COMPONENTS.values() if manifest and included(kind, manifest)}
        licenses = licenses_of(path)
        open_there = {kind for kind, (text, _) in licenses.items() if open_to_the_tool(text)}
        ours = reckoned(open_here, listed={*licenses, *open_here})
        theirs = reckoned(open_there, listed={*licenses})
        reasons = tuple(
            reason(*licenses.get(kind, ("", "")), listed=kind in licenses, here=kind in open_here)
            for kind in sorted(open_here ^ open_there)
        )
        explained = theirs.same(expected) and ours.same(found)
        yield Comparison(path, expected, found, reasons, explained)


def converted(path: Path) -> Manifest | None:
    """Convert a record, and read what is written; None if it lists nothing."""
    try:
        conversion = converters.load("mof")(path.read_bytes(), path=path.name)
    except Unreadable as error:
        if str(error) == NO_COMPONENT:
            return None
        raise
    return Manifest.from_document(read(written(conversion).encode()))


def measured(manifest: Manifest) -> Result:
    """Measure a manifest by the framework."""
    assessment = frameworks.load("mof").assess(manifest)
    level = assessment.level
    figures = dict(zip((3, 2, 1), (each.value for each in assessment.figures), strict=True))
    return Result(int(level.removeprefix("class-")) if level else 0, figures)


def included(kind: str, manifest: Manifest) -> bool:
    """Tell whether the manifest has a component of `kind` under a license that is open here."""
    found = [each for each in manifest.components.values() if each.kind == kind]
    return bool(found) and all(
        each.license is not None and judge(parse(each.license), MOF_OPEN).verdict is True
        for each in found
    )


# -- the tool, by its published code ---------------------------------------------------------------


def licenses_of(path: Path) -> dict[str, tuple[str, str]]:
    """Say what license the tool takes for each component that a record lists, and its address."""
    release: Any = yaml.safe_load(path.read_bytes())["release"]
    covering = release.get("license") or {}
    found = {}
    for each in release.get("components") or ():
        kind = COMPONENTS.get(each["name"])
        if kind is None:
            continue
        address = each.get("license_path") or ""
        if each.get("license") is not None:
            found[kind] = str(each["license"]), str(address)
            continue
        both = (covering.get(key) or {} for key in (CONTENT_TYPES[kind], "distribution"))
        chosen = next((one for one in both if one.get("name")), {})
        found[kind] = str(chosen.get("name", "")), str(address or chosen.get("path", ""))
    return found


MARKED_SINCE = frozenset(
    "ALGLIB-Documentation BSD-3-Clause-Open-MPI BSD-ask-to-endorse CDDL-1.1 "
    "CNRI-Python-GPL-Compatible OSC-1.0 Python-2.0.1 W3C-20150513 WordNet curl".split()
)
"""What the SPDX License List marks as approved by the OSI or libre since 3.24.0, the tool's."""


def open_to_the_tool(license: str) -> bool:
    """Tell whether the tool calls a license open: by its exact id on one of four lists."""
    listed = (spdx.OSI_APPROVED | spdx.FSF_LIBRE) - MARKED_SINCE
    return license in listed | MOF_OPEN_DATA | {"OpenMDW-1.0"}


def reckoned(included: set[str], *, listed: set[str]) -> Result:
    """Reckon class and progress as the tool does, from what is included under an open license."""
    stands_in = "technical-report" not in included and "research-paper" in listed
    progress = {}
    for level in REQUIRED:
        total, count = 0, 0
        for number in range(3, level - 1, -1):
            kinds = [kind for each in range(3, number - 1, -1) for kind in REQUIRED[each]]
            if stands_in:
                kinds.append("research-paper")
            total += len(REQUIRED[number])
            count = len(included.intersection(kinds))
            if count < total and number > level:
                count = 0
                break
        if level == 1 and count and stands_in and "research-paper" in included:
            total -= 1
        progress[level] = min(100.0, 100.0 * count / total)
    best = min((each for each in REQUIRED if progress[each] == 100.0), default=0)
    return Result(best, progress)


def reason(license: str, address: str, *, listed: bool, here: bool) -> str:
    """Say why the tool and this project differ about a component under `license`."""
    exact = license in spdx.LICENSES
    reasons = {
        EXACT_NAMES: not listed,
        UNKNOWN_HERE: not here,
        DEDICATIONS: license in {"PDDL-1.0", "CC-PDDC"},
        NEWER_LIST: license in MARKED_SINCE,
        DEPRECATED: " WITH " in " ".join(spdx.DEPRECATED.get(license, ())),
        EXACT_IDS: not exact and recognise(license).outcome == RECOGNISED,
        ADDRESSES: not exact and recognise(address).outcome == RECOGNISED,
    }
    return next((why for why, holds in reasons.items() if holds), f"{UNEXPLAINED}: {license!r}")


UNEXPLAINED = "not explained"


def table(folders: list[Path]) -> Iterator[str]:
    """Give lines of a table: how many records are in each folder, and how they compare."""
    yield f"{'folder':<12} {'files':>5} {'equal':>5} {'differ':>6} {'unexplained':>11}"
    reasons: Counter[str] = Counter()
    for folder in folders:
        found = list(compare(folder))
        differ = [each for each in found if not each.found.same(each.expected)]
        odd = [
            each
            for each in found
            if not each.explained or any(why.startswith(UNEXPLAINED) for why in each.reasons)
        ]
        reasons.update(reason for each in differ for reason in dict.fromkeys(each.reasons))
        equal = len(found) - len(differ)
        yield f"{folder.name:<12} {len(found):>5} {equal:>5} {len(differ):>6} {len(odd):>11}"
        for each in differ:
            yield f"  {each.path.name}: {told(each.expected)}, here {told(each.found)}"
            yield from (f"    {why}" for why in dict.fromkeys(each.reasons))
        for each in odd:
            yield f"  {each.path.name}: unexplained: {each}"
    yield from (f"{count:>5} {why}" for why, count in reasons.most_common())


def told(result: Result) -> str:
    """Write a result in a few characters: the class, and the progress towards III, II, I."""
    shares = ", ".join(f"{result.progress[each]:.0f} %" for each in REQUIRED)
    return f"class {result.best or 'none'} ({shares})"


if __name__ == "__main__":
    for line in table([Path(each) for each in sys.argv[1:]]):
        print(line)
