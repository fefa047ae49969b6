"""``cde docs``: scanning, checking, outlining, and the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ....domain.findings import FindingSummary
from ....domain.options import GraphOptions
from ....errors import InternalError
from ....use_cases.analyze_documentation import AnalyzeDocumentationUseCase
from ....use_cases.build_link_graph import BuildLinkGraphUseCase
from ....use_cases.list_rules import ListRulesUseCase
from ....use_cases.outline_document import OutlineDocumentUseCase
from ....use_cases.scan_documentation import ScanDocumentationUseCase
from ...mending import apply_fixes
from ...report.docs import outline_text, rules_text, scan_text
from ...report.findings import by_rule_text, findings_text, score_text, sites_text, tally_text
from ...report.graph import dot_text, graph_text, mermaid_text
from ...report.notes import completeness_text, diagnostics_text
from ...report.numbers import plural
from ...report.style import safe_path
from ...schemas import JsonSchemaValidator
from ..command import CHECK_KEYS, SCAN_KEYS, TREE_KEYS, Call, command
from ..findings import FINDING_FORMATS, exit_code, narrowed, write_elsewhere, write_mended
from ..options import FORMATS, ActionOption
from ..output import lines_out
from ..sources import Sources

if TYPE_CHECKING:
    from ....domain.envelope import Answer
    from ....domain.findings import Finding
    from ...report.style import Style

__all__ = ["check", "graph", "outline", "rules", "scan"]

_PATH = click.Argument(["path"], default=".")
_SCOPE = ("Which files are in scope", TREE_KEYS)
_MENDING = "Mending"
_PARSING = ("How documents are read", SCAN_KEYS)


@command(
    "scan",
    arguments=[_PATH],
    options=[("How much is told", ("docs.detail",)), _PARSING, _SCOPE],
    examples=[
        ("cde docs scan", "a table of all documents"),
        ("cde docs scan --detail full --format json docs", "everything that one parse yields"),
        ("cde docs scan --format jsonl --detail summary", "one document a line"),
    ],
)
def scan(call: Call, path: str) -> int:
    """Read every document below PATH: front matter, headings, links, code blocks, tables, tasks and measures."""
    detail = call.settings.text("docs.detail")
    # The table for people shows no more than a summary holds.
    if call.format == "text" and detail == "full":
        detail = "summary"
    with call.progress() as progress:
        answer = ScanDocumentationUseCase(call.engine).execute(
            path, detail_level=detail, tree=call.tree(), options=call.scan(), progress=progress
        )
    call.write(answer, lambda style: scan_text(style, answer))
    call.note_gaps(answer)
    return 0


@command(
    "check",
    arguments=[
        _PATH,
        ActionOption("--fix", _MENDING, "Mend what has only one mending, then report the rest."),
        ActionOption("--diff", _MENDING, "Print what --fix would change, and change nothing."),
        ActionOption(
            "--write-baseline", "What is checked", "Write all findings to FILE, for --baseline, and end.", "FILE"
        ),
    ],
    options=[
        ("What is checked", (*CHECK_KEYS, "docs.baseline", "docs.changed_since", "docs.fail_on")),
        _PARSING,
        _SCOPE,
    ],
    formats=FINDING_FORMATS,
    examples=[
        ("cde docs check", "every rule of the default set"),
        ("cde docs check --select links docs", "links and anchors only"),
        ("cde docs check --diff | git apply", "look at the fixes first, then apply them"),
        ("cde docs check --write-baseline baseline.json", "accept what there is today"),
        ("cde docs check --baseline baseline.json", "and speak of new findings only"),
        ("cde docs check --changed-since main", "findings on the lines that you changed, and no others"),
        ("cde docs check --format github", "annotations beside the lines of a pull request"),
        ("cde docs check --format sarif > findings.sarif", "for code scanning"),
    ],
)
def check(call: Call, path: str, fix: bool, diff: bool, write_baseline: str | None) -> int:
    """Check the documents below PATH: links and anchors, structure, metadata, content.

    The exit code is 1 if there is a finding at or above --fail-on; after --fix, one that is left. With --quiet the text
    is the summary alone.
    """
    if diff and (fix or call.format != "text"):
        raise click.UsageError("--diff goes with neither --fix nor another format than text")
    if write_baseline is not None:
        return _write_baseline(call, path, write_baseline, alone=not (fix or diff))
    answer = narrowed(call, _checked(call, path))
    if fix or diff:
        mended = apply_fixes(path, answer.items, write=fix)
        write_mended(call, mended, show=diff)
        if fix and any(document.written for document in mended):
            answer = narrowed(call, _checked(call, path))
    fail_on = call.settings.text("docs.fail_on")
    if not diff and not write_elsewhere(call, answer, fail_on):
        call.write(answer, lambda style: _check_text(call, style, answer))
    call.note_footer("checked", answer.engine)
    return exit_code(_summary_of(answer), fail_on)


def _write_baseline(call: Call, path: str, file: str, *, alone: bool) -> int:
    if not alone:
        raise click.UsageError("--write-baseline goes with neither --fix nor --diff")
    from ....domain.baseline import Baseline  # noqa: PLC0415 - few calls write one
    from ...baseline import write_baseline  # noqa: PLC0415

    answer = _checked(call, path)
    write_baseline(file, Baseline.of(answer.items))
    call.note_footer(f"{plural(len(answer.items), 'finding')} written to {safe_path(file)}", answer.engine)
    return 0


def _checked(call: Call, path: str) -> Answer[Finding]:
    with call.progress() as progress:
        return AnalyzeDocumentationUseCase(call.engine, JsonSchemaValidator()).execute(
            path, tree=call.tree(), options=call.scan(), rules=call.rules(), progress=progress
        )


def _check_text(call: Call, style: Style, answer: Answer[Finding]) -> Iterator[str]:
    summary = _summary_of(answer)
    if not call.quiet:
        yield from findings_text(style, answer.items, Sources(answer.root).line, verbose=call.verbose)
        if answer.items and answer.diagnostics:
            yield ""
        yield from diagnostics_text(style, answer.diagnostics, verbose=call.verbose)
        if answer.items or answer.diagnostics:
            yield ""
    if len(summary.rules) > 1:
        yield from by_rule_text(style, summary, answer.items)
        yield ""
    yield tally_text(style, summary)
    if summary.documents:
        yield f"score {score_text(style, summary)}"
    if not call.quiet:
        yield from sites_text(style, summary.sites, verbose=call.verbose)
        yield from completeness_text(style, answer.completeness, verbose=call.verbose)


def _summary_of(answer: Answer[Finding]) -> FindingSummary:
    if not isinstance(answer.summary, FindingSummary):
        raise InternalError("a check answered with a summary of another operation")
    return answer.summary


@command(
    "graph",
    arguments=[_PATH],
    options=[("How links lead", ("docs.entries", "docs.site_root", "docs.site")), _PARSING, _SCOPE],
    formats=(*FORMATS, "dot", "mermaid"),
    examples=[
        ("cde docs graph", "orphans, and what most others link to"),
        ("cde docs graph --format mermaid docs", "a flowchart to paste into a document"),
        ("cde docs graph --format dot > links.dot", "for Graphviz"),
    ],
)
def graph(call: Call, path: str) -> int:
    """Show which documents below PATH link to which others, and which ones a reader does not find."""
    options = GraphOptions(
        call.settings.texts("docs.entries"),
        call.settings.optional_text("docs.site_root"),
        call.settings.optional_text("docs.site"),
    )
    with call.progress() as progress:
        answer = BuildLinkGraphUseCase(call.engine).execute(
            path, tree=call.tree(), options=call.scan(), graph=options, progress=progress
        )
    if call.format == "dot":
        lines_out(dot_text(answer.items))
    elif call.format == "mermaid":
        lines_out(mermaid_text(answer.items))
    else:
        call.write(answer, lambda style: graph_text(style, answer, verbose=call.verbose))
    call.note_gaps(answer)
    return 0


@command(
    "outline",
    arguments=[click.Argument(["file"])],
    options=[("How documents are read", ("docs.slug_flavour", "docs.max_document_bytes", "docs.max_nesting"))],
    examples=[("cde docs outline README.md", "the sections, their lines and their anchors")],
)
def outline(call: Call, file: str) -> int:
    """Show the sections of the document FILE with their lines and anchors."""
    answer = OutlineDocumentUseCase(call.engine).execute(file, options=call.scan())
    call.write(answer, lambda style: outline_text(style, answer))
    call.note_gaps(answer)
    return 0


@command(
    "rules",
    examples=[("cde docs rules", "names to use with --select and --ignore")],
)
def rules(call: Call) -> int:
    """List the rules that check applies, by group, with their usual severity."""
    answer = ListRulesUseCase(call.engine).execute()
    call.write(answer, lambda style: rules_text(style, answer.items))
    return 0
