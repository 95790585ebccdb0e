"""What every test may ask for: above all, generated files that stay in step with their source."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

# The same examples each time: a change is judged by what it changes, not by the luck of the draw.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

ROOT = Path(__file__).parent.parent
UPDATE = "run `pytest --update` and look at the difference"

InStep = Callable[..., None]


class Marks(NamedTuple):
    """The two comment lines between which a part of a Markdown file is generated."""

    begin: str
    end: str

    @classmethod
    def named(cls, name: str) -> Marks:
        """Give the marks of the part called `name`."""
        return cls(f"<!-- generated: {name} -->\n", f"<!-- end: {name} -->\n")

    def split(self, text: str) -> tuple[str, str, str]:
        """Cut `text` into what precedes the part, the part, and what follows it."""
        pattern = f"(?s)\\A(.*^{re.escape(self.begin)})(.*)(^{re.escape(self.end)}.*)\\Z"
        match = re.match(pattern, text, re.MULTILINE)
        assert match, f"the marks {self.begin!r} and {self.end!r} are missing"
        before, part, after = match.groups()
        return before, part, after


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update, with which the tests write what they otherwise compare."""
    parser.addoption(
        "--update",
        action="store_true",
        help="write generated files and parts of files instead of comparing them",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Write generated files one after the other: two processes would undo each other's parts."""
    if config.getoption("--update"):
        config.option.numprocesses = 0


@pytest.fixture
def in_step(request: pytest.FixtureRequest) -> InStep:
    """Hold a file, or its part between marks, equal to what generates it; --update writes it.

    Call it as `in_step(path, text)` for a whole file, and as `in_step(path, text, part="name")`
    for what stands between `<!-- generated: name -->` and `<!-- end: name -->`. `text` is str,
    or bytes for a file that is not UTF-8 with LF line ends.
    """
    update = bool(request.config.getoption("--update"))

    def hold(path: Path, text: str | bytes, *, part: str = "") -> None:
        if part:
            assert isinstance(text, str)
            old = path.read_bytes().decode()
            before, _, after = Marks.named(part).split(old)
            text = f"{before}{text.strip()}\n{after}"
        expected = text.encode() if isinstance(text, str) else text
        if update:
            if not path.exists() or path.read_bytes() != expected:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(expected)
            return
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        assert path.exists(), f"{name} is not written yet: {UPDATE}"
        found = path.read_bytes()
        if isinstance(text, str):
            assert found.decode() == text, f"{name} is out of step with its source: {UPDATE}"
        assert found == expected, f"{name} is out of step with its source: {UPDATE}"

    return hold


@pytest.fixture(autouse=True)
def _quiet_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make output depend on the test alone: no colour, no width, no git state from outside."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
