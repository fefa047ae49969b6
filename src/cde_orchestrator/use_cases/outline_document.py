"""Reading the outline of one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import PathLike, UseCase, check_scan, root_of

if TYPE_CHECKING:
    from ..domain.documents import OutlineSection
    from ..domain.envelope import Answer
    from ..domain.options import ScanOptions

__all__ = ["OutlineDocumentUseCase"]


class OutlineDocumentUseCase(UseCase):
    """Lists the sections of one document with their lines and receipts."""

    def execute(self, path: PathLike, *, options: ScanOptions | None = None) -> Answer[OutlineSection]:
        """The sections of the file ``path`` in reading order."""
        return self.engines.documentation.outline(root_of(path), check_scan(options))
