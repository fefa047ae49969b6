"""The code capability of the Python engine."""

from __future__ import annotations

from ....domain.code import FileMetrics, Symbol
from ....domain.envelope import Answer, EngineInfo
from ....domain.options import MetricsOptions, SymbolOptions
from ....ports.control import CancelToken, Progress
from ....ports.filesystem import Tree
from ..filesystem.engine import python_tree
from .metrics import metrics_of_tree
from .symbols import symbols_of_tree

__all__ = ["PythonCodeEngine"]


class PythonCodeEngine:
    """Implements :class:`~cde_orchestrator.ports.code.CodeEngine`."""

    def __init__(self, engine: EngineInfo) -> None:
        self._engine = engine

    def symbols(
        self,
        tree: Tree,
        options: SymbolOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[Symbol]:
        """The definitions of every source file of ``tree``."""
        return symbols_of_tree(python_tree(tree), options, self._engine, cancel, progress)

    def metrics(
        self,
        tree: Tree,
        options: MetricsOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[FileMetrics]:
        """How large and complex every source file of ``tree`` is."""
        return metrics_of_tree(python_tree(tree), options, self._engine, cancel, progress)
