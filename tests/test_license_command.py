"""`aimanifest license`: what it answers, in which form, how it ends, and what it costs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from aimanifest import cli, schemas

ROOT = Path(__file__).parent.parent

REACHED, FINDINGS, USAGE, _, FAILURE = range(5)


def run(*arguments: str) -> Result:
    """Run the command in this process; an exception that is not its own goes through."""
    return CliRunner(catch_exceptions=False).invoke(
        cli.aimanifest, ("license", *arguments), prog_name="aimanifest"
    )


def process(*arguments: str, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own; `code` is executed before it."""
    return subprocess.run(
        (sys.executable, "-c", f"{code}\nfrom aimanifest.cli import main\nmain()", *arguments),
        env=os.environ | {"PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Apache-2.0", REACHED),
        ("Apache 2.0", REACHED),
        ("Llama 3.1 Community License Agreement", REACHED),
        ("llama3.1", REACHED),
        ("LicenseRef-scancode-gemma-tou-2025-03-24", REACHED),
        ("https://www.apache.org/licenses/LICENSE-2.0", REACHED),
        ("MIT OR LicenseRef-Llama-3.1", REACHED),
        ("gpl", FINDINGS),
        ("Gemma", FINDINGS),
        ("Undisclosed", FINDINGS),
        ("NOASSERTION", FINDINGS),
        ("MTI", FINDINGS),
        ("LicenseRef-Mine", FINDINGS),
        ("MIT OR LicenseRef-Mine", FINDINGS),
        ("", FINDINGS),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_exit_code_says_whether_a_license_was_named(text: str, code: int, form: str) -> None:
    result = run("--format", form, text)
    assert (result.exit_code, result.stderr) == (code, "")
    assert result.stdout


@pytest.mark.parametrize(
    "arguments",
    [(), ("--format", "yaml", "MIT"), ("--no-such-option", "MIT"), ("--color", "x", "a")],
)
def test_wrong_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (USAGE, "")


def test_quotes_around_several_words_may_be_left_out() -> None:
    assert run("Llama", "3.1", "Community", "License").stdout == (
        run("Llama 3.1 Community License").stdout
    )
    assert run("--", "-").exit_code == FINDINGS


def test_the_help_documents_every_code() -> None:
    assert re.findall(r"^ +(\d)  \w", run("--help").stdout, re.MULTILINE) == list("012")


def test_the_json_answer_is_printable_ascii_and_satisfies_the_published_schema() -> None:
    published = ROOT / "schema" / "license-answer.schema.json"
    schema = Draft202012Validator(json.loads(published.read_text(encoding="utf-8")))
    for text in ("Apache 2.0", "MIT OR gemma", "gpl", "海鷗 \x1b[31m \x7f \x9b"):
        shown = run("--format", "json", text).stdout
        assert shown.isascii()
        assert shown.replace("\n", "").isprintable()
        data = json.loads(shown)
        assert not list(schema.iter_errors(data))
        assert data["text"] == text


def test_the_schema_is_printed() -> None:
    def schema(*arguments: str) -> Result:
        return CliRunner().invoke(cli.aimanifest, ("schema", *arguments))

    assert json.loads(schema("--license").stdout) == schemas.license_answer()
    assert schema("--license", "--report").exit_code == USAGE


def test_what_was_asked_steers_no_terminal() -> None:
    for text in ("\x1b[2J", "a\u202eb", "x\x9b31my", "\x07"):
        shown = run(text).stdout
        assert shown.replace("\n", "").isprintable()
        assert f"\\u{{{ord(next(c for c in text if not c.isprintable())):x}}}" in shown


def test_text_that_is_no_unicode_is_answered() -> None:
    done = process("license", "--format", "json", os.fsdecode(b"MIT \xff"))
    assert (done.returncode, done.stderr) == (FINDINGS, "")
    assert json.loads(done.stdout)["text"] == r"MIT \udcff"


def test_there_is_colour_only_where_it_is_wanted() -> None:
    assert "\x1b" not in run("MIT").stdout
    assert "\x1b[1;32myes\x1b[0m" in run("--color", "always", "MIT").stdout
    assert "\x1b" not in process("license", "MIT", FORCE_COLOR="1").stdout


def test_the_same_question_gets_the_same_bytes() -> None:
    for form in ("text", "json"):
        arguments = ("license", "--format", form, "MIT OR gemma AND ISC")
        outputs = {process(*arguments, PYTHONHASHSEED=seed).stdout for seed in ("1", "4711")}
        assert len(outputs) == 1
        assert outputs != {""}


def test_a_finding_that_rests_on_a_license_names_the_command(tmp_path: Path) -> None:
    manifest = tmp_path / "ai-manifest.yaml"
    manifest.write_text(
        'aimanifest: "1.0"\n'
        "release: {name: Tern, publisher: {name: Lab}}\n"
        "licenses: {LicenseRef-Llama-3.1-Community: {name: Llama, url: https://example.org/l}}\n"
        "components: {weights: {license: LicenseRef-Llama-3.1-Community}}\n",
        encoding="utf-8",
    )
    found = CliRunner().invoke(cli.aimanifest, ("validate", "--format", "concise", str(manifest)))
    command = "aimanifest license LicenseRef-Llama-3.1-Community"
    assert f"breaks *use*; and 1 more: see `{command}`." in found.stdout
    assert run(*command.split()[2:]).exit_code == REACHED


def loaded(*arguments: str) -> set[str]:
    code = "import atexit, sys\natexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    return set(process(*arguments, code=code).stderr.split())


def test_only_those_who_ask_pay(tmp_path: Path) -> None:
    own = {
        "aimanifest.catalogue", "aimanifest.data.listed", "aimanifest.data.spellings",
        "aimanifest.data.spdx_names", "aimanifest.licenses.meanings", "difflib",
        "aimanifest.licenses.others", "aimanifest.licenses.profiles",
    }  # fmt: skip
    manifest = tmp_path / "ai-manifest.yaml"
    manifest.write_bytes((ROOT / "tests" / "golden" / "complete.yaml").read_bytes())
    assert not own & loaded("validate", str(manifest))
    assert not own & loaded("--version")
    asked = loaded("license", "Apache-2.0")
    assert own <= asked
    assert not {"yaml", "jsonschema", "jsonschema_rs", "logging", "importlib.metadata"} & asked
