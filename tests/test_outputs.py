"""Formats for other programs and for readers: what each promises, whatever a manifest says."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from aimanifest import cli, frameworks, policy, renderers
from aimanifest.cli.outputs import Output, together
from aimanifest.renderers import LIMIT_FINDINGS, Screen
from aimanifest.report import Report, Target, Unread
from aimanifest.rules import Framework
from aimanifest.validation import validate

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
EXAMPLES = sorted(
    path for path in (ROOT / "examples").glob("*.yaml") if path.name != "expected.yaml"
)
NEW = ("badge", "github", "gitlab", "html", "junit", "markdown", "sarif")
OSAID = Target(frameworks.load("osaid-1.0"), None)
MOF = Target(frameworks.load("mof"), None)
GONE = Unread("gone.yaml", "No such file or directory")


def report(source: str | bytes, path: str = "ai-manifest.yaml", **options: Any) -> Report:
    return validate(source.encode() if isinstance(source, str) else source, path=path, **options)


def golden(name: str) -> Report:
    return report((GOLDEN / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def rendered(
    style: str, *results: Report | Unread, targets: Sequence[Target] = (OSAID,), file: str = ""
) -> str:
    renderer = renderers.load(style, file)
    return "".join(renderer(iter(results), targets=targets, screen=Screen()))


def unseen(text: str) -> set[str]:
    return {each for each in text if category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - {"\n"}


# -- what a manifest must not do -------------------------------------------------------------------

SLY = (
    "</title></style></script><script>alert(1)</script>]]>--><!-- \"'`<b onclick=x> | a\\|b [x](y) "
    "*b* <img src=x onerror=y> https://evil.example @somebody #1 ${x} ${{ x }} {0} &lt; "
    "::error::x ::set-env::b ##[error]x %0A::warning::y %25 a,line=1 \u202e\u2066\u200b"
    "\u2028\u0085\ufeff \u05e9\u05dc ](javascript:alert(1)) `c` ```"
)
"""A name that the format allows, but that no form may take for its own words."""

RAW = f"{SLY} \ufffe\x1b[2J\x07\x7f\x9b1m\n::error::z\r\n::stop-commands::t\n"
"""A name that the format refuses, and that is shown all the same, where the refusal is told."""

ADDRESS = "https://x.example/'onclick='a&quot;(b)[c]*d_e`f`|g&lt;"


def hostile(text: str) -> bytes:
    """Write a manifest that says `text` wherever it may say what it likes."""
    source = (GOLDEN / "incomplete.yaml").read_text(encoding="utf-8")
    for word in ("海鷗 Tern 1B", "Example Lab", "Example Acceptable Use Policy", "TODO"):
        assert word in source
        source = source.replace(word, json.dumps(text))
    return source.replace("https://models.example.org/tern-1b", json.dumps(ADDRESS)).encode()


SOURCES = {"sly": hostile(SLY), "raw": hostile(RAW), "bytes": b"\x1b\xff\x9b: ::error::\n"}
PATH = f"{RAW}\udc9b/é ü.yaml"


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("style", NEW)
def test_no_control_character_gets_through(style: str, name: str) -> None:
    for file in ("", "x.json" if style == "badge" else ""):
        shown = rendered(style, report(SOURCES[name], PATH), Unread(PATH, RAW), file=file)
        assert not unseen(shown)
        shown.encode()


@pytest.mark.parametrize("style", NEW)
def test_the_same_bytes_come_out_each_time_and_nothing_of_the_machine(
    style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOLDEN)
    source = (GOLDEN / "incomplete.yaml").read_bytes()
    paths = ("incomplete.yaml", "./incomplete.yaml", str(GOLDEN / "incomplete.yaml"))
    shown = {rendered(style, report(source, each)) for each in paths}
    assert len(shown) == 1
    (text,) = shown
    assert str(ROOT) not in text
    assert not re.search(r"\b20\d\d-\d\d-\d\dT|\d\d:\d\d:\d\d", text)


@pytest.fixture(scope="module")
def large() -> list[Report]:
    """Read files with thousands of findings, and files as long as files may be."""
    start = 'aimanifest: "1.0"\nrelease: {name: T, publisher: {name: L}}\ncomponents:\n'
    keys = "".join(f"  w{n}: {{kind: weights, licence: MIT}}\n" for n in range(900))
    many = "".join(f"  w{n}: {{kind: weights, license: MTI, notes: TODO}}\n" for n in range(300))
    long = f'{start}  weights: {{license: MIT, notes: "{"x" * (8 * 1024 * 1024 - 200)}"}}\n'
    sources = (start + keys, start + many, long, long + "#" * 400, f"{start}  a: [" * 99)
    return [report(each) for each in sources]


@pytest.mark.parametrize("style", NEW)
def test_much_is_no_trouble(style: str, large: list[Report]) -> None:
    tracemalloc.start()
    for found in large:
        shown = rendered(style, found)
        assert len(shown) < (3_000_000 if style in ("sarif", "gitlab", "junit") else 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150_000_000


def test_only_three_words_and_names_of_levels_are_verdicts() -> None:
    for path in EXAMPLES:
        found = report(path.read_bytes(), path.name)
        for style in NEW:
            assert not re.search(r"\bcertif(?!icat)", rendered(style, found).lower())


# -- sarif -----------------------------------------------------------------------------------------


def multitool() -> Path | None:
    """Find Microsoft's validator, as `.ci/run` installs it from npm."""
    folder = os.environ.get("AIMANIFEST_NODE_MODULES")
    tool = Path(folder or "", ".bin", "sarif-multitool")
    found = shutil.which("sarif-multitool")
    return tool if folder and tool.exists() else Path(found) if found else None


def log(*results: Report | Unread, targets: Sequence[Target] = (OSAID,)) -> Any:
    data = json.loads(rendered("sarif", *results, targets=targets))
    check_log(data)
    return data["runs"][0]


def check_log(data: Any) -> None:
    """Hold a log against what the standard demands of the parts that are used (SARIF 2.1.0)."""
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({each["id"] for each in rules}) == len(rules)
    for each in rules:
        assert re.fullmatch(r"[A-Za-z0-9]+", each["name"])
        assert each["shortDescription"]["text"].endswith((".", "?", "!"))
        assert {"text", "markdown"} == each["help"].keys()
        assert each.get("helpUri", "https://").startswith("https://")  # a policy may have none
        assert each["defaultConfiguration"]["level"] in {"error", "note"}
    assert run["columnKind"] == "unicodeCodePoints"
    files = len(run["artifacts"])
    seen = set()
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["level"] in {"error", "warning", "note"}
        assert each["message"]["text"]
        assert not re.search(r"(?<!\{)\{\d+\}(?!\})|\]\(", each["message"]["text"])
        (location,) = each["locations"]
        for one in (location, *each.get("relatedLocations", [])):
            place = one["physicalLocation"]
            assert place["artifactLocation"]["index"] < files
            assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])
            assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
            region = place["region"]
            start = region["startLine"], region["startColumn"]
            assert (1, 1) <= start <= (region["endLine"], region["endColumn"])
        (digits,) = each["partialFingerprints"].values()
        assert digits not in seen
        seen.add(digits)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is not bool(invocation["toolExecutionNotifications"])


def logs() -> Iterator[str]:
    yield rendered("sarif", *map(golden, ("broken", "complete", "incomplete")), GONE)
    yield rendered("sarif", *(report(each, f"{name}{PATH}") for name, each in SOURCES.items()))
    yield rendered("sarif", *(report(each.read_bytes(), each.name) for each in EXAMPLES))
    yield rendered("sarif")


@pytest.mark.skipif(multitool() is None, reason="sarif-multitool is not installed")
def test_the_validator_of_microsoft_finds_nothing_wrong(tmp_path: Path) -> None:
    files = []
    for number, each in enumerate(logs()):
        files.append(tmp_path / f"{number}.sarif")
        files[-1].write_text(each, encoding="utf-8")
    told = subprocess.run(
        [str(multitool()), "validate", *map(str, files)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    said = told.stdout + told.stderr
    assert "Analysis completed successfully." in said
    assert not re.findall(r": (?:error|warning) \w+:.*", said)


def test_a_log_is_as_the_standard_demands() -> None:
    for each in logs():
        check_log(json.loads(each))


def test_a_finding_weighs_what_its_outcome_says() -> None:
    run = log(golden("incomplete"))
    weighed: dict[str, set[str]] = {}
    for each in run["results"]:
        weighed.setdefault(each["properties"]["outcome"], set()).add(each["level"])
    assert weighed["unmet"] == {"error"}
    assert weighed["undetermined"] == {"warning"}
    assert weighed["unstated"] == {"warning", "note"}  # a note where only the FAQ asks
    faq = {each["level"] for each in run["results"] if "/faq-" in each["ruleId"]}
    assert faq == {"note"}


def test_what_only_a_harder_level_asks_is_a_note() -> None:
    source = (GOLDEN / "complete.yaml").read_bytes()
    easiest = Target(MOF.framework, MOF.framework.levels[0])
    found = report(source, require=["mof"])
    levels = {each.id: each.level for each in MOF.framework.rules}
    hard, easy = log(found, targets=(MOF,)), log(found, targets=(easiest,))
    beyond = [e for e in easy["results"] if levels.get(e["ruleId"]) == MOF.framework.levels[-1]]
    assert beyond
    assert {each["level"] for each in beyond} == {"note"}
    ids = {each["ruleId"] for each in beyond}
    assert {e["level"] for e in hard["results"] if e["ruleId"] in ids} <= {"error", "warning"}


def digits(run: Any) -> list[str]:
    return sorted(one for each in run["results"] for one in each["partialFingerprints"].values())


def test_a_finding_is_known_again_when_lines_move() -> None:
    source = (GOLDEN / "incomplete.yaml").read_text(encoding="utf-8")
    moved = "# one line more\n\n" + source.replace("components:\n", "\ncomponents:\n\n")
    assert (
        log(report(source))["results"][0]["locations"]
        != log(report(moved))["results"][0]["locations"]
    )
    assert digits(log(report(source))) == digits(log(report(moved)))
    assert not set(digits(log(report(source)))) & set(digits(log(report(source, "other.yaml"))))


@pytest.mark.parametrize(
    "path", ["a b/ä%:?#.yaml", "\udcff.yaml", "a\\b.yaml", "<stdin>", "ab:c/x y"]
)
def test_a_path_is_a_uri_that_leads_back_to_it(path: str) -> None:
    run = log(golden("complete"), report(SOURCES["bytes"], path), Unread(path, "gone"))
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    for place in (
        run["artifacts"][1]["location"],
        note["locations"][0]["physicalLocation"]["artifactLocation"],
    ):
        assert unquote_to_bytes(place["uri"]) == os.fsencode(path)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/no such/x.yaml", "file:///no%20such/x.yaml"),
        ("C:/no such/x.yaml", "file:///C:/no%20such/x.yaml"),
    ],
)
def test_a_path_elsewhere_stays_absolute(path: str, uri: str) -> None:
    run = json.loads(rendered("sarif", Unread(path, "gone")))["runs"][0]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    place = note["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": uri}


def test_the_digest_of_a_file_is_that_of_its_bytes() -> None:
    source = (GOLDEN / "complete.yaml").read_bytes()
    (artifact,) = log(report(b"\xef\xbb\xbf" + source))["artifacts"]
    whole = hashlib.sha256(b"\xef\xbb\xbf" + source).hexdigest()
    assert (artifact["hashes"], artifact["length"]) == ({"sha-256": whole}, len(source) + 3)
    (artifact,) = log(report(b"#" * (8 * 1024 * 1024 + 1)))["artifacts"]
    assert "hashes" not in artifact


def test_what_a_policy_waives_is_suppressed(tmp_path: Path) -> None:
    found = waived(tmp_path)
    bar = Target(found.assessments[1].framework, None)
    run = log(found, targets=(bar,))
    told = [each for each in run["results"] if "suppressions" in each]
    assert told
    for each in told:
        assert each["level"] == "note"
        (one,) = each["suppressions"]
        assert (one["kind"], one["status"]) == ("external", "accepted")
        assert one["justification"].startswith("Waived until ")
    junit = ET.fromstring(rendered("junit", found, targets=(bar,)))  # noqa: S314
    skipped = [each.get("message", "") for each in junit.iter("skipped")]
    assert any(each.startswith("waived: until ") for each in skipped)
    assert "%2C waived%3A acme/checksums::" in rendered("github", found)
    assert "waived until" in rendered("html", found, targets=(bar,))
    assert words(found, targets=(bar,))[1] == "complete except for 1 waived finding"
    assert "complete except for 1 waived finding" in rendered("markdown", found, targets=(bar,))


POLICY = """\
aimanifest_policy: "1.0"
id: acme
title: Acme policy on models
version: "3"
rules:
  checksums:
    title: It is certain which files are meant
    of: [weights]
    states: [checksums]
waivers:
  - rule: checksums
    place: weights
    reason: "Compared by hand. {0} [x](y) ]]> ::error::"
    owner: models@acme.example.org
    expires: "2027-06-30"
"""


def waived(folder: Path) -> Report:
    """Give a report in which a policy waives the only thing that it asks."""
    path = folder / "policy.yaml"
    path.write_text(POLICY, encoding="utf-8")
    bar = policy.load(str(path), today="2026-11-22")
    found = report((GOLDEN / "complete.yaml").read_bytes(), require=(), policy=bar)
    assert found.assessments[1].waived
    return found


# -- github ----------------------------------------------------------------------------------------

LINE = re.compile(r"::(error|warning|notice) ([^\n]*?)::([^\n]*)\n")


def unescaped(text: str) -> str:
    return text.replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does; nothing else may be there."""
    found = []
    for line in text.splitlines(keepends=True):
        match = LINE.fullmatch(line)
        assert match, line
        command, properties, message = match.groups()
        pairs = [each.partition("=")[::2] for each in properties.split(",")]
        assert len(dict(pairs)) == len(pairs)
        told = {key: unescaped(each) for key, each in pairs}
        assert told.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
        found.append((command, told, unescaped(message)))
    return found


def test_a_finding_is_a_command_beside_its_line() -> None:
    found = golden("incomplete")
    told = commands(rendered("github", found, GONE))
    graded = [each[0] for each in told]
    first = graded.index("notice")
    assert graded[:first] == sorted(graded[:first])  # errors, then warnings
    worst = told[0][1]
    assert worst["file"] == "incomplete.yaml"
    assert any(each.span.start.line == int(worst["line"]) for each in found.findings)
    assert told[-1] == ("error", {"file": "gone.yaml", "title": "Not read"}, GONE.reason)
    verdicts = [message for _, properties, message in told if "line" not in properties]
    assert any(each.startswith("by the Open Source AI Definition 1.0: inc") for each in verdicts)


@pytest.mark.parametrize("name", SOURCES)
def test_a_manifest_gives_no_command(name: str) -> None:
    text = rendered("github", report(SOURCES[name], PATH), Unread(PATH, RAW))
    told = commands(text)
    assert len({properties["file"] for _, properties, _ in told}) == 1
    assert {properties.get("line", "1").isdigit() for _, properties, _ in told} == {True}


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_no_name_breaks_out(name: str) -> None:
    source = (GOLDEN / "incomplete.yaml").read_text(encoding="utf-8")
    found = report(source.replace("Example Acceptable Use Policy", json.dumps(name)), name)
    commands(rendered("github", found))
    ET.fromstring(rendered("junit", found))  # noqa: S314  our own output
    ET.fromstring(rendered("badge", found))  # noqa: S314  our own output
    check_log(json.loads(rendered("sarif", found)))
    json.loads(rendered("gitlab", found))
    Page(rendered("html", found))


def test_no_more_annotations_than_anybody_reads() -> None:
    keys = "".join(f"  w{number}: {{kind: weights, licence: MIT}}\n" for number in range(123))
    source = 'aimanifest: "1.0"\nrelease: {name: T, publisher: {name: L}}\ncomponents:\n' + keys
    told = commands(rendered("github", report(source)))
    assert [each[0] for each in told].count("error") == LIMIT_FINDINGS
    assert told[LIMIT_FINDINGS][2] == "23 more findings are not shown here"


# -- gitlab ----------------------------------------------------------------------------------------


def test_a_code_quality_report_has_what_gitlab_asks_for() -> None:
    found = [golden("incomplete"), golden("broken"), golden("complete")]
    data = json.loads(rendered("gitlab", *found, GONE))
    assert len({each["fingerprint"] for each in data}) == len(data)
    for each in data:
        assert each.keys() == {
            "description",
            "check_name",
            "fingerprint",
            "severity",
            "location",
        }
        assert re.fullmatch(r"[0-9a-f]{64}", each["fingerprint"])
        assert each["severity"] in {"info", "minor", "major", "blocker"}
        lines = each["location"]["lines"]
        assert 1 <= lines["begin"] <= lines.get("end", lines["begin"])
    assert data[-1]["location"]["path"] == "gone.yaml"
    assert json.loads(rendered("gitlab")) == []
    assert json.loads(rendered("gitlab", GONE))[0]["severity"] == "blocker"


# -- junit -----------------------------------------------------------------------------------------


def suites(*results: Report | Unread, targets: Sequence[Target] = (OSAID,)) -> list[ET.Element]:
    root = ET.fromstring(rendered("junit", *results, targets=targets))  # noqa: S314
    assert root.tag == "testsuites"
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases) > 0
        for kind, key in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.attrib[key]) == sum(one.find(kind) is not None for one in cases)
        names = [one.attrib["name"] for one in cases]
        assert len(set(names)) == len(names)
    return list(root)


@pytest.mark.parametrize("path", [*EXAMPLES, *sorted(GOLDEN.glob("*.yaml"))], ids=lambda p: p.name)
def test_cases_fail_where_the_command_fails(path: Path) -> None:
    found = report(path.read_bytes(), path.name)
    bad = sum(
        int(each.attrib["failures"]) + int(each.attrib["errors"])
        for each in suites(found)
        if "claim" not in each.attrib["name"] or found.claims
    )
    assert (bad == 0) is found.reaches([OSAID])


def test_there_is_a_case_for_every_rule() -> None:
    found = golden("complete")
    (suite,) = (each for each in suites(found) if each.attrib["name"].endswith(": osaid-1.0"))
    names = [each.attrib["name"] for each in suite.findall("testcase")]
    assert names == [each.id for each in OSAID.framework.rules]
    faq = [each for each in suite.findall("testcase") if "/faq-" in each.attrib["name"]]
    assert faq
    assert all(each.find("failure") is None for each in faq)


def test_a_file_that_is_not_assessed_does_not_look_right() -> None:
    assert [each.attrib["errors"] for each in suites(golden("broken"), GONE)][-2:] == ["1", "1"]


# -- markdown --------------------------------------------------------------------------------------


def test_a_manifest_is_text_in_markdown_and_never_markup() -> None:
    for name in ("sly", "raw"):
        text = rendered("markdown", report(SOURCES[name], "t.yaml"))
        fences = re.split(r"(?m)^(`{3,})yaml\n(?s:.*?)^\1$", text)
        outside = re.sub(r"`[^`\n]*`", "", "".join(fences[::2]))
        assert not re.search(r"<(?!br>|/?details>|/?summary>)", outside)
        assert not re.search(r"(^|\s)@", outside)
        for link in re.findall(r"(?<!\\)\]\(([^)]*)\)", outside):
            assert "evil" not in link
            assert link.startswith("https://")
        assert "https://evil.example" not in outside
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {5}


def test_a_summary_is_never_too_long_for_github() -> None:
    found = golden("incomplete")
    text = rendered("markdown", *[found] * 300)
    assert 800_000 < len(text.encode()) < 1024**2
    assert re.search(r"… and \d+ more files\n\Z", text)


def test_a_summary_tells_verdicts_and_the_next_step() -> None:
    text = rendered("markdown", golden("incomplete"), targets=(OSAID, MOF))
    assert "| **incomplete** |" in text
    assert "**Smallest next step** by Open Source AI Definition" in text
    assert rendered("markdown", GONE).startswith("## `gone.yaml`\n\n**Not read:** No such file")
    assert "not assessed: the file has 10 faults" in rendered("markdown", golden("broken"))


# -- html ------------------------------------------------------------------------------------------

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """The elements of a page; that they are nested as they should is checked on the way."""

    def __init__(self, source: str) -> None:
        """Take the page apart."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        self.text.setdefault(inside, []).append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def words(self) -> str:
        return " ".join(
            each for inside, texts in self.text.items() if inside != "style" for each in texts
        )


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """Take apart pages of every sort."""
    every = [report(each.read_bytes(), each.name) for each in EXAMPLES]
    results: list[list[Report | Unread]] = [
        [every[0]],
        [every[1]],
        [golden("incomplete")],
        [golden("broken")],
        [GONE],
        [],
        [golden("broken"), GONE, every[0], every[1]],
        [report(SOURCES["sly"])],
    ]
    return [Page(rendered("html", *each)) for each in results]


def test_a_page_is_well_formed_and_its_links_lead_somewhere(pages: list[Page]) -> None:
    for page in pages:
        ids = [each["id"] for _, each in page.elements if "id" in each]
        assert len(ids) == len(set(ids))
        links = [each["href"] for each in page.all("a")]
        assert {each[1:] for each in links if each.startswith("#")} <= set(ids)
        assert all(each.startswith(("#", "https://", "http://")) for each in links)
        labels = {e["aria-labelledby"] for _, e in page.elements if "aria-labelledby" in e}
        assert labels <= set(ids)


def test_a_page_needs_nothing_but_itself(pages: list[Page]) -> None:
    for page in pages:
        names = {name for _, each in page.elements for name in each}
        assert not {each for each in names if each.startswith("on")}
        assert not names & {"src", "srcset", "style", "action", "data", "poster", "background"}
        assert not {"iframe", "object", "embed", "img", "form", "base", "script"} & {
            tag for tag, _ in page.elements
        }
        (link,) = page.all("link")
        assert link == {"rel": "icon", "href": "data:,"}
        (style,) = page.text["style"]
        assert not re.search(r"url\(|@import|expression", style)
        (policy_,) = (
            e["content"] for e in page.all("meta") if "content" in e and "src" in e["content"]
        )
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert policy_.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
        assert "unsafe" not in policy_


def test_a_page_can_be_read_by_ear(pages: list[Page]) -> None:
    for page in pages:
        assert {each.get("scope") for each in page.all("th")} <= {"col", "row"}
        for each in page.all("table"):
            assert "aria-labelledby" in each or "aria-label" in each
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert not levels or levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_manifest_is_text_on_a_page_and_never_markup() -> None:
    stressed = {"code", "em"}

    def shape(source: bytes) -> list[tuple[str, tuple[str, ...]]]:
        elements = Page(rendered("html", report(source))).elements
        return [(tag, tuple(each)) for tag, each in elements if tag not in stressed]

    plain = hostile("plain")
    assert shape(SOURCES["sly"]) == shape(plain)


def test_a_page_says_all_that_a_reader_asks() -> None:
    path = next(each for each in EXAMPLES if each.stem == "hospital-unshareable")
    found = report(path.read_bytes(), "ai-manifest.yaml")
    page = Page(rendered("html", found))
    for each in frameworks.every().values():
        if each.id not in ("core", "license-flow"):
            assert each.title in page.words
    assert found.manifest is not None
    for component in found.manifest.components.values():
        assert (component.name or component.id) in page.words
        if component.data and component.data.provenance:
            assert " ".join(component.data.provenance.split()) in " ".join(page.words.split())
    for rule in OSAID.framework.rules:
        assert rule.title.replace("`", "") in page.words.replace("`", "")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in page.words
    assert "Not checked: whether the data information" in page.words


def test_a_page_tells_what_is_missing_and_what_to_write() -> None:
    page = Page(rendered("html", golden("incomplete")))
    assert "What is missing" in page.text["h2"]
    assert any("smallest next step" in each for each in page.text["p"])
    complete = Page(rendered("html", golden("complete")))
    assert "What is missing" not in complete.text["h2"]
    assert "Remarks" in complete.text["h2"]


def test_only_addresses_of_the_web_are_links() -> None:
    source = (GOLDEN / "complete.yaml").read_text(encoding="utf-8")
    for address in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"):
        changed = source.replace("https://models.example.org/tern-1b", json.dumps(address))
        links = [each["href"] for each in Page(rendered("html", report(changed))).all("a")]
        assert links
        assert all(each.startswith(("#", "https://")) for each in links)
        framework = frameworks.load("osaid-1.0")
        own = Framework(
            id="own",
            title="Own",
            version="1",
            url=address,
            levels=framework.levels,
            subject=framework.subject,
        )
        own.rules.append(framework.rules[0])
        found = report(source)
        assert found.manifest is not None
        assessed = found._replace(assessments=(own.assess(found.manifest),))
        target = Target(own, None)
        page = Page(rendered("html", assessed, targets=(target,)))
        assert address not in {each["href"] for each in page.all("a")}
        assert f"]({address}" not in rendered("markdown", assessed, targets=(target,))


# -- badges ----------------------------------------------------------------------------------------


def badge(*results: Report | Unread, targets: Sequence[Target] = (OSAID,)) -> ET.Element:
    return ET.fromstring(rendered("badge", *results, targets=targets))  # noqa: S314


def contrast(one: str, other: str) -> float:
    """Reckon the contrast of two colours (WCAG 2.2): at least 4.5 for text, by its level AA."""

    def luminance(colour: str) -> float:
        whole = "".join(each * 2 for each in colour[1:]) if len(colour) == 4 else colour[1:]
        channels = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


SVG = "{http://www.w3.org/2000/svg}"


def words(*results: Report | Unread, targets: Sequence[Target] = (OSAID,)) -> list[str]:
    return [each.text or "" for each in badge(*results, targets=targets).iter(f"{SVG}text")]


def test_a_badge_says_how_far_in_the_words_of_the_framework() -> None:
    name = "Open Source AI Definition 1.0"
    complete, incomplete = golden("complete"), golden("incomplete")
    assert words(complete) == [name, "complete"]
    assert words(incomplete) == [name, "incomplete"]
    assert words(golden("broken")) == [name, "not assessed"]
    assert words(GONE) == [name, "not assessed"]
    assert words() == [name, "not assessed"]
    assert words(complete, incomplete, complete) == [name, "incomplete"]
    assert words(complete, GONE) == [name, "not assessed"]


def test_a_badge_of_a_ladder_names_the_level() -> None:
    g7 = Target(frameworks.load("g7-2026"), None)
    (path,) = (each for each in EXAMPLES if each.stem == "pythia-12b")
    found = report(path.read_bytes(), require=["g7-2026", "mof"])
    assert words(found, targets=(g7, MOF)) == [
        "G7 Vision on AI Openness 2026",
        "Open Source AI",
        "Model Openness Framework 1.0",
        "incomplete",
    ]


def test_a_badge_is_legible_and_can_be_read_by_ear() -> None:
    for each in ("complete", "incomplete", "broken"):
        drawn = badge(golden(each), targets=(OSAID, MOF))
        title = drawn.find(f"{SVG}title")
        assert title is not None
        assert drawn.attrib["role"] == "img"
        assert drawn.attrib["aria-label"] == title.text
        text = [one.text for one in drawn.iter(f"{SVG}text")]
        assert title.text == f"{text[0]}: {text[1]}; {text[2]}: {text[3]}"
        for ground in drawn.iter(f"{SVG}path"):
            assert contrast(ground.attrib["fill"], "#fff") >= 4.5
        assert {one.tag.removeprefix(SVG) for one in drawn.iter()} == {
            *("svg", "title", "desc", "clipPath", "rect", "g", "path", "text")
        }


def test_a_badge_carries_the_digest_of_the_manifest() -> None:
    source = (GOLDEN / "complete.yaml").read_bytes()
    whole = f"complete.yaml sha256:{hashlib.sha256(source).hexdigest()}"
    desc = badge(golden("complete")).find(f"{SVG}desc")
    assert desc is not None
    assert desc.text == whole
    data = json.loads(rendered("badge", golden("complete"), file="b.json"))
    logo = ET.fromstring(data["logoSvg"]).find(f"{SVG}desc")  # noqa: S314  our own output
    assert logo is not None
    assert logo.text == whole


SHIELDS = {
    *("schemaVersion", "label", "message", "color", "labelColor", "isError", "namedLogo"),
    *("logoSvg", "logoColor", "logoSize", "style", "cacheSeconds"),
}
"""The keys that https://shields.io/badges/endpoint-badge knows; it refuses all others."""


def test_shields_can_read_the_endpoint() -> None:
    for found in (golden("complete"), golden("broken"), report(SOURCES["sly"], PATH)):
        data = json.loads(rendered("badge", found, file="b.JSON"))
        assert data.keys() <= SHIELDS
        assert data["schemaVersion"] == 1
        assert re.fullmatch("#[0-9a-f]{6}", data["color"])
        assert data["isError"] is bool(found.problems)
    both = json.loads(rendered("badge", golden("complete"), file="b.json", targets=(OSAID, MOF)))
    assert both["message"].startswith("Open Source AI Definition 1.0: complete, Model Openness")


# -- the command -----------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.aimanifest, ["validate", *arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with some manifests, and go there."""
    for name in ("complete", "incomplete", "broken"):
        (tmp_path / name).mkdir()
        shutil.copy(GOLDEN / f"{name}.yaml", tmp_path / name / "ai-manifest.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("shown", ["text", "badge", "sarif"])
def test_one_run_gives_what_several_would(folder: Path, shown: str) -> None:
    files = {each: f"out/x.{'svg' if each == 'badge' else each}" for each in renderers.names()}
    wanted = [part for name, file in files.items() for part in ("--output", f"{name}={file}")]
    done = run("complete", "gone", "incomplete", "broken", "gone", "--format", shown, *wanted)
    assert done.exit_code == 3
    assert done.stderr.count("gone: No such file or directory") == 2
    for name, file in files.items():
        alone = run("complete", "gone", "incomplete", "broken", "gone", "--format", name)
        assert alone.exit_code == 3
        assert (folder / file).read_text(encoding="utf-8") == alone.stdout
        if name == shown:
            assert done.stdout == alone.stdout
    assert sorted(each.name for each in (folder / "out").iterdir()) == sorted(
        Path(each).name for each in files.values()
    )


def test_a_badge_file_has_the_form_of_its_ending(folder: Path) -> None:
    done = run("complete", "--output", "badge=b.svg", "--output", "badge=b.json")
    assert done.exit_code == 0
    assert (folder / "b.svg").read_text().startswith("<svg ")
    assert json.loads((folder / "b.json").read_text())["message"] == "complete"


def test_renderers_go_through_the_results_in_step() -> None:
    """No result is kept for a renderer that lags behind, and standard output does not wait."""
    alive: list[int] = []
    first, events = golden("complete"), []

    class Counted(Report):
        def __del__(self) -> None:
            alive.remove(id(self))

    def results() -> Iterator[Report]:
        for number in range(20):
            found = Counted(*first)
            alive.append(id(found))
            events.append(len(alive))
            yield found
            del found
            assert number >= 0

    outputs = [Output(os.devnull + f"{n}", renderers.load("sarif")) for n in range(2)]
    pieces = together(
        results(), renderers.load("concise"), outputs, targets=(OSAID,), screen=Screen()
    )
    for number, _ in zip(range(20), pieces, strict=False):
        assert len(events) == number + 1
    assert max(events) <= 3


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("srif=x", "Did you mean 'sarif'?"),
        ("sarif", "names no file; write sarif=FILE."),
        ("sarif=", "names no file; write sarif=FILE."),
        ("sarif=-", "for standard output there is --format sarif."),
        ("json=ai-manifest.json", "never written over"),
        ("json=deep/ai-manifest.yaml", "never written over"),
        ("html=complete", "is a folder."),
        ("badge=b.png", "ends in .svg or .json."),
        ("json=complete/../complete/mine.yaml", "is read, so it is not written over."),
    ],
)
def test_a_wrong_output_is_refused_before_anything_is_read(
    folder: Path, output: str, told: str
) -> None:
    (folder / "complete" / "mine.yaml").write_bytes((GOLDEN / "complete.yaml").read_bytes())
    before = sorted(folder.rglob("*"))
    done = run("complete/mine.yaml", "--output", output)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert done.stdout == ""
    assert sorted(folder.rglob("*")) == before


def test_a_file_has_one_format(folder: Path) -> None:
    done = run("complete", "--output", "sarif=x", "--output", "json=../x", "--output", "html=./x")
    assert done.exit_code == 2
    assert "'./x' is given to --output twice." in done.stderr
    assert folder.exists()


def test_what_cannot_be_written_is_told_and_leaves_no_trace(folder: Path) -> None:
    (folder / "taken").write_text("x", encoding="utf-8")
    done = run("complete", "--output", "sarif=taken/x.sarif")
    assert done.exit_code == 4
    assert "could not be written" in done.stderr
    assert (folder / "taken").read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told(folder: Path) -> None:
    (folder / "ro").mkdir(mode=0o500)
    done = run("complete", "--output", "sarif=ro/x.sarif")
    assert done.exit_code == 4
    assert not list((folder / "ro").iterdir())


def test_an_old_file_is_replaced_as_a_whole_and_keeps_its_mode(folder: Path) -> None:
    old = folder / "x.html"
    old.write_text("old" * 100_000, encoding="utf-8")
    old.chmod(0o640)
    assert run("complete", "--output", "html=x.html").exit_code == 0
    text = old.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>\n")
    assert text.endswith("</html>\n")
    assert os.name != "posix" or old.stat().st_mode & 0o777 == 0o640


def test_without_output_nothing_of_it_is_imported() -> None:
    code = (
        "import sys; from aimanifest import cli\n"
        "try: cli.aimanifest(['validate', sys.argv[1], '--format', 'concise'])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(GOLDEN / "complete.yaml")],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    modules = set(done.stderr.split())
    assert "aimanifest.renderers.concise" in modules
    assert not modules & {
        *(f"aimanifest.renderers.{each}" for each in NEW),
        *("aimanifest.cli.outputs", "aimanifest.markup", "hashlib", "html"),
    }


def test_every_format_has_help() -> None:
    told = " ".join(run("--help").output.split())
    for each in renderers.names():
        assert f"`{each}`" in told
