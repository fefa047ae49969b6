"""What the code capability answers, whichever engine does the work."""

from __future__ import annotations

from typing import Protocol

from ..domain.code import Symbol
from ..domain.envelope import Answer
from ..domain.options import SymbolOptions
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
