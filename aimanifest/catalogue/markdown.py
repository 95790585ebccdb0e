"""For docs/licenses.md: every license, those of AI releases in full, those of SPDX in tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aimanifest.data import listed, spdx, spdx_names
from aimanifest.licenses.expressions import parse
from aimanifest.licenses.facts import (
    CONTESTED,
    RESTRICTIONS,
    RESTRICTIVE,
    Clause,
    ai_rows,
    reviewed,
    terms_of_listed,
)
from aimanifest.licenses.notions import MEASURES, NOT_ASKED, Judged, judged
from aimanifest.licenses.osi import DEDICATIONS, MODEL_LICENSES, OPEN_CONTENT
from aimanifest.licenses.others import COPYLEFT
from aimanifest.licenses.profiles import (
    KNOWN,
    LIST,
    Dispute,
    Profile,
    consequence,
    profile,
    told,
)

_WORDS = {True: "yes", False: "no", None: "undetermined"}


def handbook() -> str:
    """Give the whole page as Markdown, the same each time."""
    return "\n".join([*_head(), *_vocabulary(), *_measures(), *_ai_licenses(), *_spdx()]) + "\n"


def _head() -> Iterator[str]:
    yield "# Licenses\n"
    yield (
        f"What aimanifest knows of licenses: {len(ai_rows())} of AI releases, which SPDX does not "
        f"list, in full, and the {LIST} in tables. The first were last compared with their sources "
        f"on {reviewed()}. What is not known is called unknown. `aimanifest license ID-OR-TEXT` "
        "prints what stands here of one license, and finds it by any of its names. None of it is "
        "legal advice.\n"
    )
    yield (
        "This page is generated from the data by which manifests are judged: a correction belongs "
        "there, with its source.\n"
    )


# -- the words ------------------------------------------------------------------------------------


def _vocabulary() -> Iterator[str]:
    yield "## The words for terms\n"
    yield "The vocabulary of `additional_terms[].restricts`, and of the terms below.\n"
    yield _table(
        ("Word", "Takes from", "Meaning"),
        (
            (f"`{word}`", _takes(each.freedom, each.standing), each.meaning)
            for word, each in RESTRICTIONS.items()
        ),
    )
    for word, dispute in listed.OF_TERMS.items():
        yield f"\nOf `{word}`:"
        yield from _dispute(Dispute(*dispute))
    yield ""


def _takes(freedom: str, standing: str) -> str:
    taken = {RESTRICTIVE: freedom, CONTESTED: f"{freedom}, which is disputed"}
    return taken.get(standing, "no freedom")


def _measures() -> Iterator[str]:
    yield "## The measures\n"
    yield (
        "Each stands by itself: what one calls open another may not, and no two of them are "
        f"counted together. {NOT_ASKED}\n"
    )
    yield _table(
        ("Measure", "What it says", "Whose", "Asked of", "On which words"),
        (
            (
                f"`{each.notion.id}`",
                each.notion.title,
                each.owner,
                ", ".join(each.contents),
                "<br>".join(
                    f"“{cite.quote}” ([{cite.clause}]({cite.url}), {cite.standing.name})"
                    for cite in each.notion.cites
                ),
            )
            for each in MEASURES
        ),
    )
    yield ""


# -- licenses of AI releases ----------------------------------------------------------------------


def _ai_licenses() -> Iterator[str]:
    profiles = [found for id in ai_rows() if (found := profile(id, neighbours=False))]
    yield "## Licenses of AI releases\n"
    yield _table(
        ("License", "use", "study", "modify", "share", "OSI", "Known from"),
        (
            (
                f"[{each.name}](#{_anchor(each.id)})",
                *each.freedoms.values(),
                each.osi.value,
                each.provenance.known,
            )
            for each in profiles
        ),
    )
    for each in profiles:
        yield ""
        yield from _license(each)


def _license(found: Profile) -> Iterator[str]:
    yield f"### {found.id}\n"
    yield f"{_escaped(found.name)}\n"
    yield from _facts(found)
    if found.restrictions:
        yield "\nIt restricts:\n"
        yield from (f"- `{each.restricts}`, {_term(each)}" for each in found.restrictions)
    if found.conditions:
        yield "\nIt asks:\n"
        yield from (f"- `{each.restricts}`: {_term(each, plain=True)}" for each in found.conditions)
    yield "\nWhat each measure makes of it:\n"
    yield from _judgements(judged(parse(found.id)))
    for each in found.disputes:
        if each not in listed.OF_TERMS.values():  # told above, once for all
            yield from _dispute(each)


def _facts(found: Profile) -> Iterator[str]:
    names = [
        *found.also,
        *(f"`{each}` (Hugging Face)" for each in found.hugging_face),
        *(f"`{each}` (ScanCode)" for each in found.scancode),
    ]
    kept = ", ".join(f"{freedom}: {value}" for freedom, value in found.freedoms.items())
    origin = found.provenance
    for label, text in (
        ("Steward", found.publisher),
        ("Version", found.version),
        ("Text", f"<{found.url}>" if found.url else "no lasting address is known"),
        ("Also called", "; ".join(names)),
        ("OSI", f"{found.osi.value}. {found.osi.basis}"),
        ("Freedoms", kept),
        ("Share-alike", found.share_alike.value),
        ("Attribution", found.attribution.value),
        ("Patents", found.patents.value),
        ("How known", f"{KNOWN[origin.known]} {origin.source}"),
        ("Note", origin.notes),
    ):
        if text:
            yield f"- {label}: {text if label == 'Text' else _escaped(text)}"


def _term(term: Clause, *, plain: bool = False) -> str:
    means = term.meaning if plain else f"{consequence(term)}: {term.meaning}"
    return _escaped(f"{means}. {told(term)}")


def _judgements(found: Sequence[Judged]) -> Iterator[str]:
    """Tabulate the verdicts, those with one reason in one row."""
    rows: dict[tuple[bool | None, str], list[str]] = {}
    for measure, judgement in found:
        key = (judgement.verdict, judgement.reason)
        rows.setdefault(key, []).append(f"`{measure.notion.id}`")
    yield _table(
        ("Measure", "Verdict", "Why"),
        (
            ("every one" if len(rows) == 1 else ", ".join(ids), _WORDS[verdict], why)
            for (verdict, why), ids in rows.items()
        ),
    )


def _dispute(each: Dispute) -> Iterator[str]:
    yield f"\nDisputed: {_escaped(each.question)}\n"
    yield f"- {_escaped(f'{each.one} ({each.one_source})')}"
    yield f"- {_escaped(f'{each.other} ({each.other_source})')}"


# -- licenses that SPDX lists ---------------------------------------------------------------------


def _spdx() -> Iterator[str]:
    yield f"\n## Licenses of the {LIST}\n"
    yield (
        "Approvals and the FSF's list are those that SPDX records. “Terms” are those that are "
        "known here to restrict; which licenses ask for share-alike is known of the first three "
        "groups only.\n"
    )
    current = sorted(spdx.LICENSES - spdx.DEPRECATED.keys(), key=lambda each: (each.lower(), each))
    left = dict.fromkeys(current)
    for title, ids in _groups():
        chosen = [id for id in left if id in ids]
        for id in chosen:
            del left[id]
        yield f"### {title}\n"
        yield _table(("Id", "Name", "FSF", "Share-alike", "Terms"), map(_row, chosen))
        yield ""
    yield "### Of which nothing more is known here\n"
    yield ", ".join(f"[{id}](https://spdx.org/licenses/{id}.html)" for id in left)
    yield "\n### Deprecated ids\n"
    yield _table(
        ("Id", "Write instead"),
        (
            (f"`{id}`", " or ".join(f"`{each}`" for each in instead) or "nothing is named")
            for id, instead in sorted(spdx.DEPRECATED.items(), key=lambda each: each[0].lower())
        ),
    )


def _groups() -> Iterator[tuple[str, Iterable[str]]]:
    yield "Approved by the OSI", spdx.OSI_APPROVED
    yield (
        "Open licenses for content, data and models, and dedications",
        (OPEN_CONTENT | DEDICATIONS | MODEL_LICENSES),
    )
    yield "On the FSF's list of free licenses", spdx.FSF_LIBRE
    yield "Known to restrict", {id for id in spdx.LICENSES if terms_of_listed(id)}


def _row(id: str) -> tuple[str, ...]:
    share_alike = id in COPYLEFT or bool((read := listed.READ.get(id)) and read[0])
    words = ", ".join(f"`{each.restricts}`" for each in terms_of_listed(id))
    return (
        f"[{id}](https://spdx.org/licenses/{id}.html)",
        spdx_names.NAMES[id],
        "free" if id in spdx.FSF_LIBRE else "",
        "yes" if share_alike else "",
        words,
    )


# -- Markdown -------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([_cell(each) for each in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _escaped(text: str) -> str:
    """Keep Markdown from reading marks in a text as its own."""
    return text.replace("*", "\\*").replace("[", "\\[").replace("_", "\\_")


def _anchor(id: str) -> str:
    """Give the name under which a heading can be linked to, as code hosts make it."""
    return "".join(char for char in id.lower() if char.isalnum() or char in "-_")
