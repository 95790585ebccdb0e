"""Which measures there are for the terms of code, data, documents and weights, and whose."""

from __future__ import annotations

from typing import Final, NamedTuple

from aimanifest.licenses.expressions import Expression
from aimanifest.licenses.g7 import G7_DATA_LICENSE, G7_LICENSE
from aimanifest.licenses.judging import Judgement, Notion, judge, on_page
from aimanifest.licenses.open_weights import MEEKER_LICENSE, OWD_LICENSE, TRAINING_SOFTWARE
from aimanifest.licenses.osi import (
    OSI_DOCUMENT_TERMS,
    OSI_LIBRARY_LICENSE,
    OSI_LICENSE,
    OSI_PARAMETER_TERMS,
)
from aimanifest.licenses.others import (
    DFSG,
    EU_FREE_AND_OPEN,
    GPL3_COMPATIBLE,
    INDEX_OPEN,
    MOF_CODE,
    MOF_DATA,
    MOF_DOCUMENT,
    MOF_OPEN,
)

CODE: Final = "code"
DATA: Final = "data"
DOCUMENTS: Final = "documents"
WEIGHTS: Final = "weights"
CONTENTS: Final = (CODE, DATA, DOCUMENTS, WEIGHTS)


class Measure(NamedTuple):
    """A notion, whose it is, and the contents of a release whose terms it is asked of."""

    owner: str
    notion: Notion
    contents: tuple[str, ...]


_OSAID: Final = "Open Source AI Definition 1.0"
_G7: Final = "G7 Vision on AI Openness"
_MOF: Final = "Model Openness Framework"
_MEEKER: Final = "Open Weights definition of Heather Meeker and OSS Capital"

MEASURES: Final = (
    Measure(_OSAID, OSI_LICENSE, (CODE,)),
    Measure(_OSAID, OSI_LIBRARY_LICENSE, (CODE,)),
    Measure(_OSAID, OSI_DOCUMENT_TERMS, (DOCUMENTS,)),
    Measure(_OSAID, OSI_PARAMETER_TERMS, (WEIGHTS,)),
    Measure(_G7, G7_LICENSE, (CODE, WEIGHTS)),
    Measure(_G7, G7_DATA_LICENSE, (DATA,)),
    Measure(_MOF, MOF_OPEN, CONTENTS),
    Measure(_MOF, MOF_CODE, (CODE,)),
    Measure(_MOF, MOF_DATA, (DATA, WEIGHTS)),
    Measure(_MOF, MOF_DOCUMENT, (DOCUMENTS,)),
    Measure("Open Weight Definition 0.3", OWD_LICENSE, (WEIGHTS,)),
    Measure(_MEEKER, MEEKER_LICENSE, (WEIGHTS,)),
    Measure(_MEEKER, TRAINING_SOFTWARE, (CODE,)),
    Measure("Debian Free Software Guidelines", DFSG, CONTENTS),
    Measure("Distribution with software under GPL-3.0", GPL3_COMPATIBLE, CONTENTS),
    Measure("EU Artificial Intelligence Act, Article 53(2)", EU_FREE_AND_OPEN, (WEIGHTS,)),
    Measure("European Open Source AI Index", INDEX_OPEN, (CODE, DATA, WEIGHTS)),
)
"""Each by itself: no two of them are counted together, and none stands for openness as such."""

NOT_ASKED: Final = (
    "The Open Source AI Definition asks for information about training data, under approved terms, "
    "and asks nothing of the terms of the data itself."
)


class Judged(NamedTuple):
    """What a measure makes of an expression."""

    measure: Measure
    judgement: Judgement


def judged(expression: Expression) -> tuple[Judged, ...]:
    """Put `expression` to every measure, in the order of `MEASURES`.

    The reasons are for a page about it, which has all that a reason refers to.
    """
    return tuple(
        Judged(each, on_page(judge(expression, each.notion), str(expression))) for each in MEASURES
    )
