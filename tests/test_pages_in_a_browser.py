"""Pages in a real browser: looked at, clicked, sorted, and measured."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from aimanifest import frameworks, overviews, renderers
from aimanifest.overviews import Comparison
from aimanifest.renderers import Screen
from aimanifest.report import Target
from aimanifest.validation import LocalFolder, validate

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(each for each in (ROOT / "examples").glob("*.yaml") if each.stem != "expected")
PICTURE = ROOT / "docs" / "comparison.png"

# What is drawn for README.md: the definitions that have something to say of most examples, and all
# examples but those that were invented.
DRAWN = """
    osaid-1.0 g7-2026 mof owd-0.3 open-weights-meeker eu-ai-act-gpai osai-index osaid-checklist
""".split()
INVENTED = {"minimal", "hospital-unshareable"}

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((found for each in NAMES if (found := shutil.which(each))), None)

# The browser reads commands from the file with the number 3, and writes to that with the number 4.
LAUNCH = """
import fcntl, os, sys
commands, answers = (fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3])
os.dup2(commands, 3)
os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""

# A picture of text has a few colours that matter; the others are shades at the edges of letters.
REDUCE = """(async () => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + shot;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const paper = canvas.getContext('2d');
  paper.drawImage(image, 0, 0);
  const {data} = paper.getImageData(0, 0, image.width, image.height);
  const colours = new Uint32Array(data.length / 4);
  const counts = new Map();
  for (let i = 0; i < colours.length; i++) {
    const c = colours[i] = data[4 * i] << 16 | data[4 * i + 1] << 8 | data[4 * i + 2];
    counts.set(c, (counts.get(c) || 0) + 1);
  }
  const split = c => [c >> 16, c >> 8 & 255, c & 255];
  const kept = Array.from(counts).sort((a, b) => b[1] - a[1]).slice(0, 256).map(e => split(e[0]));
  const near = c => {
    const [r, g, b] = split(c);
    const far = kept.map(k => (k[0] - r) ** 2 + (k[1] - g) ** 2 + (k[2] - b) ** 2);
    return far.indexOf(Math.min(...far));
  };
  const index = new Map(Array.from(counts.keys(), c => [c, near(c)]));
  let text = '';
  for (const c of colours) text += String.fromCharCode(index.get(c));
  return {size: [image.width, image.height], palette: kept.flat(), pixels: btoa(text)};
})()"""

DESCRIPTION = b"Description\0\0\0en\0\0"
"""How the chunk of a PNG begins that says in English, and not compressed, what it shows."""

PHONE = (360, 740)
DESK = (1300, 900)


class Browser:
    """A headless Chromium, spoken to by its DevTools protocol through two pipes."""

    def __init__(self, profile: Path) -> None:
        """Start it with an empty profile in `profile`, and open one tab."""
        reading, answers = os.pipe()
        commands, writing = os.pipe()
        self.process = subprocess.Popen(
            (
                *(sys.executable, "-c", LAUNCH, str(commands), str(answers), str(BROWSER)),
                *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *("--disable-background-networking", "--disable-component-update"),
                *(
                    "--disable-sync",
                    "--hide-scrollbars",
                    "--remote-debugging-pipe",
                    f"--user-data-dir={profile}",
                ),
            ),
            pass_fds=(commands, answers),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self._writing, self._reading = os.fdopen(writing, "wb"), os.fdopen(reading, "rb")
        self._waiting = b""
        self._count = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for each in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(f"{each}.enable")

    def __enter__(self) -> Self:
        """Leave it open for what follows."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self._writing.close()
        self._reading.close()
        self.process.terminate()
        self.process.wait()

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command, and wait for its answer; what happens meanwhile is kept in `events`."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._writing.write(json.dumps(message).encode() + b"\0")
        self._writing.flush()
        while True:
            found = self._read()
            if found.get("id") == self._count:
                assert "error" not in found, found
                result: dict[str, Any] = found["result"]
                return result
            self.events.append(found)

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            piece = os.read(self._reading.fileno(), 1 << 16)
            assert piece, "the browser has ended"
            self._waiting += piece
        head, _, self._waiting = self._waiting.partition(b"\0")
        message: dict[str, Any] = json.loads(head)
        return message

    def open(
        self,
        path: Path,
        *,
        screen: tuple[int, int] = DESK,
        scheme: str = "light",
        scripts: bool = True,
        scale: float = 1,
    ) -> None:
        """Load a page from the disk, and wait until it is there."""
        self.events.clear()
        width, height = screen
        phone = screen == PHONE
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=phone,
        )
        self.media("screen", scheme)
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=path.as_uri())
        while (
            self.ask("document.readyState") != "complete"
            or self.ask("location.href")[:5] != "file:"
        ):
            pass

    def media(self, kind: str, scheme: str = "light") -> None:
        """Show the page on a screen, or on paper; in the light or in the dark."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=kind, features=features)

    def ask(self, expression: str) -> Any:
        """Evaluate JavaScript in the page."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Click with the mouse on what is at `selector`, after it was brought into view."""
        box = self.ask(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center', inline: 'center'});"
            "const b = e.getBoundingClientRect();"
            "return [b.x + b.width / 2, b.y + b.height / 2] })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent",
                type=kind,
                x=box[0],
                y=box[1],
                button="left",
                clickCount=1,
            )
        self.ask("0")

    def press(self, key: str) -> None:
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def picture(self, clip: dict[str, float], description: str) -> bytes:
        """Take a picture of a part of the page, as PNG of no more than 256 colours.

        `description` goes into it, as text.
        """
        shot = self.call(
            "Page.captureScreenshot",
            format="png",
            clip={**clip, "scale": 1},
            captureBeyondViewport=True,
        )
        self.call("Page.navigate", url="about:blank")
        self.ask(f"const shot = {json.dumps(shot['data'])}")
        drawn = self.ask(REDUCE)
        size, palette = drawn["size"], bytes(drawn["palette"])
        pixels = base64.b64decode(drawn["pixels"])
        lines = (pixels[at : at + size[0]] for at in range(0, len(pixels), size[0]))
        rows = b"".join(b"\0" + each for each in lines)
        chunks = (
            (b"IHDR", struct.pack(">2I5B", *size, 8, 3, 0, 0, 0)),
            (b"PLTE", palette),
            (b"iTXt", DESCRIPTION + description.encode()),
            (b"IDAT", zlib.compress(rows, 9)),
            (b"IEND", b""),
        )
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in chunks
        )

    def complaints(self) -> list[dict[str, Any]]:
        """Return what the page has written to the console, and what has failed in it."""
        bad = {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"}
        return [each for each in self.events if each.get("method") in bad]

    def requests(self) -> set[str]:
        """Return the addresses that were asked for."""
        sent = (each for each in self.events if each.get("method") == "Network.requestWillBeSent")
        return {each["params"]["request"]["url"] for each in sent}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start one browser for all tests; without one, those that need it are left out."""
    if BROWSER is None or os.name != "posix":
        pytest.skip(f"no browser is installed here under the name {', '.join(NAMES)}")
    with Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


def assessed(*paths: Path, by: Iterable[str] = ()) -> Comparison:
    chosen = [frameworks.load(each) for each in by] or frameworks.every().values()
    every = overviews.in_order(chosen)
    ids = [each.id for each in every]
    folder = str(ROOT / "examples")
    reports = [
        validate(
            each.read_bytes(),
            path=f"examples/{each.name}",
            require=ids,
            folder=LocalFolder(folder, own=str(each)),
        )
        for each in paths
    ]
    return Comparison(tuple(overviews.overview(each, every) for each in reports))


def written(folder: Path, comparison: Comparison) -> Path:
    path = folder / "page.html"
    text = "".join(overviews.load("html")(comparison, columns=100, colour=False))
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page about several examples, and a file that is not assessed."""
    wrong = overviews.overview(validate(b"[]", path="aardvark.yaml"), ())
    right = assessed(*EXAMPLES[:4]).overviews
    return written(tmp_path_factory.mktemp("many"), Comparison((*right, wrong)))


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page about one example."""
    (path,) = (each for each in EXAMPLES if each.stem == "olmo-7b-instruct")
    return written(tmp_path_factory.mktemp("one"), assessed(path))


def test_nothing_is_asked_for_but_the_file_and_nothing_fails(
    browser: Browser, many: Path, one: Path
) -> None:
    for path in (many, one):
        browser.open(path)
        browser.ask("document.querySelector('a').title")
        assert browser.requests() - {"data:,"} == {path.as_uri()}
        assert not browser.complaints()


ROWS = "Array.from(document.querySelectorAll('section table.sortable')[1].tBodies[0].rows"


def column(browser: Browser, at: int) -> list[str]:
    told: list[str] = browser.ask(f"{ROWS}, row => row.cells[{at}].classList[0])")
    return told


def test_a_column_sorts_its_rows_both_ways(browser: Browser, many: Path) -> None:
    browser.open(many)
    names = f"{ROWS}, row => row.cells[0].innerText)"
    given = browser.ask(names)
    ids = [f"f{n}" for n in range(1, 20)]
    at = next(  # a column with more than one answer
        at
        for at in range(2, browser.ask(f"{ROWS}, row => row.cells.length)[0]"))
        if len(set(column(browser, at))) > 1
    )
    before = column(browser, at)
    button = f"[aria-labelledby={ids[0]}] thead [data-column='{at}'] button"
    order = "met partial undetermined asked unstated unmet not-applicable".split()
    browser.click(button)
    assert column(browser, at) == sorted(before, key=order.index)
    head = f"document.querySelector(\"{button}\").parentNode.getAttribute('aria-sort')"
    assert browser.ask(head) == "ascending"
    browser.click(button)
    assert column(browser, at) == sorted(before, key=order.index, reverse=True)
    assert browser.ask(head) == "descending"
    assert browser.ask("document.querySelectorAll('[aria-sort]').length") == 1
    browser.click(f"[aria-labelledby={ids[0]}] thead [data-column='1'] button")
    assert browser.ask(names) == given
    assert not browser.complaints()


def test_a_name_sorts_by_its_letters(browser: Browser, many: Path) -> None:
    browser.open(many)
    names = "Array.from(document.querySelectorAll('table.matrix tbody th a'), e => e.innerText)"
    given = browser.ask(names)
    assert given[0] == "aardvark.yaml"
    browser.click("table.matrix thead [data-column='2'] button")
    assert browser.ask(names) != given
    assert browser.ask(names)[-1] == "aardvark.yaml"  # of which no framework says anything
    browser.click("table.matrix thead [data-column='0'] button")
    assert browser.ask(names) == given
    assert not browser.complaints()


SHOWN = """(() => {
  const e = document.querySelector('.cells > li:target');
  if (!e) return null;
  const b = e.getBoundingClientRect();
  return {id: e.id, position: getComputedStyle(e).position, top: b.top, bottom: b.bottom,
          text: e.innerText, focused: document.activeElement === e};
})()"""


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("screen", [DESK, PHONE])
def test_the_evidence_of_a_cell_is_one_click_away(
    browser: Browser, many: Path, screen: tuple[int, int], *, scripts: bool
) -> None:
    """It is shown over the page, which stays where it is, and one click leads back."""
    browser.open(many, screen=screen, scripts=scripts)
    browser.click("#cr2f1q1 > a")
    shown = browser.ask(SHOWN)
    assert (shown["id"], shown["position"]) == ("r2f1q1", "fixed")
    assert 0 <= shown["top"] < shown["bottom"] <= screen[1]
    cell = "document.querySelector('#cr2f1q1').getBoundingClientRect()"
    assert 0 < browser.ask(f"{cell}.top") < browser.ask(f"{cell}.bottom") < shown["top"]
    assert "line " in shown["text"]
    browser.click(".cells > li:target .back a")
    assert browser.ask(SHOWN) is None
    assert browser.ask("location.hash") == "#cr2f1q1"
    assert 0 < browser.ask(f"{cell}.top") < screen[1]


def test_the_keyboard_is_enough(browser: Browser, many: Path) -> None:
    browser.open(many)
    browser.ask("document.querySelector('#cr2f1q1 > a').focus()")
    browser.call("Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", text="\r")
    assert browser.ask(SHOWN)["focused"] is True
    assert browser.ask("document.querySelectorAll('a[aria-current]').length") == 1
    browser.press("Escape")
    assert browser.ask(SHOWN) is None


def test_a_pointer_alone_tells_what_a_cell_rests_on(browser: Browser, many: Path) -> None:
    browser.open(many)
    box = browser.ask(
        "(() => { const e = document.querySelector('#cr2f1q1 > a');"
        "e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
        "return [b.x + 5, b.y + 5] })()"
    )
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])
    told = browser.ask("document.querySelector('#cr2f1q1 > a').title").splitlines()
    assert told[0] == "met"
    assert "line " in told[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, (768, 1024), DESK])
def test_a_page_is_never_wider_than_the_screen(
    browser: Browser, many: Path, one: Path, *, screen: tuple[int, int], scheme: str
) -> None:
    """Only tables are, and they scroll by themselves."""
    for path in (many, one):
        browser.open(path, screen=screen, scheme=scheme)
        assert browser.ask("document.documentElement.scrollWidth") <= screen[0]
        assert browser.ask("window.innerWidth") == screen[0]


CONTRASTS = """(() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const bad = new Set();
  for (const e of document.querySelectorAll('body *')) {
    if (!Array.from(e.childNodes).some(n => n.nodeType === 3 && n.data.trim())) continue;
    if (['SCRIPT', 'STYLE'].includes(e.tagName)) continue;
    let paper = e;
    while (paper && (parse(getComputedStyle(paper).backgroundColor)[3] ?? 1) === 0)
      paper = paper.parentElement;
    paper = paper || document.documentElement;
    const pair = [getComputedStyle(e).color, getComputedStyle(paper).backgroundColor];
    const [low, high] = pair.map(c => light(parse(c))).sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) < 4.5) bad.add(e.tagName + '.' + e.className + ' ' + pair);
  }
  return Array.from(bad);
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(browser: Browser, many: Path, one: Path, scheme: str) -> None:
    papers = set()
    for path in (many, one):
        browser.open(path, scheme=scheme)
        assert browser.ask(CONTRASTS) == []
        papers.add(browser.ask("getComputedStyle(document.documentElement).backgroundColor"))
    assert papers == {"rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 23, 28)"}


def test_whoever_listens_is_told_what_everything_is(browser: Browser, one: Path) -> None:
    browser.open(one)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles: dict[str, list[str]] = {}
    for each in nodes:
        if not each.get("ignored"):
            name = each.get("name", {}).get("value", "")
            roles.setdefault(each["role"]["value"], []).append(name)
    assert {"RootWebArea", "main", "heading", "table", "rowheader", "columnheader"} <= roles.keys()
    for role in ("link", "heading", "table", "region", "columnheader", "rowheader", "RootWebArea"):
        assert all(name.strip() for name in roles.get(role, [])), role


def test_a_table_tells_the_answer_in_words(browser: Browser, many: Path) -> None:
    browser.open(many)
    nodes = browser.call("Accessibility.queryAXTree", nodeId=document(browser), role="link")[
        "nodes"
    ]
    names = {each["name"]["value"] for each in nodes if each.get("name")}
    assert {"met", "unmet", "unstated", "not applicable"} <= names
    buttons = browser.call("Accessibility.queryAXTree", nodeId=document(browser), role="button")
    told = [each["name"]["value"] for each in buttons["nodes"]]
    assert "sort by Release" in told
    assert all(each.startswith("sort by ") for each in told if each)


def document(browser: Browser) -> int:
    """Return the number of the page's root node."""
    number: int = browser.call("DOM.getDocument")["root"]["nodeId"]
    return number


def test_paper_has_all_of_a_table_and_nothing_to_press(browser: Browser, many: Path) -> None:
    browser.open(many)
    open_cell = "document.querySelector('.cells:not(.settled) > li').id"
    browser.click(f"#c{browser.ask(open_cell)} > a")
    browser.media("print")
    assert browser.ask(SHOWN)["position"] == "static"

    def style(selector: str, what: str) -> set[str]:
        each = f"document.querySelectorAll({json.dumps(selector)})"
        return set(browser.ask(f"Array.from({each}, e => getComputedStyle(e).{what})"))

    assert style("button", "display") == {"none"}
    assert style(".scroller", "overflow") == {"visible"}
    assert style(".settled", "display") == {"none"}
    assert style(".on-paper", "display") == {"inline"}


@pytest.fixture(scope="module")
def drawn() -> Comparison:
    """Assess what the picture for README.md is drawn of."""
    return assessed(*(each for each in EXAMPLES if each.stem not in INVENTED), by=DRAWN)


def words(comparison: Comparison) -> str:
    """Return all that is drawn: the table of a page, row by row, and the signs in it explained."""
    lines = overviews.load("html")(comparison, columns=100, colour=False)
    top = "".join(takewhile(lambda line: 'id="f1"' not in line, lines))
    (legend,) = re.findall(r'<ul class="legend".*?</ul>', top, re.DOTALL)
    (table,) = re.findall(r'<table class="matrix.*?</table>', top, re.DOTALL)
    table = re.sub(r"<caption>.*?</caption>", "", table)
    signs = set(re.findall(r'class="mark ([\w-]+)"', table))
    told = legend.split("</li>")[:-1]
    used = (each for each in told if set(re.findall(r'class="mark ([\w-]+)"', each)) <= signs)
    rows = (*table.split("</tr>")[:-1], *used)
    return "\n".join(" ".join(unescape(re.sub("<[^>]*>", " ", row)).split()) for row in rows)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Take a PNG apart, and check on the way that it is whole."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length) == (zlib.crc32(kind + data),)
        yield kind, data
        at += 12 + length


def drawing(browser: Browser, comparison: Comparison, folder: Path) -> bytes:
    """Draw the table of a page with the legend below it."""
    browser.open(written(folder, comparison), screen=(1230, 900), scale=1.5)
    box = browser.ask(
        "(() => { const table = document.querySelector('table.matrix').closest('.scroller');"
        "document.querySelectorAll('thead button').forEach(each => each.remove());"
        "table.style.maxHeight = 'none';"
        "const legend = document.querySelector('.legend'); table.after(legend);"
        "const used = new Set(Array.from(table.querySelectorAll('.mark'), e => e.className));"
        "for (const sign of legend.querySelectorAll('.mark'))"
        "if (!used.has(sign.className)) sign.closest('li').remove();"
        "const [from, to] = [table, legend].map(each => each.getBoundingClientRect());"
        "return {x: from.x + scrollX - 12, y: from.y + scrollY - 12,"
        "width: from.width + 24, height: to.bottom - from.top + 24} })()"
    )
    return browser.picture(box, words(comparison))


def test_the_picture_of_the_examples_shows_what_is_so(
    drawn: Comparison, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Whoever has no browser is told all the same that it has to be drawn anew.

    `pytest --update` does so where there is a browser. No two of them draw it alike, so what is
    held is what the picture says of itself.
    """
    told = DESCRIPTION + words(drawn).encode()
    stale = dict(chunks(PICTURE.read_bytes())).get(b"iTXt") != told
    if request.config.getoption("--update") and stale and BROWSER:
        PICTURE.write_bytes(drawing(request.getfixturevalue("browser"), drawn, tmp_path))
    picture = PICTURE.read_bytes()
    found = dict(chunks(picture))
    assert [*found] == [b"IHDR", b"PLTE", b"iTXt", b"IDAT", b"IEND"]
    assert found[b"iTXt"].startswith(DESCRIPTION)
    shown = found[b"iTXt"].removeprefix(DESCRIPTION).decode()
    assert shown == words(drawn), "docs/comparison.png is stale: run `pytest --update`"
    assert len(picture) < 300_000


def test_the_words_of_the_picture_are_all_that_it_shows(drawn: Comparison) -> None:
    head, *rows = words(drawn).splitlines()
    named = [each.name for each in drawn.named()]
    assert head.startswith("Release Open Source AI Definition 1.0 G7 ")
    assert [row[: len(name)] for row, name in zip(rows, named, strict=False)] == named
    assert len(rows) > len(named)  # the signs are explained below
    assert not {"Tiny Tide 1M", "Ward Sepsis Warning"} & set(named)
    sheet = drawn.named()[0].sheets[0]
    assert f" {sheet.rungs[0].mark.sign} {sheet.verdict.word} " in rows[0]


# -- the page of one release, as `aimanifest validate` writes it -----------------------------------

READ = ("pythia-12b", "llama-3.1-8b", "hospital-unshareable", "broken", "incomplete")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Write a page for some releases that get far, some that do not, and a file with faults."""
    folder = tmp_path_factory.mktemp("releases")
    targets = [Target(frameworks.load(each), None) for each in ("osaid-1.0", "mof")]
    ids = [each.framework.id for each in targets]
    paths = []
    for name in READ:
        places = (ROOT / "examples", ROOT / "tests" / "golden")
        (source,) = (path for each in places if (path := each / f"{name}.yaml").exists())
        report = validate(source.read_bytes(), path=source.name, require=ids)
        text = "".join(renderers.load("html")(iter([report]), targets=targets, screen=Screen()))
        paths.append(folder / f"{name}.html")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def test_the_page_of_a_release_asks_for_nothing(browser: Browser, releases: list[Path]) -> None:
    for path in releases:
        browser.open(path)
        browser.ask("document.title")
        assert browser.requests() - {"data:,"} == {path.as_uri()}
        assert not browser.complaints()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_release_fits_and_can_be_read(
    browser: Browser, releases: list[Path], scheme: str
) -> None:
    for path in releases:
        for screen in (PHONE, (768, 1024), DESK):
            browser.open(path, screen=screen, scheme=scheme, scripts=False)
            assert browser.ask("document.documentElement.scrollWidth") <= screen[0]
            assert browser.ask("window.innerWidth") == screen[0]
            assert browser.ask(CONTRASTS) == []
            small = (
                "Array.from(document.querySelectorAll('body *')).filter(e => e.innerText &&"
                "parseFloat(getComputedStyle(e).fontSize) < 10.5 && !e.closest('.mark')).length"
            )
            assert browser.ask(small) == 0


def test_the_page_of_a_release_can_be_listened_to(browser: Browser, releases: list[Path]) -> None:
    for path in releases:
        browser.open(path)
        roles: dict[str, list[str]] = {}
        for each in browser.call("Accessibility.getFullAXTree")["nodes"]:
            if not each.get("ignored"):
                name = each.get("name", {}).get("value", "")
                roles.setdefault(each["role"]["value"], []).append(name)
        assert {"RootWebArea", "main", "heading", "contentinfo"} <= roles.keys()
        assert path.stem == "broken" or {"navigation", "table", "rowheader"} <= roles.keys()
        for role in ("link", "heading", "table", "columnheader", "rowheader", "navigation"):
            assert all(name.strip() for name in roles.get(role, [])), role


def test_on_a_phone_a_table_is_a_list_with_labels(browser: Browser, releases: list[Path]) -> None:
    browser.open(releases[0], screen=PHONE)
    label = "getComputedStyle(document.querySelector('td'), '::before').content"
    assert browser.ask(label) == '"Terms"'
    over = (
        "Array.from(document.querySelectorAll('th, td')).filter(e =>"
        "e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert browser.ask(over) == 0


def test_on_paper_nothing_is_folded_away(browser: Browser, releases: list[Path]) -> None:
    browser.open(releases[-1])
    shown = "Array.from(document.querySelectorAll('details li'), e => e.checkVisibility())"
    assert set(browser.ask(shown)) == {False}
    browser.media("print")
    assert set(browser.ask(shown)) == {True}
    assert browser.ask("getComputedStyle(document.querySelector('nav')).display") == "none"


def test_badges_are_drawn_as_wide_as_their_words(browser: Browser, tmp_path: Path) -> None:
    targets = [Target(each, None) for each in frameworks.every().values() if each.levels]
    ids = [each.framework.id for each in targets]
    path = tmp_path / "badge.svg"
    source = (ROOT / "examples" / "olmo-7b.yaml").read_bytes()
    report = validate(source, path="olmo-7b.yaml", require=ids)
    text = "".join(renderers.load("badge")(iter([report]), targets=targets, screen=Screen()))
    path.write_text(text, encoding="utf-8")
    browser.open(path)
    told = browser.ask(
        "Array.from(document.querySelectorAll('text'), e => { const t = e.cloneNode(true);"
        "t.removeAttribute('textLength'); e.parentNode.append(t); const w = t.getBBox().width;"
        "t.remove(); return [e.textContent, e.getBBox().width, w] })"
    )
    assert len(told) == 2 * len(targets)
    for words, given, natural in told:  # what the font wants, and what it is held to
        assert 0.8 < given / natural < 1.25, words
    assert not browser.complaints()
