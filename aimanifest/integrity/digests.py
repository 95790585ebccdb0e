"""SHA-256 of many files at once, as fast as the disk or the processors are."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from threading import Lock
from time import time_ns
from typing import IO, Any, NamedTuple

from aimanifest.integrity.paths import Absent, Refusal, Tree

Progress = Callable[[int], None]
"""Told of so many bytes more that are done."""


MISSING, REFUSED, UNREAD = "missing", "refused", "unread"
"""Why a file has no digest: none is there, its path is not followed, or it cannot be read."""


class Digest(NamedTuple):
    """A file, its SHA-256 in hexadecimal digits, and its size in bytes; or why it has none.

    `problem` says it in words, `fault` is `MISSING`, `REFUSED` or `UNREAD`.
    """

    path: str
    sha256: str
    size: int
    problem: str = ""
    fault: str = ""


class Cache:
    """Remembers the digests of files that have not changed since: neither in size nor in times.

    Times are when it was written and, where the system keeps that, when anything about it changed:
    the former can be set at will. A file that was written just before it was read is not
    remembered, for it may be written again within the same tick of the clock.

    It is kept in one file, so that what was interrupted goes on where it was. Whoever verifies
    reads everything, and does not ask it.
    """

    def __init__(self, path: str) -> None:
        """Read what is remembered in the file `path`; what cannot be read is forgotten."""
        self._path = path
        self._lock = Lock()
        self._known: dict[str, Any] = {}
        with suppress(OSError, ValueError, RecursionError), open(path, encoding="utf-8") as file:
            known = json.load(file)
            self._known = known if isinstance(known, dict) else {}

    def get(self, path: str, status: os.stat_result) -> str:
        """Return the digest of the file `path`, if it is as it was; else ""."""
        with self._lock:
            known = self._known.get(os.path.realpath(path))
        match known:
            case [[*seen], str(sha256)] if seen == _seen(status) and is_sha256(sha256):
                return sha256
        return ""

    def put(self, path: str, status: os.stat_result, sha256: str) -> None:
        """Remember the digest of the file `path`, which had this `status` when it was read."""
        real = os.path.realpath(path)
        with self._lock:
            self._known.pop(real, None)  # so that it stands last: the oldest are forgotten first
            if time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > TICK:
                self._known[real] = [_seen(status), sha256]

    def save(self) -> None:
        """Write down what is remembered; that it cannot be written is no fault of the release."""
        with self._lock:
            known = dict(islice(self._known.items(), max(len(self._known) - KEPT, 0), None))
        unfinished = f"{self._path}.{os.getpid()}.tmp"
        with suppress(OSError, UnicodeEncodeError):
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            try:
                with open(unfinished, "w", encoding="utf-8") as file:
                    json.dump(known, file)
                os.replace(unfinished, self._path)
            finally:
                with suppress(OSError):
                    os.unlink(unfinished)


TICK = 2_000_000_000
"""How long, in nanoseconds, the clock of a file system may stand still: two seconds on FAT."""

KEPT = 100_000
"""So many files are remembered."""


def _seen(status: os.stat_result) -> list[int]:
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def cache_path() -> str:
    """Return where digests are remembered, as the system would have it."""
    if os.name == "nt":
        home = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    else:
        home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(home, "aimanifest", "digests.json")


SAVE_EVERY = 1 << 30
"""After so many bytes what is done is written down, in case the rest is interrupted."""


def digests(
    tree: Tree,
    paths: Iterable[str],
    *,
    cache: Cache | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Iterator[Digest]:
    """Give the digest of each of `paths` in `tree`, in their order.

    Several files are read at once, by as many `workers` as there are processors, since reading one
    waits for the disk and reckoning lets others go on. `progress` is told of what is done by one of
    them at a time.
    """
    done = 0
    told = _in_turn(progress) if progress else None
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        waiting: list[Future[Digest]] = [
            pool.submit(_digest, tree, each, cache, told) for each in paths
        ]
        try:
            for each in waiting:
                digest = each.result()
                done += digest.size
                if cache and done > SAVE_EVERY:
                    cache.save()
                    done = 0
                yield digest
        finally:
            for each in waiting:
                each.cancel()
            if cache:
                cache.save()


def _digest(tree: Tree, path: str, cache: Cache | None, progress: Progress | None) -> Digest:
    found = os.path.join(tree.root, *path.split("/"))
    try:
        with tree.open(path) as file:
            status = os.fstat(file.fileno())
            if cache and (known := cache.get(found, status)):
                if progress:
                    progress(status.st_size)
                return Digest(path, known, status.st_size)
            told: Any = _Told(file, progress) if progress else file
            sha256 = hashlib.file_digest(told, "sha256").hexdigest()
            after = os.fstat(file.fileno())
    except Refusal as error:
        return Digest(path, "", 0, str(error.strerror), REFUSED)
    except Absent as error:
        return Digest(path, "", 0, str(error.strerror), MISSING)
    except OSError as error:
        return Digest(path, "", 0, error.strerror or str(error), UNREAD)
    if (status.st_size, status.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return Digest(path, "", after.st_size, "it changed while it was read", UNREAD)
    if cache:
        cache.put(found, after, sha256)
    return Digest(path, sha256, after.st_size)


def _in_turn(progress: Progress) -> Progress:
    """Let only one thread at a time tell `progress` something."""
    lock = Lock()

    def told(count: int) -> None:
        with lock:
            progress(count)

    return told


class _Told:
    """A file that tells how much of it was read, now and then."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        self._file = file
        self._progress = progress
        self._untold = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        count: int = self._file.readinto(buffer)  # type: ignore[attr-defined]
        self._untold += count
        if self._untold >= TELL_EVERY or not count:
            self._progress(self._untold)
            self._untold = 0
        return count


TELL_EVERY = 8 << 20
"""After so many bytes progress is told: to draw it takes time from those who read."""


# -- lists of digests ------------------------------------------------------------------------------


class Line(NamedTuple):
    """A line of a list: what it says, or why it cannot be read."""

    number: int
    path: str
    sha256: str
    problem: str = ""


def listed(text: str) -> Iterator[Line]:
    """Read a list as `sha256sum` writes it: digest, two spaces or a space and `*`, path.

    A line that begins with a backslash has the backslashes and line ends of its path escaped. What
    `sha256sum --tag` writes is read too. Lines may end as they do on Windows.
    """
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = line.removesuffix("\r")  # noqa: PLW2901  the line without its end
        if not line.strip() or line.startswith("#"):
            continue
        escaped = line.startswith("\\")
        body = line.removeprefix("\\")
        if tagged := _TAGGED.fullmatch(body):
            path, sha256 = tagged.groups()
        else:
            sha256, space, path = body.partition(" ")
            path = path[1:] if space and path[:1] in (" ", "*") else ""
        if not path or not is_sha256(sha256):
            yield Line(number, "", "", "it is no digest and path as `sha256sum` writes them")
            continue
        if escaped:
            path = _ESCAPE.sub(lambda match: _ESCAPED[match[1]], path)
        yield Line(number, path.removeprefix("./"), sha256.lower())


_TAGGED = re.compile(r"SHA256 \((.+)\) = ([0-9A-Fa-f]{64})")
_ESCAPE = re.compile(r"\\([\\nr])")
_ESCAPED = {"\\": "\\", "n": "\n", "r": "\r"}


def is_sha256(text: str) -> bool:
    """Tell whether `text` is 64 hexadecimal digits, of either case."""
    return _SHA256.fullmatch(text) is not None


_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")


def as_list(found: Iterable[Digest]) -> str:
    """Write digests as a list that `sha256sum --check` reads."""
    return "".join(_line(each) for each in found)


def _line(digest: Digest) -> str:
    path = digest.path
    if any(each in path for each in "\\\n\r"):
        path = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        return f"\\{digest.sha256}  {path}\n"
    return f"{digest.sha256}  {path}\n"
