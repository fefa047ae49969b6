"""What to remember of a tree to tell later what changed. The twin of ``cde_filesystem::snapshot``."""

from __future__ import annotations

import os

from ....domain.envelope import EngineInfo, Result
from ....domain.files import SnapshotEntry, SnapshotSummary
from ....ports.control import CancelToken, Progress
from ..control import ProgressReporter, check_cancelled
from ..digest import sha256_text, snapshot_id
from .metadata import Asker, metadata_of
from .outcome import Outcome
from .read import ReadProblem, stream_facts
from .tree import PythonTree

__all__ = ["current_digest", "snapshot"]


def snapshot(
    tree: PythonTree, engine: EngineInfo, cancel: CancelToken | None = None, progress: Progress | None = None
) -> Result[SnapshotEntry]:
    """Size, times, number and digest of every file of ``tree``. Schema ``cde.files.snapshot/1``.

    Take the time before calling: ``changes_since`` hashes again whatever changed later than two seconds before it. A
    file that cannot be read has a diagnostic and no entry.
    """
    outcome = Outcome(tree)
    items: list[SnapshotEntry] = []
    report = ProgressReporter(progress, "read", len(tree))
    with Asker(tree) as asker:
        for index, path in enumerate(tree.files):
            check_cancelled(cancel)
            try:
                items.append(_entry(tree, asker, index, cancel))
            except ReadProblem as problem:
                outcome.problem(path, problem)
            report.advance()
    outcome.scanned = len(items)
    completeness, diagnostics = outcome.finish()
    return Result(
        schema="cde.files.snapshot/1",
        engine=engine,
        root=tree.root,
        snapshot=snapshot_id((os.fsencode(item.path), item.size, item.hash) for item in items),
        completeness=completeness,
        summary=SnapshotSummary(len(items), sum(item.size for item in items)),
        items=items,
        diagnostics=diagnostics,
    )


def _entry(tree: PythonTree, asker: Asker, index: int, cancel: CancelToken | None) -> SnapshotEntry:
    path = tree.path(index)
    if tree.kind(index) == "symlink":
        metadata = asker.metadata(path)
        target = asker.link_target(path)
        size, digest = len(target), sha256_text(target)
    else:
        descriptor = _open(tree, index)
        try:
            # Metadata from before the content: a write in between makes the entry stale, never falsely clean.
            metadata = metadata_of(os.fstat(descriptor))
            facts = stream_facts(path, descriptor, cancel)
        finally:
            os.close(descriptor)
        tree.remember(index, facts)
        size, digest = facts.size, facts.sha256
    return SnapshotEntry(os.fsdecode(path), size, metadata.mtime_ns, metadata.ctime_ns, metadata.inode, digest)


def _open(tree: PythonTree, index: int) -> int:
    try:
        return tree.open_file(index)
    except OSError as error:
        raise ReadProblem.from_os(error) from None


def current_digest(tree: PythonTree, index: int, cancel: CancelToken | None) -> str:
    """The digest of a file's bytes as they are now, whatever the tree remembers, or of what a link holds.

    Raises :class:`ReadProblem`.
    """
    if tree.kind(index) == "symlink":
        with Asker(tree) as asker:
            return sha256_text(asker.link_target(tree.path(index)))
    descriptor = _open(tree, index)
    try:
        return stream_facts(tree.path(index), descriptor, cancel).sha256
    finally:
        os.close(descriptor)
