"""The Git repository that the folder is: its remote and its commit, out of its files.

Nothing is run, and a repository elsewhere, to which a file `.git` may point, is not looked at.
The forms are those of https://git-scm.com/docs/gitrepository-layout and git-config.
"""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder

LIMIT_BYTES = 1024 * 1024
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REFERENCE = re.compile(r"refs/[\w./+@-]+")
_HOSTS = {"huggingface.co": "huggingface", "hf.co": "huggingface", "github.com": "github",
          "bitbucket.org": "bitbucket"}  # fmt: skip
"""The hosts of which there is a type of package URL."""


def read(folder: Folder, evidence: Evidence) -> None:
    """Note where the folder was cloned from, and which commit it is at."""
    path = os.path.join(folder.root, ".git")
    if os.path.islink(path) or not os.path.exists(path):
        return
    if not os.path.isdir(path):
        folder.trouble(".git", "it points to a repository elsewhere, which is not looked at")
        return
    url = _remote(_text(folder, "config"))
    commit = _commit(folder)
    if not url:
        return
    host = urlsplit(url).hostname or ""
    owner_and_name = urlsplit(url).path.strip("/")
    type = _HOSTS.get(host.removeprefix("www."), "")
    found = ".git/config, remote"
    if type and re.fullmatch(r"[\w.-]+/[\w.-]+", owner_and_name):
        known = owner_and_name if type == "huggingface" else owner_and_name.lower()
        identifier = f"pkg:{type}/{known}"
        if commit:
            identifier += f"@{commit}"
            found += " and commit"
        evidence.tell(
            *("release", "identifiers", identifier), value=identifier, found=found,
            form="identifier",
        )  # fmt: skip
        evidence.tell(
            *("release", "publisher", "name"),
            value=owner_and_name.partition("/")[0],
            found=".git/config, remote",
            guess="so the owner of the repository is called there",
        )
        evidence.tell(
            *("release", "name"),
            value=owner_and_name.partition("/")[2],
            found=".git/config, remote",
            guess="so the repository is called",
        )
    evidence.tell(
        *("release", "homepage"), value=url, found=".git/config, remote", form="url",
        guess="the repository that the folder was cloned from",
    )  # fmt: skip


def _text(folder: Folder, *steps: str) -> str:
    """Read a file of the repository, which must be one, and inside it."""
    path = os.path.join(folder.root, ".git", *steps)
    home = os.path.join(os.path.realpath(os.path.join(folder.root, ".git")), "")
    if not os.path.isfile(path) or not os.path.realpath(path).startswith(home):
        return ""
    try:
        with open(path, "rb") as file:
            return file.read(LIMIT_BYTES).decode("utf-8", "replace")
    except OSError as error:
        folder.trouble("/".join((".git", *steps)), error.strerror or str(error))
        return ""


def _remote(config: str) -> str:
    """Return the address of the remote `origin`, as a browser has it, without a password in it."""
    section, url = "", ""
    for line in map(str.strip, config.splitlines()):
        if line.startswith("["):
            section = line
        elif section.replace(" ", "") == '[remote"origin"]' and not url:
            key, _, value = line.partition("=")
            url = value.strip().strip('"') if key.strip().lower() == "url" else ""
    if ssh := re.fullmatch(r"(?:ssh://)?git@([\w.-]+)[:/](?:[0-9]+/)?([\w./-]+)", url):
        url = f"https://{ssh[1]}/{ssh[2]}"
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("https", "http") or not parts.hostname:
        return ""
    return f"https://{parts.hostname}{port}{parts.path.removesuffix('/').removesuffix('.git')}"


def _commit(folder: Folder) -> str:
    head = _text(folder, "HEAD").strip()
    if not head.startswith("ref: "):
        return head if _COMMIT.fullmatch(head) else ""
    name = head.removeprefix("ref: ").strip()
    if not _REFERENCE.fullmatch(name) or ".." in name:
        return ""
    commit = _text(folder, *name.split("/")).strip()
    if not commit:
        packed = (line.split() for line in _text(folder, "packed-refs").splitlines())
        commit = next((each[0] for each in packed if each[1:] == [name]), "")
    return commit if _COMMIT.fullmatch(commit) else ""
