"""What a link can lead to: the documents, files and folders in scope, and what the disk says about the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .....domain.documents import Document
from .....domain.options import SlugFlavour
from ...filesystem.exists import Presence, presence
from ...filesystem.path_patterns import PathPatterns
from ...filesystem.read import read_outside_scope
from ...filesystem.tree import PythonTree
from .anchors import Anchors
from .content import attribute_ids, drawn_in, unchanged_content
from .redirects import redirected
from .target import parent, place

__all__ = ["Found", "TreeIndex"]

# How many folders down from the root an ignore file is looked for.
# A longer path is none of a file, and each of its folders would be looked at.
_LONGEST_PATH = 4096
_DEEPEST_IGNORE_FILE = 16
_LARGEST_IGNORE_FILE = 64 * 1024
_MOST_IGNORE_PATTERNS = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the tree. ``document`` is the index of its record where it is a scanned document."""

    path: bytes
    folder: bool
    document: int | None


class TreeIndex:
    """Looks up paths. Everything beyond exact lookups is built when the first link needs it."""

    def __init__(self, tree: PythonTree, documents: Sequence[Document], unparsed: frozenset[str]) -> None:
        self._tree = tree
        self.documents = documents
        self.document_paths = [document.path.encode("utf-8", "surrogateescape") for document in documents]
        self._by_path = {path: number for number, path in enumerate(self.document_paths)}
        self._unparsed = unparsed
        self._files = frozenset(tree.files)
        self._folders = {b""}
        for path in tree.files:
            folder = parent(path)
            while folder not in self._folders:
                self._folders.add(folder)
                folder = parent(folder)
        self._folded: dict[bytes, list[bytes]] | None = None
        self._names: dict[bytes, bytes | None] | None = None
        self._anchors: dict[int, Anchors] = {}
        # The patterns of the ignore file in each folder that was asked about.
        self._ignored: dict[bytes, PathPatterns] = {}
        self._attribute_ids: dict[int, frozenset[bytes] | None] = {}
        # All anchors of the documents of AsciiDoc.
        self._asciidoc: set[bytes] | None = None
        self._drawn_in: dict[int, list[int] | None] = {}
        self._probed: dict[bytes, Presence] = {}
        # The sources that Microsoft's publishing system redirects.
        self._redirected: frozenset[bytes] | None = None

    @property
    def files(self) -> Sequence[bytes]:
        """Every path in scope, sorted."""
        return self._tree.files

    def find(self, path: bytes) -> Found | None:
        """The file or folder at exactly ``path``."""
        if path in self._files:
            return Found(path, folder=False, document=self._by_path.get(path))
        return Found(path, folder=True, document=None) if path in self._folders else None

    def find_any_case(self, path: bytes) -> tuple[Found, bool] | None:
        """The first entry by bytes whose path equals ``path`` when the case of ASCII letters is ignored.

        With it comes whether it is the only one.
        """
        if self._folded is None:
            self._folded = {}
            for known in (*self._files, *self._folders):
                self._folded.setdefault(known.lower(), []).append(known)
        spelt = self._folded.get(path.lower())
        found = None if spelt is None else self.find(min(spelt))
        return None if spelt is None or found is None else (found, len(spelt) == 1)

    def only_file_named(self, name: bytes) -> bytes | None:
        """The one file of that name in the tree; ``None`` where there are none or several."""
        if self._names is None:
            self._names = {}
            for path in self._tree.files:
                base = path.rpartition(b"/")[2]
                self._names[base] = None if base in self._names else path
        return self._names.get(name)

    def noted(self, path: bytes) -> tuple[Found | None] | None:
        """What a vault of notes may mean by ``path``: a file of its name anywhere, with or without ``.md``.

        ``None`` where there is none; the only one, or nothing where there are several.
        """
        name = path.rpartition(b"/")[2]
        self.only_file_named(name)
        names = self._names or {}
        known = next((one for one in (name, name + b".md") if one in names), None)
        if known is None:
            return None
        found = names[known]
        return (None if found is None else self.find(found),)

    def names_in(self, folder: bytes) -> Iterator[bytes]:
        """The names directly in ``folder``, files and folders, in the order of their paths."""
        files = self._tree.files
        prefix = folder + b"/" if folder else b""
        index = bisect_left(files, prefix)
        while index < len(files) and files[index].startswith(prefix):
            name, slash, _ = files[index][len(prefix) :].partition(b"/")
            yield name
            # "0" follows "/", so this is the first path behind everything in the folder.
            index = bisect_left(files, prefix + name + b"0", index) if slash else index + 1

    def in_rust_package(self, folder: bytes) -> bool:
        """Whether ``folder`` or one around it is a Rust package, whose documents its documentation may take in."""
        while True:
            if self.find(folder + b"/Cargo.toml" if folder else b"Cargo.toml") is not None:
                return True
            if not folder:
                return False
            folder = parent(folder)

    def is_parsed(self, number: int) -> bool:
        """Whether a document was parsed."""
        return self.documents[number].path not in self._unparsed

    def anchors(
        self, number: int, slugs: tuple[SlugFlavour, bool] | None, builder: str | None = None
    ) -> Anchors | None:
        """What fragments can point at in a document, whose site makes its slugs as ``slugs`` says, with ``builder``.

        ``None`` where it was not parsed. A document has one site, so the first call decides.
        """
        if not self.is_parsed(number):
            return None
        known = self._anchors.get(number)
        if known is None:
            known = self._anchors[number] = Anchors(self.documents[number], slugs, builder)
        return known

    def attribute_ids(self, number: int, *, items: bool) -> frozenset[bytes] | None:
        """The ids that lists of attributes anywhere in a document set; ``None`` where that cannot be told.

        ``items`` tells whether it may take in the description of a program's items.
        """
        if number not in self._attribute_ids:
            content = self.content(number)
            self._attribute_ids[number] = None if content is None else attribute_ids(content, items=items)
        return self._attribute_ids[number]

    def is_in_any_asciidoc(self, fragment: bytes) -> bool:
        """Whether any document of AsciiDoc has the anchor."""
        if self._asciidoc is None:
            self._asciidoc = set()
            for number, document in enumerate(self.documents):
                anchors = self.anchors(number, None) if document.format == "asciidoc" else None
                if anchors is not None:
                    self._asciidoc |= anchors.all()
        return fragment in self._asciidoc

    def drawn_in(self, number: int) -> list[int] | None:
        """The documents whose text a document takes in; ``None`` where it cannot be told, also because it changed."""
        if number not in self._drawn_in:
            self._drawn_in[number] = self._read_drawn_in(number)
        return self._drawn_in[number]

    def _read_drawn_in(self, number: int) -> list[int] | None:
        content = self.content(number)
        paths = None if content is None else drawn_in(content)
        if paths is None:
            return None
        folder = parent(self.document_paths[number])
        numbers = []
        for path in paths:
            there = place(folder, path)
            known = None if there.above else self._by_path.get(there.path)
            if known is None:
                return None
            numbers.append(known)
        return numbers

    def content(self, number: int) -> bytes | None:
        """The bytes of a document as they were scanned; ``None`` where they changed or are not UTF-8."""
        return unchanged_content(self._tree, self.documents[number])

    def ignored(self, path: bytes) -> bool:
        """Whether an ignore file of git means ``path``, which does not exist: something makes it."""
        if len(path) > _LONGEST_PATH:
            return False
        parts = path.split(b"/")
        for depth in range(min(len(parts), _DEEPEST_IGNORE_FILE)):
            folder = b"/".join(parts[:depth])
            patterns = self._ignored.get(folder)
            if patterns is None:
                file = folder + b"/.gitignore" if folder else b".gitignore"
                content = read_outside_scope(self._tree, file, _LARGEST_IGNORE_FILE) or b""
                patterns = self._ignored[folder] = PathPatterns(content, _MOST_IGNORE_PATTERNS)
            if patterns.cover(b"/".join(parts[depth:])):
                return True
        return False

    def is_redirected(self, path: bytes) -> bool:
        """Whether Microsoft's publishing system redirects the page of ``path``, which is gone."""
        if self._redirected is None:
            self._redirected = redirected(self._tree)
        return path in self._redirected

    def probe(self, path: bytes) -> Presence:
        """What the disk has at ``path``, which is not in scope: it may be ignored or hidden.

        The folders around it are asked first: that one of them is missing is asked once for all paths below it.
        """
        slash = path.find(b"/")
        while True:
            prefix = path if slash < 0 else path[:slash]
            found: Presence = "directory" if prefix in self._folders else self._ask(prefix)
            if slash < 0 or found == "missing":
                return found
            slash = path.find(b"/", slash + 1)

    def _ask(self, path: bytes) -> Presence:
        known = self._probed.get(path)
        if known is None:
            known = self._probed[path] = presence(self._tree.root_path, path)
        return known
