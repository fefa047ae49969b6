"""The walk over the directories of a tree. The twin of ``cde_filesystem::walk``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from ....domain.envelope import Diagnostic, Skipped
from ....domain.options import TreeOptions
from ....ports.control import CancelToken, Progress
from ..control import check_cancelled
from ..os_errors import error_from_os, os_failure_message

__all__ = ["SkipCounter", "Walked", "walk"]


class SkipCounter:
    """Collects entries passed over, by reason; the order of arrival does not matter."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: dict[str, list[bytes]] = {}

    def add(self, reason: str, path: bytes) -> None:
        """Counts one entry."""
        self._entries.setdefault(reason, []).append(path)

    def finish(self) -> tuple[Skipped, ...]:
        """The account, sorted by reason, with the first three paths of each."""
        return tuple(
            Skipped(reason, len(paths), tuple(os.fsdecode(path) for path in sorted(paths)[:3]))
            for reason, paths in sorted(self._entries.items())
        )


@dataclass(slots=True)
class Walked:
    """What a walk found: paths sorted by bytes and, in the same order, whether each is a link, and its tags."""

    paths: list[bytes]
    symlinks: bytearray
    tags: bytearray
    skipped: tuple[Skipped, ...]
    diagnostics: tuple[Diagnostic, ...] = field(default=())


def walk(root: bytes, options: TreeOptions, cancel: CancelToken | None, progress: Progress | None) -> Walked:
    """Walks ``root``."""
    found: list[tuple[bytes, bool]] = []
    skipped = SkipCounter()
    diagnostics: list[Diagnostic] = []
    folders = [(b"", 1)]
    done = 0
    while folders:
        check_cancelled(cancel)
        prefix, depth = folders.pop()
        try:
            with os.scandir(os.path.join(root, prefix)) as listing:
                entries = list(listing)
        except OSError as error:
            if not prefix:
                raise error_from_os(error, os.fsdecode(root)) from None
            path = os.fsdecode(prefix[:-1])
            message = os_failure_message(error)
            diagnostics.append(Diagnostic(path, None, None, "unreadable-directory", "warning", message))
            continue
        for entry in entries:
            name, path_bytes = entry.name, prefix + entry.name
            if name == b".git":
                continue
            if not options.hidden and name.startswith(b"."):
                skipped.add("hidden", path_bytes)
            elif entry.is_symlink():
                found.append((path_bytes, True))
            elif entry.is_dir(follow_symlinks=False):
                if options.max_depth is not None and depth >= options.max_depth:
                    skipped.add("depth-limit", path_bytes)
                else:
                    folders.append((path_bytes + b"/", depth + 1))
            elif entry.is_file(follow_symlinks=False):
                found.append((path_bytes, False))
            else:
                skipped.add("special-file", path_bytes)
        done += 1
        if progress is not None:
            progress("walk", done, None)
    found.sort()
    diagnostics.sort(key=lambda one: os.fsencode(one.path))
    return Walked(
        [path for path, _ in found],
        bytearray(link for _, link in found),
        bytearray(len(found)),
        skipped.finish(),
        tuple(diagnostics),
    )
