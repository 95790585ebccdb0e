"""The words of a license text, without what may differ between two copies of one text.

After the License Matching Guidelines of SPDX 3.0.1: letter case, punctuation, white space, marks of
lists and of comments, and variants of spelling do not count.
"""

import re
from typing import Final, NamedTuple


class Words(NamedTuple):
    """The words of a text, and for each the line that it stands on, counted from 1."""

    words: list[str]
    lines: list[int]


def read(text: str) -> Words:
    """Take `text` apart into words that can be compared; any text will do."""
    words: list[str] = []
    lines: list[int] = []
    for number, line in enumerate(lines_of(text.lower()), 1):
        mark = _LIST_MARK.match(line)
        for found in _WORD.findall(line, mark.end() if mark else 0):
            word = _WITHIN.sub("", found)
            word = _SAME.get(word, word)
            if words and (words[-1] in _PREFIXES or (words[-1], word) in _SAME_PAIRS):
                before = words.pop()
                lines.pop()
                word = _SAME_PAIRS.get((before, word), before + word)
            words.append(word)
            lines.append(number)
    return Words(words, lines)


def lines_of(text: str) -> list[str]:
    """Take `text` apart into lines, as an editor counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def is_weak(word: str) -> bool:
    """Whether `word` alone may be a year, the mark of an item of a list, or part of an address."""
    return len(word) == 1 or word in _WEAK


def weak_words() -> frozenset[str]:
    """Give the weak words, as far as they are ASCII."""
    return _WEAK | frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_WITHIN = re.compile(r"['\u2019]")
_LIST_MARK = re.compile(r"[\W_]*?\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-z])[.):]\)?(?=[\s*_]|$)")
_WEAK = frozenset(
    (
        *"ii iii iv vi vii viii ix xi xii xiii xiv xv xvi http https www".split(),
        *(f"{each:02}" for each in range(100)),
        *map(str, range(1900, 2100)),
    )
)
_PREFIXES: Final = ("non", "sub")
"""Written as one word with the next, with a hyphen, or apart."""

_SAME = dict(
    pair.split("=")
    for pair in (
        "acknowledgment=acknowledgement analogue=analog analyse=analyze artefact=artifact "
        "authorisation=authorization authorised=authorized calibre=caliber cancelled=canceled "
        "capitalisations=capitalizations catalogue=catalog categorise=categorize centre=center "
        "emphasised=emphasized favour=favor favourite=favorite fulfil=fulfill "
        "fulfilment=fulfillment initialise=initialize judgment=judgement labelling=labeling "
        "labour=labor licence=license licences=licenses maximise=maximize modelled=modeled "
        "modelling=modeling offence=offense optimise=optimize organisation=organization "
        "organise=organize practise=practice programme=program realise=realize "
        "recognise=recognize signalling=signaling utilisation=utilization whilst=while "
        "wilful=willful"
    ).split()
)
_SAME_PAIRS = {
    ("per", "cent"): "percent",
    ("copyright", "owner"): "copyrightholder",
    ("copyright", "holder"): "copyrightholder",
    ("copyright", "owners"): "copyrightholders",
    ("copyright", "holders"): "copyrightholders",
}
"""What the guidelines call equal, as far as it is found in licenses."""
