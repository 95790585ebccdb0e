"""What the schemas refuse, said in the words of the format, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]  # as above
from referencing import Registry, Resource

from aimanifest.document import FAULTS_LIMIT, LIMIT_FAULTS, Document
from aimanifest.findings import Finding, Located, Outcome, Related
from aimanifest.schemas import FORMAT, MANIFEST, Format, Schema, load, of
from aimanifest.schemas.spelling import alike, bare, meant, nearest, reformed, synonym
from aimanifest.schemas.wording import (
    LIMIT_LISTED,
    Steps,
    called,
    cut,
    either,
    entry,
    listed,
    named,
    quoted,
    scalar,
)


class Mend(NamedTuple):
    """What to write in place of a fault: another `key`, unless that is "", and another `value`.

    `value` is None where what is written stays. `sure` says that nothing is guessed: the text stays
    as it is written but for its quotes or brackets, or is the same letters in another spelling.
    """

    key: str = ""
    value: Any = None
    sure: bool = False


class Fault(NamedTuple):
    """One departure from the schemas, before it is located.

    `of_key` tells that the key at `steps` is wrong, not its value. `instead` is where what is
    written there should be: what is missed at that place is not missing but misplaced. `mend` is
    what `fix` says, for programs, where that is a key or a value alone.
    """

    rule: str
    steps: Steps
    message: str
    fix: str
    of_key: bool = False
    instead: Steps | None = None
    related: tuple[Related, ...] = ()
    mend: Mend | None = None


class Departure(NamedTuple):
    """An error of jsonschema: what it calls wrong, where, and by which schema."""

    document: Document
    format: Format
    steps: Steps
    value: Any
    keyword: str
    schema: Schema
    expected: Any

    @property
    def field(self) -> Schema:
        """The schema of the place, with the words of the key itself."""
        return _field(self.steps, self.format)

    @property
    def name(self) -> str:
        """The place as a message names it."""
        return named(self.steps, self.format.noun)

    @property
    def key(self) -> str | int:
        """The last step: the key whose value is wrong, or its index in a list."""
        return self.steps[-1] if self.steps else ""


def explain(document: Document, format: Format = MANIFEST, *, refused: bool) -> tuple[Finding, ...]:
    """Return a finding for each fault of `document`, in its order.

    `refused` tells that the quick engine has found a fault already.

    Raises:
        RuntimeError: if `refused`, and there is no fault to be found.

    """
    return tuple(finding for finding, _ in explained(document, format, refused=refused))


def explained(
    document: Document, format: Format = MANIFEST, *, refused: bool
) -> tuple[tuple[Finding, Fault | None], ...]:
    """Return what `explain` does, each finding with the fault that it tells.

    Raises:
        RuntimeError: if `refused`, and there is no fault to be found.

    """
    if _is_another_version(document, format.key):
        # Whatever else it says may mean something else there.
        other = _of_another_version(document, format.key)
        return ((_located(document, other), other),)
    errors = list(islice(_validator(format).iter_errors(document.data), LIMIT_FAULTS + 1))
    faults = _faults(document, format, errors) or list(_halves(document.data))
    if refused and not faults:
        raise RuntimeError("jsonschema accepts what jsonschema-rs refuses")
    known = {each.pointer for each in document.problems if each.pointer}
    told = [(_located(document, each), each) for each in faults]
    told = [each for each in told if not _is_within(each[0].pointer, known)]
    told.sort(key=lambda each: (each[0].span, each[0].pointer))
    if len(errors) > LIMIT_FAULTS or len(told) > LIMIT_FAULTS:
        more = ((each, None) for each in _and_more(document, format))
        return (*told[:LIMIT_FAULTS], *more)
    return tuple(told)


@cache
def _validator(format: Format = MANIFEST) -> Draft202012Validator:
    schemas = of(format)
    resources = ((each["$id"], Resource.from_contents(each)) for each in schemas.values())
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(schemas[format.root], registry=registry)


def _faults(document: Document, format: Format, errors: Iterable[ValidationError]) -> list[Fault]:
    """Return the faults behind the `errors`: one for each place, and none that follows another."""
    first: dict[tuple[Steps, bool], Fault] = {}
    beside: dict[Steps, list[str]] = {}
    for error in sorted(errors, key=lambda each: _RANK[str(each.validator)]):
        of_key = "propertyNames" in error.absolute_schema_path
        steps = tuple(error.absolute_path)
        if "dependentSchemas" in error.absolute_schema_path:
            beside.setdefault(steps, []).append(str(error.instance))
            continue
        if of_key:
            steps = (*steps, str(error.instance))
        departure = Departure(
            document,
            format,
            steps,
            error.instance,
            str(error.validator),
            error.schema if isinstance(error.schema, dict) else {},
            error.validator_value,
        )
        words = _of_a_key if of_key else _WORDS[departure.keyword]
        for fault in words(departure):
            first.setdefault((fault.steps, fault.of_key), fault)
    for steps, keys in beside.items():
        for fault in _omitted_alone(document, steps, keys):
            first[fault.steps, fault.of_key] = fault
    misplaced = {each.instead for each in first.values()}
    return [
        each
        for each in first.values()
        if each.rule != "schema/missing-key" or each.steps not in misplaced
    ]


def _located(document: Document, fault: Fault) -> Finding:
    place = document.place(fault.steps)
    at: Located = place.key if fault.of_key else place
    return Finding(
        fault.rule, Outcome.UNMET, fault.message, at.pointer, at.span, fault.fix, fault.related
    )


def _is_within(pointer: str, known: set[str]) -> bool:
    """Tell whether `pointer` is one of those known, or below one."""
    parts = pointer.split("/")
    return any("/".join(parts[:depth]) in known for depth in range(2, len(parts) + 1))


def _and_more(document: Document, format: Format) -> Iterator[Finding]:
    """Say of each part of the file that not all may have been said of it."""
    for key in document.data:
        if isinstance(document.data[key], dict) and key in of(format)[format.root]["properties"]:
            message = f"`{key}` may hold more faults than the {LIMIT_FAULTS} that are shown"
            at = document.place((key,))
            yield Finding(
                FAULTS_LIMIT.id, Outcome.UNMET, message, at.pointer, at.span, FAULTS_LIMIT.fix
            )


# -- the format's own fields -----------------------------------------------------------------------


def _resolved(schema: Schema, format: Format = MANIFEST) -> Schema:
    """Return `schema` with what it refers to; its own words stand before those."""
    while "$ref" in schema:
        name, _, pointer = schema["$ref"].partition("#")
        target: Schema = of(format)[name]
        for step in pointer.split("/")[1:]:
            target = target[step]
        schema = {**target, **{key: each for key, each in schema.items() if key != "$ref"}}
    return schema


def _field(steps: Steps, format: Format = MANIFEST) -> Schema:
    """Return the schema of the place that `steps` lead to; {} where the format has none."""
    schema: Schema = of(format)[format.root]
    for step in steps:
        known = schema.get("properties", {})
        other = schema.get("items" if isinstance(step, int) else "additionalProperties", {})
        schema = _resolved(known.get(step) or other or {}, format)
    return schema


def _accepts(field: Schema, value: object, format: Format = MANIFEST) -> bool:
    return bool(_validator(format).evolve(schema=field).is_valid(value))


def _articled(field: Schema, format: Format) -> str:
    noun = str(_resolved(field, format)["title"])
    noun = noun if noun.isupper() or "-" in noun else noun.lower()
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _shown(key: str | int, field: Schema) -> str:
    """Return what to write for `key` where nothing that was written can be kept."""
    if "enum" in field:
        return f"Write {either(field['enum'], limit=len(field['enum']))}."
    if field["title"] in _ASKED:
        return _ASKED[field["title"]]
    examples = field["examples"]
    return entry(key, "NOASSERTION" if "NOASSERTION" in examples else examples[0])


_ASKED = {
    "Component id": "Write the id of a component of this file.",
    "SHA-256": "Write what `sha256sum` prints for the file.",
    "Language tag": "Write the BCP 47 tag of the language.",
    "Training compute": "Write a number above 0, without quotes.",
    "Amount": "Write a number above 0, without quotes.",
}
"""What to ask for where an example could be mistaken for an answer."""


def _kept(field: Schema, value: object, source: str, format: Format) -> object:
    """Return `value` as the field can take it: as it is, quoted, or within brackets; else None."""
    if isinstance(value, dict | list) and len(value) > LIMIT_LISTED:
        return None  # nobody looks at a fix that long
    keys = field.get("properties", {})
    # What is written for a whole component may be its address, but hardly its name.
    chief = ("location",) if "kind" in keys else ("location", "url", "name")
    for each in (value, source, [value], *({key: value} for key in chief if key in keys)):
        if each not in ("", None) and _accepts(field, each, format):
            return each
    return None


def _rewritten(key: str | int, value: object) -> str:
    """Return `key` with `value`, if that is short enough to be looked at."""
    written = entry(key, value)
    return written if len(written) <= LIMIT_FIX else entry(key, "…")


LIMIT_FIX = 400
"""How long the YAML that a finding proposes may be."""


def _mended(form: Schema, text: str) -> str:
    """Return `text` in the `form` that it was meant to have, where there is no doubt; else ""."""
    mended = reformed(text, form["title"])
    return mended if mended and _accepts(form, mended) else ""


# -- words for each keyword ------------------------------------------------------------------------

_TYPES = {
    "string": "text",
    "object": "a map",
    "array": "a list",
    "number": "a number",
    "boolean": "`true` or `false`",
}


def _wrong_type(at: Departure) -> Iterator[Fault]:
    wanted, value, field = _TYPES[at.expected], at.value, at.field
    source = at.document.place(at.steps).source
    message = f"{at.name} is {called(value, source)}, and {wanted} is wanted"
    kept = _kept(field, value, source, at.format)
    fix = _shown(at.key, field) if kept is None else _rewritten(at.key, kept)
    mend = None if kept is None else Mend(value=kept, sure=kept in (source, [value]))
    if value is None:
        mend = None
        message = f"{at.name} has no value, and {wanted} is wanted"
        fix = _shown(at.key, field)
    elif kept is not None and kept == source:
        message += ": quote it"
    elif at.expected in ("number", "boolean") and isinstance(value, str):
        written = bare(value)
        if _accepts(field, written):
            fix = entry(at.key, written)
            mend = Mend(value=written, sure=value in _SAID or bool(_NUMBER.fullmatch(value)))
    elif isinstance(value, list) and at.key == "license":
        fix = (
            "Join the licenses in one expression: `A AND B` where each covers a part, "
            "`A OR B` where one may choose."
        )
    elif at.expected == "object" and "propertyNames" in field:
        message += f", with {_articled(field['additionalProperties'], at.format)} under each key"
    yield Fault("schema/wrong-type", at.steps, message, fix, mend=mend)


_NUMBER = re.compile("[0-9]{1,18}([.][0-9]{1,18})?(e[+-]?[0-9]{1,2})?")
_SAID = ("true", "false", "yes", "no")
"""Texts that are a number or an answer already, but for their quotes."""


def _unknown_value(at: Departure) -> Iterator[Fault]:
    words = at.expected
    guess = meant(str(at.value), words)
    said = f"{at.name} is {quoted(at.value)}"
    if guess.why:
        message = f"{said}: {guess.why}"
    elif guess.word:
        message = f"{said}: did you mean `{guess.word}`?"
    else:
        message = f"{said}, and must be {either(words)}"
    fix = entry(at.key, guess.word) if guess.word else _shown(at.key, at.field)
    mend = Mend(value=guess.word, sure=alike(str(at.value), guess.word)) if guess.word else None
    yield Fault("schema/unknown-value", at.steps, message, fix, mend=mend)


def _another_format(at: Departure) -> Iterator[Fault]:
    yield Fault(
        "schema/format-version",
        at.steps,
        f"{at.name} is {quoted(at.value)}, and this validator knows format {FORMAT}",
        entry(at.key, at.expected),
        mend=Mend(value=at.expected, sure=bool(re.fullmatch("1([.]0)*", str(at.value)))),
    )


def _is_another_version(document: Document, key: str) -> bool:
    """Tell whether the file says under `key` that it follows another version."""
    said = _version(document, key)
    if not re.fullmatch("[0-9]{1,4}([.][0-9]{1,4}){0,3}", said):
        return False
    return re.sub("([.]0)+$", "", said) != re.sub("([.]0)+$", "", FORMAT)


def _of_another_version(document: Document, key: str) -> Fault:
    said = _version(document, key)
    return Fault(
        "schema/format-version",
        (key,),
        f"`{key}` is `{said}`, and this validator knows format {FORMAT}",
        f"Validate the file with a program that knows format {said}.",
    )


def _version(document: Document, key: str) -> str:
    """Return the version that the file says it follows, as it is written, but for quotes."""
    return document.place((key,)).source.strip("'\"")


def _malformed(at: Departure) -> Iterator[Fault]:
    if not at.value.strip():
        fix = _shown(at.key, at.field)
        yield Fault("schema/empty", at.steps, f"{at.name} is empty", fix)
        return
    message = _malformation(at)
    if sort := _OTHER_SUMS.get(len(at.value)) if at.schema["title"] == "SHA-256" else "":
        message += f"; this looks like {sort}"
    mended = _mended(at.schema, at.value)
    fix = _rewritten(at.key, mended) if mended else _shown(at.key, at.field)
    if not mended and at.key == "location" and "path" in _field(at.steps[:-1])["properties"]:
        message += "; what is in the release itself has a `path` instead"
    sure = alike(mended, at.value) and at.schema["title"] not in _NAMES
    mend = Mend(value=mended, sure=sure) if mended else None
    yield Fault("schema/malformed", at.steps, message, fix, mend=mend)


_NAMES = ("Component id", "License id", "Extension name")
"""Forms of names that are given to things here: another spelling is another name."""


def _too_small(at: Departure) -> Iterator[Fault]:
    yield Fault("schema/malformed", at.steps, _malformation(at), _shown(at.key, at.field))


def _malformation(at: Departure) -> str:
    said = called(at.value, at.document.place(at.steps).source)
    said = quoted(at.value) if isinstance(at.value, str) else said
    return f"{at.name} is {said}. {at.schema['description'].rstrip('.')}"


_OTHER_SUMS = {32: "MD5", 40: "SHA-1", 96: "SHA-384", 128: "SHA-512"}
"""The checksums that people know, by their lengths."""


def _of_a_key(at: Departure) -> Iterator[Fault]:
    """Explain what is wrong with the key itself at the end of the steps."""
    if not at.value.strip():
        message, rule = f"A key of {named(at.steps[:-1], at.format.noun)} is empty", "schema/empty"
    elif at.keyword == "maxLength":
        message, rule = f"{at.name} is a key {_too_long_for(at)}", "schema/too-long"
    else:
        form = at.schema["description"].rstrip(".")
        message, rule = f"{at.name} is not a key of the right form. {form}", "schema/malformed"
    key = _mended(at.schema, at.value) or at.schema["examples"][0]
    yield Fault(rule, at.steps, message, f"{scalar(key)}: …", of_key=True)


def _too_long(at: Departure) -> Iterator[Fault]:
    message = f"{at.name} is {_too_long_for(at)}"
    fix = f"Shorten it to {at.expected:,} characters."
    yield Fault("schema/too-long", at.steps, message, fix)


def _too_long_for(at: Departure) -> str:
    return f"of {len(at.value):,} characters, and may have {at.expected:,}"


def _empty(at: Departure) -> Iterator[Fault]:
    fix = _shown(at.key, at.field)
    yield Fault("schema/empty", at.steps, f"{at.name} is empty", fix)


def _missing(at: Departure) -> Iterator[Fault]:
    for key in at.expected:
        if key not in at.value:
            steps = (*at.steps, key)
            fix = _shown(key, _field(steps, at.format))
            yield Fault("schema/missing-key", steps, f"{at.name} has no `{key}`", fix)


def _omitted_alone(document: Document, steps: Steps, keys: list[str]) -> Iterator[Fault]:
    """Explain that `keys`, those of the format at least, stand beside `omitted`."""
    stated = [key for key in keys if key in _field(steps)["properties"]]
    if not stated:
        return
    component = document.place(steps)
    message = f"{named(steps)} is said to be omitted, and yet has {listed(stated)}"
    fix = "Take `omitted` out, or all but `kind`, `name`, `publisher`, `reason` and `notes`."
    if "data" in stated:
        message += (
            "; a dataset that is kept back but described is not omitted: "
            "its `data` has `access: unshareable`"
        )
        fix = "Take `omitted` out, and write `access: unshareable` into `data`."
    related = tuple(
        Related(f"`{key}` is said here", each.pointer, each.span)
        for key in stated[:LIMIT_LISTED]
        for each in [(component / key).key]
    )
    yield Fault(
        "schema/omitted-alone", (*steps, "omitted"), message, fix, of_key=True, related=related
    )


def _halves(value: object, steps: Steps = ()) -> Iterator[Fault]:
    """Find text that no file can hold, half of a surrogate pair: one engine refuses to read it."""
    inside: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    elif isinstance(value, str) and _HALF.search(value):
        message = f"{named(steps)} holds half of a surrogate pair, which is no character"
        yield Fault("schema/malformed", steps, message, "Write both halves, or the character.")
    for step, each in inside:
        if isinstance(step, str) and _HALF.search(step):
            message = f"A key of {named(steps)} holds half of a surrogate pair"
            fix = "Write both halves, or the character."
            yield Fault("schema/malformed", (*steps, step), message, fix, of_key=True)
        yield from _halves(each, (*steps, step))


_HALF = re.compile("[\ud800-\udfff]")


# -- unknown keys ----------------------------------------------------------------------------------


def _unknown_keys(at: Departure) -> Iterator[Fault]:
    known = at.schema["properties"]
    unknown = (key for key in at.value if key not in known)
    split = _split_by_commas(at, known)
    for key in islice(unknown, LIMIT_FAULTS + 1):
        if key not in split:
            yield _unknown_key(at, key, known)
    for key, whole in split.items():
        if whole:
            before, value = whole
            message = (
                f"{named((*at.steps, key))} is a key of its own here: between {{ and }}, a comma "
                "ends a value, so quote the text"
            )
            fix = _rewritten(before, value)
            yield Fault("schema/unknown-key", (*at.steps, key), message, fix, of_key=True)


def _split_by_commas(at: Departure, known: Schema) -> dict[str, tuple[str, str] | None]:
    """Find the keys that are the ends of a text with commas: `{name: Allen Institute, Seattle}`.

    Each first one is mapped to the key and the whole of the text, each further one to None.
    """
    place = at.document.place(at.steps)
    split: dict[str, tuple[str, str] | None] = {}
    if not place.flow:
        return split
    start = first = text = ""
    for key, value in at.value.items():
        if key in known:
            start, first, text = key, "", value if isinstance(value, str) else ""
        elif value is None and text and not (place / key).source:
            text = f"{text}, {key}" if len(text) <= LIMIT_FIX else text
            split[key] = None
            first = first or key
            split[first] = (start, text)
        else:
            text = ""
    return split


def _unknown_key(at: Departure, key: str, known: Schema) -> Fault:
    steps = (*at.steps, key)
    name, value = named(steps), at.value[key]
    here = synonym(key, known)
    home = None if here else _home(at, lambda keys: key if key in keys else "")
    is_kind = at.format == MANIFEST and key in load()["kind.schema.json"]["enum"]
    if not here and not home and is_kind:
        home = ("components",), key, "`components`"
    if not here and not home:
        here = nearest(key, known)
    if not here and not home:
        home = _home(at, lambda keys: synonym(key, keys))
    instead: Steps | None = None
    mend: Mend | None = None
    if here:
        instead = (*at.steps, here)
        message = f"{name} is not a key of the format: did you mean `{here}`?"
        field = _field(instead, at.format)
        source = at.document.place(steps).source
        kept = _kept(field, value, source, at.format)
        fix = _shown(here, field) if kept is None else _rewritten(here, kept)
        same = kept is None or kept is value
        fits = same or kept in (source, [value])
        mend = Mend(here, None if same else kept, sure=fits and alike(key, here))
        if here in at.value:
            mend = None
            message = f"{name} is not a key of the format, and `{here}` is there already"
            fix = f"Take `{cut(key)}` out."
    elif home:
        instead, word, where = home
        renamed = "" if word == key else f", as `{word}`"
        message = f"{name} is not a key here: it belongs in {where}{renamed}"
        fix = f"Move it to {where.replace('a component', 'the component it is about')}."
    else:
        message = f"{name} is not a key of the format; the keys here are {listed(known)}"
        fix = "Take it out."
        if at.format == MANIFEST:
            fix = "Take it out, or write it under `extensions`, by a reverse domain name of yours."
    return Fault("schema/unknown-key", steps, message, fix, of_key=True, instead=instead, mend=mend)


_HOMES = (
    ("release.schema.json", "`release`"),
    ("component.schema.json", "a component"),
    ("data.schema.json", "the `data` of a component"),
    ("metadata.schema.json", "`metadata`"),
    ("manifest.schema.json", "the top level"),
    ("requirements.schema.json", "the `requirements` of `release`"),
    ("modalities.schema.json", "the `modalities` of `release`"),
    ("content.schema.json", "the `contents` of the `data` of a component"),
)
"""Where keys live, those first where a key is most likely at home."""


def _home(
    at: Departure, find: Callable[[Mapping[str, Schema]], str]
) -> tuple[Steps | None, str, str] | None:
    """Find another level with a key that `find` picks out of its keys.

    Returns the steps to that key, None where it has many homes; the key; and the level, in words.
    The levels around are asked first, then those within, then all others.
    """
    steps, format = at.steps, at.format
    for depth in range(len(steps) - 1, 0, -1):
        around = steps[:depth]
        if word := find(_field(around, format).get("properties", {})):
            return (*around, word), word, named(around)
    if steps:
        for key, each in _field(steps, format).get("properties", {}).items():
            if word := find(_resolved(each, format).get("properties", {})):
                return (*steps, key, word), word, named((*steps, key))
    for schema, where in _HOMES if format == MANIFEST else ():
        if word := find(load()[schema]["properties"]):
            only = _ONLY_AT.get(schema)
            return None if only is None else (*only, word), word, where
    return None


_ONLY_AT: Mapping[str, Steps] = {
    "release.schema.json": ("release",),
    "metadata.schema.json": ("metadata",),
    "manifest.schema.json": (),
    "requirements.schema.json": ("release", "requirements"),
    "modalities.schema.json": ("release", "modalities"),
}
"""The levels that a file has once."""

_WORDS: Mapping[str, Callable[[Departure], Iterator[Fault]]] = {
    "type": _wrong_type,
    "maxLength": _too_long,
    "pattern": _malformed,
    "exclusiveMinimum": _too_small,
    "enum": _unknown_value,
    "const": _another_format,
    "minProperties": _empty,
    "required": _missing,
    "additionalProperties": _unknown_keys,
}
_RANK = {keyword: rank for rank, keyword in enumerate(_WORDS)}
"""Of two keywords that refuse one value, the one of which the other is only a consequence."""
