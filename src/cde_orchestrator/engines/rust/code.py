"""The code capability over the core."""

from __future__ import annotations

import cde_rust_core as core

from ...domain.code import FileMetrics, Symbol
from ...domain.envelope import Answer, EngineInfo
from ...domain.options import MetricsOptions, SymbolOptions
from ...ports.control import CancelToken, Progress
from ...ports.filesystem import Tree
from .answer import RustAnswer, translated
from .filesystem import core_token, core_tree

__all__ = ["RustCodeEngine"]


class RustCodeEngine:
    """Implements :class:`~cde_orchestrator.ports.code.CodeEngine`."""

    def __init__(self, engine: EngineInfo) -> None:
        self._engine = engine

    @translated
    def symbols(
        self,
        tree: Tree,
        options: SymbolOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[Symbol]:
        """The definitions of every source file of ``tree``."""
        answer = core.code_symbols(
            core_tree(tree),
            kinds=options.kinds,
            exported=options.exported,
            types=options.types,
            max_code_bytes=options.max_code_bytes,
            cancel=core_token(cancel),
            progress=progress,
        )
        return RustAnswer(answer, self._engine)

    @translated
    def metrics(
        self,
        tree: Tree,
        options: MetricsOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[FileMetrics]:
        """How large and complex every source file of ``tree`` is."""
        answer = core.code_metrics(
            core_tree(tree),
            types=options.types,
            max_code_bytes=options.max_code_bytes,
            cancel=core_token(cancel),
            progress=progress,
        )
        return RustAnswer(answer, self._engine)
