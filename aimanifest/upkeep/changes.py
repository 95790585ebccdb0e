"""What became of the parts of a release from one manifest to the next, and which way that went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from aimanifest.licenses.notions import CODE, DATA, DOCUMENTS, WEIGHTS
from aimanifest.manifest import (
    CONTENT_TYPES,
    DATASET_KINDS,
    PARAMETER_KINDS,
    Component,
    DataInformation,
    Manifest,
    Release,
    Source,
    Terms,
)
from aimanifest.placeholders import is_placeholder
from aimanifest.upkeep.direction import BETTER, NEUTRAL, UNCLEAR, WORSE, Direction, ranked
from aimanifest.upkeep.terms import course, restricting

AVAILABILITY = ("ungated", "gated", "on-request", "paid", "withdrawn")
ACCESS = ("open", "public", "obtainable", "unshareable")
"""Words from the best to the worst, for who wants to have the thing."""

LIMBS = ("provenance", "scope", "collection", "labeling", "processing")


class Change(NamedTuple):
    """One thing that changed for those who use, study, modify and share a release.

    `what` is a word for its sort, `subject` the id of a component, or "release" or "metadata", and
    `places` where rules may speak of it, as JSON Pointers, the most exact first.
    """

    what: str
    subject: str
    places: tuple[str, ...]
    message: str
    direction: Direction


class Pair(NamedTuple):
    """A component before and after; `renewed` tells that it is said to be another version."""

    old: Component
    new: Component
    renewed: bool

    def change(
        self, what: str, key: str, message: str, direction: Direction, *, whole: bool = False
    ) -> Change:
        """Make the change at `key`; one of the `whole` bears on all that is said of it."""
        place = f"{self.new.at.pointer}/{key}" if key else self.new.at.pointer
        kinds = (f"/components/{each}" for each in sorted(self.old.kinds | self.new.kinds))
        places = (place, self.new.at.pointer, *kinds) if whole else (place,)
        return Change(what, self.new.id, tuple(dict.fromkeys(places)), message, direction)


def changes(old: Manifest, new: Manifest) -> tuple[Change, ...]:
    """Return what changed from `old` to `new`, in the order of the standard.

    Names, descriptions and notes are left out: they say the same thing in other words, or something
    that no definition asks about.
    """
    found = [*_release(old, new), *_metadata(old, new), *_licenses(old, new)]
    renamed = _renamed(old, new)
    for id, component in old.components.items():
        after = new.components.get(renamed.get(id, id))
        if after is None:
            found.append(_gone(component))
            continue
        if id in renamed:
            message = f"`{id}` is now called `{after.id}`"
            found.append(_of(after, "renamed", message, NEUTRAL))
        found += _component(Pair(component, after, _renewed(old, new, component, after)))
    known = {*old.components, *renamed.values()}
    found += [_come(each) for id, each in new.components.items() if id not in known]
    return tuple(found)


def _of(component: Component, what: str, message: str, direction: Direction) -> Change:
    kinds = (f"/components/{each}" for each in sorted(component.kinds))
    places = tuple(dict.fromkeys((component.at.pointer, *kinds)))
    return Change(what, component.id, places, message, direction)


def _gone(component: Component) -> Change:
    if component.omitted is not None:
        message = f"`{component.id}` is no longer said to be {component.omitted}"
        return _of(component, "silenced", message, WORSE)
    kind = "" if component.kind == component.id else f" ({component.kind})"
    message = f"`{component.id}`{kind} is no longer in the manifest"
    return _of(component, "component-removed", message, WORSE)


def _come(component: Component) -> Change:
    kind = "" if component.kind == component.id else f" ({component.kind})"
    if component.omitted is not None:
        message = f"`{component.id}`{kind} is said to be {component.omitted}"
        return _of(component, "omission-added", message, NEUTRAL)
    return _of(component, "component-added", f"`{component.id}`{kind} is new", BETTER)


def _renamed(old: Manifest, new: Manifest) -> Mapping[str, str]:
    """Find components that only got another id: all they say of themselves is the same."""
    gone = {id: each for id, each in old.components.items() if id not in new.components}
    come = [each for id, each in new.components.items() if id not in old.components]
    found: dict[str, str] = {}
    for id, component in gone.items():
        alike = [each for each in come if _body(each) == _body(component)]
        if len(alike) == 1 and alike[0].id not in found.values():
            found[id] = alike[0].id
    return found


def _body(component: Component) -> object:
    data = component.at.document.data["components"][component.id]
    return {**data, "kind": component.kind}


def _renewed(old: Manifest, new: Manifest, before: Component, after: Component) -> bool:
    """Tell whether the manifest says that it is about something newer than before."""
    return (before.version, before.date, old.release.version, old.release.date) != (
        after.version,
        after.date,
        new.release.version,
        new.release.date,
    )


# -- the release -----------------------------------------------------------------------------------


def _release(old: Manifest, new: Manifest) -> Iterator[Change]:
    before, after = old.release, new.release
    for key in ("version", "date"):
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            message = f"the {key} of the release was {_quoted(was)} and is {_quoted(now)}"
            direction = WORSE if now is None else NEUTRAL
            yield Change(key, "release", (f"/release/{key}",), message, direction)
    if _name(before) != _name(after):
        message = f"the publisher was {_quoted(_name(before))} and is {_quoted(_name(after))}"
        yield Change("publisher", "release", ("/release/publisher",), message, UNCLEAR)
    for claim in after.claims:
        if claim not in before.claims:
            message = f"the release now claims `{claim}`"
            yield Change("claim-added", "release", ("/release/claims",), message, NEUTRAL)
    for claim in before.claims:
        if claim not in after.claims:
            message = f"the release no longer claims `{claim}`"
            yield Change("claim-withdrawn", "release", ("/release/claims",), message, UNCLEAR)
    yield from _additional(
        before.additional_terms, after.additional_terms, "release", "/release/additional_terms"
    )


def _name(release: Release) -> str | None:
    return release.publisher.name if release.publisher else None


def _metadata(old: Manifest, new: Manifest) -> Iterator[Change]:
    before, after = old.metadata.license, new.metadata.license
    if before != after:
        way = course(before, after, DOCUMENTS, asserted=False)
        message = f"the license of the manifest was {_quoted(before)} and is {_quoted(after)}"
        yield Change(
            "manifest-license",
            "metadata",
            ("/metadata/license", "/metadata"),
            f"{message}: {way.reason}",
            way.direction,
        )


def _licenses(old: Manifest, new: Manifest) -> Iterator[Change]:
    """Notice that the text behind an id may be another one."""
    for id, before in old.licenses.items():
        after = new.licenses.get(id)
        if after is not None and (before.url, before.file) != (after.url, after.file):
            message = f"the text of `{id}` is in another place, and may be another text"
            yield Change("license-text", "release", (after.at.pointer,), message, UNCLEAR)


def _quoted(text: str | None) -> str:
    return "not said" if text is None else f"`{text}`"


# -- a component -----------------------------------------------------------------------------------


def _component(pair: Pair) -> Iterator[Change]:
    old, new = pair.old, pair.new
    if old.kind != new.kind:
        message = f"`{new.id}` was `{old.kind}` and is `{new.kind}`"
        yield pair.change("kind", "kind", message, UNCLEAR, whole=True)
    if (old.omitted is None) != (new.omitted is None):
        yield _withheld(pair)
        return
    if old.omitted != new.omitted:
        message = f"`{new.id}` was said to be {old.omitted}, and is said to be {new.omitted}"
        direction = WORSE if new.omitted == "withheld" else UNCLEAR
        yield pair.change("omission", "omitted", message, direction, whole=True)
    for each in _ASPECTS:
        yield from each(pair)


def _withheld(pair: Pair) -> Change:
    old, new = pair.old, pair.new
    if new.omitted is None:
        message = f"`{new.id}` was said to be {old.omitted}, and is there"
        return pair.change("component-given", "", message, BETTER, whole=True)
    message = f"`{new.id}` was there, and is said to be {new.omitted}"
    direction = WORSE if new.omitted == "withheld" else UNCLEAR
    return pair.change("component-withheld", "", message, direction, whole=True)


def _license(pair: Pair) -> Iterator[Change]:
    old, new = pair.old, pair.new
    said = (old.license, old.assertion is not None), (new.license, new.assertion is not None)
    if said[0] == said[1]:
        return
    if old.license == new.license:
        verb, direction = ("now has", BETTER) if said[1][1] else ("no longer has", WORSE)
        message = f"`{new.id}` {verb} the statement that it is freely available to all"
        yield pair.change("assertion", "assertion", message, direction)
        return
    way = course(old.license, new.license, _content(new), asserted=said[1][1])
    what = {WORSE: "license-narrowed", BETTER: "license-widened"}.get(way.direction, "license")
    message = f"the license of `{new.id}` was {_quoted(old.license)} and is {_quoted(new.license)}"
    yield pair.change(what, "license", f"{message}: {way.reason}", way.direction)


def _content(component: Component) -> str:
    if component.kind in PARAMETER_KINDS:
        return WEIGHTS
    return {"code": CODE, "document": DOCUMENTS}.get(
        CONTENT_TYPES.get(component.kind or "", ""), DATA
    )


def _terms(pair: Pair) -> Iterator[Change]:
    old, new = pair.old, pair.new
    place = f"{new.at.pointer}/additional_terms"
    yield from _additional(old.additional_terms, new.additional_terms, new.id, place)


def _additional(
    old: Sequence[Terms], new: Sequence[Terms], subject: str, place: str
) -> Iterator[Change]:
    known = {_what(each): each for each in old}
    for each in new:
        before = known.pop(_what(each), None)
        words = None if each.restricts is None else restricting(each.restricts)
        named = f"`{subject}`: the terms {_quoted(each.name or each.url)}"
        if before is None:
            direction = UNCLEAR if words is None else WORSE if words else NEUTRAL
            told = "come on top, and it is not said what they restrict"
            told = told if words is None else f"come on top{_restrict(words)}"
            yield Change(
                "terms-added", subject, (each.at.pointer, place), f"{named} {told}", direction
            )
        elif before.restricts != each.restricts:
            earlier = restricting(before.restricts or ())
            added, dropped = (words or frozenset()) - earlier, earlier - (words or frozenset())
            direction = UNCLEAR if added and dropped else WORSE if added else BETTER
            direction = direction if added or dropped else NEUTRAL
            told = f"{named} restrict other things{_restrict(words or frozenset())}"
            yield Change("terms", subject, (each.at.pointer, place), told, direction)
    for each in known.values():
        words = None if each.restricts is None else restricting(each.restricts)
        direction = NEUTRAL if words == frozenset() else BETTER
        message = f"`{subject}`: the terms {_quoted(each.name or each.url)} are gone"
        yield Change("terms-gone", subject, (place,), message, direction)


def _what(terms: Terms) -> tuple[str, str]:
    return terms.name or "", terms.url or ""


def _restrict(words: frozenset[str]) -> str:
    return f": {', '.join(f'`{each}`' for each in sorted(words))}" if words else ""


def _place(pair: Pair) -> Iterator[Change]:
    old, new = pair.old, pair.new
    if old.placed and not new.placed:
        message = f"it is no longer said where `{new.id}` is"
        yield pair.change("place-gone", "location", message, WORSE, whole=True)
    elif new.placed and not old.placed:
        message = f"it is said where `{new.id}` is"
        yield pair.change("place-given", "location", message, BETTER, whole=True)
    elif (old.location, old.path) != (new.location, new.path):
        message = f"`{new.id}` is in another place"
        yield pair.change("place", "location", message, NEUTRAL)


def _availability(pair: Pair) -> Iterator[Change]:
    was, now = (_available(each) for each in (pair.old, pair.new))
    if was != now and was and now:
        direction = ranked(AVAILABILITY.index(was), AVAILABILITY.index(now))
        message = f"`{pair.new.id}` was `{was}` and is `{now}`"
        what = "withdrawn" if now == "withdrawn" else "availability"
        yield pair.change(what, "availability", message, direction)


def _available(component: Component) -> str:
    """Return how one gets it; where it has a place, silence declares that anybody can."""
    return component.availability or ("ungated" if component.placed else "")


def _extent(pair: Pair) -> Iterator[Change]:
    was, now = ((each.extent or "full") == "partial" for each in (pair.old, pair.new))
    if was != now:
        told = "only a part of it is released" if now else "all of it is released"
        message = f"`{pair.new.id}`: {told}"
        yield pair.change("extent", "extent", message, WORSE if now else BETTER)


def _parameters(pair: Pair) -> Iterator[Change]:
    """Notice files that changed without a word, and digests by which one could have noticed."""
    old, new = pair.old, pair.new
    if old.checksums and not new.checksums:
        message = f"the checksums of `{new.id}` are gone"
        yield pair.change("checksums-gone", "checksums", message, WORSE)
    elif new.checksums and not old.checksums:
        message = f"`{new.id}` has checksums"
        yield pair.change("checksums-given", "checksums", message, BETTER)
    differ = bool(old.checksums and new.checksums) and old.checksums != new.checksums
    moved = old.revision is not None and new.revision is not None and old.revision != new.revision
    if not differ and not moved:
        if old.revision is not None and new.revision is None:
            message = f"it is no longer said which revision of `{new.id}` is meant"
            yield pair.change("revision-gone", "revision", message, WORSE)
        return
    key = "checksums" if differ else "revision"
    said = "its files have other checksums" if differ else "it is another revision"
    if new.kind not in PARAMETER_KINDS:
        yield pair.change("content", key, f"`{new.id}`: {said}", NEUTRAL)
    elif pair.renewed:
        message = f"`{new.id}`: {said}, and the version or date is another one too"
        yield pair.change("weights", key, message, NEUTRAL)
    else:
        message = f"`{new.id}`: {said}, and no version or date says so"
        yield pair.change("weights-silently", key, message, WORSE)


def _origins(pair: Pair) -> Iterator[Change]:
    old, new = pair.old, pair.new
    for key, noun in (("trained_on", "data"), ("produced_by", "code")):
        was, now = getattr(old, key), getattr(new, key)
        if was == now:
            continue
        if now is None:
            message = f"it is no longer said by which {noun} `{new.id}` came about"
            yield pair.change(f"{key}-gone", key, message, WORSE)
        elif was is None:
            message = f"it is said by which {noun} `{new.id}` came about"
            yield pair.change(f"{key}-given", key, message, BETTER)
        else:
            yield from _listed(pair, key, was, now)
    was, now = set(old.derived_from.items()), set(new.derived_from.items())
    for id, relation in sorted(was - now):
        message = f"`{new.id}` is no longer said to be a {relation} of `{id}`"
        direction = UNCLEAR if pair.renewed or id in new.derived_from else WORSE
        yield pair.change("base-dropped", "derived_from", message, direction)
    for id, relation in sorted(now - was):
        message = f"`{new.id}` is said to be a {relation} of `{id}`"
        yield pair.change("base-added", "derived_from", message, NEUTRAL)


def _listed(pair: Pair, key: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    for id in was:
        if id not in now:
            message = f"`{key}` of `{pair.new.id}` no longer names `{id}`"
            if not pair.renewed:
                message += ", and no version or date is another one"
            direction = UNCLEAR if pair.renewed else WORSE
            yield pair.change("source-dropped", key, message, direction)
    for id in now:
        if id not in was:
            message = f"`{key}` of `{pair.new.id}` names `{id}` too"
            yield pair.change("source-added", key, message, NEUTRAL if pair.renewed else BETTER)


def _data(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.data, pair.new.data
    if old is None and new is None:
        return
    if new is None:
        if pair.new.kind in DATASET_KINDS:
            message = f"all information about `{pair.new.id}` is gone"
            yield pair.change("data-gone", "data", message, WORSE, whole=True)
        return
    if old is None:
        message = f"there is information about `{pair.new.id}`"
        yield pair.change("data-given", "data", message, BETTER, whole=True)
        return
    yield from _access(pair, old, new)
    for limb in LIMBS:
        was, now = (_said(getattr(each, limb)) for each in (old, new))
        if was != now:
            verb, direction = ("is said", BETTER) if now else ("is no longer said", WORSE)
            message = f"the {limb} of `{pair.new.id}` {verb}"
            yield pair.change(
                f"{limb}-{'given' if now else 'gone'}", f"data/{limb}", message, direction
            )
    yield from _documents(pair, old, new)
    yield from _sources(pair, old, new)


def _said(text: str | None) -> bool:
    return text is not None and not is_placeholder(text)


def _access(pair: Pair, old: DataInformation, new: DataInformation) -> Iterator[Change]:
    if old.access == new.access:
        return
    message = f"access to `{pair.new.id}` was {_quoted(old.access)} and is {_quoted(new.access)}"
    if old.access is None or new.access is None:
        direction = BETTER if old.access is None else WORSE
    else:
        direction = ranked(ACCESS.index(old.access), ACCESS.index(new.access))
    yield pair.change("access", "data/access", message, direction)


def _documents(pair: Pair, old: DataInformation, new: DataInformation) -> Iterator[Change]:
    for id in old.documented_in:
        if id not in new.documented_in:
            message = f"`{id}` is no longer named as a document about `{pair.new.id}`"
            yield pair.change("document-dropped", "data/documented_in", message, UNCLEAR)
    for id in new.documented_in:
        if id not in old.documented_in:
            message = f"`{id}` is named as a document about `{pair.new.id}`"
            yield pair.change("document-added", "data/documented_in", message, NEUTRAL)


def _sources(pair: Pair, old: DataInformation, new: DataInformation) -> Iterator[Change]:
    before, after = (_by_name(each.sources) for each in (old, new))
    for name, source in before.items():
        if name not in after:
            message = f"`{pair.new.id}` no longer names the source `{name}`"
            direction = UNCLEAR if pair.renewed else WORSE
            if not pair.renewed:
                message += ", and no version or date is another one"
            yield pair.change("source-dropped", "data/sources", message, direction)
            continue
        yield from _source(pair, name, (source, after[name]))
    for name in after:
        if name not in before:
            message = f"`{pair.new.id}` names the source `{name}` too"
            direction = NEUTRAL if pair.renewed else BETTER
            yield pair.change("source-added", "data/sources", message, direction)


def _by_name(sources: Sequence[Source]) -> dict[str, Source]:
    return {
        each.name or each.location or f"number {place}": each
        for place, each in enumerate(sources, 1)
    }


def _source(pair: Pair, name: str, versions: tuple[Source, Source]) -> Iterator[Change]:
    was, now = versions
    key = now.at.pointer.removeprefix(f"{pair.new.at.pointer}/")
    named = f"the source `{name}` of `{pair.new.id}`"
    if was.access != now.access and was.access and now.access:
        direction = ranked(ACCESS.index(was.access), ACCESS.index(now.access))
        message = f"access to {named} was `{was.access}` and is `{now.access}`"
        yield pair.change("access", f"{key}/access", message, direction)
    if was.location and not now.location:
        message = f"it is no longer said where {named} is"
        yield pair.change("place-gone", f"{key}/location", message, WORSE)
    if was.license != now.license:
        way = course(was.license, now.license, DATA, asserted=False)
        message = f"the license of {named} was {_quoted(was.license)} and is {_quoted(now.license)}"
        yield pair.change("license", f"{key}/license", f"{message}: {way.reason}", way.direction)


_ASPECTS: tuple[Callable[[Pair], Iterator[Change]], ...] = (
    _license,
    _terms,
    _place,
    _availability,
    _extent,
    _parameters,
    _origins,
    _data,
)
"""What is looked at in a component that is there before and after."""
