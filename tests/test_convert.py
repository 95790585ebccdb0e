"""`aimanifest convert`: where manifests and reports go, and what is never overwritten."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from aimanifest import schemas
from aimanifest.cli import aimanifest
from aimanifest.cli.console import FAILURE, REACHED, UNREAD, USAGE
from aimanifest.document import read

ROOT = Path(__file__).parent.parent
REPORT = Draft202012Validator(schemas.conversion())

PLOVER = """\
release:
  name: Plover
  producer: Example Lab
  contact: someone@lab.example.org
  components:
    - name: Model card
      license: apache 2.0
"""
HERON = PLOVER.replace("Plover", "Heron")


def run(*arguments: str | Path, stdin: str = "") -> Result:
    words = ["convert", "--from", "mof", *map(str, arguments)]
    return CliRunner().invoke(aimanifest, words, input=stdin)


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with two records, and one that is broken."""
    (tmp_path / "plover.yml").write_text(PLOVER, encoding="utf-8")
    (tmp_path / "heron.v2.yaml").write_text(HERON, encoding="utf-8")
    (tmp_path / "broken.yml").write_text("a: [b\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_writes_one_manifest_to_standard_output(records: Path) -> None:
    result = run(records / "plover.yml")
    assert result.exit_code == REACHED
    assert read(result.stdout.encode()).data["release"]["name"] == "Plover"
    assert "Not in the manifest" in result.stderr
    assert "line 4, /release/contact: `someone@lab.example.org`" in result.stderr
    assert "Guessed" in result.stderr


def test_reads_standard_input() -> None:
    result = run("-", stdin=PLOVER)
    assert result.exit_code == REACHED
    assert "name: Plover" in result.stdout
    assert result.stderr.startswith("<stdin>: ")


@pytest.mark.usefixtures("records")
def test_writes_each_manifest_into_a_folder() -> None:
    result = run("plover.yml", "heron.v2.yaml", "--output-dir", "new/manifests")
    assert result.exit_code == REACHED
    assert result.stdout == ""
    folder = Path("new/manifests")
    assert sorted(each.name for each in folder.iterdir()) == ["heron.v2.yaml", "plover.yaml"]
    assert "name: Heron" in (folder / "heron.v2.yaml").read_text(encoding="utf-8")
    assert f"plover.yml -> {folder / 'plover.yaml'}: " in result.stderr


@pytest.mark.usefixtures("records")
class TestWhatIsThere:
    def test_is_not_overwritten(self) -> None:
        Path("plover.yaml").write_text("mine", encoding="utf-8")
        result = run("heron.v2.yaml", "plover.yml", "--output-dir", "out")
        assert result.exit_code == REACHED
        Path("out/plover.yaml").write_text("mine", encoding="utf-8")
        Path("out/heron.v2.yaml").unlink()
        result = run("heron.v2.yaml", "plover.yml", "--output-dir", "out")
        assert result.exit_code == USAGE
        assert "--force" in result.stderr
        assert Path("out/plover.yaml").read_text(encoding="utf-8") == "mine"
        assert not Path("out/heron.v2.yaml").exists()

    def test_is_overwritten_by_force(self) -> None:
        Path("plover.yaml").write_text("mine", encoding="utf-8")
        assert run("plover.yml", "--output-dir", ".", "--force").exit_code == REACHED
        assert "name: Plover" in Path("plover.yaml").read_text(encoding="utf-8")

    def test_may_be_a_link_to_nowhere(self) -> None:
        Path("plover.yaml").symlink_to("elsewhere")
        assert run("plover.yml", "--output-dir", ".").exit_code == USAGE
        assert not Path("elsewhere").exists()

    def test_is_never_a_source_by_another_name(self) -> None:
        Path("plover.yaml").symlink_to("plover.yml")
        assert run("plover.yml", "--output-dir", ".", "--force").exit_code == USAGE
        assert Path("plover.yml").read_text(encoding="utf-8") == PLOVER

    def test_is_never_a_source(self) -> None:
        before = Path("heron.v2.yaml").read_bytes()
        result = run("heron.v2.yaml", "--output-dir", ".", "--force")
        assert result.exit_code == USAGE
        assert Path("heron.v2.yaml").read_bytes() == before

    def test_is_never_another_manifest_of_the_same_run(self) -> None:
        Path("other").mkdir()
        Path("other/plover.yml").write_text(HERON, encoding="utf-8")
        result = run("plover.yml", "other/plover.yml", "--output-dir", "out", "--force")
        assert result.exit_code == USAGE
        assert "would both become" in result.stderr
        assert not Path("out").exists()

    def test_stays_whole_where_a_write_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("plover.yaml").write_text("mine", encoding="utf-8")

        def fail(_source: str, _target: str) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", fail)
        result = run("plover.yml", "--output-dir", ".", "--force")
        assert result.exit_code == FAILURE
        assert "No space left" in result.stderr
        assert Path("plover.yaml").read_text(encoding="utf-8") == "mine"
        assert not list(Path().glob("*.tmp"))


@pytest.mark.usefixtures("records")
class TestAFileThatCannotBeConverted:
    def test_leaves_the_others_alone(self) -> None:
        result = run("broken.yml", "absent.yml", "plover.yml", "--output-dir", "out")
        assert result.exit_code == UNREAD
        assert "broken.yml:1:6: " in result.stderr
        assert "absent.yml: No such file" in result.stderr
        assert [each.name for each in Path("out").iterdir()] == ["plover.yaml"]

    def test_leaves_standard_output_empty(self) -> None:
        result = run("broken.yml")
        assert result.exit_code == UNREAD
        assert result.stdout == ""


@pytest.mark.usefixtures("records")
class TestAReport:
    def test_is_written_to_a_file(self) -> None:
        result = run("plover.yml", "--report", "report.json")
        assert result.exit_code == REACHED
        assert result.stderr == ""
        report = json.loads(Path("report.json").read_text(encoding="utf-8"))
        assert not list(REPORT.iter_errors(report))
        (file,) = report["files"]
        assert (file["source"], file["manifest"], file["problem"]) == ("plover.yml", None, None)
        assert file["losses"] == [
            {
                "pointer": "/release/contact",
                "line": 4,
                "text": "someone@lab.example.org",
                "reason": "a manifest has no place for how to reach who keeps a record",
            }
        ]
        assert [each["pointer"] for each in file["guesses"]] == ["/components/model-card/license"]

    def test_goes_to_standard_output(self) -> None:
        files = ("plover.yml", "broken.yml", "absent.yml")
        result = run(*files, "--output-dir", "out", "--report", "-")
        assert result.exit_code == UNREAD
        report = json.loads(result.stdout)
        assert not list(REPORT.iter_errors(report))
        problems = [each["problem"] for each in report["files"]]
        assert problems[0] is None
        assert (problems[1]["line"], problems[1]["column"]) == (1, 6)
        assert problems[2] == {"message": "No such file or directory", "line": None, "column": None}
        assert "broken.yml:1:6" in result.stderr

    def test_is_the_same_each_time(self) -> None:
        first = run("plover.yml", "--output-dir", "out", "--report", "-")
        second = run("plover.yml", "--output-dir", "out", "--report", "-", "--force")
        assert first.stdout == second.stdout

    def test_cannot_go_where_the_manifest_goes(self) -> None:
        assert run("plover.yml", "--report", "-").exit_code == USAGE


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plover.yml", "heron.v2.yaml"], "several files need --output-dir"),
        (["-", "--output-dir", "out"], "files that have names"),
        ([], "Missing argument"),
        (["--from", "mot", "plover.yml"], "Did you mean 'mof'?"),
    ],
)
@pytest.mark.usefixtures("records")
def test_a_wrong_use_is_said_before_anything_is_read(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == USAGE
    assert words in result.stderr


def test_names_and_values_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2Jb.yml"
    path.write_text(PLOVER.replace("someone@", '"\\e[31m"#'), encoding="utf-8")
    result = run(path)
    assert "\x1b" not in result.stderr
    path.write_text("a: [\x07", encoding="utf-8")
    assert not {"\x1b", "\x07"} & set(run(path).stderr)


def test_the_schema_of_the_report_is_the_published_one() -> None:
    result = CliRunner().invoke(aimanifest, ["schema", "--conversion"])
    published = ROOT / "schema" / "conversion.schema.json"
    assert json.loads(result.stdout) == json.loads(published.read_text(encoding="utf-8"))
    assert schemas.CONVERSION not in schemas.load()
    for example in json.loads(result.stdout)["examples"]:
        assert not list(REPORT.iter_errors(example))
