"""Where links lead among the documents: shared by the link graph and by the rules about how readers find a document."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence

from .index import TreeIndex
from .resolve import Resolution
from .target import percent_decode

__all__ = ["depths_of", "hosted", "is_entry", "led_to"]

# The table of contents of mdBook and GitBook, an entry in any folder.
_CONTENTS = b"SUMMARY.md"
# What a folder shows to a reader who follows a link to it, the first that exists.
_INDEXES = (
    *(b"README.md", b"index.md", b"_index.md", b"index.mdx", b"README.mdx", b"readme.md", _CONTENTS),
    *(b"README.rst", b"index.rst", b"README.adoc", b"index.adoc", b"README", b"README.txt"),
)
# Folders whose index is an entry, beside the root's own.
_ENTRY_FOLDERS = frozenset((b"", b"doc", b"docs", b"documentation"))
_ENTRY_STEMS = frozenset((b"readme", b"index", b"_index"))


def led_to(index: TreeIndex, resolution: Resolution | None) -> int | None:
    """The document that a reader comes to: itself, or the index of the folder."""
    found = None if resolution is None else resolution.found
    if found is None:
        return None
    if found.document is None and found.folder:
        return _index_of(index, found.path)
    return found.document


def hosted(index: TreeIndex, target: str) -> int | None:
    """The document of this tree that an address of a hosted repository shows, if it is one of its own.

    ``https://host/owner/name/blob/main/docs/guide.md`` is such an address.
    """
    for part in ("/blob/", "/tree/"):
        _, found, rest = target.partition(part)
        if found:
            _, slash, path = rest.partition("/")
            there = index.find(percent_decode(path)) if slash else None
            return None if there is None else there.document
    return None


def _index_of(index: TreeIndex, folder: bytes) -> int | None:
    for name in _INDEXES:
        found = index.find(folder + b"/" + name if folder else name)
        if found is not None and found.document is not None:
            return found.document
    return None


def is_entry(path: bytes) -> bool:
    """Whether readers start at the document at ``path`` unless others are named."""
    folder, _, name = path.rpartition(b"/")
    is_index = name.partition(b".")[0].lower() in _ENTRY_STEMS
    return name == _CONTENTS or (is_index and folder in _ENTRY_FOLDERS)


def depths_of(edges: Sequence[Collection[int]], entries: Collection[int]) -> list[int | None]:
    """The least number of links from an entry to each document: a search in breadth."""
    depths: list[int | None] = [0 if number in entries else None for number in range(len(edges))]
    waiting = deque((number, 0) for number in sorted(entries))
    while waiting:
        number, depth = waiting.popleft()
        for target in edges[number]:
            if depths[target] is None:
                depths[target] = depth + 1
                waiting.append((target, depth + 1))
    return depths
