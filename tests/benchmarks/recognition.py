"""What people write where a license is asked for, and how much of it is understood.

    python tests/benchmarks/recognition.py FOLDER [--list]

FOLDER holds corpora, a folder for each: records in YAML and JSON (Model Openness Tool, European
Open Source AI Index, Croissant, CycloneDX, SPDX 3) and model cards in Markdown with front matter.
It prints a table; with --list every string and what it was taken for, to be read line by line: one
that was taken for the wrong license is a worse fault than many that are unknown.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from aimanifest.licenses.recognition import (
    AMBIGUOUS,
    NO_LICENSE,
    RECOGNISED,
    UNKNOWN,
    recognise,
)

OUTCOMES = (RECOGNISED, AMBIGUOUS, NO_LICENSE, UNKNOWN)

NAMES, ADDRESSES, NOTES = "names", "addresses", "notes"

_KEY = re.compile(r"licen[cs]e", re.IGNORECASE)
_NO_STATEMENT = re.compile(r"list_?version|spdxid|comment|_path$", re.IGNORECASE)
"""Keys about licenses, and those among them that hold something else, or only a place."""

_RELATIONS = ("hasDeclaredLicense", "hasConcludedLicense")


def strings(path: Path) -> Iterator[tuple[str, str]]:
    """Give each statement about a license in a file, with its kind; broken files give what is left.

    Notes are sentences, which are not meant for machines: they show what is not to be guessed at.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    for key, value in _stated(_read(path, text)):
        kind = NOTES if key == NOTES else ADDRESSES if "://" in value else NAMES
        yield kind, value


def _read(path: Path, text: str) -> Any:
    try:
        if path.suffix == ".json":
            return json.loads(text)
        if path.suffix == ".md":
            parts = re.match(r"---\r?\n(.*?)^---", text, re.DOTALL | re.MULTILINE)
            text = parts[1] if parts else ""
        return yaml.safe_load(text)
    except (ValueError, yaml.YAMLError):
        pairs = re.findall(r"^\s*(license\w*):[ \t]*['\"]?([^'\"\n]*)", text, re.MULTILINE)
        return [{key: value} for key, value in pairs]


def _stated(data: Any) -> Iterator[tuple[str, str]]:
    """Find statements at any depth: under keys about licenses, in tags, and in relations."""
    if isinstance(data, list):
        for each in data:
            if isinstance(each, str) and each.startswith("license:"):
                yield "tag", each
            yield from _stated(each)
    if not isinstance(data, dict):
        return
    if data.get("relationshipType") in _RELATIONS:
        yield from (("to", each) for each in data.get("to", ()) if "/licenses/" in each)
    if _KEY.fullmatch(str(data.get("name", ""))) and isinstance(data.get("value"), str):
        yield "property", data["value"]
    for key, value in data.items():
        if _KEY.search(str(key)) and not _NO_STATEMENT.search(str(key)):
            yield from _values(key, value)
        elif str(key).endswith("license_path") and isinstance(value, str) and value:
            yield key, value
        else:
            yield from _stated(value)


def _values(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Take a statement apart that is a text, a list of texts, or an object that holds them."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for each in value:
            yield from _values(key, each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in ("id", "name", "expression", "url", NOTES) and isinstance(each, str):
                yield name, each
            elif name not in ("class", "link", "path"):
                yield from _values(name, each)


Tally = dict[tuple[str, str], Counter[str]]


def collect(folder: Path) -> Tally:
    """Count the statements of each corpus and kind."""
    found: Tally = defaultdict(Counter)
    for corpus in sorted(each for each in folder.iterdir() if each.is_dir()):
        for path in sorted(corpus.rglob("*")):
            if path.suffix in (".json", ".md", ".yaml", ".yml") and path.name not in _NO_RECORDS:
                for kind, text in strings(path):
                    found[corpus.name, kind][text] += 1
    return found


_NO_RECORDS = ("SOURCE.md", "README.md", "expected.json")


def table(found: Tally) -> str:
    """Tabulate how many statements came out how: distinct ones, and in brackets all of them."""
    head = ("corpus", "", "strings", *OUTCOMES)
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for (corpus, kind), counted in found.items():
        rows: dict[str, Counter[str]] = {outcome: Counter() for outcome in OUTCOMES}
        for text, number in counted.items():
            rows[recognise(text).outcome][text] = number
        cells = [_cell(counted), *(_cell(rows[outcome]) for outcome in OUTCOMES)]
        lines.append("| " + " | ".join((corpus, kind, *cells)) + " |")
    return "\n".join(lines) + "\n"


def _cell(counted: Counter[str]) -> str:
    return f"{len(counted)} ({counted.total()})" if counted else "0"


def mapping(found: Tally) -> str:
    """List every distinct statement with what it was taken for, alike next to alike."""
    lines = set()
    for counted in found.values():
        for text in counted:
            known = recognise(text)
            meant = str(known.expression) if known.expression else ", ".join(known.candidates)
            lines.add(f"{known.outcome:<10}  {meant:<60}  {text!r}")
    return "".join(f"{line}\n" for line in sorted(lines))


def main(arguments: list[str]) -> None:
    """Print the table, or the list."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--list", action="store_true", help="print what each string was taken for")
    options = parser.parse_args(arguments)
    found = collect(options.folder)
    print((mapping if options.list else table)(found), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
