"""Finding out who links to whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..domain.options import GraphOptions
from .base import PathLike, UseCase, check_scan, check_tree, root_of, texts_of

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.graph import LinkNode
    from ..domain.options import ScanOptions, TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["BuildLinkGraphUseCase"]


class BuildLinkGraphUseCase(UseCase):
    """Connects the documents of a tree by their links."""

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        options: ScanOptions | None = None,
        graph: GraphOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[LinkNode]:
        """The documents below ``path`` by path bytes, each with the documents that it links to.

        An entry of ``graph`` that is no scanned document raises ``InvalidArgumentError``.
        """
        root, tree, graph = root_of(path), check_tree(tree), graph or GraphOptions()
        texts_of("entries", graph.entries)
        options = replace(check_scan(options), detail="full")
        engines = self.engines
        walked = engines.filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        scan = engines.documentation.scan(walked, options, cancel=cancel, progress=progress)
        return engines.documentation.graph(walked, scan, graph, cancel=cancel)
