"""What every manifest must satisfy beyond its schema, and what it should."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import islice, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from aimanifest.document import Key, Place
from aimanifest.findings import Located, Position, Related, Remark, Span, remark, unmet
from aimanifest.licenses import OSI_LICENSE, Expression, LicenseError, judge, parse
from aimanifest.manifest import (
    CODE_KINDS,
    CONTENT_TYPES,
    DATASET_KINDS,
    DOCUMENT_KINDS,
    PARAMETER_KINDS,
    TOPICS,
    Component,
    FileText,
    LicenseText,
    Manifest,
    Metadata,
    Period,
    Release,
    Requirements,
    Source,
)
from aimanifest.placeholders import NONE_IS_SAID, SIGNS, is_placeholder, says_none
from aimanifest.rules import TEXT, Citation, Framework
from aimanifest.system import path_fault

if TYPE_CHECKING:
    from aimanifest.licenses.texts import Said

SPEC = "https://aimanifest.org/spec/1.0"

Steps = tuple[str | int, ...]


class Reference(NamedTuple):
    """One component named by another: in what statement, and at what steps from the latter."""

    statement: str
    component: Component
    id: str
    steps: Steps

    @property
    def at(self) -> Located:
        """Where the id is written; in a map, that is a key."""
        return _within(self.component.at, self.steps).key


class LicenseStatement(NamedTuple):
    """A license, its expression or why it is none, and where it stands: under a key of a place."""

    text: str
    expression: Expression | None
    error: LicenseError | None
    holder: Place
    key: str = "license"

    @property
    def at(self) -> Place:
        """Where the license is written."""
        return self.holder / self.key


class FiledText(NamedTuple):
    """The file that is named as the text of a license, and what there is to say about that text."""

    entry: LicenseText
    path: str
    file: FileText
    said: tuple[Said, ...]

    @property
    def at(self) -> Place:
        """Where the file is named."""
        return self.entry.at / "file"


class Statements(NamedTuple):
    """A manifest, with the statements that several rules look at gathered once for all."""

    manifest: Manifest
    references: tuple[Reference, ...]
    licenses: tuple[LicenseStatement, ...]
    texts: tuple[FiledText, ...] = ()

    @property
    def components(self) -> Iterable[Component]:
        """All components, in the order of the manifest."""
        return self.manifest.components.values()

    @classmethod
    def of(cls, manifest: Manifest) -> Statements:
        """Gather the statements of `manifest`."""
        licenses = tuple(_license_statements(manifest))
        return cls(
            manifest,
            tuple(_references(manifest.components.values())),
            licenses,
            tuple(_filed_texts(manifest, licenses)),
        )


def _references(components: Iterable[Component]) -> Iterator[Reference]:
    for component in components:
        for index, id in enumerate(component.trained_on or ()):
            yield Reference("trained_on", component, id, ("trained_on", index))
        for index, id in enumerate(component.produced_by or ()):
            yield Reference("produced_by", component, id, ("produced_by", index))
        for id in component.derived_from:
            yield Reference("derived_from", component, id, ("derived_from", id))
        if component.data:
            for index, id in enumerate(component.data.documented_in):
                yield Reference("documented_in", component, id, ("data", "documented_in", index))


def _license_statements(manifest: Manifest) -> Iterator[LicenseStatement]:
    if manifest.metadata.license not in NO_EXPRESSION:
        yield _license(manifest.metadata.license, manifest.metadata.at)
    for component in manifest.components.values():
        if component.license not in NO_EXPRESSION:
            yield _license(component.license, component.at)
        if component.data:
            for source in component.data.sources:
                if source.license not in NO_EXPRESSION:
                    yield _license(source.license, source.at)
            if component.data.contents_license not in (None, "NOASSERTION"):
                yield _license(
                    component.data.contents_license, component.data.at, "contents_license"
                )


LIMIT_TEXTS = 32
"""So many license texts are compared; a release with more of them is rare."""


def _filed_texts(manifest: Manifest, licenses: Iterable[LicenseStatement]) -> Iterator[FiledText]:
    """Read and compare the license texts that are files of the release."""
    named = {
        id: each.file
        for id, each in manifest.licenses.items()
        if each.file is not None and not path_fault(each.file)
    }
    if not named:
        return
    from aimanifest.licenses.texts import examine  # noqa: PLC0415  few manifests name a file

    words = [str(each.expression).replace("(", "").split() for each in licenses if each.expression]
    excepted = {id.rstrip("+") for each in words for id, next in pairwise(each) if next == "WITH"}
    for count, (id, path) in enumerate(named.items()):
        file = (
            manifest.folder.text(path)
            if count < LIMIT_TEXTS
            else FileText(unread=f"more than {LIMIT_TEXTS} texts are named")
        )
        beside = {other for other, its in named.items() if its == path and other != id}
        said = (
            ()
            if file.fault or file.unread
            else tuple(examine(id, path, file.text, beside=beside, excepted=id in excepted))
        )
        yield FiledText(manifest.licenses[id], path, file, said)


NO_EXPRESSION = (None, "NONE", "NOASSERTION")


def _license(text: str, holder: Place, key: str = "license") -> LicenseStatement:
    if text == "NONE":  # of a license it is an answer, and is not asked about here
        message = "`NONE` says that there is no license, and nobody can say that of works of others"
        error = LicenseError(message, column=0, length=len(text), suggestion="NOASSERTION")
        return LicenseStatement(text, None, error, holder, key)
    try:
        return LicenseStatement(text, parse(text), None, holder, key)
    except LicenseError as error:
        return LicenseStatement(text, None, error, holder, key)


framework = Framework(
    id="core",
    title="AI manifest",
    version="1.0",
    url=SPEC,
    levels=("right",),
    subject=Statements.of,
)

must = partial(framework.rule, level="right")


def spec(quote: str, section: str, anchor: str) -> tuple[Citation, ...]:
    """Cite a sentence of SPEC.md."""
    return (Citation(quote, f"SPEC.md, {section}", f"{SPEC}#{anchor}", TEXT),)


# -- components ------------------------------------------------------------------------------------


@must(
    "known-kind",
    title="Every component has a kind",
    cites=spec(
        "A component whose key is not the name of a kind MUST have a `kind`.",
        "Components",
        "components",
    ),
    fix="kind: training-data",
)
def known_kind(stated: Statements) -> Iterator[Remark]:
    """What is asked of a component depends on what sort of thing it is.

    A key that is the name of a kind says it already; any other key does not.
    """
    for component in stated.components:
        if component.kind is None and not _attempted(component.at, "kind", COMPONENT):
            nearest = _nearest(component.id, CONTENT_TYPES)
            guess = f"; did you mean the key `{nearest}`?" if nearest else ""
            yield unmet(
                f"`{component.id}` is not the name of a kind, and the component has no "
                f"`kind`{guess}",
                at=component.at / "kind",
                fix=f"kind: {nearest or 'training-data'}",
            )


@must(
    "one-content-type",
    title="A component includes only kinds of its own content type, and topics only in a document",
    cites=spec(
        "The kinds in `includes` MUST have the content type of the component's own kind.",
        "Components",
        "includes",
    )
    + spec(
        "A component that is no document MUST NOT name topics.",
        "Components",
        "topics",
    ),
    fix="Describe what has another content type as a component of its own.",
)
def one_content_type(stated: Statements) -> Iterator[Remark]:
    """Code, data and documents need different licenses, so one license cannot cover a mixture.

    Topics tell what a document is about; code and data do not treat things, they are things.
    """
    for component in stated.components:
        if component.kind is None:
            continue
        own = CONTENT_TYPES[component.kind]
        for index, word in enumerate(component.includes):
            other = CONTENT_TYPES.get(word, own)
            if other != own:
                yield unmet(
                    f"`{word}` is {_a(other)}, and `{component.id}` ({component.kind}) is "
                    f"{_a(own)}: they cannot be one component",
                    at=component.at / "includes" / index,
                    fix=f"{word}: {{license: …, location: …}}",
                )
            elif word in TOPICS and own != "document":
                kind = _kind_for(word, own)
                kind = "" if kind in component.kinds else kind
                guess = f"; did you mean `{kind}`?" if kind else ""
                yield unmet(
                    f"`{word}` is a topic that a document treats, and `{component.id}` "
                    f"({component.kind}) is {_a(own)}{guess}",
                    at=component.at / "includes" / index,
                    fix=f"- {kind}"
                    if kind
                    else "Take it out, or name it in `includes` of the document.",
                )


def _kind_for(topic: str, content_type: str) -> str:
    """Return the kind of the content type that people call by the name of the topic, or ""."""
    from aimanifest.schemas.spelling import meant  # noqa: PLC0415  only when something is wrong

    return meant(topic, [each for each, its in CONTENT_TYPES.items() if its == content_type]).word


STATEMENTS = {
    "data": (DATASET_KINDS, "only a dataset has data information"),
    "trained_on": (PARAMETER_KINDS, "only parameters are trained"),
    "derived_from": (PARAMETER_KINDS, "only parameters derive from other parameters"),
    "produced_by": (
        (*PARAMETER_KINDS, *DATASET_KINDS, "evaluation-results", "sample-outputs"),
        "only parameters, data, results and outputs are produced by code",
    ),
    "training_compute": (PARAMETER_KINDS, "only parameters are trained"),
    "peer_reviewed": (("research-paper",), "only a paper goes through peer review"),
    "manifest": (PARAMETER_KINDS, "only a model has a manifest of its own"),
}
"""Which kinds may make a statement, and why the others may not."""

_MADE = attrgetter(*STATEMENTS)
_NONE_MADE: tuple[object, ...] = (None, None, {}, None, None, None, None)
"""What `_MADE` gives for most components: a quick way past them."""


@must(
    "fitting-statements",
    title="Every statement fits the kind of its component",
    cites=spec(
        "A component MUST NOT make a statement that its kind has no use for.",
        "Components",
        "statements",
    ),
    fix="Move the statement to the component it is about.",
)
def fitting_statements(stated: Statements) -> Iterator[Remark]:
    """A statement in the wrong place would be read by nobody, and its fact would be lost."""
    for component in stated.components:
        made = _MADE(component)
        if component.kind is None or made == _NONE_MADE:
            continue
        for said, (statement, (kinds, why)) in zip(made, STATEMENTS.items(), strict=True):
            if component.kind in kinds or said is None or said == {}:
                continue
            yield unmet(
                f"`{statement}` does not belong to `{component.id}`, which is of kind "
                f"`{component.kind}`: {why}",
                at=(component.at / statement).key,
                fix=f"Move `{statement}` to the component it is about.",
            )


@must(
    "reasons-given",
    title="What does not apply, or cannot be shared, has its reason",
    cites=spec(
        "A component that is `not-applicable`, and a dataset whose `access` is `unshareable`, "
        "MUST give the reason in `notes`.",
        "Omission",
        "omission",
    ),
    fix="notes: Patients' records; the law does not allow them to leave the hospital.",
)
def reasons_given(stated: Statements) -> Iterator[Remark]:
    """Without a reason a reader cannot tell a fact about the system from an evasion."""
    for component in stated.components:
        if component.notes is not None:
            continue
        if component.omitted == "not-applicable":
            yield unmet(
                f"`{component.id}` is said not to apply, but not why",
                at=component.at / "notes",
                fix="notes: …one sentence that says why there is nothing of the kind…",
            )
        elif component.data and component.data.access == "unshareable":
            yield unmet(
                f"`{component.id}` is said to be unshareable, but not why",
                at=component.at / "notes",
                fix="notes: …one sentence that says what keeps the data from being shared…",
            )


# -- references ------------------------------------------------------------------------------------

FITTING = {
    "trained_on": (("training-data", "validation-data"), "data that shaped the parameters"),
    "produced_by": ((*CODE_KINDS, "auxiliary-model"), "code, or an `auxiliary-model`"),
    "derived_from": (("weights", "intermediate-checkpoints"), "weights that these started from"),
    "documented_in": (DOCUMENT_KINDS, "a document"),
}
"""What each reference may point to, and how to say it."""


@must(
    "resolvable-references",
    title="Every reference names a component of this manifest",
    cites=spec(
        "`derived_from`, `trained_on`, `produced_by` and `documented_in` MUST name components "
        "of the same manifest.",
        "References",
        "references",
    ),
    fix="Write the id of a component, or describe the component that is missing.",
)
def resolvable_references(stated: Statements) -> Iterator[Remark]:
    """The chain from weights to data and code is what a verdict is made of."""
    known = stated.manifest.components
    guesses = GUESSES
    for reference in stated.references:
        id = reference.id
        if id and id not in known and not _written(stated, "components", id):
            nearest = _nearest(id, islice(known, WORDS_TO_COMPARE)) if guesses else ""
            guesses -= bool(guesses)
            guess = f"; did you mean `{nearest}`?" if nearest else ""
            yield unmet(
                f"`{reference.statement}` names `{id}`, and there is no such component{guess}",
                at=reference.at,
                fix=nearest or f"Describe `{id}` under `components`.",
            )


GUESSES = 100
WORDS_TO_COMPARE = 1000
"""How often it is looked for what was meant, and among how many ids: nobody reads more of it."""


@must(
    "fitting-references",
    title="Every reference points to a component of a fitting kind",
    cites=spec(
        "A reference MUST point to a component of a kind that can stand in that relation.",
        "References",
        "references",
    ),
    fix="Name a component of a fitting kind.",
)
def fitting_references(stated: Statements) -> Iterator[Remark]:
    """Weights are trained on data and produced by code; the other way round says nothing."""
    for reference in stated.references:
        statement, component, id, _ = reference
        target = stated.manifest.components.get(id)
        if target is None or target.kind is None or not _may_refer(component, statement):
            continue
        kinds, words = FITTING[statement]
        if statement == "derived_from" and component.kind == "auxiliary-model":
            kinds = (*kinds, "auxiliary-model")  # its base may have helped only, too
        if id == component.id:
            yield unmet(
                f"`{id}` names itself in `{statement}`",
                at=reference.at,
                fix="Take it out.",
            )
        elif target.kinds.isdisjoint(kinds):
            hint = (
                "; weights that only helped are an `auxiliary-model`, weights that these started "
                "from belong in `derived_from`"
                if statement == "produced_by" and target.kind == "weights"
                else ""
            )
            yield unmet(
                f"`{statement}` of `{component.id}` must name {words}, and `{id}` is of kind "
                f"`{target.kind}`{hint}",
                at=reference.at,
                fix=f"Name {words}: {', '.join(f'`{each}`' for each in kinds)}.",
                related=(Related(f"`{id}` is described here", target.at.pointer, target.at.span),),
            )


def _may_refer(component: Component, statement: str) -> bool:
    """Whether its kind may make the statement; if not, that is the fault, not where it leads."""
    kinds, _ = STATEMENTS["data" if statement == "documented_in" else statement]
    return component.kind is None or component.kind in kinds


@must(
    "no-circles",
    title="No component derives from itself",
    cites=spec(
        "`derived_from` MUST NOT lead back to the component it starts from.",
        "References",
        "derived_from",
    ),
    fix="Take out the relation that closes the circle.",
)
def no_circles(stated: Statements) -> Iterator[Remark]:
    """What derives from itself has no origin, so nothing can be judged by its origin."""
    derived = {each.id: each for each in stated.components if each.derived_from}
    done: set[str] = set()
    for start in derived:
        trail: dict[str, Iterator[str]] = {}
        base: str | None = start
        while base is not None or trail:
            if base is None:
                done.add(trail.popitem()[0])
            elif base in trail:
                last = next(reversed(trail))
                if base != last:
                    yield _circle(derived[last], [*trail], base)
            elif base in derived and base not in done:
                trail[base] = iter(derived[base].derived_from)
            base = next(trail[next(reversed(trail))], None) if trail else None
    for id, own in stated.manifest.bases.items():
        if own.circular:
            yield unmet(
                f"the manifest of `{id}` leads back to this one: each is said to be the other's "
                "base",
                at=stated.manifest.components[id].at / "manifest",
                fix="Let only the younger of the two name the other.",
            )


def _circle(component: Component, trail: list[str], base: str) -> Remark:
    ids = [*trail[trail.index(base) :], base]
    return unmet(
        "a circle: " + " derives from ".join(f"`{each}`" for each in ids),
        at=(component.at / "derived_from" / base).key,
        fix="Take out the relation that closes the circle.",
    )


# -- licenses --------------------------------------------------------------------------------------


@must(
    "license-expressions",
    title="Every license is an SPDX expression of known ids",
    cites=spec(
        "A `license` MUST be an SPDX license expression whose ids are on the SPDX License List "
        "or begin with `LicenseRef-`, or `NONE`, or `NOASSERTION`.",
        "Licenses",
        "licenses",
    ),
    fix="license: Apache-2.0",
)
def license_expressions(stated: Statements) -> Iterator[Remark]:
    """A license that is free text means one thing to its writer and another to each reader."""
    for license in stated.licenses:
        error = license.error
        if error is not None:
            yield unmet(
                error.message,
                at=_part(license.at, error.column, error.length),
                fix=_mended(license, error),
            )


def _mended(license: LicenseStatement, error: LicenseError) -> str:
    """Return the whole license with what the error suggests in it; "" if that is no license."""
    text, end = license.text, error.column + error.length
    mended = f"{text[: error.column]}{error.suggestion}{text[end:]}"
    try:
        known = bool(error.suggestion) and (mended in NO_EXPRESSION or bool(parse(mended)))
    except LicenseError:
        known = False
    return f"{license.key}: {mended}" if known else ""


@must(
    "current-license-ids",
    title="No license id is deprecated",
    cites=spec(
        "A manifest SHOULD NOT use a license id that the SPDX License List has deprecated.",
        "Licenses",
        "licenses",
    ),
    fix="license: GPL-2.0-only",
)
def current_license_ids(stated: Statements) -> Iterator[Remark]:
    """`GPL-2.0` does not say whether later versions are meant; its successors do."""
    for license in stated.licenses:
        for id, instead in license.expression.deprecated if license.expression else ():
            yield remark(
                f"`{id}` is deprecated by the SPDX License List",
                at=license.at,
                fix=f"{license.key}: {'   # or: '.join(instead)}" if instead else "",
            )


@must(
    "license-texts",
    title="Every license that SPDX does not list can be read",
    cites=spec(
        "Each `LicenseRef-` id that is used MUST have an entry in `licenses`, and each entry MUST "
        "have a `url` or a `file`.",
        "Licenses",
        "license-texts",
    ),
    fix="licenses:\n  LicenseRef-Example: {name: Example License, url: https://…}",
)
def license_texts(stated: Statements) -> Iterator[Remark]:
    """An id of one's own says nothing until somebody can read the text behind it."""
    used: set[str] = set()
    entries = stated.manifest.licenses
    for license in stated.licenses:
        for id in license.expression.ids if license.expression else ():
            if ":" in id:
                yield unmet(
                    f"`{id}` points into another document, which a manifest does not have",
                    at=license.at,
                    fix=f"{license.key}: {id.partition(':')[2]}",
                )
            elif (
                id.startswith("LicenseRef-")
                and id not in used
                and id not in entries
                and not _written(stated, "licenses", id)
                and not _is_misspelt(stated.manifest.at, "licenses", MANIFEST)
            ):
                yield unmet(
                    f"`{id}` has no entry in `licenses`, so nobody can read it",
                    at=license.at,
                    fix=f"licenses:\n  {id}: {{name: …, url: https://…}}",
                )
            used.add(id)
    for id, entry in entries.items():
        if entry.url is None and entry.file is None:
            if _attempted(entry.at, "url", LICENSE) or _attempted(entry.at, "file", LICENSE):
                continue
            yield unmet(
                f"`{id}` has neither a `url` nor a `file`, so nobody can read it",
                at=entry.at,
                fix=f"{id}: {{name: …, url: https://…}}",
            )
        elif id not in used:
            yield remark(f"`{id}` is not the license of anything here", at=entry.at.key)


@must(
    "license-files",
    title="Every file that is named as a license text is in the release",
    cites=spec(
        "The `file` of an entry MUST be a file of the release.", "License texts", "license-texts"
    ),
    fix="licenses:\n  MIT: {file: LICENSE}",
)
def license_files(stated: Statements) -> Iterator[Remark]:
    """Who is told that the terms are in a file, and finds none, has been told nothing."""
    for text in stated.texts:
        if text.file.fault:
            yield unmet(
                f"`{text.path}` cannot be read as the text of {text.entry.id}: {text.file.fault}",
                at=text.at,
                fix=f"Put the text there, or write where it is: {text.entry.id}: {{url: https://…}}",
            )


@must(
    "same-license-texts",
    title="Every license file holds the text of its license, and nothing that changes it",
    cites=spec(
        "It MUST hold the text of the license that the entry is for: by the license matching "
        "guidelines of SPDX the same text, to which nothing is added and from which nothing is "
        "taken away.",
        "License texts",
        "license-texts",
    ),
    fix="Name the file that holds the text; a text that was changed needs an id of its own.",
)
def same_license_texts(stated: Statements) -> Iterator[Remark]:
    """A license with a section added, on acceptable use, say, is another license.

    Tools judge the license by its id, and people by its name. The text is what holds.
    """
    for text in stated.texts:
        if text.file.unread:
            yield remark(
                f"`{text.path}` was not compared with the text of {text.entry.id}: "
                f"{text.file.unread}",
                at=text.at,
            )
        for each in text.said:
            if each.gravity == "wrong":
                yield unmet(each.message, at=text.at, fix=each.fix)
            elif each.gravity == "doubtful":
                yield remark(each.message, at=text.at, fix=each.fix)


@must(
    "known-license-texts",
    title="Every license text is known, or has been read by people",
    cites=spec(
        "Where a text is not known, a validator MAY point at phrases in it that usually restrict; "
        "it MUST call that reading help, and MUST NOT make a verdict of it.",
        "License texts",
        "license-texts",
    ),
    fix="Read the text, and say in `additional_terms` what it asks.",
)
def known_license_texts(stated: Statements) -> Iterator[Remark]:
    """What a text asks that nobody here knows, a program cannot say; it can help to read it."""
    for text in stated.texts:
        for each in text.said:
            if each.gravity == "unread":
                yield remark(each.message, at=text.at, fix=each.fix)


@must(
    "one-grant",
    title="A choice of licenses is a choice for every recipient",
    cites=spec(
        "`OR` MUST be written only where one licensor grants both licenses for the same thing; "
        "parts under different licenses are joined by `AND`.",
        "Licenses",
        "licenses",
    ),
    fix="license: MIT AND LicenseRef-Example",
)
def one_grant(stated: Statements) -> Iterator[Remark]:
    """Code under MIT with weights under another license is `AND`, and better two components."""
    for component in stated.components:
        if "weights" not in component.kinds or " OR " not in (component.license or ""):
            continue
        try:
            expression = parse(component.license or "")
        except LicenseError:
            continue
        if judge(expression, OSI_LICENSE).verdict and any(
            each.startswith("LicenseRef-") for each in expression.ids
        ):
            yield remark(
                f"`{expression}` offers the weights under either license: is that so, or do the "
                "licenses cover different parts?",
                at=component.at / "license",
                fix=f"license: {str(expression).replace(' OR ', ' AND ')}",
            )


# -- facts -----------------------------------------------------------------------------------------

PURL = (
    r"pkg:/*[A-Za-z][A-Za-z0-9.+-]*"
    r"(?:/[^/@?#\s]+)+"
    r"(?:@[^@?#/\s]+)?"
    r"(?:\?[A-Za-z][A-Za-z0-9._-]*=[^&#\s]+(?:&[A-Za-z][A-Za-z0-9._-]*=[^&#\s]+)*)?"
    r"(?:#[^#\s]+)?"
)
IDENTIFIER = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"
"""Any other identifier is a URI: DOI, SWHID, URL.

These patterns are texts, not compiled here: `re` does that when one is used, and keeps it.
"""


@must(
    "well-formed-identifiers",
    title="Every identifier is a package URL or another URI",
    cites=spec(
        "An identifier MUST be a URI, and one that begins with `pkg:` a package URL.",
        "Identifiers",
        "identifiers",
    ),
    fix="identifiers: [pkg:huggingface/allenai/OLMo-7B]",
)
def well_formed_identifiers(stated: Statements) -> Iterator[Remark]:
    """An identifier is for machines that look things up; they do not guess."""
    holders: list[Release | Component] = [stated.manifest.release, *stated.components]
    for holder in holders:
        for index, text in enumerate(holder.identifiers):
            if text[:4].lower() == "pkg:":
                if not re.fullmatch(PURL, text) or _bad_escape(text):
                    yield unmet(
                        "this is not a package URL: `pkg:type/namespace/name@version`",
                        at=holder.at / "identifiers" / index,
                        fix="pkg:huggingface/namespace/name@revision",
                    )
            elif text and not re.fullmatch(IDENTIFIER, text):
                yield unmet(
                    "an identifier is a URI: a package URL, a DOI, a SWHID, a URL",
                    at=holder.at / "identifiers" / index,
                    fix="doi:10.5281/zenodo.1234567",
                )


@must(
    "real-dates",
    title="Every date is a day of the calendar",
    cites=spec("A `date` MUST be a date of the calendar.", "Dates", "dates"),
    fix="date: 2026-11-22",
)
def real_dates(stated: Statements) -> Iterator[Remark]:
    """30 February is a typing error, and a reader cannot know which digit is wrong."""
    holders: list[Metadata | Release | Component]
    holders = [stated.manifest.metadata, stated.manifest.release, *stated.components]
    for holder in holders:
        if holder.date is not None and not _is_date(holder.date):
            yield unmet(
                f"there is no such date as {holder.date}", at=holder.at / "date", fix="date: …"
            )
    for period in _periods(stated):
        for key, day in (("from", period.since), ("to", period.until)):
            if day is not None and not _is_date(day):
                yield unmet(f"there is no such date as {day}", at=period.at / key, fix=f"{key}: …")


@must(
    "ordered-periods",
    title="Every period ends after it begins",
    cites=spec("`from` MUST NOT be later than `to`.", "Data information", "period"),
    fix="period: {from: 2024-01, to: 2024-06}",
)
def ordered_periods(stated: Statements) -> Iterator[Remark]:
    """A period that runs backwards is a typing error, and a reader cannot know in which date."""
    for period in _periods(stated):
        since, until = period.since, period.until
        if since is None or until is None or not (_is_date(since) and _is_date(until)):
            continue
        known = min(len(since), len(until))  # a year may begin or end with any of its days
        if since[:known] > until[:known]:
            yield unmet(
                f"the period ends in {until}, before it begins in {since}",
                at=period.at,
                fix=f"period: {{from: {until}, to: {since}}}",
            )


def _periods(stated: Statements) -> Iterator[Period]:
    return (each.data.period for each in stated.components if each.data and each.data.period)


@must(
    "counted-amounts",
    title="Every amount has a unit",
    cites=spec("An `amount` MUST have a `unit`.", "Data information", "contents"),
    fix="contents: [{modality: text, amount: 3.0e+12, unit: tokens}]",
)
def counted_amounts(stated: Statements) -> Iterator[Remark]:
    """Three billion of what? Tokens, bytes and documents differ by factors of thousands."""
    for component in stated.components:
        for each in component.data.contents if component.data else ():
            if each.amount is None or each.unit is not None:
                continue
            if not _attempted(each.at, "unit", CONTENT):
                yield unmet(
                    f"it is not said of what there are {(each.at / 'amount').source}",
                    at=each.at / "unit",
                    fix="unit: …",
                )


@must(
    "paths-inside",
    title="Every path stays inside the release",
    cites=spec(
        "A path MUST be relative, MUST use `/` between its parts, and MUST NOT have `..` as one of "
        "them.",
        "Paths",
        "paths",
    ),
    fix="path: model/weights.safetensors",
)
def paths_inside(stated: Statements) -> Iterator[Remark]:
    """The folder of the manifest is the root of the release; nothing outside belongs to it."""
    for text, holder, steps in _paths(stated.manifest):
        fault = path_fault(text)
        if fault:
            at = _within(holder, steps)
            yield unmet(
                f"{fault}: paths are relative to the folder of the manifest and stay inside it",
                at=at.key if steps[0] == "checksums" else at,
                fix=EXAMPLES_OF_PATHS[steps[0]],
            )


EXAMPLES_OF_PATHS = {
    "path": "path: model/weights.safetensors",
    "manifest": "manifest: bases/llama-7b/ai-manifest.yaml",
    "checksums": "Count the path from the root of what is at the `location`.",
    "file": "file: LICENSE",
}
"""What to write instead, by the key that a path stands under."""


def _paths(manifest: Manifest) -> Iterator[tuple[str, Place, tuple[str, ...]]]:
    for component in manifest.components.values():
        if component.path is not None:
            yield component.path, component.at, ("path",)
        if component.manifest is not None and "://" not in component.manifest:
            yield component.manifest, component.at, ("manifest",)
        for path in component.checksums:
            yield path, component.at, ("checksums", path)
    for entry in manifest.licenses.values():
        if entry.file is not None:
            yield entry.file, entry.at, ("file",)


COMMIT = r"[0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{64}"
FORGES = ("github.com", "gitlab.com", "codeberg.org", "huggingface.co", "bitbucket.org")


@must(
    "immutable-revisions",
    title="Every revision names something that cannot change",
    cites=spec(
        "The `revision` of a location that can be verified SHOULD be immutable: a full commit id.",
        "Location",
        "revision",
    ),
    fix="revision: cb5ef389013fb3e2222a58b2712aa6d15ee5aa7f",
)
def immutable_revisions(stated: Statements) -> Iterator[Remark]:
    """A branch moves on and a tag can be moved; only a commit is today what it was."""
    for component in stated.components:
        revision, location = component.revision, component.location
        if revision is None or location is None or re.fullmatch(COMMIT, revision):
            continue
        if location.partition("://")[2].partition("/")[0].removeprefix("www.") in FORGES:
            yield remark(
                f"`{revision}` can come to mean something else; a full commit id cannot",
                at=component.at / "revision",
                fix="revision: …the 40 digits of the commit…",
            )


# -- text ------------------------------------------------------------------------------------------

LIMBS = ("provenance", "scope", "collection", "labeling", "processing")


@must(
    "none-is-spelled-none",
    title="That there was no such step is said with the word `none`",
    cites=spec(
        "A `collection`, `labeling` or `processing` that did not take place is written `none`.",
        "Data information",
        "none",
    ),
    fix="labeling: none",
)
def none_is_spelled_none(stated: Statements) -> Iterator[Remark]:
    """With "N/A" or "-" it stays open whether there was no such step or nobody looked."""
    for component in stated.components:
        for key in NONE_IS_SAID if component.data else ():
            text = getattr(component.data, key)
            if text is not None and len(text) < MISSPELT and not says_none(text):
                words = text.strip(SIGNS).casefold()
                if words in ("", "none", "n/a", "na", "nil", "not applicable"):
                    yield unmet(
                        f"if there was no such step, the word is `none`, not `{text}`",
                        at=component.at / "data" / key,
                        fix=f"{key}: none",
                    )


MISSPELT = 24
"""No misspelling of `none` is longer than this, signs and all."""


@must(
    "no-placeholders",
    title="No text merely holds a place",
    cites=spec(
        "A text that merely holds a place is not information, and MUST NOT be written.",
        "Data information",
        "placeholders",
    ),
    fix="Say what is so, or leave the key out: silence is honest.",
)
def no_placeholders(stated: Statements) -> Iterator[Remark]:
    """To a program, "TODO" and "various sources" look like an answer; to a reader they are none."""
    release, metadata = stated.manifest.release, stated.manifest.metadata
    holders: list[Release | Requirements | Metadata | Component | Source]
    holders = [metadata, release, *filter(None, [release.requirements]), *stated.components]
    for component in stated.components:
        if component.data:
            holders += component.data.sources
            for key, text in zip(LIMBS, _LIMBS(component.data), strict=True):
                if text is not None and is_placeholder(text):
                    yield _placeholder(component.at / "data" / key)
    for holder in holders:
        for key in TEXTS[type(holder)]:
            text = getattr(holder, key)
            if text is not None and is_placeholder(text):
                yield _placeholder(holder.at / key)
    for party, at in (
        (metadata.author, metadata.at / "author"),
        (release.publisher, release.at / "publisher"),
        *((each.publisher, each.at / "publisher") for each in stated.components if each.publisher),
    ):
        if party is not None and party.name and is_placeholder(party.name):
            yield _placeholder(at / "name")


TEXTS: Mapping[type, tuple[str, ...]] = {
    Metadata: ("context",),
    Release: ("name", "description", "intended_use", "limitations"),
    Requirements: ("hardware", "software"),
    Component: ("name", "description", "notes"),
    Source: ("name", "notes"),
}
"""The texts that are for people, besides the parts of data information."""

_LIMBS = attrgetter(*LIMBS)


def _placeholder(at: Place) -> Remark:
    return unmet(
        "this holds a place and says nothing",
        at=at,
        fix="Say what is so, or leave the key out: silence is honest.",
    )


@must(
    "relied-on-documents",
    title="Documents that data information points to are named in `documented_in`",
    cites=spec(
        "A document on which data information relies MUST be named in `documented_in`: its terms "
        "are then the terms of the information.",
        "Data information",
        "documented_in",
    ),
    fix="documented_in: [technical-report]",
)
def relied_on_documents(stated: Statements) -> Iterator[Remark]:
    """Information that stands only in a paper is available under the terms of that paper."""
    documents = {each.id for each in stated.components if each.kind in DOCUMENT_KINDS}
    documents.discard("documentation")  # a word of every language of documents, seldom an id
    for component in stated.components:
        if component.data is None or not documents:
            continue
        unnamed = documents.difference(component.data.documented_in)
        for key, text in zip(LIMBS, _LIMBS(component.data), strict=True) if unnamed else ():
            # Words are looked up among the ids, not ids in the text: of both there may be many.
            words = (text or "").translate(_BETWEEN_WORDS).split()
            for id in sorted(unnamed.intersection(words)):
                yield remark(
                    f"`{key}` points to `{id}`, which `documented_in` does not name",
                    at=component.at / "data" / key,
                    fix=f"documented_in: [{id}]",
                )


_BETWEEN_WORDS = str.maketrans(dict.fromkeys(".,;:!?()[]{}<>\"'`/", " "))


# -- small questions -------------------------------------------------------------------------------


def _within(at: Place, steps: Steps) -> Place:
    for step in steps:
        at /= step
    return at


def _part(at: Place, offset: int, length: int) -> Located:
    """Return the part of a text on one line that is `length` characters long from `offset`."""
    span, quoted = at.span, at.source[:1] in ("'", '"')
    if span.start.line != span.end.line or not length:
        return at
    start = Position(span.start.line, span.start.column + quoted + offset)
    return Key(at.pointer, Span(start, Position(start.line, start.column + length)))


MANIFEST, COMPONENT, CONTENT, LICENSE = (
    "manifest.schema.json",
    "component.schema.json",
    "content.schema.json",
    "license.schema.json",
)


def _written(stated: Statements, key: str, id: str) -> bool:
    """Whether there is something with this id, or could be, though too faulty to be read."""
    within = stated.manifest.at / key
    all_of_it = stated.manifest.at.document.data.get(key, {})
    return (within / id).written or not isinstance(all_of_it, dict)


def _attempted(at: Place, key: str, schema: str) -> bool:
    """Whether `key` is written at `at`, though too faulty to be read."""
    return (at / key).written or _is_misspelt(at, key, schema)


def _is_misspelt(at: Place, key: str, schema: str) -> bool:
    """Whether an unknown key at `at` is taken for `key`, as the schemas have said."""
    from aimanifest.schemas import load  # noqa: PLC0415  # only when something is wrong
    from aimanifest.schemas.spelling import nearest, synonym  # noqa: PLC0415  # as above

    known, written = load()[schema]["properties"], at.document.data
    for step in at.steps:
        written = written[step]
    unknown = (each for each in written if each not in known)
    return any(key in (synonym(each, known), nearest(each, known)) for each in unknown)


def _nearest(word: str, words: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # only when something is wrong

    return next(iter(get_close_matches(word, list(words), n=1, cutoff=0.7)), "")


def _a(content_type: str) -> str:
    return {"code": "code", "data": "data", "document": "a document"}[content_type]


def _bad_escape(text: str) -> bool:
    return "%" in text and re.search(r"%(?![0-9A-Fa-f]{2})", text) is not None


def _is_date(text: str) -> bool:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    numbers = [each for each in (year, month, day) if each]
    if not all(each.isascii() and each.isdigit() for each in numbers):
        return False
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True
