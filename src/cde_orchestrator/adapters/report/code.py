"""Definitions as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ...domain.code import Symbol, SymbolSummary
from ...domain.envelope import Answer, Completeness, Skipped
from .notes import completeness_text, diagnostics_text
from .numbers import count, plural
from .style import Style, display_width, safe_path, safe_text

__all__ = ["skipped_text", "symbols_text"]

_NO_SCANNER = "no-scanner"
_INDENT = "    "
_DEEPEST = 10
# Documentation stands in a column of its own, unless signatures are longer than this.
_DOC_COLUMN = 48
_NARROWEST_DOC = 24


def symbols_text(style: Style, answer: Answer[Symbol], *, quiet: bool = False, verbose: bool = False) -> Iterator[str]:
    """The definitions by file, the totals, and what was not looked at."""
    summary = answer.summary
    if not isinstance(summary, SymbolSummary):
        raise TypeError("the summary of definitions is needed")
    items = answer.items
    widths = (
        max((len(str(symbol.line)) for symbol in items), default=0),
        max((len(symbol.kind) for symbol in items), default=0),
    )
    for path, symbols in groupby(items, key=lambda symbol: symbol.path):
        yield style.bold(safe_path(path))
        yield from _file(style, list(symbols), *widths)
        yield ""
    if not quiet and answer.diagnostics:
        yield from diagnostics_text(style, answer.diagnostics, verbose=verbose)
        yield ""
    yield _totals(style, summary)
    if not quiet:
        yield from skipped_text(style, answer.completeness, verbose=verbose)


def _file(style: Style, symbols: Sequence[Symbol], line_width: int, kind_width: int) -> Iterator[str]:
    """One line a definition, below the one that it stands in."""
    used = 2 + line_width + 2 + kind_width + 2
    heads = [_head(style, symbol, depth, shown, used) for symbol, depth, shown in _placed(symbols)]
    most = min(_DOC_COLUMN, max(style.width - used - _NARROWEST_DOC - 2, 0)) if style.width else _DOC_COLUMN
    fitting = (display_width(head) for head, symbol in zip(heads, symbols, strict=True) if symbol.doc)
    column = max((width for width in fitting if width <= most), default=0)
    for head, symbol in zip(heads, symbols, strict=True):
        line, kind = str(symbol.line).rjust(line_width), symbol.kind.ljust(kind_width)
        doc = _doc(style, symbol, used + max(display_width(head), column))
        space = " " * (max(column - display_width(head), 0) + 2) if doc else ""
        if symbol.exported:
            yield f"  {style.dim(line)}  {style.cyan(kind)}  {head}{space}{style.dim(doc)}"
        else:
            yield style.dim(f"  {line}  {kind}  {head}{space}{doc}")


def _placed(symbols: Sequence[Symbol]) -> Iterator[tuple[Symbol, int, bool]]:
    """Each definition, in how many of those before it it stands, and whether its parent is among them."""
    open_names: list[str] = []
    for symbol in symbols:
        parent = symbol.parent
        while open_names and (parent is None or not f"{parent}.".startswith(f"{open_names[-1]}.")):
            open_names.pop()
        yield symbol, len(open_names), parent is None or parent in open_names[-1:]
        open_names.append(symbol.qualified_name)


def _head(style: Style, symbol: Symbol, depth: int, parent_shown: bool, used: int) -> str:
    place = "" if parent_shown else f"  in {symbol.parent}"
    indent = _INDENT * min(depth, _DEEPEST)
    return style.fitted(indent + safe_text(symbol.signature + place), used)


def _doc(style: Style, symbol: Symbol, used: int) -> str:
    if symbol.doc is None or (style.width and style.width - used - 2 < _NARROWEST_DOC):
        return ""
    return style.fitted(safe_text(symbol.doc), used + 2)


def _totals(style: Style, summary: SymbolSummary) -> str:
    found = plural(summary.symbols, "definition") if summary.symbols else "no definitions"
    names = [language.language for language in summary.languages]
    if len(names) > 1:
        names = [f"{language.language} {count(language.files)}" for language in summary.languages]
    languages = f" ({', '.join(names)})" if names else ""
    return f"{style.bold(found)} in {plural(summary.files, 'file')}{languages}"


def skipped_text(style: Style, completeness: Completeness, *, verbose: bool) -> Iterator[str]:
    """What was passed over; languages that cannot be analysed are told in words, the other reasons as everywhere."""
    others = tuple(entry for entry in completeness.skipped if entry.reason != _NO_SCANNER)
    for entry in completeness.skipped:
        if entry.reason == _NO_SCANNER:
            yield style.dim(f"languages without a scanner: {_unscanned(style, entry)}")
    yield from completeness_text(style, replace(completeness, skipped=others), verbose=verbose)


def _unscanned(style: Style, entry: Skipped) -> str:
    examples = ", ".join(safe_path(path) for path in entry.examples)
    more = f", {style.ellipsis}" if entry.count > len(entry.examples) else ""
    return f"{plural(entry.count, 'file')} not analysed ({examples}{more})"
