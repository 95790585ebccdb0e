"""Files of weights: which belong together, and what the headers of some formats say.

The names of keys are those of https://github.com/ggml-org/ggml/blob/master/docs/gguf.md and of
https://github.com/Stability-AI/ModelSpec; ONNX and safetensors leave them to whoever writes a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from aimanifest import headers
from aimanifest.converters.draft import id_from
from aimanifest.drafting.evidence import WEIGHTS, Evidence, Weights
from aimanifest.drafting.folder import Folder
from aimanifest.drafting.records import Record
from aimanifest.headers import Header, Malformed

LIMIT_GROUPS = 40
"""So many components of weights are written; who has more has several releases, most likely."""

_FORMATS = {
    "safetensors": "safetensors",
    "gguf": "gguf",
    "onnx": "onnx",
    "pt": "pytorch",
    "pth": "pytorch",
    "ckpt": "pytorch",
    "jit": "torchscript",
    "h5": "keras",
    "keras": "keras",
    "tflite": "tflite",
    "msgpack": "flax",
    "mlmodel": "coreml",
    "joblib": "joblib",
    "skops": "skops",
    "pkl": "pickle",
    "pickle": "pickle",
    "cbm": "catboost",
    "ubj": "xgboost",
}
"""The formats of weights, by the ends of their names."""

_BIN = re.compile(r"(?:pytorch_model|adapter_model|diffusion_pytorch_model|consolidated)\b.*\.bin")
_OTHER_STATE = re.compile(
    r"(?:optimizer|scheduler|scaler|rng_state\S*|random_states\S*)\.(?:pt|pth|bin|pkl)"
)
_SETTINGS = "training_args.bin"
_CHECKPOINT = re.compile(r"(?:^|.*/)checkpoint[-_]([0-9]+)(?:/|$)")
_SHARD = re.compile(r"[-_.]([0-9]{5})-of-([0-9]{5})$")
_PRECISION = re.compile(
    r"[-_.](?:quantized|int8|uint8|bnb4|fp16|fp32|f16|f32|bf16|half|q4f16|i?q[0-9](?:_[0-9a-z]+)*)$",
    re.IGNORECASE,
)
_USUAL = frozenset(
    "model pytorch_model tf_model flax_model diffusion_pytorch_model consolidated "
    "model_merged".split()
)
"""What libraries call the weights of a model, so that these names together mean one model."""

_FOLDER = re.compile(r"(.+?\.mlpackage(?=/)|.+(?=/saved_model\.pb$))")
"""Formats of which a model is a folder, not a file."""

_POINTER = b"version https://git-lfs.github.com/spec/v1\n"


class _File(NamedTuple):
    path: str
    folder: str
    stem: str
    format: str
    sharded: bool


def read(folder: Folder, evidence: Evidence) -> None:
    """Note the weights in the folder, their shards and forms together."""
    found: list[_File] = []
    for path in folder.files:
        file = _file(path)
        if file is None or file in found[-1:] or _other(path, evidence):
            continue
        found.append(file)
    _missing(found, folder, evidence)
    groups = sorted(_groups(found), key=_by_path)
    for index, group in enumerate(groups):
        if index == LIMIT_GROUPS:
            rest = len(groups) - LIMIT_GROUPS
            folder.trouble("", f"{rest} more groups of weights are left out of the manifest")
            break
        _note(group, folder, evidence)


def _missing(files: Iterable[_File], folder: Folder, evidence: Evidence) -> None:
    """Tell of shards that are not there, by the numbers in the names and by the index files."""
    by_name: dict[tuple[str, str, str], set[int]] = {}
    totals: dict[tuple[str, str, str], int] = {}
    for each in files:
        if numbers := _SHARD.search(each.path.rpartition(".")[0]):
            key = (each.folder, each.stem, each.format)
            by_name.setdefault(key, set()).add(int(numbers[1]))
            totals[key] = max(totals.get(key, 0), int(numbers[2]))
    for key, there in by_name.items():
        gone = totals[key] - len(there)
        if gone > 0:
            what = "1 shard is" if gone == 1 else f"{gone} shards are"
            folder.trouble("/".join(filter(None, key[:2])), f"{what} not in the folder")
    ends = (".safetensors.index.json", ".bin.index.json")
    for path in [each for each in folder.files if each.endswith(ends)][:LIMIT_GROUPS]:
        record = evidence.record(path, "json")
        listed = record.get("weight_map") if record else None
        names = {str(each) for each in listed.values()} if isinstance(listed, dict) else set()
        parent = path[: -len(path.rpartition("/")[2])]
        gone = sum(f"{parent}{each}" not in folder for each in names)
        if gone:
            folder.trouble(path, f"it names {gone} of {len(names)} files that are not there")


def _file(path: str) -> _File | None:
    """Say what a file of weights is by its name; None for another file."""
    if folder := _FOLDER.match(path):
        parent, _, name = folder[1].rpartition("/")
        format = "coreml" if name.endswith(".mlpackage") else "tensorflow"
        return _File(
            f"{folder[1]}/", parent, name.removesuffix(".mlpackage"), format, sharded=False
        )
    parent, _, name = path.rpartition("/")
    stem, _, end = name.rpartition(".")
    format = _FORMATS.get(end.lower(), "")
    if _BIN.fullmatch(name):
        format = "pytorch"
    elif name == "saved_model.pb":
        format = "tensorflow"
    elif name.startswith("ggml-") and end == "bin":
        format = "ggml"
    if not format or not stem:
        return None
    sharded = bool(_SHARD.search(stem))
    return _File(path, parent, _SHARD.sub("", stem), format, sharded)


def _other(path: str, evidence: Evidence) -> bool:
    """Note what is saved beside weights in the course of training; tell whether it is that."""
    name = path.rpartition("/")[2]
    if checkpoint := _CHECKPOINT.match(path):
        place = path[: checkpoint.end(1)]
        id = f"checkpoint-{int(checkpoint[1])}"
        if ("components", id, "kind") not in evidence.facts:
            reason = "a trainer saves what is in a folder of this name in the course of training"
            evidence.component(
                id, "intermediate-checkpoints", path=f"{place}/", found=place, guess=reason
            )
        return True
    if _OTHER_STATE.fullmatch(name):
        if ("components", "optimizer-state", "kind") not in evidence.facts:
            reason = "by its name; it was not opened"
            evidence.component(
                "optimizer-state", "optimizer-state", path=path, found=path, guess=reason
            )
        return True
    return False


def _groups(files: Iterable[_File]) -> Iterator[tuple[str, list[_File]]]:
    """Put together the shards and forms of one model: in one folder, with names that begin alike.

    Give with each group the beginning that its files share; "" where that is a usual name.
    """
    by_folder: dict[str, list[_File]] = {}
    for each in files:
        by_folder.setdefault(each.folder, []).append(each)
    for inside in by_folder.values():
        stems: dict[str, list[_File]] = {}
        for each in sorted(inside, key=lambda file: (len(file.stem), file.path)):
            bare = _PRECISION.sub("", each.stem)
            if bare.lower() in _USUAL:
                bare = ""
            starts = (bare[: each.start()] for each in re.finditer(r"[-_.]", bare))
            known = next((start for start in starts if start and start in stems), bare)
            stems.setdefault(bare if bare in stems else known, []).append(each)
        yield from stems.items()


def _by_path(group: tuple[str, list[_File]]) -> tuple[int, str]:
    path = min(each.path for each in group[1])
    return path.count("/"), path


def _note(group: tuple[str, list[_File]], folder: Folder, evidence: Evidence) -> None:
    stem, files = group
    files.sort(key=lambda each: each.path)
    checksums: dict[str, str] = {}
    read: dict[str, Header] = {}
    for each in files:
        header = _header(each.path, folder, checksums)
        if header:
            read[each.path] = header
            _metadata(header, each.path, evidence)
    said, at = _said(files, read)
    alike = len({_SHARD.sub("", each.path.rpartition(".")[0]) for each in files}) > 1
    alike = alike or len({each.format for each in files}) > 1
    reason = (
        "files in one folder whose names begin alike are taken for one model in several forms; "
        "if they were trained apart, make each a component"
    )
    evidence.weights.append(
        Weights(
            stem,
            files[0].folder,
            tuple(each.path for each in files),
            tuple(dict.fromkeys(each.format for each in files)),
            said,
            at,
            checksums,
            reason if alike else "",
        )
    )


def _header(path: str, folder: Folder, checksums: dict[str, str]) -> Header | None:
    """Read the header of a file, if it has one that is known here."""
    if path.endswith("/"):
        return None  # a folder has no header
    if _is_pointer(path, folder, checksums):
        folder.trouble(path, "it is a pointer of Git LFS; fetch the file to have its header read")
        return None
    if not folder.in_time:
        folder.trouble(path, "its header was not read: there was no time left for it")
        return None
    try:
        return headers.read(folder.real(path))
    except Malformed as error:
        folder.trouble(path, f"its header cannot be read: {error}")
    except OSError as error:
        folder.trouble(path, error.strerror or str(error))
    return None


def _is_pointer(path: str, folder: Folder, checksums: dict[str, str]) -> bool:
    """Tell whether Git has left a pointer in place of the file, and keep the digest in it."""
    if folder.size(path) > len(_POINTER) * 10:
        return False
    source = folder.read(path) or b""
    if source.startswith(_POINTER):
        if digest := re.search(rb"^oid sha256:([0-9a-f]{64})$", source, re.MULTILINE):
            checksums[path] = digest[1].decode()
        return True
    return False


def _said(files: list[_File], read: Mapping[str, Header]) -> tuple[str, str]:
    """Put into a sentence what the headers count: of all shards, or else of the first file."""
    for first in files:
        own = [first]
        if first.sharded:
            alike = (first.stem, first.format)
            own = [each for each in files if each.sharded and (each.stem, each.format) == alike]
        found = [read[each.path] for each in own if each.path in read]
        tensors = sum(each.tensors for each in found)
        if len(own) != len(found) or not tensors:
            continue
        types: Counter[str] = Counter()
        for header in found:
            types.update(header.types)
        parameters = sum(each.parameters for each in found)
        kinds = ", ".join(f"{number:,} {type}" for type, number in types.most_common(6))
        kinds = next(iter(types)) if len(types) == 1 else kinds
        architecture = found[0].metadata.get("general.architecture", "")
        start = f"Architecture {architecture}; " if architecture.isidentifier() else ""
        unit = "tensor" if tensors == 1 else "tensors"
        more = f" and {len(own) - 1} more" if len(own) > 1 else ""
        where = f"{own[0].path}{more}, header"
        return f"{start}{parameters:,} parameters ({kinds}) in {tensors:,} {unit}.", where
    return "", ""


def _metadata(header: Header, path: str, evidence: Evidence) -> None:
    """Note what a header says about the release, its license and its bases."""
    if header.format == "gguf":
        _gguf(Record(f"{path}, header", header.metadata), evidence)
        return
    record = Record(f"{path}, header", header.metadata)
    for key, steps in _MODELSPEC.items():
        if text := record.text(f"modelspec.{key}"):
            day = re.sub("T.*", "", text)
            form = "date" if steps[-1] == "date" else "line"
            evidence.tell(
                *steps,
                value=day if form == "date" else text,
                found=record.found(f"modelspec.{key}"),
                form=form,
            )
    for key in ("modelspec.license", "license", "License"):
        evidence.license(WEIGHTS, record.text(key), found=record.found(key))
    if header.format == "onnx":
        for key in ("author", "model_author"):
            if text := record.text(key):
                evidence.tell(
                    *("release", "publisher", "name"),
                    value=text,
                    found=record.found(key),
                    guess="the header names an author, who need not publish it",
                )


_MODELSPEC = {
    "title": ("release", "name"),
    "author": ("release", "publisher", "name"),
    "description": ("release", "description"),
    "date": ("release", "date"),
}


def _gguf(record: Record, evidence: Evidence) -> None:
    def said(key: str) -> str:
        return record.text(f"general.{key}")

    def at(key: str) -> str:
        return record.found(f"general.{key}")

    evidence.tell("release", "name", value=said("name"), found=at("name"))
    evidence.tell("release", "version", value=said("version"), found=at("version"))
    author = "organization" if said("organization") else "author"
    evidence.tell("release", "publisher", "name", value=said(author), found=at(author))
    evidence.tell(
        "release", "description", value=said("description"), found=at("description"), form="text"
    )
    evidence.tell("release", "homepage", value=said("url"), found=at("url"), form="url")
    if said("doi"):
        doi = re.sub("^(?:https?://(?:dx[.])?doi[.]org/|doi:)", "", said("doi"))
        evidence.tell(
            "release", "identifiers", f"doi:{doi}", value=f"doi:{doi}", found=at("doi"),
            form="identifier",
        )  # fmt: skip
    evidence.license(
        WEIGHTS,
        said("license"),
        found=at("license"),
        name=said("license.name"),
        link=said("license.link"),
    )
    number = int(said("base_model.count")) if said("base_model.count").isdecimal() else 0
    for index in range(min(number, 16)):
        key = f"base_model.{index}"
        owner = said(f"{key}.organization")
        url = said(f"{key}.repo_url")
        hub = re.fullmatch(r"https?://huggingface\.co/([\w.-]+/[\w.-]+)/?", url)
        named = hub[1] if hub else "/".join(each for each in (owner, said(f"{key}.name")) if each)
        evidence.base(
            named,
            "fine-tune",
            found=at(f"{key}.name"),
            guess="the header names a base, and does not say how these weights came out of it",
        )


def id_of(weights: Weights, *, alone: bool, taken: Iterable[str]) -> str:
    """Choose the id of a component for a group of weights."""
    names = (weights.stem, weights.folder.rpartition("/")[2], weights.folder)
    made = [id for id in (id_from(each, otherwise="") for each in names) if id]
    wanted = "weights" if alone or not made else made[0]
    id, number = wanted, 2
    while id in taken:
        id, number = f"{wanted}-{number}", number + 1
    return id
