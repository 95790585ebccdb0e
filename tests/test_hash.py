"""Digests: of which files, by which paths, how they are remembered, and how they are written."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from aimanifest import cli
from aimanifest.integrity import digests as module
from aimanifest.integrity import paths
from aimanifest.integrity.digests import Cache, Digest, as_list, cache_path, digests, listed
from aimanifest.integrity.paths import Absent, Refusal, Refused, Tree, files, inside
from aimanifest.validation import load

REACHED, FINDINGS, USAGE, UNREAD, FAILURE = range(5)

HEAD = """\
aimanifest: "1.0"   # the version of the format
release:
  name: Tern
  publisher: {name: Example Lab}
components:
"""
MANIFEST = f"{HEAD}  weights: {{license: Apache-2.0, path: model/}}   # all of them\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the empty folder of a release, with a cache that is nobody's."""
    release = tmp_path / "release"
    release.mkdir()
    monkeypatch.chdir(release)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return release


def write(name: str, content: str | bytes = "") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def run(*arguments: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(cli.aimanifest, ["hash", *arguments])


def sha256(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def checksums(component: str = "weights", manifest: str = "ai-manifest.yaml") -> dict[str, str]:
    return dict(load(manifest).components[component].checksums)


def age(path: Path, seconds: float = 60) -> None:
    """Let a file look as if it had been written a while ago."""
    then = time.time() - seconds
    os.utime(path, (then, then))


# -- paths -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "",
        " model",
        "/etc/passwd",
        "//server/share",
        "~/secret",
        "C:/windows",
        "C:\\windows",
        "c:model",
        "..",
        "../secret",
        "model/../../secret",
        "model/..",
        "..\\secret",
        "model\\..\\..\\secret",
        "\\\\server\\share",
        "\\\\?\\C:\\secret",
        "model.bin:hidden",
        "model.bin::$DATA",
        "model/NUL",
        "con",
        "COM1.txt",
        "com\xb9.txt",
        "aux .bin",
        "CONIN$",
        "model./x",
        "model /x",
        "model/x.",
        "...",
        "x\0y",
        "x\ny",
        "x\x7f",
        "x\ud800",
    ],
)
def test_what_is_no_path_of_a_release_is_refused(path: str) -> None:
    write("secret")
    assert isinstance(inside(".", path), Refused)
    with pytest.raises(Refusal):
        Tree(".").open(path)


@pytest.mark.parametrize("path", ["model.bin", "./model.bin", "a//b", "a/./b", "ä/ö", "a b", ".x"])
def test_other_paths_are_followed(path: str, folder: Path) -> None:
    write(path, "here")
    assert inside(".", path) == os.path.realpath(folder / path)
    with Tree(".").open(path) as file:
        assert file.read() == b"here"


@pytest.mark.parametrize("link", ["file", "folder"])
def test_a_link_out_of_the_release_is_not_followed(link: str, folder: Path) -> None:
    secret = folder.parent / "secret"
    secret.mkdir()
    (secret / "key").write_text("hunter2", encoding="utf-8")
    if link == "file":
        Path("key").symlink_to("../secret/key")
    else:
        Path("within").symlink_to(secret)
    path = "key" if link == "file" else "within/key"
    assert inside(".", path) == Refused("a link leads out of the release")
    with pytest.raises(Refusal):
        Tree(".").open(path)


def test_a_folder_whose_name_only_begins_alike_is_outside(folder: Path) -> None:
    beside = folder.parent / "release-2"
    beside.mkdir()
    (beside / "key").touch()
    Path("link").symlink_to(beside / "key")
    assert isinstance(inside(".", "link"), Refused)


def test_a_link_within_the_release_is_followed() -> None:
    write("blobs/abc", "weights")
    Path("model.bin").symlink_to("blobs/abc")
    with Tree(".").open("model.bin") as file:
        assert file.read() == b"weights"


def test_a_link_to_itself_leads_nowhere() -> None:
    Path("loop").symlink_to("loop")
    with pytest.raises(OSError, match="link"):
        Tree(".").open("loop")
    assert list(files(".")) == []


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_put_there_after_the_look_is_not_followed(
    what: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who can write to the folder swaps it while it is looked at."""
    write("model/key", "weights")
    secret = folder.parent / "secret"
    secret.mkdir()
    (secret / "key").write_text("hunter2", encoding="utf-8")
    look = Tree.find

    def find(tree: Tree, path: str) -> str | Refused:
        found = look(tree, path)
        if what == "file":
            Path("model/key").unlink()
            Path("model/key").symlink_to(secret / "key")
        else:
            shutil.rmtree("model")
            Path("model").symlink_to(secret)
        return found

    monkeypatch.setattr(Tree, "find", find)
    with pytest.raises(OSError, match=r"link|no such file|directory"):
        Tree(".").open("model/key")


@pytest.mark.parametrize("swapped", [False, True])
def test_where_folders_have_no_numbers_the_file_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *, swapped: bool
) -> None:
    """On Windows nothing can be opened relative to an open folder."""
    write("key", "weights")
    (folder.parent / "secret").write_text("hunter2", encoding="utf-8")
    real = os.path.realpath("key")
    if swapped:
        Path("key").unlink()
        Path("key").symlink_to("../secret")
        with pytest.raises(OSError, match="link"):
            paths._opened_by_name(real)  # noqa: SLF001  the other way is the one taken here
    else:
        monkeypatch.setattr(os, "supports_dir_fd", set())
        with Tree(".").open("key") as file:
            assert file.read() == b"weights"


def test_other_capitals_are_another_path() -> None:
    write("Model/Weights.bin")
    for path in ("model/Weights.bin", "Model/weights.bin", "./MODEL/Weights.bin"):
        refused = inside(".", path)
        assert isinstance(refused, Refused)
        assert "spelling counts" in refused.reason
    assert not isinstance(inside(".", "Model/Weights.bin"), Refused)


def test_another_normal_form_of_the_same_letters_is_another_path() -> None:
    write("mo\u0308del.bin")
    assert isinstance(inside(".", "m\xf6del.bin"), Refused)


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "nothing", "below a file"])
def test_only_an_ordinary_file_is_opened(kind: str) -> None:
    path = "x"
    if kind == "pipe":
        os.mkfifo("x")  # to open one would wait for a writer
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("x")
    elif kind == "folder":
        Path("x").mkdir()
    elif kind == "below a file":
        write("x")
        path = "x/y"
    with pytest.raises(Absent):
        Tree(".").open(path)


def test_a_device_behind_a_link_is_not_opened() -> None:
    Path("x").symlink_to("/dev/zero")
    with pytest.raises(Refusal):
        Tree(".").open("x")


def test_files_come_in_one_order_without_what_is_hidden(folder: Path) -> None:
    for name in ("b/2", "b/10", "a", "C", ".git/config", "b/.cache", "ab/x"):
        write(name)
    Path("link").symlink_to("b")
    Path("gone").symlink_to("nowhere")
    os.mkfifo("pipe")
    assert list(files(str(folder))) == ["C", "a", "ab/x", "b/10", "b/2"]
    assert list(files(".", "b/")) == ["b/10", "b/2"]
    assert list(files(".", "./b")) == ["b/10", "b/2"]
    assert list(files(".", "a")) == ["a"]
    assert list(files(".", "none")) == []
    with pytest.raises(Refusal):
        list(files(".", "../release"))


def test_a_shut_folder_is_told_or_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/x")
    write("b/x")
    listing = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("a"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    shut: list[tuple[str, str]] = []
    found = list(Tree(".").files(unread=lambda path, reason: shut.append((path, reason))))
    assert found == ["b/x"]
    assert shut == [("a", "Permission denied")]
    with pytest.raises(PermissionError):
        list(Tree(".").files())


def test_very_many_files_are_looked_through_quickly() -> None:
    """A folder is listed once, and not once for each file in it."""
    Path("many").mkdir()
    for index in range(3000):
        Path(f"many/{index}").touch()
    calls: list[str] = []
    tree = Tree(".")
    tree._names = _Counted(calls)  # noqa: SLF001
    found = list(tree.files("many"))
    assert not any(isinstance(tree.find(each), Refused) for each in found)
    assert len(found) == 3000
    assert len(calls) == 2  # the root, and the folder


class _Counted(dict[str, frozenset[str]]):
    def __init__(self, calls: list[str]) -> None:
        super().__init__()
        self._calls = calls

    def __setitem__(self, key: str, value: frozenset[str]) -> None:
        self._calls.append(key)
        super().__setitem__(key, value)


# -- digests ---------------------------------------------------------------------------------------


def test_digests_come_in_the_order_of_the_paths() -> None:
    names = [f"f{index}" for index in range(50)]
    for index, name in enumerate(names):
        write(name, name * (50 - index) * 100)
    found = list(digests(Tree("."), names, workers=4))
    assert found == [
        Digest(name, sha256(Path(name).read_bytes()), Path(name).stat().st_size) for name in names
    ]


def test_progress_counts_every_byte() -> None:
    for name in "abcdef":
        write(name, name * 700_000)
    told: list[int] = []
    list(digests(Tree("."), "abcdef", progress=told.append, workers=3))
    assert sum(told) == 6 * 700_000


def test_what_has_no_digest_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    write("shut")
    opened = paths._opened  # noqa: SLF001

    def refuse(root: str, parts: list[str]) -> int:
        if parts == ["shut"]:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(root, parts)

    monkeypatch.setattr(paths, "_opened", refuse)
    gone, up, shut = digests(Tree("."), ["gone", "../up", "shut"])
    assert (gone.fault, up.fault, shut.fault) == ("missing", "refused", "unread")
    assert shut.problem == "Permission denied"


def test_a_file_that_grows_while_it_is_read_has_no_digest() -> None:
    path = write("log", "x" * 1000)

    def progress(_: int) -> None:
        with path.open("ab") as file:
            file.write(b"more" if path.stat().st_size < 2000 else b"")

    (found,) = digests(Tree("."), ["log"], progress=progress)
    assert found.problem == "it changed while it was read"
    assert not found.sha256


# -- the cache -------------------------------------------------------------------------------------


def taken(cache: Cache, path: str = "a") -> str:
    (found,) = digests(Tree("."), [path], cache=cache)
    return found.sha256


def remembering(path: Path) -> Cache:
    """Remember the digest of an old file, and load what is remembered."""
    age(path)
    where = os.path.join(os.path.dirname(cache_path()), "digests.json")
    cache = Cache(where)
    cache.put(str(path), path.stat(), sha256(path.read_bytes()))
    cache.save()
    return Cache(where)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a minute have passed."""
    now = time.time_ns
    monkeypatch.setattr(module, "time_ns", lambda: now() + 60 * 10**9)


@pytest.mark.usefixtures("later")
def test_what_did_not_change_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = remembering(write("a", "once"))

    def never(*_: object) -> None:
        pytest.fail("it was read")

    monkeypatch.setattr(hashlib, "file_digest", never)
    told: list[int] = []
    (found,) = digests(Tree("."), ["a"], cache=cache, progress=told.append)
    assert found == Digest("a", sha256("once"), 4)
    assert told == [4]


@pytest.mark.usefixtures("later")
def test_the_same_size_and_time_do_not_deceive() -> None:
    """`touch -r` and `cp -p` set the time of writing, but nobody sets that of the change."""
    path = write("a", "once")
    cache = remembering(path)
    before = path.stat()
    path.write_text("evil", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert taken(cache) == sha256("evil")


@pytest.mark.usefixtures("later")
def test_another_file_under_the_name_is_read() -> None:
    path = write("a", "once")
    cache = remembering(path)
    other = write("b", "evil")
    before = path.stat()
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert taken(cache) == sha256("evil")


def test_what_was_just_written_is_not_remembered() -> None:
    """It could be written again without its time moving on."""
    write("a", "once")
    where = cache_path()
    taken(Cache(where))
    assert json.loads(Path(where).read_text(encoding="utf-8")) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not JSON",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"PATH": 1}',
        b'{"PATH": [1, 2, 3]}',
        b'{"PATH": [[STAT], "not a digest"]}',
        b'{"PATH": [[STAT], 7]}',
        b'{"PATH": [[STAT], ["x"]]}',
        b'{"PATH": {"0": [STAT], "1": "x"}}',
    ],
)
def test_a_cache_that_lies_or_is_broken_is_not_believed(content: bytes) -> None:
    path = write("a", "once")
    status = path.stat()
    seen = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    content = content.replace(b"PATH", os.path.realpath(path).encode())
    content = content.replace(b"STAT", ", ".join(map(str, seen)).encode())
    assert taken(Cache(str(write("../cache.json", content)))) == sha256("once")


@pytest.mark.usefixtures("later")
def test_the_cache_forgets_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    names = [f"f{index}" for index in range(6)]
    for each in names:
        write(each, each)
    list(digests(Tree("."), names, cache=Cache(cache_path()), workers=1))
    kept = json.loads(Path(cache_path()).read_text(encoding="utf-8"))
    assert [os.path.basename(each) for each in kept] == names[-3:]


def test_a_cache_that_cannot_be_written_is_done_without(folder: Path) -> None:
    (folder.parent / "cache").write_text("a file in the place of the folder", encoding="utf-8")
    write("a", "once")
    assert taken(Cache(cache_path())) == sha256("once")


def test_no_unfinished_cache_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a", "once")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    taken(Cache(cache_path()))
    assert os.listdir(os.path.dirname(cache_path())) == []


@pytest.mark.usefixtures("later")
def test_what_was_interrupted_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before a failure, or a loss of power, is not read again."""
    monkeypatch.setattr(module, "SAVE_EVERY", 1)
    names = [f"f{index}" for index in range(4)]
    for each in names:
        write(each, each)
    some = digests(Tree("."), names, cache=Cache(cache_path()), workers=1)
    next(some)
    next(some)
    next(some)
    kept = set(json.loads(Path(cache_path()).read_text(encoding="utf-8")))
    assert {os.path.realpath(each) for each in names[:2]} <= kept
    some.close()  # type: ignore[attr-defined]


# -- lists -----------------------------------------------------------------------------------------

ZERO = "0" * 64


def test_what_sha256sum_writes_is_read() -> None:
    names = [
        "plain",
        "two  spaces",
        "*star",
        "back\\slash",
        "line\nend",
        "ret\rurn",
        "a\\nb",
        "\x85",
    ]
    for each in names:
        write(each, each)
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("there is no sha256sum")
    for options in ([], ["--binary"], ["--tag"]):
        written = subprocess.run([tool, *options, "--", *names], capture_output=True, check=True)
        found = [(each.path, each.sha256) for each in listed(written.stdout.decode())]
        assert found == [(each, sha256(each)) for each in names]


def test_sha256sum_reads_what_is_written() -> None:
    names = ["plain", "two  spaces", "back\\slash", "line\nend", "ret\rurn", "a\\nb", "\x85", "ä"]
    for each in names:
        write(each, each)
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("there is no sha256sum")
    text = as_list(digests(Tree("."), []))
    assert text == ""
    text = as_list(Digest(each, sha256(each), 0) for each in names)
    done = subprocess.run(
        [tool, "--check", "--strict"], input=text.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=5))
def test_a_list_gives_back_what_it_was_made_of(names: list[str]) -> None:
    names = [each for each in names if not each.startswith("./")]
    text = as_list(Digest(each, ZERO, 0) for each in names)
    assert [(each.path, each.sha256, each.problem) for each in listed(text)] == [
        (each, ZERO, "") for each in names
    ]


def test_a_list_from_windows_is_read() -> None:
    text = f"\ufeff# comment\r\n{ZERO} *a\r\n\r\n{ZERO.replace('0', 'A')}  ./b c\r\n"
    assert [(each.path, each.sha256) for each in listed(text)] == [("a", ZERO), ("b c", "a" * 64)]


@pytest.mark.parametrize(
    "line",
    ["nonsense", ZERO, f"{ZERO} ", f"{ZERO}  ", f"{ZERO} a", f"{ZERO[1:]}  a", f"g{ZERO[1:]}  a"],
)
def test_a_line_that_is_none_is_told(line: str) -> None:
    (found,) = listed(line)
    assert found.problem
    assert not found.path


# -- the command -----------------------------------------------------------------------------------


def test_digests_are_written_and_all_else_stays() -> None:
    write("ai-manifest.yaml", MANIFEST)
    write("model/a.bin", "A")
    write("model/sub/b.bin", "B")
    result = run()
    assert (result.exit_code, result.stdout) == (REACHED, "weights: 2 files, 2 bytes\n")
    assert checksums() == {"model/a.bin": sha256("A"), "model/sub/b.bin": sha256("B")}
    text = Path("ai-manifest.yaml").read_text(encoding="utf-8")
    assert "# all of them" in text
    assert "# the version of the format" in text
    again = run()
    assert again.exit_code == REACHED
    assert Path("ai-manifest.yaml").read_text(encoding="utf-8") == text


def test_check_writes_nothing() -> None:
    write("ai-manifest.yaml", MANIFEST)
    write("model/a.bin", "A")
    assert run("--check").exit_code == FINDINGS
    assert Path("ai-manifest.yaml").read_text(encoding="utf-8") == MANIFEST
    run()
    assert run("--check").exit_code == REACHED
    write("model/a.bin", "changed")
    assert run("--check", "--no-cache").exit_code == FINDINGS
    assert checksums() == {"model/a.bin": sha256("A")}


def test_many_files_have_a_list() -> None:
    write("ai-manifest.yaml", MANIFEST)
    for index in range(40):
        write(f"model/{index}.bin", str(index))
    assert "listed in model/SHA256SUMS" in run().stdout
    source = Path("model/SHA256SUMS").read_bytes()
    assert checksums() == {"model/SHA256SUMS": sha256(source)}
    assert {each.path: each.sha256 for each in listed(source.decode())} == {
        f"{index}.bin": sha256(str(index)) for index in range(40)
    }
    assert run("--check").exit_code == REACHED
    Path("model/SHA256SUMS").write_bytes(source[:-5])
    assert run("--check").exit_code == FINDINGS


def test_a_list_is_never_written_through_a_link(folder: Path) -> None:
    """Whoever made the release must not choose what is overwritten."""
    profile = folder.parent / "profile"
    profile.write_text("precious", encoding="utf-8")
    write("ai-manifest.yaml", MANIFEST)
    for index in range(40):
        write(f"model/{index}.bin", str(index))
    Path("model/SHA256SUMS").symlink_to(profile)
    result = run()
    assert result.exit_code == UNREAD
    assert "a link leads out of the release" in result.stdout
    assert profile.read_text(encoding="utf-8") == "precious"


def test_two_components_do_not_share_a_list() -> None:
    write(
        "ai-manifest.yaml",
        f"{HEAD}  weights: {{path: .}}\n  training-code: {{path: ./, license: MIT}}\n",
    )
    for index in range(40):
        write(f"{index}.bin", str(index))
    assert run().exit_code == REACHED
    assert checksums("weights") == checksums("training-code")  # the same files: the same list


def test_the_manifest_itself_has_no_digest_in_it() -> None:
    write("ai-manifest.yaml", f"{HEAD}  weights: {{path: .}}\n")
    write("model.bin", "A")
    write("model.sig", "{}")
    assert run().exit_code == REACHED
    assert checksums() == {"model.bin": sha256("A")}
    assert run("--check").exit_code == REACHED


def test_a_json_manifest_stays_one() -> None:
    data = {
        "aimanifest": "1.0",
        "release": {"name": "Tern", "publisher": {"name": "Example Lab"}},
        "components": {"weights": {"path": "model"}},
    }
    write("ai-manifest.json", json.dumps(data, indent=2) + "\n")
    write("model/a.bin", "A")
    assert run().exit_code == REACHED
    written = json.loads(Path("ai-manifest.json").read_text(encoding="utf-8"))
    assert written["components"]["weights"]["checksums"] == {"model/a.bin": sha256("A")}
    assert {**written["components"]["weights"], "checksums": None} == {
        "path": "model",
        "checksums": None,
    }


def test_line_ends_of_windows_stay() -> None:
    write("ai-manifest.yaml", MANIFEST.replace("\n", "\r\n"))
    write("model/a.bin", "A")
    assert run().exit_code == REACHED
    source = Path("ai-manifest.yaml").read_bytes()
    assert source.count(b"\n") == source.count(b"\r\n") > 5
    assert checksums() == {"model/a.bin": sha256("A")}


def test_what_is_elsewhere_keeps_its_digests() -> None:
    write(
        "ai-manifest.yaml",
        f"{HEAD}  weights:\n    location: https://example.org/tern\n    checksums:\n"
        f"      a.bin: '{ZERO}'\n      b.bin: '{ZERO}'\n      SHA256SUMS: '{ZERO}'\n",
    )
    write("a.bin", "A")
    assert run().exit_code == REACHED
    assert checksums() == {"a.bin": sha256("A"), "b.bin": ZERO, "SHA256SUMS": ZERO}


@pytest.mark.parametrize("path", ["../secret", "/etc/hostname", "link", "NUL", "c:x"])
def test_nothing_outside_is_read(path: str, folder: Path) -> None:
    (folder.parent / "secret").write_text("hunter2", encoding="utf-8")
    Path("link").symlink_to("../secret")
    source = f"{HEAD}  weights: {{path: {json.dumps(path)}}}\n"
    write("ai-manifest.yaml", source)
    result = run()
    assert result.exit_code == UNREAD
    assert Path("ai-manifest.yaml").read_text(encoding="utf-8") == source
    claimed = f"{HEAD}  weights: {{checksums: {{{json.dumps(path)}: '{ZERO}'}}}}\n"
    write("ai-manifest.yaml", claimed)
    run()
    assert sha256("hunter2") not in Path("ai-manifest.yaml").read_text(encoding="utf-8")


def test_a_link_among_the_files_leads_nowhere_else(folder: Path) -> None:
    (folder.parent / "secret").write_text("hunter2", encoding="utf-8")
    write("ai-manifest.yaml", MANIFEST)
    write("model/a.bin", "A")
    Path("model/b.bin").symlink_to("../../secret")
    result = run()
    assert result.exit_code == UNREAD
    assert "model/b.bin" in result.stdout
    assert sha256("hunter2") not in Path("ai-manifest.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [b"\xff.bin", b"a\nb.bin", b"aux.bin", b"a:b.bin", b"\\.bin"])
def test_a_name_that_no_manifest_can_hold_is_told(name: bytes) -> None:
    write("ai-manifest.yaml", MANIFEST)
    write("model/a.bin", "A")
    with open(b"model/" + name, "wb") as file:
        file.write(b"B")
    result = run()
    assert result.exit_code == UNREAD
    assert "weights: " in result.stdout
    assert "\nb.bin" not in result.stdout
    assert not checksums()


def test_one_component_in_trouble_does_not_keep_the_others() -> None:
    write(
        "ai-manifest.yaml",
        f"{HEAD}  weights: {{path: gone/}}\n  training-code: {{path: src/, license: MIT}}\n"
        "  model-card: {license: MIT}\n  technical-report: {path: empty/}\n",
    )
    write("src/a.py", "A")
    Path("empty").mkdir()
    result = run()
    assert result.exit_code == UNREAD
    assert result.stdout.splitlines() == [
        "weights: there is no 'gone/'",
        "training-code: 1 file, 1 byte",
        "model-card: it has no `path` that says which files are its own",
        "technical-report: there are no files in 'empty/'",
    ]
    assert checksums("training-code") == {"src/a.py": sha256("A")}


def test_only_some_components() -> None:
    write("ai-manifest.yaml", f"{HEAD}  weights: {{path: a}}\n  model-card: {{path: b}}\n")
    write("a", "A")
    write("b", "B")
    assert run("--component", "weights").exit_code == REACHED
    assert checksums("weights") == {"a": sha256("A")}
    assert not checksums("model-card")
    assert run("--component", "nothing").exit_code == USAGE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", UNREAD),
        ("not: a manifest", UNREAD),
        (MANIFEST.replace("license", "licence"), UNREAD),
    ],
)
def test_a_wrong_manifest_is_left_alone(content: str, code: int) -> None:
    write("ai-manifest.yaml", content)
    write("model/a.bin", "A")
    result = run()
    assert result.exit_code == code
    assert "aimanifest validate" in result.stderr
    assert Path("ai-manifest.yaml").read_text(encoding="utf-8") == content


def test_a_manifest_that_is_not_there() -> None:
    assert run("none.yaml").exit_code == UNREAD
    assert run(".").exit_code == USAGE


def test_an_edit_made_meanwhile_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes minutes, and the publisher goes on writing."""
    write("ai-manifest.yaml", MANIFEST)
    write("model/a.bin", "A")
    reckon: Callable[..., object] = hashlib.file_digest

    def meanwhile(*arguments: object) -> object:
        write("ai-manifest.yaml", MANIFEST + "  model-card: {license: MIT}\n")
        return reckon(*arguments)

    monkeypatch.setattr(hashlib, "file_digest", meanwhile)
    result = run()
    assert result.exit_code == FAILURE
    assert "changed meanwhile" in result.stderr
    assert "model-card" in Path("ai-manifest.yaml").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_to_keeps_what_is_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing half-written is left, and it is said why."""
    write("ai-manifest.yaml", MANIFEST)
    write("model/a.bin", "A")

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        result = run("--no-cache")
    assert result.exit_code == FAILURE
    assert "Read-only file system" in result.stderr
    assert sorted(os.listdir(".")) == ["ai-manifest.yaml", "model"]
    assert Path("ai-manifest.yaml").read_text(encoding="utf-8") == MANIFEST


def test_a_pipe_shows_no_progress() -> None:
    write("ai-manifest.yaml", MANIFEST)
    path = write("model/a.bin")
    os.truncate(path, 150_000_000)  # a hole: it takes no room
    result = run()
    assert result.stderr == ""
    assert result.stdout == "weights: 1 file, 150 MB\n"
