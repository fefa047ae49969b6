"""Which files are source code that can be analysed, and their contents, each read once.

The twin of ``cde_code::sources``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ....domain.envelope import Completeness, Diagnostic
from ....domain.options import MetricsOptions, SymbolOptions
from ....ports.control import CancelToken, Progress
from ..control import check_cancelled
from ..filesystem.decode import decode_legacy
from ..filesystem.language import binary_by_name, is_programming, language_of_name, language_of_type
from ..filesystem.outcome import Outcome, marked_reason
from ..filesystem.read import ReadProblem, read_file
from ..filesystem.tree import FileFacts, PythonTree
from .languages import RECOGNISERS
from .tokens import Problem

__all__ = ["Account", "Source", "sources"]

_MAX_BYTES_LIMIT = "max-code-bytes"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its content as UTF-8 without a byte order mark."""

    path: bytes
    language: str
    content: bytes
    facts: FileFacts


class Account:
    """What was looked at, what was passed over and why."""

    def __init__(self, tree: PythonTree) -> None:
        self.outcome = Outcome(tree)
        self.diagnostics: list[Diagnostic] = []
        self.limits: set[str] = set()
        self.read: list[tuple[bytes, int, str]] = []

    def warn(self, path: bytes, line: int | None, code: str, message: str) -> None:
        """Adds a diagnostic about a file."""
        self.diagnostics.append(Diagnostic(os.fsdecode(path), line, None, code, "warning", message))

    def too_large(self, path: bytes, max_bytes: int) -> None:
        """A file that was not analysed."""
        self.outcome.skip("too-large", path)
        self.warn(path, None, "code-too-large", f"the file has more than {max_bytes} bytes")
        self.limits.add(_MAX_BYTES_LIMIT)

    def suspect(self, source: Source, problem: Problem) -> None:
        """A file whose strings or brackets do not close."""
        self.warn(source.path, problem.line, "unbalanced-code", problem.message)

    def finish(self) -> tuple[Completeness, tuple[Diagnostic, ...]]:
        """The account: partial where anything could not be read."""
        self.outcome.scanned = len(self.read)
        completeness, walked = self.outcome.finish()
        if self.limits:
            completeness = replace(completeness, state="partial", limits=tuple(sorted(self.limits)))
        return completeness, tuple(sorted((*walked, *self.diagnostics), key=_order))


def _order(one: Diagnostic) -> tuple[bytes, int, str]:
    return os.fsencode(one.path), -1 if one.line is None else one.line, one.code


def sources(
    tree: PythonTree,
    options: SymbolOptions | MetricsOptions,
    account: Account,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Iterator[Source]:
    """The source files of ``tree`` in scope, by path bytes."""
    reader = _Reader(tree, options, account)
    found = list(reader.candidates())
    for done, (index, language) in enumerate(found, 1):
        check_cancelled(cancel)
        source = reader.read(index, language, cancel)
        if source is not None:
            yield source
        if progress is not None:
            progress("read", done, len(found))


class _Reader:
    def __init__(self, tree: PythonTree, options: SymbolOptions | MetricsOptions, account: Account) -> None:
        self.tree = tree
        self.account = account
        self.max_bytes = options.max_code_bytes
        self.types = frozenset(language_of_type(word) for word in options.types)

    def _leaves_out(self, language: str) -> bool:
        return not is_programming(language) or (bool(self.types) and language not in self.types)

    def candidates(self) -> Iterator[tuple[int, str | None]]:
        """The files to read with their languages as far as their names tell; the other source files are counted."""
        tree = self.tree
        for index, path in enumerate(tree.files):
            language = language_of_name(path)
            is_link = tree.kind(index) == "symlink"
            if language is None:
                # What has no extension may be a script, as its first line tells.
                if is_link or binary_by_name(path) is not None or b"." in path[path.rfind(b"/") + 1 :]:
                    continue
            elif self._leaves_out(language):
                continue
            reason = "symlink" if is_link else None
            if reason is None and not tree.options.vendored:
                reason = marked_reason(tree.tags(index))
            if reason is None and language is not None and language not in RECOGNISERS:
                reason = "no-scanner"
            if reason is None:
                yield index, language
            elif language is not None:
                self.account.outcome.skip(reason, path)

    def read(self, index: int, named: str | None, cancel: CancelToken | None) -> Source | None:
        """The file at ``index``, if it is source code that can be analysed; else it is counted."""
        path = self.tree.path(index)
        try:
            content, facts = read_file(self.tree, index, self.max_bytes, cancel)
        except ReadProblem as problem:
            if problem.code != "file-too-large":
                self.account.outcome.problem(path, problem)
            elif named is not None:
                self.account.too_large(path, self.max_bytes)
            return None
        language = facts.language or named
        if language is None or self._leaves_out(language):
            return None
        reason = None
        if facts.binary:
            reason = None if named is None else "binary"
        elif facts.minified and not self.tree.options.vendored:
            reason = "minified"
        elif language not in RECOGNISERS:
            reason = "no-scanner"
        else:
            self.account.read.append((path, facts.size, facts.sha256))
            return Source(path, language, decode_legacy(content).text.encode("utf-8"), facts)
        if reason is not None:
            self.account.outcome.skip(reason, path)
        return None
