"""Finding what is defined where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import PathLike, UseCase, check_symbols, check_tree, root_of
from .code_tree import open_code_tree

if TYPE_CHECKING:
    from ..domain.code import Symbol
    from ..domain.envelope import Answer
    from ..domain.options import SymbolOptions, TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["FindSymbolsUseCase"]


class FindSymbolsUseCase(UseCase):
    """Finds the definitions in the source files of a tree.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.py").write_text("class A:\\n    def run(self): ...\\n")
    >>> answer = FindSymbolsUseCase("python").execute(root)
    >>> [(symbol.qualified_name, symbol.kind, symbol.line) for symbol in answer.items]
    [('A', 'class', 1), ('A.run', 'method', 2)]
    """

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        options: SymbolOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[Symbol]:
        """The definitions below the folder ``path``, by path bytes and place.

        Raises ``InvalidArgumentError`` for an unknown kind or type, and ``CdeError`` if the tree cannot be walked; a
        file that cannot be read or analysed is a diagnostic.
        """
        root, tree, options = root_of(path), check_tree(tree), check_symbols(options)
        walked = open_code_tree(self.engines, root, tree, cancel, progress)
        return self.engines.code.symbols(walked, options, cancel=cancel, progress=progress)
