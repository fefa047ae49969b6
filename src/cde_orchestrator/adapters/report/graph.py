"""The link graph as text, and in the languages of Graphviz and Mermaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.envelope import Answer
from ...domain.graph import LinkGraphSummary, LinkNode
from .numbers import count, plural
from .style import Style, safe_path, safe_text

__all__ = ["dot_text", "graph_text", "mermaid_text"]

_MOST = 20


def graph_text(style: Style, answer: Answer[LinkNode], *, verbose: bool = False) -> Iterator[str]:
    """The totals, the documents that most others link to, and those that nobody finds; the first ones of each."""
    summary = answer.summary
    if not isinstance(summary, LinkGraphSummary):
        raise TypeError("the summary of a link graph is needed")
    nodes = list(answer.items)
    parts = [
        plural(summary.documents, "document"),
        f"{plural(summary.edges, 'link')} between them",
        plural(summary.entries, "entry", "entries"),
        plural(summary.orphans, "orphan"),
        f"{count(summary.unreachable)} unreachable",
    ]
    yield f" {style.bullet} ".join(parts)
    linked = sorted((node for node in nodes if node.linked_from), key=lambda node: -node.linked_from)
    orphans = [node for node in nodes if not node.entry and not node.linked_from]
    astray = [node for node in nodes if node.depth is None and node.linked_from]
    yield from _section(style, "Most linked", linked, verbose=verbose, numbered=True)
    yield from _section(style, "Orphans: no other document links to them", orphans, verbose=verbose)
    yield from _section(style, "Unreachable from an entry, though linked", astray, verbose=verbose)


def _section(
    style: Style, title: str, nodes: Sequence[LinkNode], *, verbose: bool, numbered: bool = False
) -> Iterator[str]:
    if not nodes:
        return
    shown = nodes if verbose else nodes[:_MOST]
    yield ""
    yield style.bold(title)
    for node in shown:
        number = f"{count(node.linked_from).rjust(6)}  " if numbered else ""
        name = style.dim(f"  {style.fitted(safe_text(node.title), at_most=60)}") if node.title else ""
        yield f"  {number}{safe_path(node.path)}{name}"
    if len(shown) < len(nodes):
        yield style.dim(f"  {style.ellipsis} and {count(len(nodes) - len(shown))} more; --verbose shows all")


def dot_text(nodes: Sequence[LinkNode]) -> Iterator[str]:
    """A digraph for Graphviz; entries are bold, what cannot be reached is dashed."""
    yield "digraph links {"
    yield "  rankdir=LR;"
    yield "  node [shape=box, fontname=sans];"
    for node in nodes:
        style = " [style=bold]" if node.entry else " [style=dashed]" if node.depth is None else ""
        yield f"  {_quoted(node.path)}{style};"
    for node in nodes:
        for target in node.links_to:
            yield f"  {_quoted(node.path)} -> {_quoted(target)};"
    yield "}"


def _quoted(path: str) -> str:
    return '"' + safe_path(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def mermaid_text(nodes: Sequence[LinkNode]) -> Iterator[str]:
    """A flowchart for Mermaid, whose nodes are numbered in the order of their paths; entries have round corners."""
    numbers = {node.path: number for number, node in enumerate(nodes)}
    yield "flowchart LR"
    for number, node in enumerate(nodes):
        # Mermaid reads a hash as the start of a character's code.
        name = safe_path(node.path).replace("#", "#35;").replace('"', "#quot;")
        yield f'  n{number}("{name}")' if node.entry else f'  n{number}["{name}"]'
    for number, node in enumerate(nodes):
        for target in node.links_to:
            yield f"  n{number} --> n{numbers[target]}"
