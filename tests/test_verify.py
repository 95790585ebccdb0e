"""What a manifest claims against what is there: files, headers, texts, commits and signatures."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from aimanifest import cli, frameworks, schemas
from aimanifest.integrity import paths
from aimanifest.integrity.checkout import checkout, normalised
from aimanifest.integrity.facts import CHECKS
from aimanifest.integrity.text import _SUMS

ROOT = Path(__file__).parent.parent
REACHED, FINDINGS, USAGE, UNREAD, FAILURE = range(5)
SCHEMA = Draft202012Validator(schemas.verification())
COMMIT = "0123456789abcdef0123456789abcdef01234567"

HEAD = """\
aimanifest: "1.0"
release:
  name: Tern
  publisher: {name: Example Lab}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the empty folder of a release."""
    release = tmp_path / "release"
    release.mkdir()
    monkeypatch.chdir(release)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return release


def write(name: str, content: str | bytes = "") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def manifest(components: str, licenses: str = "", name: str = "ai-manifest.yaml") -> None:
    lines = "".join(f"  {each}\n" for each in components.strip().splitlines())
    write(name, f"{HEAD}{licenses}components:\n{lines}")


def run(*arguments: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(cli.aimanifest, ["verify", *arguments])


def verify(*arguments: str) -> dict[str, Any]:
    """Run the command, and read what it prints for programs, which has to fit its schema."""
    result = run("--format", "json", *arguments)
    assert result.stdout.isascii()
    found: dict[str, Any] = json.loads(result.stdout)
    assert not [each.message for each in SCHEMA.iter_errors(found)]
    found["exit"] = result.exit_code
    for each in ("verified", "contradicted", "not checked"):
        assert found["counts"][each] == sum(fact["result"] == each for fact in found["facts"])
    return found


def facts(
    found: Mapping[str, Any], check: str | None = None, result: str | None = None
) -> list[tuple[str, str]]:
    """Give results and subjects, or the subjects of one result only."""
    return [
        (each["result"], each["subject"])
        for each in found["facts"]
        if check in (None, each["check"]) and result in (None, each["result"])
    ]


def message(found: Mapping[str, Any], check: str) -> str:
    """Give the message of the one fact of a check."""
    (only,) = (each["message"] for each in found["facts"] if each["check"] == check)
    return str(only)


def rung(found: Mapping[str, Any], component: str) -> str:
    (only,) = (each["rung"] for each in found["components"] if each["component"] == component)
    return str(only)


def sha256(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def safetensors(
    dtype: str = "F32", count: int = 4, metadata: Mapping[str, str] | None = None
) -> bytes:
    size = {"F32": 4, "F16": 2, "BF16": 2, "I8": 1}[dtype] * count
    header: dict[str, Any] = {"a": {"dtype": dtype, "shape": [count], "data_offsets": [0, size]}}
    if metadata:
        header["__metadata__"] = metadata
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(size)


def gguf(types: Mapping[int, int] | None = None, **texts: str) -> bytes:
    """Write a GGUF file with tensors of some types, by their numbers, and with some texts."""
    tensors = types or {0: 32}
    parts = [b"GGUF", struct.pack("<IQQ", 3, len(tensors), len(texts))]
    for name, value in texts.items():
        key = name.replace("__", ".").encode()
        parts += [struct.pack("<Q", len(key)), key, struct.pack("<I", 8)]
        parts += [struct.pack("<Q", len(value.encode())), value.encode()]
    for index, (type, count) in enumerate(tensors.items()):
        name = f"t{index}"
        parts += [struct.pack("<Q", len(name)), name.encode()]
        parts += [struct.pack("<IQIQ", 1, count, type, 0)]
    return b"".join(parts) + bytes(256)


# -- checksums -------------------------------------------------------------------------------------


def test_files_that_are_what_they_are_said_to_be() -> None:
    write("model/a.bin", "A")
    manifest(f"weights: {{path: model/, checksums: {{model/a.bin: {sha256('A')}}}}}")
    found = verify()
    assert facts(found) == [("verified", "model/"), ("verified", "model/a.bin")]
    assert rung(found, "weights") == "verified"
    assert found["exit"] == REACHED


def test_a_changed_and_a_missing_file() -> None:
    write("a.bin", "evil")
    sums = f"a.bin: {sha256('A')}, b.bin: {sha256('B')}"
    manifest(f"weights: {{checksums: {{{sums}}}}}")
    found = verify()
    assert facts(found) == [("contradicted", "a.bin"), ("contradicted", "b.bin")]
    changed, missing = (each["message"] for each in found["facts"])
    assert sha256("evil") in changed
    assert "is missing" in missing
    assert found["exit"] == FINDINGS
    assert rung(found, "weights") == "asserted"
    (place, _) = (each["pointer"] for each in found["facts"])
    assert place == "/components/weights/checksums/a.bin"


@pytest.mark.parametrize("what", ["folder", "pipe", "nothing"])
def test_what_is_no_file_is_missing(what: str) -> None:
    if what == "folder":
        Path("a.bin").mkdir()
    elif what == "pipe":
        os.mkfifo("a.bin")
    manifest(f"weights: {{checksums: {{a.bin: {sha256('A')}}}}}")
    assert facts(verify()) == [("contradicted", "a.bin")]


@pytest.mark.parametrize(
    "path",
    ["../secret", "/etc/hostname", "link", "A.bin", "NUL", "C:a.bin", "..\\secret", "a.bin:x"],
)
def test_what_is_outside_is_not_read_and_not_accused(path: str, folder: Path) -> None:
    (folder.parent / "secret").write_text("hunter2", encoding="utf-8")
    Path("link").symlink_to("../secret")
    write("a.bin", "A")
    manifest(f"weights: {{checksums: {{{json.dumps(path)}: {sha256('hunter2')}}}}}")
    found = verify()
    assert facts(found) == [("not checked", path)]
    assert rung(found, "weights") == "pinned"
    assert (found["exit"], run("--strict").exit_code) == (REACHED, FINDINGS)


def test_a_file_that_cannot_be_read_ends_with_3(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.bin", "A")
    write("b.bin", "evil")
    manifest(f"weights: {{checksums: {{a.bin: {sha256('A')}, b.bin: {sha256('B')}}}}}")
    opened = paths._opened  # noqa: SLF001

    def refuse(root: str, parts: list[str]) -> int:
        if parts == ["a.bin"]:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(root, parts)

    monkeypatch.setattr(paths, "_opened", refuse)
    found = verify()
    assert facts(found, "checksum") == [("not checked", "a.bin"), ("contradicted", "b.bin")]
    assert found["exit"] == UNREAD


def test_a_list_is_followed() -> None:
    write("model/a.bin", "A")
    write("model/sub/b.bin", "changed")
    text = f"{sha256('A')}  a.bin\r\n{sha256('B')} *./sub/b.bin\r\n{sha256('C')}  c.bin\r\nwhat\r\n"
    write("model/SHA256SUMS", text)
    manifest(f"weights: {{path: model, checksums: {{model/SHA256SUMS: {sha256(text)}}}}}")
    found = verify()
    assert set(facts(found, "checksum")) == {
        ("verified", "model/SHA256SUMS"),
        ("verified", "model/a.bin"),
        ("contradicted", "model/sub/b.bin"),
        ("contradicted", "model/c.bin"),
        ("not checked", "model/SHA256SUMS"),
    }


def test_a_list_that_was_changed_is_not_followed() -> None:
    """Whoever can change the files can change the list beside them, but not the manifest."""
    write("a.bin", "evil")
    write("SHA256SUMS", f"{sha256('evil')}  a.bin\n")
    manifest(f"weights: {{path: ., checksums: {{SHA256SUMS: {sha256('another')}}}}}")
    found = verify()
    assert facts(found, "checksum", "contradicted") == [("contradicted", "SHA256SUMS")]
    assert facts(found, "checksum", "verified") == []


def test_a_list_leads_nowhere_else(folder: Path) -> None:
    (folder.parent / "secret").write_text("hunter2", encoding="utf-8")
    names = ("../secret", "/etc/hostname", "..\\secret", "sub/../../secret", "\udcff")
    text = b"".join(f"{sha256('hunter2')}  ".encode() + os.fsencode(each) + b"\n" for each in names)
    write("SHA256SUMS", text)
    manifest(f"weights: {{checksums: {{SHA256SUMS: {sha256(text)}}}}}")
    found = verify()
    assert sorted(facts(found, "checksum")) == [
        ("contradicted", "\\udcff"),
        *sorted(("not checked", each) for each in names[:-1]),
        ("verified", "SHA256SUMS"),
    ]


def test_a_list_of_lists_ends() -> None:
    inner = f"{sha256('A')}  a.bin\n{'0' * 64}  SHA256SUMS\n"
    write("sub/SHA256SUMS", inner)
    write("sub/a.bin", "A")
    outer = f"{sha256(inner)}  sub/SHA256SUMS\n" * 3
    write("SHA256SUMS", outer)
    manifest(f"weights: {{checksums: {{SHA256SUMS: {sha256(outer)}}}}}")
    found = verify()
    assert ("verified", "sub/a.bin") in facts(found)
    assert len(facts(found, "checksum")) == 1 + 3 + 3


def test_a_note_of_git_lfs_is_no_change() -> None:
    """A clone without git-lfs holds notes in the place of the files; they name the digests."""
    note = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12345\n"
    write("same.safetensors", note.format(sha256("A")))
    write("other.safetensors", note.format(sha256("B")))
    sums = ", ".join(f"{each}.safetensors: {sha256('A')}" for each in ("same", "other"))
    manifest(f"weights: {{checksums: {{{sums}}}}}")
    found = verify()
    assert set(facts(found, "checksum")) == {
        ("not checked", "same.safetensors"),
        ("contradicted", "other.safetensors"),
    }
    assert {each[0] for each in facts(found, "header")} == {"not checked"}


def test_what_is_elsewhere_is_not_missing() -> None:
    manifest(f"""
weights: {{location: "https://example.org/tern", checksums: {{a.bin: {sha256("A")}}}}}
training-code: {{location: "https://example.org/code"}}
""")
    found = verify()
    assert {each[0] for each in facts(found)} == {"not checked"}
    assert (rung(found, "weights"), rung(found, "training-code")) == ("pinned", "pointed to")


def test_a_file_that_was_lost_on_the_way_is_missing() -> None:
    """A download of which some files are there is the release, and should be whole."""
    write("a.bin", "A")
    sums = f"{{a.bin: {sha256('A')}, b.bin: {sha256('B')}}}"
    manifest(f'weights: {{location: "https://example.org/tern", checksums: {sums}}}')
    assert facts(verify(), "checksum") == [("verified", "a.bin"), ("contradicted", "b.bin")]


def test_a_broken_download_is_contradicted() -> None:
    write("a.bin", "half of")
    manifest(f'weights: {{location: "https://example.org/t", checksums: {{a.bin: {sha256("A")}}}}}')
    assert facts(verify(), "checksum") == [("contradicted", "a.bin")]


def test_a_base_with_the_same_names_of_files_is_not_accused() -> None:
    write("model.safetensors", safetensors())
    write("config.json", "{}")
    own = f"{{model.safetensors: {sha256(safetensors())}, config.json: {sha256('{}')}}}"
    base = f"{{model.safetensors: {sha256('base')}, config.json: {sha256('base too')}}}"
    manifest(f"""
gull: {{kind: weights, location: "https://example.org/gull", checksums: {base}}}
weights: {{location: "https://example.org/t", derived_from: {{gull: fine-tune}}, checksums: {own}}}
""")
    found = verify()
    assert facts(found, result="contradicted") == []
    assert (rung(found, "gull"), rung(found, "weights")) == ("pinned", "verified")
    assert found["files"][0]["component"] == "weights"


# -- places and files nobody tells of --------------------------------------------------------------


def test_a_path_that_leads_nowhere_is_contradicted() -> None:
    manifest("weights: {path: model/}\ntraining-code: {path: src, location: 'https://example.org'}")
    assert facts(verify(), "place") == [("contradicted", "model/")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("extra.safetensors", safetensors()),
        ("extra.gguf", gguf()),
        ("extra.pt", b"anything"),
        ("pytorch_model-00001-of-00002.bin", b"anything"),
        ("adapter_model.bin", b"anything"),
        ("notes.txt", safetensors()),
        ("cat.jpg", gguf()),
        ("deep/er/x", b"PK\x03\x04" + bytes(26) + b"archive/data.pkl"),
        ("x.dat", b"\x89HDF\r\n\x1a\n" + bytes(100)),
        ("x.dat", b"\x1c\0\0\0TFL3" + bytes(100)),
        ("x.dat", b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19." + bytes(100)),
        ("x.dat", b"tjgg" + bytes(100)),
    ],
)
def test_weights_that_nobody_tells_of(name: str, content: bytes) -> None:
    write("a.safetensors", safetensors())
    write(name, content)
    manifest(f"weights: {{checksums: {{a.safetensors: {sha256(safetensors())}}}}}")
    found = verify()
    assert facts(found, "unlisted") == [("contradicted", name)]
    assert found["exit"] == FINDINGS


@pytest.mark.parametrize("name", ["README.md", "data.bin", "x.json", "empty"])
def test_other_files_may_be_there(name: str) -> None:
    write(name, "{}" if name != "empty" else "")
    manifest("weights: {location: 'https://example.org'}")
    assert facts(verify(), "unlisted") == []


def test_weights_at_a_path_without_checksums_are_no_surprise() -> None:
    write("model/a.safetensors", safetensors())
    manifest("weights: {path: model}")
    found = verify()
    assert facts(found, "unlisted") == []
    assert ("not checked", "model") in facts(found, "checksum")
    assert rung(found, "weights") == "pointed to"


def test_weights_at_a_path_whose_checksums_leave_them_out() -> None:
    write("model/a.safetensors", safetensors())
    write("model/b.safetensors", safetensors())
    sums = f"{{model/a.safetensors: {sha256(safetensors())}}}"
    manifest(f"weights: {{path: ./model/, checksums: {sums}}}")
    found = verify()
    assert facts(found, "unlisted") == [("contradicted", "model/b.safetensors")]
    assert rung(found, "weights") == "asserted"


def test_other_files_at_a_path_whose_checksums_leave_them_out() -> None:
    """Code that was put there later is no contradiction, but nobody vouches for it."""
    for name in ("src/a.py", "src/b.py", "src/c.py", "src/tests/d.py", "SHA256SUMS", "model.sig"):
        write(name, name)
    sums = f"{{src/a.py: {sha256('src/a.py')}}}"
    tests = f"{{src/tests/d.py: {sha256('src/tests/d.py')}}}"
    manifest(f"""
training-code: {{path: src, checksums: {sums}}}
validation-code: {{path: src/tests, checksums: {tests}}}
""")
    found = verify()
    assert facts(found, "unlisted") == [("not checked", "src/b.py")]
    assert message(found, "unlisted").startswith("2 files at its path")
    assert (rung(found, "training-code"), rung(found, "validation-code")) == ("pinned", "verified")


def test_weights_that_may_be_those_at_a_location() -> None:
    write("a.safetensors", safetensors())
    manifest("weights: {location: 'https://example.org/tern'}")
    assert facts(verify(), "unlisted") == [("not checked", "a.safetensors")]


def test_what_is_hidden_or_behind_links_is_left_alone(folder: Path) -> None:
    (folder.parent / "x.gguf").write_bytes(gguf())
    Path("x.gguf").symlink_to("../x.gguf")
    write(".cache/y.gguf", gguf())
    manifest("weights: {omitted: withheld}")
    found = verify()
    assert facts(found, result="contradicted") == [("contradicted", "x.gguf")]
    assert found["files"] == []


# -- what files say of themselves ------------------------------------------------------------------


def header_facts(components: str, **files: bytes) -> list[tuple[str, str]]:
    for name, content in files.items():
        write(name.replace("__", "."), content)
    manifest(components)
    return facts(verify(), "header")


@pytest.mark.parametrize(
    ("format", "result"),
    [
        ("safetensors", ["contradicted"]),
        ("GGUF", ["verified"]),
        ("gguf, safetensors", ["verified"]),
        ("PyTorch and ONNX", ["contradicted"]),
        ("llama.cpp's own", []),
        ("safetensors (sharded)", []),
        ("ours", []),
    ],
)
def test_the_format(format: str, result: list[str]) -> None:
    found = header_facts(f"weights: {{path: a.gguf, format: {json.dumps(format)}}}", a__gguf=gguf())
    assert [each[0] for each in found] == result


@pytest.mark.parametrize(
    ("license", "said", "result"),
    [
        ("Apache-2.0", "apache-2.0", ["verified"]),
        ("MIT", "apache-2.0", ["contradicted"]),
        ("NONE", "mit", ["contradicted"]),
        ("NOASSERTION", "mit", ["not checked"]),
        ("MIT AND Apache-2.0", "mit", ["not checked"]),
        ("MIT", "other", ["not checked"]),
        ("not a license", "mit", ["not checked"]),
        ("LicenseRef-Ours", "llama3", ["not checked"]),
        ("MIT", "llama3", ["contradicted"]),
        ("LicenseRef-Ours", "mit", ["contradicted"]),
        ("MIT", "", []),
        ("MIT", "\x1b[31mred\x00", ["not checked"]),
        ("MIT", "x" * 5000, ["not checked"]),
    ],
)
def test_the_license(license: str, said: str, result: list[str]) -> None:
    content = gguf(general__license=said)
    found = header_facts(f"weights: {{path: a.gguf, license: {license}}}", a__gguf=content)
    assert [each[0] for each in found] == result
    assert "\x1b" not in run().stdout


def test_the_license_in_safetensors() -> None:
    content = safetensors(metadata={"license": "cc-by-nc-4.0"})
    found = header_facts("weights: {path: a.safetensors, license: MIT}", a__safetensors=content)
    assert found == [("contradicted", "a.safetensors")]


BASES = """
weights: {{path: a.gguf, derived_from: {{tern: fine-tune}}}}
tern: {{kind: weights, derived_from: {{gull-7b: fine-tune}}, location: "https://example.org/x/Tern"}}
gull-7b: {{kind: weights, {} omitted: withheld}}
"""


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("Tern", "verified"),
        ("gull 7B", "verified"),
        ("Gull-7b", "verified"),
        ("Sea Gull", "verified"),
        ("Albatross", "not checked"),
    ],
)
def test_the_bases(name: str, result: str) -> None:
    content = gguf(general__base_model__0__name=name)
    components = BASES.format("name: Sea Gull,")
    assert [each[0] for each in header_facts(components, a__gguf=content)] == [result]


def test_a_base_that_is_not_named() -> None:
    content = gguf(general__base_model__0__name="Gull", general__base_model__0__repo_url="x")
    assert header_facts("weights: {path: a.gguf}", a__gguf=content) == [("contradicted", "a.gguf")]


def test_bases_in_a_circle_end() -> None:
    content = gguf(general__base_model__0__name="Gull")
    components = """
weights: {path: a.gguf, derived_from: {x: merge}}
x: {kind: weights, derived_from: {y: merge}}
y: {kind: weights, derived_from: {x: merge, z: merge}}
"""
    assert [each[0] for each in header_facts(components, a__gguf=content)] == ["not checked"]


@pytest.mark.parametrize(
    ("relation", "types", "result"),
    [
        ("quantization", {12: 32, 0: 4}, ["verified"]),
        ("quantization", {0: 32}, ["contradicted"]),
        ("quantization", {1: 32}, []),
        ("fine-tune", {12: 32}, ["not checked"]),
        ("fine-tune", {0: 32, 26: 4}, []),
    ],
)
def test_the_types_of_numbers(relation: str, types: dict[int, int], result: list[str]) -> None:
    components = f"weights: {{path: a.gguf, derived_from: {{b: {relation}}}}}\nb: {{kind: weights}}"
    found = header_facts(components, a__gguf=gguf(types))
    assert [each[0] for each in found] == result


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.safetensors", b"no such thing"),
        ("a.safetensors", safetensors()[:-1]),
        ("a.gguf", b"no such thing"),
        ("a.gguf", gguf()[:40]),
    ],
)
def test_a_file_that_is_not_what_its_name_says(name: str, content: bytes) -> None:
    write(name, content)
    manifest(f"weights: {{checksums: {{{name}: {sha256(content)}}}}}")
    found = verify()
    assert facts(found, "header") == [("contradicted", name)]
    assert facts(found, "checksum") == [("verified", name)]
    assert rung(found, "weights") == "asserted"


def test_parameters_and_types_are_reported() -> None:
    write("model/a.safetensors", safetensors("F32", 10))
    write("model/b.safetensors", safetensors("BF16", 1000))
    manifest("weights: {path: model}")
    assert verify()["files"] == [
        {
            "path": f"model/{name}.safetensors",
            "component": "weights",
            "format": "safetensors",
            "parameters": count,
            "tensors": 1,
            "types": {type: count},
        }
        for name, type, count in (("a", "F32", 10), ("b", "BF16", 1000))
    ]
    assert "safetensors, 2 files, 1,010 parameters (BF16 1,000, F32 10)" in run().stdout


def test_the_shards_that_an_index_names() -> None:
    names = [f"model-{index}-of-2.safetensors" for index in (1, 2)]
    index = {"metadata": {}, "weight_map": {"a": names[0], "b": names[1], "c": names[1]}}
    write("model/model.safetensors.index.json", json.dumps(index))
    for each in names:
        write(f"model/{each}", safetensors())
    manifest("weights: {path: model}")
    at = "model/model.safetensors.index.json"
    assert facts(verify(), "header") == [("verified", at)]
    Path("model", names[1]).unlink()
    found = verify()
    assert facts(found, "header") == [("contradicted", at)]
    assert names[1] in message(found, "header")


@pytest.mark.parametrize(
    ("content", "result"),
    [
        (b"", ["not checked"]),
        (b"[" * 100_000, ["not checked"]),
        (b"[]", []),
        (b'{"weight_map": []}', []),
        (b'{"weight_map": {"a": 1, "b": null}}', ["contradicted"]),
        (b'{"weight_map": {"a": "../../secret"}}', ["contradicted"]),
        (b'{"weight_map": {"a": "/etc/hostname"}}', ["contradicted"]),
        (b'{"weight_map": {"a": "\\ud800\\u0000"}}', ["contradicted"]),
    ],
)
def test_an_index_that_is_none(content: bytes, result: list[str], folder: Path) -> None:
    (folder.parent / "secret").touch()
    write("model/model.safetensors.index.json", content)
    manifest("weights: {path: model}")
    assert [each[0] for each in facts(verify(), "header")] == result


# -- texts of licenses -----------------------------------------------------------------------------


def test_texts_of_licenses() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    write("LICENSE", text)
    licenses = "licenses:\n  Apache-2.0: {file: LICENSE}\n"
    manifest("weights: {license: Apache-2.0}", licenses)
    assert facts(verify(), "license-text") == [("verified", "LICENSE")]
    write("LICENSE", text + "\nYou must not use it for anything that we dislike.\n")
    assert facts(verify(), "license-text") == [("contradicted", "LICENSE")]
    Path("LICENSE").unlink()
    assert facts(verify(), "license-text") == [("contradicted", "LICENSE")]
    manifest("weights: {license: Apache-2.0}", licenses.replace("LICENSE", "../LICENSE"))
    assert facts(verify(), "license-text", "verified") == []


def test_a_text_that_nobody_knows_could_not_be_checked() -> None:
    write("LICENSE", "You may do with it what you like on Sundays.\n" * 20)
    manifest(
        "weights: {license: LicenseRef-Sunday}",
        "licenses:\n  LicenseRef-Sunday: {file: LICENSE}\n",
    )
    found = {each[0] for each in facts(verify(), "license-text")}
    assert found == {"not checked"}


# -- revisions -------------------------------------------------------------------------------------


def git(*arguments: str, at: str | Path = ".") -> str:
    """Run git as nobody in particular, with no settings but its own."""
    who = {"NAME": "N", "EMAIL": "n@example.org", "DATE": "2026-11-22T00:00:00Z"}
    people = {
        f"GIT_{one}_{key}": each for one in ("AUTHOR", "COMMITTER") for key, each in who.items()
    }
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    options = ("-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ("git", *options, *arguments),
        cwd=at,
        env={**os.environ, **people, **quiet},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def repository() -> str:
    """Make a checkout of the release, and return its commit; there is an earlier one."""
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    git("init", "--quiet")
    git("remote", "add", "origin", "https://user:secret@github.com/Example/Tern.git")
    git("commit", "--quiet", "--allow-empty", "-m", "first")
    git("tag", "v0")
    git("tag", "-a", "-m", "zero", "v0-annotated")
    git("commit", "--quiet", "--allow-empty", "-m", "second")
    git("tag", "v1")
    git("tag", "-a", "-m", "one", "v1-annotated")
    git("branch", "topic", "v0")
    return git("rev-parse", "HEAD")


def revision(text: str, location: str = "https://github.com/example/tern") -> tuple[str, str]:
    manifest(f"training-code: {{location: {json.dumps(location)}, revision: {json.dumps(text)}}}")
    found = verify()
    ((result, _),) = facts(found, "revision")
    told = message(found, "revision")
    assert "secret" not in told
    return result, told


NAMES = {
    "main": "verified",
    "v1": "verified",
    "v1-annotated": "verified",
    "v0": "contradicted",
    "v0-annotated": "contradicted",
    "topic": "contradicted",
    "v2": "not checked",
    "../../HEAD": "not checked",
    "HEAD": "not checked",
    "v1.lock": "not checked",
    "a b": "not checked",
    "*": "not checked",
    COMMIT: "contradicted",
    COMMIT[:10]: "contradicted",
}


@pytest.mark.parametrize("stored", ["loose", "packed", "collected"])
def test_revisions_by_their_names(repository: str, stored: str) -> None:
    if stored != "loose":
        git("pack-refs", "--all")
    if stored == "collected":
        git("gc", "--quiet", "--aggressive", "--prune=now")
        assert not list(Path(".git/objects").glob("[0-9a-f][0-9a-f]"))
    for name, result in NAMES.items():
        assert (name, revision(name)[0]) == (name, result)
    assert revision(repository)[0] == "verified"
    assert revision(repository[:9])[0] == "verified"
    assert revision("sha256:" + "0" * 64)[0] == "not checked"


def test_a_tag_whose_object_is_packed_away_is_not_guessed_at(repository: str) -> None:
    git("gc", "--quiet", "--prune=now")
    packed = Path(".git/packed-refs")
    kept = [each for each in packed.read_text().splitlines() if not each.startswith(("#", "^"))]
    packed.write_text("".join(f"{each}\n" for each in kept))
    assert revision("v0-annotated")[0] == "not checked"
    assert revision("v1")[0] == "verified"
    assert revision(repository)[0] == "verified"


def test_a_detached_head(repository: str) -> None:
    git("checkout", "--quiet", "--detach", "v0")
    assert revision(repository)[0] == "contradicted"
    assert revision("v0")[0] == "verified"


def test_longer_commit_ids(folder: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    git("init", "--quiet", "--object-format=sha256", at=folder)
    git("remote", "add", "origin", "git@github.com:example/tern.git")
    git("commit", "--quiet", "--allow-empty", "-m", "first")
    head = git("rev-parse", "HEAD")
    assert len(head) == 64
    assert revision(head)[0] == "verified"
    assert revision(head.translate(str.maketrans("0123", "3210")))[0] == "contradicted"


@pytest.mark.usefixtures("repository")
def test_a_folder_below_the_root_of_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    assert revision("v1")[0] == "verified"


def test_a_worktree(repository: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("worktree", "add", "--quiet", "../other", "v0")
    monkeypatch.chdir(folder.parent / "other")
    assert revision("v0")[0] == "verified"
    assert revision("v1")[0] == "contradicted"
    assert revision(repository)[0] == "contradicted"


@pytest.mark.usefixtures("repository")
def test_a_submodule(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outer = folder.parent / "outer"
    outer.mkdir()
    git("init", "--quiet", at=outer)
    git("submodule", "--quiet", "add", str(folder), "tern", at=outer)
    url = "https://github.com/example/tern"
    git("remote", "set-url", "origin", url, at=outer / "tern")
    monkeypatch.chdir(outer / "tern")
    assert revision("main")[0] == "verified"


@pytest.mark.usefixtures("repository")
def test_the_repository_of_somebody_else_is_not_taken_for_ones_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody can write into a release that `.git` is elsewhere."""
    thief = folder.parent / "thief"
    thief.mkdir()
    (thief / ".git").write_text(f"gitdir: {folder}/.git\n", encoding="utf-8")
    monkeypatch.chdir(thief)
    assert revision("v1") == (
        "not checked",
        "revision `v1`: its `.git` leads to no repository that knows of it",
    )
    (thief / ".git").unlink()
    (thief / ".git").symlink_to(folder / ".git")
    assert revision("v1")[0] == "not checked"


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("location", "result"),
    [
        ("https://github.com/Example/Tern", "verified"),
        ("https://github.com/example/tern.git", "verified"),
        ("https://www.github.com/example/tern/", "verified"),
        ("https://github.com/example/tern/tree/main/code", "verified"),
        ("ssh://git@github.com:22/example/tern", "verified"),
        ("https://github.com/example/gull", "not checked"),
        ("https://example.org/example/tern", "not checked"),
        ("https://huggingface.co/example/tern", "not checked"),
    ],
)
def test_a_checkout_of_something_else_says_nothing(location: str, result: str) -> None:
    assert revision("v1", location)[0] == result


def test_no_checkout(folder: Path) -> None:
    assert revision("v1")[0] == "not checked"
    assert revision("v1")[1].endswith("the folder is no git checkout")
    assert checkout(str(folder)) is None


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"HEAD": "ref: refs/heads/main\n"},
        {"HEAD": "ref: refs/heads/../../../secret\n"},
        {"HEAD": "ref: /etc/hostname\n"},
        {"HEAD": "ref: refs/heads/a\n", "refs/heads/a": "ref: refs/heads/a\n"},
        {"HEAD": "\0" * 100_000},
        {"HEAD": b"\xff\xfe"},
        {"HEAD": COMMIT[:-1]},
        {"HEAD": "ref: refs/heads/main\n", "packed-refs": f"^{COMMIT}\n{COMMIT}\n x y z\n"},
        {"HEAD": COMMIT, "config": "[extensions]\n\trefStorage = reftable\n"},
        {"HEAD/x": "a folder"},
        {"commondir": "../../..\n", "HEAD": "ref: refs/heads/main\n"},
    ],
)
def test_a_broken_repository_says_nothing(files: Mapping[str, str | bytes]) -> None:
    Path(".git").mkdir()
    for name, content in files.items():
        write(f".git/{name}", content)
    assert revision(COMMIT)[0] == "not checked"


def test_a_pipe_in_a_repository_is_not_waited_for() -> None:
    Path(".git").mkdir()
    os.mkfifo(".git/HEAD")
    assert revision(COMMIT)[0] == "not checked"


def test_an_object_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    import zlib  # noqa: PLC0415

    bomb = zlib.compress(b"tag 9999999999\0object " + b"a" * 50_000_000)
    write(".git/HEAD", COMMIT)
    write(".git/config", '[remote "origin"]\n\turl = https://github.com/example/tern\n')
    write(".git/refs/tags/v1", "ab" * 20)
    write(f".git/objects/ab/{'ab' * 19}", bomb)
    assert revision("v1")[0] == "not checked"


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_any_address_is_survived(url: str) -> None:
    assert "@" not in normalised(f"https://user:secret@{url}").partition("/")[0]


# -- signatures ------------------------------------------------------------------------------------


def bundle(files: Mapping[str, bytes], **changes: Any) -> bytes:
    """Write a signature as model-signing 1.x does; only the signature itself is made up."""
    names = sorted(files)
    resources = [
        {"name": each, "algorithm": "sha256", "digest": sha256(files[each])} for each in names
    ]
    whole = sha256(b"".join(hashlib.sha256(files[each]).digest() for each in names))
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "release", "digest": {"sha256": whole}}],
        "predicateType": "https://model_signing/signature/v1.0",
        "predicate": {
            "serialization": {
                "method": "files",
                "hash_type": "sha256",
                "allow_symlinks": False,
                "ignore_paths": ["model.sig", ".git"],
            },
            "resources": resources,
        },
    } | changes
    return envelope(json.dumps(statement).encode())


def envelope(payload: bytes, kind: str = "application/vnd.in-toto+json") -> bytes:
    return json.dumps(
        {
            "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial": {"publicKey": {"hint": "x"}, "tlogEntries": []},
            "dsseEnvelope": {
                "payload": base64.b64encode(payload).decode(),
                "payloadType": kind,
                "signatures": [{"sig": "AAAA", "keyid": ""}],
            },
        }
    ).encode()


def test_a_signature_is_a_list_of_digests() -> None:
    write("a.bin", "A")
    write("sub/b.bin", "changed")
    write("model.sig", bundle({"a.bin": b"A", "sub/b.bin": b"B", "c.bin": b"C"}))
    manifest("weights: {path: a.bin}")
    found = verify()
    assert set(facts(found, "checksum")) == {
        ("verified", "a.bin"),
        ("contradicted", "sub/b.bin"),
        ("contradicted", "c.bin"),
        ("not checked", "a.bin"),
    }
    assert set(facts(found, "signature")) == {
        ("verified", "model.sig"),
        ("not checked", "model.sig"),
    }
    told = [each["message"] for each in found["facts"] if each["check"] == "signature"]
    assert any("model_signing verify" in each for each in told)


def test_what_model_signing_itself_writes_is_read() -> None:
    """The signature was made by model-signing 1.1.1, of these three files, with a key."""
    for name, content in (("config.json", "{}\n"), ("model.bin", "weights"), ("sub/ä b.txt", "x")):
        write(name, content)
    write("model.sig", (ROOT / "tests/golden/model-signing-1.1.1.sig").read_bytes())
    manifest("weights: {path: .}")
    found = verify()
    assert facts(found, "checksum", "verified") == [
        ("verified", "config.json"),
        ("verified", "model.bin"),
        ("verified", "sub/\xe4 b.txt"),
    ]
    assert facts(found, "signature", "verified") == [("verified", "model.sig")]
    write("model.bin", "Weights")
    assert facts(verify(), "checksum", "contradicted") == [("contradicted", "model.bin")]


def test_a_signature_is_of_what_is_in_its_folder() -> None:
    write("model/a.bin", "A")
    write("model/model.sig", bundle({"a.bin": b"A"}))
    manifest("weights: {path: model}")
    assert ("verified", "model/a.bin") in facts(verify(), "checksum")


def test_weights_that_a_signature_does_not_name() -> None:
    write("a.safetensors", safetensors())
    write("b.safetensors", safetensors())
    write("README.md", "not weights")
    write("model.sig", bundle({"a.safetensors": safetensors()}))
    manifest("weights: {path: .}")
    assert facts(verify(), "unlisted") == [("contradicted", "b.safetensors")]


def test_what_a_signature_ignores_it_need_not_name() -> None:
    write("a.safetensors", safetensors())
    write("drafts/b.safetensors", safetensors())
    signature = json.loads(bundle({"a.safetensors": safetensors()}))
    statement = json.loads(base64.b64decode(signature["dsseEnvelope"]["payload"]))
    statement["predicate"]["serialization"]["ignore_paths"] = ["./drafts/"]
    write("model.sig", envelope(json.dumps(statement).encode()))
    manifest("weights: {path: .}")
    assert facts(verify(), "unlisted") == []


def test_digests_that_do_not_add_up() -> None:
    write("a.bin", "A")
    subject = [{"name": "x", "digest": {"sha256": "0" * 64}}]
    write("model.sig", bundle({"a.bin": b"A"}, subject=subject))
    manifest("weights: {path: a.bin}")
    assert ("contradicted", "model.sig") in facts(verify(), "signature")


RESOURCE = {"name": "a.bin", "algorithm": "sha256", "digest": sha256("A")}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PGP binary",
        b"-----BEGIN PGP SIGNATURE-----",
        b"{}",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"dsseEnvelope": 1}',
        b'{"messageSignature": {}}',
        b'{"dsseEnvelope": {"payloadType": "application/vnd.in-toto+json", "payload": "%%%"}}',
        b'{"dsseEnvelope": {"payloadType": "application/vnd.in-toto+json", "payload": 7}}',
        envelope(b"{}"),
        envelope(b"[]"),
        envelope(b"\xff"),
        envelope(b"{}", "text/plain"),
        envelope(b'{"_type": "https://in-toto.io/Statement/v1", "_type": "x"}'),
        bundle({}, predicateType="https://model_signing/Digests/v0.1"),
        bundle({}, predicate=None),
        bundle({}, predicate={"resources": {}}),
        bundle({}, predicate={"resources": [1]}),
        bundle({}, predicate={"resources": [{"name": "a"}]}),
        bundle({}, predicate={"resources": [RESOURCE], "serialization": []}),
        bundle({}, predicate={"resources": [RESOURCE | {"algorithm": "blake3"}]}),
        bundle({}, predicate={"resources": [RESOURCE | {"digest": "short"}]}),
        bundle({}, predicate={"resources": [RESOURCE], "serialization": {"method": "shards"}}),
    ],
)
def test_what_is_no_such_signature_could_not_be_checked(content: bytes) -> None:
    write("a.bin", "A")
    write("model.sig", content)
    manifest("weights: {path: a.bin}")
    found = verify()
    assert {each[0] for each in facts(found, "signature")} == {"not checked"}
    assert facts(found, "checksum", "verified") == []
    assert found["exit"] == REACHED


def test_a_signature_leads_nowhere_else(folder: Path) -> None:
    (folder.parent / "secret").write_text("hunter2", encoding="utf-8")
    names = ["../secret", "/etc/hostname", "a\x00b", "\ud800", "a\nb", "C:\\x"]
    resources = [RESOURCE | {"name": each, "digest": sha256("hunter2")} for each in names]
    write("model.sig", bundle({}, predicate={"resources": resources}))
    manifest("weights: {omitted: withheld}")
    found = verify()
    assert {each[0] for each in facts(found, "checksum")} == {"not checked"}
    assert "\ud800" not in run().stdout


# -- rungs -----------------------------------------------------------------------------------------


def test_the_rungs() -> None:
    write("a.bin", "A")
    manifest(f"""
weights: {{checksums: {{a.bin: {sha256("A")}}}}}
training-code: {{location: "https://github.com/example/tern", revision: {COMMIT}}}
inference-code: {{location: "https://github.com/example/tern", revision: v1}}
model-card: {{path: ai-manifest.yaml}}
training-data: {{data: {{access: open}}}}
evaluation-code: {{omitted: withheld}}
technical-report: {{location: "https://example.org/r.pdf", checksums: {{r.pdf: {sha256("R")}}}}}
""")
    found = verify()
    assert {each["component"]: each["rung"] for each in found["components"]} == {
        "weights": "verified",
        "training-code": "pinned",
        "inference-code": "pointed to",
        "model-card": "pointed to",
        "training-data": "asserted",
        "evaluation-code": "asserted",
        "technical-report": "pinned",
    }


def test_the_weakest_that_a_verdict_rests_on() -> None:
    complete = (ROOT / "tests" / "golden" / "complete.yaml").read_text(encoding="utf-8")
    write("ai-manifest.yaml", complete)
    (only,) = verify()["verdicts"]
    assert (only["framework"], only["verdict"]) == ("osaid-1.0", "complete")
    assert only["rung"] == "pointed to"
    stands = {each["component"]: each["rung"] for each in verify()["components"]}
    assert {stands[each] for each in only["components"]} == {"pointed to"}
    assert only["components"] == [each for each in stands if each in only["components"]]
    told = " ".join(run().stdout.split())
    assert (
        f"osaid-1.0 is complete: the weakest that it rests on is `{only['components'][0]}`" in told
    )


def test_what_is_contradicted_is_weaker_than_what_is_asserted() -> None:
    write("a.bin", "evil")
    manifest(f"""
training-data: {{data: {{access: open}}}}
weights:
  license: MIT
  trained_on: [training-data]
  checksums: {{a.bin: {sha256("A")}}}
""")
    (only,) = verify()["verdicts"]
    assert only["components"] == ["weights", "training-data"]
    assert only["contradicted"] == ["weights"]


def test_every_framework_can_be_asked_for() -> None:
    manifest("weights: {license: MIT, path: .}")
    known = frameworks.every()
    chosen = [part for each in known for part in ("--framework", each)]
    found = verify(*chosen)
    assert [each["framework"] for each in found["verdicts"]] == list(known)
    run(*chosen)
    assert run("--framework", "nothing").exit_code == USAGE


# -- the command -----------------------------------------------------------------------------------


def test_what_is_printed_for_people() -> None:
    write("a.bin", "evil")
    write("c.bin", "C")
    manifest(f"""
weights: {{license: MIT, checksums: {{a.bin: {sha256("A")}, c.bin: {sha256("C")}}}}}
training-code: {{location: "https://example.org/code"}}
""")
    assert (
        run().stdout
        == f"""\
ai-manifest.yaml: Tern

Contradicted
  weights: `a.bin` has changed: its SHA-256 is
    {sha256("evil")} (line 6)

Could not be checked
  training-code: it is at https://example.org/code, and has no checksums (line 7)

Verified
  weights: the file is what it is said to be

How far each component is borne out
  pointed to (it is said where it is): `training-code`
  asserted (somebody says so): `weights` (contradicted)

What each verdict rests on
  osaid-1.0 is incomplete: the weakest that it rests on is `weights` (contradicted), asserted

1 verified, 1 contradicted, 1 could not be checked.
"""
    )


def test_nothing_steers_the_terminal() -> None:
    name = "\x1b[2J\u202egpj.gguf"
    write(name, gguf())
    write("model.sig", bundle({"\x1b]0;title\x07": b"x"}))
    manifest("weights: {omitted: withheld}")
    text = run().stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "\\u{1b}[2J\\u{202e}gpj.gguf" in text


def test_the_same_release_gives_the_same_bytes() -> None:
    for index in range(30):
        write(f"model/{index}.safetensors", safetensors(count=index + 1))
    sums = "".join(
        f"    model/{index}.safetensors: '{sha256(safetensors(count=index + 1))}'\n"
        for index in range(30)
    )
    manifest(f"weights:\n  path: model\n  checksums:\n{sums}")
    outputs = {run("--format", "json", "--jobs", str(jobs)).stdout for jobs in (1, 2, 7)}
    assert len(outputs) == 1


def test_nothing_is_written(folder: Path) -> None:
    write("a.bin", "A")
    manifest(f"weights: {{checksums: {{a.bin: {sha256('A')}}}}}")
    before = {each: each.stat().st_mtime_ns for each in folder.parent.rglob("*")}
    run()
    assert {each: each.stat().st_mtime_ns for each in folder.parent.rglob("*")} == before


def test_thousands_of_facts_are_cut_for_people_only() -> None:
    text = "".join(f"{'0' * 64}  {index}\n" for index in range(2000))
    write("SHA256SUMS", text)
    manifest(f"weights: {{checksums: {{SHA256SUMS: {sha256(text)}}}}}")
    assert "… and 1700 more" in run().stdout
    assert len(facts(verify(), result="contradicted")) == 2000


@pytest.mark.parametrize(
    "content", ["", "not: one", f"{HEAD}components: {{weights: {{licence: x}}}}"]
)
def test_a_wrong_manifest_ends_with_3(content: str) -> None:
    write("ai-manifest.yaml", content)
    result = run()
    assert (result.exit_code, result.stdout) == (UNREAD, "")
    assert "aimanifest validate" in result.stderr


def test_a_manifest_that_cannot_be_read_ends_with_3() -> None:
    assert run("none.yaml").exit_code == UNREAD
    assert run(".").exit_code == USAGE


def test_manifests_of_other_forms() -> None:
    write("a.bin", "A")
    data = {
        "aimanifest": "1.0",
        "release": {"name": "Tern", "publisher": {"name": "Example Lab"}},
        "components": {"weights": {"checksums": {"a.bin": sha256("A")}}},
    }
    write("ai-manifest.json", json.dumps(data))
    assert facts(verify("ai-manifest.json")) == [("verified", "a.bin")]
    Path("ai-manifest.json").unlink()
    manifest(f"weights: {{checksums: {{a.bin: {sha256('A')}}}}}")
    path = Path("ai-manifest.yaml")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert facts(verify()) == [("verified", "a.bin")]


def test_the_folder_is_that_of_the_manifest(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    write("a.bin", "A")
    manifest(f"weights: {{checksums: {{a.bin: {sha256('A')}}}}}")
    monkeypatch.chdir(folder.parent)
    for each in ("release", "release/", "release/ai-manifest.yaml", str(folder)):
        assert facts(verify(each)) == [("verified", "a.bin")]


NO_SOCKETS = """
import os, sys

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "subprocess.", "os.system", "os.exec")):
        os._exit(99)

sys.addaudithook(refuse)
"""


def test_no_socket_is_opened_unasked() -> None:
    """Nor is anything run: the interpreter itself would tell."""
    write("a.safetensors", safetensors(metadata={"license": "mit"}))
    write("model.sig", bundle({"a.safetensors": safetensors()}))
    Path(".git").mkdir()
    write(".git/HEAD", COMMIT)
    manifest("""
weights: {license: MIT, path: a.safetensors}
training-code: {location: "http://127.0.0.1:9/", revision: main}
training-data: {location: "https://example.org/", data: {sources: [{location: "http://[::1]/"}]}}
""")
    start = f"{NO_SOCKETS}\nfrom aimanifest.cli import main\nmain()"

    def ended(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (sys.executable, "-c", start, "verify", *arguments),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    unasked = ended()
    assert unasked.returncode == FINDINGS, unasked.stderr
    assert "What each verdict rests on" in unasked.stdout
    assert ended("--online").returncode == 99  # so the hook would have told


def test_other_commands_do_not_wait_for_this_one() -> None:
    code = "import sys, aimanifest.cli.commands.validate as v; print(*sys.modules)"
    done = subprocess.run(
        (sys.executable, "-c", code), capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "aimanifest.integrity" not in done.stdout


# -- the schema ------------------------------------------------------------------------------------


def test_the_schema_is_one_and_its_example_fits() -> None:
    Draft202012Validator.check_schema(schemas.verification())
    assert schemas.VERIFICATION not in schemas.load()
    (example,) = schemas.verification()["examples"]
    assert not list(SCHEMA.iter_errors(example))


def test_the_schema_is_printed() -> None:
    result = CliRunner().invoke(cli.aimanifest, ["schema", "--verification"])
    assert json.loads(result.stdout) == schemas.verification()


def test_the_schema_and_the_text_know_every_check() -> None:
    listed = schemas.verification()["$defs"]["fact"]["properties"]["check"]["enum"]
    assert tuple(listed) == CHECKS
    assert set(_SUMS) == set(CHECKS)


def test_what_two_schemas_describe_they_describe_alike() -> None:
    mine, other = schemas.verification()["$defs"], schemas.assessment()["$defs"]
    shared = mine.keys() & other.keys()
    assert shared >= {"path", "pointer", "span", "position"}
    for name in shared:
        assert mine[name] == other[name]
