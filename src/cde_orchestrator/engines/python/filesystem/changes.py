"""What differs between a tree and an earlier snapshot of it. The twin of ``cde_filesystem::changes``.

A file whose size, modification time, change time and number are those of the snapshot is unchanged without being read,
unless it is *racy*: a time of it is less than two seconds before the snapshot was begun, or later, so that a write
right after the snapshot need not show. Git's index has the same rule ("racy git"). Where the size differs the file has
changed; everything else is hashed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from ....domain.envelope import EngineInfo, Result
from ....domain.files import Change, ChangeSummary, SnapshotEntry
from ....ports.control import CancelToken
from ..control import check_cancelled
from ..digest import parse_digest
from .metadata import Metadata, metadata_of_all
from .outcome import Outcome
from .read import ReadProblem
from .snapshot import current_digest
from .tree import PythonTree

__all__ = ["changes_since"]

_RACY_NS = 2_000_000_000
"""How far times must lie before the snapshot to be trusted: the coarsest clock of a file system in use."""


def changes_since(
    tree: PythonTree,
    before: Sequence[SnapshotEntry],
    taken_ns: int,
    engine: EngineInfo,
    cancel: CancelToken | None = None,
) -> Result[Change]:
    """What differs from ``before``, which a snapshot begun at ``taken_ns`` (nanoseconds since 1970) gave.

    By path bytes, schema ``cde.files.changes/1``. A removed and an added file of the same, not empty, content are a
    rename; of several, the removed paths in their order go to the added ones in theirs. The last entry counts where
    ``before`` has a path twice.
    """
    known = {os.fsencode(entry.path): replace(entry, hash=parse_digest(entry.hash)) for entry in before}
    outcome = Outcome(tree)
    comparison = _Comparison(tree, outcome, taken_ns, cancel)
    for index, metadata in metadata_of_all(tree, range(len(tree)), cancel):
        path = tree.path(index)
        entry = known.get(path)
        if isinstance(metadata, ReadProblem):
            outcome.problem(path, metadata)
            if entry is not None and metadata.code == "vanished":
                comparison.removed[path] = entry
        elif entry is None:
            comparison.added.append((index, metadata.size))
        else:
            comparison.compare(index, metadata, entry)
    present = set(tree.files)
    comparison.removed.update((path, entry) for path, entry in known.items() if path not in present)
    outcome.scanned = len(tree)
    return comparison.finish(engine)


class _Comparison:
    def __init__(self, tree: PythonTree, outcome: Outcome, taken_ns: int, cancel: CancelToken | None) -> None:
        self._tree = tree
        self._outcome = outcome
        self._trusted_before = max(taken_ns - _RACY_NS, -(1 << 63))
        self._cancel = cancel
        self._unchanged = 0
        self._hashed = 0
        self._changed: list[int] = []
        self._unproven: list[tuple[int, SnapshotEntry]] = []
        self.added: list[tuple[int, int]] = []
        self.removed: dict[bytes, SnapshotEntry] = {}

    def compare(self, index: int, now: Metadata, entry: SnapshotEntry) -> None:
        same = (now.size, now.mtime_ns, now.ctime_ns, now.inode) == (
            entry.size,
            entry.mtime_ns,
            entry.ctime_ns,
            entry.inode,
        )
        if same and max(now.mtime_ns, now.ctime_ns) < self._trusted_before:
            self._unchanged += 1
        elif now.size != entry.size:
            self._changed.append(index)
        else:
            self._unproven.append((index, entry))

    def finish(self, engine: EngineInfo) -> Result[Change]:
        tree = self._tree
        for index, entry in self._unproven:
            check_cancelled(self._cancel)
            try:
                digest = current_digest(tree, index, self._cancel)
            except ReadProblem as problem:
                self._outcome.problem(tree.path(index), problem)
                if problem.code == "vanished":
                    self.removed[tree.path(index)] = entry
                continue
            self._hashed += 1
            if digest == entry.hash:
                self._unchanged += 1
            else:
                self._changed.append(index)
        renames = self._renames()
        changes = {tree.path(index): Change(os.fsdecode(tree.path(index)), "changed", None) for index in self._changed}
        gone = dict(self.removed)
        for index, _ in self.added:
            path = tree.path(index)
            old = renames.get(index)
            if old is None:
                changes[path] = Change(os.fsdecode(path), "added", None)
            else:
                changes[path] = Change(os.fsdecode(path), "renamed", os.fsdecode(old))
                del gone[old]
        for path in gone:
            changes[path] = Change(os.fsdecode(path), "removed", None)
        items = [changes[path] for path in sorted(changes)]
        completeness, diagnostics = self._outcome.finish()
        return Result(
            schema="cde.files.changes/1",
            engine=engine,
            root=tree.root,
            snapshot=None,
            completeness=completeness,
            summary=ChangeSummary(
                added=sum(item.kind == "added" for item in items),
                removed=sum(item.kind == "removed" for item in items),
                changed=sum(item.kind == "changed" for item in items),
                renamed=sum(item.kind == "renamed" for item in items),
                unchanged=self._unchanged,
                hashed=self._hashed,
            ),
            items=items,
            diagnostics=diagnostics,
        )

    def _renames(self) -> dict[int, bytes]:
        """The old path of each added file that is a removed one under another name.

        Only added files that have the size of a removed one are hashed.
        """
        waiting: dict[tuple[int, str], list[bytes]] = {}
        # In reverse, so that the first path is taken from the end.
        for path, entry in sorted(self.removed.items(), key=lambda item: item[0], reverse=True):
            if entry.size > 0:
                waiting.setdefault((entry.size, entry.hash), []).append(path)
        sizes = {size for size, _ in waiting}
        renames: dict[int, bytes] = {}
        for index, size in self.added:
            if size not in sizes:
                continue
            check_cancelled(self._cancel)
            try:
                digest = current_digest(self._tree, index, self._cancel)
            except ReadProblem as problem:
                self._outcome.problem(self._tree.path(index), problem)
                continue
            self._hashed += 1
            old = waiting.get((size, digest))
            if old:
                renames[index] = old.pop()
        return renames
