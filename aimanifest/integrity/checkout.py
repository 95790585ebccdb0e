"""Which commit a folder is a checkout of, read from the files of git; nothing is run.

Source: https://git-scm.com/docs/gitrepository-layout and https://git-scm.com/docs/git-config.
"""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from aimanifest.integrity.facts import Claimed, Fact
from aimanifest.manifest import Component, Manifest

LIMIT = 1 << 16
"""How many bytes of a small file of git are read; `packed-refs` may be a thousand times larger."""

FULL = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
ABBREVIATED = re.compile(r"[0-9a-f]{7,63}")
_REF = re.compile(r"refs/[^\x00-\x20\x7f~^:?*\[\\]+")


class Checkout(NamedTuple):
    """A folder under git: the commit it is at, and where its remotes are; or why that is unknown.

    `remotes` are without names and passwords: `host/path`.
    """

    commit: str
    remotes: tuple[str, ...]
    problem: str = ""
    store: str = ""

    def commits(self, name: str) -> tuple[frozenset[str], bool]:
        """Return the commits that `name` may stand for, and whether that can be told.

        A tag goes before branches of its name, as it does in git.
        """
        tag = f"refs/tags/{name}"
        object = _resolved(self.store, self.store, tag) if _is_reference(tag) else ""
        if object:
            commit = object if object == self.commit else _peeled(self.store, tag, object)
            return frozenset({commit} if commit else ()), bool(commit)
        branches = (f"refs/heads/{name}", f"refs/remotes/origin/{name}")
        found = (
            _resolved(self.store, self.store, each) for each in filter(_is_reference, branches)
        )
        return frozenset(filter(None, found)), True


def checkout(folder: str) -> Checkout | None:
    """Say what `folder` is a checkout of; None if neither it nor a folder above it is under git."""
    here = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    own = _own_store(here)
    if not own:
        return Checkout("", (), "its `.git` leads to no repository that knows of it")
    common = _text(os.path.join(own, "commondir")).strip()
    store = os.path.normpath(os.path.join(own, common)) if common else own
    config = _text(os.path.join(store, "config"))
    remotes = tuple(filter(None, map(normalised, _urls(config))))
    if re.search(r"(?im)^\s*refstorage\s*=\s*reftable\s*$", config):
        return Checkout("", remotes, "its repository keeps references in a form not read here")
    commit = _resolved(own, store, "HEAD")
    problem = "" if commit else "its repository does not say which commit it is at"
    return Checkout(commit, remotes, problem, store)


def revisions(manifest: Manifest, found: Checkout | None) -> Iterator[Fact]:
    """Hold the `revision` of each component against the checkout that its folder is."""
    for component in manifest.components.values():
        if component.revision is not None and component.omitted is None:
            yield _revision(component, component.revision, found)


def _revision(component: Component, revision: str, found: Checkout | None) -> Fact:
    about = Claimed("revision", component.id, component.at / "revision")
    told = f"revision `{revision}`:"
    if found is None:
        return about.unchecked(revision, f"{told} the folder is no git checkout")
    if not found.commit:
        return about.unchecked(revision, f"{told} {found.problem}")
    wanted = normalised(component.location or "")
    if component.location is not None and wanted not in found.remotes:
        of = f"of {found.remotes[0]}" if found.remotes else "without a remote"
        there = wanted or component.location
        return about.unchecked(revision, f"{told} the folder is a checkout {of}, not of {there}")
    is_it, why = _is_at(found, revision)
    if is_it is None:
        return about.unchecked(revision, f"{told} {why}")
    return (about.verified if is_it else about.contradicted)(revision, f"{told} {why}")


def _is_at(found: Checkout, revision: str) -> tuple[bool | None, str]:
    """Say whether a checkout is at `revision`, None if that cannot be told; and why."""
    at = f"the checkout is at {found.commit}"
    if revision == found.commit:
        return True, f"{at}; whether its files were changed since was not looked at"
    commits, told = found.commits(revision)
    if found.commit in commits:
        return True, f"{at}, which it is a name of"
    if not FULL.fullmatch(revision) and not told:
        return None, "what the tag stands for is in a file of git that is not read here"
    if ABBREVIATED.fullmatch(revision) and not commits:
        short = found.commit.startswith(revision)
        return short, f"{at}, which it is short for" if short else at
    if commits or FULL.fullmatch(revision):
        return False, at
    return None, "the checkout knows no tag or branch of this name"


def normalised(url: str) -> str:
    """Return `url` as `host/path`, so that two ways to write where a repository is can be compared.

    Names, passwords and ports are left out; what is no address of a host is "".
    """
    scp = re.fullmatch(r"(?:[^@/:]+@)?([A-Za-z0-9.-]+\.[A-Za-z]+):(?!//)/?(.+)", url)
    if scp:
        host, path = scp[1], scp[2]
    else:
        try:
            parts = urlsplit(url)
            host, path = parts.hostname or "", parts.path
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https", "ssh", "git", "git+ssh", "git+https"):
            return ""
    host = host.lower().removeprefix("www.")
    host = {"hf.co": "huggingface.co", "ssh.github.com": "github.com"}.get(host, host)
    path = path.strip("/").removesuffix(".git")
    path = re.sub(r"/(?:-/)?(?:tree|src|commit)/.*", "", path)
    if host in ("github.com", "gitlab.com", "codeberg.org", "bitbucket.org"):
        path = path.lower()
    return f"{host}/{path}" if host and path else ""


def _own_store(folder: str) -> str:
    """Return the repository of a checkout; "" where there is none, or it belongs to another.

    A file in the place of `.git` names it. Anybody can write such a file, so the repository has to
    name the checkout, too.
    """
    link = os.path.join(folder, ".git")
    if os.path.isdir(link):
        return link if not os.path.islink(link) else ""
    named = _text(link)
    if not named.startswith("gitdir:"):
        return ""
    own = os.path.realpath(os.path.join(folder, named.removeprefix("gitdir:").strip()))
    back = _text(os.path.join(own, "gitdir")).strip()
    if back and os.path.realpath(os.path.join(own, back)) == os.path.realpath(link):
        return own
    config = _text(os.path.join(own, "config"))
    tree = re.search(r"(?im)^\s*worktree\s*=\s*(.+?)\s*$", config)
    if tree and os.path.realpath(os.path.join(own, tree[1].strip('"'))) == folder:
        return own
    return ""


def _resolved(own: str, store: str, reference: str) -> str:
    """Return the object that a reference stands for; "" if that cannot be told."""
    for _ in range(5):  # git itself follows five
        place = own if reference == "HEAD" else store
        text = _text(os.path.join(place, *reference.split("/"))).strip()
        if not text:
            return _packed(store, reference)[0]
        if FULL.fullmatch(text):
            return text
        reference = text.removeprefix("ref:").strip()
        if not text.startswith("ref:") or not _is_reference(reference):
            return ""
    return ""


def _packed(store: str, reference: str) -> tuple[str, str]:
    """Look a reference up in `packed-refs`: its object, and the commit that this is, or is of."""
    text = _text(os.path.join(store, "packed-refs"), LIMIT * 1000)
    lines = iter(text.split("\n"))
    peeled = text.startswith("#") and "fully-peeled" in text.partition("\n")[0]
    for line in lines:
        object, space, name = line.rstrip("\r").partition(" ")
        if space and name == reference and FULL.fullmatch(object):
            commit = next(lines, "").rstrip("\r")
            if commit.startswith("^") and FULL.fullmatch(commit[1:]):
                return object, commit[1:]
            return object, object if peeled else ""
    return "", ""


def _peeled(store: str, tag: str, object: str) -> str:
    """Return the commit that an object is, or that a tag object is of; "" if it is not to be had.

    A loose object is a file of its own; one in a packed file is not looked for.
    """
    listed, commit = _packed(store, tag)
    if listed == object and commit:
        return commit
    for _ in range(5):
        kind, body = _object(store, object)
        if kind == b"commit":
            return object
        named = re.match(rb"object ([0-9a-f]{40,64})\n", body)
        if kind != b"tag" or not named:
            return ""
        object = named[1].decode()
    return ""


def _object(store: str, object: str) -> tuple[bytes, bytes]:
    """Return the kind of a loose object, and the beginning of what is in it."""
    source = _bytes(os.path.join(store, "objects", object[:2], object[2:]), LIMIT)
    try:
        head = zlib.decompressobj().decompress(source, 1024) if source else b""
    except zlib.error:
        return b"", b""
    header, _, body = head.partition(b"\0")
    return header.partition(b" ")[0], body


def _urls(config: str) -> Iterator[str]:
    """Give the addresses of the remotes."""
    section = ""
    for line in config.splitlines():
        text = line.strip()
        if text.startswith("["):
            section = text.partition(" ")[0].strip("[]").lower()
        key, equals, value = text.partition("=")
        if section == "remote" and equals and key.strip().lower() == "url":
            yield value.strip().strip('"')


def _is_reference(text: str) -> bool:
    bad = ("..", "//", "/.", "@{", ".lock/")
    return (
        _REF.fullmatch(text) is not None
        and not any(each in text for each in bad)
        and not text.endswith(("/", ".", ".lock"))
    )


def _text(path: str, limit: int = LIMIT) -> str:
    return _bytes(path, limit).decode("utf-8", "replace")


def _bytes(path: str, limit: int) -> bytes:
    """Read a small ordinary file; b"" if there is none. A pipe would never end."""
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError):
        return b""
    try:
        ordinary = stat.S_ISREG(os.fstat(number).st_mode)
        return _all_of(number, limit) if ordinary else b""
    except OSError:
        return b""
    finally:
        os.close(number)


def _all_of(number: int, limit: int) -> bytes:
    read = b""
    while len(read) < limit and (piece := os.read(number, limit - len(read))):
        read += piece
    return read
