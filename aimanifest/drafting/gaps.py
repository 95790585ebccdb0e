"""What only people can say: each gap that a framework finds becomes a line to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from aimanifest.document.places import pointer_to
from aimanifest.findings import Finding, Outcome
from aimanifest.report import Report
from aimanifest.system import LIMBS

FRAMEWORK = "osaid-1.0"

ACCESS = ("open", "public", "obtainable", "unshareable")

SENTENCES: Mapping[str, str] = {
    "parameters": "The parameters: where all of them are, and under which license.",
    "parameter-terms": "The license of the parameters, as an SPDX expression; `NONE` if they are "
    "offered to nobody.",
    "all-training-data": "All data that shaped these parameters, in any stage: ids of datasets "
    "below. The list is read as complete.",
    "provenance": "From where and from whom the data came.",
    "scope": "What the data is about and how much of it there is: subjects, languages, period, "
    "size.",
    "collection": "How the data was obtained and selected; `none` if everything was taken as it "
    "was.",
    "labeling": "Who or what labeled the data, and how; `none` if nobody did.",
    "processing": "How the data was cleaned, filtered and transformed; `none` if it was not.",
    "data-access": "Whether others can have the data: open, public, obtainable or unshareable.",
    "public-data-listed": "Where everybody can get this data.",
    "third-party-data-listed": "From whom others can get this data, be it for a fee.",
    "data-information-terms": "The license of the text of this file, which describes the data: "
    "CC0-1.0 or CC-BY-4.0, say.",
    "data-preprocessing-code": "The code that processed and filtered the data; if there was none, "
    "`omitted: not-produced`, and the reason in `notes`.",
    "training-code": "The code that trained the parameters.",
    "training-configuration": "The arguments and settings of the training, such as "
    "hyperparameters.",
    "validation-code": "The code that validated and tested the model during training; not that of "
    "benchmarks.",
    "supporting-library": "The libraries that the code needs, such as a tokenizer; somebody "
    "else's are named with their license and place.",
    "inference-code": "The code that runs the model; somebody else's will do.",
    "model-architecture": "The code that defines the structure of the model; somebody else's will "
    "do.",
    "complete-code": "All code that made these parameters: ids of components below. The list is "
    "read as complete.",
    "code-terms": "The license of this code, as an SPDX expression.",
    "made-available": "Where it can be had: an address, or a `path` in the folder.",
    "no-restricting-terms": "What further terms restrict, in words of the vocabulary; `[]` if it "
    "is nothing.",
    "open-base": "The base's own AI manifest, a path in the folder or an address; or describe the "
    "base's data and code here.",
    "faq-open-data-shared": "Where the data is that is called open, and under which license.",
    "faq-explainable-reasons": "Why the data cannot be shared: personal-data, law, copyright, "
    "contract, security, technical or commercial.",
    "faq-dataset-software": "The code that created the dataset: ids of components.",
    "faq-explicit-assertion": "The license of the parameters, or an `assertion` that they are free "
    "for all.",
    "faq-freely-available": "Where it can be had free of charge.",
}
"""What belongs where a rule finds nothing, by the name of the rule: one sentence each."""

_DATASET = (
    "training-data:",
    "  name: …",
    "  license: …   # that of the collection",
    "  location: https://…   # leave it out if nobody can have the data",
    "  data:",
    "    access: …   # open, public, obtainable or unshareable",
    "    provenance: …   # from where and from whom the data came",
    "    scope: …   # how much of what, in which languages",
    "    collection: …   # how it was obtained and selected, or none",
    "    labeling: …   # who labeled it and how, or none",
    "    processing: …   # how it was cleaned and filtered, or none",
)


class Gap(NamedTuple):
    """A line to fill in: where, what belongs there, how it is written, and what hints there are.

    `steps` are where the value would stand; `inside` is the mapping that is there to hold it.
    `candidates` are answers that suggest themselves; what is not `asked` comes up by itself later.
    """

    steps: tuple[str, ...]
    inside: tuple[str, ...]
    sentence: str
    lines: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    asked: bool = True

    @property
    def pointer(self) -> str:
        """Where the value would stand."""
        return pointer_to(self.steps)


def gaps(report: Report, data: Any, hints: Mapping[str, Gap]) -> tuple[Gap, ...]:
    """Return a gap for each thing on which the manifest is silent, in the order of the rules.

    `hints` are by pointer: what was found that helps to fill a gap.
    """
    found: dict[str, Gap] = {}
    assessment = report.assessment(FRAMEWORK)
    for finding in assessment.findings if assessment else ():
        if finding.outcome is Outcome.UNSTATED and finding.pointer not in found:
            gap = _gap(finding, data)
            found[finding.pointer] = _hinted(gap, hints.get(finding.pointer))
    for pointer, hint in hints.items():
        if pointer not in found and hint.lines:
            found[pointer] = hint
    result = [*found.values()]
    if any(gap.steps[-1] == "trained_on" for gap in result):
        sentence = "Each dataset that `trained_on` names, with what a skilled person needs to know."
        steps = ("components", "training-data")
        result.append(Gap(steps, ("components",), sentence, _DATASET, asked=False))
    own = ("metadata", "license")
    if not _at(data, own) and pointer_to(own) not in found:
        sentence = SENTENCES["data-information-terms"]
        result.append(Gap(own, ("metadata",), sentence, ("license: …",), asked=False))
    return tuple(result)


def _gap(finding: Finding, data: Any) -> Gap:
    steps = steps_of(finding.pointer)
    inside = steps[:-1]
    while not isinstance(_at(data, inside), dict):
        inside = inside[:-1]
    rule = finding.rule.rpartition("/")[2]
    line = finding.fix.partition("   #")[0]
    if isinstance(_at(data, steps), dict):  # what is missing belongs into what is there
        inside = steps
        steps = (*steps, line.partition(":")[0])
    if steps[-1] in LIMBS:
        line = f"{steps[-1]}: …"
    key = steps[len(inside)] if len(steps) > len(inside) else ""
    if key and not line.startswith(f"{key}:"):
        line = f"{key}: …"
    lines: tuple[str, ...] = (line or "notes: …",)
    if steps[-1] == "data":
        lines = tuple(each[2:] for each in _DATASET[_DATASET.index("  data:") :])
        return Gap(steps, inside, "What a skilled person needs to know of the data.", lines)
    words = ACCESS if rule == "data-access" else ()
    return Gap(steps, inside, SENTENCES.get(rule, finding.message), lines, words)


def _hinted(gap: Gap, hint: Gap | None) -> Gap:
    if hint is None:
        return gap
    lines = hint.lines or gap.lines
    return gap._replace(
        sentence=f"{gap.sentence} {hint.sentence}",
        lines=lines,
        candidates=hint.candidates or gap.candidates,
    )


def _at(data: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def steps_of(pointer: str) -> tuple[str, ...]:
    """Return the steps that a pointer (RFC 6901) is made of."""
    parts = pointer.split("/")[1:]
    return tuple(each.replace("~1", "/").replace("~0", "~") for each in parts)


def inside(found: tuple[Gap, ...]) -> Iterator[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Give for each mapping what is to be written at its end: sentences, and lines in comments."""
    by_mapping: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}
    for each in found:
        by_mapping.setdefault(each.inside, []).append((each.sentence, each.lines))
    for steps, lines in by_mapping.items():
        yield pointer_to(steps), lines
