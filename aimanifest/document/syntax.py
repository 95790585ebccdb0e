"""What the parser did not understand, in plain words. Loaded only where there is such a thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from yaml.error import MarkedYAMLError, YAMLError

from aimanifest.document.demands import (
    DIRECTIVES,
    LIMIT_KEY,
    NOT_EMPTY,
    ONE_DOCUMENT,
    SPACES,
    TAGS,
    TEXT_KEYS,
    WELL_FORMED,
)
from aimanifest.document.places import cut, line_start, position_at
from aimanifest.rules import Rule


class _Diagnosis(NamedTuple):
    """What is wrong, `at` which character, and how to mend it; "" stands for what the rule says.

    `begun`, with its `label`, is another character to look at.
    """

    message: str
    at: int
    fix: str = ""
    begun: int | None = None
    label: str = "opened here"
    rule: Rule = WELL_FORMED


class Scene(NamedTuple):
    """Where a parser gave up, and its own words about it.

    `begun` is where the thing began that it was reading, `bracket` the innermost bracket that is
    still open.
    """

    text: str
    words: str
    at: int
    begun: int
    bracket: int | None

    @classmethod
    def of(cls, error: YAMLError, text: str, bracket: int | None) -> Scene:
        """Look at `error`, which was raised while the `bracket` was open."""
        words, index, begun = str(error), 0, None
        if isinstance(error, MarkedYAMLError):
            words = ": ".join(each for each in (error.context, error.problem) if each)
            index = error.problem_mark.index if error.problem_mark else 0
            begun = error.context_mark.index if error.context_mark else None
        index = index if index < len(text) else len(text.rstrip())
        return cls(text, words, index, index if begun is None else begun, bracket)

    @property
    def at_end(self) -> bool:
        """Whether nothing follows."""
        return self.at >= len(self.text.rstrip())

    @property
    def character(self) -> str:
        """The character that was not expected."""
        return self.text[self.at : self.at + 1]

    @property
    def word(self) -> str:
        """What follows up to a space, without what ends a key or a value in brackets."""
        rest = self.text[self.at : self.at + LIMIT_KEY].split(None, 1)
        return (rest[0].rstrip(",]}:") or rest[0]) if rest else ""

    @property
    def quoted(self) -> str:
        """The text that begins there in quotes, behind its key if that stands before it."""
        value = _rest_of_line(self.text, self.at).partition(" #")[0].rstrip()
        if self.bracket is not None or ": " in value:
            return _quote(self.word)
        return f"{self.before.strip()} {_quote(value)}".lstrip()

    @property
    def before(self) -> str:
        """What stands before it on its line."""
        return self.text[line_start(self.text, self.at) : self.at]

    @property
    def line(self) -> str:
        """The line it stands on."""
        return self.before + _rest_of_line(self.text, self.at)

    @property
    def above(self) -> int:
        """Where the line above that is not empty begins."""
        head = self.text[: line_start(self.text, self.at)].rstrip()
        return line_start(head, len(head))


def _rest_of_line(text: str, index: int) -> str:
    return text[index:].partition("\n")[0].partition("\r")[0].rstrip()


def diagnose(scene: Scene) -> _Diagnosis:
    """Say in plain words what a parser did not understand."""
    if conflict := re.search("^(?:<{7}|>{7}) ", scene.text, re.MULTILINE):
        fix = "Resolve the merge conflict and take out its marks."
        return _Diagnosis("A merge conflict stands in the file.", conflict.start(), fix)
    for words, explain in _EXPLANATIONS:
        if words in scene.words:
            return explain(scene)
    return _Diagnosis(f"The YAML parser cannot read this: {scene.words}.", scene.at)


def _cannot_begin(scene: Scene) -> _Diagnosis:
    if scene.character == "\t":
        return _tab(scene)
    sign = "a backtick" if scene.character == "`" else f"`{scene.character}`"
    return _Diagnosis(f"A text without quotes cannot begin with {sign}.", scene.at, scene.quoted)


def _tab(scene: Scene) -> _Diagnosis:
    return _Diagnosis("A tab stands where only spaces may.", scene.at, rule=SPACES)


def _sigil(scene: Scene) -> _Diagnosis:
    """An `&` or `*` that is not followed by a name alone: `*.safetensors`, `**bold**`."""
    return _cannot_begin(scene._replace(at=scene.begun))


def _tag(scene: Scene) -> _Diagnosis:
    scene = scene._replace(at=scene.begun)
    message = f"`{cut(scene.word)}` is read as a tag."
    return _Diagnosis(message, scene.at, scene.quoted, rule=TAGS)


def _directive(scene: Scene) -> _Diagnosis:
    index = line_start(scene.text, scene.at)
    return _Diagnosis("This line is a directive.", index, rule=DIRECTIVES)


def _colon(scene: Scene) -> _Diagnosis:
    """A `: ` where no key can end."""
    before = scene.before.strip()
    if len(before) > LIMIT_KEY:
        return _without_colon(scene._replace(at=scene.at - len(before)))
    key, found, value = scene.line.partition(": ")
    if found and len(key) < len(scene.before):
        message = "A `: ` inside a text without quotes would begin another key."
        text = value.partition(" #")[0].strip()
        return _Diagnosis(message, scene.at, f"{key.strip()}: {_quote(text)}")
    index = scene.at - len(before)
    above = _rest_of_line(scene.text, scene.above)
    if _indentation(scene.before) > _indentation(above):
        message = "The line is indented as if it went on with the value of the line above."
        fix = "Indent it like the other keys of its mapping."
        return _Diagnosis(message, index, fix, scene.above, "the line above")
    return _without_colon(scene._replace(at=scene.above))


def _colon_in_brackets(scene: Scene) -> _Diagnosis:
    message = "Inside brackets, a text without quotes cannot hold a `:` before a comma or bracket."
    return _Diagnosis(message, scene.at, _quote(scene.text[scene.begun : scene.at + 1]))


def _no_colon(scene: Scene) -> _Diagnosis:
    return _without_colon(scene._replace(at=scene.begun))


def _without_colon(scene: Scene) -> _Diagnosis:
    """A line on which a key should stand and none does."""
    line = _rest_of_line(scene.text, scene.at)
    key, _, value = line.partition(":")
    if len(key) > LIMIT_KEY:
        message = f"The key `{cut(key)}` has {len(key):,} characters."
        return _Diagnosis(message, scene.at, rule=TEXT_KEYS)
    if value:
        message = f"`{cut(line)}` is no key and value: a space is missing after the colon."
        return _Diagnosis(message, scene.at, f"{key}: {value}")
    message = f"`{cut(line)}` stands where a key is expected, and has no colon."
    fix = "Write `key: value`, or indent the line if it goes on with the text above."
    return _Diagnosis(message, scene.at, fix)


def _unclosed_quote(scene: Scene) -> _Diagnosis:
    line = position_at(scene.text, scene.begun).line
    quote = scene.text[scene.begun]
    inner = "''" if quote == "'" else r"\""
    message = f"The quote that line {line} opens is never closed."
    fix = f"Close it with `{quote}`; the same quote inside the text is written `{inner}`."
    return _Diagnosis(message, scene.at, fix, scene.begun)


def _escape(scene: Scene) -> _Diagnosis:
    """A backslash in double quotes, before what it gives no meaning to."""
    index = scene.text.rindex("\\", 0, scene.at + 1)
    sign = scene.text[index + 1 : index + 2]
    if not sign.strip():
        return _unclosed_quote(scene._replace(at=index))
    message = rf"`\{sign}` means nothing in double quotes."
    return _Diagnosis(message, index, r"Write `\\` for a backslash, or use single quotes.")


def _escape_digits(scene: Scene) -> _Diagnosis:
    index = scene.text.rindex("\\", 0, scene.at + 1)
    message = "This escape does not give the number of a character."
    fix = r"Write `\x` and 2, `\u` and 4 or `\U` and 8 hexadecimal digits, at most `\U0010ffff`; "
    return _Diagnosis(message, index, fix + r"or `\\` for a backslash.")


def _brackets(scene: Scene) -> _Diagnosis:
    """Something in brackets where a comma or the closing bracket should be."""
    opening = scene.text[scene.begun]
    closing = "]" if opening == "[" else "}"
    line = position_at(scene.text, scene.begun).line
    if scene.at_end:
        message = f"The bracket `{opening}` that line {line} opens is never closed."
        return _Diagnosis(message, scene.at, f"Close it with `{closing}`.", scene.begun)
    message = (
        f"Inside the `{opening}` that line {line} opens, a `,` or `{closing}` is missing here."
    )
    fix = f"Put a comma between the values, close the bracket with `{closing}`, or quote the text."
    return _Diagnosis(message, scene.at, fix, scene.begun)


def _no_value(scene: Scene) -> _Diagnosis:
    """Something that cannot be a value where one is expected."""
    if scene.at_end and scene.bracket is not None:
        return _brackets(scene._replace(begun=scene.bracket))
    if scene.line.startswith("..."):
        return _Diagnosis("The document ends here and is empty.", scene.at, rule=NOT_EMPTY)
    message = f"A value is expected here, and cannot begin with `{scene.character}`."
    fix = f"Quote the text, or take out the `{scene.character}`."
    return _Diagnosis(message, scene.at, fix)


def _dash(scene: Scene) -> _Diagnosis:
    message = "A list cannot begin on the line of its key."
    fix = "Begin it on the next line; or quote the text if it is to begin with `- `."
    return _Diagnosis(message, scene.at, fix)


def _question(scene: Scene) -> _Diagnosis:
    message = "A text without quotes cannot begin with `? `."
    return _Diagnosis(message, scene.at, scene.quoted)


def _block_text(scene: Scene) -> _Diagnosis:
    sign = scene.text[scene.begun]
    message = f"After `{sign}`, the text begins on the next line."
    fix = f"Begin the text on the next line, or quote it if it is to begin with `{sign}`."
    return _Diagnosis(message, scene.at, fix)


def _no_key(scene: Scene) -> _Diagnosis:
    """Something among the keys of a mapping that is none."""
    if scene.before.strip():
        return _left_over(scene)
    if scene.word == "-":
        message = "An entry of a list stands among the keys of a mapping."
        return _Diagnosis(
            message, scene.at, "Indent the list below its key.", scene.begun, "the keys begin here"
        )
    if scene.character == ":":
        return _Diagnosis("No key stands before this colon.", scene.at, "Write a key before it.")
    return _misplaced(scene, "the keys")


def _no_entry(scene: Scene) -> _Diagnosis:
    """Something among the entries of a list that is none."""
    if scene.before.strip():
        return _left_over(scene)
    if scene.word != "-" and _column(scene.text, scene.at) == _column(scene.text, scene.begun):
        message = "This stands among the entries of a list and does not begin with `- `."
        fix = "Begin it with `- `, or indent it as what it belongs to is indented."
        return _Diagnosis(message, scene.at, fix, scene.begun, "the list begins here")
    return _misplaced(scene, "the entries")


def _after_the_end(scene: Scene) -> _Diagnosis:
    """Something after the end of the document."""
    if scene.text.startswith("%"):
        return _directive(scene._replace(at=0))
    if _rest_of_line(scene.text, scene.above) == "...":
        message = "A second document begins here."
        return _Diagnosis(message, scene.at, rule=ONE_DOCUMENT)
    if scene.before.strip():
        return _left_over(scene)
    return _misplaced(scene, "the keys", scene.text.index(scene.text.split(None, 1)[0]))


def _misplaced(scene: Scene, what: str, begun: int | None = None) -> _Diagnosis:
    """A line whose indentation fits nothing above it."""
    if scene.character in {"]", "}"}:
        return _left_over(scene)
    begun = scene.begun if begun is None else begun
    message = f"The line is indented by {len(scene.before)}, which fits nothing above it."
    fix = "Indent it as what it belongs to is indented; look also for a quote left open above."
    label = f"{what} from here on are indented by {_column(scene.text, begun)}"
    return _Diagnosis(message, scene.at, fix, begun, label)


def _left_over(scene: Scene) -> _Diagnosis:
    """Something on a line after the end of a value."""
    if scene.character in {"]", "}"}:
        message = f"This `{scene.character}` closes nothing."
        return _Diagnosis(message, scene.at, "Take it out, or open the bracket.")
    quote = scene.before.rstrip()[-1]
    if quote in "\"'":
        inner = "''" if quote == "'" else r"\""
        message = f"The text ended with the `{quote}` before this."
        fix = f"Write `{inner}` for the same quote inside a text, or look for one left open above."
        return _Diagnosis(message, scene.at, fix)
    return _Diagnosis("The value ended before this.", scene.at, "Quote the text as a whole.")


def _in_brackets(scene: Scene) -> _Diagnosis:
    return _no_value(scene) if "content" in scene.words else _brackets(scene)


def _column(text: str, index: int) -> int:
    return index - line_start(text, index)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _quote(text: str) -> str:
    """Write `text` in the quotes in which it needs no escapes."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


_EXPLANATIONS: tuple[tuple[str, Callable[[Scene], _Diagnosis]], ...] = (
    ("directive", _directive),
    ("incompatible YAML document", _directive),
    ("tab character", _tab),
    ("scanning an a", _sigil),
    ("a tag", _tag),
    ("tag handle", _tag),
    ("scanning a block scalar", _block_text),
    ("unexpected end of stream", _unclosed_quote),
    ("unexpected document", _unclosed_quote),
    ("unknown escape", _escape),
    ("hexdecimal", _escape_digits),
    ("hexadecimal", _escape_digits),
    ("invalid Unicode", _escape_digits),
    ("cannot start any token", _cannot_begin),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("unexpected ':'", _colon_in_brackets),
    ("sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _question),
    ("parsing a flow", _in_brackets),
    ("parsing a block node", _no_value),
    ("parsing a block mapping", _no_key),
    ("parsing a block collection", _no_entry),
    ("document start>", _after_the_end),
)
"""Words of libyaml and of PyYAML, which differ, and who explains what they mean; the first wins."""
