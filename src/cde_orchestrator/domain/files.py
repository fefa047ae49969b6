"""Records of the filesystem capability."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .fields import PATH

__all__ = [
    "Change",
    "ChangeSummary",
    "DuplicateGroup",
    "DuplicateSummary",
    "FileRecord",
    "FileSummary",
    "FolderSummary",
    "LanguageSummary",
    "SnapshotEntry",
    "SnapshotSummary",
    "TextFile",
    "TextSummary",
    "TreeSummary",
]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file in scope.

    ``size`` is in bytes and ``mtime_ns`` in nanoseconds since 1970; both are ``None`` where the listing was asked not
    to look (``details=False``). ``binary`` is known by type, or by content where contents were read; ``encoding`` and
    ``hash`` (``sha256:`` and 64 hex digits) only where contents were read. ``tags`` holds ``vendored``, ``generated``
    and ``minified`` as they apply, sorted.
    """

    path: str = field(metadata=PATH)
    size: int | None
    mtime_ns: int | None
    kind: Literal["file", "symlink"]
    language: str | None
    binary: bool | None
    encoding: str | None
    hash: str | None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileSummary:
    """Over a listing: number of files, symbolic links among them, total bytes (``None`` without details)."""

    files: int
    symlinks: int
    bytes: int | None


@dataclass(frozen=True, slots=True)
class LanguageSummary:
    """One language of the tree: files, bytes and lines of text files in it. ``language`` is ``None`` if unknown."""

    language: str | None
    files: int
    bytes: int
    lines: int


@dataclass(frozen=True, slots=True)
class FolderSummary:
    """One folder directly below the root (``.`` for the root's own files): files, bytes, lines, in all depths."""

    path: str = field(metadata=PATH)
    files: int
    bytes: int
    lines: int


@dataclass(frozen=True, slots=True)
class TreeSummary:
    """Totals of a tree; the items of the answer are :class:`LanguageSummary`, most bytes first, then by name.

    ``largest`` and ``newest`` name one file each and ``deepest`` one path with the most components (the first by path
    bytes on a tie); each is ``None`` for an empty tree.
    """

    files: int
    bytes: int
    lines: int
    binary_files: int
    folders: tuple[FolderSummary, ...]
    largest: str | None = field(metadata=PATH)
    deepest: str | None = field(metadata=PATH)
    newest: str | None = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file's text and what was done to obtain it.

    ``encoding`` names what the bytes were decoded from (``utf-8``, ``utf-16-le``, ``utf-16-be``, ``windows-1252``);
    ``bom`` says whether a byte order mark was removed; ``line_ending`` is ``lf``, ``crlf``, ``cr``, ``mixed`` or
    ``none``; ``invalid_bytes`` counts bytes replaced by U+FFFD. ``ref`` is the receipt ``path#L1-Ln@hash12``.
    """

    path: str = field(metadata=PATH)
    size: int
    hash: str
    encoding: str
    bom: bool
    line_ending: Literal["lf", "crlf", "cr", "mixed", "none"]
    invalid_bytes: int
    line_count: int
    ref: str = field(metadata=PATH)
    text: str


@dataclass(frozen=True, slots=True)
class TextSummary:
    """What a reading comes to: files read, their bytes and lines."""

    files: int
    bytes: int
    lines: int


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Files of equal content: their digest, the size of one, and the paths. Hard links count as one file."""

    hash: str
    size: int
    paths: tuple[str, ...] = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class DuplicateSummary:
    """Over all groups: groups, files in them, and bytes that would be freed by keeping one of each."""

    groups: int
    files: int
    wasted_bytes: int


@dataclass(frozen=True, slots=True)
class SnapshotEntry:
    """What is remembered of a file to tell later whether it changed; ``hash`` of a link is that of what it holds."""

    path: str = field(metadata=PATH)
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    hash: str


@dataclass(frozen=True, slots=True)
class SnapshotSummary:
    """What a snapshot holds: files (links among them) and their bytes."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a file since a snapshot; ``old_path`` is set for a rename only.

    A rename is a removed and an added file of the same, not empty, content. Where several have it, the removed paths
    in their order go to the added paths in theirs.
    """

    path: str = field(metadata=PATH)
    kind: Literal["added", "removed", "changed", "renamed"]
    old_path: str | None = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """Counts by kind, and how many files were hashed.

    That is where metadata did not prove a file unchanged, and where an added file might be a renamed one.
    """

    added: int
    removed: int
    changed: int
    renamed: int
    unchanged: int
    hashed: int
