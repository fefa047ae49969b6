"""What the code capability answers, whichever engine does the work."""

from __future__ import annotations

from typing import Protocol

from ..domain.code import FileMetrics, Symbol
from ..domain.envelope import Answer
from ..domain.options import MetricsOptions, SymbolOptions
from .control import CancelToken, Progress
from .filesystem import Tree

__all__ = ["CodeEngine"]


class CodeEngine(Protocol):
    """Reading source code without running it."""

    def symbols(
        self,
        tree: Tree,
        options: SymbolOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[Symbol]:
        """The definitions of every source file of ``tree``, by path bytes and place. Schema ``cde.code.symbols/1``."""

    def metrics(
        self,
        tree: Tree,
        options: MetricsOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[FileMetrics]:
        """How large and complex every source file of ``tree`` is, by path bytes. Schema ``cde.code.metrics/1``."""
