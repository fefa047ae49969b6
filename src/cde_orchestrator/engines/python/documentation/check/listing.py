"""What the navigation of a site lists: the documents that it covers, and the entries as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...filesystem.path_patterns import PathPatterns
from .config import Files, Sidebars, Summary, without_number
from .index import TreeIndex
from .target import percent_decode, place

__all__ = ["Entry", "Listing", "is_below"]

# How many patterns of one list count.
_MOST_PATTERNS = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that names a file: as written, where it leads from the root, and its line in the configuration."""

    written: str
    path: bytes
    line: int


def is_below(folder: bytes, path: bytes) -> bool:
    """Whether ``path`` lies below ``folder``."""
    return not folder or path.startswith(folder + b"/")


class Listing:
    """A navigation.

    ``name`` says in words what lists (``nav``, ``SUMMARY.md``, the sidebars); ``entries`` are those that the
    configuration itself has; ``sure`` tells whether nothing else makes files when the site is built.
    """

    def __init__(self, roots: list[bytes]) -> None:
        self.name = "nav"
        self.entries: list[Entry] = []
        self.sure = True
        self._roots = roots
        self._covered: set[bytes] = set()
        self._folders: list[bytes] = []
        self._excluded: list[PathPatterns] = []

    @classmethod
    def of(
        cls,
        index: TreeIndex,
        content: Sequence[bytes],
        navigation: Files | Summary | Sidebars | None,
        folder: bytes,
    ) -> Listing | None:
        """What ``navigation`` lists; ``None`` where the program makes it or it cannot be told."""
        root = content[0]
        listing = cls([root])
        if isinstance(navigation, Files):
            listing._add_files(navigation, root)
        elif isinstance(navigation, Summary):
            listing._add_summary(index, root)
        elif isinstance(navigation, Sidebars):
            listing._add_sidebars(index, navigation, folder)
        return listing if len(listing) else None

    def _add_files(self, files: Files, root: bytes) -> None:
        self.sure = files.sure
        self._excluded = [
            PathPatterns(text.encode("utf-8", "surrogatepass"), _MOST_PATTERNS) for text in files.excluded
        ]
        for written, line in files.entries:
            there = place(root, written.encode("utf-8", "surrogatepass"))
            if there.above:
                continue
            if there.trailing_slash or b"." not in there.path.rpartition(b"/")[2]:
                self._folders.append(there.path)
            else:
                self._covered.add(there.path)
                self.entries.append(Entry(written, there.path, line))

    def _add_summary(self, index: TreeIndex, root: bytes) -> None:
        self.name = "SUMMARY.md"
        found = index.find(root + b"/SUMMARY.md" if root else b"SUMMARY.md")
        if found is None or found.document is None:
            return
        for link in index.documents[found.document].links:
            if link.kind == "inline" and not link.image:
                there = place(root, percent_decode(link.target))
                if not there.above:
                    self._covered.add(there.path)

    def _add_sidebars(self, index: TreeIndex, sidebars: Sidebars, folder: bytes) -> None:
        self.name = "the sidebars"
        self._roots = []
        for instance in sidebars.instances:
            if instance.lists is None:
                continue
            root = place(folder, instance.path.encode("utf-8", "surrogatepass")).path
            ids = set(instance.lists.ids)
            for document, path in zip(index.documents, index.document_paths, strict=True):
                if not is_below(root, path):
                    continue
                data = document.front_matter.data if document.front_matter is not None else None
                own = data.get("id") if data is not None else None
                relative = path[len(root) + 1 :] if root else path
                if not ids.isdisjoint(_doc_ids(relative, own if isinstance(own, str) else None)):
                    self._covered.add(path)
            for listed in instance.lists.folders:
                there = place(root, listed.encode("utf-8", "surrogatepass"))
                if not there.above:
                    self._folders.append(there.path)
            self._roots.append(root)

    def __len__(self) -> int:
        """How much it lists."""
        return len(self._covered) + len(self._folders)

    def misses(self, path: bytes) -> bool:
        """Whether it has to list the document at ``path`` and does not."""
        root = next((root for root in self._roots if is_below(root, path)), None)
        if root is None or path in self._covered or any(is_below(folder, path) for folder in self._folders):
            return False
        below = path[len(root) + 1 :] if root else path
        # The index of the root is the page that readers begin with.
        if b"/" not in below and below.startswith(b"index."):
            return False
        return not any(patterns.cover(below) for patterns in self._excluded)


def _doc_ids(relative: bytes, own: str | None) -> list[str]:
    """The ids that Docusaurus may give the document at ``relative``, which may set its ``own`` last part."""
    try:
        text = relative.decode("utf-8")
    except UnicodeDecodeError:
        return []
    folder, _, name = text.rpartition("/")
    name = name.rpartition(".")[0] if "." in name else name
    folders = (folder, "/".join(map(without_number, folder.split("/"))))
    names = (name, without_number(name)) if own is None else (own,)
    return [f"{folder}/{name}" if folder else name for folder in folders for name in names]
