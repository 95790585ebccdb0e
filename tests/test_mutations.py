"""The complete examples, spoilt one fault at a time: just what is expected is found, and where.

Every key of every example that is complete is taken out, misspelt, and given a wrong value; then
statements are turned into their opposites. What has to be found stands in tables made from
SPEC.md, and so are the roles of components that they speak of. Where the eye has to go follows
from the edit and from PyYAML's parser in Python, not from the reader under test.

Remarks, and the rules of the FAQ, change no verdict and are left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from aimanifest.report import Report
from aimanifest.validation import LocalFolder, validate

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = (
    "pythia-12b",
    "olmo-7b",
    "amber",
    "crystalcoder",
    "t5",
    "olmo-7b-instruct",
    "vision-complete",
    "hospital-unshareable",
)
CODE = (
    "data-preprocessing-code",
    "training-code",
    "training-configuration",
    "validation-code",
    "supporting-library",
    "inference-code",
    "model-architecture",
)
"""The kinds of code that the definition names; each has a rule of its own."""

Steps = tuple[str | int, ...]
"""The way to a place in a file: keys and indexes."""

Stretch = tuple[int, int]
"""A part of a text, from one index up to another."""

# -- what has to be found --------------------------------------------------------------------------


class Row(NamedTuple):
    """One line of a table."""

    field: str
    of: str
    rule: str
    at: str
    outcome: str

    def place(self, steps: Steps) -> Steps:
        """Return where the finding is, with the ids and indexes of the spoilt place."""
        if self.at == "here":
            return steps
        names = zip(in_full(self.field).split("/"), steps, strict=True)
        given = iter([step for name, step in names if name == "*"])
        return tuple(next(given) if name == "*" else name for name in in_full(self.at).split("/"))


def in_full(field: str) -> str:
    return field.replace("$", "@/data/sources/*").replace("@", "components/*")


def table(text: str) -> tuple[Row, ...]:
    """Read the lines of a table; those that begin with `#` are for people."""
    lines = (line.strip() for line in text.splitlines())
    rows = (Row(*re.split(" {2,}", each)) for each in lines if each and each[0] != "#")
    return tuple(
        each if "/" in each.rule else each._replace(rule=f"osaid-1.0/{each.rule}") for each in rows
    )


# A line of a table says: the field, `@` for a component and `$` for a source of a dataset; the role
# of what it is said of; the rule, of osaid-1.0 where it has no prefix; the place that the finding
# names, and the outcome. What is in no line leads to no finding.

TAKEN_OUT = table("""
    # What every file must say.
    aimanifest              any              schema/missing-key       here              unmet
    release                 any              schema/missing-key       here              unmet
    release/name            any              schema/missing-key       here              unmet
    release/publisher       any              schema/missing-key       here              unmet
    release/publisher/name  any              schema/missing-key       here              unmet
    metadata/author/name    any              schema/missing-key       here              unmet
    components              any              schema/missing-key       here              unmet
    @/publisher/name        any              schema/missing-key       here              unmet
    @/kind                  any              core/known-kind          here              unmet

    # The manifest's own text is data information.
    metadata                any              data-information-terms   metadata/license  unstated
    metadata/license        any              data-information-terms   here              unstated

    # Terms and a place are asked of weights, of code, and of documents that are relied on.
    @/license               weights          parameter-terms          here              unstated
    @/license               code             code-terms               here              unstated
    @/license               document         data-information-terms   here              unstated
    @/location              required once    made-available           here              unstated
    @/path                  required once    made-available           @/location        unstated

    # Without its only weights a release has no parameters, and nothing is asked about them.
    @                       only weights     parameters               here              unstated

    # Lists that only the publisher can call complete. `[]` says that no data was used.
    @/trained_on            trained          all-training-data        here              unstated
    @/trained_on/*          trained on one   all-training-data        @/trained_on      undetermined
    @/produced_by           trained          complete-code            here              unstated

    # Without a manifest of its own a base is judged here, and neither of the two lists is written.
    @/manifest              base             all-training-data        @/trained_on      unstated
    @/manifest              base             complete-code            @/produced_by     unstated

    # Without `omitted` there is code, and neither its license nor its place is stated.
    @/omitted               omitted code     code-terms               @/license         unstated
    @/omitted               omitted code     made-available           @/location        unstated
    @/notes                 omitted code     validation-code          here              unstated

    # What cannot be shared needs its reason, whether anything was trained on it or not.
    @/notes                 unshareable      core/reasons-given       here              unmet

    # Data: its description, and who can have it and where, of the whole or of each source.
    @/data                  dataset          all-training-data        here              unstated
    @/data/provenance       dataset          provenance               here              unstated
    @/data/scope            dataset          scope                    here              unstated
    @/data/collection       dataset          collection               here              unstated
    @/data/labeling         dataset          labeling                 here              unstated
    @/data/processing       dataset          processing               here              unstated
    @/data/access           whole dataset    data-access              here              unstated
    @/data/sources          divided dataset  data-access              @/data/access     unstated
    $/access                divided dataset  data-access              @/data/access     unstated
    @/location              public once      public-data-listed       here              unstated
    $/location              divided dataset  public-data-listed       here              unstated
    $/location              source for sale  third-party-data-listed  here              unstated
""")

LICENSE_REFUSED = table("""
    metadata/license        any              data-information-terms   here              unmet
    @/license               weights          parameter-terms          here              unmet
    @/license               base             parameter-terms          here              unmet
    @/license               code             code-terms               here              unmet
    @/license               document         data-information-terms   here              unmet
""")
GATED = table("""
    @/availability          required         made-available           here              unmet
    @/availability          base             made-available           here              unmet
""")
PARTIAL = table("""
    @/extent                weights          parameters               here              unmet
    @/extent                code             complete-code            here              unmet
""")
WITHHELD = table("""
    # A base that is withheld has no manifest: it is judged here.
    @/omitted               weights          parameters               here              unmet
    @/omitted               base             parameters               here              unmet
    @/omitted               dataset          all-training-data        here              unmet
    @/omitted               document         data-information-terms   here              unmet
    # For code there is a rule for each kind that the definition names.
    @/omitted               code by kind     (its kind)               here              unmet
    @/omitted               omitted code     (its kind)               here              unmet
    @/omitted               code by name     complete-code            here              unmet
    # A checkpoint that the weights derive from was trained, and nothing is told of that.
    @/omitted               checkpoint       all-training-data        here              unstated
""")

OPPOSITES = {
    "license: NONE": LICENSE_REFUSED,
    "license: CC-BY-NC-4.0": LICENSE_REFUSED,
    "availability: gated": GATED,
    "extent: partial": PARTIAL,
}


class Form(NamedTuple):
    """What is written into fields of one form, and what is found there; "" for nothing.

    `part` is what is pointed to, where that is not the whole.
    """

    fields: str
    written: str
    rule: str
    part: str = ""
    outcome: str = "unmet"


FORMS = (
    Form(
        "@/kind @/includes/* @/availability @/extent @/omitted @/reason @/derived_from/* "
        "@/data/access @/data/origin $/access @/data/personal_data release/requirements/network "
        "release/modalities/input/* release/modalities/output/* @/data/contents/*/modality "
        "@/data/contents/*/unit",
        written="nonsense",
        rule="schema/unknown-value",
    ),
    Form(
        "metadata/license @/license $/license @/data/contents_license",
        written="Apache-2.0 AND Apachy-2.0",
        rule="core/license-expressions",
        part="Apachy-2.0",
    ),
    Form(
        "@/trained_on/* @/produced_by/* @/data/documented_in/*",
        written="no-such-thing",
        rule="core/resolvable-references",
    ),
    Form(
        "release/homepage release/publisher/url @/publisher/url @/location $/location",
        written="nowhere",
        rule="schema/malformed",
    ),
    Form(
        "metadata/date release/date @/date @/data/period/from @/data/period/to",
        written="2026-02-30",
        rule="core/real-dates",
    ),
    Form("@/checksums/*", written="a" * 63, rule="schema/malformed"),
    Form("@/data/contents/*/languages/*", written="english", rule="schema/malformed"),
    Form(
        "@/training_compute @/peer_reviewed @/data/contents/*/amount",
        written="whatever",
        rule="schema/wrong-type",
    ),
    Form("@/path @/manifest", written="../x", rule="core/paths-inside"),
    Form("release/identifiers/*", written="pkg:OLMo", rule="core/well-formed-identifiers"),
    Form(
        "release/name release/description metadata/context @/name @/notes $/name $/notes "
        "release/intended_use release/limitations release/requirements/hardware "
        "release/requirements/software "
        "@/data/provenance @/data/scope @/data/collection @/data/labeling @/data/processing "
        "metadata/author/name release/publisher/name @/publisher/name",
        written="TODO",
        rule="core/no-placeholders",
    ),
    Form(
        "release/claims/*",
        written="osaid-9.9",
        rule="claims/supported-claims",
        outcome="undetermined",
    ),
    Form("aimanifest", written='"9.9"', rule="schema/format-version"),
    Form("release/version @/version @/revision @/format", written="whatever", rule=""),
)


class Found(NamedTuple):
    """A finding as it is expected: its rule, its outcome, and the place that it names."""

    rule: str
    outcome: str
    steps: Steps
    of_key: bool = False


# -- the examples ----------------------------------------------------------------------------------


class Node(NamedTuple):
    """A value of an example: what it is, and where it and its key are written."""

    steps: Steps
    form: str
    key: Stretch | None
    value: Stretch
    in_brackets: bool

    @property
    def start(self) -> int:
        """Where it begins, with its key if it has one."""
        return (self.key or self.value)[0]


class Example:
    """A complete release: its text, what that says, and where each part of it stands."""

    def __init__(self, name: str) -> None:
        """Read the example called `name`."""
        self.path = EXAMPLES / f"{name}.yaml"
        self.text = self.path.read_text(encoding="utf-8")
        self.folder = LocalFolder(str(EXAMPLES), own=str(self.path))
        self.nodes: dict[Steps, Node] = {}
        root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        self.data: Any = self._read(root, (), None, in_brackets=False)
        self.components: dict[str, Any] = self.data["components"]

    def _read(self, node: Any, steps: Steps, key: Stretch | None, *, in_brackets: bool) -> Any:
        start, end = node.start_mark.index, node.end_mark.index
        form = {"mapping": "map", "sequence": "list", "scalar": "text"}[node.id]
        self.nodes[steps] = Node(steps, form, key, (start, end), in_brackets)
        data: Any = node.value
        if form == "map":
            data = {}
            for name, each in node.value:
                own = (name.start_mark.index, name.end_mark.index)
                inside = (*steps, name.value)
                data[name.value] = self._read(each, inside, own, in_brackets=node.flow_style)
        elif form == "list":
            data = [
                self._read(each, (*steps, index), None, in_brackets=node.flow_style)
                for index, each in enumerate(node.value)
            ]
        if data and form != "text" and not node.flow_style:
            end = self.inside(steps)[-1].value[1]
        end = start + len(self.text[start:end].rstrip())
        self.nodes[steps] = self.nodes[steps]._replace(value=(start, end))
        return data

    @property
    def places(self) -> list[Node]:
        """All values but the whole."""
        return [each for each in self.nodes.values() if each.steps]

    def inside(self, steps: Steps) -> list[Node]:
        """Return what stands directly in the map or list at `steps`."""
        return [each for each in self.places if each.steps[:-1] == steps]

    def kind(self, id: str) -> str:
        """Return the kind of the component."""
        return str(self.components[id].get("kind", id))

    def kinds(self, id: str) -> set[str]:
        """Return the kind of the component, and those that it includes."""
        return {self.kind(id), *self.components[id].get("includes", ())}

    @cache  # noqa: B019  # there are eight of them, and each lives as long as the tests
    def trained(self) -> list[str]:
        """Return the ids of the weights that are judged, and of checkpoints they derive from."""
        trained = [
            id
            for id, each in self.components.items()
            if "weights" in self.kinds(id) and not each.keys() & {"manifest", "omitted"}
        ]
        for id in trained:
            for base in self.components[id].get("derived_from", ()):
                if "intermediate-checkpoints" in self.kinds(base) and base not in trained:
                    trained.append(base)
        return trained

    @cache  # noqa: B019  # as above
    def roles(self, id: str) -> frozenset[str]:
        """Return what the tables may call the component."""
        trained = [self.components[each] for each in self.trained()]
        datasets = {each for one in trained for each in one["trained_on"]}
        described = [self.components[each]["data"] for each in datasets]
        documents = {each for one in described for each in one.get("documented_in", ())}
        producers = {each for one in trained for each in one["produced_by"]}
        own, data = self.components[id], self.components[id].get("data", {})
        parts = data.get("sources", [])
        all_weights = [each for each in self.components if "weights" in self.kinds(each)]

        given, by_kind = "omitted" not in own, not self.kinds(id).isdisjoint(CODE)
        is_weights = id in self.trained() and "weights" in self.kinds(id)
        is_code = given and (by_kind or id in producers)
        is_required = is_weights or is_code or id in documents
        placed_once = ("location" in own) != ("path" in own)
        is_public = id in datasets and data.get("access") in ("open", "public")
        said = {
            "weights": is_weights,
            "only weights": all_weights == [id],
            "base": "manifest" in own,
            "trained": id in self.trained(),
            "trained on one": id in self.trained() and len(own["trained_on"]) == 1,
            "checkpoint": id in self.trained() and not is_weights,
            "code": is_code,
            "code by kind": is_code and by_kind,
            "code by name": is_code and not by_kind,
            "omitted code": by_kind and not given,
            "document": id in documents,
            "required": is_required,
            "required once": is_required and placed_once,
            "dataset": id in datasets,
            "whole dataset": id in datasets and not all_have("access", parts),
            "divided dataset": id in datasets and "access" not in data,
            "public once": is_public and placed_once and not all_have("location", parts),
            "unshareable": data.get("access") == "unshareable",
        }
        return frozenset(role for role, is_so in said.items() if is_so)

    def is_a(self, role: str, steps: Steps) -> bool:
        """Whether the component that `steps` lead into is called so, or the source."""
        if role == "source for sale":
            sources = self.components[str(steps[1])]["data"]["sources"]
            return bool(sources[steps[4]].get("access") == "obtainable")
        return role == "any" or role in self.roles(str(steps[1]))

    def references(self, id: str) -> list[Steps]:
        """Return each place that names the component."""
        lists = re.compile("/(trained_on|produced_by|documented_in)/[*]$")
        return [
            each.steps
            for each in self.places
            if each.steps[-2:] == ("derived_from", id)
            or (lists.search(field_of(each.steps)) and self.text[slice(*each.value)] == id)
        ]


def all_have(key: str, parts: list[dict[str, str]]) -> bool:
    """Whether there are parts, and each has the key."""
    return bool(parts) and all(key in each for each in parts)


@cache
def example(name: str) -> Example:
    return Example(name)


def named(steps: Steps) -> str:
    return "/".join(map(str, steps))


@cache
def field_of(steps: Steps) -> str:
    """Write `steps` as a table does in full, with `*` for each id, path and index."""
    named_freely = {"components", "derived_from", "checksums"}
    pairs = zip(("", *steps), steps, strict=False)
    return "/".join(
        "*" if isinstance(step, int) or before in named_freely else step for before, step in pairs
    )


# -- what is expected ------------------------------------------------------------------------------


def in_table(rows: Iterable[Row], spoilt: Example, steps: Steps) -> Iterator[Found]:
    """Expect what a table has for the field at `steps`."""
    for row in rows:
        if in_full(row.field) == field_of(steps) and spoilt.is_a(row.of, steps):
            kind = spoilt.kind(str(steps[1])) if "(its kind)" in row.rule else ""
            yield Found(row.rule.replace("(its kind)", kind), row.outcome, row.place(steps))


def lost_kinds(spoilt: Example, id: str, kinds: Iterable[str]) -> Iterator[Found]:
    """Expect a finding for each of `kinds` that nothing but this component provides."""
    left = set(chain.from_iterable(spoilt.kinds(each) for each in spoilt.components if each != id))
    for kind in CODE:
        if kind in kinds and kind not in left:
            yield Found(f"osaid-1.0/{kind}", "unstated", ("components", kind))


def broken(steps: Steps) -> Found:
    """Expect the finding about a name, at `steps`, that no component has."""
    return Found("core/resolvable-references", "unmet", steps, of_key="derived_from" in steps)


def taken_out(spoilt: Example, steps: Steps) -> Iterator[Found]:
    """Expect what follows when the thing at `steps` is not there."""
    yield from in_table(TAKEN_OUT, spoilt, steps)
    field, id = field_of(steps), str(steps[min(1, len(steps) - 1)])
    if field == "components/*":
        yield from lost_kinds(spoilt, id, spoilt.kinds(id))
        yield from map(broken, spoilt.references(id))
    elif field == "components/*/includes":
        yield from lost_kinds(spoilt, id, spoilt.kinds(id) - {spoilt.kind(id)})
    elif field == "components/*/includes/*":
        yield from lost_kinds(spoilt, id, [spoilt.components[id]["includes"][steps[-1]]])
    elif field == "components/*/data/contents/*/unit":
        yield Found("core/counted-amounts", "unmet", steps)


def outcomes_of(spoilt: Example, found: Iterable[Found]) -> Iterator[str]:
    """Return what osaid-1.0 makes of what is found.

    What is named as data, code or base of trained parameters, or as a document about their data,
    and is not there, is not described.
    """
    for each in found:
        role = "dataset" if "documented_in" in each.steps else "trained"
        if each.rule.startswith("osaid-1.0/"):
            yield each.outcome
        elif each.rule == "core/resolvable-references" and spoilt.is_a(role, each.steps):
            yield "unstated"


# -- the mutations ---------------------------------------------------------------------------------


class Mutation(NamedTuple):
    """An example with one stretch of its text replaced, and what has to be found then.

    `gone` leads to what is no longer there. `new` gives, for a place that the edit writes, what a
    finding there points to, counted from the start of the edit. `silent` are faults that bear on
    osaid-1.0, and that another rule reports.
    """

    name: str
    example: Example
    edit: tuple[int, int, str]
    expected: tuple[Found, ...] = ()
    gone: tuple[Steps, ...] = ()
    new: tuple[tuple[Steps, Stretch], ...] = ()
    silent: tuple[Found, ...] = ()

    @property
    def text(self) -> str:
        """The text that results."""
        start, end, written = self.edit
        return self.example.text[:start] + written + self.example.text[end:]

    @property
    def verdict(self) -> str:
        """The verdict by osaid-1.0; "none" where a fault of the file keeps it back."""
        if any(each.rule.startswith("schema/") for each in self.expected):
            return "none"
        outcomes = set(outcomes_of(self.example, (*self.expected, *self.silent)))
        if outcomes & {"unmet", "unstated"}:
            return "incomplete"
        return "undetermined" if outcomes else "complete"

    @property
    def findings(self) -> list[str]:
        """All that is expected. A release that is no longer complete loses its claim, too."""
        claim = Found("claims/supported-claims", "unmet", ("release", "claims", 0))
        is_made = claim.steps in self.example.nodes
        is_lost = is_made and self.verdict in ("incomplete", "undetermined")
        return sorted(map(self.line, (*self.expected, *[claim] * is_lost)))

    def line(self, found: Found) -> str:
        """Write a finding as `shown` does."""
        start, end = (position(self.text, each) for each in self.place(found))
        steps = (str(each).replace("~", "~0").replace("/", "~1") for each in found.steps)
        return f"{start}-{end} {found.rule} {found.outcome} /{'/'.join(steps)}"

    def place(self, found: Found) -> Stretch:
        """Say where a finding points: of a text to itself, of a map or a list to its key.

        For what is not written that is the key of the nearest thing that would hold it.
        """
        new = dict(self.new)
        for depth in range(len(found.steps), -1, -1):
            here = found.steps[:depth]
            if here in new:
                start, end = new[here]
                return self.edit[0] + start, self.edit[0] + end
            node = self.example.nodes.get(here)
            if node is None or self.is_gone(here):
                continue
            if here == found.steps and node.form == "text" and not found.of_key:
                return self.moved(node.value)
            while node.key is None:  # the whole, or an item of a list: its first key
                inside = self.example.inside(node.steps)
                node = next(each for each in inside if not self.is_gone(each.steps))
            return self.moved(node.key)
        raise LookupError(f"{found} has no place")

    def is_gone(self, steps: Steps) -> bool:
        """Whether `steps` lead to something that the edit has taken out."""
        return any(steps[: len(each)] == each for each in self.gone)

    def moved(self, stretch: Stretch) -> Stretch:
        """Return where a stretch of the example that the edit has not touched is now."""
        start, end, written = self.edit
        if stretch[1] <= start:
            return stretch
        assert stretch[0] >= end, f"{self.name} has touched what stands at {stretch}"
        by = len(written) - (end - start)
        return stretch[0] + by, stretch[1] + by


def position(text: str, index: int) -> str:
    """Count lines and columns from 1."""
    return f"{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


def without(spoilt: Example, steps: Steps) -> Mutation:
    """Take out what stands at `steps`, key and all."""
    node, inside = spoilt.nodes[steps], spoilt.inside(steps[:-1])
    index = inside.index(node)
    start, end, written = node.start, node.value[1], ""
    if index + 1 < len(inside):
        end = inside[index + 1].start
    else:
        if not node.in_brackets:  # what is left of the line is a comment
            end = spoilt.text.index("\n", end)
        if index:
            start = inside[index - 1].value[1]
        elif not node.in_brackets:
            start = start if node.key else spoilt.text.rindex("-", 0, start)
            written = "{}" if node.key else "[]"
    id = str(steps[1]) if steps[-1] == "kind" else ""
    return Mutation(
        f"without {named(steps)}",
        spoilt,
        (start, end, written),
        tuple(taken_out(spoilt, steps)),
        gone=(steps,),
        silent=tuple(lost_kinds(spoilt, id, spoilt.kinds(id)) if id else ()),
    )


def misspelt(spoilt: Example, steps: Steps) -> Mutation:
    """Write the last letter of a key twice: of the format, or an id or a path of the author's."""
    node, key = spoilt.nodes[steps], f"{steps[-1]}{str(steps[-1])[-1]}"
    assert node.key
    at, field = (*steps[:-1], key), field_of(steps)
    expected: list[Found] = []
    silent: list[Found] = []
    if field == "components/*":
        id = str(steps[-1])
        expected += map(broken, spoilt.references(id))
        if "kind" not in spoilt.components[id]:
            expected.append(Found("core/known-kind", "unmet", (*at, "kind")))
            silent += in_table(TAKEN_OUT, spoilt, steps)
            silent += lost_kinds(spoilt, id, spoilt.kinds(id))
    elif field.endswith("/derived_from/*"):
        expected.append(broken(at))
    elif not field.endswith("/*"):
        expected.append(Found("schema/unknown-key", "unmet", at, of_key=True))
    return Mutation(
        f"{named(steps)} as {key}",
        spoilt,
        (*node.key, key),
        tuple(expected),
        gone=(steps,),
        new=((at, (0, len(key))),),
        silent=tuple(silent),
    )


def rewritten(spoilt: Example, steps: Steps, form: Form) -> Mutation:
    """Write something else for the value at `steps`."""
    silent: Iterator[Found] = iter(())
    if form.rule == "core/license-expressions":  # what cannot be read is no license
        silent = in_table(LICENSE_REFUSED, spoilt, steps)
    elif form.rule.startswith("core/"):  # otherwise it says no more than silence would
        silent = taken_out(spoilt, steps)
    start = form.written.index(form.part)
    end = start + len(form.part or form.written)
    return Mutation(
        f"{named(steps)}: {form.written}",
        spoilt,
        (*spoilt.nodes[steps].value, form.written),
        (Found(form.rule, form.outcome, steps),) if form.rule else (),
        gone=tuple(each.steps for each in spoilt.inside(steps)),
        new=((steps, (start, end)),),
        silent=tuple(silent),
    )


def stating(spoilt: Example, steps: Steps, value: str, rows: Iterable[Row]) -> Mutation:
    """Write `value` at `steps`, where something else or nothing is stated."""
    edit, before = (0, 0, ""), ""
    if steps in spoilt.nodes:
        edit = (*spoilt.nodes[steps].value, value)
    else:
        first, before = spoilt.inside(steps[:-1])[0], f"{steps[-1]}: "
        indent = first.start - spoilt.text.rindex("\n", 0, first.start) - 1
        between = ", " if first.in_brackets else "\n" + " " * indent
        edit = (first.start, first.start, f"{before}{value}{between}")
    return Mutation(
        f"{named(steps)}: {value}",
        spoilt,
        edit,
        tuple(in_table(rows, spoilt, steps)),
        new=((steps, (len(before), len(before) + len(value))),),
    )


def withholding(spoilt: Example, id: str) -> Mutation:
    """Write that a component is withheld, in place of all that is said of it."""
    steps: Steps = ("components", id)
    before, word = f"{{kind: {spoilt.kind(id)}, omitted: ", "withheld"
    expected = in_table(WITHHELD, spoilt, (*steps, "omitted"))
    return Mutation(
        f"{id} withheld",
        spoilt,
        (*spoilt.nodes[steps].value, f"{before}{word}}}"),
        (*expected, *lost_kinds(spoilt, id, spoilt.kinds(id) - {spoilt.kind(id)})),
        gone=tuple(each.steps for each in spoilt.inside(steps)),
        new=(((*steps, "omitted"), (len(before), len(before) + len(word))),),
    )


# -- what is found ---------------------------------------------------------------------------------


def shown(report: Report) -> list[str]:
    """Write the findings of a report, but for what changes none of the verdicts asked for."""
    asked = (each for each in report.assessments if each.framework.id in ("core", "osaid-1.0"))
    answers = chain.from_iterable(each.answers for each in asked)
    judged = chain.from_iterable(each.findings for each in answers if each.rule.level)
    lines = []
    for each in (*report.problems, *report.claims, *judged):
        start, end = (f"{at.line}:{at.column}" for at in each.span)
        if each.outcome:
            lines.append(f"{start}-{end} {each.rule} {each.outcome.value} {each.pointer}")
    return sorted(lines)


def disagreement(mutation: Mutation) -> str:
    """Say what is found otherwise than expected; "" where all is as expected."""
    spoilt = mutation.example
    report = validate(mutation.text.encode(), path=str(spoilt.path), folder=spoilt.folder)
    assessment = report.assessment("osaid-1.0")
    found, verdict = shown(report), assessment.verdict().word if assessment else "none"
    expected = mutation.findings
    if (found, verdict) == (expected, mutation.verdict):
        return ""
    return "\n".join(
        (
            mutation.name,
            *(f"    not found: {each}" for each in expected if each not in found),
            *(f"    not expected: {each}" for each in found if each not in expected),
            f"    {len(found)} findings of {len(expected)}",
            f"    verdict: {verdict}; expected: {mutation.verdict}",
        )
    )


def disagreements(mutations: Iterable[Mutation]) -> str:
    """Say what is found otherwise than expected."""
    said = [disagreement(each) for each in mutations]
    assert said
    return "\n".join(each for each in said if each)


# -- the tests -------------------------------------------------------------------------------------


@cache
def firsts() -> dict[tuple[str, str, bool], tuple[str, Steps]]:
    """Say of each field where it is first: as a text, a map or a list, in brackets or not.

    To explain what a schema refuses takes as long as to validate ten files, so each field is
    refused once.
    """
    seen: dict[tuple[str, str, bool], tuple[str, Steps]] = {}
    for name in NAMES:
        for each in example(name).places:
            seen.setdefault((field_of(each.steps), each.form, each.in_brackets), (name, each.steps))
    return seen


def samples(name: str) -> list[Node]:
    """Return the places of this example that are the first of their field."""
    return [example(name).nodes[steps] for owner, steps in firsts().values() if owner == name]


def omissions(name: str) -> Iterator[Mutation]:
    for each in example(name).places:
        yield without(example(name), each.steps)


def misspellings(name: str) -> Iterator[Mutation]:
    ids = [each for each in example(name).places if field_of(each.steps).endswith("/*")]
    for each in dict.fromkeys((*samples(name), *ids)):
        if each.key:
            yield misspelt(example(name), each.steps)


def wrong_values(name: str) -> Iterator[Mutation]:
    for form in FORMS:
        fields = in_full(form.fields).split()
        refused = form.rule.startswith("schema/")
        for each in samples(name) if refused else example(name).places:
            if each.form == "text" and field_of(each.steps) in fields:
                yield rewritten(example(name), each.steps, form)


def wrong_types(name: str) -> Iterator[Mutation]:
    spoilt = example(name)
    referred_to = next(each for each in spoilt.components if spoilt.references(each))
    for each in dict.fromkeys((spoilt.nodes["components", referred_to], *samples(name))):
        if each.steps != ("aimanifest",):  # a number there is a version of the format
            is_text = each.form == "text" and each.steps[-1] not in NUMBERS
            written = "42" if is_text else "nothing"
            yield rewritten(spoilt, each.steps, Form("", written, "schema/wrong-type"))


NUMBERS = ("training_compute", "amount")
"""The keys whose value is a number."""


def opposites(name: str) -> Iterator[Mutation]:
    spoilt = example(name)
    for statement, rows in OPPOSITES.items():
        key, value = statement.split(": ")
        if key == "license":
            yield stating(spoilt, ("metadata", key), value, rows)
        for id, said in spoilt.components.items():
            if "omitted" not in said:  # nothing can be stated beside it
                yield stating(spoilt, ("components", id, key), value, rows)


def withheld(name: str) -> Iterator[Mutation]:
    for id in example(name).components:
        yield withholding(example(name), id)


each_example = pytest.mark.parametrize("name", NAMES)


@each_example
def test_nothing_is_found_as_it_is(name: str) -> None:
    assert disagreement(Mutation(name, example(name), (0, 0, ""))) == ""


@each_example
def test_what_is_taken_out_is_missed(name: str) -> None:
    assert disagreements(omissions(name)) == ""


@each_example
def test_what_is_misspelt_is_not_understood(name: str) -> None:
    assert disagreements(misspellings(name)) == ""


@each_example
def test_what_has_a_wrong_value_is_refused(name: str) -> None:
    assert disagreements(wrong_values(name)) == ""


@each_example
def test_what_has_a_wrong_type_is_refused(name: str) -> None:
    assert disagreements(wrong_types(name)) == ""


@each_example
def test_the_opposite_is_judged_where_it_counts(name: str) -> None:
    assert disagreements(opposites(name)) == ""


@each_example
def test_what_is_withheld_is_missed_where_it_is_asked_for(name: str) -> None:
    assert disagreements(withheld(name)) == ""


# -- the tables and the edits ----------------------------------------------------------------------


def test_every_line_of_a_table_is_about_something() -> None:
    idle = {*TAKEN_OUT, *LICENSE_REFUSED, *GATED, *PARTIAL, *WITHHELD}
    for spoilt in map(example, NAMES):
        stated = ("omitted", "availability", "extent")
        places = [each.steps for each in spoilt.places]
        places += [("components", id, key) for id in spoilt.components for key in stated]
        idle -= {row for row in idle if any([*in_table([row], spoilt, each)] for each in places)}
    assert not idle


def test_every_text_has_one_form() -> None:
    fields = [field for form in FORMS for field in in_full(form.fields).split()]
    assert sorted(fields) == sorted({field for field, form, _ in firsts() if form == "text"})


@each_example
def test_what_is_taken_out_is_gone_and_nothing_else(name: str) -> None:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    for each in samples(name):
        text = without(example(name), each.steps).text
        expected = deepcopy(example(name).data)
        holder = expected
        for step in each.steps[:-1]:
            holder = holder[step]
        del holder[each.steps[-1]]
        assert yaml.load(text, Loader=loader) == expected, each.steps  # noqa: S506  # texts only
