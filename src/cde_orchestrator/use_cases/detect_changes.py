"""Telling what changed since a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import InvalidArgumentError
from .base import PathLike, UseCase, check_tree, root_of

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.files import Change, SnapshotEntry
    from ..domain.options import TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["DetectChangesUseCase"]


class DetectChangesUseCase(UseCase):
    """Compares a tree with an earlier snapshot of it."""

    def execute(
        self,
        path: PathLike,
        before: Sequence[SnapshotEntry],
        *,
        taken_ns: int | None = None,
        tree: TreeOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[Change]:
        """What was added, removed, changed or renamed.

        ``taken_ns`` is the time just before the snapshot was begun, in nanoseconds since 1970. A file whose metadata is
        the same and older than that needs no reading; without ``taken_ns`` every file is read, which is slow and safe.
        """
        if taken_ns is not None and (isinstance(taken_ns, bool) or not isinstance(taken_ns, int) or taken_ns < 0):
            raise InvalidArgumentError(f"taken_ns must be a whole number of at least 0, not {taken_ns!r}")
        root, tree = root_of(path), check_tree(tree)
        filesystem = self.engines.filesystem
        walked = filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        return filesystem.changes_since(walked, before, taken_ns=taken_ns or 0, cancel=cancel)
