"""OpenMDW, the Linux Foundation's license for models: how its steward asks for it to be applied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from aimanifest.document import Place
from aimanifest.findings import NotApplicable, Remark, remark
from aimanifest.licenses import LicenseError, parse
from aimanifest.manifest import DATASET_KINDS, Component, Manifest
from aimanifest.rules import FAQ, TEXT, Citation, Framework
from aimanifest.system import is_library_of_others, shown

Told = Iterator[Remark | NotApplicable]

REPOSITORY = "https://github.com/OpenMDW/OpenMDW"
LICENSE = f"{REPOSITORY}/blob/3f87c73c3362149fbe041c7db44272f18e1f7dd9/1.0/LICENSE.openmdw"
ANSWERS = f"{REPOSITORY}/blob/b26b32b34ad2edcc29a7707abb68dcfb25a538c1/1.1/FAQ-1.1.md"

IDS = ("OpenMDW-1.0", "LicenseRef-OpenMDW-1.1")
"""SPDX lists version 1.0; of version 1.1, the steward names the id that is used until it does."""

NAME = re.compile(r"(?<![a-z])openmdw(?![a-z])", re.IGNORECASE)


class Materials(NamedTuple):
    """What a release gives, sorted by whether it is under OpenMDW.

    `under` are the components whose license names it, rightly or wrongly; `beside` are the others
    of the same publisher that are given with them. `withheld` are those that it names and keeps.
    """

    manifest: Manifest
    under: tuple[Component, ...]
    beside: tuple[Component, ...]
    withheld: tuple[Component, ...]

    @classmethod
    def of(cls, manifest: Manifest) -> Materials:
        """Sort the components of `manifest`."""
        components = manifest.components.values()
        named = [(each, bool(NAME.search(each.license or ""))) for each in components]
        return cls(
            manifest,
            tuple(each for each, under in named if under),
            tuple(each for each, under in named if not under and _is_own(each, manifest)),
            tuple(each for each in components if each.omitted == "withheld"),
        )


OWN_ORIGINS = ("own", "simulated", "synthetic", "user")
"""How a publisher comes by data that is its own to license."""


def _is_own(component: Component, manifest: Manifest) -> bool:
    """Whether it is given by the publisher of the release, as far as the manifest says."""
    publisher = manifest.release.publisher
    if component.omitted is not None or component.manifest is not None:
        return False
    if component.publisher is not None and (
        publisher is None or component.publisher.name != publisher.name
    ):
        return False
    if component.kind in DATASET_KINDS:
        origin = component.data.origin if component.data else None
        return component.path is not None or origin in OWN_ORIGINS
    return not is_library_of_others(component, manifest)


framework = Framework(
    id="openmdw",
    title="OpenMDW License Agreement",
    version="1.1",
    url=REPOSITORY,
    not_checked=(
        "whether README and LICENSE tell which files are under other terms",
        "whether each file bears the copyright notices that are to be kept",
    ),
    subject=Materials.of,
)


def _under(subject: Materials) -> tuple[Component, ...]:
    return subject.under


def _answers(quote: str, question: str) -> Citation:
    return Citation(quote, f"FAQ of OpenMDW-1.1, {question}", ANSWERS, FAQ)


NOT_USED = "nothing here is under OpenMDW"
MOST_NAMES = 3
"""How many components are named in one remark."""


def _several(components: Iterable[Component]) -> str:
    """Name some components: "`a`, `b` and 2 more"."""
    names = [f"`{each.id}`" for each in components]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{', '.join(names[:MOST_NAMES])}{more}"


@framework.rule(
    "one-license",
    title="All materials of the release are under OpenMDW",
    cites=(
        Citation(
            "“Model Materials” means the materials provided to you under this agreement, "
            "consisting of: (1) one or more machine learning models (including architecture and "
            "parameters); and (2) all related artifacts (including associated data, documentation "
            "and software) that are provided to you hereunder.",
            "OpenMDW-1.0, second paragraph",
            LICENSE,
            TEXT,
        ),
        _answers(
            "In such a case, the model provider should be very clear in the primary documentation "
            "(e.g. the top-level README and/or LICENSE files) about the presence of content that "
            "is subject to other license terms.",
            "11",
        ),
    ),
    fix="license: OpenMDW-1.0   # or tell in README and LICENSE which files are under other terms",
    level=None,
    shows=shown("license", of=_under),
)
def one_license(subject: Materials) -> Told:
    """One license over all materials is what OpenMDW is made for; others beside it are allowed.

    What comes along without other terms is "presumably" under it, by the steward's own answers:
    a manifest can say what is meant. What others have published is not asked about.
    """
    if not subject.under:
        yield NotApplicable(NOT_USED)
        return
    groups: dict[str | None, list[Component]] = {}
    for each in subject.beside:
        license = None if each.license == "NOASSERTION" else each.license
        groups.setdefault(license, []).append(each)
    first = subject.under[0]
    for license, group in groups.items():
        at = group[0].at / "license"
        if license is None:
            yield remark(
                f"{_several(group)}: no license is stated. What comes along with `{first.id}`, "
                f"which is under `{first.license}`, is presumably under the same; is it?",
                at=at,
                fix=f"license: {first.license}   # if it is",
            )
        else:
            yield remark(
                f"{_several(group)}: under `{license}`, where `{first.id}` is under "
                f"`{first.license}`. Do README and LICENSE tell which files are under which?",
                at=at,
                fix="Tell it there, or keep what is under other terms in a repository of its own.",
            )
    versions: dict[str, list[Component]] = {}
    for each in subject.under:
        for id in _ids(each):
            versions.setdefault(id, []).append(each)
    for id, group in list(versions.items())[1:]:
        yield remark(
            f"{_several(group)}: under `{id}`, where `{first.id}` is under `{first.license}`; are "
            "both versions meant?",
            at=group[0].at / "license",
        )


def _ids(component: Component) -> list[str]:
    """Give the ids in a license that are meant to be OpenMDW; the whole text where it is wrong."""
    try:
        ids = parse(component.license or "").ids
    except LicenseError:
        return [component.license or ""]
    return [each for each in ids if NAME.search(each)]


def _is_right(id: str) -> bool:
    """Tell whether `id` is one of `IDS`; SPDX compares ids without regard to case."""
    return id.lower() in (each.lower() for each in IDS)


@framework.rule(
    "license-id",
    title="OpenMDW goes by its SPDX id, and version 1.1 by the id that its steward names",
    cites=(
        _answers(
            'Is "OpenMDW-1.1" a valid SPDX license ID? Not at present (as of May 2026). … '
            "SPDX-License-Identifier: LicenseRef-OpenMDW-1.1",
            "12",
        ),
    ),
    fix="license: LicenseRef-OpenMDW-1.1   # or OpenMDW-1.0, which SPDX lists",
    level=None,
    shows=shown("license", of=_under),
)
def license_id(subject: Materials) -> Told:
    """Programs find a license by its id. The versions differ: 1.1 ends for suits over copyright.

    An id that is on no list, such as OpenMDW-1.1, is a fault of the file, which `core` tells.
    """
    for each in subject.under:
        for id in _ids(each):
            if not _is_right(id):
                yield remark(
                    f"`{each.id}`: `{id}` is no id of OpenMDW; version 1.0 is `{IDS[0]}`, and "
                    f"version 1.1 `{IDS[1]}`",
                    at=each.at / "license",
                    fix=f"license: {IDS[0] if '1.0' in id else IDS[1]}",
                )
    if not subject.under:
        yield NotApplicable(NOT_USED)


@framework.rule(
    "license-file",
    title="The text of OpenMDW is in a file LICENSE at the root of the release",
    cites=(
        _answers(
            "Copy the full text of the OpenMDW-1.1 license into a file named LICENSE at the root "
            "of your repository.",
            "9",
        ),
        Citation(
            "If you distribute any portion of the Model Materials, you shall retain in your "
            "distribution (1) a copy of this agreement",
            "OpenMDW-1.0, fourth paragraph",
            LICENSE,
            TEXT,
        ),
    ),
    fix="licenses:\n  OpenMDW-1.0: {file: LICENSE}",
    level=None,
    shows=shown("license", of=_under),
)
def license_file(subject: Materials) -> Told:
    """Whoever hands the materials on has to hand on the text, and so has to have got it."""
    used = dict.fromkeys(id for each in subject.under for id in _ids(each))
    ids = [each for each in used if _is_right(each) or each.startswith("LicenseRef-")]
    for id in ids:
        text = subject.manifest.licenses.get(id)
        if text is None or text.file is None:
            yield remark(
                f"no file is named that holds the text of `{id}`; its steward asks for one called "
                "`LICENSE` at the root",
                at=_place(subject.manifest, id),
                fix=f"licenses:\n  {id}: {{file: LICENSE}}",
            )
        elif not _is_license_at_the_root(text.file):
            yield remark(
                f"the text of `{id}` is in `{text.file}`; its steward asks for a file called "
                "`LICENSE` at the root",
                at=text.at / "file",
                fix="file: LICENSE",
            )
    if not ids:
        yield NotApplicable("what is meant by the license is not clear" if used else NOT_USED)


def _place(manifest: Manifest, id: str) -> Place:
    return manifest.at / "licenses" / id


def _is_license_at_the_root(file: str) -> bool:
    path = PurePosixPath(file)
    return len(path.parts) == 1 and path.stem == "LICENSE"


@framework.rule(
    "nothing-withheld",
    title="Nothing of the release is withheld, which OpenMDW would allow",
    cites=(
        _answers("The OpenMDW does not require that components be included", "5"),
        _answers(
            "While OpenMDW-1.1 does not mandate completeness (in the sense of requiring all "
            "related components to be provided), it does provide terms that ensure the ability to "
            "use in an open and free manner any and all components that are distributed under "
            "OpenMDW-1.1.",
            "2",
        ),
    ),
    fix="Give it; or let nobody take the license for a promise that all is there.",
    level=None,
    shows=shown("omitted", of=lambda subject: subject.withheld),
)
def nothing_withheld(subject: Materials) -> Told:
    """OpenMDW says how what is given may be used, and not what has to be given.

    A release under it may be weights alone. Which parts make a model open is for the definitions
    of openness to say, and for the classes of the Model Openness Framework.
    """
    if not subject.under:
        yield NotApplicable(NOT_USED)
    elif subject.withheld:
        yield remark(
            f"withheld: {_several(subject.withheld)}. OpenMDW requires no component to be given, "
            "so a release under it may lack any",
            at=subject.withheld[0].at / "omitted",
        )
