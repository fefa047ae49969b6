"""Measuring how large and how complex source code is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..domain.audit import ComplexFunction
from .base import PathLike, UseCase, check_metrics, check_tree, root_of
from .code_tree import open_code_tree

if TYPE_CHECKING:
    from ..domain.code import FileMetrics, FunctionMetrics
    from ..domain.envelope import Answer
    from ..domain.options import MetricsOptions, TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["MeasureCodeUseCase", "most_complex"]


class MeasureCodeUseCase(UseCase):
    """Measures the source files of a tree and the functions in them.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.py").write_text("def sign(x):\\n    if x < 0: return -1\\n    return 1\\n")
    >>> (file,) = MeasureCodeUseCase("python").execute(root).items
    >>> [(function.name, function.cyclomatic, function.cognitive) for function in file.functions]
    [('sign', 2, 1)]
    """

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        options: MetricsOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[FileMetrics]:
        """The measures of the source files below the folder ``path``, by path bytes.

        Raises ``InvalidArgumentError`` for an unknown type, and ``CdeError`` if the tree cannot be walked; a file that
        cannot be read or analysed is a diagnostic.
        """
        root, tree, options = root_of(path), check_tree(tree), check_metrics(options)
        walked = open_code_tree(self.engines, root, tree, cancel, progress)
        return self.engines.code.metrics(walked, options, cancel=cancel, progress=progress)


def most_complex(files: Iterable[FileMetrics], most: int) -> tuple[ComplexFunction, ...]:
    """The ``most`` functions (0: all) of the highest cognitive, then cyclomatic complexity, then by path and line."""
    found: list[ComplexFunction] = []
    for file in sorted(files, key=lambda one: -one.cognitive):
        # No function is more complex than its file, so that the functions of most files need not be looked at.
        if most and len(found) == most and file.cognitive < found[-1].cognitive:
            break
        found += (_complex(file, function) for function in file.functions)
        if most:
            found = sorted(found, key=_worst_first)[:most]
    return tuple(found) if most else tuple(sorted(found, key=_worst_first))


def _worst_first(function: ComplexFunction) -> tuple[int, int, bytes, int]:
    return -function.cognitive, -function.cyclomatic, os.fsencode(function.path), function.line


def _complex(file: FileMetrics, function: FunctionMetrics) -> ComplexFunction:
    return ComplexFunction(
        path=file.path,
        language=file.language,
        name=function.name,
        line=function.line,
        end_line=function.end_line,
        code=function.code,
        parameters=function.parameters,
        nesting=function.nesting,
        cyclomatic=function.cyclomatic,
        cognitive=function.cognitive,
        ref=function.ref,
    )
