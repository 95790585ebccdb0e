"""The way from one version of the format to another, tried with versions that never were."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aimanifest.cli import aimanifest
from aimanifest.document import Document, read
from aimanifest.document.editing import Drop, Edit, Put, Rename, Uneditable
from aimanifest.schemas import FORMAT
from aimanifest.upkeep import migration
from aimanifest.upkeep.migration import STEPS, Step, migrated, nothing
from aimanifest.validation import validate


def parts_become_components(document: Document) -> Iterator[Edit]:
    """0.8 had `parts`, a place as `url`, and words for access that nobody uses any more."""
    yield Rename(("parts",), "components")
    for id, part in document.data["parts"].items():
        if "url" in part:
            yield Rename(("components", id, "url"), "location")
        if part.get("access") == "login":
            yield Put(("components", id, "availability"), "gated", ("location",))
        if "access" in part:
            yield Drop(("components", id, "access"))


def the_publisher_gets_a_name(document: Document) -> Iterator[Edit]:
    """0.9 had the name of the publisher alone."""
    yield Put(("release", "publisher"), {"name": document.data["release"]["publisher"]})


EARLIER = (
    Step("0.8", "0.9", parts_become_components, "`parts` are `components` now."),
    Step("0.9", "0.9.1", nothing),
    Step("0.9.1", "1.0", the_publisher_gets_a_name, "A publisher has a name and an address."),
)

BEFORE = """\
# header
aimanifest: 0.8   # the draft
release:
  name: Tern
  publisher: Example Lab  # of Example Town
parts:
  # the parameters
  weights:   # w
    url: https://models.example.org/tern   # here
    license: MIT
    access: login
  training-code: {license: MIT, url: "https://code.example.org", access: anyone}
"""

AFTER = """\
# header
aimanifest: "1.0"   # the draft
release:
  name: Tern
  publisher:  # of Example Town
    name: Example Lab
components:
  # the parameters
  weights:   # w
    location: https://models.example.org/tern   # here
    availability: gated
    license: MIT
  training-code: {license: MIT, location: "https://code.example.org"}
"""


def test_a_manifest_goes_all_the_way() -> None:
    result = migrated(BEFORE.encode(), EARLIER)
    assert read(result.source).data == read(AFTER.encode()).data
    assert [each.since for each in result.steps] == ["0.8", "0.9", "0.9.1"]
    assert not validate(result.source, require=()).problems
    for comment in ("# header", "# the draft", "# the parameters", "# w", "# here"):
        assert comment in result.source.decode()


def test_it_goes_on_from_where_it_is() -> None:
    source = BEFORE.replace("0.8", "'0.9'").replace("parts:", "components:").encode()
    assert [each.since for each in migrated(source, EARLIER).steps] == ["0.9", "0.9.1"]


def test_line_ends_stay() -> None:
    result = migrated(BEFORE.replace("\n", "\r\n").encode(), EARLIER)
    assert result.source.count(b"\r\n") == result.source.count(b"\n")


@pytest.mark.parametrize("version", ['"1.0"', "1.0", "1", "'1.0.0'"])
def test_this_version_stays_as_it_is(version: str) -> None:
    source = f"aimanifest: {version}  # c\r\nrelease: {{ name: x }}\n".encode()
    for steps in (STEPS, EARLIER):
        assert migrated(source, steps) == (source, ())


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('aimanifest: "1.1"', "newer"),
        ("aimanifest: 2", "newer"),
        ("aimanifest: 10.0", "newer"),
        ("aimanifest: 0.7", "no way to 1.0"),
        ("aimanifest: draft", "no version"),
        ("aimanifest: '1.0.x'", "no version"),
        ("aimanifest: {a: 1}", "no version"),
        ("release: {}\ncomponents: {}", "no version"),
        ("aimanifest: [", "cannot be read"),
        ("aimanifest: '0.8'\nparts: {}\nparts: {}", "cannot be read"),
        ("name: x", "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_what_it_does_not_know_it_leaves_alone(source: str, why: str) -> None:
    with pytest.raises(Uneditable, match=why):
        migrated(source.encode(), EARLIER)


def test_a_step_that_does_not_fit_changes_nothing() -> None:
    def missing(_: Document) -> Iterator[Edit]:
        yield Put(("release", "name"), "changed")
        yield Drop(("nowhere",))

    with pytest.raises(Uneditable):
        migrated(BEFORE.encode(), (Step("0.8", "1.0", missing),))


def test_steps_follow_one_another() -> None:
    with pytest.raises(ValueError, match="begin where"):
        migrated(BEFORE.encode(), (EARLIER[0], EARLIER[2]))
    migrated(f'aimanifest: "{FORMAT}"'.encode())  # and so do those that are shipped
    assert not STEPS or STEPS[-1].to == FORMAT


# -- the command -----------------------------------------------------------------------------------


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(aimanifest, ["migrate", *arguments], input=given)


class TestCommand:
    def test_migrates(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(migration, "STEPS", EARLIER)
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes(BEFORE.encode())
        assert run("--check", str(tmp_path)).exit_code == 1
        assert run("--diff", str(tmp_path)).exit_code == 1
        assert path.read_bytes() == BEFORE.encode()
        result = run(str(tmp_path))
        assert result.exit_code == 0
        assert "from 0.8 to 0.9: `parts` are `components` now." in result.stdout
        assert read(path.read_bytes()).data == read(AFTER.encode()).data
        assert run("--check", str(tmp_path)).exit_code == 0

    def test_of_this_version_nothing_is_said(self) -> None:
        source = b'aimanifest: "1.0"\n'
        result = run("-", given=source)
        assert (result.exit_code, result.stdout, result.stderr) == (0, source.decode(), "")

    def test_a_newer_one_is_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes(b'aimanifest: "1.1"\n')
        result = run(str(path))
        assert result.exit_code == 3
        assert "newer than this program" in result.stderr
        assert path.read_bytes() == b'aimanifest: "1.1"\n'
