"""What the files of a folder say, before a manifest is made of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from aimanifest.converters.draft import fitted
from aimanifest.document.foreign import Unreadable
from aimanifest.drafting import records
from aimanifest.drafting.folder import Folder
from aimanifest.drafting.records import Record
from aimanifest.placeholders import is_placeholder

Key = tuple[str, ...]

WEIGHTS = "*weights*"
"""Stands, as the id of a component, for all weights of the release."""


WHOLE = "*whole*"
"""Stands for the release as a whole, where it is not said which part of it is meant."""


LIMIT_STATEMENTS = 60
"""So many statements about licenses are looked into."""


class Fact(NamedTuple):
    """A value for a place of the manifest; `guess` says why it is not certain that it belongs."""

    value: Any
    found: str
    guess: str = ""


class Statement(NamedTuple):
    """What some file says of the license of `subject`: a component, or all weights.

    `name` and `link` are what stands beside it: what a license of nobody's list is called, and
    where its text is, as an address or a path.
    """

    subject: str
    text: str
    found: str
    name: str = ""
    link: str = ""


class LicenseFile(NamedTuple):
    """A file of the folder that holds the text of a license: which one, if that is known."""

    path: str
    ids: tuple[str, ...]
    exact: bool


class Base(NamedTuple):
    """A model that the weights here were made from."""

    name: str
    relation: str
    found: str
    guess: str = ""


class Weights(NamedTuple):
    """Files of weights that belong together: what they are called, and what their headers say."""

    stem: str
    folder: str
    files: tuple[str, ...]
    formats: tuple[str, ...]
    said: str
    found: str
    checksums: dict[str, str]
    guess: str = ""


class Evidence:
    """All that was found, in the order in which it was looked for; what comes first counts."""

    def __init__(self, folder: Folder) -> None:
        """Begin with nothing."""
        self.folder = folder
        self.facts: dict[Key, list[Fact]] = {}
        self.statements: list[Statement] = []
        self.license_files: list[LicenseFile] = []
        self.bases: dict[str, Base] = {}
        self.weights: list[Weights] = []
        self.datasets: dict[str, str] = {}
        self.libraries: dict[str, tuple[str, str]] = {}
        self.unused: list[tuple[str, str]] = []

    def tell(
        self, *steps: str, value: Any, found: str, guess: str = "", form: str = "line"
    ) -> bool:
        """Note what belongs at `steps`, if it is something; return whether it is.

        A text that has not the `form` demanded there, or only holds a place, is nothing.
        """
        if isinstance(value, str):
            if form != "path" and is_placeholder(value):
                return False
            value = fitted(form, " ".join(value.split()) if form == "line" else value.strip())
        if value in (None, [], {}):
            return False
        self.facts.setdefault(steps, []).append(Fact(value, found, guess))
        return True

    def component(self, id: str, kind: str, *, path: str, found: str, guess: str = "") -> None:
        """Note that the file or folder `path` is a component."""
        self.tell("components", id, "kind", value=kind, found=found, guess=guess)
        at = "in the folder" if found == path else found
        self.tell("components", id, "path", value=path, found=at, form="path")

    def license(
        self, subject: str, text: str, *, found: str, name: str = "", link: str = ""
    ) -> None:
        """Note what is said of a license."""
        if (text or name) and len(self.statements) < LIMIT_STATEMENTS:
            self.statements.append(Statement(subject, text, found, name, link))

    def base(self, name: str, relation: str, *, found: str, guess: str = "") -> None:
        """Note a model that the weights were made from; a relation that is said beats a guess."""
        known = self.bases.get(name)
        if name and (known is None or (known.guess and not guess)):
            self.bases[name] = Base(name, relation, found, guess)

    def record(self, path: str, syntax: str) -> Record | None:
        """Read a file of the folder as a record; None, after a trouble, if it is none."""
        source = self.folder.read(path)
        if source is None:
            return None
        read = {"yaml": records.from_yaml, "json": records.from_json, "toml": records.from_toml}
        try:
            return read[syntax](path, source)
        except Unreadable as error:
            self.folder.trouble(path, str(error))
            return None
