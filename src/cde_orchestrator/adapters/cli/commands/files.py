"""``cde files``: listing, finding, counting, duplicates."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from ....domain.options import FileFilter
from ....use_cases.find_duplicates import FindDuplicatesUseCase
from ....use_cases.find_files import FindFilesUseCase
from ....use_cases.list_files import ListFilesUseCase
from ....use_cases.summarize_tree import SummarizeTreeUseCase
from ...report.files import duplicates_text, hashes, paths, tree_text
from ..command import TREE_KEYS, Call, command
from ..output import write_bytes

if TYPE_CHECKING:
    from ....domain.envelope import Answer
    from ....domain.files import FileRecord

__all__ = ["duplicates", "find_files", "list_files", "tree"]

_PATH = click.Argument(["path"], default=".")
_FILTER_KEYS = (
    "files.glob",
    "files.exclude",
    "files.type",
    "files.min_size",
    "files.max_size",
    "files.changed_within",
)
_SCOPE = ("Which files are in scope", TREE_KEYS)
_FILTER = ("Which of them are answered", _FILTER_KEYS)
_OUTPUT = ("Output", ("files.hash", "files.null"))


def _query(call: Call) -> FileFilter:
    settings = call.settings
    within = settings.optional_number("files.changed_within")
    wants_hash = settings.flag("files.hash")
    return FileFilter(
        globs=settings.texts("files.glob"),
        excludes=settings.texts("files.exclude"),
        types=settings.texts("files.type"),
        min_size=settings.optional_number("files.min_size"),
        max_size=settings.optional_number("files.max_size"),
        changed_after_ns=None if within is None else max(0, time.time_ns() - within * 1_000_000_000),
        hash=wants_hash,
        # Text shows names alone, and not looking at each file is several times faster.
        details=call.format != "text" or wants_hash,
    )


def _write_listing(call: Call, answer: Answer[FileRecord]) -> int:
    if call.format == "text":
        layout = hashes if call.settings.flag("files.hash") else paths
        write_bytes(layout(answer, null=call.settings.flag("files.null")))
    else:
        call.write(answer, lambda _style: ())
    call.note_gaps(answer)
    return 0


@command(
    "list",
    arguments=[_PATH],
    options=[_SCOPE, _FILTER, _OUTPUT],
    examples=[
        ("cde files list --type md,py docs", "Markdown and Python files below docs"),
        ("cde files list --min-size 1M --changed-within 2d", "large files changed since the day before yesterday"),
        ("cde files list -0 | xargs -0 wc -l", "names of every kind, handed on safely"),
    ],
)
def list_files(call: Call, path: str) -> int:
    """List the files in scope below PATH, one a line, sorted by the bytes of their paths."""
    with call.progress() as progress:
        answer = ListFilesUseCase(call.engine).execute(path, tree=call.tree(), query=_query(call), progress=progress)
    return _write_listing(call, answer)


@command(
    "find",
    arguments=[click.Argument(["name"]), _PATH],
    options=[("Matching", ("files.regex",)), _SCOPE, _FILTER, _OUTPUT],
    examples=[
        ("cde files find '*.toml'", "by glob, at every depth"),
        ("cde files find 'docs/**/index.md'", "a glob with a slash matches the whole path"),
        ("cde files find --regex '_test\\.(py|rs)$' src", "by regular expression"),
    ],
)
def find_files(call: Call, name: str, path: str) -> int:
    """Find the files below PATH whose name matches the glob NAME."""
    kind = "regex" if call.settings.flag("files.regex") else "glob"
    with call.progress() as progress:
        answer = FindFilesUseCase(call.engine).execute(
            name,
            path,
            kind="regex" if kind == "regex" else "glob",
            tree=call.tree(),
            query=_query(call),
            progress=progress,
        )
    return _write_listing(call, answer)


@command(
    "tree",
    arguments=[_PATH],
    options=[_SCOPE],
    examples=[("cde files tree", "what the repository is made of"), ("cde files tree --format json src", "for a tool")],
)
def tree(call: Call, path: str) -> int:
    """Count files, bytes and lines below PATH by language and by folder."""
    with call.progress() as progress:
        answer = SummarizeTreeUseCase(call.engine).execute(path, tree=call.tree(), progress=progress)
    call.write(answer, lambda style: tree_text(style, answer))
    call.note_gaps(answer)
    return 0


@command(
    "duplicates",
    arguments=[_PATH],
    options=[_SCOPE, ("Which of them are compared", ("files.min_size",))],
    examples=[("cde files duplicates --min-size 10k", "equal files that are worth the room")],
)
def duplicates(call: Call, path: str) -> int:
    """Find groups of files below PATH with the same content, most wasted bytes first."""
    least = call.settings.optional_number("files.min_size")
    with call.progress() as progress:
        answer = FindDuplicatesUseCase(call.engine).execute(
            path, min_size=1 if least is None else least, tree=call.tree(), progress=progress
        )
    call.write(answer, lambda style: duplicates_text(style, answer))
    call.note_gaps(answer)
    return 0
