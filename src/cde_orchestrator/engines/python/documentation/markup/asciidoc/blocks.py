"""The blocks of a document, line after line."""

from __future__ import annotations

from ......domain.documents import Table
from ...markdown_extract import Extract
from ...slug_docutils import asciidoctor_id
from ...source import Source
from ..joined import Joined
from ..lines import BLANKS, Line, read_lines
from ..recorder import Recorder, collapsed
from . import starts
from .attributes import Attributes, named
from .inline import image_text, read_inline

__all__ = ["parse_asciidoc"]

_NO_LINE = Line("", 0, 0)
_CODE_STYLES = frozenset(("source", "listing", "literal"))
_MATHEMATICS = frozenset(("stem", "latexmath", "asciimath"))
_CONDITIONS = frozenset(("include", "ifdef", "ifndef", "ifeval", "endif"))
_BREAKS = frozenset(("+", "'''", "---", "***", "<<<"))
_SEPARATORS = {",": ",", ":": ":", "!": "!"}


def parse_asciidoc(source: Source) -> tuple[Extract, list[str]]:
    """Reads a document; gives its records and the ids of its sections. O(length)."""
    blocks = _Blocks(source)
    return blocks.run(), blocks.ids.sections


class _Ids:
    """The ids of sections, and how often an id was given."""

    def __init__(self) -> None:
        self.sections: list[str] = []
        self._given: dict[str, int] = {}

    def next(self, title: str, prefix: str, separator: str) -> str:
        """The id of a section that has none of its own."""
        base = asciidoctor_id(title, prefix, separator)
        identifier = base
        while identifier in self._given:
            self._given[base] += 1
            identifier = f"{base}{separator}{self._given[base]}"
        self._given[identifier] = 1
        return identifier


class _Blocks:
    """What is known while the lines go by. Lines count from 0 in the body."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines = read_lines(source.lines[source.skipped :])
        self._recorder = Recorder(source)
        # What stands in brackets above the block that comes next.
        self._pending = Attributes()
        # The delimiters of the blocks that are open and hold other blocks.
        self._containers: list[str] = []
        self._prefix = self._separator = "_"
        self.ids = _Ids()

    def run(self) -> Extract:
        line = 0
        while line < len(self._lines):
            line = self._block(line)
        return self._recorder.finish(lambda kind, label: False)

    def _line(self, number: int) -> Line:
        """A line; a blank one beyond the last."""
        return self._lines[number] if number < len(self._lines) else _NO_LINE

    def _taken(self) -> Attributes:
        attributes, self._pending = self._pending, Attributes()
        return attributes

    def _anchor(self, identifier: str | None, line: int) -> None:
        if identifier is not None:
            self._recorder.anchor(identifier, "explicit", line)

    def _block(self, line: int) -> int:
        """Reads the block that begins on ``line`` and gives the line after it."""
        content, column, indent = self._lines[line]
        if not content:
            return line + 1
        if indent == 0:
            following = self._delimited(line, content)
            if following is None:
                following = self._single(line, content)
            if following is not None:
                return following
        item = starts.item(content)
        if item is not None:
            self._anchor(self._taken().id, line)
            return self._item(line, *item)
        term = starts.term(content)
        if term is not None:
            self._anchor(self._taken().id, line)
            self._text_line(line, 0, term[0])
            return line + 1 if term[1] >= len(content) else self._paragraph(line, term[1])
        attributes = self._taken()
        self._anchor(attributes.id, line)
        if attributes.style in _CODE_STYLES or indent > 0:
            following = line + 1
            while self._line(following).text:
                following += 1
            start = line, column
            self._recorder.code(attributes.language, "", start, following - 1, following - line)
            return following
        return self._paragraph(line, 0)

    def _single(self, line: int, content: str) -> int | None:
        """What takes one line, or a title that takes two."""
        if content in _BREAKS:
            return line + 1
        if content.startswith("//") and not content.startswith("///"):
            self._recorder.comment(content[2:], line)
            return line + 1
        if starts.is_attributes(content):
            self._pending.add(content[1:-1])
            return line + 1
        entry = starts.entry(content)
        if entry is not None:
            return self._entry(line, *entry)
        title = starts.title(content)
        if title is not None:
            level, text = title
            self._section(line, level, content.find(text), len(text))
            return line + 1
        macro = starts.block_macro(content)
        if macro is not None:
            self._block_macro(line, *macro)
            return line + 1
        following = self._line(line + 1)
        if following.indent == 0 and starts.item(content) is None and not content.startswith("."):
            underlined = starts.underline(content, following.text)
            if underlined is not None:
                self._section(line, underlined, 0, len(content))
                return line + 2
        # The title of a block.
        if len(content) > 1 and content[0] == "." and content[1] not in ". \t":
            self._text_line(line, 1, len(content))
            return line + 1
        return None

    def _entry(self, line: int, name: str, value: str) -> int:
        """An attribute entry, which may go on over lines that end in a backslash."""
        if name == "idprefix":
            self._prefix = value
        elif name == "idseparator" and len(value) <= 1:
            self._separator = value
        while self._line(line).text.endswith(" \\"):
            line += 1
        return line + 1

    def _section(self, line: int, level: int, at: int, length: int) -> None:
        """A title at ``at``; in a block, or where it is discrete, it begins no section."""
        attributes = self._taken()
        content, column, _ = self._lines[line]
        is_section = not self._containers and attributes.style not in {"discrete", "float"}
        if is_section:
            self._recorder.open_heading(level, line, column)
        anchors = self._recorder.found.anchors
        count = len(anchors)
        joined = Joined()
        joined.push(content[at : at + length], line, column + at)
        text = collapsed(read_inline(joined, self._recorder))
        own = attributes.id
        if own is None and len(anchors) > count:
            own = anchors[count].id
        self._anchor(attributes.id, line)
        identifier = self.ids.next(text, self._prefix, self._separator) if own is None else own
        if is_section:
            self._recorder.heading_text(text, own)
            self.ids.sections.append(identifier)
        elif own is None:
            self._anchor(identifier, line)

    def _block_macro(self, line: int, name: str, target: str, attributes: str) -> None:
        content, column, _ = self._lines[line]
        start, end = (line, column), (line, column + len(content))
        if name == "image":
            text = image_text(attributes)
            self._recorder.rendered(text)
            self._recorder.link("inline", text, target, start, end, image=True)
            address = named(attributes, "link")
            if address:
                self._recorder.link("inline", text, address, start, end)
        elif name == "include":
            self._recorder.link("inline", "", target, start, end)
        self._anchor(self._taken().id, line)

    def _item(self, line: int, length: int, may_be_task: bool) -> int:
        box = self._lines[line].text[length : length + 4]
        if may_be_task and box in {"[ ] ", "[x] ", "[*] "}:
            if box == "[ ] ":
                self._recorder.found.tasks_open += 1
            else:
                self._recorder.found.tasks_done += 1
            length += 4
        return self._paragraph(line, length)

    def _paragraph(self, line: int, at: int) -> int:
        """The text from ``at`` of ``line``, with the lines that go on with it."""
        content, column, _ = self._lines[line]
        joined = Joined()
        joined.push(content[at:], line, column + at)
        following = line + 1
        while self._line(following).text and not self._interrupts(following):
            content, column, _ = self._lines[following]
            joined.push(content, following, column)
            following += 1
        read_inline(joined, self._recorder)
        return following

    def _interrupts(self, line: int) -> bool:
        """Whether a line within a paragraph begins a block of its own."""
        content, _, indent = self._lines[line]
        if starts.item(content) is not None or content == "+":
            return True
        if indent > 0:
            return False
        if starts.is_attributes(content) or starts.delimiter(content) is not None:
            return True
        if content.startswith("//") and not content.startswith("///"):
            return True
        macro = starts.block_macro(content)
        return (macro is not None and macro[0] in _CONDITIONS) or starts.term(content) is not None

    def _text_line(self, line: int, start: int, end: int) -> None:
        content, column, _ = self._lines[line]
        joined = Joined()
        joined.push(content[start:end], line, column + start)
        read_inline(joined, self._recorder)

    def _delimited(self, line: int, content: str) -> int | None:
        """The delimited block that begins or ends on ``line``, if one does.

        Gives the line where its content goes on, or the one after it.
        """
        kind = starts.delimiter(content)
        if kind is None:
            return None
        attributes = self._taken()
        self._anchor(attributes.id, line)
        if kind == "container":
            if content in self._containers:
                while self._containers.pop() != content:
                    pass
            else:
                self._containers.append(content)
            return line + 1
        fence = "```" if content.startswith("```") else content
        close = line + 1
        while close < len(self._lines) and (self._lines[close].indent > 0 or self._lines[close].text != fence):
            close += 1
        closed = close < len(self._lines)
        if kind == "table":
            self._table(line, close, attributes)
        elif kind == "comment":
            # A comment addressed to CDE may stand in a block.
            for number in range(line + 1, close):
                self._recorder.comment(self._lines[number].text, number)
        else:
            for number in range(line + 1, close):
                self._include(number)
            if kind == "code" and attributes.style not in _MATHEMATICS:
                language = attributes.language
                if language is None and content.startswith("```"):
                    language = content[3:]
                self._recorder.code(
                    language,
                    language or "",
                    (line, self._lines[line].column),
                    close if closed else close - 1,
                    close - line - 1,
                    fenced=True,
                    closed=closed,
                )
        return close + closed

    def _include(self, line: int) -> None:
        """An ``include::`` directive counts wherever it stands."""
        content = self._lines[line].text
        macro = starts.block_macro(content) if content.startswith("include::") else None
        if macro is not None:
            self._block_macro(line, *macro)

    def _table(self, line: int, close: int, attributes: Attributes) -> None:
        """The table between the lines ``line`` and ``close``."""
        separator = _SEPARATORS.get(self._lines[line].text[0], "|")
        cells = 0
        first: tuple[int, int] | None = None
        for number in range(line + 1, close):
            content = self._lines[number].text
            if not content:
                continue
            self._include(number)
            at = 0
            parts = content.split(separator)
            for cell in parts:
                start = at + len(cell) - len(cell.lstrip(BLANKS))
                end = at + len(cell.rstrip(BLANKS))
                # What stands before the first separator continues a cell, or says how many cells it spans.
                if start < end and not content.startswith("include::"):
                    self._text_line(number, start, end)
                at += len(cell) + 1
            own = len(parts) - (separator in "|!")
            cells += own
            if first is None and own > 0:
                first = number, own
        columns = attributes.columns or (first[1] if first is not None else 0)
        is_first = first is not None and first == (line + 1, columns)
        has_header = attributes.header or (is_first and not self._line(line + 2).text and line + 2 < close)
        rows = max(cells // columns - has_header, 0) if columns else 0
        last = min(close, len(self._lines) - 1)
        table = Table(self._source.number(line), self._source.number(last), rows, columns)
        self._recorder.found.tables.append(table)
