"""The lines of a paragraph as one text, and the way back to their places in the document."""

from __future__ import annotations

from bisect import bisect_right

__all__ = ["Joined"]


class Joined:
    """Lines joined by line feeds, without their indentation."""

    __slots__ = ("_parts", "_places", "_size", "_starts")

    def __init__(self) -> None:
        self._parts: list[str] = []
        # Where each line begins in the text, and in the document as line and column from 0.
        self._starts: list[int] = []
        self._places: list[tuple[int, int]] = []
        self._size = 0

    def push(self, text: str, line: int, column: int) -> None:
        """Appends a line's content, which begins in ``column`` of ``line``."""
        if self._parts:
            self._size += 1
        self._starts.append(self._size)
        self._places.append((line, column))
        self._parts.append(text)
        self._size += len(text)

    @property
    def text(self) -> str:
        """The text."""
        return "\n".join(self._parts)

    def place(self, at: int) -> tuple[int, int]:
        """Where the character at ``at`` of the text stands in the document. O(log n)."""
        index = max(bisect_right(self._starts, at) - 1, 0)
        line, column = self._places[index]
        return line, column + at - self._starts[index]

    def end(self, at: int) -> tuple[int, int]:
        """Where a construct that ends before ``at`` ends in the document."""
        if at <= 0:
            return self.place(0)
        line, column = self.place(at - 1)
        return line, column + 1
