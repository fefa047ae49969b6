"""Judging the documents of a tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .base import PathLike, check_rules, check_scan, check_tree, root_of
from .validate_schemas import CheckingUseCase

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.findings import Finding
    from ..domain.options import CheckOptions, ScanOptions, TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["AnalyzeDocumentationUseCase"]


class AnalyzeDocumentationUseCase(CheckingUseCase):
    """Checks links, structure, metadata and content of the documents of a tree."""

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        options: ScanOptions | None = None,
        rules: CheckOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[Finding]:
        """The findings below ``path``, by path, line, column and rule.

        ``rules`` selects what is checked; a name that is neither rule nor group raises ``InvalidArgumentError``.
        """
        root, tree, rules = root_of(path), check_tree(tree), check_rules(rules)
        options = replace(check_scan(options), detail="full")
        engines = self.engines
        walked = engines.filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        scan = engines.documentation.scan(walked, options, check=rules, cancel=cancel, progress=progress)
        answer = engines.documentation.check(walked, scan, rules, cancel=cancel)
        return self._checked(walked, scan, answer, rules)
