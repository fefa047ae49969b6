"""Questions about source code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...domain.options import MetricsOptions, SymbolOptions, TreeOptions
from ...use_cases.base import PathLike, texts_of
from ...use_cases.find_symbols import FindSymbolsUseCase
from ...use_cases.measure_code import MeasureCodeUseCase

if TYPE_CHECKING:
    from ...domain.code import FileMetrics, Symbol
    from ...domain.envelope import Answer
    from ...ports.control import CancelToken, Progress

__all__ = ["code_metrics", "code_symbols"]


def code_metrics(
    path: PathLike = ".",
    *,
    types: Sequence[str] = (),
    max_code_bytes: int = 4 * 1024 * 1024,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[FileMetrics]:
    """How large and how complex the source files below the folder ``path`` and their functions are, by path bytes.

    Lines are counted as code, comment or blank, each as one of them; functions have parameters, nesting, cyclomatic and
    cognitive complexity. ``types`` keeps the files in these languages, by name or extension; an unknown type raises
    ``InvalidArgumentError`` that names the nearest known one. What is passed over is told as by :func:`code_symbols`.

    Items: :class:`FileMetrics`. Summary: :class:`MetricsSummary`. Schema ``cde.code.metrics/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.py").write_text("# Signs.\\n\\ndef sign(x):\\n    return -1 if x < 0 else 1\\n")
    >>> answer = code_metrics(root, engine="python")
    >>> answer.summary.code, answer.summary.comment, answer.summary.blank
    (2, 1, 1)
    >>> for function in answer.items[0].functions:
    ...     print(function.line, function.name, function.parameters, function.cyclomatic, function.cognitive)
    3 sign 1 2 1
    """
    options = MetricsOptions(types=texts_of("types", types), max_code_bytes=max_code_bytes)
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    return MeasureCodeUseCase(engine).execute(path, tree=tree, options=options, cancel=cancel, progress=progress)


def code_symbols(
    path: PathLike = ".",
    *,
    kinds: Sequence[str] = (),
    exported: bool = False,
    types: Sequence[str] = (),
    max_code_bytes: int = 4 * 1024 * 1024,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[Symbol]:
    """The definitions in the source files below the folder ``path``, by path bytes and place.

    ``kinds`` keeps the definitions of these kinds (``class``, ``function``, ``method``, ``constant``, ...),
    ``exported`` those that their file offers to others, ``types`` the files in these languages, by name or extension;
    an unknown kind or type raises ``InvalidArgumentError`` that names the nearest known one. Lines and columns count
    from 1, columns in code points; ``start`` and ``end`` are byte offsets in the file's text as UTF-8.

    A file in a language without a scanner is counted among the skipped (``no-scanner``). A file above
    ``max_code_bytes`` is named in a diagnostic and makes the answer partial; one whose strings or brackets do not close
    is analysed as far as it goes and named in a diagnostic.

    Items: :class:`Symbol`. Summary: :class:`SymbolSummary`. Schema ``cde.code.symbols/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.py").write_text("LIMIT = 3\\n\\ndef run(times: int = LIMIT) -> None:\\n    '''Runs.'''\\n")
    >>> for symbol in code_symbols(root, engine="python").items:
    ...     print(symbol.line, symbol.kind, symbol.signature, symbol.doc)
    1 constant LIMIT = 3 None
    3 function def run(times: int = LIMIT) -> None Runs.
    """
    options = SymbolOptions(
        kinds=texts_of("kinds", kinds),
        exported=exported,
        types=texts_of("types", types),
        max_code_bytes=max_code_bytes,
    )
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    return FindSymbolsUseCase(engine).execute(path, tree=tree, options=options, cancel=cancel, progress=progress)
