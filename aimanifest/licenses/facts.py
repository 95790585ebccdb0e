"""What is known about licenses, and the words for what they restrict."""

# Annotations are evaluated here: as strings, each NamedTuple would compile them on every start.
from functools import lru_cache
from typing import Any, Final, NamedTuple

from aimanifest import data
from aimanifest.data import spdx


class Restriction(NamedTuple):
    """A word for what terms may ask, and what the Open Source Definition's practice makes of it.

    `freedom` is what the term takes away: use, study, modify or share; "" if nothing. `standing`
    is "compatible", "restrictive", or "contested" where informed people disagree.
    """

    word: str
    freedom: str
    meaning: str
    standing: str


COMPATIBLE: Final = "compatible"
CONTESTED: Final = "contested"
RESTRICTIVE: Final = "restrictive"

_VOCABULARY = {
    (COMPATIBLE, ""): {
        "attribution": "Asks for credit, kept notices, or a copy of the license passed on.",
        "naming": "Asks that a modified version bear another name or version.",
        "patent-retaliation": "Ends rights for who sues over patents in the work.",
        "share-alike": "Asks that modified versions be shared under the same terms.",
    },
    (CONTESTED, "use"): {
        "ads": (
            "Puts advertisements before the user; the Open Source AI Definition does not speak of "
            "it, the EU guidelines count it as payment."
        ),
        "attribution-badge": "Prescribes words that products or derived models must display.",
        "exclusive-hosting": (
            "Lets the model run on certain hosts only; the Open Source AI Definition does not "
            "speak of it, the EU guidelines count it as payment."
        ),
        "litigation-termination": (
            "Ends rights for who sues over copyright or other rights, not patents alone."
        ),
        "payment": (
            "Asks for payment, at least for some uses; the Open Source AI Definition does not "
            "speak of a price, the EU guidelines exclude it."
        ),
    },
    (RESTRICTIVE, "use"): {
        "acceptable-use-policy": (
            "Binds users to a list of forbidden uses outside the license, which may change."
        ),
        "field-of-use": "Forbids certain uses, or permits only certain ones.",
        "mau-threshold": "Asks for another license above a number of users.",
        "non-commercial": "Forbids commercial use.",
        "non-production": "Permits testing and development, and no use in production.",
        "output-use": (
            "Restricts what may be done with the output, such as training other models with it."
        ),
        "personal-data": "Asks for personal data in exchange for access.",
        "registration": "Asks users to register, or to request permission, first.",
        "remote-restriction": "Reserves a right to restrict use from afar.",
        "research-only": "Permits research only.",
        "revenue-threshold": "Asks for another license above an amount of revenue.",
        "revocable": "Lets the licensor withdraw the license without a breach of it.",
        "territory": "Grants nothing to people in certain countries.",
        "unilateral-change": "Lets the licensor change the terms for those who have accepted them.",
    },
    (RESTRICTIVE, "modify"): {
        "guardrail-lock": "Forbids to remove or to get around safety measures of the model.",
        "no-derivatives": "Forbids to make, or to share, modified versions.",
    },
    (RESTRICTIVE, "share"): {
        "flow-down": "Obliges who shares the work to impose its use restrictions on others.",
        "no-redistribution": "Forbids to pass the work on, or permits it only to some.",
    },
}

RESTRICTIONS: Final = {
    word: Restriction(word, freedom, meaning, standing)
    for (standing, freedom), words in _VOCABULARY.items()
    for word, meaning in words.items()
}
"""The closed vocabulary of `additional_terms[].restricts`, and of the data on AI licenses."""


class Clause(NamedTuple):
    """A term of a license: a word of RESTRICTIONS, where it stands, its own words, its meaning.

    `section` is "" where the license numbers nothing, `quote` is "" where the words were not seen.
    """

    restricts: str
    section: str
    quote: str
    meaning: str


class License(NamedTuple):
    """What is known about one license.

    `terms` are the restrictions that are known, with the compatible ones for AI licenses;
    `freedoms` says "yes", "restricted", "no" or "unknown" of use, study, modify and share.
    `osi` is "approved", "under review", "never submitted" or "unknown", which is: not on the list
    of approved licenses, and whether it was ever submitted is not known here.
    """

    id: str
    name: str
    osi: str
    fsf_libre: bool
    deprecated: bool
    terms: tuple[Clause, ...]
    freedoms: dict[str, str]
    url: str
    source: str
    notes: str = ""

    @property
    def osi_approved(self) -> bool:
        """Whether the Open Source Initiative has approved it."""
        return self.osi == "approved"


FREEDOMS: Final = ("use", "study", "modify", "share")


def facts(id: str) -> License | None:
    """Say what is known about a license id; None where nothing is."""
    if not id.startswith("LicenseRef-"):
        if id not in spdx.LICENSES:
            return None
        from aimanifest.data import spdx_names  # noqa: PLC0415  only for explanations

        approved, terms = id in spdx.OSI_APPROVED, terms_of_listed(id)
        broken = {RESTRICTIONS[term.restricts].freedom for term in terms}
        return License(
            id,
            spdx_names.NAMES[id],
            "approved" if approved else "unknown",
            id in spdx.FSF_LIBRE,
            id in spdx.DEPRECATED,
            terms,
            {
                freedom: "restricted" if freedom in broken else "yes" if approved else "unknown"
                for freedom in FREEDOMS
            },
            f"https://spdx.org/licenses/{id}.html",
            f"SPDX license list {spdx.VERSION}",
        )
    return ai_licenses().get(id.lower())


def terms_of_listed(id: str) -> tuple[Clause, ...]:
    """Give the restrictions that are known of a license on the SPDX list."""
    from aimanifest.data import restricted  # noqa: PLC0415  only for what the OSI did not approve

    rows = list(restricted.RESTRICTED.get(id, ()))
    if id.startswith("CC-BY-"):
        version = next((id[i:] for i, sign in enumerate(id) if sign.isdigit()), "")
        if "-NC-" in id:
            rows.append(restricted.NON_COMMERCIAL.get(version, restricted.NON_COMMERCIAL_UNREAD))
        if "-ND-" in id:
            rows.append(restricted.NO_DERIVATIVES.get(version, restricted.NO_DERIVATIVES_UNREAD))
    if id.startswith("GFDL-") and "-invariants" in id and "-no-invariants" not in id:
        rows.append(restricted.INVARIANT_SECTIONS)
    return tuple(Clause(*row) for row in rows)


@lru_cache(maxsize=1)
def _ai_file() -> dict[str, Any]:
    import json  # noqa: PLC0415  only where a LicenseRef is met

    with open(f"{data.__path__[0]}/ai-licenses.json", encoding="utf-8") as file:
        content: dict[str, Any] = json.load(file)
    return content


def ai_rows() -> dict[str, dict[str, Any]]:
    """Give the rows of ai-licenses.json, by id."""
    rows: dict[str, dict[str, Any]] = _ai_file()["licenses"]
    return rows


def reviewed() -> str:
    """Give the day on which the rows of ai-licenses.json were last compared with their sources."""
    return str(_ai_file()["reviewed"])


@lru_cache(maxsize=1)
def ai_licenses() -> dict[str, License]:
    """Give the licenses that SPDX does not list, by every id they go by, in lower case.

    SPDX compares what follows `LicenseRef-` without regard to case.
    """
    found = {}
    for id, row in ai_rows().items():
        license = License(
            id,
            row["name"],
            row["osi"],
            fsf_libre=False,
            deprecated=False,
            terms=tuple(Clause(**term) for term in row["terms"]),
            freedoms=row["freedoms"],
            url=row["url"],
            source=row["source"],
            notes=row["notes"],
        )
        scancode = [f"scancode-{each}" for each in row["scancode"]]
        for alias in (id, *(f"LicenseRef-{each}" for each in row["hugging_face"] + scancode)):
            found[alias.lower()] = license
    return found


def license_ids() -> frozenset[str]:
    """Give the ids of the SPDX license list, without those that it has deprecated."""
    return spdx.LICENSES - spdx.DEPRECATED.keys()
