"""Paths of a release, which lead nowhere else: not up, not through links, on no system."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from aimanifest.system import path_fault

SUMS = "SHA256SUMS"
"""The file that lists further digests."""


class Refused(NamedTuple):
    """Why a path is not followed."""

    reason: str


class Refusal(PermissionError):  # noqa: N818  it is no error of the system
    """A path of a manifest that is not followed; `strerror` says why."""


class Absent(FileNotFoundError):  # noqa: N818  it names what was found
    """There is no ordinary file at a path; `strerror` says what is there."""


class Tree:
    """The folder of a release, whose files are found and opened by the paths that it writes.

    Folders are looked at once, so that a release of very many files is looked through quickly. No
    harm comes of that: what is opened is reached without links, whatever was there before.
    """

    def __init__(self, root: str) -> None:
        """Look below the folder `root`."""
        self.root = os.path.realpath(root)
        self._names: dict[str, frozenset[str]] = {}
        self._folders: dict[str, str] = {}

    def find(self, path: str) -> str | Refused:
        """Return where `path` is, links followed, or why it is not followed.

        Links may lead from one place of the release to another, and nowhere else. What is written
        with other capitals than the file has is another path, also where the system would find it;
        and what Windows would take for something else is refused on every system, so that a
        manifest means the same on all of them. That something is there is not said.
        """
        if fault := _fault(path):
            return Refused(fault)
        parts = _parts(path)
        found = self._real(parts)
        if not self._holds(found):
            return Refused("a link leads out of the release")
        if other := self._other_spelling(parts):
            return Refused(f"the file is called {other!r}, and spelling counts")
        return found

    def open(self, path: str) -> BinaryIO:
        """Open the ordinary file at `path` for reading.

        Between looking at a path and opening it, a link may be put in its place; what is opened is
        therefore reached from folder to folder without following any.

        Raises:
            Refusal: if the path is not followed.
            Absent: if there is nothing, or no ordinary file.
            OSError: if the system does not let it be read.

        """
        found = self.find(path)
        if isinstance(found, Refused):
            raise Refusal(errno.EPERM, found.reason)
        try:
            number = _opened(self.root, os.path.relpath(found, self.root).split(os.sep))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise Absent(errno.ENOENT, "there is no such file") from error
        except IsADirectoryError as error:
            raise Absent(errno.EISDIR, "a folder is there, and no file") from error
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK):
                raise Refusal(errno.ELOOP, "a link in it leads nowhere, or just changed") from error
            if error.errno in (errno.ENXIO, errno.ENODEV):  # a socket, say
                raise Absent(errno.ENOENT, "no ordinary file is there") from error
            raise
        try:
            mode = os.fstat(number).st_mode
            if stat.S_ISDIR(mode):
                raise Absent(errno.EISDIR, "a folder is there, and no file")
            if not stat.S_ISREG(mode):
                raise Absent(errno.ENOENT, "no ordinary file is there")
            return open(number, "rb")
        except OSError:
            os.close(number)
            raise

    def read(self, path: str, limit: int) -> bytes:
        """Return what is in the file at `path`, but at most `limit` bytes and one.

        Raises:
            OSError: as `open`.

        """
        with self.open(path) as file:
            return file.read(limit + 1)

    def has(self, path: str) -> bool:
        """Tell whether anything is at `path`."""
        found = self.find(path)
        return not isinstance(found, Refused) and os.path.exists(found)

    def files(
        self, path: str = "", *, unread: Callable[[str, str], None] | None = None
    ) -> Iterator[str]:
        """Give the path of every ordinary file at or below `path`, in one order on all systems.

        Folders behind links, and what begins with a dot, are left out. `unread` is told of folders
        that cannot be looked into, and why.

        Raises:
            Refusal: if `path` is not followed.
            OSError: if a folder cannot be looked into, and there is no `unread`.

        """
        found = self.find(path) if path else self.root
        if isinstance(found, Refused):
            raise Refusal(errno.EPERM, found.reason)
        top = "/".join(_parts(path))
        if not os.path.isdir(found):
            if os.path.isfile(found):
                yield top
            return
        waiting = [top]
        while waiting:
            here = waiting.pop()
            folder = os.path.join(found, *_parts(here.removeprefix(top)))
            try:
                below, here_are = _listing(folder)
            except OSError as error:
                if unread is None:
                    raise
                unread(here or ".", error.strerror or str(error))
                continue
            start = f"{here}/" if here else ""
            yield from (start + each for each in here_are)
            waiting += (start + each for each in reversed(below))

    def _real(self, parts: list[str]) -> str:
        """Follow links; those of a folder once for all that is in it."""
        if not parts:
            return self.root
        above = "/".join(parts[:-1])
        if above not in self._folders:
            self._folders[above] = os.path.realpath(os.path.join(self.root, *parts[:-1]))
        found = os.path.join(self._folders[above], parts[-1])
        return os.path.realpath(found) if os.path.islink(found) else found

    def _holds(self, found: str) -> bool:
        return found == self.root or found.startswith(os.path.join(self.root, ""))

    def _other_spelling(self, parts: list[str]) -> str:
        """Return how a part of a path is spelt on the disk, if that is nearly how it is written."""
        here = self.root
        for part in parts:
            names = self._listed(here)
            if part not in names:
                own = _folded(part)
                return next((each for each in sorted(names) if _folded(each) == own), "")
            here = os.path.join(here, part)
        return ""

    def _listed(self, folder: str) -> frozenset[str]:
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(folder))
            except OSError:
                return frozenset()
        return self._names[folder]


def inside(root: str, path: str) -> str | Refused:
    """Return where `path`, as a manifest writes it, is below the folder `root`, or why not."""
    return Tree(root).find(path)


def files(root: str, path: str = "") -> Iterator[str]:
    """Give the path of every ordinary file at or below `path`, in one order on all systems.

    Raises:
        OSError: if `path` is not followed, or a folder cannot be looked into.

    """
    return Tree(root).files(path)


def _opened(root: str, parts: list[str]) -> int:
    """Open what is at `parts` below `root`, without following any link; return its number."""
    if os.open not in os.supports_dir_fd:
        return _opened_by_name(os.path.join(root, *parts))
    folder = os.open(root, _TO_FOLDERS)
    try:
        for part in parts[:-1]:
            deeper = os.open(part, _TO_FOLDERS | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = deeper
        return os.open(parts[-1], _TO_FILES | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)


def _opened_by_name(path: str) -> int:
    """Open the file at `path`, which has no links in it, where that can only be seen afterwards."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    if os.path.realpath(path) != path or not os.path.samestat(os.fstat(number), os.stat(path)):
        os.close(number)
        raise OSError(errno.ELOOP, "a link in it just changed")
    return number


# A pipe is opened without waiting for a writer, and a terminal without becoming the one of this
# process; a folder need only be passed through, not read.
_TO_FILES = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_TO_FOLDERS = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0)


def _parts(path: str) -> list[str]:
    return [each for each in path.split("/") if each not in ("", ".")]


def _fault(path: str) -> str:
    """Say why `path` is none that a manifest may write, whatever is there; "" if it is one."""
    if fault := path_fault(path):
        return fault
    if _CONTROL.search(path):
        return "a path has no control characters"
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return "a path is text"
    return next(filter(None, map(_foreign, _parts(path))), "")


def _foreign(part: str) -> str:
    """Say what Windows makes of a part of a path, if that is something else than a name."""
    if ":" in part:
        return "on Windows what follows `:` is no part of a path"
    if part[-1] in ". ":
        return "on Windows a name does not end in a dot or a space"
    if part.partition(".")[0].rstrip(" ").lower() in _DEVICES:
        return "on Windows this is the name of a device"
    return ""


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_DEVICES = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789\xb9\xb2\xb3"),
    )
)
"""Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file."""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name.casefold())


def _listing(folder: str) -> tuple[list[str], list[str]]:
    """Return the names of the folders and of the files in a folder."""
    below, here = [], []
    with os.scandir(folder) as listing:
        for each in listing:
            if each.name.startswith("."):
                continue
            if each.is_dir(follow_symlinks=False):
                below.append(each.name)
            elif _is_file(each):
                here.append(each.name)
    return sorted(below), sorted(here)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False
