"""What the file format demands: its limits, and its rules."""

from __future__ import annotations

from aimanifest.rules import TEXT, Citation, Rule

LIMIT_BYTES = 8 * 1024 * 1024
"""How long a file may be. It bounds the time and the memory that any input can cost."""
LIMIT_DEPTH = 64
"""How many mappings and lists may stand inside one another."""
LIMIT_NODES = 250_000
"""How many keys, values, mappings and lists a file may hold."""
LIMIT_KEY = 1024
"""How many characters a key may have; YAML itself allows no more where no `?` precedes it."""
LIMIT_DIGITS = 18
"""How many digits an integer may have: these fit into 64 bits, in every language."""
LIMIT_NUMBER = 64
"""How many characters any other number may have."""
LIMIT_FAULTS = 300
"""After how many faults reading ends, so that a hostile file cannot fill the memory with them."""

# -- rules -----------------------------------------------------------------------------------------


def _rule(name: str, title: str, *, why: str, quote: str, fix: str) -> Rule:
    """Declare a rule of this module; `quote` is the sentence of SPEC.md that it holds."""
    clause = "SPEC.md, File format"
    cites = (Citation(quote, clause, "https://aimanifest.org/spec/1.0#file-format", TEXT),)
    return Rule(f"document/{name}", title, why, cites, fix)


SIZE = _rule(
    "size-limit",
    "The file is at most 8 MiB long",
    why="A manifest that people wrote is a hundred times shorter. The limit bounds what a "
    "hostile file can cost whoever checks it.",
    quote="The file MUST NOT be longer than 8 MiB (8,388,608 bytes).",
    fix="Move long lists, such as checksums, into files that the manifest names.",
)
UTF_8 = _rule(
    "utf-8",
    "The file is UTF-8",
    why="In any other encoding, a name may read differently to everyone who opens the file.",
    quote="The file MUST be UTF-8; a byte order mark at its start is ignored.",
    fix="Save the file as UTF-8.",
)
CHARACTERS = _rule(
    "visible-characters",
    "The file holds no control characters and no invisible separators",
    why="A character that nobody sees can end a text early or hide part of it, and readers of "
    "YAML disagree about where U+0085, U+2028 and U+2029 break a line.",
    quote="The file MUST NOT contain a control character other than tab, line feed and carriage "
    "return, nor U+2028, U+2029, U+FFFE, U+FFFF, or U+FEFF after its start.",
    fix=r"Take the character out, or write it as an escape in double quotes, such as "
    r'"\u2028".',
)
WELL_FORMED = _rule(
    "well-formed",
    "The file is well-formed YAML",
    why="Nothing can be said about a text whose structure is unclear.",
    quote="The file MUST be well-formed YAML 1.2; every JSON text is.",
    fix="Check the indentation, the quotes and the brackets near the place.",
)
SPACES = _rule(
    "indented-by-spaces",
    "Lines are indented by spaces",
    why="A tab has no agreed width, so YAML does not count it as indentation.",
    quote="A tab MUST NOT indent a line, except inside brackets.",
    fix="Indent by spaces, two for each level.",
)
DEPTH = _rule(
    "depth-limit",
    "Mappings and lists stand at most 64 deep inside one another",
    why="A manifest needs a sixth of it; far deeper nesting has crashed readers of YAML.",
    quote="Mappings and lists MUST NOT stand more than 64 deep inside one another.",
    fix="Write the contents less deep.",
)
NODES = _rule(
    "node-limit",
    "The file holds at most 250,000 keys and values",
    why="The limit bounds what a hostile file can cost whoever checks it.",
    quote="The file MUST NOT hold more than 250,000 keys, values, mappings and lists in all.",
    fix="Move long lists, such as checksums, into files that the manifest names.",
)
FAULTS_LIMIT = _rule(
    "fault-limit",
    "The file has few enough faults to be read to its end",
    why="A file with hundreds of faults has most likely one fault in how it was made. Reading on "
    "would help nobody, and the list of faults would have no end.",
    quote="A reader MAY stop at a fault of the file format; it MUST then say where it stopped.",
    fix="Mend the faults above and check again.",
)
ONE_DOCUMENT = _rule(
    "one-document",
    "The file is one YAML document",
    why="Readers differ over which of several documents counts.",
    quote="The file MUST be one YAML document.",
    fix="Keep each manifest in a file of its own.",
)
DIRECTIVES = _rule(
    "no-directives",
    "The file has no directives",
    why="A line that begins with `%` tells the reader how to read the rest; a manifest is always "
    "read in the same way.",
    quote="Directives MUST NOT be used.",
    fix="Take the line out.",
)
ANCHORS = _rule(
    "no-anchors",
    "Nothing is anchored",
    why="An anchor serves aliases, which a manifest does not have.",
    quote="Anchors and aliases MUST NOT be used.",
    fix="Take the anchor out, or quote the text if it is to begin with `&`.",
)
ALIASES = _rule(
    "no-aliases",
    "Every value stands where it counts",
    why="What a manifest says of a thing is to be read at that thing. Aliases also let a short "
    "file stand for an endless one.",
    quote="Anchors and aliases MUST NOT be used.",
    fix="Write the value out, or quote the text if it is to begin with `*`.",
)
TAGS = _rule(
    "no-tags",
    "No value has a tag",
    why="A tag changes what a value is, in ways that depend on the reader.",
    quote="Tags MUST NOT be used.",
    fix="Take the tag out, or quote the text if it is to begin with `!`.",
)
MERGE_KEYS = _rule(
    "no-merge-keys",
    "No mapping merges another",
    why="`<<` belongs to YAML 1.1; some readers copy another mapping in, others see a key.",
    quote="The merge key `<<` MUST NOT be used.",
    fix="Write the keys out.",
)
UNIQUE_KEYS = _rule(
    "unique-keys",
    "No key is written twice in one mapping",
    why="Most readers keep the last value, some the first, and neither tells: what was "
    "published would depend on who reads it.",
    quote="A mapping MUST NOT repeat a key.",
    fix="Keep one of the two.",
)
TEXT_KEYS = _rule(
    "text-keys",
    "Every key is text",
    why="The manifest has to be expressible in JSON, where a key is text.",
    quote="Every key MUST be text of at most 1,024 characters; an unquoted key is the text as it "
    "is written, whatever it looks like.",
    fix="Write a short text before the colon.",
)
FINITE = _rule(
    "finite-numbers",
    "Every number is finite",
    why="JSON knows neither infinities nor what is not a number. Hashes with an `e` between "
    "digits read as such numbers.",
    quote="A number MUST be finite.",
    fix="Quote it if it is a hash, a version or another text.",
)
DIGITS = _rule(
    "number-length",
    "Every number is short enough to be held exactly",
    why="Longer numbers are rounded without a word by many readers, and no field of a manifest "
    "needs them. Identifiers and hashes made of digits do look like them.",
    quote="An integer MUST NOT have more than 18 digits, nor any other number more than 64 "
    "characters.",
    fix="Quote it if it is a hash, a version or another text.",
)
SURROGATES = _rule(
    "whole-characters",
    "Every escape stands for a whole character",
    why="Half of a surrogate pair is no character, and cannot be written to a file again.",
    quote="The escapes of surrogates MUST come in pairs.",
    fix="Write both halves, or the character itself.",
)
NOT_EMPTY = _rule(
    "not-empty",
    "The file says something",
    why="An empty file is mostly a mistake in whatever wrote it.",
    quote="The top level of the file MUST be a mapping.",
    fix='aimanifest: "1.0"',
)
MAPPING = _rule(
    "top-level-mapping",
    "The top level is a mapping",
    why="Everything in a manifest is found by its key.",
    quote="The top level of the file MUST be a mapping.",
    fix='aimanifest: "1.0"',
)
MANIFEST = _rule(
    "not-an-ai-manifest",
    "The file is an AI manifest",
    why="Other projects give files of their own the same name; to judge one of those by this "
    "format would only confuse its authors.",
    quote="A file without the key `aimanifest` is not an AI manifest, whatever its name is.",
    fix='aimanifest: "1.0"',
)

RULES = (
    SIZE,
    UTF_8,
    CHARACTERS,
    WELL_FORMED,
    SPACES,
    ONE_DOCUMENT,
    DIRECTIVES,
    ANCHORS,
    ALIASES,
    TAGS,
    MERGE_KEYS,
    UNIQUE_KEYS,
    TEXT_KEYS,
    FINITE,
    DIGITS,
    SURROGATES,
    NOT_EMPTY,
    MAPPING,
    MANIFEST,
    DEPTH,
    NODES,
    FAULTS_LIMIT,
)
"""What the file format demands before any schema is asked."""
