"""Pages of the site that are made from the code when it is built: rules, commands, standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import aimanifest
from aimanifest import frameworks
from aimanifest.cli import aimanifest as command
from aimanifest.report import FILE_RULES
from aimanifest.rules import Framework, Rule

ROOT = Path(__file__).parent.parent
REPOSITORY = "https://example.org/aimanifest/blob/main"
"""Where files stand that are no pages; the repository has no public address yet."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, and take the pictures and files that pages show."""
    for path, text in pages():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Let links that lead out of the documentation lead to the repository."""
    outside = r"\]\(\.\./(?!\.\./)(examples|schema|tests|aimanifest)\b"
    return re.sub(outside, rf"]({REPOSITORY}/\1", markdown)


def pages() -> Iterator[tuple[str, str]]:
    """Give the path and the text of every generated page."""
    yield "reference/spec.md", _standard()
    yield "reference/changes.md", _with_links((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    yield "reference/commands.md", _commands()
    yield "reference/rules.md", _rules()
    yield "reference/python.md", _python()


def _standard() -> str:
    text = _with_links((ROOT / "SPEC.md").read_text(encoding="utf-8"))
    # What stands behind the language of a block there is for tests.
    return re.sub(r"^```(\w+) .*$", r"```\1", text, flags=re.MULTILINE)


def _with_links(text: str) -> str:
    """Let links of a page that stands at the top of the repository lead to where they should."""
    return re.sub(r"\]\((?!https?:|#|mailto:)([^)#]+)", rf"]({REPOSITORY}/\1", text)


def _commands() -> str:
    context = click.Context(command, info_name="aimanifest")
    parts = ["# Commands", _help(command, context)]
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            inner = click.Context(found, info_name=name, parent=context)
            parts += [f"## aimanifest {name}", _help(found, inner)]
    return "\n\n".join(parts) + "\n"


def _help(found: click.Command, context: click.Context) -> str:
    return f"```text\n{found.get_help(context)}\n```"


def _rules() -> str:
    parts = [
        "# Rules",
        (
            "Each rule with the words it rests on, and what to write. `aimanifest explain` shows "
            "the same in a terminal."
        ),
        "## The file",
        *(_rule(each) for each in FILE_RULES.values()),
    ]
    for framework in frameworks.every().values():
        parts += [_head(framework), *(_rule(each) for each in framework.rules)]
    return "\n\n".join(parts) + "\n"


def _head(framework: Framework) -> str:
    levels = ", ".join(framework.called.get(each, each) for each in framework.levels)
    told = f"Levels: {levels}." if levels else "It gives no verdict."
    title = f"## {framework.title} {framework.version}"
    return f"{title}\n\n`{framework.id}`, [source]({framework.url}). {told}"


def _rule(rule: Rule) -> str:
    anchor = rule.id.replace("/", "--").replace(".", "-")
    cites = "\n>\n".join(
        f"> {' '.join(each.quote.split())}\n>\n> [{each.clause}]({each.url}) ({each.standing.name})"
        for each in rule.cites
    )
    sentence = rule.fix.endswith(".") and "\n" not in rule.fix
    fix = f"To mend it: {rule.fix}" if sentence else f"```yaml\n{rule.fix}\n```"
    head = f"### {rule.id} {{ #{anchor} }}\n\n**{rule.title}.** {rule.why}"
    return f"{head}\n\n{cites}\n\n{fix}"


def _python() -> str:
    parts = ["# Python", (aimanifest.__doc__ or "").strip()]
    for name in aimanifest.__all__:
        found = getattr(aimanifest, name)
        parts += [f"## {name}", f"```text\n{cleandoc(found.__doc__ or '')}\n```"]
    return "\n\n".join(parts) + "\n"
