"""A release folder, looked at with care: bounded, never out of the folder, each trouble told."""

from __future__ import annotations

import os
import stat
import time
from typing import NamedTuple

LIMIT_ENTRIES = 20_000
"""So many files and folders are listed; what is beyond is told, and not looked at."""
LIMIT_DEPTH = 24
LIMIT_BYTES = 8 * 1024 * 1024
"""So much of a text is read: an index of shards, the longest there is, has a few megabytes."""
LIMIT_SECONDS = 60.0
"""So long the headers of weights are read; a header made to be slow must not hold anybody up."""
LIMIT_TROUBLES = 50


class Trouble(NamedTuple):
    """Something in the folder that was not read, and why."""

    path: str
    reason: str


class Folder:
    """The files below a folder, by their paths with `/`, in one order on all systems.

    `files` are the paths, those of a folder before those of the folders in it.

    What begins with a dot is left out, links that lead out of the folder are not followed, and
    what is no ordinary file is not opened.
    """

    def __init__(self, root: str) -> None:
        """List what is below `root`.

        Raises:
            OSError: if `root` itself cannot be listed.

        """
        self.root = root
        self.troubles: list[Trouble] = []
        self._real = os.path.join(os.path.realpath(root), "")
        self._started = time.monotonic()
        self._count = 0
        self._untold = 0
        self._sizes: dict[str, int] = {}
        self._list(os.listdir(root), "", 0)
        self.files = tuple(sorted(self._sizes, key=lambda each: (each.count("/"), each)))

    @property
    def in_time(self) -> bool:
        """Whether there is time left to read headers."""
        return time.monotonic() - self._started < LIMIT_SECONDS

    def __contains__(self, path: str) -> bool:
        return path in self._sizes

    def trouble(self, path: str, reason: str) -> None:
        """Note that something was not read."""
        if len(self.troubles) < LIMIT_TROUBLES:
            self.troubles.append(Trouble(path, reason))
        else:
            self._untold += 1
            last = Trouble("", f"and {self._untold:,} more could not be read or were left out")
            self.troubles[LIMIT_TROUBLES:] = [last]

    def size(self, path: str) -> int:
        """Return how many bytes a file has."""
        return self._sizes.get(path, 0)

    def has_folder(self, path: str) -> bool:
        """Tell whether files were found in the folder `path`."""
        start = path.strip("/") + "/"
        return any(each.startswith(start) for each in self._sizes)

    def real(self, path: str) -> str:
        """Return the path by which the system opens a file that was listed."""
        return os.path.join(self.root, *path.split("/"))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file that was listed; None, after a trouble, if that cannot be."""
        if self.size(path) > LIMIT_BYTES:
            self.trouble(path, f"it is longer than {LIMIT_BYTES:,} bytes")
            return None
        try:
            with open(self.real(path), "rb") as file:
                return file.read(LIMIT_BYTES)
        except OSError as error:
            self.trouble(path, error.strerror or str(error))
            return None

    def text(self, path: str) -> str | None:
        """Return a file as text, with a sign in place of what is not UTF-8."""
        source = self.read(path)
        return None if source is None else source.decode("utf-8-sig", "replace")

    # -- to list -----------------------------------------------------------------------------------

    def _list(self, names: list[str], here: str, depth: int) -> None:
        below = []
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = f"{here}/{name}" if here else name
            if self._count >= LIMIT_ENTRIES:
                self.trouble(here or ".", f"only {LIMIT_ENTRIES:,} files and folders are listed")
                return
            self._count += 1
            if self._is_folder(path, name):
                below.append(path)
        for path in below:
            if depth >= LIMIT_DEPTH:
                self.trouble(path, f"it is more than {LIMIT_DEPTH} folders deep")
                continue
            try:
                inside = os.listdir(self.real(path))
            except OSError as error:
                self.trouble(path, error.strerror or str(error))
                continue
            self._list(inside, path, depth + 1)
            if self._count >= LIMIT_ENTRIES:
                return

    def _is_folder(self, path: str, name: str) -> bool:
        """Note a file; tell of what is neither a file nor a folder, or must not be looked at."""
        if not name.isprintable():
            self.trouble(path, "its name cannot be written in a manifest")
            return False
        real = self.real(path)
        try:
            link = os.path.islink(real)
            if link and not os.path.realpath(real).startswith(self._real):
                self.trouble(path, "the link leads out of the folder")
                return False
            status = os.stat(real)
        except OSError as error:
            self.trouble(path, error.strerror or str(error))
            return False
        if stat.S_ISDIR(status.st_mode):
            if link:
                self.trouble(path, "it is a link to a folder, which is listed where it is")
            return not link
        if stat.S_ISREG(status.st_mode):
            self._sizes[path] = status.st_size
        else:
            self.trouble(path, "it is no ordinary file")
        return False
