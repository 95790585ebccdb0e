"""What licenses are worth by the labels of the G7 Vision on AI Openness of May 2026.

The labels ask for "an Open Source license" and do not say what makes a license one. Approved by
the OSI, which helped to write them, is enough; restrictive is too little; the rest is undetermined.
"""

from typing import Final

from aimanifest.licenses.judging import Group, Judgement, Notion
from aimanifest.licenses.osi import (
    ANY,
    APPROVED,
    BREAKING,
    DEDICATIONS,
    DOUBTFUL,
    LATER,
    MODEL_LICENSES,
    OPEN_CONTENT,
)
from aimanifest.rules import OUR_READING, TEXT, Citation

G7_VISION: Final = "https://g7.utoronto.ca/ict/260529-vision.html"
OSI_ON_G7: Final = "https://opensource.org/?p=412245"

_UNSAID = "the G7's labels ask for an Open Source license and do not say what makes a license one"

G7_LICENSE: Final = Notion(
    id="g7-license",
    title="Weights and code are under an Open Source license",
    cites=(
        Citation(
            "AI released free of charge along with its weights and deployment code, under an Open "
            "Source License.",
            "Open Weights AI",
            G7_VISION,
            TEXT,
        ),
        Citation(
            "labeling models which are distributed under an Open Source license as “Open Weights”",
            "the OSI, which approves licenses, on the Vision; that a license it approved is one is "
            "our reading",
            OSI_ON_G7,
            OUR_READING,
        ),
    ),
    groups=(
        APPROVED,
        LATER,
        ANY,
        Group(
            DEDICATIONS,
            verdict=None,
            reason="{name} gives a work to the public domain, and is not approved by the OSI; "
            f"{_UNSAID}.",
        ),
        Group(
            OPEN_CONTENT,
            verdict=None,
            reason="{name} grants the four freedoms, but is made for texts and data, and not "
            f"approved by the OSI; {_UNSAID}.",
        ),
        Group(
            MODEL_LICENSES,
            verdict=None,
            reason="{name} grants the four freedoms, but OpenMDW was before the OSI in 2026 and is "
            f"not approved; {_UNSAID}.",
        ),
    ),
    breaking=BREAKING,
    doubtful=DOUBTFUL,
    listed=Judgement(verdict=None, reason=f"The OSI has not approved {{name}}; {_UNSAID}."),
    unlisted=Judgement(verdict=None, reason=f"{{name}} {{osi}}; {_UNSAID}."),
    unknown="Nothing is known here about {name}; the licenses that the OSI approved go by SPDX ids "
    "of their own.",
)
"""For weights, deployment code and training code."""

G7_DATA_LICENSE: Final = G7_LICENSE._replace(
    id="g7-data-license",
    title="Training data is under an Open Source license, or an open license for data",
    cites=(
        Citation(
            "AI released free of charge under an Open Source license, including its models' "
            "weights, deployment code, training code, and full training data.",
            "Open Source AI with Open Data",
            G7_VISION,
            TEXT,
        ),
        Citation(
            "Open Source AI with Open Data",
            "the name of the label: open data is under licenses for data, such as CC-BY-4.0",
            G7_VISION,
            OUR_READING,
        ),
    ),
    groups=(
        APPROVED,
        LATER,
        ANY,
        Group(
            DEDICATIONS,
            verdict=True,
            reason="By {name} the data is in the public domain, free to all for any purpose.",
        ),
        Group(
            OPEN_CONTENT,
            verdict=True,
            reason="{name} grants the four freedoms, and is made for texts and data.",
        ),
        Group(
            MODEL_LICENSES,
            verdict=None,
            reason="{name} grants the four freedoms, but OpenMDW was before the OSI in 2026 and is "
            f"not approved; {_UNSAID}.",
        ),
    ),
)
"""For training data, of the label that asks for open data."""
