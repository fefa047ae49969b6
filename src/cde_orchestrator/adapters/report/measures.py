"""Measures of source code as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.audit import ComplexFunction
from ...domain.code import FileMetrics, LanguageMetrics, MetricsSummary
from ...domain.envelope import Answer
from ...use_cases.measure_code import most_complex
from .code import skipped_text
from .notes import diagnostics_text
from .numbers import count, plural
from .style import Style, display_width, safe_path, safe_text
from .table import Align, table

__all__ = ["code_lines_text", "metrics_text", "place_of"]

_LANGUAGES: tuple[tuple[str, Align], ...] = (
    ("Language", "<"),
    ("Files", ">"),
    ("Code", ">"),
    ("Comment", ">"),
    ("Blank", ">"),
    ("Functions", ">"),
)
_FUNCTIONS: tuple[tuple[str, Align], ...] = (
    ("Cognitive", ">"),
    ("Cyclomatic", ">"),
    ("Nesting", ">"),
    ("Parameters", ">"),
    ("Code", ">"),
    ("Place", "<"),
    ("Function", "<"),
)
_PLACE = 5
_GAP = 2
_NARROWEST = 24


def metrics_text(
    style: Style, answer: Answer[FileMetrics], *, top: int, quiet: bool = False, verbose: bool = False
) -> Iterator[str]:
    """The languages, the ``top`` most complex functions (0: all), the totals, and what was not looked at."""
    summary = answer.summary
    if not isinstance(summary, MetricsSummary):
        raise TypeError("the summary of measures is needed")
    if summary.languages:
        rows = [_language(language) for language in summary.languages]
        yield from table(style, _LANGUAGES, rows, paint={0: style.cyan})
        yield ""
    functions = most_complex(answer.items, top)
    if functions:
        yield from table(style, _FUNCTIONS, _rows(style, functions), paint={_PLACE + 1: style.cyan})
        if len(functions) < summary.functions:
            rest = plural(summary.functions - len(functions), "function")
            yield style.dim(f"{style.ellipsis} and {rest} more; --top 0 shows all")
        yield ""
    if not quiet and answer.diagnostics:
        yield from diagnostics_text(style, answer.diagnostics, verbose=verbose)
        yield ""
    yield code_lines_text(style, summary)
    if not quiet:
        yield from skipped_text(style, answer.completeness, verbose=verbose)


def code_lines_text(style: Style, summary: MetricsSummary) -> str:
    """How much code there is and in which languages, in one line."""
    dot = f" {style.bullet} "
    names = [safe_text(language.language) for language in summary.languages]
    if len(names) > 1:
        names = [f"{safe_text(language.language)} {count(language.code)}" for language in summary.languages]
    languages = f" ({', '.join(names)})" if names else ""
    parts = [
        f"{style.bold(plural(summary.code, 'line'))} of code in {plural(summary.files, 'file')}{languages}",
        f"{count(summary.comment)} comment",
        f"{count(summary.blank)} blank",
        plural(summary.functions, "function"),
    ]
    return dot.join(parts)


def place_of(function: ComplexFunction) -> str:
    """Where a function begins, as an editor follows it."""
    return f"{safe_path(function.path)}:{function.line}"


def _language(language: LanguageMetrics) -> tuple[str, ...]:
    counts = (language.files, language.code, language.comment, language.blank, language.functions)
    return safe_text(language.language), *map(count, counts)


def _rows(style: Style, functions: Sequence[ComplexFunction]) -> list[tuple[str, ...]]:
    """The cells of the table; on a narrow terminal places lose their beginning and names their end."""
    numbers = [
        tuple(map(count, (one.cognitive, one.cyclomatic, one.nesting, one.parameters, one.code))) for one in functions
    ]
    places = [place_of(one) for one in functions]
    names = [safe_text(one.name) for one in functions]
    if style.width:
        used = sum(
            max(len(title), *(len(row[column]) for row in numbers)) + _GAP
            for column, (title, _) in enumerate(_FUNCTIONS[:_PLACE])
        )
        room = max(style.width - used - _GAP, _NARROWEST)
        widest_place, widest_name = (
            max(len(_FUNCTIONS[column][0]), *map(display_width, cells))
            for column, cells in ((_PLACE, places), (_PLACE + 1, names))
        )
        for_names = min(widest_name, max(room // 2, room - widest_place))
        places = [_tail(place, room - for_names, style.ellipsis) for place in places]
        names = [style.fitted(name, at_most=for_names) for name in names]
    return [(*row, place, name) for row, place, name in zip(numbers, places, names, strict=True)]


def _tail(text: str, width: int, ellipsis: str) -> str:
    """``text`` cut to ``width`` columns at its beginning."""
    if display_width(text) <= width:
        return text
    room, at = width - len(ellipsis), len(text)
    while at and display_width(text[at - 1 :]) <= room:
        at -= 1
    return ellipsis + text[at:]
