"""`aimanifest init`: what is read of a release folder, what it becomes, and what is left to people.

Models that packages on PyPI ship are not part of this project: to run the tests on them, let
AIMANIFEST_MODELS name a folder that holds unpacked wheels, a folder each.
"""

from __future__ import annotations

import json
import os
import re
import struct
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import onnx
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

from aimanifest import drafting, frameworks
from aimanifest.cli import aimanifest
from aimanifest.cli.asking import Stopped, ask
from aimanifest.cli.commands.init import ANSWERS
from aimanifest.cli.console import FAILURE, REACHED, UNREAD, USAGE
from aimanifest.document import read
from aimanifest.drafting import Draft, draft, faults, look, objection
from aimanifest.drafting import folder as folders
from aimanifest.drafting.gaps import SENTENCES
from aimanifest.findings import Outcome
from aimanifest.report import Report
from aimanifest.validation import LocalFolder, validate

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "init"
MODELS = Path(os.environ.get("AIMANIFEST_MODELS", "no such folder"))

InStep = Callable[..., None]
Maker = Callable[[Path], None]


# -- folders ---------------------------------------------------------------------------------------


def lay(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def shard(root: Path, name: str, *, rows: int = 4) -> None:
    """Write a small file of weights as the library safetensors does."""
    tensors: dict[str, np.ndarray[Any, Any]] = {"layer": np.zeros((rows, 8), np.float32)}
    save_file(tensors, root / name, metadata={"format": "pt"})


CARD = """\
---
license: other
license_name: tern-license
license_link: LICENSE
base_model: fieldlab/heron-7b
base_model_relation: finetune
datasets:
- fieldlab/nests
- "[More Information Needed]"
language: no
pipeline_tag: text-generation
tags: [birds]
extra_gated_prompt: Say please.
---
# Model Card for Tern 1B

## Intended Use

Talking about terns.

```
# no heading
```

## Out-of-Scope Use

[More Information Needed]

## Bias, Risks, and Limitations

It thinks that all birds are terns.

## Training Procedure

Trained on a beach.
"""

REMOTE = "https://me:secret@hf.co/ternlab/tern-1b.git"

APACHE = (ROOT / "LICENSE").read_text(encoding="utf-8")


def tern(root: Path) -> None:
    """Lay a release as the Hugging Face Hub has them: a card, shards, configurations, Git."""
    for number in (1, 2, 3):
        shard(root, f"model-{number:05}-of-00003.safetensors")
    names = {f"layer.{n}": f"model-{n:05}-of-00003.safetensors" for n in (1, 2, 3)}
    auto_map = {"AutoModel": "modeling_tern.TernForCausalLM"}
    config = {"architectures": ["TernForCausalLM"], "model_type": "tern", "auto_map": auto_map}
    lay(
        root,
        {
            "README.md": CARD,
            "LICENSE": "The Tern License. You may do what a tern may do.\n",
            "USE_POLICY.md": "Be kind to birds.\n",
            "model.safetensors.index.json": json.dumps({"weight_map": names}),
            "config.json": json.dumps(config),
            "generation_config.json": "{}",
            "tokenizer_config.json": '{"tokenizer_class": "TernTokenizer"}',
            "tokenizer.json": "{}",
            "modeling_tern.py": "raise SystemExit('this must not run')\n",
            "training_args.bin": b"\x80\x04.",
            "optimizer.pt": b"PK",
            "checkpoint-500/model.safetensors": b"",
            ".git/HEAD": "ref: refs/heads/main\n",
            ".git/packed-refs": f"# pack-refs\n{'a' * 40} refs/heads/main\n",
            ".git/config": f'[remote "origin"]\n\turl = {REMOTE}\n',
        },
    )


def gull(root: Path) -> None:
    """Lay quantised weights whose header tells of license and base."""
    for name, type in (("gull-1b-Q8_0", np.int8), ("gull-1b-F16", np.float16)):
        writer = gguf.GGUFWriter(str(root / f"{name}.gguf"), "llama")
        writer.add_name("Gull 1B")
        writer.add_organization("Gull Lab")
        writer.add_license("apache-2.0")
        writer.add_base_model_count(1)
        writer.add_base_model_name(0, "Heron 7B")
        writer.add_base_model_organization(0, "Field Lab")
        writer.add_base_model_repo_url(0, "https://huggingface.co/fieldlab/heron-7b")
        writer.add_tensor("a", np.zeros((4, 32), type))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
    lay(root, {"LICENSE": APACHE})


def plover(root: Path) -> None:
    """Lay two models in ONNX within a package of code, with Kitfile, Croissant and citation."""
    for name in ("detector", "reader"):
        weights = [numpy_helper.from_array(np.ones((2, 3), np.float32), "w")]
        x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])
        y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 3])
        node = helper.make_node("MatMul", ["x", "w"], ["y"])
        graph = helper.make_graph([node], name, [x], [y], weights)
        path = root / "plover" / "models"
        path.mkdir(parents=True, exist_ok=True)
        onnx.save(helper.make_model(graph, producer_name="fieldlab"), path / f"{name}.onnx")
    croissant = {
        "@context": {"@vocab": "https://schema.org/", "rai": "http://mlcommons.org/croissant/RAI/"},
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "Beaches",
        "description": "Photographs of 400 beaches.",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "url": "https://data.fieldlab.org/beaches",
        "datePublished": "2026-02-30",
        "creator": {"name": "Field Lab"},
        "rai:dataCollection": "A walk along each beach.",
        "rai:dataAnnotationProtocol": ["Two people", "drew boxes."],
    }
    lay(
        root,
        {
            "pyproject.toml": '[project]\nname = "plover"\nversion = "2.1"\nlicense = "GPL"\n'
            'authors = [{name = "Ada Gull"}]\ndependencies = ["onnxruntime>=1.2", "numpy"]\n',
            "plover/__init__.py": "",
            "requirements.txt": "# needed\nnumpy==2.1.0  # pinned\n-r more.txt\n",
            "uv.lock": '[[package]]\nname = "onnxruntime"\nversion = "1.20.1"\n',
            "Kitfile": "manifestVersion: 1.0.0\npackage:\n  name: Plover\n  authors: [Field Lab]\n"
            "model:\n  license: BSD\ncode:\n- path: scripts\n  description: How it was made.\n"
            "datasets:\n- name: shells\n  path: nowhere.csv\n  license: mit\n",
            "scripts/train_plover.py": "",
            "CITATION.cff": "title: Plover\ndate-released: 2026-13-40\n"
            "authors:\n- name: Field Lab\n"
            "preferred-citation:\n  type: article\n  title: On Plovers\n  doi: 10.1234/plover\n",
            "metadata.json": json.dumps(croissant),
            "LICENSE": APACHE,
        },
    )


def nothing(root: Path) -> None:
    """Lay an empty folder."""
    assert root.is_dir()


FOLDERS: dict[str, Maker] = {"tern": tern, "gull": gull, "plover": plover, "nothing": nothing}


@pytest.fixture(params=FOLDERS)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    root = tmp_path / str(request.param)
    root.mkdir()
    FOLDERS[str(request.param)](root)
    return root


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with the release `tern`, without Git."""
    root = tmp_path / "release"
    root.mkdir()
    monkeypatch.chdir(root)
    return root


def drafted(root: Path, answers: dict[str, str] | None = None) -> Draft:
    return draft(look(str(root)), answers)


def report_on(text: str, root: Path) -> Report:
    return validate(text.encode(), folder=LocalFolder(str(root)))


def init(*arguments: str) -> Result:
    return CliRunner().invoke(aimanifest, ["init", *arguments])


# -- what is written -------------------------------------------------------------------------------


def test_the_manifest_is_as_it_was(release: Path, in_step: InStep) -> None:
    in_step(GOLDEN / f"{release.name}.yaml", drafted(release).text)


def hold_right(text: str, root: Path) -> None:
    """Hold that a draft is right, and that each gap has its line to fill in."""
    report = report_on(text, root)
    assert faults(report) == ()
    assessment = report.assessment("osaid-1.0")
    assert assessment
    missing = [each for each in assessment.findings if each.outcome is Outcome.UNSTATED]
    lines = text.splitlines()
    components = yaml.safe_load(text)["components"]
    for finding in missing:
        key = finding.pointer.rpartition("/")[2]
        start = finding.span.start.line - 1
        below = lines[start:]
        if finding.pointer.count("/") == 2 and key in components:
            key = finding.fix.partition(":")[0]  # what is missing belongs into what is there
        assert any(re.match(rf" *# {re.escape(key)}: ", f"{each} ") for each in below), finding
    if missing:
        assert any("# To fill in:" in each for each in lines)


def test_what_is_written_is_right_and_every_gap_has_its_line(release: Path) -> None:
    hold_right(drafted(release).text, release)


def test_people_are_asked_exactly_what_is_missing(release: Path) -> None:
    made = drafted(release)
    assessment = report_on(made.text, release).assessment("osaid-1.0")
    assert assessment
    missing = {each.pointer for each in assessment.findings if each.outcome is Outcome.UNSTATED}
    asked = {each.pointer for each in made.gaps if each.asked}
    ours = {pointer for pointer in asked if pointer not in missing}
    assert {pointer.rpartition("/")[0] for pointer in ours} <= missing  # of a base as a whole
    assert len(asked) == len(missing)


def uncommented(text: str) -> str:
    """Take the `#` from all lines to fill in, and the sentences above them out."""
    result = []
    filling = False
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith("# To fill in:"):
            filling = True
        elif filling and re.fullmatch(r"#(?: [a-z_-]+|   +[a-z_-]+):(?: .*)?", bare):
            indent = line[: len(line) - len(line.lstrip())]
            result.append(f"{indent}{bare[2:]}")
        elif not bare.startswith("#"):
            filling = False
            result.append(line)
    return "\n".join(result) + "\n"


def test_the_lines_to_fill_in_fit_where_they_stand(release: Path) -> None:
    """Without its `#`, each line is a place of the format with nothing said in it yet."""
    text = uncommented(drafted(release).text)
    document = read(text.encode())
    assert document.problems == ()
    gone = {each.rule for each in report_on(text, release).problems}
    assert gone <= {"schema/malformed", "schema/unknown-value"}, text


def test_every_value_says_where_it_was_found(release: Path) -> None:
    made = drafted(release)

    def leaves(value: Any, pointer: str = "") -> Iterator[str]:
        if isinstance(value, dict) and value:
            for key, each in value.items():
                yield from leaves(each, f"{pointer}/{key}")
        else:
            yield pointer

    for pointer in leaves(made.data):
        if not pointer.startswith(("/metadata", "/aimanifest")):
            above = (pointer.rsplit("/", count)[0] for count in range(3))
            assert any(each in made.sources for each in above), pointer


def test_every_rule_of_the_definition_has_a_sentence() -> None:
    rules = frameworks.load("osaid-1.0").rules
    assert SENTENCES.keys() == {each.id.rpartition("/")[2] for each in rules}


def test_a_draft_is_the_same_each_time(release: Path) -> None:
    assert drafted(release).text == drafted(release).text


# -- what is read ----------------------------------------------------------------------------------


def test_shards_are_one_component(tmp_path: Path) -> None:
    tern(tmp_path)
    weights = drafted(tmp_path).data["components"]["weights"]
    assert weights["path"] == "./"
    assert weights["description"].endswith("96 parameters (F32) in 3 tensors.")


def test_missing_shards_are_told(tmp_path: Path) -> None:
    shard(tmp_path, "model-00001-of-00003.safetensors")
    names = {"a": "model-00001-of-00003.safetensors", "b": "model-00002-of-00003.safetensors"}
    lay(tmp_path, {"model.safetensors.index.json": json.dumps({"weight_map": names})})
    told = {each.path: each.reason for each in drafted(tmp_path).troubles}
    assert told["model"] == "2 shards are not in the folder"
    assert told["model.safetensors.index.json"] == "it names 1 of 2 files that are not there"


def test_forms_of_one_model_are_one_component_and_others_are_not(tmp_path: Path) -> None:
    for name in ("model.safetensors", "bird.safetensors", "bird-fp16.safetensors"):
        shard(tmp_path, name)
    lay(tmp_path, {"pytorch_model.bin": b"PK", "vocoder/model.onnx": b"\x08\x07"})
    groups = [each.files for each in look(str(tmp_path)).weights]
    assert sorted(groups) == [
        ("bird-fp16.safetensors", "bird.safetensors"),
        ("model.safetensors", "pytorch_model.bin"),
        ("vocoder/model.onnx",),
    ]


def test_a_notice_and_a_policy_are_no_license(tmp_path: Path) -> None:
    lay(tmp_path, {"NOTICE": "Made by terns.\n", "USE_POLICY.md": "Be kind.\n"})
    made = drafted(tmp_path)
    assert [each for each, _ in made.unused] == ["NOTICE"]
    assert "# To fill in: USE_POLICY.md: if it binds users, name it" in made.text
    assert "NOTICE" not in made.text


def test_what_git_lfs_left_is_a_digest_and_not_a_broken_file(tmp_path: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'ab' * 32}\nsize 5\n"
    lay(tmp_path, {"model.safetensors": pointer})
    made = drafted(tmp_path)
    assert made.data["components"]["weights"]["checksums"] == {"model.safetensors": "ab" * 32}
    assert ["pointer of Git LFS" in each.reason for each in made.troubles] == [True]


@pytest.mark.parametrize(
    ("front", "license", "asked"),
    [
        ("license: apache-2.0", "Apache-2.0", ""),
        ("license: [mit]", "MIT", ""),
        ("license: llama3.1", "LicenseRef-Llama-3.1-Community", ""),
        ("license: other\nlicense_name: gemma", "LicenseRef-Gemma-Terms", ""),
        (
            "license: other\nlicense_name: own\nlicense_link: https://own.org/l",
            "LicenseRef-own",
            "",
        ),
        ("license: other\nlicense_name: own", None, "names `own`, and not where its text"),
        ("license: gpl", None, "does not say which license"),
        ("license: [mit, apache-2.0]", None, "says `mit, apache-2.0`"),
        ("license: zorp", None, "says `zorp`"),
        ("license: other", None, ""),
        ("license: unknown", None, ""),
        ('license: "[More Information Needed]"', None, ""),
        ("tags: [a]", None, ""),
    ],
)
def test_a_license_is_recognised_or_asked_about(
    front: str, license: str | None, asked: str, tmp_path: Path
) -> None:
    shard(tmp_path, "model.safetensors")
    lay(tmp_path, {"README.md": f"---\n{front}\n---\n# Tern\n"})
    made = drafted(tmp_path)
    assert made.data["components"]["weights"].get("license") == license
    gaps = {each.pointer: each for each in made.gaps}
    assert ("/components/weights/license" in gaps) is (license is None)
    if asked:
        assert asked in gaps["/components/weights/license"].sentence
    hold_right(made.text, tmp_path)


def test_files_that_contradict_each_other_are_a_question(tmp_path: Path) -> None:
    gull(tmp_path)
    lay(tmp_path, {"README.md": "---\nlicense: mit\n---\n"})
    made = drafted(tmp_path)
    gap = next(each for each in made.gaps if each.steps[-1] == "license")
    assert gap.candidates == ("Apache-2.0", "MIT")
    assert "these are not the same" in gap.sentence


def test_what_a_license_text_covers_is_asked_and_not_guessed(tmp_path: Path) -> None:
    shard(tmp_path, "model.safetensors")
    lay(tmp_path, {"LICENSE": APACHE})
    made = drafted(tmp_path)
    assert "license" not in made.data["components"]["weights"]
    assert "# license: Apache-2.0\n" in made.text


def test_a_license_whose_text_is_another_is_marked(tmp_path: Path) -> None:
    """As in a package on PyPI, called MIT, with the text of the AGPL and a header that says so."""
    shard(tmp_path, "model.safetensors")
    lay(tmp_path, {"README.md": "---\nlicense: mit\n---\n", "LICENSE": APACHE})
    made = drafted(tmp_path)
    assert "/components/weights/license" in made.guessed
    told = " ".join(made.text.replace("# ", "").split())
    assert "LICENSE holds the text of Apache-2.0, which is another license" in told
    assert "licenses" not in made.data


def test_an_ambiguous_name_and_a_text_leave_one_answer_to_confirm(tmp_path: Path) -> None:
    shard(tmp_path, "model.safetensors")
    lay(tmp_path, {"README.md": "---\nlicense: apache\n---\n", "LICENSE": APACHE})
    made = drafted(tmp_path)
    assert "license" not in made.data["components"]["weights"]
    assert "# license: Apache-2.0\n" in made.text


def test_the_text_that_lies_nearest_is_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        shard(tmp_path, f"{name}/model.safetensors")
    lay(tmp_path, {"one/LICENSE": APACHE, "LICENSE": "MIT License\n"})
    gaps = {each.pointer: each for each in drafted(tmp_path).gaps}
    assert "one/LICENSE holds" in gaps["/components/one/license"].sentence


def test_a_model_that_is_a_folder_is_one_file_of_weights(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "m/nmp.mlpackage/Data/com.apple.CoreML/model.mlmodel": b"x",
            "m/nmp.mlpackage/Manifest.json": "{}",
            "m/nmp/saved_model.pb": b"x",
            "m/nmp/variables/variables.index": b"x",
            "m/nmp.tflite": b"x",
        },
    )
    made = drafted(tmp_path)
    weights = made.data["components"]["weights"]
    assert weights["path"] == "m/"
    assert weights["format"] == "coreml, tflite, tensorflow"
    assert "notes" not in weights
    assert made.troubles == ()


def test_tags_of_datasets_never_become_training_data(tmp_path: Path) -> None:
    tern(tmp_path)
    made = drafted(tmp_path)
    assert "trained_on" not in made.data["components"]["weights"]
    assert "fieldlab/nests (README.md, line 8)" in " ".join(made.text.replace("# ", "").split())
    assert not any("nests" in id for id in made.data["components"])


def test_nothing_secret_of_git_is_told(tmp_path: Path) -> None:
    tern(tmp_path)
    made = drafted(tmp_path)
    assert made.data["release"]["homepage"] == "https://hf.co/ternlab/tern-1b"
    assert made.data["release"]["identifiers"] == [f"pkg:huggingface/ternlab/tern-1b@{'a' * 40}"]
    assert "secret" not in made.text


@pytest.mark.parametrize(
    ("url", "homepage"),
    [
        ("git@github.com:Lab/Tern.git", "https://github.com/Lab/Tern"),
        ("ssh://git@gitlab.com:22/lab/tern", "https://gitlab.com/lab/tern"),
        ("http://host:8080/a.git", "https://host:8080/a"),
        ("/srv/git/tern.git", None),
        ("file:///srv/tern", None),
        ("https://[broken", None),
        ("https://host:port/x", None),
    ],
)
def test_a_remote_is_an_address_that_a_browser_opens(
    url: str, homepage: str | None, tmp_path: Path
) -> None:
    lay(tmp_path, {".git/config": f'[remote "origin"]\n  url = {url}\n', ".git/HEAD": "x"})
    assert drafted(tmp_path).data["release"].get("homepage") == homepage


def test_a_repository_elsewhere_is_not_looked_at(tmp_path: Path) -> None:
    outside = lay(tmp_path / "outside", {"config": '[remote "origin"]\nurl = https://h.org/x\n'})
    inside = lay(tmp_path / "inside", {".git": f"gitdir: {outside}\n"})
    made = drafted(inside)
    assert "homepage" not in made.data["release"]
    assert any(each.path == ".git" for each in made.troubles)


# -- hostile folders -------------------------------------------------------------------------------


def test_links_out_of_the_folder_are_told_and_not_followed(tmp_path: Path) -> None:
    outside = lay(tmp_path / "outside", {"README.md": "# Secret\n", "deep/model.gguf": b"GGUF"})
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "README.md").symlink_to(outside / "README.md")
    (inside / "deep").symlink_to(outside / "deep")
    (inside / "loop").symlink_to(inside)
    (inside / "nowhere").symlink_to(inside / "gone")
    made = drafted(inside)
    assert "Secret" not in made.text
    told = {each.path: each.reason for each in made.troubles}
    assert told["README.md"] == told["deep"] == "the link leads out of the folder"
    assert told.keys() == {"README.md", "deep", "loop", "nowhere"}


def test_broken_files_are_told_each(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "README.md": "---\nlicense: [\n---\n# Tern\n",
            "config.json": "{",
            "adapter_config.json": "[" * 100_000,
            "generation_config.json": "[1]",
            "CITATION.cff": "a: b: c",
            "Kitfile": b"\xff\xfe\x00",
            "pyproject.toml": "[project",
            "uv.lock": "=",
            "metadata.json": b"\xff",
            "model.safetensors": b"\xff" * 64,
            "model.gguf": b"GGUF\x03\x00\x00\x00",
            "model.onnx": b"\x08",
            "requirements.txt": b"\xff\x00==1\n",
        },
    )
    made = drafted(tmp_path)
    hold_right(made.text, tmp_path)
    told = {each.path for each in made.troubles}
    assert told == {
        *("README.md", "config.json", "adapter_config.json", "generation_config.json"),
        *("CITATION.cff", "Kitfile", "pyproject.toml", "uv.lock", "metadata.json"),
        *("model.safetensors", "model.gguf", "model.onnx"),
    }


def test_values_of_the_wrong_type_are_survived(tmp_path: Path) -> None:
    odd: tuple[object, ...] = (
        {"a": 1},
        [[]],
        7,
        None,
        True,
        "x" * 10_000,
        "\x00",
        "a\nb",
        ["", "…", {"name": 3}],
    )
    keys = (
        *("license", "base_model", "datasets", "model-index", "title", "authors", "doi", "name"),
        *("architectures", "auto_map", "base_model_name_or_path", "project", "package", "default"),
        *("model", "code", "preferred-citation", "description", "weight_map", "pipeline_tag"),
    )
    names = ("config.json", "adapter_config.json", "metadata.json", "Pipfile.lock", "Kitfile")
    croissant = {"@type": "Dataset", "conformsTo": "croissant"}
    for each in odd:
        data = json.dumps({**croissant, **dict.fromkeys(keys, each)})
        lay(tmp_path, dict.fromkeys((*names, "CITATION.cff", "x.safetensors.index.json"), data))
        lay(tmp_path, {"README.md": f"---\n{data}\n---\n"})
        hold_right(drafted(tmp_path).text, tmp_path)


def test_huge_and_many_files_take_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "LIMIT_ENTRIES", 300)
    for name in ("README.md", "config.json", "LICENSE"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(10**10)
    for number in range(400):
        lay(tmp_path, {f"many/{number:03}.safetensors": b""})
    made = drafted(tmp_path)
    hold_right(made.text, tmp_path)
    told = {each.path: each.reason for each in made.troubles}
    assert {"README.md", "config.json", "LICENSE"} <= told.keys()
    assert any("are listed" in each for each in told.values()) or "more" in told[""]
    assert len(made.troubles) <= folders.LIMIT_TROUBLES + 2


@pytest.mark.parametrize("line", ["<!--" * 300_000, "# " + " " * 10**6 + "x", "# x\n" * 200_000])
def test_a_card_that_is_made_to_be_slow_is_read_in_time(line: str, tmp_path: Path) -> None:
    lay(tmp_path, {"README.md": f"# Tern\n\n## Uses\n\n{line}\n"})
    started = time.monotonic()
    hold_right(drafted(tmp_path).text, tmp_path)
    assert time.monotonic() - started < 20


def test_names_that_no_manifest_can_hold_are_told(tmp_path: Path) -> None:
    for name in (b"\xff.gguf", b"a\nb.gguf", "e\u202egpj.gguf".encode()):
        try:
            with open(os.path.join(os.fsencode(tmp_path), name), "wb"):
                pass
        except OSError:
            pytest.skip("the file system has no such names")
    made = drafted(tmp_path)
    assert made.text.isascii() or "…" in made.text
    assert len(made.troubles) == 3
    assert "gguf" not in made.text


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "README.md")
    os.mkfifo(tmp_path / "model.gguf")
    assert {each.reason for each in drafted(tmp_path).troubles} == {"it is no ordinary file"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    lay(tmp_path, {"README.md": "# Tern\n", "closed/model.gguf": b"GGUF"})
    (tmp_path / "README.md").chmod(0)
    (tmp_path / "closed").chmod(0)
    told = {each.path for each in drafted(tmp_path).troubles}
    (tmp_path / "closed").chmod(0o700)
    assert told == {"README.md", "closed"}


def test_what_cannot_be_read_after_it_was_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, {"README.md": "# Tern\n"})
    listed = folders.Folder(str(tmp_path))
    monkeypatch.setattr(folders, "Folder", lambda _: listed)
    (tmp_path / "README.md").unlink()
    assert listed.read("README.md") is None
    assert [each.path for each in listed.troubles] == ["README.md"]


words = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(name=words, license=words, base=words, heading=words, header=words)
def test_whatever_files_say_the_draft_is_right(
    tmp_path_factory: pytest.TempPathFactory,
    *,
    name: str,
    license: str,
    base: str,
    heading: str,
    header: str,
) -> None:
    root = tmp_path_factory.mktemp("release")
    front = {"model_name": name, "license": license, "base_model": [base], "license_name": name}
    card = f"---\n{json.dumps(front)}\n---\n# {heading}\n\n## Limitations\n\n{heading}\n"
    tensor = {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}
    metadata = {"modelspec.title": header, "license": license, "modelspec.date": name}
    weights = json.dumps({**tensor, "__metadata__": metadata}).encode()
    lay(
        root,
        {
            "README.md": card.encode("utf-8", "replace"),
            "model.safetensors": struct.pack("<Q", len(weights)) + weights + bytes(4),
            "config.json": json.dumps({"architectures": [heading, base]}),
        },
    )
    hold_right(drafted(root).text, root)


# -- the command -----------------------------------------------------------------------------------


def test_a_manifest_is_written_and_the_rest_is_told(here: Path) -> None:
    tern(here)
    result = init()
    assert result.exit_code == REACHED
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert re.fullmatch(
        r"ai-manifest\.yaml: \d+ components, \d+ guesses, \d+ lines to fill in", lines[0]
    )
    assert (here / "ai-manifest.yaml").read_text(encoding="utf-8") == drafted(here).text
    assert CliRunner().invoke(aimanifest, ["validate", "--require", "core"]).exit_code == REACHED


@pytest.mark.parametrize("name", ["ai-manifest.yaml", "ai-manifest.yml", "ai-manifest.json"])
def test_a_manifest_is_never_overwritten(name: str, here: Path) -> None:
    lay(here, {name: "mine"})
    result = init("--no-input")
    assert result.exit_code == USAGE
    assert f"'{name}' is there already" in result.stderr
    assert "--update" in result.stderr
    assert [each.name for each in here.iterdir()] == [name]
    assert (here / name).read_text(encoding="utf-8") == "mine"


def test_the_manifest_can_go_elsewhere(here: Path) -> None:
    shard(here, "model.safetensors")
    result = init("-o", "-")
    assert result.exit_code == REACHED
    assert result.stdout == drafted(here).text
    assert init("-o", "../draft.yaml").exit_code == REACHED
    assert (here.parent / "draft.yaml").read_text(encoding="utf-8") == result.stdout
    assert init("-o", "../draft.yaml").exit_code == USAGE
    assert not (here / "ai-manifest.yaml").exists()


def test_a_folder_that_is_none_is_told(here: Path) -> None:
    lay(here, {"file": ""})
    for name in ("nowhere", "file"):
        result = init(name)
        assert result.exit_code == UNREAD
        assert f"aimanifest: '{name}': " in result.stderr


def test_a_folder_that_is_read_only_is_told_at_once(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    result = init()
    assert result.exit_code == FAILURE
    assert "cannot be written to; `--output FILE` writes elsewhere" in result.stderr
    assert list(here.iterdir()) == []
    assert init("-o", "-").exit_code == REACHED


def test_validate_and_hash_name_the_command(here: Path) -> None:
    assert not list(here.iterdir())
    for command in ("validate", "hash"):
        result = CliRunner().invoke(aimanifest, [command, "."])
        assert "`aimanifest init` makes one" in result.stderr


# -- into a manifest that is there -----------------------------------------------------------------

MINE = """\
# written by hand
aimanifest: "1.0"
release:
  publisher: {name: Tern Lab}   # us
  name: "Tern"

components:
  model: # the weights
    kind: weights
    license: Apache-2.0
    path: model.safetensors
  paper: {kind: technical-report, omitted: withheld}
"""


def test_what_is_new_is_merged_and_nothing_else_changes(here: Path) -> None:
    shard(here, "model.safetensors")
    front = "license: mit\nbase_model: fieldlab/heron\nbase_model_relation: adapter\n"
    lay(
        here,
        {"ai-manifest.yaml": MINE, "README.md": f"---\n{front}---\n# Tern 2\n\n## Uses\n\nFly.\n"},
    )
    result = init("--update")
    assert result.exit_code == REACHED, result.output
    text = (here / "ai-manifest.yaml").read_text(encoding="utf-8")
    kept = iter(text.splitlines())
    assert all(line in kept for line in MINE.splitlines()), text
    data = yaml.safe_load(text)
    model = data["components"]["model"]
    assert model["license"] == "Apache-2.0"
    assert model["derived_from"] == {"heron": "adapter"}
    assert model["description"] == "32 parameters (F32) in 1 tensor."
    assert data["components"]["heron"] == {"kind": "weights", "name": "heron"}
    assert data["components"]["model-card"] == {"path": "README.md"}
    assert data["release"]["intended_use"] == "Fly."
    assert "intended_use: Fly.  # README.md, line 8" in text
    assert (
        "/components/model/license: 'Apache-2.0', but README.md, line 2 has 'MIT'" in result.stderr
    )
    assert faults(report_on(text, here)) == ()
    again = init("--update")
    assert "nothing new was found" in again.stderr
    assert (here / "ai-manifest.yaml").read_text(encoding="utf-8") == text


def test_a_draft_has_nothing_new_for_itself(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release)
    assert init("--no-input").exit_code == REACHED
    before = (release / "ai-manifest.yaml").read_bytes()
    result = init("--update")
    assert "nothing new was found" in result.stderr
    assert "says otherwise" not in result.stderr
    assert (release / "ai-manifest.yaml").read_bytes() == before


def test_what_would_make_a_manifest_wrong_is_left_out(here: Path) -> None:
    shard(here, "model.safetensors")
    own = MINE.replace("path: model.safetensors", "location: https://h.org/tern").replace(
        "paper: {", "model-card: {omitted: withheld}\n  paper: {"
    )
    lay(here, {"ai-manifest.yaml": own, "README.md": "---\nlicense: mit\n---\n"})
    assert init("--update").exit_code == REACHED
    data = yaml.safe_load((here / "ai-manifest.yaml").read_text(encoding="utf-8"))
    assert "path" not in data["components"]["model"]
    assert data["components"]["model-card"] == {"omitted": "withheld"}
    assert len(data["components"]) == 3


def test_a_manifest_in_json_stays_json(here: Path) -> None:
    shard(here, "model.safetensors")
    data = yaml.safe_load(MINE)
    lay(here, {"ai-manifest.json": json.dumps(data, indent=2)})
    assert init("--update").exit_code == REACHED
    new = json.loads((here / "ai-manifest.json").read_text(encoding="utf-8"))
    assert new["components"]["model"]["format"] == "safetensors"


def test_what_is_no_manifest_is_left_alone(here: Path) -> None:
    for content in (b"\xff", b"- a\n", b"a: [", b""):
        lay(here, {"ai-manifest.yaml": content})
        result = init("--update")
        assert result.exit_code == UNREAD
        assert "cannot be updated" in result.stderr
        assert (here / "ai-manifest.yaml").read_bytes() == content


def test_an_update_needs_one_manifest(here: Path) -> None:
    assert init("--update").exit_code == USAGE
    lay(here, {"ai-manifest.yaml": MINE, "ai-manifest.json": "{}"})
    assert init("--update").exit_code == USAGE


# -- questions -------------------------------------------------------------------------------------


def answer(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> list[dict[str, str]]:
    """Type these lines, then end the input; return all that was kept on the way."""
    typed = iter(lines)

    def prompt(*_: object, default: str = "", **__: object) -> str:
        line = next(typed, None)
        if line is None:
            raise EOFError
        return line or default

    monkeypatch.setattr("click.prompt", prompt)
    return []


def test_answers_become_the_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shard(tmp_path, "model.safetensors")
    lay(tmp_path, {"train.py": "", "README.md": "# Tern\n"})
    kept: list[dict[str, str]] = []
    typed = {
        "/release/name": "Tern 2",
        "/release/publisher/name": "Tern Lab",
        "/components/weights/license": "apache 2",
        "/components/weights/trained_on": "Our Nests",
        "/components/our-nests/data/provenance": "Beaches.",
        "/components/our-nests/data/labeling": "none",
        "/components/our-nests/data/access": "public",
        "/components/our-nests/location": "https://h.org/nests",
        "/metadata/license": "CC0-1.0",
        "/components/training-code/license": "MIT",
        "/components/inference-code": "training-code",
        "/components/validation-code": "not-produced: nobody validated",
        "/components/weights/produced_by": "training-code",
    }
    evidence = look(str(tmp_path))
    for pointer, text in typed.items():
        before = dict(list(typed.items())[: list(typed).index(pointer)])
        assert objection(evidence, before, pointer, text) == "", pointer
    made = draft(evidence, typed)
    hold_right(made.text, tmp_path)
    components = made.data["components"]
    assert made.data["release"]["name"] == "Tern 2"
    assert components["weights"]["license"] == "Apache-2.0"
    assert components["weights"]["trained_on"] == ["our-nests"]
    assert components["our-nests"]["name"] == "Our Nests"
    assert components["training-code"]["includes"] == ["inference-code"]
    assert components["validation-code"]["notes"] == "nobody validated"
    assert "license: Apache-2.0  # answered" in made.text
    answer(monkeypatch, ["", "Tern Lab"])
    with pytest.raises(Stopped):
        ask(evidence, {}, keep=lambda known: kept.append(dict(known)))
    assert kept == [{"/release/publisher/name": "Tern Lab"}]


@pytest.mark.parametrize(
    ("pointer", "text", "why"),
    [
        ("/components/weights/license", "gpl", "does not say which"),
        ("/components/weights/license", "zorp", "no license is known here"),
        ("/components/weights/trained_on", "…", "names nothing"),
        ("/components/weights/trained_on", "weights", "of another kind"),
        ("/components/weights/produced_by", "magic", "there is no code `magic`"),
        ("/components/training-code", "train.py", "neither an address"),
        ("/components/training-code", "../train.py", "neither an address"),
        ("/components/training-code", "not-produced", "say why"),
        ("/release/name", "TODO", "holds a place"),
        ("/release/name", "x" * 400, "too long"),
        ("/components/gone/license", "MIT", "nothing that this would belong to"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_why(
    pointer: str, text: str, why: str, tmp_path: Path
) -> None:
    shard(tmp_path, "model.safetensors")
    evidence = look(str(tmp_path))
    assert why in objection(evidence, {}, pointer, text)
    hold_right(draft(evidence, {pointer: text}).text, tmp_path)


def test_an_answer_can_be_changed_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shard(tmp_path, "model.safetensors")
    evidence = look(str(tmp_path))
    known = {"/release/name": "Tern", "/release/publisher/name": "Tern Lab"}
    questions = draft(evidence, known).questions
    answer(monkeypatch, [*("" for _ in questions), "1", "Gull", "2", "-", "1", "", ""])
    assert ask(evidence, known, keep=lambda _: None) == {"/release/name": "Gull"}


def test_answers_that_came_with_a_folder_are_not_used_unasked(here: Path) -> None:
    lay(here, {ANSWERS: '{"/release/publisher/name": "Somebody"}'})
    assert init("--no-input").exit_code == REACHED
    assert "Somebody" not in (here / "ai-manifest.yaml").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_answers_are_not_written_through_a_link(here: Path) -> None:
    precious = here.parent / "precious"
    lay(here.parent, {"precious": "{}"})
    (here / ANSWERS).symlink_to(precious)
    output, code = on_a_terminal(["init"], ["Tern"], here)
    assert code == FAILURE
    assert "is a link" in output
    assert precious.read_text(encoding="utf-8") == "{}"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_on_a_terminal_it_asks_and_goes_on_where_it_was(here: Path) -> None:
    shard(here, "model.safetensors")
    output, code = on_a_terminal(["init"], ["Tern", "Tern Lab", "MIT"], here)
    assert "What the release is called." in output
    assert code == 1
    kept = json.loads((here / ANSWERS).read_text(encoding="utf-8"))
    assert list(kept.values()) == ["Tern", "Tern Lab", "MIT"]
    assert not (here / "ai-manifest.yaml").exists()
    output, code = on_a_terminal(["init"], [""] * 30, here)
    assert "3 answers of before are taken up again." in output
    assert code == REACHED
    assert "license: MIT  # answered" in (here / "ai-manifest.yaml").read_text(encoding="utf-8")
    assert not (here / ANSWERS).exists()


def on_a_terminal(arguments: list[str], lines: list[str], folder: Path) -> tuple[str, int]:
    """Run the command on a terminal, and type a line whenever it asks; then end the input."""
    import pty  # noqa: PLC0415  it is not there on Windows
    import select  # noqa: PLC0415

    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "aimanifest", *arguments])  # noqa: S606
    output = b""
    typed = list(lines)
    asked = 0
    while select.select([terminal], [], [], 30)[0]:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            break
        if not chunk:
            break
        output += chunk
        if output.count(b"\n> ") > asked:
            asked = output.count(b"\n> ")
            os.write(terminal, f"{typed.pop(0)}\n".encode() if typed else b"\x04")
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return output.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(status)


# -- real models -----------------------------------------------------------------------------------


@pytest.mark.skipif(not MODELS.is_dir(), reason="needs unpacked wheels with models in them")
def test_models_that_packages_ship_are_described() -> None:
    found = 0
    for root in sorted(MODELS.iterdir()):
        made = drafted(root)
        hold_right(made.text, root)
        found += any("parameters" in str(each) for each in made.data["components"].values())
    assert found


def test_the_package_lists_what_it_reads() -> None:
    modules = {path.stem for path in (ROOT / "aimanifest/drafting/sources").glob("[a-z]*.py")}
    assert modules == set(drafting.sources.ORDER)
