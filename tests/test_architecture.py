"""Who may import whom, and who may speak: the drawing below is the test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "aimanifest"

DRAWING = """\
    cli
    overviews   editors     drafting    upkeep
    validation  renderers   converters  reference  catalogue  steps  policy  integrity  summary
    report      frameworks  evidence
    training_content
    system
    schemas     manifest
    document    licenses    marks
    rules       markup
    findings    terminal    placeholders  headers
    data
"""

ROWS = {name: row for row, line in enumerate(DRAWING.splitlines()) for name in line.split()}

# What only one module may know, so that it can be changed, or its cost avoided, in one place.
KNOWN_TO = {
    "click": {"cli"},
    "sys": {"cli"},
    "yaml": {"document"},
    "jsonschema": {"schemas"},
    "jsonschema_rs": {"schemas"},
    "referencing": {"schemas"},
}

# Slow to import, and paid by every commit that runs the hook.
TOO_SLOW = {"dataclasses", "importlib.metadata", "importlib.resources", "logging"}

# Each of these names hides a noun that was not found yet.
NO_NOUN = {"base", "common", "constants", "helpers", "misc", "types", "utils"}

FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = [path for path in FILES if path.parent != PACKAGE or not path.stem.startswith("__")]


def layer(path: Path) -> str:
    """Name the module, or the folder of modules, that `path` is of."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Give the dotted name of all that is imported in `path`, inside functions too."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import"
            assert node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def within(name: str, package: str) -> bool:
    """Tell whether the dotted name is `package` or something in it."""
    return name == package or name.startswith(f"{package}.")


def names(node: ast.expr) -> Iterator[str]:
    """Give every plain name in an expression."""
    yield from (each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_every_module_has_a_place_in_the_drawing() -> None:
    assert {layer(path) for path in MODULES} <= set(ROWS)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_lower_rows(path: Path) -> None:
    own = layer(path)
    used = {
        each.removeprefix("aimanifest.").split(".")[0]
        for each in imports(path)
        if within(each, "aimanifest")
    }
    allowed = {name for name, row in ROWS.items() if row > ROWS[own]} | {own, "__version__"}
    assert used <= allowed


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_one_module_knows_no_other_imports(path: Path) -> None:
    strangers = {
        package
        for each in imports(path)
        for package, known_to in KNOWN_TO.items()
        if within(each, package) and layer(path) not in known_to
    }
    assert not strangers


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_slow_is_imported(path: Path) -> None:
    assert not {each for each in imports(path) for slow in TOO_SLOW if within(each, slow)}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_command_prints(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)]
    speaking = {
        node.lineno
        for node in calls
        if isinstance(node.func, ast.Name) and node.func.id in {"print", "input", "breakpoint"}
    }
    assert layer(path) == "cli" or not speaking


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_handler_catches_everything(path: Path) -> None:
    assert not {
        node.lineno
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & set(names(node.type)))
    }


def test_every_module_is_named_after_a_noun() -> None:
    assert not {path.stem for path in FILES} & NO_NOUN


def test_contributing_shows_the_drawing() -> None:
    assert f"```text\n{DRAWING}```\n" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
