"""README.md shows what really happens: its manifest, its commands, its Python."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
InStep = Callable[..., None]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    """Return what stands in the fences of one language."""
    return [body for name, body in FENCE.findall(TEXT) if name == language]


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder that holds the manifest README.md shows, and the examples."""
    (manifest,) = (block for block in blocks("yaml") if block.startswith("aimanifest:"))
    (tmp_path / "ai-manifest.yaml").write_text(manifest, encoding="utf-8")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(command: str) -> str:
    """Run one `aimanifest …` and return what it says."""
    name, *arguments = shlex.split(command)
    assert name == "aimanifest"
    done = subprocess.run(
        (sys.executable, "-m", "aimanifest", *arguments),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout, done.stdout
    return done.stdout


def redone(language: str, redo: Callable[[str], str]) -> str:
    """Return README.md with each fence of one language written anew by `redo`."""
    shown = README.read_text(encoding="utf-8")
    assert f"```{language}\n" in shown
    return FENCE.sub(
        lambda fence: f"```{language}\n{redo(fence[2])}```" if fence[1] == language else fence[0],
        shown,
    )


def commands_again(block: str) -> str:
    """Run each command of a block, and show what it says now."""
    commands = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
    assert commands
    return "\n".join(f"$ {each}\n{answer(each).rstrip()}\n" for each in commands)


def session_again(block: str) -> str:
    """Run each statement of a block, and show what it prints now."""
    examples = doctest.DocTestParser().get_examples(block)
    assert examples
    names: dict[str, object] = {}
    lines = []
    for each in examples:
        with redirect_stdout(StringIO()) as printed:
            exec(compile(each.source, "README.md", "single"), names)  # noqa: S102  # it is our page
        first, *rest = each.source.splitlines()
        lines += [f">>> {first}\n", *(f"... {line}\n" for line in rest), printed.getvalue()]
    return "".join(lines)


@pytest.mark.usefixtures("release")
def test_each_command_answers_as_shown(in_step: InStep) -> None:
    in_step(README, redone("console", commands_again))


@pytest.mark.usefixtures("release")
def test_the_python_session_is_real(in_step: InStep) -> None:
    in_step(README, redone("pycon", session_again))


def test_the_manifest_is_ten_lines() -> None:
    (manifest,) = (block for block in blocks("yaml") if block.startswith("aimanifest:"))
    assert len(manifest.splitlines()) == 10


def test_ci_runs_the_very_commands() -> None:
    commands = [line for block in blocks("sh") for line in block.splitlines()]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert len(commands) == 2
    assert [line for line in ci if line in commands] == commands


def test_it_names_every_command_and_no_other() -> None:
    rows = re.findall(r"^\| (`aimanifest .+?) \|", TEXT, re.MULTILINE)
    named = {each for row in rows for each in re.findall(r"`(?:aimanifest )?([a-z-]+)`", row)}
    found = (ROOT / "aimanifest" / "cli" / "commands").glob("[a-z]*.py")
    assert named == {each.stem.replace("_", "-") for each in found}


def test_the_hooks_it_names_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    ids = {each["id"] for each in hooks}
    assert set(re.findall(r"`(aimanifest(?:-\w+)?)` asks", TEXT)) == ids


def test_the_exit_codes_are_those_the_command_gives() -> None:
    told = re.findall(r"^    (\d)  (.+)$", answer("aimanifest validate --help"), re.MULTILINE)
    assert re.findall(r"^\| (\d) \| (.+) \|$", TEXT, re.MULTILINE) == told
    assert len(told) == 5


def test_it_names_the_python_that_the_package_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = project["requires-python"].removeprefix(">=")
    assert f"Python {least} or later" in TEXT


def test_every_link_inside_the_project_leads_somewhere() -> None:
    for page in sorted(ROOT.glob("*.md")):
        targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        missing = [each for each in targets if not (ROOT / each).exists()]
        assert not missing, page.name
