"""What belongs to a tokenizer: its class, its template for chats, and its vocabulary."""

from __future__ import annotations

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder

VOCABULARIES = (
    *("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "merges.txt"),
    *("spiece.model", "sentencepiece.bpe.model", "special_tokens_map.json", "tekken.json"),
)
TEMPLATES = ("chat_template.jinja", "chat_template.json")


def read(folder: Folder, evidence: Evidence) -> None:
    """Note the class, which names a library, and the template; a vocabulary is part of weights."""
    for path in TEMPLATES:
        if path in folder:
            evidence.component("chat-template", "model-metadata", path=path, found=path)
            break
    if "tokenizer_config.json" in folder:
        record = evidence.record("tokenizer_config.json", "json")
        if record and (name := record.text("tokenizer_class")) and name.isidentifier():
            evidence.libraries.setdefault(
                f"the class {name}", ("", record.found("tokenizer_class"))
            )
    for path in VOCABULARIES:
        if path in folder:
            evidence.unused.append((path, "a vocabulary belongs to the weights"))
