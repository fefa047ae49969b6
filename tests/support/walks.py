"""Walking a folder with one engine, by name, without the other capabilities."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cde_orchestrator.domain.envelope import Answer, EngineInfo
from cde_orchestrator.domain.files import FileRecord
from cde_orchestrator.domain.options import FileFilter, TreeOptions
from cde_orchestrator.engines.select import inspect_core
from cde_orchestrator.ports.filesystem import FilesystemEngine
from conftest import CORE_REQUIRED, require_core

__all__ = ["Lister", "all_listers", "filesystem_engine", "in_environment", "list_answer", "lister"]

Lister = Callable[[bytes, bool], list[bytes]]


def filesystem_engine(name: str) -> FilesystemEngine:
    """The filesystem capability of the engine ``name``."""
    info = EngineInfo(name, "0", "test")
    if name == "rust":
        from cde_orchestrator.engines.rust.filesystem import RustFilesystemEngine

        return RustFilesystemEngine(info)
    from cde_orchestrator.engines.python.filesystem.engine import PythonFilesystemEngine

    return PythonFilesystemEngine(info)


def list_answer(engine: str, root: bytes | Path, **options: Any) -> Answer[FileRecord]:
    """The listing of ``root`` without details; ``options`` are those of the tree."""
    filesystem = filesystem_engine(engine)
    tree = filesystem.open_tree(os.fsdecode(root), TreeOptions(**options))
    return filesystem.list_files(tree, FileFilter(details=False))


def lister(engine: str) -> Lister:
    """What lists ``root``, hidden names included or not, as bytes."""

    def list_paths(root: bytes, hidden: bool) -> list[bytes]:
        return [os.fsencode(record.path) for record in list_answer(engine, root, hidden=hidden).items]

    return list_paths


def all_listers() -> dict[str, Lister]:
    """One per engine, so that a process of git serves both; without the core only where that is allowed."""
    if CORE_REQUIRED:
        require_core()
    names = ["python", "rust"] if inspect_core().state == "usable" else ["python"]
    return {name: lister(name) for name in names}


@contextmanager
def in_environment(extra: dict[str, str]) -> Iterator[None]:
    """Settings of git come from ``extra`` alone."""
    before = dict(os.environ)
    for name in before:
        if name.startswith(("GIT_", "XDG_")):
            del os.environ[name]
    os.environ.update(extra)
    try:
        yield
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update(before)
