"""SHA-256 of many files at once, as fast as the disk or the processors are."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any, NamedTuple

Progress = Callable[[int], None]
"""Told of so many bytes more that are done."""


class Digest(NamedTuple):
    """A file, its SHA-256 in hexadecimal digits, and its size in bytes; or why it has none."""

    path: str
    sha256: str
    size: int
    problem: str = ""


class Cache:
    """Remembers the digests of files that have not changed since: neither in size nor in time.

    It is kept in one file, so that what was interrupted goes on where it was. Whoever verifies
    reads everything, and does not ask it.
    """

    def __init__(self, path: str) -> None:
        """Read what is remembered in the file `path`; what cannot be read is forgotten."""
        self._path = path
        self._known: dict[str, list[Any]] = {}
        with suppress(OSError, ValueError), open(path, encoding="utf-8") as file:
            known = json.load(file)
            self._known = known if isinstance(known, dict) else {}

    def get(self, path: str, status: os.stat_result) -> str:
        """Return the digest of the file `path`, if it is as it was; else ""."""
        match self._known.get(os.path.realpath(path)):
            case [size, time, str(sha256)] if [size, time] == [status.st_size, status.st_mtime_ns]:
                return sha256
        return ""

    def put(self, path: str, status: os.stat_result, sha256: str) -> None:
        """Remember the digest of the file `path`, which had this `status` when it was read."""
        self._known[os.path.realpath(path)] = [status.st_size, status.st_mtime_ns, sha256]

    def save(self) -> None:
        """Write down what is remembered; that it cannot be written is no fault of the release."""
        unfinished = f"{self._path}.{os.getpid()}.tmp"
        with suppress(OSError):
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            with open(unfinished, "w", encoding="utf-8") as file:
                json.dump(self._known, file)
            os.replace(unfinished, self._path)


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
    root: str,
    paths: Iterable[str],
    *,
    cache: Cache | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Iterator[Digest]:
    """Give the digest of each of `paths` below the folder `root`, in their order.

    Several files are read at once, by as many `workers` as there are processors, since reading one
    waits for the disk and reckoning lets others go on.
    """
    done = 0
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        waiting: list[Future[Digest]] = [
            pool.submit(_digest, root, each, cache, progress) for each in paths
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


def _digest(root: str, path: str, cache: Cache | None, progress: Progress | None) -> Digest:
    found = os.path.join(root, *path.split("/"))
    try:
        with open(found, "rb") as file:
            status = os.fstat(file.fileno())
            if cache and (known := cache.get(found, status)):
                if progress:
                    progress(status.st_size)
                return Digest(path, known, status.st_size)
            told = _Told(file, progress) if progress else file
            sha256 = hashlib.file_digest(told, "sha256").hexdigest()
            after = os.fstat(file.fileno())
    except OSError as error:
        return Digest(path, "", 0, error.strerror or str(error))
    if (status.st_size, status.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return Digest(path, "", after.st_size, "it changed while it was read")
    if cache:
        cache.put(found, after, sha256)
    return Digest(path, sha256, after.st_size)


class _Told:
    """A file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        self._file = file
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        count: int = self._file.readinto(buffer)  # type: ignore[attr-defined]
        self._progress(count)
        return count


# -- lists of digests ------------------------------------------------------------------------------


class Line(NamedTuple):
    """A line of a list: what it says, or why it cannot be read."""

    number: int
    path: str
    sha256: str
    problem: str = ""


def listed(text: str) -> Iterator[Line]:
    """Read a list as `sha256sum` writes it: digest, two spaces or a space and `*`, path.

    A line that begins with a backslash has the backslashes and line ends of its path escaped.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        escaped = line.startswith("\\")
        sha256, space, path = line.removeprefix("\\").partition(" ")
        path = path[1:] if path[:1] in (" ", "*") else ""
        if not space or not path or not _is_sha256(sha256):
            yield Line(number, "", "", "it is no digest and path as `sha256sum` writes them")
            continue
        if escaped:
            path = path.replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\")
        yield Line(number, path.removeprefix("./"), sha256.lower())


def _is_sha256(text: str) -> bool:
    return len(text) == 64 and all(each in "0123456789abcdefABCDEF" for each in text)  # noqa: PLR2004


def as_list(found: Iterable[Digest]) -> str:
    """Write digests as a list that `sha256sum --check` reads."""
    return "".join(_line(each) for each in found)


def _line(digest: Digest) -> str:
    path = digest.path
    if any(each in path for each in "\\\n\r"):
        path = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        return f"\\{digest.sha256}  {path}\n"
    return f"{digest.sha256}  {path}\n"
