"""README.md: the front matter of a model card of the Hugging Face Hub, and its headings.

What the keys mean is documented at https://huggingface.co/docs/hub/model-cards. A tag names a
dataset; whether all of it, and it alone, was trained on, a tag does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aimanifest.document.foreign import Unreadable
from aimanifest.drafting import records
from aimanifest.drafting.evidence import WEIGHTS, Evidence
from aimanifest.drafting.folder import Folder
from aimanifest.drafting.records import Record
from aimanifest.placeholders import is_placeholder

NAMES = ("README.md", "README.MD", "readme.md", "Readme.md", "MODEL_CARD.md", "model_card.md")

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,4})[ \t]+(.+?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)")

_RELATIONS = {
    "finetune": "fine-tune",
    "adapter": "adapter",
    "merge": "merge",
    "quantized": "quantization",
}

_TASKS = {
    "text-generation": (["text"], ["text"]),
    "text2text-generation": (["text"], ["text"]),
    "summarization": (["text"], ["text"]),
    "translation": (["text"], ["text"]),
    "question-answering": (["text"], ["text"]),
    "fill-mask": (["text"], ["text"]),
    "text-classification": (["text"], ["label"]),
    "token-classification": (["text"], ["label"]),
    "zero-shot-classification": (["text"], ["label"]),
    "sentence-similarity": (["text"], ["embedding"]),
    "feature-extraction": (["text"], ["embedding"]),
    "image-classification": (["image"], ["label"]),
    "object-detection": (["image"], ["label"]),
    "image-segmentation": (["image"], ["label"]),
    "image-to-text": (["image"], ["text"]),
    "image-text-to-text": (["image", "text"], ["text"]),
    "text-to-image": (["text"], ["image"]),
    "image-to-image": (["image"], ["image"]),
    "automatic-speech-recognition": (["audio"], ["text"]),
    "audio-classification": (["audio"], ["label"]),
    "voice-activity-detection": (["audio"], ["label"]),
    "text-to-speech": (["text"], ["audio"]),
    "text-to-audio": (["text"], ["audio"]),
    "text-to-video": (["text"], ["video"]),
    "tabular-classification": (["tabular"], ["label"]),
    "tabular-regression": (["tabular"], ["label"]),
    "time-series-forecasting": (["time-series"], ["time-series"]),
}
"""What goes in and comes out, by the task of the Hub that a card names."""

_TOPICS = (
    ("limitations", r"limitation|bias|risk|known issues"),
    ("energy", r"environmental impact|carbon|energy"),
    ("usage", r"usage|how to use|how to get started|getting started|quick ?start|inference"),
    ("hyperparameters", r"hyper-?parameters"),
    ("hardware", r"hardware|compute infrastructure"),
    ("architecture", r"architecture"),
    ("evaluation-results", r"evaluation|results|benchmarks|metrics"),
    ("training", r"training|how .* was trained"),
)
"""What a section of a card treats, by words in its heading; the first that fits counts."""

_USE = re.compile(r"(?:intended|direct|primary) uses?\b.*|uses?|intended use cases?", re.IGNORECASE)
_LIMITS = re.compile(
    r"(?:bias|biases)?,? ?(?:risks?)?,? ?(?:and |& )?(?:known )?limitations?(?: and bias(?:es)?)?|"
    r"out-of-scope use|bias, risks,? and limitations",
    re.IGNORECASE,
)
LIMIT_HEADING = 300
LIMIT_SECTION = 2000
"""A longer section is not copied: the card is there to be read."""


def read(folder: Folder, evidence: Evidence) -> None:
    """Note what the card in the folder itself says, and that there are others below it."""
    path = next((each for each in NAMES if each in folder), None)
    if path is None:
        return
    text = folder.text(path)
    if text is None:
        return
    front = _FRONT.match(text)
    record = None
    if front:
        try:
            record = records.from_yaml(path, front[1].encode(), first=2)
        except Unreadable as error:
            folder.trouble(path, f"its front matter cannot be read: {error}")
    if record:
        _front(record, folder, evidence)
    body = text[front.end() :] if front else text
    first = text[: front.end()].count("\n") + 1 if front else 1
    _body(path, list(_sections(body, first)), evidence, is_card=front is not None)


def _front(record: Record, folder: Folder, evidence: Evidence) -> None:
    for key in ("model_name", "pretty_name"):
        evidence.tell("release", "name", value=record.text(key), found=record.found(key))
    if not record.text("model_name") and (name := record.text("model-index", 0, "name")):
        reason = "it is the name under which the card gives results of evaluations"
        found = record.found("model-index", 0, "name")
        evidence.tell("release", "name", value=name, found=found, guess=reason)
    licenses = record.texts("license")
    if len(licenses) > 1:
        evidence.license(WEIGHTS, ", ".join(licenses), found=record.found("license"))
    elif licenses or record.text("license_name"):
        evidence.license(
            WEIGHTS,
            licenses[0] if licenses else "other",
            found=record.found("license" if licenses else "license_name"),
            name=record.text("license_name"),
            link=record.text("license_link"),
        )
    _bases(record, folder, evidence)
    for index, name in enumerate(record.texts("datasets")):
        at = ("datasets", index) if record.count("datasets") else ("datasets",)
        evidence.datasets.setdefault(name, record.found(*at))
    task = record.text("pipeline_tag")
    if task in _TASKS:
        reason = f"what goes in and comes out where the task is {task}"
        found = record.found("pipeline_tag")
        value = dict(zip(("input", "output"), _TASKS[task], strict=True))
        evidence.tell("release", "modalities", value=value, found=found, guess=reason)
    gate = next((key for key in record.data if key.startswith("extra_gated_")), "")
    if gate:
        reason = "the card has a form to fill in before the files can be had from the Hub"
        evidence.tell(
            *("components", WEIGHTS, "availability"),
            value="gated",
            found=record.found(gate),
            guess=reason,
        )
    for key in ("tags", "metrics", "language", "library_name", "thumbnail"):
        if record.get(key) not in (None, "", []):
            evidence.unused.append((record.found(key), key))


def _bases(record: Record, folder: Folder, evidence: Evidence) -> None:
    names = record.texts("base_model")
    said = record.text("base_model_relation")
    relation = _RELATIONS.get(said, "")
    guess = ""
    if said and not relation:
        folder.trouble(record.found("base_model_relation"), f"{said!r} is no relation of the Hub")
    if not relation:
        relation = "merge" if len(names) > 1 else "fine-tune"
        guess = "the card names the base, and does not say how these weights came out of it"
    for index, name in enumerate(names):
        at = ("base_model", index) if record.count("base_model") else ("base_model",)
        evidence.base(name, relation, found=record.found(*at), guess=guess)


class _Section:
    """A heading, on which line it is, how deep, and the text below it."""

    def __init__(self, title: str, line: int, depth: int) -> None:
        self.title = re.sub(r"[*_`]|!?\[([^\]]*)\]\([^)]*\)", r"\1", title).strip(" :#")
        self.line = line
        self.depth = depth
        self.lines: list[str] = []

    @property
    def text(self) -> str:
        """The text, paragraphs apart, without code, comments and placeholders."""
        lines = []
        fenced = False
        for line in self.lines:
            fence = _FENCE.match(line)
            fenced ^= fence is not None
            if not fenced and not fence:
                lines.append(line)
        first, *others = "\n".join(lines).split("<!--")
        text = first + "".join(each.partition("-->")[2] for each in others)
        paragraphs = (" ".join(each.split()) for each in re.split(r"\n\s*\n", text))
        return "\n\n".join(each for each in paragraphs if each and not is_placeholder(each))


def _sections(body: str, first: int) -> Iterator[_Section]:
    """Cut a text at its headings, those inside of code left alone."""
    section: _Section | None = None
    fenced = False
    for number, line in enumerate(body.splitlines(), first):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced or len(line) > LIMIT_HEADING else _HEADING.match(line)
        if heading:
            if section:
                yield section
            section = _Section(heading[2], number, len(heading[1]))
        elif section:
            section.lines.append(line)
    if section:
        yield section


def _body(path: str, sections: list[_Section], evidence: Evidence, *, is_card: bool) -> None:
    kind = "model-card" if is_card or "card" in path.lower() else "documentation"
    titles = [each for each in sections if each.depth == 1]
    if titles and titles[0] is sections[0]:
        title = re.sub(r"^model card (?:for|of)\s+", "", titles[0].title, flags=re.IGNORECASE)
        reason = "it is the title of the text"
        evidence.tell(
            "release", "name", value=title, found=f"{path}, line {titles[0].line}", guess=reason
        )
    reason = "" if kind == "model-card" else "it has no front matter of a model card"
    evidence.component(kind, kind, path=path, found=path, guess=reason)
    said = [each for each in sections if each.text]
    topics: dict[str, int] = {}
    for section in said:
        title = section.title.lower()
        topic = next((topic for topic, words in _TOPICS if re.search(words, title)), "")
        if topic:
            topics.setdefault(topic, section.line)
    if topics:
        lines = ", ".join(str(each) for each in sorted(topics.values()))
        evidence.tell(
            *("components", kind, "includes"),
            value=list(topics),
            found=f"{path}, line{'s' if len(topics) > 1 else ''} {lines}",
            guess="by its headings; leave what it really treats",
        )
    for key, words in (("intended_use", _USE), ("limitations", _LIMITS)):
        for section in said:
            if words.fullmatch(section.title) and len(section.text) <= LIMIT_SECTION:
                found = f"{path}, line {section.line}"
                evidence.tell("release", key, value=section.text, found=found, form="text")
                break
