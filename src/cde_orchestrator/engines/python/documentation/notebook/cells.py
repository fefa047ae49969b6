"""The cells of a notebook."""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from .....domain.documents import NotebookCell
from .....domain.envelope import Diagnostic
from ..source import Source
from .json_reader import Broken, Reader

__all__ = ["InvalidNotebook", "Notebook", "read_notebook"]


@dataclass(frozen=True, slots=True)
class InvalidNotebook:
    """Why a notebook cannot be read: it is no JSON from ``line`` on, or has no cells."""

    line: int | None

    def diagnostic(self, path: bytes) -> Diagnostic:
        """The diagnostic about the document at ``path``."""
        message = "the notebook has no cells" if self.line is None else "the notebook is no valid JSON"
        return Diagnostic(os.fsdecode(path), self.line, None, "notebook-invalid", "warning", message)


@dataclass(slots=True)
class _Cell:
    """A cell as it is read: where each string of the source begins in the text and in the file, the cell's own line,
    the level of a heading in version 3."""

    line: int
    kind: str = ""
    text: str = ""
    strings: list[tuple[int, int]] = field(default_factory=list)
    level: int = 1
    language: str | None = None


@dataclass(slots=True)
class Notebook:
    """What a notebook holds: the Markdown of all cells, for each of its lines the line in the file and the index of
    the cell, all cells, and index and language of those with code."""

    markdown: str = ""
    lines: list[tuple[int, int]] = field(default_factory=list)
    cells: list[NotebookCell] = field(default_factory=list)
    code: list[tuple[int, str | None]] = field(default_factory=list)

    def place(self, line: int) -> tuple[int, int]:
        """The line in the file, and the cell, of a line of the Markdown."""
        return self.lines[min(max(line - 1, 0), len(self.lines) - 1)] if self.lines else (1, 0)


def read_notebook(text: str, line_count: int) -> Notebook | InvalidNotebook:
    """Reads the notebook ``text``. O(length)."""
    reader = Reader(text, line_count)
    cells: list[_Cell] | None = None
    kernel = spoken = None
    try:
        if reader.peek() != "{":
            reader.skip()
            reader.end()
            return InvalidNotebook(None)
        for key in reader.members():
            if key == "cells":
                found = _cells(reader)
                cells = cells if found is None else found
            elif key == "worksheets":
                cells = _worksheets(reader, cells)
            elif key == "metadata":
                for part in reader.members():
                    if part == "kernelspec":
                        kernel = _member(reader, "language", kernel)
                    elif part == "language_info":
                        spoken = _member(reader, "name", spoken)
                    else:
                        reader.skip()
            else:
                reader.skip()
        reader.end()
    except Broken as broken:
        return InvalidNotebook(broken.line)
    if cells is None:
        return InvalidNotebook(None)
    return _assembled(cells, (kernel if spoken is None else spoken) or None)


def _worksheets(reader: Reader, cells: list[_Cell] | None) -> list[_Cell] | None:
    for _ in reader.elements():
        for key in reader.members():
            if key == "cells":
                cells = (cells or []) + (_cells(reader) or [])
            else:
                reader.skip()
    return cells


def _member(reader: Reader, wanted: str, kept: str | None) -> str | None:
    """The text of the member ``wanted`` of an object."""
    for key in reader.members():
        if key != wanted:
            reader.skip()
            continue
        text = reader.text()
        kept = kept if text is None else text
    return kept


def _cells(reader: Reader) -> list[_Cell] | None:
    """A list of cells; ``None`` for any other value."""
    if reader.peek() != "[":
        reader.skip()
        return None
    found = []
    for _ in reader.elements():
        is_object = reader.peek() == "{"
        cell = _Cell(reader.line)
        for key in reader.members():
            if key == "cell_type":
                cell.kind = reader.text() or ""
            elif key in {"source", "input"}:
                _read_source(reader, cell)
            elif key == "language":
                language = reader.text()
                cell.language = cell.language if language is None else language
            else:
                if key == "level" and (digit := reader.peek()) and digit in "123456":
                    cell.level = int(digit)
                reader.skip()
        if is_object:
            found.append(cell)
    return found


def _read_source(reader: Reader, cell: _Cell) -> None:
    """A string, or a list of strings that belong together."""
    parts: list[str] = []
    size = 0
    cell.strings = []

    def add() -> None:
        nonlocal size
        is_text = reader.peek() == '"'
        line = reader.line
        text = reader.text()
        if is_text and text is not None:
            cell.strings.append((size, line))
            parts.append(text)
            size += len(text)

    if reader.peek() == "[":
        for _ in reader.elements():
            add()
    else:
        add()
    cell.text = "".join(parts)


def _assembled(cells: list[_Cell], language: str | None) -> Notebook:
    notebook = Notebook()
    parts: list[str] = []
    for number, cell in enumerate(cells):
        kind: Literal["markdown", "code", "raw"] = "raw"
        if cell.kind in {"markdown", "heading"}:
            kind = "markdown"
        elif cell.kind == "code":
            kind = "code"
        starts = _line_starts(cell.text)
        first = cell.strings[0][1] if cell.strings else cell.line
        notebook.cells.append(NotebookCell(number, kind, first, len(starts)))
        if kind == "code" and starts:
            notebook.code.append((number, cell.language or language))
        if kind != "markdown" or not starts:
            continue
        if parts:
            # The line ending of the cell's last line, and a blank line.
            parts.append("\n" if parts[-1].endswith("\n") else "\n\n")
            notebook.lines.append(notebook.lines[-1])
        if cell.kind == "heading":
            parts.append("#" * cell.level + " ")
        strings = [start for start, _ in cell.strings]
        for start in starts:
            # Of empty strings at the same place the last counts.
            string = max(bisect_right(strings, start) - 1, 0)
            notebook.lines.append((cell.strings[string][1] if cell.strings else first, number))
        parts.append(cell.text)
    notebook.markdown = "".join(parts)
    return notebook


def _line_starts(text: str) -> list[int]:
    """Where each line begins."""
    if not text:
        return []
    starts = [0]
    source = Source(text)
    place = 0
    for line in source.lines[:-1]:
        place += len(line)
        place += 2 if text.startswith("\r\n", place) else 1
        starts.append(place)
    return starts
