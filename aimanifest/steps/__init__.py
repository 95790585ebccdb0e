"""The smallest step up: the fewest changes by which a release would reach a level.

A change is an edit of the manifest that stands for something its publisher can do. Whether it helps
is found by putting the rules to the edited manifest, so the answer holds for every framework.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import NamedTuple

from aimanifest.findings import Finding
from aimanifest.manifest import Base, Component, FileText, Folder, Manifest
from aimanifest.rules import Assessment, Framework
from aimanifest.steps.changes import SUPPOSED, Change, changes
from aimanifest.steps.search import NOTHING, Chosen, Search, TooMuch

__all__ = ["Change", "Step", "Steps"]


class Step(NamedTuple):
    """What it takes to reach `level` of `framework`.

    `changes` are the fewest that reach it. Where none do, `blocked` holds the findings that no
    change removes, and `changes` are the fewest that remove all others. `exact` tells whether a
    smaller step is ruled out; it is but for releases that no search gets to the end of.
    """

    framework: Framework
    level: str
    changes: tuple[Change, ...]
    blocked: tuple[Finding, ...]
    exact: bool = True


class Steps:
    """The ways up from one manifest; what frameworks share in them is worked out once."""

    def __init__(self, manifest: Manifest) -> None:
        """Start from `manifest`, which has no faults by its schema."""
        self._start = manifest
        self._changes = tuple(changes(manifest))
        self._edited = cache(self._edit)

    def up(self, framework: Framework, level: str | None = None) -> Step:
        """Return the smallest step to `level` of `framework`; None is the hardest one.

        Raises:
            ValueError: if the framework has no such level.

        """
        if not framework.levels or level not in (None, *framework.levels):
            raise ValueError(f"{framework.id} has no level {level or ''}".strip())
        goal = level or framework.levels[-1]
        needed = framework.needed(goal)
        try:
            search = Search(
                framework,
                [each for each in framework.rules if each.level in needed],
                edited=self._edited,
                pointers=[each.pointer for each in self._changes],
            )
            found, left = search.least()
        except TooMuch:
            return Step(framework, goal, (), (), exact=False)
        return Step(framework, goal, tuple(self._changes[each] for each in sorted(found)), left)

    def _edit(self, chosen: Chosen) -> Manifest:
        """Return the manifest as it would be after the changes with these numbers."""
        if chosen == NOTHING:
            return self._start
        start, document = self._start, self._start.at.document
        made = [self._changes[each] for each in sorted(chosen)]
        touched = {_component(each.pointer) for each in made}
        data = {key: deepcopy(each) for key, each in document.data.items() if key != "components"}
        data["components"] = {
            id: deepcopy(each) if id in touched else each
            for id, each in document.data["components"].items()
        }
        for each in made:
            each.edit(data)
        # Only what was touched is read again: a component depends on nothing else.
        ids = data["components"].keys()
        fresh = {
            id: data["components"][id] for id in ids if id in touched or id not in start.components
        }
        part = Manifest.from_document(
            document._replace(data={**data, "components": fresh}), folder=_Supposing(start)
        )
        components = {id: part.components.get(id) or start.components[id] for id in ids}
        return part._replace(components=components, bases={**start.bases, **part.bases})


def _component(pointer: str) -> str:
    """Return the id of the component that `pointer` is in; "" where it is in none."""
    steps = pointer.split("/")
    if steps[1] != "components" or len(steps) <= _AN_ID:
        return ""
    return steps[_AN_ID].replace("~1", "/").replace("~0", "~")


_AN_ID = 2


class _Supposing(Folder):
    """What lies beside a manifest, and manifests of bases that are supposed to."""

    def __init__(self, start: Manifest) -> None:
        self._start = start

    def bases(self, components: Iterable[Component]) -> dict[str, Base]:
        return {
            each.id: _Reaching() if each.manifest == SUPPOSED else self._start.bases[each.id]
            for each in components
            if each.manifest is not None
        }

    def text(self, path: str) -> FileText:
        return self._start.folder.text(path)


class _Reaching(Base):
    """A base that reaches whatever is asked of it."""

    def __init__(self) -> None:
        super().__init__("")

    def assessment(self, framework: Framework) -> Assessment:
        return Assessment(framework, ())
