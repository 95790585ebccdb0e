"""The hooks, as the real pre-commit runs them at a real commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import manifests
import pytest
import yaml

ROOT = Path(__file__).parent.parent

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(not shutil.which("git"), reason="git is not installed"),
    pytest.mark.skipif(not find_spec("pre_commit"), reason="pre-commit is not installed"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is not a checkout"),
]

RIGHT = """\
aimanifest: "1.0"
release:
  name: Ammonite
  publisher: {name: University of Whitby}
components:
  weights: {license: Apache-2.0}
"""
WRONG = RIGHT.replace("license:", "licence:")

Commit = Callable[[str, str], subprocess.CompletedProcess[str]]
Repository = Callable[[str], Commit]


def execute(*command: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command, with what it says on both channels in `stdout`."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give an environment with a git identity and a cache of its own."""
    home = tmp_path_factory.mktemp("home")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return inherited | {
        "GIT_AUTHOR_NAME": "Mary",
        "GIT_AUTHOR_EMAIL": "mary@example.org",
        "GIT_COMMITTER_NAME": "Mary",
        "GIT_COMMITTER_EMAIL": "mary@example.org",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
    }


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> tuple[Path, str]:
    """Commit this checkout as it stands to a repository of its own; give its path and revision."""
    clone = tmp_path_factory.mktemp("published")
    listed = execute(
        *("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"), cwd=ROOT, env=env
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, clone / name)
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "-m", "all")):
        done = execute("git", *command, cwd=clone, env=env)
        assert done.returncode == 0, done.stdout
    return clone, execute("git", "rev-parse", "HEAD", cwd=clone, env=env).stdout.strip()


def configuration(published: tuple[Path, str], hook: str) -> str:
    """Give the configuration that README.md shows, with this checkout and `hook` in it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(repos:\n.*?)```", readme, re.DOTALL)
    config = yaml.safe_load(block)
    (repo,) = config["repos"]
    assert repo["hooks"] == [{"id": "aimanifest"}]
    repo["repo"], repo["rev"] = str(published[0]), published[1]
    repo["hooks"] = [{"id": hook}]
    return yaml.safe_dump(config)


@pytest.fixture
def repository(tmp_path: Path, published: tuple[Path, str], env: dict[str, str]) -> Repository:
    """Give a function that makes a scratch repository in which one hook is installed."""

    def make(hook: str) -> Commit:
        assert execute("git", "init", "--quiet", cwd=tmp_path, env=env).returncode == 0
        (tmp_path / ".pre-commit-config.yaml").write_text(configuration(published, hook))
        ready = execute(
            *(sys.executable, "-m", "pre_commit", "install", "--install-hooks"),
            cwd=tmp_path,
            env=env,
        )
        assert ready.returncode == 0, ready.stdout

        def commit(name: str, text: str) -> subprocess.CompletedProcess[str]:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
            execute("git", "add", "--all", cwd=tmp_path, env=env)
            return execute("git", "commit", "-m", "a change", cwd=tmp_path, env=env)

        return commit

    return make


@pytest.mark.parametrize("hook", ["aimanifest", "aimanifest-core"])
@pytest.mark.parametrize("name", ["ai-manifest.yaml", "model/ai-manifest.yml"])
def test_a_wrong_manifest_fails_the_commit(repository: Repository, hook: str, name: str) -> None:
    done = repository(hook)(name, WRONG)
    assert done.returncode == 1
    assert f"{name}:6:13" in done.stdout
    assert "license" in done.stdout


def test_a_right_manifest_that_leaves_things_out_passes_only_the_core_hook(
    repository: Repository,
) -> None:
    assert repository("aimanifest")("ai-manifest.yaml", RIGHT).returncode == 1
    done = repository("aimanifest-core")("ai-manifest.yaml", RIGHT)
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("hook", ["aimanifest", "aimanifest-core"])
def test_a_complete_manifest_passes(repository: Repository, hook: str) -> None:
    done = repository(hook)("model/ai-manifest.yaml", manifests.manifest(0))
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("hook", ["aimanifest", "aimanifest-core"])
@pytest.mark.parametrize("name", ["README.md", "my-ai-manifest.yaml", "ai-manifest.yaml.txt"])
def test_an_unrelated_file_does_not_start_the_hook(
    repository: Repository, hook: str, name: str
) -> None:
    done = repository(hook)(name, WRONG)
    assert (done.returncode, "no files to check" in done.stdout) == (0, True), done.stdout
