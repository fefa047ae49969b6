"""Listing and finding files. The twin of ``cde_filesystem::list``."""

from __future__ import annotations

import os

from ....domain.envelope import EngineInfo, Result
from ....domain.files import FileRecord, FileSummary
from ....domain.options import FileFilter
from ....ports.control import CancelToken
from ..control import check_cancelled
from ..digest import snapshot_id
from .filter import CompiledFilter
from .language import binary_by_name, language_of_name
from .metadata import Metadata, metadata_of_all
from .outcome import Outcome
from .read import ReadProblem, file_facts
from .tree import FileFacts, PythonTree, Tags

__all__ = ["list_files"]


def list_files(
    tree: PythonTree, query: FileFilter, engine: EngineInfo, cancel: CancelToken | None = None
) -> Result[FileRecord]:
    """The files of ``tree`` that pass ``query``, by path bytes.

    Schema ``cde.files.list/1``, or ``cde.files.find/1`` for a name. Without ``hash`` nothing but names and metadata is
    looked at, so a record does not depend on what was read before. A file that vanished since the walk is left out.
    """
    wanted = CompiledFilter(query)
    outcome = Outcome(tree)
    outcome.scanned = len(tree)
    check_cancelled(cancel)
    indexes = [index for index, path in enumerate(tree.files) if wanted.accepts_path(path)]
    known: dict[int, Metadata] = {}
    if query.details or wanted.needs_metadata:
        for index, answer in metadata_of_all(tree, indexes, cancel):
            if isinstance(answer, ReadProblem):
                outcome.problem(tree.path(index), answer)
            elif wanted.accepts_metadata(answer):
                known[index] = answer
        indexes = list(known)
    facts = _read_all(tree, indexes, outcome, cancel) if query.hash else {}
    items = [_record(tree, index, known.get(index) if query.details else None, facts.get(index)) for index in indexes]
    snapshot = None
    if query.hash:
        snapshot = snapshot_id((tree.path(index), one.size, one.sha256) for index, one in facts.items())
    completeness, diagnostics = outcome.finish()
    return Result(
        schema="cde.files.list/1" if query.name is None else "cde.files.find/1",
        engine=engine,
        root=tree.root,
        snapshot=snapshot,
        completeness=completeness,
        summary=FileSummary(
            files=len(items),
            symlinks=sum(item.kind == "symlink" for item in items),
            bytes=sum(item.size or 0 for item in items) if query.details else None,
        ),
        items=items,
        diagnostics=diagnostics,
    )


def _read_all(
    tree: PythonTree, indexes: list[int], outcome: Outcome, cancel: CancelToken | None
) -> dict[int, FileFacts]:
    facts: dict[int, FileFacts] = {}
    for index in indexes:
        check_cancelled(cancel)
        if tree.kind(index) == "file":
            try:
                facts[index] = file_facts(tree, index, cancel)
            except ReadProblem as problem:
                outcome.problem(tree.path(index), problem)
    return facts


def _record(tree: PythonTree, index: int, metadata: Metadata | None, facts: FileFacts | None) -> FileRecord:
    path, kind, tags = tree.path(index), tree.kind(index), tree.tags(index)
    size = None if metadata is None else metadata.size if facts is None else facts.size
    language: str | None = None
    binary: bool | None = None
    if facts is not None:
        language, binary = facts.language, facts.binary
        tags |= Tags.MINIFIED if facts.minified else Tags.NONE
    elif kind == "file":
        language, binary = language_of_name(path), binary_by_name(path)
    return FileRecord(
        path=os.fsdecode(path),
        size=size,
        mtime_ns=None if metadata is None else metadata.mtime_ns,
        kind=kind,
        language=language,
        binary=binary,
        encoding=None if facts is None or facts.binary else facts.encoding,
        hash=None if facts is None else facts.sha256,
        tags=tags.names(),
    )
