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
from aimanifest.steps.search import NOTHING, Chosen, Search

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
        search = Search(
            framework,
            [each for each in framework.rules if each.level in needed],
            edited=self._edited,
            pointers=[each.pointer for each in self._changes],
        )
        blocked = search.blocked()
        found = search.least(blocked)
        told = tuple(self._changes[each] for each in sorted(found or ()))
        return Step(framework, goal, told, tuple(blocked.values()), exact=found is not None)

    def _edit(self, chosen: Chosen) -> Manifest:
        """Return the manifest as it would be after the changes with these numbers."""
        if chosen == NOTHING:
            return self._start
        document = self._start.at.document
        data = deepcopy(document.data)
        for each in sorted(chosen):
            self._changes[each].edit(data)
        return Manifest.from_document(document._replace(data=data), folder=_Supposing(self._start))


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
