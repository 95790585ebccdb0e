"""For README files: a badge for each framework that is required, as SVG or for shields.io."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from aimanifest.renderers import Screen, named, relative, verdict
from aimanifest.report import Report, Target, Unread
from aimanifest.rules import COMPLETE, INAPPLICABLE, INCOMPLETE, UNDETERMINED
from aimanifest.terminal import cut, visible, width

LIMIT_NAME = 60
"""How much is shown of a name or a level; those of a policy may be as long as somebody likes."""

LIMIT_FILES = 50
"""Of how many files a badge carries the digests; so many stand behind few."""

NOT_ASSESSED = "not assessed"

_LABEL = "#3b4350"
_GOOD, _LESS, _OPEN, _BAD, _NONE = "#0b6b47", "#0a569e", "#5b34a3", "#a02c1c", "#59616c"


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # a badge is as wide as its words
) -> Iterator[str]:
    """Give one picture, which needs no font, no script and no network, once all files are known.

    Of several files it shows the weakest. It carries the digest of each, so that anybody can see
    whether it was made from the manifest that stands beside it.
    """
    weakest = _Weakest(targets)
    for each in results:
        weakest.take(each)
        yield ""
    yield _svg(weakest.states, weakest.files)


def endpoint(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # a badge is as wide as its words
) -> Iterator[str]:
    """Give the same as JSON for https://shields.io/badges/endpoint-badge.

    shields.io refuses keys of others, so the digests stand in the little picture before the words.
    """
    weakest = _Weakest(targets)
    for each in results:
        weakest.take(each)
        yield ""
    states = weakest.states
    label, message = states[0].label, states[0].word
    if len(states) > 1:
        label, message = "AI manifest", ", ".join(f"{each.label}: {each.word}" for each in states)
    badge = {
        "schemaVersion": 1,
        "label": label,
        "message": message,
        "color": min(states, key=_strength).colour,
        "labelColor": _LABEL,
        "isError": any(each.word == NOT_ASSESSED for each in states),
        "logoSvg": (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14">'
            f'<desc>{_text(" ".join(weakest.files))}</desc><path fill="none" stroke="#fff" '
            'stroke-width="1.5" d="M3 1h6l2 2v10H3zM5 6h4M5 9h4"/></svg>'
        ),
    }
    yield json.dumps(badge, indent=2).replace("\x7f", "\\u007f") + "\n"


FORMS: dict[str, Callable[..., Iterator[str]]] = {".svg": render, ".json": endpoint}
"""What is written into a file with each ending."""


class _State(NamedTuple):
    """How far by one framework: `strength` orders the words from the weakest."""

    strength: int
    label: str
    word: str
    colour: str


class _Weakest:
    """The weakest of all files, by each framework, and what the files are."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._found: list[_State] = []
        self.files: list[str] = []

    def take(self, result: Report | Unread) -> None:
        """Count one file in."""
        here = [_state(result, each) for each in self._targets]
        pairs = zip(self._found or here, here, strict=True)
        self._found = [min(pair, key=_strength) for pair in pairs]
        if len(self.files) < LIMIT_FILES:
            self.files.append(_file(result))

    @property
    def states(self) -> list[_State]:
        """How far all of them get; nothing is known of none."""
        nothing = [_State(0, _named(each), NOT_ASSESSED, _NONE) for each in self._targets]
        return self._found or nothing


def _strength(state: _State) -> int:
    return state.strength


def _file(result: Report | Unread) -> str:
    path = visible(cut(relative(result.path)))
    digest = result.digest if isinstance(result, Report) else ""
    return f"{path} sha256:{digest}" if digest else f"{path} was not read as a whole"


def _state(result: Report | Unread, target: Target) -> _State:
    label, framework = _named(target), target.framework
    assessment = result.assessment(framework.id) if isinstance(result, Report) else None
    if assessment is None or (isinstance(result, Report) and result.problems):
        return _State(0, label, NOT_ASSESSED, _NONE)
    if assessment.verdict() is INAPPLICABLE:  # neither reached nor missed
        return _State(3, label, INAPPLICABLE.word, _NONE)
    # What a policy lets pass by waivers is not green for that.
    reaches = assessment.verdict(target.level) is COMPLETE
    if len(framework.levels) == 1:
        word = verdict(assessment)
        colour = _GOOD if reaches else {INCOMPLETE.word: _BAD, UNDETERMINED.word: _OPEN}.get(word)
        strength = 4 if reaches else 1 if word == INCOMPLETE.word else 2
        return _State(strength, label, word, colour or _LESS)
    level = assessment.level
    if level is not None:
        name = visible(cut(framework.called.get(level, level), LIMIT_NAME))
        colour = _GOOD if reaches else _LESS
        return _State(4 + framework.levels.index(level), label, name, colour)
    if assessment.verdict(framework.levels[0]) is UNDETERMINED:
        return _State(2, label, UNDETERMINED.word, _OPEN)
    return _State(1, label, INCOMPLETE.word, _BAD)


def _named(target: Target) -> str:
    return visible(cut(named(target.framework), LIMIT_NAME))


# -- the picture -----------------------------------------------------------------------------------

_HEIGHT, _PADDING, _GAP = 20, 6, 6
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[] -"), frozenset("mwMW@%")


def _svg(states: Sequence[_State], files: Sequence[str]) -> str:
    told = "; ".join(f"{each.label}: {each.word}" for each in states)
    parts, left = [], 0
    for each in states:
        first, second = _room(each.label), _room(each.word)
        shape = f'<rect x="{left}" width="{first + second}" height="{_HEIGHT}" rx="3"/>'
        ground = _ground(_LABEL, left, first) + _ground(each.colour, left + first, second)
        parts += [
            f'<clipPath id="c{left}">{shape}</clipPath>',
            f'<g clip-path="url(#c{left})">{ground}</g>',
            _words(each.label, left, first),
            _words(each.word, left + first, second),
        ]
        left += first + second + _GAP
    whole = left - _GAP
    lines = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{_HEIGHT}" '
        f'viewBox="0 0 {whole} {_HEIGHT}" role="img" aria-label="{_text(told)}">\n'
        f"<title>{_text(told)}</title>\n"
        f"<desc>{_text(' '.join(files))}</desc>\n"
        f"{lines}\n</svg>\n"
    )


def _ground(colour: str, left: int, room: int) -> str:
    return f'<path fill="{colour}" d="M{left} 0h{room}v{_HEIGHT}h-{room}z"/>'


def _words(text: str, left: int, room: int) -> str:
    """Write words; `textLength` holds them to their room, whatever font the reader has."""
    return (
        f'<text x="{left + _PADDING}" y="14" textLength="{room - 2 * _PADDING}" '
        'lengthAdjust="spacingAndGlyphs" fill="#fff" font-size="11" '
        f'font-family="Verdana,Geneva,DejaVu Sans,sans-serif">{_text(text)}</text>'
    )


def _room(text: str) -> int:
    """Reckon how many pixels words take, with what is around them, in a font like Verdana."""
    return round(sum(map(_wide, text))) + 2 * _PADDING


def _wide(character: str) -> float:
    if character in _NARROW:
        return 4.2
    if character in _WIDE:
        return 10.2
    return 7.8 if character.isupper() or character.isdigit() else 6.9 * width(character)


def _text(text: str) -> str:
    return escape(visible(text))
