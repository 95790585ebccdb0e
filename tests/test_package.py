"""What is published: the wheel that is installed, and the archive that it is built from."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both archives in a folder of their own."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(
        (sys.executable, "-m", "hatchling", "build", "--directory", folder), cwd=ROOT, check=True
    )
    return folder


def files(folder: str, pattern: str) -> dict[str, bytes]:
    """Return the files of the checkout below `folder`, by their path."""
    found = (each for each in (ROOT / folder).rglob(pattern) if each.is_file())
    paths = {each.relative_to(ROOT).as_posix(): each for each in found}
    return {name: path.read_bytes() for name, path in paths.items() if "__pycache__" not in name}


def test_the_wheel_holds_the_package_and_the_published_schema_and_nothing_else(built: Path) -> None:
    (path,) = built.glob("*.whl")
    with ZipFile(path) as wheel:
        held = {name: wheel.read(name) for name in wheel.namelist() if ".dist-info/" not in name}
    schema = {f"aimanifest/{name}": text for name, text in files("schema", "*.json").items()}
    assert len(schema) > 5
    assert held == files("aimanifest", "*") | schema


def test_the_source_archive_holds_all_that_is_committed(built: Path) -> None:
    done = subprocess.run(
        ("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        pytest.skip("this is not a checkout")
    committed = {name for name in done.stdout.split("\0") if name and (ROOT / name).exists()}
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert committed <= held
