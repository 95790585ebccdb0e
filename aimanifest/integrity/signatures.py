"""Signatures of the OpenSSF's model signing, read as lists of digests; who signed is not checked.

Source: https://github.com/sigstore/model-transparency (bundles, statements and predicates v1.0).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from aimanifest.integrity.checksums import Claim
from aimanifest.integrity.digests import is_sha256
from aimanifest.integrity.facts import Claimed, Fact, fixed
from aimanifest.integrity.paths import Tree
from aimanifest.manifest import Manifest

SUFFIX = ".sig"
LIMIT = 64 * 1024 * 1024
"""How many bytes a signature may have, which names every file of a release."""

PAYLOAD = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://model_signing/signature/v1.0"


class Unlike(ValueError):  # noqa: N818  it names what the file is
    """A file is no signature of the kind that is read here."""


class Signed(NamedTuple):
    """What a signature says: claims about files, facts about itself, and what it leaves out."""

    path: str
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    ignored: tuple[str, ...] = ()
    whole: bool = False

    def tells(self, path: str) -> bool:
        """Tell whether it would have to name the file at `path`."""
        folder = os.path.dirname(self.path)
        within = not folder or path.startswith(f"{folder}/")
        left_out = (path == each or path.startswith(f"{each}/") for each in self.ignored)
        return self.whole and within and path != self.path and not any(left_out)


def signed(path: str, tree: Tree, manifest: Manifest) -> Signed:
    """Read the signature at `path`."""
    about = Claimed("signature", "", fixed(manifest.at))
    try:
        source = tree.read(path, LIMIT)
    except OSError as error:
        told = f"`{path}` could not be read: {error.strerror}"
        return Signed(path, (), (about.unchecked(path, told, unread=True),))
    try:
        return _read(path, _statement(source), about)
    except Unlike as error:
        return Signed(path, (), (about.unchecked(path, f"`{path}` was not looked into: {error}"),))


def _read(path: str, statement: dict[str, Any], about: Claimed) -> Signed:
    predicate = _object(statement.get("predicate"))
    resources, form = predicate.get("resources"), _object(predicate.get("serialization", {}))
    if not isinstance(resources, list):
        raise Unlike("it names no files")
    folder = os.path.dirname(path)
    start = f"{folder}/" if folder else ""
    at = fixed(about.at)
    claims, others, digests = [], 0, []
    for each in map(_object, resources):
        name, algorithm, digest = (each.get(key) for key in ("name", "algorithm", "digest"))
        if not isinstance(name, str) or not isinstance(digest, str):
            raise Unlike("it names a file without a digest")
        digests.append(digest)
        if algorithm == "sha256" and is_sha256(digest) and form.get("method", "files") == "files":
            claims.append(Claim("", start + name, digest.lower(), at, path))
        else:
            others += 1
    facts = [about.unchecked(path, f"the signature in `{path}` itself: {_ASK}")]
    if others:
        files = "1 file has" if others == 1 else f"{others} files have"
        told = f"in `{path}` {files} digests of parts, or of a kind that is not reckoned here"
        facts.append(about.unchecked(path, told))
    if not others:
        facts += _summed(path, statement, digests, about)
    ignored = form.get("ignore_paths")
    left_out = tuple(
        start + os.path.normpath(each).replace(os.sep, "/")
        for each in (ignored if isinstance(ignored, list) else ())
        if isinstance(each, str)
    )
    return Signed(path, tuple(claims), tuple(facts), left_out, whole=not others)


_ASK = "who signed, and whether, is for `model_signing verify` to say; its digests were compared"


def _summed(
    path: str, statement: dict[str, Any], digests: list[str], about: Claimed
) -> Iterator[Fact]:
    """Compare the digest of the whole with those of the parts, in their order."""
    match statement.get("subject"):
        case [{"digest": {"sha256": str(whole)}}]:
            parts = b"".join(bytes.fromhex(each) for each in digests)
            if hashlib.sha256(parts).hexdigest() == whole.lower():
                yield about.verified(path, f"the digests in `{path}` add up to that of the whole")
            else:
                told = f"the digests in `{path}` do not add up to that of the whole"
                yield about.contradicted(path, told)
        case _:
            yield about.unchecked(path, f"`{path}` names no digest of the whole")


def _statement(source: bytes) -> dict[str, Any]:
    if len(source) > LIMIT:
        raise Unlike(f"it is longer than {LIMIT // 1024**2} MiB")
    bundle = _object(_json(source))
    envelope = bundle.get("dsseEnvelope")
    if not isinstance(envelope, dict):
        raise Unlike("it is no signature of the OpenSSF's model signing")
    if envelope.get("payloadType") != PAYLOAD:
        raise Unlike("what is signed in it is no in-toto statement")
    try:
        payload = base64.b64decode(str(envelope.get("payload")), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unlike("what is signed in it cannot be decoded") from error
    statement = _object(_json(payload))
    if statement.get("_type") != STATEMENT or statement.get("predicateType") != PREDICATE:
        raise Unlike("its statement is of another kind or version than the one that is read here")
    return statement


def _json(source: bytes) -> Any:
    try:
        return json.loads(source, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Unlike("it is no JSON, or a name stands twice in it") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: one reader would take the first, another the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unlike("it is not built as such a signature is")
    return value
