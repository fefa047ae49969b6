"""Reading every document of a tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .base import PathLike, UseCase, check_scan, check_tree, detail_of, root_of

if TYPE_CHECKING:
    from ..domain.options import ScanOptions, TreeOptions
    from ..ports.control import CancelToken, Progress
    from ..ports.documentation import Scan

__all__ = ["ScanDocumentationUseCase"]


class ScanDocumentationUseCase(UseCase):
    """Reads the documents of a tree: front matter, headings, links, code blocks and measures.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.md").write_text("# One\\n\\n[two](b.md)\\n")
    >>> answer = ScanDocumentationUseCase().execute(root, detail_level="name_only")
    >>> [document.path for document in answer.items]
    ['a.md']
    """

    def execute(
        self,
        path: PathLike = ".",
        *,
        detail_level: str | None = None,
        tree: TreeOptions | None = None,
        options: ScanOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Scan:
        """Every document below ``path``, by path bytes.

        ``detail_level`` is ``name_only`` (or ``names``), ``summary`` or ``full``, and stands above ``options.detail``.
        Raises ``CdeError`` if the tree cannot be walked; a document that cannot be read is a diagnostic.
        """
        root, tree, options = root_of(path), check_tree(tree), check_scan(options)
        options = replace(options, detail=detail_of(detail_level or options.detail))
        engines = self.engines
        walked = engines.filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        return engines.documentation.scan(walked, options, cancel=cancel, progress=progress)
