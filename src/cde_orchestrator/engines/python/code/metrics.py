"""How large and how complex the source files of a tree are. The twin of ``cde_code::metrics``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ....domain.code import FileMetrics, FunctionMetrics, LanguageMetrics, MetricsSummary
from ....domain.envelope import EngineInfo, Result
from ....domain.options import MetricsOptions
from ....ports.control import CancelToken, Progress
from ..digest import hash12, snapshot_id
from ..filesystem.tree import PythonTree
from .languages import RECOGNISERS
from .lexer import tokenize
from .model import Found
from .sources import Account, Source, sources
from .symbols import qualified_names
from .tokens import COMMENT, NEWLINE, Tokens

__all__ = ["SCHEMA", "metrics_of_tree"]

SCHEMA = "cde.code.metrics/1"
_CODE = 2
_COMMENT = 1
_BLANKS = b" \t\n\v\f\r"


def metrics_of_tree(
    tree: PythonTree,
    options: MetricsOptions,
    engine: EngineInfo,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Result[FileMetrics]:
    """The measures of every source file of ``tree`` that has a recogniser. Schema ``cde.code.metrics/1``.

    What is passed over is told as for the definitions. O(bytes of the files).
    """
    account = Account(tree)
    items: list[FileMetrics] = []
    for source in sources(tree, options, account, cancel, progress):
        recogniser = RECOGNISERS[source.language]
        tokens = tokenize(source.content, recogniser.syntax)
        found = recogniser.recognise(tokens, measured=True)
        if found.problem is not None:
            account.suspect(source, found.problem)
        items.append(_measured(source, tokens, found))
    completeness, diagnostics = account.finish()
    return Result(
        SCHEMA, engine, tree.root, snapshot_id(account.read), completeness, _summary(items), items, diagnostics
    )


def _measured(source: Source, tokens: Tokens, found: Found) -> FileMetrics:
    classes = _line_classes(tokens, found.documentation)
    # How many lines of code stand before each line.
    before = list(accumulate((kind == _CODE for kind in classes), initial=0))
    functions = tuple(_functions(source, tokens, found, before))
    code, comment = before[-1], classes.count(_COMMENT)
    inner = _inner_functions(found)
    return FileMetrics(
        path=os.fsdecode(source.path),
        language=source.language,
        lines=len(classes),
        code=code,
        comment=comment,
        blank=len(classes) - code - comment,
        cyclomatic=sum(function.cyclomatic for function in functions),
        cognitive=sum(function.cognitive for function in found.functions if function.symbol not in inner),
        functions=functions,
    )


def _functions(source: Source, tokens: Tokens, found: Found, before: Sequence[int]) -> Iterator[FunctionMetrics]:
    path = os.fsdecode(source.path)
    short_hash = hash12(source.facts.sha256)
    names = qualified_names(found.symbols)
    for function in sorted(found.functions, key=lambda one: one.symbol):
        symbol = found.symbols[function.symbol]
        line = tokens.line_of(symbol.start)
        end_line = tokens.line_of(max(symbol.end - 1, symbol.start))
        yield FunctionMetrics(
            name=names[function.symbol],
            line=line,
            end_line=end_line,
            code=before[end_line] - before[line - 1],
            parameters=function.parameters,
            nesting=function.nesting,
            cyclomatic=function.cyclomatic,
            cognitive=function.cognitive,
            ref=f"{path}#L{line}-L{end_line}@{short_hash}",
        )


def _inner_functions(found: Found) -> set[int]:
    """The functions that stand inside of others, which count there. A symbol stands behind its parent."""
    measured = {function.symbol for function in found.functions}
    inside: set[int] = set()
    for number, symbol in enumerate(found.symbols):
        if symbol.parent is not None and (symbol.parent in measured or symbol.parent in inside):
            inside.add(number)
    return inside & measured


def _line_classes(tokens: Tokens, documentation: Iterable[int]) -> list[int]:
    """For each line whether it is code, comment or blank."""
    source, line_starts = tokens.source, tokens.line_starts
    count = len(line_starts) - (line_starts[-1] == len(source))
    classes = [0] * count
    documented = frozenset(documentation)
    line = 0
    for index, kind in enumerate(tokens.kinds):
        if kind == NEWLINE:
            continue
        start, last = tokens.starts[index], tokens.ends[index] - 1
        while line + 1 < count and line_starts[line + 1] <= start:
            line += 1
        mark = _COMMENT if kind == COMMENT or index in documented else _CODE
        at = line
        while at < count and line_starts[at] <= last:
            classes[at] = max(classes[at], mark)
            at += 1
    # What is no token is blank, but for a backslash alone.
    for at, mark in enumerate(classes):
        end = line_starts[at + 1] if at + 1 < len(line_starts) else len(source)
        if not mark and source[line_starts[at] : end].strip(_BLANKS):
            classes[at] = _CODE
    return classes


def _summary(items: Sequence[FileMetrics]) -> MetricsSummary:
    files: dict[str, list[FileMetrics]] = {}
    for item in items:
        files.setdefault(item.language, []).append(item)
    languages = [_language(language, measured) for language, measured in files.items()]
    total = _language("", items)
    return MetricsSummary(
        files=total.files,
        lines=total.lines,
        code=total.code,
        comment=total.comment,
        blank=total.blank,
        functions=total.functions,
        cyclomatic=total.cyclomatic,
        cognitive=total.cognitive,
        languages=tuple(sorted(languages, key=lambda counted: (-counted.code, counted.language))),
    )


def _language(language: str, items: Sequence[FileMetrics]) -> LanguageMetrics:
    return LanguageMetrics(
        language=language,
        files=len(items),
        lines=sum(item.lines for item in items),
        code=sum(item.code for item in items),
        comment=sum(item.comment for item in items),
        blank=sum(item.blank for item in items),
        functions=sum(len(item.functions) for item in items),
        cyclomatic=sum(item.cyclomatic for item in items),
        cognitive=sum(item.cognitive for item in items),
    )
