"""The documentation: its commands are run, its links lead somewhere, and the site is built."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GENERATED = ("licenses.md", "frameworks.md", "policies.md")
"""Pages that other tests write."""

PAGES = sorted(each for each in DOCS.rglob("*.md") if each.name not in GENERATED)
InStep = Callable[..., None]
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.DOTALL | re.MULTILINE)
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda each: each.stem)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand where a reader would: beside the examples, and with a few manifests."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    manifests = tmp_path / "manifests" / "tern"
    manifests.mkdir(parents=True)
    shutil.copy(ROOT / "examples" / "minimal.yaml", manifests / "ai-manifest.yaml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    return tmp_path


def said(command: str) -> str:
    """Run one `aimanifest …`, with its output to a file where it says so; return what it says."""
    words, _, target = command.partition(" > ")
    name, *arguments = shlex.split(words)
    if name == "cd":
        os.chdir(arguments[0])
        return ""
    if name != "aimanifest":
        done = subprocess.run(
            ("bash", "-c", command), capture_output=True, encoding="utf-8", check=True
        )
        return done.stdout
    done = subprocess.run(
        (sys.executable, "-m", "aimanifest", *arguments),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout, done.stdout
    assert done.returncode in (0, 1), (command, done.stdout)
    if target:
        Path(target).write_text(done.stdout, encoding="utf-8")
        return ""
    return done.stdout


def again(block: str) -> str:
    """Run each command of a block, and show what it says now."""
    commands = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
    assert commands
    told = ((each, said(each).rstrip()) for each in commands)
    return "".join(
        f"$ {command}\n{answer}\n" if answer else f"$ {command}\n" for command, answer in told
    )


@each_page
@pytest.mark.usefixtures("folder")
def test_every_command_answers_as_shown(page: Path, in_step: InStep) -> None:
    """Blocks are run in their order; a block with a title is the file of that name."""

    def redone(fence: re.Match[str]) -> str:
        language, title, body = fence[1], fence[2], fence[3]
        if title:
            path = Path(title)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        if language != "console":
            return fence[0]
        return f"```console\n{again(body)}```"

    text = page.read_text(encoding="utf-8")
    in_step(page, FENCE.sub(redone, text))


@each_page
def test_every_command_is_shown_in_a_block_that_is_run(page: Path) -> None:
    for language, _, body in FENCE.findall(page.read_text(encoding="utf-8")):
        if language not in ("console", "yaml", "json", "lua", "toml", "python", "pycon", "text"):
            pytest.fail(f"a block of {language}")
        lines = [each for each in body.splitlines() if re.match(r"(\$ )?aimanifest ", each)]
        assert language == "console" or not lines, lines


@each_page
def test_every_manifest_that_is_shown_whole_is_right(page: Path) -> None:
    from aimanifest import validate  # noqa: PLC0415  most pages show none

    for language, _, body in FENCE.findall(page.read_text(encoding="utf-8")):
        if language == "yaml" and body.startswith("aimanifest:"):
            assert not validate(body.encode()).problems


def navigation(entries: object) -> Iterator[str]:
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, dict):
        for each in entries.values():
            yield from navigation(each)
    elif isinstance(entries, list):
        for each in entries:
            yield from navigation(each)


def test_every_page_is_in_the_navigation() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = set(navigation(config["nav"]))
    written = {each.relative_to(DOCS).as_posix() for each in DOCS.rglob("*.md")}
    assert written == {each for each in listed if not each.startswith("reference/")}


def test_the_site_is_built_and_every_link_in_it_leads_somewhere(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="mkdocs-material builds the site")
    done = subprocess.run(
        (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(PAGES)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r'(?:src|href)="https?://(?:fonts|cdn|unpkg)', text), page
