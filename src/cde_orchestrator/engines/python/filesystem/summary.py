"""What a tree consists of: counts by language and folder, and its extremes. The twin of ``cde_filesystem::summary``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from ....domain.envelope import EngineInfo, Result
from ....domain.files import FolderSummary, LanguageSummary, TreeSummary
from ....ports.control import CancelToken, Progress
from ..control import ProgressReporter
from ..digest import snapshot_id
from .metadata import metadata_of_all
from .outcome import Outcome, marked_reason
from .read import ReadProblem, file_facts
from .tree import FileFacts, PythonTree

__all__ = ["analysed", "tree_summary"]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A file that was read for a summary."""

    path: bytes
    facts: FileFacts
    mtime_ns: int


def tree_summary(
    tree: PythonTree, engine: EngineInfo, cancel: CancelToken | None = None, progress: Progress | None = None
) -> Result[LanguageSummary]:
    """Counts by language and folder over the regular files of ``tree``, most bytes first, then by name.

    Schema ``cde.files.tree/1``. Links are passed over, and vendored, generated and minified files unless the tree was
    opened with ``vendored``.
    """
    outcome = Outcome(tree)
    files = _count(tree, analysed(tree, outcome), outcome, cancel, progress)
    outcome.scanned = len(files)
    languages: dict[str | None, list[FileFacts]] = {}
    folders: dict[bytes, list[FileFacts]] = {}
    for file in files:
        folder, slash, _ = file.path.partition(b"/")
        languages.setdefault(file.facts.language, []).append(file.facts)
        folders.setdefault(folder if slash else b".", []).append(file.facts)
    items = [LanguageSummary(language, *_totals(facts)) for language, facts in languages.items()]
    items.sort(key=lambda item: (-item.bytes, item.language is not None, item.language or ""))
    total = _totals([file.facts for file in files])
    completeness, diagnostics = outcome.finish()
    return Result(
        schema="cde.files.tree/1",
        engine=engine,
        root=tree.root,
        snapshot=snapshot_id((file.path, file.facts.size, file.facts.sha256) for file in files),
        completeness=completeness,
        summary=TreeSummary(
            files=total[0],
            bytes=total[1],
            lines=total[2],
            binary_files=sum(file.facts.binary for file in files),
            folders=tuple(
                FolderSummary(os.fsdecode(folder), *_totals(facts)) for folder, facts in sorted(folders.items())
            ),
            largest=_first_with_most(files, lambda file: file.facts.size),
            deepest=_first_with_most(files, lambda file: file.path.count(b"/")),
            newest=_first_with_most(files, lambda file: file.mtime_ns),
        ),
        items=items,
        diagnostics=diagnostics,
    )


def _totals(facts: list[FileFacts]) -> tuple[int, int, int]:
    return len(facts), sum(one.size for one in facts), sum(one.lines for one in facts)


def analysed(tree: PythonTree, outcome: Outcome) -> list[int]:
    """The regular files that analysis looks at."""
    indexes = []
    for index, path in enumerate(tree.files):
        if tree.kind(index) == "symlink":
            outcome.skip("symlink", path)
            continue
        reason = None if tree.options.vendored else marked_reason(tree.tags(index))
        if reason is None:
            indexes.append(index)
        else:
            outcome.skip(reason, path)
    return indexes


def _count(
    tree: PythonTree,
    indexes: list[int],
    outcome: Outcome,
    cancel: CancelToken | None,
    progress: Progress | None,
) -> list[_Counted]:
    files = []
    report = ProgressReporter(progress, "read", len(indexes))
    for index, metadata in metadata_of_all(tree, indexes, cancel):
        path = tree.path(index)
        try:
            if isinstance(metadata, ReadProblem):
                raise metadata
            facts = file_facts(tree, index, cancel)
        except ReadProblem as problem:
            outcome.problem(path, problem)
        else:
            if facts.minified and not tree.options.vendored:
                outcome.skip("minified", path)
            else:
                files.append(_Counted(path, facts, metadata.mtime_ns))
        report.advance()
    return files


def _first_with_most(files: list[_Counted], key: Callable[[_Counted], int]) -> str | None:
    # Of equal maxima ``max`` takes the first.
    return os.fsdecode(max(files, key=key).path) if files else None
