"""Files of equal content: by size, then by the digest of their beginning, then by the digest of all.

The twin of ``cde_filesystem::duplicates``.
"""

from __future__ import annotations

import os

from ....domain.envelope import EngineInfo, Result
from ....domain.files import DuplicateGroup, DuplicateSummary
from ....ports.control import CancelToken, Progress
from ..control import ProgressReporter, check_cancelled
from ..digest import sha256_text
from .metadata import metadata_of_all
from .outcome import Outcome
from .read import ReadProblem, file_facts
from .summary import analysed
from .tree import PythonTree

__all__ = ["duplicates"]

_BEGINNING = 16 * 1024


def duplicates(
    tree: PythonTree,
    min_size: int,
    engine: EngineInfo,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Result[DuplicateGroup]:
    """Groups of regular files of at least ``min_size`` bytes with equal content.

    Most wasted bytes first, then by first path; schema ``cde.files.duplicates/1``. Only files that have their size in
    common with another are opened. Hard links are one file. Links and, unless asked for, vendored, generated and
    minified files are passed over.
    """
    outcome = Outcome(tree)
    groups = _of_equal_size(tree, analysed(tree, outcome), min_size, outcome, cancel)
    candidates = _of_equal_beginning(tree, groups, outcome, cancel)
    by_content: dict[tuple[int, str], list[bytes]] = {}
    report = ProgressReporter(progress, "read", len(candidates))
    for index in candidates:
        check_cancelled(cancel)
        try:
            facts = file_facts(tree, index, cancel)
        except ReadProblem as problem:
            outcome.problem(tree.path(index), problem)
        else:
            by_content.setdefault((facts.size, facts.sha256), []).append(tree.path(index))
        report.advance()
    equal = [(size, digest, paths) for (size, digest), paths in by_content.items() if len(paths) > 1]
    equal.sort(key=lambda group: (-group[0] * (len(group[2]) - 1), group[2]))
    completeness, diagnostics = outcome.finish()
    return Result(
        schema="cde.files.duplicates/1",
        engine=engine,
        root=tree.root,
        snapshot=None,
        completeness=completeness,
        summary=DuplicateSummary(
            groups=len(equal),
            files=sum(len(paths) for _, _, paths in equal),
            wasted_bytes=sum(size * (len(paths) - 1) for size, _, paths in equal),
        ),
        items=[DuplicateGroup(digest, size, tuple(map(os.fsdecode, paths))) for size, digest, paths in equal],
        diagnostics=diagnostics,
    )


def _of_equal_size(
    tree: PythonTree, indexes: list[int], min_size: int, outcome: Outcome, cancel: CancelToken | None
) -> list[list[int]]:
    """Files that share their size with another; of several hard links only the first."""
    by_size: dict[int, list[int]] = {}
    seen: set[tuple[int, int]] = set()
    for index, metadata in metadata_of_all(tree, indexes, cancel):
        if isinstance(metadata, ReadProblem):
            outcome.problem(tree.path(index), metadata)
            continue
        outcome.scanned += 1
        identity = (metadata.device, metadata.inode)
        if metadata.size >= min_size and identity not in seen:
            seen.add(identity)
            by_size.setdefault(metadata.size, []).append(index)
    return [group for group in by_size.values() if len(group) > 1]


def _of_equal_beginning(
    tree: PythonTree, groups: list[list[int]], outcome: Outcome, cancel: CancelToken | None
) -> list[int]:
    """The files of ``groups`` whose beginning another file of the same group shares."""
    kept: list[int] = []
    for group in groups:
        by_beginning: dict[str, list[int]] = {}
        for index in group:
            check_cancelled(cancel)
            try:
                by_beginning.setdefault(_beginning(tree, index), []).append(index)
            except ReadProblem as problem:
                outcome.problem(tree.path(index), problem)
        for equal in by_beginning.values():
            if len(equal) > 1:
                kept += equal
    return sorted(kept)


def _beginning(tree: PythonTree, index: int) -> str:
    try:
        descriptor = tree.open_file(index)
        try:
            return sha256_text(os.read(descriptor, _BEGINNING))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise ReadProblem.from_os(error) from None
