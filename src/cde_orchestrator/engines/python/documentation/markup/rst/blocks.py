"""The blocks of a document, line after line."""

from __future__ import annotations

from ...markdown_extract import Extract
from ...source import Source
from ..joined import Joined
from ..lines import Line, columns, read_lines
from ..recorder import Recorder
from . import starts
from .directives import Directives
from .inline import read_inline
from .names import Names

__all__ = ["parse_rst"]

_NO_LINE = Line("", 0, 0)
_SHORT = 4
_MAX_LEVEL = 255
# How many items may begin on one line.
_MOST_MARKERS = 64


def parse_rst(source: Source) -> tuple[Extract, list[str]]:
    """Reads a document; gives its records and the ids of its sections. O(length)."""
    blocks = _Blocks(source)
    return blocks.run(), blocks.names.section_ids


class _Blocks(Directives):
    """What is known while the lines go by. Lines count from 0."""

    def __init__(self, source: Source) -> None:
        recorder = Recorder(source)
        super().__init__(read_lines(source.lines), recorder, Names(recorder))
        # The adornments of each level: the overline's sign, if there is one, and the underline's.
        self._styles: list[tuple[str, str]] = []
        self._level = 0

    def run(self) -> Extract:
        line = 0
        while line < len(self.lines):
            line = self._block(line) if self.lines[line].text else line + 1
        self.names.resolve()
        return self.recorder.finish(self.names.is_used)

    def _is_adornment(self, line: int) -> bool:
        """Whether a line that is not indented is one punctuation mark over and over."""
        one = self.line(line)
        return one.indent == 0 and starts.is_adornment(one.text)

    def _block(self, line: int) -> int:
        """Reads the block that begins on ``line`` and gives the line after it."""
        text, column, indent = self.lines[line]
        if self.quiet is not None and indent <= self.quiet:
            self.quiet = None
        if indent == 0:
            following = self._adorned(line)
            if following is not None:
                return following
        depth = at = 0
        while True:
            prefixed = depth > 0
            rest = text[at:] if at else text
            following = self.explicit(line, rest, column + at, indent)
            if following is not None:
                return following
            marker = starts.bullet(rest) if depth < _MOST_MARKERS else None
            if marker is None and depth < _MOST_MARKERS:
                marker = starts.enumerator(rest)
                if marker is not None and not self._enumerates(line, rest, indent, prefixed=prefixed):
                    marker = None
            if marker is None:
                break
            if marker == len(rest):
                return line + 1
            indent += columns(rest[:marker])
            at += marker
            depth += 1
        field = starts.field_name(rest)
        if field is not None:
            return self.paragraph(line, at + field, indent, prefixed=True)
        bar = starts.line_block(rest)
        if bar is not None:
            self.text_line(line, at + bar, len(text))
            return line + 1
        if starts.is_doctest(rest):
            return self._doctest(line, column + at)
        following = self.table(line, rest, indent)
        if following is None and indent == 0 and not prefixed:
            following = self._underlined(line)
        return self.paragraph(line, at, indent, prefixed=prefixed) if following is None else following

    def _enumerates(self, line: int, rest: str, indent: int, *, prefixed: bool) -> bool:
        """Whether the line after an item's first bears out that it is one: ``1. Title`` may also be a title."""
        following = self.line(line + 1)
        if prefixed or not following.text or following.indent > indent:
            return True
        return following.indent == indent and starts.same_enumeration(rest, following.text)

    def _adorned(self, line: int) -> int | None:
        """A section with an overline, or a transition; ``None`` where the line is text."""
        over = self.lines[line].text
        if not starts.is_adornment(over) or starts.is_explicit(over):
            return None
        is_short = len(over) < _SHORT
        title = self.line(line + 1)
        if not title.text:
            return None if is_short else line + 1
        if self._is_adornment(line + 1):
            return None if is_short else line + 2
        matches = self._is_adornment(line + 2) and self.lines[line + 2].text == over
        if not matches or (is_short and len(title.text) + title.indent > len(over)):
            return None if is_short else line + 3
        self._section((over[0], over[0]), line, line + 1)
        return line + 3

    def _underlined(self, line: int) -> int | None:
        """A section with an underline alone."""
        if not self._is_adornment(line + 1):
            return None
        title, under = self.lines[line].text, self.lines[line + 1].text
        if len(under) < _SHORT and len(title) > len(under):
            return None
        self._section(("", under[0]), line, line)
        return line + 2

    def _section(self, style: tuple[str, str], line: int, title: int) -> None:
        """A section begins on ``line`` and has its title on ``title``; a style that skips a level makes none."""
        known = style in self._styles
        level = (self._styles.index(style) if known else len(self._styles)) + 1
        if level > self._level + 1:
            return
        if not known:
            self._styles.append(style)
        self._level = level
        self.recorder.open_heading(min(level, _MAX_LEVEL), line, self.lines[line].column)
        identifier = self.names.label_of_next()
        joined = Joined()
        joined.push(self.lines[title].text, title, self.lines[title].column)
        text = read_inline(joined, self.recorder, self.names, quiet=self.quiet is not None)
        self.recorder.heading_text(text, identifier)

    def _doctest(self, line: int, column: int) -> int:
        self.names.interrupt()
        following = line + 1
        while self.line(following).text:
            following += 1
        self.code("pycon", "", (line, column), line, following)
        return following
