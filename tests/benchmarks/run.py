"""Measure aimanifest beside check-jsonschema, in one run, and print the table of README.md.

    python tests/benchmarks/run.py [--rounds 20] [--files 2000] [--sample 200]

Both get the same manifests and the same bundled schema. check-jsonschema tells whether a file fits
the schema; aimanifest also finds the places of faults, reads licences and assesses OSAID 1.0.
What we aim at: at most 0.30 of its time for one manifest, 40 times as many files per second, memory
that does not grow with the files, and a `--version` within twice the time that click needs to load.

Commands take turns, in a new random order each round, so that both meet the same noise. Times are
processor time, which on an idle machine is the time one waits, and on a busy one is less disturbed.
Needs a POSIX system, for `os.wait4`.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import manifests

PYTHON = sys.executable
AIMANIFEST = (PYTHON, "-m", "aimanifest")
CHECK_JSONSCHEMA = (PYTHON, "-m", "check_jsonschema")
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024

# As on anybody's machine: compiled modules are kept, and output is buffered.
ENVIRONMENT = {
    key: value
    for key, value in os.environ.items()
    if key not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
}

Command = tuple[str, ...]


class Run(NamedTuple):
    """What one process took; `seconds` are those that a processor worked for it."""

    seconds: float
    peak_bytes: int


class Runs(NamedTuple):
    """What several processes of one command took."""

    each: tuple[Run, ...]

    @property
    def typical(self) -> float:
        """The median of the seconds."""
        return median(run.seconds for run in self.each)

    @property
    def best(self) -> float:
        """The least seconds."""
        return min(run.seconds for run in self.each)

    @property
    def peak(self) -> float:
        """The median of the peak memory, in MiB."""
        return median(run.peak_bytes for run in self.each) / 2**20


def run(command: Command, *, output: Path | None = None) -> Run:
    """Run one command to its end.

    Raises:
        RuntimeError: if it does not exit with 0: a failure must not count as speed.

    """
    out = os.open(output or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    pid = os.posix_spawn(
        command[0], command, ENVIRONMENT, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)]
    )
    _, status, usage = os.wait4(pid, 0)
    os.close(out)
    if status:
        raise RuntimeError(f"exit {os.waitstatus_to_exitcode(status)}: {' '.join(command)[:200]}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MAXRSS_UNIT)


def take_turns(commands: Sequence[Command], *, rounds: int) -> tuple[Runs, ...]:
    """Run each command once a round, in random order, after one round that does not count."""
    random = Random(0)
    order = list(range(len(commands)))
    runs: list[list[Run]] = [[] for _ in commands]
    for number in range(rounds + 1):
        random.shuffle(order)
        for index in order:
            result = run(commands[index])
            if number:
                runs[index].append(result)
    return tuple(Runs(tuple(each)) for each in runs)


def cold(here: Path, schema: Path, *, rounds: int) -> tuple[Runs, ...]:
    """Measure processes that do one thing: a manifest by either command, a version, an import."""
    (path,) = manifests.write(here / "one", count=1)
    return take_turns(
        (
            (*AIMANIFEST, "validate", str(path)),
            (*CHECK_JSONSCHEMA, "--schemafile", str(schema), str(path)),
            (*AIMANIFEST, "--version"),
            (PYTHON, "-c", "import click"),
        ),
        rounds=rounds,
    )


def many(here: Path, schema: Path, *, files: int, sample: int) -> tuple[Runs, ...]:
    """Measure processes that read many: all and a sample by ours, the sample by theirs."""
    manifests.write(here / "all", count=files)
    paths = manifests.write(here / "sample", count=sample)
    return take_turns(
        (
            (*AIMANIFEST, "validate", "--format", "concise", str(here / "all")),
            (*AIMANIFEST, "validate", "--format", "concise", str(here / "sample")),
            (*CHECK_JSONSCHEMA, "--schemafile", str(schema), *map(str, paths)),
        ),
        rounds=3,
    )


def milliseconds(runs: Runs) -> str:
    """Print the median and the least time of some runs."""
    return f"{runs.typical * 1000:.0f} ({runs.best * 1000:.0f})"


def rate(runs: Runs, files: int, *, one: Runs) -> float:
    """Return the files per second after the first, so that start-up counts for neither side."""
    return (files - 1) / (runs.typical - one.typical)


def table(
    single: tuple[Runs, ...], several: tuple[Runs, ...], *, files: int, sample: int
) -> list[tuple[str, ...]]:
    """Return the rows of the table, its head first."""
    ours, theirs, version_only, click_only = single
    ours_all, ours_sample, theirs_sample = several
    our_rate = rate(ours_all, files, one=ours)
    their_rate = rate(theirs_sample, sample, one=theirs)
    return [
        ("measured", "aimanifest", "peer", "ratio"),
        ("---",) * 4,
        (
            "one manifest of 10 KB, cold process, ms: median (least)",
            milliseconds(ours),
            milliseconds(theirs),
            f"{ours.typical / theirs.typical:.2f}",
        ),
        (
            f"{files:,} manifests (peer: {sample:,}), one process, files per second",
            f"{our_rate:,.0f}",
            f"{their_rate:,.1f}",
            f"{our_rate / their_rate:.0f}",
        ),
        (
            f"peak memory at {files:,} manifests, and at {sample:,} (peer: the latter), MiB",
            f"{ours_all.peak:.0f}, {ours_sample.peak:.0f}",
            f"{theirs_sample.peak:.0f}",
            f"{ours_all.peak / ours_sample.peak:.2f}",
        ),
        (
            "`--version` (peer: `import click`), ms: median (least)",
            milliseconds(version_only),
            milliseconds(click_only),
            f"{version_only.typical / click_only.typical:.2f}",
        ),
    ]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Measure aimanifest beside check-jsonschema.")
    parser.add_argument("--rounds", type=int, default=20, help="for one manifest (20)")
    parser.add_argument("--files", type=int, default=2000, help="for many manifests (2000)")
    parser.add_argument("--sample", type=int, default=200, help="of those, for the slower (200)")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        here = Path(folder)
        schema = here / "schema.json"
        run((*AIMANIFEST, "schema"), output=schema)
        single = cold(here, schema, rounds=options.rounds)
        several = many(here, schema, files=options.files, sample=options.sample)
    for row in table(single, several, files=options.files, sample=options.sample):
        print(f"| {' | '.join(row)} |")
    print()
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} on "
        f"{platform.machine()}, {os.cpu_count()} cores; check-jsonschema "
        f"{version('check-jsonschema')}, jsonschema-rs {version('jsonschema-rs')}, "
        f"PyYAML {version('PyYAML')}."
    )


if __name__ == "__main__":
    main()
