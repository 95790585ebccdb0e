"""Texts that only hold a place, and the word that says there is nothing."""

from __future__ import annotations

SIGNS = " \t\r\n.…-\u2013\u2014_?!*#[](){}<>\"'`:;,/\\|"
"""What may stand around a placeholder."""

PLACEHOLDERS = frozenset(
    (
        "",
        *"todo|to do|tbd|tba|fixme|xxx|xxxx|n/a|na|null|nil|unknown|undisclosed|various".split("|"),
        *"misc|miscellaneous|text|string|example|sample|test|foo|bar|asdf|placeholder".split("|"),
        *"place holder|none given|not specified|unspecified|coming soon|see above|see".split("|"),
        *"see below|see paper|see the paper|see website|more information needed|internet".split(
            "|"
        ),
        *"needs more information|need more information|the internet|web|the web".split("|"),
        *(
            f"{be} {done}{when}"
            for be in ("to be", "will be")
            for done in "added announced completed defined determined done provided".split()
            for when in ("", " later")
        ),
        *(
            f"{what} {of}"
            for what in "various multiple several different diverse many public internet online "
            "web other".split()
            for of in "source sources data dataset datasets website websites origins".split()
        ),
        *(
            f"{what} from {where}"
            for what in ("data", "text", "texts", "images")
            for where in ("the web", "the internet", "web", "internet")
        ),
    )
)
"""Texts that say nothing, bare of the signs around them and in lower case."""

LIMIT_PLACEHOLDER = 100
"""Longer texts say something, if only by accident."""


def is_placeholder(text: str) -> bool:
    """Whether `text` only holds a place: "TODO", "various sources", "[More Information Needed]"."""
    if len(text) > LIMIT_PLACEHOLDER:
        return False
    words = text.strip(SIGNS).casefold()
    return (
        words in PLACEHOLDERS
        or words.startswith("lorem ipsum")
        or (
            words.endswith(" here")
            and words.startswith(("add ", "describe ", "fill in ", "insert ", "write ", "your "))
        )
    )


NONE_IS_SAID = ("collection", "labeling", "processing")
"""The parts of data information where "none" is an answer: there was no such step."""


def says_none(text: str) -> bool:
    """Whether `text` is the reserved word "none", alone or with a remark behind it."""
    return text.startswith("none") and not text[4:5].isalnum() and text[4:5] not in ("-", "_")
