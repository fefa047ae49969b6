"""Questions about files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from ...domain.options import FileFilter, TreeOptions
from ...use_cases.base import PathLike, texts_of
from ...use_cases.detect_changes import DetectChangesUseCase
from ...use_cases.find_duplicates import FindDuplicatesUseCase
from ...use_cases.find_files import FindFilesUseCase
from ...use_cases.list_files import ListFilesUseCase
from ...use_cases.read_text import DEFAULT_MAX_BYTES, ReadTextUseCase
from ...use_cases.summarize_tree import SummarizeTreeUseCase
from ...use_cases.take_snapshot import TakeSnapshotUseCase

if TYPE_CHECKING:
    from ...domain.envelope import Answer
    from ...domain.files import Change, DuplicateGroup, FileRecord, LanguageSummary, SnapshotEntry, TextFile
    from ...ports.control import CancelToken, Progress

__all__ = [
    "changes_since",
    "find_duplicates",
    "find_files",
    "list_files",
    "read_text",
    "take_snapshot",
    "tree_summary",
]


def list_files(
    path: PathLike = ".",
    *,
    globs: Sequence[str] = (),
    excludes: Sequence[str] = (),
    types: Sequence[str] = (),
    min_size: int | None = None,
    max_size: int | None = None,
    changed_after_ns: int | None = None,
    details: bool = True,
    hash: bool = False,  # noqa: A002 - the name of the field that it fills
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[FileRecord]:
    """The files below ``path`` in scope, by the bytes of their paths.

    A file has to match one of ``globs`` (if any) and none of ``excludes``; a glob without ``/`` is matched with the
    name, one with ``/`` with the whole path. ``types`` are names or extensions of languages. Sizes are in bytes,
    ``changed_after_ns`` in nanoseconds since 1970. ``details=False`` leaves size and time out, which is several times
    faster; ``hash=True`` reads the files and adds their SHA-256 and encoding.

    Items: :class:`FileRecord`. Summary: :class:`FileSummary`. Schema ``cde.files.list/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.py").write_text("pass\\n"); _ = (root / "b.md").write_text("# B\\n")
    >>> [(file.path, file.size) for file in list_files(root, types=["py"]).items]
    [('a.py', 5)]
    """
    query = FileFilter(
        globs=texts_of("globs", globs),
        excludes=texts_of("excludes", excludes),
        types=texts_of("types", types),
        min_size=min_size,
        max_size=max_size,
        changed_after_ns=changed_after_ns,
        details=details,
        hash=hash,
    )
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    return ListFilesUseCase(engine).execute(path, tree=tree, query=query, cancel=cancel, progress=progress)


def find_files(
    name: str,
    path: PathLike = ".",
    *,
    kind: Literal["glob", "regex"] = "glob",
    types: Sequence[str] = (),
    details: bool = True,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[FileRecord]:
    """The files below ``path`` that match ``name``, by the bytes of their paths.

    A glob is matched with the file name, or with the whole path if it holds a ``/``; a regular expression is searched
    in the path. Other arguments, the items and the summary are those of :func:`list_files`. Schema
    ``cde.files.find/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "test_a.py").write_text(""); _ = (root / "a.py").write_text("")
    >>> [file.path for file in find_files("test_*", root).items]
    ['test_a.py']
    """
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    query = FileFilter(types=texts_of("types", types), details=details)
    return FindFilesUseCase(engine).execute(
        name, path, kind=kind, tree=tree, query=query, cancel=cancel, progress=progress
    )


def tree_summary(
    path: PathLike = ".",
    *,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[LanguageSummary]:
    """Files, bytes and lines below ``path``, by language (the items) and by folder (in the summary).

    Items: :class:`LanguageSummary`, most bytes first. Summary: :class:`TreeSummary`. Schema ``cde.files.tree/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.py").write_text("x = 1\\ny = 2\\n")
    >>> answer = tree_summary(root)
    >>> answer.summary.lines, [(item.language, item.files) for item in answer.items]
    (2, [('Python', 1)])
    """
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    return SummarizeTreeUseCase(engine).execute(path, tree=tree, cancel=cancel, progress=progress)


def read_text(path: PathLike, *, max_bytes: int = DEFAULT_MAX_BYTES, engine: str | None = None) -> Answer[TextFile]:
    """The file ``path`` as text, and what was done to decode it.

    A file larger than ``max_bytes`` raises ``LimitExceededError``. The answer has one item, a :class:`TextFile`.
    Summary: :class:`TextSummary`. Schema ``cde.files.read/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.txt").write_bytes(b"caf\\xe9\\r\\n")
    >>> file = read_text(root / "a.txt").items[0]
    >>> file.encoding, file.line_ending, file.text
    ('windows-1252', 'crlf', 'café\\r\\n')
    """
    return ReadTextUseCase(engine).execute(path, max_bytes=max_bytes)


def find_duplicates(
    path: PathLike = ".",
    *,
    min_size: int = 1,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[DuplicateGroup]:
    """Groups of files below ``path`` with equal content of at least ``min_size`` bytes.

    Items: :class:`DuplicateGroup`, most wasted bytes first, then by first path; hard links count as one file.
    Summary: :class:`DuplicateSummary`. Schema ``cde.files.duplicates/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> for name in ("a", "b", "c"): _ = (root / name).write_text("same" if name < "c" else "else")
    >>> [group.paths for group in find_duplicates(root).items]
    [('a', 'b')]
    """
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    return FindDuplicatesUseCase(engine).execute(path, min_size=min_size, tree=tree, cancel=cancel, progress=progress)


def take_snapshot(
    path: PathLike = ".",
    *,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[SnapshotEntry]:
    """What has to be remembered of the files below ``path`` to tell later which of them changed.

    Items: :class:`SnapshotEntry`, by path bytes. Summary: :class:`SnapshotSummary`. Schema ``cde.files.snapshot/1``.
    Note the time before you call: :func:`changes_since` needs it to be fast.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.txt").write_text("a")
    >>> [entry.path for entry in take_snapshot(root).items]
    ['a.txt']
    """
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    return TakeSnapshotUseCase(engine).execute(path, tree=tree, cancel=cancel, progress=progress)


def changes_since(
    path: PathLike,
    before: Answer[SnapshotEntry] | Sequence[SnapshotEntry],
    *,
    taken_ns: int | None = None,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[Change]:
    """What happened to the files below ``path`` since the snapshot ``before``.

    ``taken_ns`` is the time just before the snapshot was begun (:func:`time.time_ns`). With it, files whose size, times
    and inode are the same are not read again, unless they were changed so shortly before the snapshot that their time
    proves nothing. Without it every file is read. The five keywords of the walk have to be those of the snapshot.

    Items: :class:`Change`, by path bytes. Summary: :class:`ChangeSummary`. Schema ``cde.files.changes/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.txt").write_text("a"); _ = (root / "b.txt").write_text("b")
    >>> before = take_snapshot(root)
    >>> _ = (root / "a.txt").write_text("A"); (root / "b.txt").unlink()
    >>> [(change.path, change.kind) for change in changes_since(root, before).items]
    [('a.txt', 'changed'), ('b.txt', 'removed')]
    """
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    entries = before if isinstance(before, Sequence) else before.items
    return DetectChangesUseCase(engine).execute(
        path, entries, taken_ns=taken_ns, tree=tree, cancel=cancel, progress=progress
    )
