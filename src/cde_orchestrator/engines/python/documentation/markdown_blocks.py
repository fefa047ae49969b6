"""The first phase: lines to leaf blocks, by the containers that each line continues, opens and closes.

The strategy is that of the CommonMark specification's appendix: one pass over the lines with a stack of open
containers, without recursion, so no nesting can overflow anything. Leaf blocks come out in document order with the
place of each of their lines; the second phase (:mod:`.markdown_inline`) reads their text once all link reference
definitions are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from .excess import MAX_MISSING_CELLS, Excess
from .html import HTML_LINE
from .markdown_definitions import RawDefinition, read_definition
from .markdown_lines import FENCE, HEADING, SETEXT, Cursor, html_block_end, is_rule, list_marker, table_columns
from .markdown_syntax import WHITESPACE, scan_label, unescape

__all__ = ["Block", "BlockKind", "BlockParser", "Piece"]

# A piece of a line: index of the line, where it begins in the line, its text.
Piece = tuple[int, int, str]

_DELIMITER_ROW: Final = re.compile(r"[ :|-]*\Z")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_FOOTNOTE: Final = "[^"


class BlockKind(IntEnum):
    """What a leaf block is."""

    TEXT = 0
    HEADING = 1
    CELL = 2
    TABLE = 3
    CODE = 4
    HTML = 5
    TASK = 6
    FOOTNOTE = 7
    DEFINITION = 8


@dataclass(slots=True)
class Block:
    """A leaf block in document order; which fields have a meaning depends on ``kind``.

    ``line`` and ``column`` (both from 0) are where it begins, ``end_line`` its last line. ``pieces`` is the text of
    paragraphs, headings, cells and HTML. ``level`` is that of a heading, the columns of a table, or 1 for a done task.
    ``text`` is a code block's info string or a footnote's label, ``count`` a code block's lines or a table's rows.
    """

    kind: BlockKind
    line: int
    column: int
    end_line: int = 0
    pieces: list[Piece] = field(default_factory=list)
    level: int = 0
    text: str = ""
    count: int = 0
    fenced: bool = False
    closed: bool = False
    definition: RawDefinition | None = None


class _Kind(IntEnum):
    QUOTE = 0
    LIST = 1
    ITEM = 2
    FOOTNOTE = 3


class _Container:
    """An open container. ``indent`` is what its lines need; a list has its marker and whether it is tight so far."""

    __slots__ = ("indent", "kind", "marker", "tight")

    def __init__(self, kind: _Kind, indent: int = 0, marker: str = "") -> None:
        self.kind = kind
        self.indent = indent
        self.marker = marker
        self.tight = True


class BlockParser:
    """Reads the lines of one document. ``terminated`` tells whether the last line ends with a line ending."""

    def __init__(self, lines: list[str], *, terminated: bool, max_nesting: int) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self._terminated = terminated
        self._max_nesting = max_nesting
        self._open: list[_Container] = []
        self._last_blank = False
        self._begins_item = False

    def run(self) -> list[Block]:
        """All leaf blocks. Raises :class:`~.excess.Excess`."""
        line = 0
        while line < len(self.lines):
            line = self._block(line)
        return self.blocks

    # Containers

    def _scan(self, cursor: Cursor) -> int:
        """Skips the prefixes of the open containers that the line continues, and returns how many they are."""
        for index, container in enumerate(self._open):
            kind = container.kind
            if kind is _Kind.LIST:
                continue
            saved = cursor.save()
            if kind is _Kind.QUOTE:
                cursor.skip_columns(3)
                if not cursor.skip_quote_marker():
                    cursor.restore(saved)
                    return index
            elif cursor.skip_columns(container.indent) < container.indent and not cursor.at_end:
                cursor.restore(saved)
                return index
        return len(self._open)

    def _push(self, container: _Container, line: int) -> None:
        self._open.append(container)
        if len(self._open) > self._max_nesting:
            depth = sum(1 for known in self._open if known.kind is not _Kind.LIST)
            if depth > self._max_nesting:
                raise Excess("nesting", line)

    def _pop(self) -> None:
        container = self._open.pop()
        if container.kind is _Kind.LIST and container.tight:
            self._begins_item = False

    def _finish_list(self) -> None:
        """Closes an open list that the block about to begin does not belong to."""
        self._finish_empty_item()
        if self._open and self._open[-1].kind is _Kind.LIST:
            self._pop()
        if self._last_blank:
            if len(self._open) > 1 and self._open[-2].kind is _Kind.LIST:
                self._open[-2].tight = False
            self._last_blank = False

    def _finish_empty_item(self) -> None:
        """An item may begin with one blank line at most (5.2)."""
        if self._begins_item and self._last_blank and self._open and self._open[-1].kind is _Kind.ITEM:
            self._pop()
        self._begins_item = False

    def _continue_list(self, marker: str, line: int) -> None:
        self._finish_empty_item()
        if self._open:
            top = self._open[-1]
            if top.kind is _Kind.LIST and top.marker == marker:
                if self._last_blank:
                    top.tight = False
                    self._last_blank = False
                return
            self._finish_list()
        self._push(_Container(_Kind.LIST, marker=marker), line)
        self._last_blank = False

    # One block

    def _block(self, line: int) -> int:
        """Reads the block that begins on ``line`` and returns the index of the line after it."""
        text = self.lines[line]
        cursor = Cursor(text)
        matched = self._scan(cursor)
        while len(self._open) > matched:
            self._pop()
        while True:
            saved = cursor.save()
            outer = cursor.skip_columns(4)
            character = text[cursor.ix : cursor.ix + 1]
            if outer >= 4:
                cursor.restore(saved)
                break
            if character == "[" and self._footnote(cursor, line):
                cursor = Cursor(text, cursor.ix)
                continue
            if character == ">":
                cursor.skip_quote_marker()
                self._finish_list()
                self._push(_Container(_Kind.QUOTE), line)
                continue
            marker = cursor.skip_list_marker(outer) if character in "-+*0123456789" and character else None
            if marker is None:
                cursor.restore(saved)
                break
            self._continue_list(marker[0], line)
            self._push(_Container(_Kind.ITEM, marker[1]), line)
            if cursor.blank:
                self._begins_item = True
                return line + 1
            task = self._task(cursor, line)
            if task is not None:
                self.blocks.append(task)
                if cursor.blank:
                    self._begins_item = True
                    return line + 1
                cursor.skip_all()
                return self._paragraph(line, cursor.ix, task)
        if cursor.blank:
            return self._blank(line)
        return self._leaf(line, cursor)

    def _footnote(self, cursor: Cursor, line: int) -> bool:
        label = self._footnote_label(cursor.text, cursor.ix)
        if label is None:
            return False
        start = cursor.ix
        cursor.ix = label[1]
        while cursor.ix < len(cursor.text) and cursor.text[cursor.ix] in WHITESPACE:
            cursor.ix += 1
        self._finish_list()
        if self._open and self._open[-1].kind is _Kind.FOOTNOTE:
            self._pop()
        self._push(_Container(_Kind.FOOTNOTE, 4), line)
        self.blocks.append(Block(BlockKind.FOOTNOTE, line, start, text=label[0]))
        return True

    @staticmethod
    def _footnote_label(text: str, ix: int) -> tuple[str, int] | None:
        """Label of the footnote definition at ``ix`` and the place after its colon."""
        if not text.startswith(_FOOTNOTE, ix):
            return None
        label = scan_label(text, ix + 2)
        if label is None or not text.startswith(":", label[1]):
            return None
        return label[0], label[1] + 1

    def _task(self, cursor: Cursor, line: int) -> Block | None:
        saved = cursor.save()
        task = cursor.skip_task_marker()
        if task is None:
            return None
        if cursor.at_end and line + 1 == len(self.lines) and not self._terminated:
            cursor.restore(saved)
            return None
        return Block(BlockKind.TASK, line, task[1], level=int(task[0]))

    def _blank(self, line: int) -> int:
        if self._open:
            top = self._open[-1]
            if top.kind is not _Kind.QUOTE:
                self._last_blank = True
                if top.kind is _Kind.ITEM and self._begins_item:
                    # What follows a blank item cannot nest in it, so its lines need no indentation.
                    top.indent = 0
        else:
            self._last_blank = True
        return line + 1

    def _leaf(self, line: int, cursor: Cursor) -> int:
        indent = cursor.skip_columns(4)
        if indent == 4:
            self._finish_list()
            return self._indented_code(line, cursor.ix)
        text = cursor.text
        ix = cursor.ix
        first = text[ix]
        if first == "<":
            end = html_block_end(text, ix)
            if end is None and HTML_LINE.match(text, ix):
                end = ""
            if end is not None:
                self._finish_list()
                return self._html(line, ix, end)
        elif first in "*-_#`~":
            if is_rule(text, ix):
                self._finish_list()
                return line + 1
            heading = HEADING.match(text, ix)
            if heading is not None:
                self._finish_list()
                return self._heading(line, ix, len(heading[1]))
            fence = FENCE.match(text, ix)
            if fence is not None:
                self._finish_list()
                return self._fenced_code(line, ix, indent, fence)
        elif first == "[":
            return self._definitions(line, ix)
        return self._paragraph(line, ix)

    # Leaf blocks

    def _heading(self, line: int, ix: int, level: int) -> int:
        start = ix + level
        text = self.lines[line]
        while start < len(text) and text[start] in WHITESPACE:
            start += 1
        content = text[start:].rstrip(" \t")
        opened = content.rstrip("#")
        if opened == "" or (opened != content and opened[-1] in " \t"):
            content = opened.rstrip(" \t")
        pieces = [(line, start, content)]
        self.blocks.append(Block(BlockKind.HEADING, line, ix, line, pieces, level))
        return line + 1

    def _indented_code(self, line: int, ix: int) -> int:
        self._last_blank = False
        last = first = line
        while True:
            if not self._last_blank:
                last = line
            line += 1
            if line == len(self.lines):
                break
            cursor = Cursor(self.lines[line])
            if self._scan(cursor) < len(self._open):
                break
            if cursor.skip_columns(4) < 4 and not cursor.at_end:
                break
            if cursor.at_end and line + 1 == len(self.lines) and not self._terminated:
                line += 1
                break
            self._last_blank = cursor.blank
        block = Block(BlockKind.CODE, first, ix, last, count=last - first + 1, closed=True)
        self.blocks.append(block)
        return line

    def _fenced_code(self, line: int, ix: int, indent: int, fence: re.Match[str]) -> int:
        marker, info = (fence[1], fence[2]) if fence[1] is not None else (fence[3], fence[4])
        block = Block(BlockKind.CODE, line, ix, line, fenced=True)
        block.text = unescape(info.strip(WHITESPACE))
        self.blocks.append(block)
        closer = re.compile(rf"{re.escape(marker[0])}{{{len(marker)},}}[ \t]*\Z")
        while True:
            line += 1
            if line == len(self.lines):
                return line
            cursor = Cursor(self.lines[line])
            if self._scan(cursor) < len(self._open):
                return line
            cursor.skip_columns(indent)
            saved = cursor.save()
            if cursor.skip_columns(4 - indent) < 4 - indent:
                if cursor.at_end and line + 1 == len(self.lines) and not self._terminated:
                    return line + 1
                if closer.match(cursor.text, cursor.ix):
                    block.closed = True
                    block.end_line = line
                    return line + 1
            cursor.restore(saved)
            block.count += 1
            block.end_line = line

    def _html(self, line: int, ix: int, end: str) -> int:
        block = Block(BlockKind.HTML, line, ix)
        self.blocks.append(block)
        while True:
            text = self.lines[line]
            block.pieces.append((line, ix, text[ix:]))
            block.end_line = line
            found = end != "" and end in text[ix:]
            line += 1
            if line == len(self.lines):
                return line
            cursor = Cursor(self.lines[line])
            if self._scan(cursor) < len(self._open) or found:
                return line
            if end == "" and (cursor.at_end or cursor.blank):
                return line
            if cursor.at_end and line + 1 == len(self.lines) and not self._terminated:
                return line + 1
            ix = cursor.ix

    def _next_line(self, line: int, underline_ends: bool) -> tuple[int, int] | None:
        """Where the text of a definition goes on after ``line``, if it may."""
        if line + 1 >= len(self.lines):
            return None
        cursor = Cursor(self.lines[line + 1])
        current = self._scan(cursor) == len(self._open)
        if cursor.skip_columns(4) < 4:
            if self._interrupts(line + 1, cursor.ix, current=current):
                return None
            if (current or underline_ends) and SETEXT.match(cursor.text, cursor.ix):
                return None
        return line + 1, cursor.ix

    def _definitions(self, line: int, ix: int) -> int:
        """Reads definitions while they follow each other, then the paragraph that the last one did not swallow."""
        while self.lines[line].startswith("[", ix):
            found = read_definition(self.lines, line, ix, self._next_line)
            if found is None:
                break
            self.blocks.append(Block(BlockKind.DEFINITION, line, ix, definition=found))
            line = found.end_line + 1
            if line == len(self.lines):
                self._finish_list()
                return line
            # What follows may be a lazy continuation, as after a paragraph's line.
            cursor = Cursor(self.lines[line])
            current = self._scan(cursor) == len(self._open)
            interrupted = cursor.skip_columns(4) < 4 and self._interrupts(line, cursor.ix, current=current)
            if interrupted or cursor.blank:
                self._finish_list()
                return line
            cursor.skip_all()
            ix = cursor.ix
        return self._paragraph(line, ix)

    def _paragraph(self, line: int, ix: int, task: Block | None = None) -> int:
        self._finish_list()
        first = self.lines[line]
        block = Block(BlockKind.TEXT, line, ix, pieces=[(line, ix, first[ix:])])
        if "|" in first:
            columns = self._table_starts(line, ix)
            if columns:
                if task is not None:
                    # What reads as a check box is part of the table's first cell.
                    self.blocks.remove(task)
                return self._table(line, ix, columns)
        self.blocks.append(block)
        while True:
            block.end_line = line
            line += 1
            if line == len(self.lines):
                return line
            cursor = Cursor(self.lines[line])
            current = self._scan(cursor) == len(self._open)
            if cursor.skip_columns(4) < 4:
                text = cursor.text
                if current and text[cursor.ix : cursor.ix + 1] in ("=", "-"):
                    underline = SETEXT.match(text, cursor.ix)
                    if underline is not None:
                        block.kind = BlockKind.HEADING
                        block.level = 1 if underline[1][0] == "=" else 2
                        block.end_line = line
                        return line + 1
                if self._interrupts(line, cursor.ix, current=current):
                    return line
            cursor.skip_all()
            if cursor.at_end:
                return line
            block.pieces.append((line, cursor.ix, cursor.text[cursor.ix :]))

    def _interrupts(self, line: int, ix: int, *, current: bool, in_table: bool = False) -> bool:
        """Whether what stands at ``ix`` ends a paragraph. ``current``: the line continues all open containers."""
        text = self.lines[line]
        first = text[ix : ix + 1]
        if first == "":
            return True
        if first not in "*-_#`~>+<[|0123456789":
            return False
        if first in "*-_" and is_rule(text, ix):
            return True
        if first == ">" or (first == "#" and HEADING.match(text, ix)):
            return True
        if first in "`~" and FENCE.match(text, ix):
            return True
        if first in "-+*0123456789":
            marker = list_marker(text, ix)
            return marker is not None and (not current or in_table or (marker[0] and marker[1]))
        if first == "<":
            return html_block_end(text, ix) is not None
        if first == "[":
            return self._footnote_label(text, ix) is not None
        return first == "|" and not in_table and self._table_starts(line, ix, heavy=True) > 0

    # Tables

    def _table_starts(self, line: int, ix: int, *, heavy: bool = False) -> int:
        """The columns of the table whose header row stands at ``ix``; 0 where there is none (GFM 4.10)."""
        text = self.lines[line]
        if line + 1 >= len(self.lines):
            return 0
        if not heavy and (len(text) - len(text.rstrip("\\"))) % 2 == 1:
            return 0
        below = self.lines[line + 1]
        if "|" not in below or "-" not in below:
            return 0
        columns = table_columns(text, ix)
        if columns == 0:
            return 0
        cursor = Cursor(below)
        if self._scan(cursor) < len(self._open):
            return 0
        row = below[cursor.ix :].lstrip(" ")
        if len(below) - cursor.ix - len(row) > 3 or not _DELIMITER_ROW.match(row):
            return 0
        *cells, last = row.removeprefix("|").split("|")
        found = len(cells) + (last.strip(" ") != "")
        return columns if found == columns and all("-" in cell for cell in cells) else 0

    def _table(self, line: int, ix: int, columns: int) -> int:
        table = Block(BlockKind.TABLE, line, ix, line + 1, level=columns)
        self.blocks.append(table)
        filled = self._row(line, ix, columns)
        line += 2
        while line < len(self.lines):
            cursor = Cursor(self.lines[line])
            if self._scan(cursor) < len(self._open):
                break
            cursor.skip_all()
            if self._interrupts(line, cursor.ix, current=True, in_table=True):
                break
            missing = self._row(line, cursor.ix, columns)
            if missing < 0:
                break
            filled += missing
            if filled >= MAX_MISSING_CELLS:
                raise Excess("table-cells", table.line)
            table.count += 1
            table.end_line = line
            line += 1
        return line

    def _row(self, line: int, ix: int, columns: int) -> int:
        """Reads the cells of a row and returns how many are missing, or -1 where there is none."""
        text = self.lines[line]
        length = len(text)
        cells = 0
        while True:
            if text.startswith("|", ix):
                ix += 1
            while ix < length and text[ix] in WHITESPACE:
                ix += 1
            if ix == length:
                break
            match = _CELL_END.search(text, ix)
            end = length if match is None else match.start()
            cells += 1
            if cells <= columns:
                content = text[ix:end].rstrip(WHITESPACE)
                self.blocks.append(Block(BlockKind.CELL, line, ix, line, [(line, ix, content)]))
            ix = end
        return -1 if cells == 0 else max(0, columns - cells)
