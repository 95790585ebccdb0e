"""What each paragraph of the Commission's guidelines on the EU AI Act makes of a license.

`others.EU_FREE_AND_OPEN` says in one word what a license is worth for Article 53(2). Here every
paragraph speaks for itself, so that a reader learns which one a license offends.
"""

from typing import Final

from aimanifest.data import spdx
from aimanifest.licenses.judging import Group, Judgement, Notion
from aimanifest.licenses.osi import DEDICATIONS, MODEL_LICENSES, OPEN_CONTENT
from aimanifest.licenses.others import COPYLEFT
from aimanifest.rules import Citation, Standing

ACT: Final = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
GUIDELINES: Final = (
    "https://digital-strategy.ec.europa.eu/en/library/"
    "guidelines-scope-obligations-providers-general-purpose-ai-models-under-ai-act"
)
"""Paragraphs are numbered as in C(2025) 5045 of 18 July 2025. The Commission adopted the guidelines
formally on 19 November 2025, as C(2025) 7719; that may number them otherwise, and was not seen."""

ITS_READING = Standing(
    "guidelines", "the Commission's reading of the Act, by which it enforces it; it binds no court"
)


RECITAL = Standing(
    "recital", "a recital of the Act: it tells how to read an article, and rules on nothing itself"
)


def guidelines(quote: str, paragraphs: str) -> Citation:
    """Cite the Commission's guidelines; `paragraphs` is "paragraph 83" or the like."""
    clause = f"Commission guidelines of 18 July 2025, {paragraphs}"
    return Citation(quote, clause, GUIDELINES, ITS_READING)


_FREE = (
    Group(
        spdx.OSI_APPROVED | spdx.FSF_LIBRE | OPEN_CONTENT | DEDICATIONS | MODEL_LICENSES,
        verdict=True,
        reason="{name} allows everybody to use, modify and distribute, and asks for credit or for "
        "the same terms at most.",
    ),
)


def _paragraph(
    number: str,
    *,
    title: str,
    quote: str,
    breaking: str = "",
    doubtful: str = "",
    doubt: str = "whether that is allowed, the guidelines do not say",
    groups: tuple[Group, ...] = _FREE,
) -> Notion:
    """Make the notion of one paragraph; it asks about these words of restrictions and no others."""
    return Notion(
        id=f"eu-paragraph-{number}",
        title=title,
        cites=(guidelines(quote, f"paragraph {number}"),),
        groups=groups,
        breaking=frozenset(breaking.split()),
        doubtful=frozenset(doubtful.split()),
        listed=Judgement(
            verdict=None, reason="What {name} allows was not compared with the guidelines here."
        ),
        unlisted=Judgement(verdict=True, reason="{name} restricts nothing of the kind."),
        doubt=doubt,
        narrow=True,
    )


FOUR_RIGHTS: Final = _paragraph(
    "78",
    title="The license gives the rights to access, use, modify and redistribute",
    quote="If one of these rights (i.e. rights to access, use, modify, and redistribute) is "
    "missing, the licence cannot be considered free and open-source under the AI Act.",
    breaking="no-derivatives no-redistribution",
)
ACCESS: Final = _paragraph(
    "79",
    title="Anyone interested can obtain the model",
    quote="the right of anyone interested to freely obtain the model without any payment "
    "requirements or other restrictions. However, reasonable safety and security measures, such "
    "as user verification processes, may be implemented provided that they do not unfairly "
    "discriminate against persons, for example on the basis of their country of origin.",
    breaking="territory",
    doubtful="registration",
    doubt="whether that is a reasonable measure for safety and security, people must judge",
)
USE: Final = _paragraph(
    "80",
    title="The model may be used without any restriction but attribution and the same terms",
    quote="The licence should allow the model to be used without any restrictions besides "
    "restrictions ensuring attribution and distribution of the model or derivatives under the "
    "same or comparable terms.",
    breaking="output-use revocable",
    doubtful="attribution-badge litigation-termination remote-restriction unilateral-change",
    doubt="whether that restricts use by more than attribution and the same terms, and if so for "
    "the sake of safety alone (paragraph 84), people must judge",
)
MODIFICATION: Final = _paragraph(
    "81",
    title="Anyone may alter the model",
    quote="the right of anyone to freely make alterations to the model without any payment "
    "requirements or other restrictions",
    breaking="no-derivatives",
    doubtful="guardrail-lock",
    doubt="no restriction is allowed, unless safety calls for it, which people must judge",
)
_RELICENSING = (
    "recital 102 and paragraph 80 allow to ask for the same terms, paragraph 82 asks that others "
    "be possible"
)
DISTRIBUTION: Final = _paragraph(
    "82",
    title="Derivatives may be distributed under other terms",
    quote="the recipient of the licenced model should be able to modify it and redistribute the "
    "resulting derivative work under different licence terms, including closed-source proprietary "
    "terms, without prejudice to any restrictions acceptable under paragraph 80",
    doubtful="flow-down share-alike",
    doubt=_RELICENSING,
    groups=(
        Group(
            COPYLEFT,
            verdict=None,
            reason=f"{{name}} asks that modified works keep its terms; {_RELICENSING}.",
        ),
        *_FREE,
    ),
)
DISQUALIFYING: Final = _paragraph(
    "83",
    title="The license has none of the restrictions that disqualify",
    quote="limitations to non-commercial or research-only use … prohibitions on distributing the "
    "model or its components … usage restrictions triggered by user scale thresholds … "
    "requirements to obtain separate commercial licences for specific use cases",
    breaking="mau-threshold no-redistribution non-commercial non-production research-only "
    "revenue-threshold",
)
SAFETY: Final = _paragraph(
    "84",
    title="Restrictions of use are oriented to safety and proportionate",
    quote="While the licence must generally permit use for any purpose, licensors may include "
    "specific, safety-oriented terms that reasonably restrict usage in applications or domains "
    "where such use would pose a significant risk to public safety, security, or fundamental "
    "rights. Such restrictions must be proportionate to the risks being mitigated",
    doubtful="acceptable-use-policy field-of-use",
    doubt="allowed if it is for safety, proportionate and fair, which people must judge",
)
MONETISATION: Final = _paragraph(
    "86",
    title="The model is not monetised",
    quote="the model is provided under a dual licensing model or a comparable approach that allows "
    "free academic use but requires payment for commercial usage or use over a certain scale … the "
    "model is exclusively hosted by the provider on its individual hosting platform or website "
    "that requires users to pay for access, including when users … are served with paid "
    "advertisements",
    breaking="ads exclusive-hosting payment",
)
PERSONAL_DATA: Final = _paragraph(
    "87",
    title="No personal data is asked for in return",
    quote="access, use, modification, or redistribution of the model requiring the collection or "
    "otherwise processing of personal data should be treated in same manner as monetisation "
    "strategies, unless that processing is exclusively and strictly limited to the security of the "
    "model and without any commercial or financial gain",
    breaking="personal-data",
)
