"""Sections that say nearly the same as an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

from .....ports.control import CancelToken
from ...control import check_cancelled
from .index import TreeIndex
from .notes import Notes, Sketch, own_text, shared_permille
from .origin import shown
from .report import Remark
from .structure import written

__all__ = ["near_duplicates"]

# What two sections have to share to be reported.
_ENOUGH_PERMILLE = 850
# Bytes of texts that are kept for the next comparison.
_MOST_KEPT = 32 * 1024 * 1024


def near_duplicates(index: TreeIndex, notes: Sequence[Notes], cancel: CancelToken | None) -> list[list[Remark]]:
    """What is to be said about the sections of each document, in the order of the documents.

    A section is compared with the first ones that share a band of its sketch, so the work is linear in the number of
    sections; it is named with the first that it equals enough.
    """
    texts = _Texts(index)
    known: dict[tuple[int, tuple[int, ...]], tuple[int, int]] = {}
    remarks = []
    for number, noted in enumerate(notes):
        check_cancelled(cancel)
        found: list[Remark] = []
        for place, sketch in enumerate(noted.sketches):
            alike = sorted({known[band] for band in sketch.bands() if band in known})
            for other, earlier in ((other, notes[other].sketches[position]) for other, position in alike):
                share = texts.share((number, sketch), (other, earlier))
                if share is not None and share >= _ENOUGH_PERMILLE:
                    found += _remark(index, number, sketch, (other, earlier.line, share))
                    break
            else:
                for band in sketch.bands():
                    known.setdefault(band, (number, place))
        remarks.append(found)
    return remarks


def _remark(index: TreeIndex, number: int, sketch: Sketch, same: tuple[int, int, int]) -> list[Remark]:
    other, line, share = same
    path = shown(index.document_paths[other])
    document = index.documents[number]
    message = f"{share // 10} % of this section stand also in {path}, line {line}"
    return [
        Remark("near-duplicate-section", heading.line, heading.column, message, written(document, heading))
        for heading in document.headings
        if heading.line == sketch.line
    ][:1]


class _Texts:
    """The texts of documents, read again when they are compared."""

    def __init__(self, index: TreeIndex) -> None:
        self._index = index
        self._kept: dict[int, str | None] = {}
        self._bytes = 0

    def _get(self, number: int) -> str | None:
        if number in self._kept:
            return self._kept[number]
        if self._bytes > _MOST_KEPT:
            self._kept.clear()
            self._bytes = 0
        content = self._index.content(number)
        self._bytes += 0 if content is None else len(content)
        text = self._kept[number] = None if content is None else content.decode()
        return text

    def share(self, one: tuple[int, Sketch], two: tuple[int, Sketch]) -> int | None:
        """What two sections share; ``None`` where a document changed since it was scanned."""
        first, second = self._get(one[0]), self._get(two[0])
        if first is None or second is None:
            return None
        return shared_permille(own_text(first, one[1]), own_text(second, two[1]))
