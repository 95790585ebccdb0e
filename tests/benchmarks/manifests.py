"""Complete manifests of about 10 KB, as many as one likes, each with texts and terms of its own."""

from __future__ import annotations

from pathlib import Path
from random import Random

# All approved by the Open Source Initiative, so that a manifest made of them can be complete.
LICENSES = (
    "0BSD AFL-3.0 AGPL-3.0-only Apache-2.0 Artistic-2.0 BSD-2-Clause BSD-3-Clause BSL-1.0 ECL-2.0 "
    "EPL-2.0 EUPL-1.2 GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later ISC "
    "LGPL-2.1-only LGPL-3.0-or-later MIT MPL-2.0 MulanPSL-2.0 NCSA OSL-3.0 PostgreSQL UPL-1.0 Zlib"
).split()
DATA_TERMS = "CC-BY-4.0 CC-BY-SA-4.0 CC0-1.0 ODC-By-1.0 ODbL-1.0 CDLA-Permissive-2.0".split()
SYLLABLES = "ba ce di fo gu ha ki lo mu ne pa ro sa te vi wo xe ya zu bran dor fel gri mon".split()
SUBJECTS = (
    "newspapers lectures letters scans catalogues recordings sensors surveys manuals theses maps "
    "subtitles dictionaries statutes patents minutes encyclopaedias transcripts photographs logs"
).split()
VERBS = (
    "collected sampled cleaned merged ranked filtered segmented tokenised aligned reviewed "
    "deduplicated normalised translated balanced shuffled archived measured split inspected"
).split()
MEANS = (
    "a language identifier;a perplexity threshold;two annotators for each item;a hash of each line;"
    "a list of addresses;near-duplicate clusters;a classifier trained on a thousand pages;"
    "the publisher's interface;an archive of the year before;rules kept beside the code"
).split(";")


def name(random: Random) -> str:
    """Make up a name."""
    return "".join(random.choices(SYLLABLES, k=4)).capitalize()


def digest(random: Random, *, length: int = 64) -> str:
    """Make up a digest in hexadecimal digits; it starts with a letter, so it reads as text."""
    return "f" + format(random.getrandbits(4 * (length - 1)), f"0{length - 1}x")


def sentence(random: Random) -> str:
    """Make up one sentence about data."""
    return (
        f"{name(random)} {random.choice(SUBJECTS)} of {random.randint(1900, 2026)} were "
        f"{random.choice(VERBS)} and {random.choice(VERBS)} with {random.choice(MEANS)}, "
        f"{random.randint(2, 999)} thousand in all."
    )


def prose(random: Random, *, indent: int) -> str:
    """Make up a text, written plain or as a folded block, as people do."""
    sentences = [sentence(random) for _ in range(random.randint(1, 2))]
    if random.random() < 0.5:
        return " ".join(sentences)
    margin = "\n" + " " * (indent + 2)
    return f">-{margin}" + margin.join(sentences)


def source(random: Random) -> str:
    """Make up the comment that says where the facts of a component were read, as examples/ do."""
    return (
        f"  # https://sources.example.org/{digest(random, length=12)}, {random.randint(1, 9)}:\n"
        f'  # "{sentence(random)}"\n'
    )


def expression(random: Random) -> str:
    """Make up a licence expression whose every branch is approved."""
    ids = random.sample(LICENSES, k=random.choice((1, 1, 2, 3)))
    if len(ids) == 3:
        return f"{ids[0]} AND ({ids[1]} OR {ids[2]})"
    return random.choice((" OR ", " AND ")).join(ids)


def dataset(random: Random, *, id: str, documented_in: str) -> str:
    """Make up the description of one dataset, with all that data information asks for."""
    title = name(random)
    sources = "".join(
        f"        - {{name: {name(random)}, license: {random.choice(DATA_TERMS)}, access: open,\n"
        f"           location: 'https://data.example.org/{digest(random, length=12)}'}}\n"
        for _ in range(2)
    )
    texts = "".join(
        f"      {field}: {prose(random, indent=6)}\n"
        for field in ("provenance", "scope", "collection", "labeling", "processing")
    )
    return (
        f"{source(random)}"
        f"  {id}:\n"
        f"    kind: training-data\n"
        f"    name: {title}\n"
        f"    license: {random.choice(DATA_TERMS)}\n"
        f"    location: https://data.example.org/{title.lower()}\n"
        f"    revision: {digest(random, length=40)}\n"
        f"    produced_by: [data-preprocessing-code]\n"
        f"    data:\n"
        f"      access: {random.choice(('open', 'public'))}\n"
        f"      origin: {random.choice(('public-dataset', 'crawled', 'own'))}\n"
        f"{texts}"
        f"      documented_in: [{documented_in}]\n"
        f"      sources:\n"
        f"{sources}"
    )


def code(random: Random, *, id: str, includes: str = "") -> str:
    """Make up one component of code, which also is what `includes` says."""
    place = name(random).lower()
    also = f"    includes: [{includes}]\n" if includes else ""
    return (
        f"{source(random)}"
        f"  {id}:\n"
        f"{also}"
        f"    name: {name(random)}\n"
        f"    license: {expression(random)}\n"
        f"    location: https://code.example.org/{place}\n"
        f"    revision: {digest(random, length=40)}\n"
        f"    path: src/{place}\n"
    )


def document(random: Random, *, id: str) -> str:
    """Make up one component that is a text."""
    return (
        f"{source(random)}"
        f"  {id}:\n"
        f"    name: On {name(random)}\n"
        f"    license: {random.choice(('CC-BY-4.0', 'CC0-1.0', 'Apache-2.0'))}\n"
        f"    location: https://papers.example.org/{digest(random, length=16)}\n"
        f"    description: {sentence(random)}\n"
    )


def weights(random: Random, *, id: str, kind: str, origin: str) -> str:
    """Make up one component of parameters; `origin` says from what and by what they came."""
    files = "".join(
        f"      model-{part:05}-of-00002.safetensors: {digest(random)}\n" for part in (1, 2)
    )
    return (
        f"{source(random)}"
        f"  {id}:\n"
        f"    kind: {kind}\n"
        f"    license: {expression(random)}\n"
        f"    location: https://models.example.org/{name(random).lower()}\n"
        f"    revision: {digest(random, length=40)}\n"
        f"    format: safetensors\n"
        f"{origin}"
        f"    checksums:\n"
        f"{files}"
    )


def manifest(number: int) -> str:
    """Return the manifest with this number: always the same text, and unlike any other."""
    random = Random(number)
    release, publisher = name(random), name(random)
    made_by = "    produced_by: [training-code, data-preprocessing-code]\n"
    head = (
        f'aimanifest: "1.0"\n'
        f"metadata:\n"
        f"  license: {random.choice(('CC-BY-4.0', 'CC0-1.0'))}\n"
        f"  author: {{name: {publisher} Institute, url: 'https://{publisher.lower()}.example.org'}}\n"
        f"  date: 2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}\n"
        f"release:\n"
        f"  name: {release} {number}\n"
        f'  version: "{random.randint(1, 9)}.{random.randint(0, 99)}"\n'
        f"  publisher: {{name: {publisher} Institute}}\n"
        f"  homepage: https://{publisher.lower()}.example.org/{release.lower()}\n"
        f"  description: {prose(random, indent=2)}\n"
        f"  identifiers:\n"
        f"    - pkg:huggingface/{publisher}/{release}@{digest(random, length=40)}\n"
        f"components:\n"
    )
    return head + "".join(
        (
            weights(
                random,
                id="weights",
                kind="weights",
                origin="    derived_from: {stage1: continued-pretraining}\n"
                f"    trained_on: [late-data]\n{made_by}",
            ),
            weights(
                random,
                id="stage1",
                kind="intermediate-checkpoints",
                origin=f"    trained_on: [early-data, middle-data]\n{made_by}",
            ),
            dataset(random, id="early-data", documented_in="technical-report"),
            dataset(random, id="middle-data", documented_in="technical-report"),
            dataset(random, id="late-data", documented_in="data-card"),
            code(random, id="training-code", includes="training-configuration"),
            code(random, id="data-preprocessing-code"),
            code(random, id="validation-code"),
            code(random, id="inference-code", includes="model-architecture"),
            code(random, id="supporting-library"),
            document(random, id="technical-report"),
            document(random, id="model-card"),
            document(random, id="data-card"),
        )
    )


def write(folder: Path, *, count: int) -> list[Path]:
    """Write the first `count` manifests below `folder`, each in a folder of its own."""
    paths = [folder / f"{number:05}" / "ai-manifest.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        path.parent.mkdir(parents=True)
        path.write_text(manifest(number), encoding="utf-8")
    return paths
