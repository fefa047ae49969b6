"""Listings, tree summaries and duplicates as text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ...domain.envelope import Answer
from ...domain.files import DuplicateGroup, DuplicateSummary, FileRecord, LanguageSummary, TreeSummary
from .numbers import count, permille, plural, size
from .style import Style, safe_path
from .table import table

__all__ = ["duplicates_text", "hashes", "paths", "tree_text"]

_UNSAFE_BYTES = re.compile(rb"[\x01-\x1f\x7f-\xff\\]")
_GAUGE = 16
_MOST_LANGUAGES = 20
_MOST_FOLDERS = 20


def paths(answer: Answer[FileRecord], *, null: bool) -> bytes:
    """The paths of a listing: as they are, each ended by a NUL byte, or as they are shown, one a line.

    The core hands its paths over as one buffer, so that no Python object is made for each.
    """
    raw = _raw_paths(answer)
    if null:
        return raw
    if _UNSAFE_BYTES.search(raw) is None:
        return raw.replace(b"\0", b"\n")
    shown = (safe_path(os.fsdecode(path)) for path in raw.split(b"\0")[:-1])
    return "".join(f"{path}\n" for path in shown).encode()


def _raw_paths(answer: Answer[FileRecord]) -> bytes:
    write = getattr(answer, "write_paths", None)
    if write is not None:
        return bytes(write(raw=True))
    return b"".join(os.fsencode(record.path) + b"\0" for record in answer.items)


def hashes(answer: Answer[FileRecord], *, null: bool) -> bytes:
    """Digest and path of each file, in the layout of ``sha256sum``."""
    end = b"\0" if null else b"\n"
    lines = []
    for record in answer.items:
        digest = (record.hash or "-").removeprefix("sha256:").encode()
        lines.append(digest + b"  " + (os.fsencode(record.path) if null else safe_path(record.path).encode()) + end)
    return b"".join(lines)


def tree_text(style: Style, answer: Answer[LanguageSummary]) -> Iterator[str]:
    """Totals, languages and folders."""
    summary = answer.summary
    if not isinstance(summary, TreeSummary):
        raise TypeError("a tree summary is needed")
    dot = f"  {style.bullet}  "
    totals = [plural(summary.files, "file"), size(summary.bytes), plural(summary.lines, "line")]
    if summary.binary_files:
        totals.append(f"{count(summary.binary_files)} binary")
    yield style.bold(safe_path(answer.root)) + dot + dot.join(totals)
    if not summary.files:
        return
    yield ""
    rows = [_row(style, item.language or "(unknown)", item, summary) for item in answer.items]
    yield from _ranked(style, "Language", rows, _MOST_LANGUAGES, "language")
    yield ""
    folders = sorted(summary.folders, key=lambda folder: (-folder.bytes, os.fsencode(folder.path)))
    rows = [_row(style, safe_path(folder.path), folder, summary) for folder in folders]
    yield from _ranked(style, "Folder", rows, _MOST_FOLDERS, "folder")
    yield ""
    for label, path in (("largest", summary.largest), ("deepest", summary.deepest), ("newest", summary.newest)):
        if path is not None:
            yield f"{style.dim(label.ljust(7))}  {safe_path(path)}"


def _row(style: Style, name: str, item: Any, summary: TreeSummary) -> tuple[str, ...]:
    gauge = style.gauge(item.bytes, summary.bytes, _GAUGE)
    return name, count(item.files), size(item.bytes), count(item.lines), permille(item.bytes, summary.bytes), gauge


def _ranked(style: Style, title: str, rows: Sequence[tuple[str, ...]], most: int, noun: str) -> Iterator[str]:
    columns = [(title, "<"), ("Files", ">"), ("Bytes", ">"), ("Lines", ">"), ("Share", ">"), ("", "<")]
    yield from table(style, columns, rows[:most], paint={0: style.cyan, 5: style.dim})  # type: ignore[arg-type]
    if len(rows) > most:
        yield style.dim(f"{style.ellipsis} and {plural(len(rows) - most, noun)} more in --format json")


def duplicates_text(style: Style, answer: Answer[DuplicateGroup]) -> Iterator[str]:
    """One block a group: how often, how large, and the paths."""
    summary = answer.summary
    if not isinstance(summary, DuplicateSummary):
        raise TypeError("a duplicate summary is needed")
    for group in answer.items:
        digest = style.dim(group.hash.removeprefix("sha256:")[:12])
        yield f"{style.bold(plural(len(group.paths), 'file'))} of {size(group.size)}  {digest}"
        for path in group.paths:
            yield f"  {safe_path(path)}"
        yield ""
    if summary.groups:
        yield (
            f"{plural(summary.groups, 'group')} {style.bullet} {plural(summary.files, 'file')} {style.bullet} "
            f"{style.bold(size(summary.wasted_bytes))} would be freed by keeping one of each"
        )
    else:
        yield "no duplicates"
