"""Which lines of documents changed since a commit of git."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from hashlib import new as new_hash
from hashlib import sha256
from typing import TYPE_CHECKING

from ...domain.line_changes import WHOLE, ChangedLines, changed_lines, lines_of
from ..mending.replace import Refusal, read_below

if TYPE_CHECKING:
    from .git import ContentReader, Repository

__all__ = ["GitHistory"]

_LARGEST = 16 * 1024 * 1024
# How many files that are gone are looked at for the old text of a new document, and how much of their text is kept.
_MOST_CANDIDATES = 64
_MOST_BYTES = 64 * 1024 * 1024


class GitHistory:
    """Implements :class:`~cde_orchestrator.ports.history.History` over the program ``git``."""

    def changes(self, root: str, since: str, documents: Mapping[str, str]) -> Mapping[str, ChangedLines]:
        """Which lines of ``documents`` changed between the commit ``since`` and the working tree.

        A document that the commit does not have is compared with the one file that is gone and has the same content,
        or half of its lines in common; where there is none or several, all its lines changed.
        """
        from .git import Repository  # noqa: PLC0415 - starting programs is needed here only

        repository = Repository(root, since)
        with repository.contents(_LARGEST) as reader:
            comparison = _Comparison(root, repository, reader)
            return {path: comparison.of(path, digest) for path, digest in documents.items()}


class _Comparison:
    def __init__(self, root: str, repository: Repository, reader: ContentReader) -> None:
        self._root = root
        self._repository = repository
        self._reader = reader
        self._gone: dict[str, str] | None = None
        self._texts: dict[str, bytes | None] = {}
        self._counts: dict[str, Counter[bytes]] = {}
        self._kept = 0

    def of(self, path: str, digest: str) -> ChangedLines:
        """What changed in one document."""
        try:
            content = read_below(self._root, path, _LARGEST)
        except Refusal as refusal:
            return ChangedLines(whole=True, problem=str(refusal))
        if sha256(content).hexdigest()[: len(digest)] != digest:
            return ChangedLines(whole=True, problem="the file changed since it was checked")
        name = self._repository.files.get(self._repository.prefix + path)
        if name is None:
            return self._renamed(path, content)
        before = self._reader.read(name)
        if before is None:
            return ChangedLines(whole=True, problem="its earlier content is not in this clone, or too large")
        return _compared(path, before, content)

    def _renamed(self, path: str, content: bytes) -> ChangedLines:
        gone = self._files_gone()
        length = len(next(iter(gone.values()), ""))
        names = {_object_name(text, length) for text in (content, content.replace(b"\r\n", b"\n"))} if gone else set()
        alike = [before for before, name in gone.items() if name in names]
        if len(alike) == 1:
            return ChangedLines(before=alike[0])
        if not alike:
            alike = self._similar(path, content, gone)
        before = self._text(gone[alike[0]]) if len(alike) == 1 else None
        return WHOLE if before is None else _compared(path, before, content, alike[0])

    def _similar(self, path: str, content: bytes, gone: Mapping[str, str]) -> list[str]:
        """The files that are gone and have half of their lines, and of the document's, in common with the document."""
        ending = os.path.splitext(path)[1].lower()
        candidates = [before for before in gone if os.path.splitext(before)[1].lower() == ending]
        if len(candidates) > _MOST_CANDIDATES:
            name = os.path.basename(path)
            candidates = [before for before in candidates if os.path.basename(before) == name][:_MOST_CANDIDATES]
        lines = _counted(content)
        similar = []
        for before in candidates:
            there = self._lines(gone[before])
            if 2 * (lines & there).total() >= max(lines.total(), there.total()) and there:
                similar.append(before)
        return similar

    def _files_gone(self) -> dict[str, str]:
        """The files of the commit that the working tree does not have any more."""
        if self._gone is None:
            top = os.path.join(self._root, *([os.pardir] * self._repository.prefix.count("/")))
            self._gone = {
                path: name
                for path, name in self._repository.files.items()
                if not os.path.lexists(os.path.join(top, path))
            }
        return self._gone

    def _lines(self, name: str) -> Counter[bytes]:
        if name not in self._counts:
            self._counts[name] = _counted(self._text(name) or b"")
        return self._counts[name]

    def _text(self, name: str) -> bytes | None:
        if name not in self._texts and self._kept <= _MOST_BYTES:
            text = self._texts[name] = self._reader.read(name)
            self._kept += len(text or b"")
        return self._texts.get(name)


def _counted(text: bytes) -> Counter[bytes]:
    return Counter(line for line in lines_of(text) if line.strip())


def _compared(path: str, before: bytes, content: bytes, old_path: str | None = None) -> ChangedLines:
    if before == content:
        return ChangedLines(before=old_path)
    # Lines of a cell are not lines of the file, and those of UTF-16 are not what a line end in bytes separates.
    if path.endswith(".ipynb") or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ChangedLines(whole=True, before=old_path)
    return ChangedLines(changed_lines(before, content), before=old_path)


def _object_name(content: bytes, length: int) -> str:
    digest = new_hash("sha256" if length == 64 else "sha1", b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest()
