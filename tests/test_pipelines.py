"""The GitHub Action and the GitLab component: their steps, run here as a runner runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
import yaml

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HEAD, JOB = yaml.safe_load_all((ROOT / "templates" / "aimanifest.yml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(
    os.name != "posix" or not shutil.which("bash"), reason="bash is not installed"
)

SLY = (
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "a\\",
    "--format",
    "-h",
    "%0A::error::x",
    "${{ github.token }}",
    "*",
    "END",
)
"""Inputs that a script must take for what they are: names of files that there are none of."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Make a checkout with a right manifest and one that leaves things out."""
    here = tmp_path / "work space"
    for name in ("complete", "incomplete"):
        (here / name).mkdir(parents=True)
        shutil.copy(GOLDEN / f"{name}.yaml", here / name / "ai-manifest.yaml")
    return here


def installed(folder: Path) -> None:
    """Put the command of this checkout where the step before would have installed it."""
    (folder / "bin").mkdir(parents=True)
    command = folder / "bin" / "aimanifest"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m aimanifest "$@"\n'
    )
    command.chmod(0o755)


# -- GitHub ----------------------------------------------------------------------------------------


class Done(NamedTuple):
    """What a step has left: its code, what it printed, its outputs and its summary."""

    code: int
    stdout: str
    outputs: dict[str, str]
    summary: str

    @property
    def commands(self) -> list[str]:
        """The workflow commands that a runner would take, in order."""
        found, stopped = [], ""
        for line in self.stdout.splitlines():
            if stopped:
                stopped = "" if line == f"::{stopped}::" else stopped
            elif line.startswith("::stop-commands::"):
                stopped = line.removeprefix("::stop-commands::")
            elif line.strip().startswith("::") or "##[" in line:
                found.append(line)
        assert not stopped
        return found


def evaluated(text: str, context: Mapping[str, str]) -> str:
    """Replace expressions as the runner does: as they are, quoted by nothing."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: context[match[1]], text)


def act(workspace: Path, *, install: bool = False, **inputs: str) -> Done:
    """Run the steps of the action in `workspace`."""
    temp = workspace.parent / "temp"
    files = {key: workspace.parent / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    assert inputs.keys() <= ACTION["inputs"].keys()
    given = {key: inputs.get(key, each["default"]) for key, each in ACTION["inputs"].items()}
    context = {f"inputs.{key}": each for key, each in given.items()}
    context["github.action_path"] = str(ROOT)
    if not install:
        shutil.rmtree(temp, ignore_errors=True)
        installed(temp / "aimanifest")
    else:
        temp.mkdir()
    for each in files.values():
        each.write_text("", encoding="utf-8")
    stdout = ""
    for step in ACTION["runs"]["steps"][0 if install else 1 :]:
        env = {key: evaluated(each, context) for key, each in step["env"].items()}
        script = workspace.parent / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        assert step["shell"] == "bash"
        done = subprocess.run(
            ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)),
            cwd=workspace,
            env={
                **os.environ,
                **env,
                "RUNNER_TEMP": str(temp),
                **{k: str(v) for k, v in files.items()},
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        stdout += done.stdout
        if done.returncode:
            break
    lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
    outputs = dict(each.split("=", 1) for each in lines)
    summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    return Done(done.returncode, stdout, outputs, summary)


def test_nothing_that_others_write_stands_in_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
    for text in JOB["aimanifest"]["script"]:
        assert "$[[" not in text


def test_the_action_says_what_it_takes_and_gives() -> None:
    told = {key: each for kind in ("inputs", "outputs") for key, each in ACTION[kind].items()}
    assert all(len(each["description"]) > 20 for each in told.values())
    values = {evaluated(each["value"], Outputs()) for each in ACTION["outputs"].values()}
    assert values == ACTION["outputs"].keys()
    assert {*HEAD["spec"]["inputs"]} >= {*ACTION["inputs"]}


class Outputs(dict[str, str]):
    """Gives for `steps.check.outputs.name` the name."""

    def __missing__(self, key: str) -> str:
        return key.removeprefix("steps.check.outputs.")


def test_a_complete_release_passes(workspace: Path) -> None:
    done = act(workspace, path="complete")
    assert (done.code, done.outputs["reached"]) == (0, "true")
    assert "| ✓ | [Open Source AI Definition 1.0]" in done.summary
    assert done.outputs.keys() == ACTION["outputs"].keys()
    log = json.loads(Path(done.outputs["sarif"]).read_text(encoding="utf-8"))
    (artifact,) = log["runs"][0]["artifacts"]
    assert artifact["location"]["uri"] == "complete/ai-manifest.yaml"
    assert json.loads(Path(done.outputs["json"]).read_text(encoding="utf-8"))["reached"]
    assert Path(done.outputs["html"]).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert all(
        each.startswith("::notice file=complete/ai-manifest.yaml,") for each in done.commands
    )


@pytest.mark.parametrize(("fail", "code"), [("true", 1), ("false", 0)])
def test_a_release_that_leaves_things_out_fails_where_that_is_asked(
    workspace: Path, fail: str, code: int
) -> None:
    done = act(workspace, fail=fail)
    assert (done.code, done.outputs["reached"]) == (code, "false")
    assert any(
        each.startswith("::error file=incomplete/ai-manifest.yaml,line=") for each in done.commands
    )
    assert done.summary.count("\n## ") == 1
    assert {*workspace.rglob("*")} == {
        *(workspace / each for each in ("complete", "incomplete")),
        *(workspace / each / "ai-manifest.yaml" for each in ("complete", "incomplete")),
    }


def test_several_frameworks_a_policy_and_several_paths_can_be_given(workspace: Path) -> None:
    done = act(
        workspace,
        path="complete\r\n\nincomplete/ai-manifest.yaml\n",
        require="core\nmof:class-3",
        policy="darktable",
    )
    assert done.code == 1
    data = json.loads(Path(done.outputs["json"]).read_text(encoding="utf-8"))
    assert data["required"] == ["darktable", "core", "mof:class-3"]
    assert len(data["files"]) == 2


@pytest.mark.parametrize("fail", ["true", "false"])
def test_what_cannot_be_read_always_fails(workspace: Path, fail: str) -> None:
    done = act(workspace, path="gone\n::error::x", fail=fail)
    assert (done.code, done.outputs["reached"]) == (3, "false")
    assert "gone: No such file or directory" in done.stdout
    titles = [re.search("title=([^:,]*)", each) for each in done.commands]
    assert [each and each[1] for each in titles] == ["Not read", "Not read"]


def test_a_wrong_input_always_fails(workspace: Path) -> None:
    done = act(workspace, require="osaid", fail="false")
    assert done.code == 2
    assert "Did you mean 'osaid-1.0'?" in " ".join(done.stdout.split())
    assert done.outputs == {"reached": "false"}


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name in ("policy", "fail") for text in SLY[:4]]
    + [(name, "\n".join(SLY)) for name in ("path", "require", "policy")],
)
def test_an_input_is_no_script(workspace: Path, name: str, text: str) -> None:
    inputs: Any = {"path": "complete", name: text}
    done = act(workspace, **inputs)
    assert done.code == {"path": 3, "fail": 0}.get(name, 2)
    assert not [each for each in done.commands if not each.startswith(("::notice ", "::error "))]
    assert not list(workspace.parent.rglob("pwned"))


@pytest.mark.network
def test_the_action_installs_what_it_runs(workspace: Path) -> None:
    done = act(workspace, install=True, path="complete")
    assert (done.code, done.outputs["reached"]) == (0, "true"), done


# -- GitLab ----------------------------------------------------------------------------------------


def interpolated(value: Any, inputs: Mapping[str, Any]) -> Any:
    """Replace inputs in a job, as GitLab does before anything runs."""
    if isinstance(value, str):
        return re.sub(
            r"\$\[\[ inputs\.(\w+) \]\]",
            lambda match: (
                str(inputs[match[1]]).lower()
                if isinstance(inputs[match[1]], bool)
                else str(inputs[match[1]])
            ),
            value,
        )
    if isinstance(value, dict):
        return {key: interpolated(each, inputs) for key, each in value.items()}
    return [interpolated(each, inputs) for each in value] if isinstance(value, list) else value


def job(workspace: Path, **given: Any) -> subprocess.CompletedProcess[str]:
    """Run the job in `workspace`, but for what it installs."""
    inputs = {key: each["default"] for key, each in HEAD["spec"]["inputs"].items()} | given
    found = interpolated(JOB["aimanifest"], inputs)
    env = {
        key: each["value"] if isinstance(each, dict) else each
        for key, each in found["variables"].items()
    }
    if not (workspace / ".aimanifest").exists():
        installed(workspace / ".aimanifest")
    return subprocess.run(
        ("sh", "-e", "-c", found["script"][1]),
        cwd=workspace,
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"path": "complete"}, 0),
        ({}, 1),
        ({"fail": False}, 0),
        ({"path": "gone", "fail": False}, 3),
        ({"require": "osaid", "fail": False}, 2),
        ({"path": "complete\nincomplete", "require": "core\nmof", "policy": "darktable"}, 1),
    ],
)
def test_a_job_ends_as_it_should_and_leaves_its_reports(
    workspace: Path, given: dict[str, Any], code: int
) -> None:
    done = job(workspace, **given)
    assert done.returncode == code, done.stderr
    artifacts = JOB["aimanifest"]["artifacts"]
    names = {*artifacts["paths"], *artifacts["reports"].values()}
    written = {each.name for each in workspace.iterdir() if each.is_file()}
    assert written == (set() if code == 2 else names)
    if code != 2:
        assert isinstance(
            json.loads((workspace / artifacts["reports"]["codequality"]).read_text()), list
        )
        ET.parse(workspace / artifacts["reports"]["junit"])  # noqa: S314  our own output


@pytest.mark.parametrize("name", ["path", "require", "policy"])
def test_an_input_of_the_component_is_no_script(workspace: Path, name: str) -> None:
    done = job(workspace, **{"path": "complete", name: "\n".join(SLY)})
    assert done.returncode == (3 if name == "path" else 2)
    assert not list(workspace.parent.rglob("pwned"))


def test_variables_are_left_as_they_are_given() -> None:
    """GitLab would replace `$NAME` in a variable by what it stands for."""
    for key, each in JOB["aimanifest"]["variables"].items():
        assert key == "AIMANIFEST_FAIL" or each["expand"] is False
