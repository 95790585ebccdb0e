"""What an editor shows; and the language server, asked by the client of a library."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from aimanifest.document import read
from aimanifest.editors.completion import offers
from aimanifest.editors.hovering import explanation
from aimanifest.editors.mending import mend
from aimanifest.editors.scenes import scene
from aimanifest.manifest import CONTENT_TYPES
from aimanifest.validation import validate

ROOT = Path(__file__).parent.parent

TEXT = """\
aimanifest: "1.0"
release: {name: Tern, publisher: {name: Example Lab}}
components:
  weights:
    license: MIT
    location: https://models.example.org/tern
    trained_on: [pages]
    produced_by: [training-code]
  training-code:
    license: Apache-2.0
    path: train/
  pages:
    kind: training-data
    data:
      access: open
      sources:
        - name: One
          license: CC0-1.0
"""


def at(marked: str) -> tuple[str, int]:
    """Take the mark `|` out of a text, and tell where it was."""
    assert marked.count("|") == 1
    return marked.replace("|", ""), marked.index("|")


def names(marked: str) -> list[str]:
    return [each.name for each in offers(*at(marked))]


class TestWhereTheCursorIs:
    @pytest.mark.parametrize(
        ("marked", "steps", "is_key"),
        [
            ("re|", (), True),
            ("release:\n  na|", ("release",), True),
            ("components:\n  weights:\n    li|", ("components", "weights"), True),
            (
                "components:\n  weights:\n    license: A|",
                ("components", "weights", "license"),
                False,
            ),
            ("a: 1\ncomponents:\n\n  # w\n  weights:\n    |", ("components", "weights"), True),
            (
                "components:\n  w:\n    data:\n      access: o|",
                ("components", "w", "data", "access"),
                False,
            ),
            ("components:\n  w: {li|", ("components", "w"), True),
            ("components:\n  w: {license: MIT, ex|", ("components", "w"), True),
            ("components:\n  w: {license: |", ("components", "w", "license"), False),
            (
                "components:\n  w:\n    trained_on: [a, |",
                ("components", "w", "trained_on", 0),
                False,
            ),
            ("release: {publisher: {na|", ("release", "publisher"), True),
            ("release: {name: x, publisher: {name: y}, ver|", ("release",), True),
            (
                "components:\n  w:\n    includes:\n      - mo|",
                ("components", "w", "includes", 0),
                True,
            ),
            (
                "components:\n  w:\n    additional_terms:\n      - name: x\n        re|",
                ("components", "w", "additional_terms", 0),
                True,
            ),
            (
                "components:\n  w:\n    additional_terms:\n      - na|",
                ("components", "w", "additional_terms", 0),
                True,
            ),
            (
                "components:\n  w:\n    additional_terms: [{name: x, restricts: [non|",
                ("components", "w", "additional_terms", 0, "restricts", 0),
                False,
            ),
        ],
    )
    def test_is_told_from_lines(self, marked: str, steps: tuple[Any, ...], is_key: bool) -> None:  # noqa: FBT001
        found = scene(*at(marked))
        assert (found.steps, found.is_key) == (steps, is_key)

    @given(st.text(), st.integers(min_value=0))
    def test_in_any_text(self, text: str, offset: int) -> None:
        offset = min(offset, len(text))
        found = scene(text, offset)
        assert found.word in text[:offset]

    @given(st.integers(min_value=0, max_value=len(TEXT)))
    def test_in_every_half_of_a_manifest(self, offset: int) -> None:
        for text in (TEXT[:offset], TEXT):
            names = [each.name for each in offers(text, offset)]
            assert len(names) == len(set(names))


class TestWhatMayBeWritten:
    def test_the_keys_of_the_top(self) -> None:
        assert names("aimanifest: '1.0'\n|") == [
            "metadata",
            "release",
            "licenses",
            "components",
            "extensions",
        ]

    def test_keys_that_are_not_there_yet(self) -> None:
        found = names(TEXT.replace("    path: train/\n", "    path: train/\n    |\n"))
        assert "revision" in found
        assert not {"license", "path"} & set(found)

    def test_kinds_as_ids(self) -> None:
        found = names(TEXT + "  |")
        assert set(found) == CONTENT_TYPES.keys() - {"weights", "training-code"}

    def test_words(self) -> None:
        assert names(TEXT.replace("access: open", "access: |"))[:2] == ["open", "public"]
        assert "gated" in names("components:\n  w: {availability: |")
        assert names("|aimanifest:")[:1]

    def test_licenses_the_usual_first(self) -> None:
        found = names(TEXT.replace("license: MIT", "license: |"))
        assert found[:2] == ["Apache-2.0", "MIT"]
        assert {"GPL-3.0-only", "LicenseRef-Llama-3.1-Community", "NOASSERTION"} <= set(found)
        assert len(found) == len(set(found))

    def test_components_of_the_kind_that_is_meant(self) -> None:
        assert names(TEXT.replace("trained_on: [pages]", "trained_on: [|]")) == ["pages"]
        assert names(TEXT.replace("produced_by: [training-code]", "produced_by: [|]")) == [
            "training-code"
        ]

    def test_claims(self) -> None:
        found = names(TEXT.replace("Example Lab}}", "Example Lab}, claims: [|]}"))
        assert {"osaid-1.0", "mof:class-1", "g7-2026:open-weights"} <= set(found)


class TestWhatIsExplained:
    def explained(self, marked: str) -> str:
        text, offset = at(marked)
        findings = validate(text.encode()).findings
        found = explanation(read(text.encode()), offset, findings)
        return found.text if found else ""

    def test_a_field(self) -> None:
        assert "How one gets it" not in self.explained(TEXT.replace("license:", "lic|ense:", 1))
        assert "SPDX license expression" in self.explained(TEXT.replace("license:", "lic|ense:", 1))

    def test_a_word(self) -> None:
        assert self.explained(TEXT.replace("access: open", "access: op|en")).startswith(
            "**open**: "
        )

    def test_a_license(self) -> None:
        assert "**MIT**: MIT License" in self.explained(
            TEXT.replace("license: MIT", "license: M|IT")
        )

    def test_a_kind(self) -> None:
        assert "trained the parameters" in self.explained(
            TEXT.replace("  training-code:", "  training-|code:")
        )

    def test_a_rule_that_finds_fault(self) -> None:
        text = TEXT.replace("license: MIT", "license: CC-BY-NC-4.0")
        found = self.explained(text.replace("CC-BY-NC", "CC-BY|-NC"))
        assert "**osaid-1.0/parameter-terms**: unmet" in found
        assert "https://opensource.org/ai/" in found

    def test_nothing_is_said_of_nothing(self) -> None:
        assert self.explained(f"{TEXT}# nothing more |") == ""


class TestWhatMends:
    def mends(self, text: str) -> dict[str, str]:
        found = {}
        for each in validate(text.encode()).findings:
            if (made := mend(text, each)) is not None:
                found[each.rule] = made.text
        return found

    def test_a_license_that_is_misspelt(self) -> None:
        text = TEXT.replace("license: MIT", "license: mit")
        assert self.mends(text)["core/license-expressions"] == TEXT

    def test_what_is_missing_is_inserted(self) -> None:
        result = self.mends(TEXT)["osaid-1.0/collection"]
        assert "      collection: " in result
        assert result.replace(" ", "").startswith(TEXT[:20].replace(" ", ""))

    def test_each_of_them_is_a_text_that_can_be_read(self) -> None:
        for path in sorted((ROOT / "examples").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            for result in self.mends(text).values():
                assert read(result.encode()).readable


# -- the server ------------------------------------------------------------------------------------


class Session:
    """A client with a server of its own, and what the server has published."""

    def __init__(self, client: LanguageClient) -> None:  # noqa: D107
        self.client = client
        self.published: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

    async def open(self, uri: str, text: str) -> list[lsp.Diagnostic]:
        item = lsp.TextDocumentItem(uri=uri, language_id="yaml", version=1, text=text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return list((await asyncio.wait_for(self.published.get(), 30)).diagnostics)

    async def change(self, uri: str, text: str) -> list[lsp.Diagnostic]:
        identity = lsp.VersionedTextDocumentIdentifier(uri=uri, version=2)
        whole = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identity, [whole]))
        return list((await asyncio.wait_for(self.published.get(), 30)).diagnostics)


def with_server(ask: Callable[[Session], Awaitable[None]]) -> None:
    async def run() -> None:
        client = LanguageClient("test", "1")
        session = Session(client)

        def publish(params: lsp.PublishDiagnosticsParams) -> None:
            session.published.put_nowait(params)

        client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)
        await client.start_io(sys.executable, "-m", "aimanifest", "lsp")
        await client.initialize_async(
            lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), process_id=None)
        )
        client.initialized(lsp.InitializedParams())
        try:
            await asyncio.wait_for(ask(session), 60)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]  # pygls does not say

    asyncio.run(run())


URI = "file:///release/ai-manifest.yaml"
THERE = lsp.TextDocumentIdentifier(URI)


class TestServer:
    def test_publishes_what_validate_finds(self) -> None:
        async def ask(session: Session) -> None:
            text = TEXT.replace("license: MIT", "license: mit  # \N{GRINNING FACE}")
            found = await session.open(URI, text)
            wanted = validate(text.encode(), path="/release/ai-manifest.yaml").findings
            assert [each.code for each in found] == [each.rule for each in wanted]
            (first,) = [each for each in found if each.code == "core/license-expressions"]
            assert (first.range.start.line, first.range.start.character) == (4, 13)
            assert first.severity == lsp.DiagnosticSeverity.Error
            found = await session.change(URI, TEXT)
            assert "core/license-expressions" not in [each.code for each in found]

        with_server(ask)

    def test_counts_as_the_client_does(self) -> None:
        """In units of UTF-16, of which a letter outside the first plane has two."""

        async def ask(session: Session) -> None:
            text = TEXT.replace(
                "release: {name: Tern", 'release: {name: "\N{GRINNING FACE}", verzion: "1"'
            )
            (found,) = [e for e in await session.open(URI, text) if e.code == "schema/unknown-key"]
            assert found.range.start.character == len("release: {name: '12', ")

        with_server(ask)

    def test_hovers_completes_and_mends(self) -> None:
        async def ask(session: Session) -> None:
            await session.open(URI, TEXT.replace("license: MIT", "license: mit"))
            client = session.client
            hover = await client.text_document_hover_async(
                lsp.HoverParams(THERE, lsp.Position(4, 6))
            )
            assert hover
            assert isinstance(hover.contents, lsp.MarkupContent)
            assert "SPDX license expression" in hover.contents.value
            listed = await client.text_document_completion_async(
                lsp.CompletionParams(THERE, lsp.Position(14, 14))
            )
            assert isinstance(listed, lsp.CompletionList)
            assert {each.label for each in listed.items} >= {"open", "public", "unshareable"}
            actions = await client.text_document_code_action_async(
                lsp.CodeActionParams(
                    THERE,
                    lsp.Range(lsp.Position(4, 13), lsp.Position(4, 13)),
                    lsp.CodeActionContext(diagnostics=[]),
                )
            )
            assert actions
            action = next(e for e in actions if isinstance(e, lsp.CodeAction) and e.is_preferred)
            assert action.title == "Write `license: MIT`"
            assert action.edit
            assert action.edit.changes
            (edit,) = action.edit.changes[URI]
            assert edit.new_text == "MIT"

        with_server(ask)

    def test_answers_while_one_types(self) -> None:
        async def ask(session: Session) -> None:
            for end in range(60, len(TEXT), 37):
                await session.change(URI, TEXT[:end]) if end > 60 else await session.open(
                    URI, TEXT[:end]
                )
                answer = await session.client.text_document_completion_async(
                    lsp.CompletionParams(THERE, lsp.Position(TEXT[:end].count("\n"), 4))
                )
                assert isinstance(answer, lsp.CompletionList)

        with_server(ask)

    def test_leaves_other_files_alone(self) -> None:
        async def ask(session: Session) -> None:
            other = "file:///release/compose.yaml"
            item = lsp.TextDocumentItem(other, "yaml", 1, "services: {}\n")
            session.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
            where = lsp.TextDocumentIdentifier(other)
            hover = await session.client.text_document_hover_async(
                lsp.HoverParams(where, lsp.Position(0, 1))
            )
            assert hover is None
            assert session.published.empty()

        with_server(ask)
