"""A language server for manifests, over the Language Server Protocol 3.17.

Source: https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.workspace import ServerTextPosition, ServerTextRange, TextDocument

from aimanifest import __version__, reference
from aimanifest.document import Document, read
from aimanifest.editors.completion import Offer, offers
from aimanifest.editors.hovering import explanation
from aimanifest.editors.mending import mend
from aimanifest.findings import Finding, Outcome, Span
from aimanifest.report import Report
from aimanifest.validation import FILE_NAMES, LocalFolder, validate

SEVERITIES = {
    Outcome.UNMET: lsp.DiagnosticSeverity.Error,
    Outcome.PARTIAL: lsp.DiagnosticSeverity.Warning,
    Outcome.UNSTATED: lsp.DiagnosticSeverity.Warning,
    Outcome.UNDETERMINED: lsp.DiagnosticSeverity.Information,
    None: lsp.DiagnosticSeverity.Hint,
}


class Server(LanguageServer):
    """Knows of each open manifest what was last found in it."""

    def __init__(self, require: Sequence[str] = ("osaid-1.0",)) -> None:
        """Measure manifests by the frameworks `require`."""
        super().__init__("aimanifest", __version__)
        self.require = tuple(require)
        self._reports: dict[str, tuple[str, Report]] = {}
        self._documents: dict[str, tuple[str, Document]] = {}

    def report(self, uri: str, source: str) -> Report:
        """Return what is to be said of the text `source` at `uri`."""
        known = self._reports.get(uri)
        if known is None or known[0] != source:
            path = _path(uri)
            folder = LocalFolder(os.path.dirname(path), own=path)
            report = validate(source.encode(), path=path, require=self.require, folder=folder)
            known = self._reports[uri] = (source, report)
        return known[1]

    def document(self, uri: str, source: str) -> Document | None:
        """Return the text as a document; where it cannot be read now, as it last could be."""
        known = self._documents.get(uri)
        if known is None or known[0] != source:
            document = read(source.encode())
            if not document.readable:
                return None
            known = self._documents[uri] = (source, document)
        return known[1]

    def forget(self, uri: str) -> None:
        """Forget the text at `uri`, which is closed."""
        self._reports.pop(uri, None)
        self._documents.pop(uri, None)


def server(require: Sequence[str] = ("osaid-1.0",)) -> Server:
    """Make a server that measures manifests by the frameworks `require`."""
    made = Server(require)
    made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(_opened)
    made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)(_saved)
    made.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    made.feature(lsp.TEXT_DOCUMENT_HOVER)(_hover)
    triggers = lsp.CompletionOptions(trigger_characters=[":", " ", "-", "[", "{", ","])
    made.feature(lsp.TEXT_DOCUMENT_COMPLETION, triggers)(_completion)
    quick = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, quick)(_code_action)
    return made


def _opened(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    _publish(ls, params.text_document.uri)


def _changed(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    _publish(ls, params.text_document.uri)


def _saved(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    ls.forget(params.text_document.uri)  # what lies beside it may have changed
    _publish(ls, params.text_document.uri)


def _closed(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    ls.forget(params.text_document.uri)
    nothing = lsp.PublishDiagnosticsParams(uri=params.text_document.uri, diagnostics=[])
    ls.text_document_publish_diagnostics(nothing)


def _hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    text = ls.workspace.get_text_document(params.text_document.uri)
    document = ls.document(text.uri, text.source) if _is_manifest(text) else None
    if document is None:
        return None
    findings = ls.report(text.uri, text.source).findings
    found = explanation(document, text.offset_at_position(params.position), findings)
    if found is None:
        return None
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text)
    return lsp.Hover(content, _between(text, found.start, found.end))


def _completion(ls: Server, params: lsp.CompletionParams) -> lsp.CompletionList:
    text = ls.workspace.get_text_document(params.text_document.uri)
    if not _is_manifest(text):
        return lsp.CompletionList(is_incomplete=False, items=[])
    found = offers(text.source, text.offset_at_position(params.position))
    return lsp.CompletionList(
        is_incomplete=False, items=[_item(index, each) for index, each in enumerate(found)]
    )


def _item(index: int, offer: Offer) -> lsp.CompletionItem:
    key = offer.text.rstrip().endswith(":")
    about = lsp.MarkupContent(lsp.MarkupKind.Markdown, offer.about) if offer.about else None
    return lsp.CompletionItem(
        label=offer.name,
        insert_text=offer.text,
        detail=offer.detail or None,
        documentation=about,
        kind=lsp.CompletionItemKind.Property if key else lsp.CompletionItemKind.Value,
        sort_text=f"{index:05}",
    )


def _code_action(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    text = ls.workspace.get_text_document(params.text_document.uri)
    if not _is_manifest(text):
        return []
    asked = (
        each
        for each in ls.report(text.uri, text.source).findings
        if _overlap(_range(text, each.span), params.range)
    )
    mends = ((each, mend(text.source, each)) for each in asked)
    return [
        lsp.CodeAction(
            title=found.title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[_diagnostic(text, finding)],
            is_preferred=found.sure,
            edit=lsp.WorkspaceEdit(changes={text.uri: [_change(text, found.text)]}),
        )
        for finding, found in mends
        if found is not None
    ]


def _publish(ls: Server, uri: str) -> None:
    text = ls.workspace.get_text_document(uri)
    if not _is_manifest(text):
        return
    report = ls.report(uri, text.source)
    found = [_diagnostic(text, each) for each in report.findings]
    ls.text_document_publish_diagnostics(
        lsp.PublishDiagnosticsParams(uri=uri, version=text.version, diagnostics=found)
    )


def _is_manifest(text: TextDocument) -> bool:
    """Whether a file is called as manifests are; an editor may send any YAML file."""
    name = os.path.basename(_path(text.uri))
    return name in FILE_NAMES or text.source.lstrip("\ufeff").startswith("aimanifest:")


def _diagnostic(text: TextDocument, finding: Finding) -> lsp.Diagnostic:
    rule = reference.all_rules().get(finding.rule)
    return lsp.Diagnostic(
        range=_range(text, finding.span),
        message=f"{finding.message}\n{finding.fix}" if finding.fix else finding.message,
        severity=SEVERITIES.get(finding.outcome, lsp.DiagnosticSeverity.Information),
        code=finding.rule,
        code_description=lsp.CodeDescription(href=rule.cites[0].url) if rule else None,
        source="aimanifest",
        related_information=[
            lsp.DiagnosticRelatedInformation(
                lsp.Location(text.uri, _range(text, each.span)), each.message
            )
            for each in finding.related
        ],
    )


# -- places ----------------------------------------------------------------------------------------


def _path(uri: str) -> str:
    parts = urlsplit(uri)
    path = unquote(parts.path)
    if os.name == "nt" and path[2:3] == ":":
        path = path[1:]
    return path if parts.scheme == "file" else os.path.basename(path)


def _range(text: TextDocument, span: Span) -> lsp.Range:
    """Turn lines and code points from 1 into lines and the client's units from 0."""
    start, end = (ServerTextPosition(each.line - 1, each.column - 1) for each in span)
    return text.range_to_client_units(ServerTextRange(start, end))


def _between(text: TextDocument, start: int, end: int) -> lsp.Range:
    """Return the range between two offsets."""
    return lsp.Range(text.client_position_at_offset(start), text.client_position_at_offset(end))


def _overlap(one: lsp.Range, other: lsp.Range) -> bool:
    def order(position: lsp.Position) -> tuple[int, int]:
        return position.line, position.character

    return order(one.start) <= order(other.end) and order(other.start) <= order(one.end)


def _change(text: TextDocument, new: str) -> lsp.TextEdit:
    """Make the smallest single edit that turns the text into `new`."""
    old = text.source
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    most = min(len(old), len(new)) - start
    while tail < most and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return lsp.TextEdit(_between(text, start, len(old) - tail), new[start : len(new) - tail])
