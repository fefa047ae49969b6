"""The definitions of a tree: each source file read and analysed once. The twin of ``cde_code::symbols``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from ....domain.code import KindCount, LanguageSymbols, Symbol, SymbolKind, SymbolSummary
from ....domain.envelope import EngineInfo, Result
from ....domain.options import SymbolOptions
from ....ports.control import CancelToken, Progress
from ..digest import hash12, snapshot_id
from ..filesystem.tree import PythonTree
from .languages import RECOGNISERS
from .lexer import tokenize
from .model import FoundSymbol
from .sources import Account, Source, sources
from .tokens import Tokens

__all__ = ["SCHEMA", "find_symbols", "qualified_names", "symbols_of_tree"]

SCHEMA = "cde.code.symbols/1"


def find_symbols(source: bytes, language: str) -> Sequence[FoundSymbol]:
    """The definitions in ``source``, which must be UTF-8, in the order in which they begin. O(bytes)."""
    recogniser = RECOGNISERS[language]
    return recogniser.recognise(tokenize(source, recogniser.syntax)).symbols


def symbols_of_tree(
    tree: PythonTree,
    options: SymbolOptions,
    engine: EngineInfo,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Result[Symbol]:
    """The definitions of every source file of ``tree`` that has a recogniser. Schema ``cde.code.symbols/1``.

    Links, vendored, generated and minified files (unless the tree was opened with ``vendored``), binary files and
    languages without a recogniser are named among the skipped. A file that is too large is named in a diagnostic and
    makes the answer partial; one whose strings or brackets do not close is analysed as far as it goes and named in a
    diagnostic. O(bytes of the files).
    """
    account = Account(tree)
    items: list[Symbol] = []
    kinds: Counter[str] = Counter()
    languages: dict[str, list[int]] = {}
    for source in sources(tree, options, account, cancel, progress):
        recogniser = RECOGNISERS[source.language]
        tokens = tokenize(source.content, recogniser.syntax)
        found = recogniser.recognise(tokens)
        if found.problem is not None:
            account.suspect(source, found.problem)
        records = _records(source, tokens, found.symbols)
        chosen = [symbol for symbol in records if _is_chosen(symbol, options)]
        items.extend(chosen)
        kinds.update(symbol.kind for symbol in chosen)
        counted = languages.setdefault(source.language, [0, 0, 0])
        counted[0] += 1
        counted[1] += source.facts.lines
        counted[2] += len(chosen)
    completeness, diagnostics = account.finish()
    by_language = sorted(languages.items(), key=lambda entry: (-entry[1][0], entry[0]))
    known: tuple[SymbolKind, ...] = get_args(SymbolKind)
    summary = SymbolSummary(
        files=sum(counted[0] for counted in languages.values()),
        lines=sum(counted[1] for counted in languages.values()),
        symbols=len(items),
        languages=tuple(LanguageSymbols(language, *counted) for language, counted in by_language),
        kinds=tuple(KindCount(kind, kinds[kind]) for kind in known if kinds[kind]),
    )
    return Result(SCHEMA, engine, tree.root, snapshot_id(account.read), completeness, summary, items, diagnostics)


def _is_chosen(symbol: Symbol, options: SymbolOptions) -> bool:
    return (not options.kinds or symbol.kind in options.kinds) and (symbol.exported or not options.exported)


def qualified_names(found: Sequence[FoundSymbol]) -> list[str]:
    """The name of each definition behind the names of what it stands in, joined with dots."""
    names: list[str] = []
    for symbol in found:
        name = symbol.name.decode("utf-8", "replace")
        names.append(name if symbol.parent is None else f"{names[symbol.parent]}.{name}")
    return names


def _records(source: Source, tokens: Tokens, found: Sequence[FoundSymbol]) -> Iterable[Symbol]:
    path = os.fsdecode(source.path)
    short_hash = hash12(source.facts.sha256)
    qualified = qualified_names(found)
    for symbol, qualified_name in zip(found, qualified, strict=True):
        line = tokens.line_of(symbol.start)
        end_line = tokens.line_of(max(symbol.end - 1, symbol.start))
        yield Symbol(
            name=symbol.name.decode("utf-8", "replace"),
            qualified_name=qualified_name,
            kind=symbol.kind,
            language=source.language,
            path=path,
            line=line,
            column=tokens.column_of(symbol.name_start),
            end_line=end_line,
            start=symbol.start,
            end=symbol.end,
            signature=symbol.signature,
            doc=symbol.doc,
            parent=None if symbol.parent is None else qualified[symbol.parent],
            exported=symbol.exported,
            decorators=symbol.decorators,
            ref=f"{path}#L{line}-L{end_line}@{short_hash}",
        )
