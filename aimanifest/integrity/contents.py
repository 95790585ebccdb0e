"""Files of weights: what they say of themselves, against what the manifest says of them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO, NamedTuple

from aimanifest import headers
from aimanifest.headers import Header, Malformed
from aimanifest.integrity.checksums import noted
from aimanifest.integrity.facts import Claimed, Fact
from aimanifest.integrity.paths import Tree
from aimanifest.licenses import Expression, LicenseError, parse
from aimanifest.manifest import PARAMETER_KINDS, Component, Manifest

SUFFIXES = frozenset(
    (
        *(".safetensors", ".gguf", ".ggml", ".onnx", ".pt", ".pth", ".ckpt", ".h5", ".hdf5"),
        *(".keras", ".tflite", ".mlmodel", ".caffemodel", ".nemo", ".pdparams", ".msgpack"),
        *(".llamafile", ".mlpackage", ".torchscript", ".weights"),
    )
)
"""What the names of files of weights end in; `.bin` is too common to say anything by itself."""

_OF_A_MODEL = re.compile(r"(?:.*[_.-])?(?:model|adapter)(?:[_.-].*)?\.bin")

MAGIC: Mapping[str, tuple[bytes, ...]] = {
    "gguf": (b"GGUF",),
    "ggml": (b"tjgg", b"fmgg", b"lmgg", b"algg"),
    "hdf5": (b"\x89HDF\r\n\x1a\n",),
    "pytorch": (b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.",),
}
"""What files of weights begin with, by the name of the format."""

NAMES: Mapping[str, str] = {
    "safetensors": "safetensors",
    "gguf": "gguf",
    "ggml": "ggml",
    "onnx": "onnx",
    "pytorch": "pytorch",
    "torch": "pytorch",
    "pickle": "pytorch",
    "pt": "pytorch",
    "pth": "pytorch",
    "hdf5": "hdf5",
    "h5": "hdf5",
    "keras": "hdf5",
    "tflite": "tflite",
    "litert": "tflite",
}
"""The formats that are known here, by what a manifest may call them."""

FULL_PRECISION = frozenset({"F32", "F64", "FLOAT", "DOUBLE"})
NOT_QUANTISED = FULL_PRECISION | {"F16", "BF16", "FLOAT16", "BFLOAT16"}
_INTEGERS = re.compile(r"U?I(?:NT)?(?:8|16|32|64)|BOOL|STRING|undefined")
_LICENSES = ("general.license", "license")


class Told(NamedTuple):
    """What a file of weights says of itself, and the component it is of, "" if of none."""

    path: str
    component: str
    header: Header


class Contents(NamedTuple):
    """What was found in the files, and what it makes of the manifest."""

    told: tuple[Told, ...]
    facts: tuple[Fact, ...]


class Sight(NamedTuple):
    """A file as its name and its first bytes show it.

    `format` is "" where it is none of weights that is known here. `problem` says what is wrong.
    """

    path: str
    format: str
    header: Header | None = None
    note: bool = False
    problem: str = ""
    unread: bool = False


def contents(
    manifest: Manifest, tree: Tree, *, files: Iterable[str], claimed: Mapping[str, Sequence[str]]
) -> Contents:
    """Look at the first bytes of all `files`, and hold those of weights against the manifest.

    `claimed` gives for each path of which there is a digest the components that name it.
    """
    told: list[Told] = []
    facts: list[Fact] = []
    by_component: dict[str, list[Told]] = {}
    for path in files:
        if path.lower().endswith(INDEX):
            facts += _index(path, tree, claimed.get(path) or owners(path, manifest), manifest)
        sight = looked_at(path, tree)
        if sight is None:
            continue
        of = claimed.get(path) or owners(path, manifest)
        named = [each for each in of if each]
        if path not in claimed:
            facts += _unlisted(sight, named, manifest)
        owner = manifest.components.get(named[0]) if named else None
        about = Claimed("header", owner.id if owner else "", (owner or manifest).at)
        if sight.problem:
            make = about.unchecked if sight.unread or sight.note else about.contradicted
            facts.append(make(path, f"`{path}` {sight.problem}")._replace(unread=sight.unread))
        if sight.header:
            told.append(Told(path, owner.id if owner else "", sight.header))
        if owner:
            facts += _format(owner, sight)
            if sight.header:
                by_component.setdefault(owner.id, []).append(told[-1])
    for id, some in by_component.items():
        facts += _held_against(manifest.components[id], some, manifest)
    return Contents(tuple(told), tuple(facts))


def looked_at(path: str, tree: Tree) -> Sight | None:
    """Look at a file; None if neither its name nor its first bytes are those of weights."""
    name = os.path.basename(path).lower()
    by_name = os.path.splitext(name)[1] in SUFFIXES or bool(_OF_A_MODEL.fullmatch(name))
    try:
        with tree.open(path) as file:
            return _seen(path, file, by_name=by_name)
    except OSError as error:
        if not by_name:
            return None
        reason = f"could not be read: {error.strerror or error}"
        return Sight(path, "", problem=reason, unread=True)


def _seen(path: str, file: BinaryIO, *, by_name: bool) -> Sight | None:
    start = file.read(1024)
    if by_name and noted(start) is not None:
        return Sight(path, "", note=True, problem="itself is not here: it is a note of git-lfs")
    file.seek(0)
    try:
        header = headers.read_from(file, path)
    except Malformed as error:
        claims = by_name or start.startswith(MAGIC["gguf"])
        return (
            Sight(path, "", problem=f"cannot be what it seems to be: {error}") if claims else None
        )
    if header:
        return Sight(path, header.format, header)
    format = _by_magic(start)
    if path.lower().endswith(".gguf"):
        return Sight(path, format, problem="is called `.gguf`, and does not begin as such a file")
    return Sight(path, format) if by_name or format else None


def _by_magic(start: bytes) -> str:
    for format, beginnings in MAGIC.items():
        if start.startswith(beginnings):
            return format
    if start[4:8] == b"TFL3":
        return "tflite"
    packed = start.startswith(b"PK\x03\x04") and b"/data.pkl" in start[:300]
    return "pytorch" if packed else ""


# -- shards ----------------------------------------------------------------------------------------

INDEX = (".safetensors.index.json", ".bin.index.json")
"""What the names of files end in that say which shard a tensor is in."""

LIMIT_INDEX = 64 * 1024 * 1024


def _index(path: str, tree: Tree, of: Sequence[str], manifest: Manifest) -> Iterator[Fact]:
    """Look whether the shards that an index names are there, as a whole download has them.

    Source: https://huggingface.co/docs/safetensors and what the `transformers` library writes.
    """
    owner = manifest.components.get(of[0]) if of else None
    about = Claimed("header", owner.id if owner else "", (owner or manifest).at)
    try:
        index = json.loads(tree.read(path, LIMIT_INDEX)[: LIMIT_INDEX + 1])
    except OSError:
        return
    except (ValueError, RecursionError):
        yield about.unchecked(path, f"`{path}` is no index that can be read")
        return
    named = index.get("weight_map") if isinstance(index, dict) else None
    shards = sorted({str(each) for each in named.values()}) if isinstance(named, dict) else []
    folder = os.path.dirname(path)
    missing = [each for each in shards if not tree.has(f"{folder}/{each}" if folder else each)]
    if missing:
        count = "is missing" if len(missing) == 1 else f"and {len(missing) - 1} more are missing"
        yield about.contradicted(path, f"`{path}` names shards of which `{missing[0]}` {count}")
    elif shards:
        yield about.verified(path, f"`{path}` names {len(shards)} shards, and all are there")


# -- files that nobody tells of --------------------------------------------------------------------


def owners(path: str, manifest: Manifest) -> list[str]:
    """Return the components whose `path` the file is at or below, the nearest first."""
    found = []
    for each in manifest.components.values():
        own = "/".join(part for part in (each.path or "").split("/") if part not in ("", "."))
        if each.path is None or each.omitted is not None:
            continue
        if not own or path == own or path.startswith(f"{own}/"):
            found.append((len(own), each.id))
    return [id for _, id in sorted(found, key=lambda each: -each[0])]


def _unlisted(sight: Sight, of: list[str], manifest: Manifest) -> Iterator[Fact]:
    """Say what it means that a file of weights has no digest in the manifest."""
    path = sight.path
    for id in of[:1]:
        component = manifest.components[id]
        if component.checksums:
            about = Claimed("unlisted", id, component.at / "checksums")
            yield about.contradicted(
                path, f"`{path}` holds weights, and is not among the checksums of `{id}`"
            )
    if of:
        return
    may_be = [
        each
        for each in manifest.components.values()
        if each.kind in PARAMETER_KINDS
        and each.omitted is None
        and each.path is None
        and not each.checksums
    ]
    if may_be:
        about = Claimed("unlisted", may_be[0].id, may_be[0].at)
        told = f"`{path}` holds weights, and nothing says whether it is of `{may_be[0].id}`"
        yield about.unchecked(path, told)
    else:
        about = Claimed("unlisted", "", manifest.at / "components")
        yield about.contradicted(path, f"`{path}` holds weights that no component tells of")


# -- what the files say ----------------------------------------------------------------------------


def _format(component: Component, sight: Sight) -> Iterator[Fact]:
    """Hold `format` against a file; other words than the known ones say nothing."""
    words = re.split(r"[\s,;/+&()]+|\band\b", (component.format or "").casefold())
    known = {NAMES[each.strip(".")] for each in words if each.strip(".") in NAMES}
    if not known or not sight.format:
        return
    about = Claimed("header", component.id, component.at / "format")
    if sight.format in known:
        yield about.verified(sight.path, f"`{sight.path}` is in the format {sight.format}")
    elif all(each.strip(".") in NAMES for each in words if each):
        told = f"`{sight.path}` is in the format {sight.format}, not {component.format}"
        yield about.contradicted(sight.path, told)


def _held_against(component: Component, told: Sequence[Told], manifest: Manifest) -> Iterator[Fact]:
    """Hold licenses, bases and types that files name against those of their component."""
    for each in told:
        yield from _license(component, each)
        yield from _bases(component, each, manifest)
    yield from _quantisation(component, told)


def _license(component: Component, told: Told) -> Iterator[Fact]:
    metadata = told.header.metadata
    named = next((metadata[key] for key in _LICENSES if metadata.get(key, "").strip()), "")
    if not named:
        return
    from aimanifest.licenses.recognition import recognise  # noqa: PLC0415  few files name one

    about = Claimed("header", component.id, component.at / "license")
    says = f"`{told.path}` says that its license is `{named}`"
    found, stated = recognise(named).expression, _expression(component.license)
    if found is None:
        yield about.unchecked(told.path, f"{says}; which one that is, is open")
    elif stated is None and component.license != "NONE":
        yield about.unchecked(told.path, f"{says}; the manifest names none")
    elif stated is not None and str(stated) == str(found):
        yield about.verified(told.path, says)
    elif stated is not None and _may_mean(found.ids, stated.ids):
        yield about.unchecked(told.path, f"{says}; whether `{stated}` is that, is open")
    else:
        yield about.contradicted(told.path, f"{says}, and the manifest says `{component.license}`")


def _may_mean(found: Sequence[str], stated: Sequence[str]) -> bool:
    """Whether licenses may be those that are stated, or some of them.

    An id that begins with `LicenseRef-` is the manifest's own, and another one may mean the same.
    """
    others = set(found) - set(stated)
    own = [each for each in stated if each.startswith(OWN) and each not in found]
    return all(each.startswith(OWN) for each in others) and bool(own or not others)


OWN = "LicenseRef-"


def _expression(license: str | None) -> Expression | None:
    try:
        return parse(license or "")
    except LicenseError:
        return None


_BASE = re.compile(r"general\.base_model\.(\d+)\.(name|repo_url|organization)")


def _bases(component: Component, told: Told, manifest: Manifest) -> Iterator[Fact]:
    """Hold the bases that a file names against those that the manifest names, near and far.

    A file names them for people, in words of its own: another name is no contradiction.
    """
    named: dict[str, dict[str, str]] = {}
    for key, value in told.header.metadata.items():
        if (match := _BASE.fullmatch(key)) and value.strip():
            named.setdefault(match[1], {})[match[2]] = value.strip()
    about = Claimed("header", component.id, component.at / "derived_from")
    bases = _ancestors(component, manifest)
    for each in named.values():
        name = each.get("name") or each.get("repo_url") or ""
        if not name:
            continue
        says = f"`{told.path}` says that it is made from `{name}`"
        if not bases:
            yield about.contradicted(told.path, f"{says}, and the manifest names no base")
        elif any(_is_called(base, id, each) for id, base in bases.items()):
            yield about.verified(told.path, says)
        else:
            yield about.unchecked(told.path, f"{says}; no base of the manifest has that name")


def _ancestors(component: Component, manifest: Manifest) -> dict[str, Component | None]:
    found: dict[str, Component | None] = {}
    waiting = [*component.derived_from]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found[id] = manifest.components.get(id)
            waiting += found[id].derived_from if found[id] else ()  # type: ignore[union-attr]
    return found


def _is_called(base: Component | None, id: str, named: Mapping[str, str]) -> bool:
    texts = {_bare(id)}
    if base is not None:
        ends = [each.rstrip("/").rpartition("/")[2] for each in (base.location or "",)]
        ends += [each.partition("@")[0].rpartition("/")[2] for each in base.identifiers]
        texts |= {_bare(each) for each in (base.name or "", *ends)}
    address = named.get("repo_url", "").rstrip("/").rpartition("/")[2]
    return bool(({_bare(named.get("name", "")), _bare(address)} & texts) - {""})


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _quantisation(component: Component, told: Sequence[Told]) -> Iterator[Fact]:
    """Hold the types of numbers against what the manifest says of how they came about."""
    types = {type for each in told for type in each.header.types}
    numbers = {each for each in types if not _INTEGERS.fullmatch(each)}
    quantised = sorted(each for each in types if each not in NOT_QUANTISED and each in numbers)
    says_so = "quantization" in component.derived_from.values()
    about = Claimed("header", component.id, component.at / "derived_from")
    path = told[0].path if len(told) == 1 else ""
    if quantised and told[0].header.format == "gguf":
        shown = ", ".join(quantised[:4])
        if says_so:
            yield about.verified(path, f"its numbers are quantised: {shown}")
        else:
            yield about.unchecked(
                path, f"its numbers are {shown}; from what they were quantised is not said"
            )
    elif says_so and types and types <= FULL_PRECISION:
        shown = ", ".join(sorted(types))
        yield about.contradicted(
            path, f"it is said to be quantised, and all its numbers are {shown}"
        )
