"""The rules about addresses of the repository's own files on the web."""

from __future__ import annotations

from .....domain.documents import Link
from .....domain.envelope import Severity
from ...filesystem.read import ReadProblem, read_file
from ...filesystem.remotes import remotes_of
from ...filesystem.tree import PythonTree
from .anchors import last_line, plain_fragment
from .hosting import Hosting, OwnUrl
from .index import TreeIndex
from .nearest import nearest
from .origin import Origin, as_written, shown

__all__ = ["OwnUrls"]

# The lines of a larger file are not counted.
_MOST_BYTES = 4 << 20


class OwnUrls:
    """Judges addresses of the repository's own files."""

    def __init__(self, tree: PythonTree, index: TreeIndex) -> None:
        self._tree = tree
        self._index = index
        self._hosting = Hosting(remotes_of(tree.root_path))

    def locate(self, target: str) -> OwnUrl | None:
        """What ``target`` shows of the tree, if it is an address of the repository itself."""
        return self._hosting.locate(target)

    def judge(self, origin: Origin, link: Link, own: OwnUrl) -> int | None:
        """Reports what is wrong with ``link``, which is ``own``.

        Gives the document whose anchors its fragment points at, if any.
        """
        found = self._index.find(own.path)
        if found is None and self._index.probe(own.path) == "missing":
            self._judge_missing(origin, link, own)
            return None
        if found is None or found.folder or link.fragment is None:
            return None
        line = last_line(plain_fragment(link.fragment))
        if line is None:
            return found.document if own.rendered else None
        lines = self._lines(own.path) if origin.report.wants("own-url-line") else None
        if lines is not None and line > lines:
            origin.add(link, "own-url-line", f"'{shown(own.path)}' ends at line {lines}")
        return None

    def _judge_missing(self, origin: Origin, link: Link, own: OwnUrl) -> None:
        if not origin.report.wants("own-url-missing"):
            return
        folder, slash, name = own.path.rpartition(b"/")
        alike = self._index.find_any_case(own.path)
        meant = self._index.only_file_named(name) if alike is None else alike[0].path
        if meant is None:
            near = nearest(name, self._index.names_in(folder), origin.budget)
            meant = None if near is None else folder + slash + near
        suggestion = None
        if meant is not None:
            suggestion = as_written(self._hosting.address_of(own, meant), link.fragment)
        message = f"no file or folder '{shown(own.path)}' in this repository"
        severity: Severity | None = None if own.certain else "warning"
        origin.add(link, "own-url-missing", message, suggestion=suggestion, severity=severity)

    def _lines(self, path: bytes) -> int | None:
        """The lines of the text file at ``path``; ``None`` where it cannot be read, is binary or very large."""
        index = self._tree.find(path)
        if index is None:
            return None
        facts = self._tree.facts(index)
        if facts is None:
            try:
                _, facts = read_file(self._tree, index, _MOST_BYTES)
            except ReadProblem:
                return None
        return None if facts.binary else facts.lines
