"""MDX: JavaScript and JSX are blanked before the Markdown parser sees the text, and never run.

The same state machine as the Rust core's ``mdx`` module. It leaves code blocks and code spans alone and replaces, so
that every position stays what it was:

- blocks of lines that begin, unindented and after a blank line, with ``import`` or ``export``, up to the next blank
  line;
- expressions ``{...}`` with balanced braces, except ``{#id}``, which sets a heading's id;
- JSX tags ``<Name ...>``, ``</Name>``, ``<>`` and ``</>``, whose ``href``, ``src``, ``alt``, ``id``, ``name`` and
  ``title`` are read where they are plain strings.

Lines that hold nothing else become blank. Beside text, an expression or a tag becomes a meaningless HTML tag of the
same length, since spaces could turn the text after it into indented code. ``[text]({x})`` keeps its destination. An
expression or a tag that never ends stays as it is.

MDX knows no indented code, so that fences in an element may be indented as they like: they are moved to the column of
the outermost element that was opened in the innermost item of a list, and what that frees stands behind them.

>>> lines, tags = blank_mdx(["import A from 'a'", "", "# {x} <A href='b.md'>c</A>"])
>>> lines[2], tags[0].attributes
('# <a> <a aaaaaaaaaaa>c<aa>', {'href': 'b.md'})
"""

from __future__ import annotations

import re
from bisect import bisect_right

from .html import HtmlTag

__all__ = ["blank_mdx"]

_MODULE = re.compile(r"(?:import|export)(?=[ \t{*\"'(]|\Z)")
_FENCE = re.compile(r"[ \t>]*+(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]++)*+(?:(`{3,})[^`]*\Z|(~{3,}))")
_INTEREST = re.compile(r"[`{<\\]")
_TAG_NAME = re.compile(r"</?((?:[A-Za-z_$][A-Za-z0-9_$.:-]*)?)(?=[\t-\r >/{])")
_BRACE = re.compile(r"[{}\"'`/]")
_ATTRIBUTE = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.:-]*")
_WANTED = frozenset({"href", "src", "alt", "id", "name", "title"})
_BACKTICKS = re.compile("`+")
_NOT_NEWLINE = re.compile(r"[^\n]")
_ITEM = re.compile(r"[ \t>]*+(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t])")
_PARAGRAPH = re.compile(r" *+[^<]")
_FILLED = re.compile(r"[^\t-\r ]")
_VALUE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_SPACE = "\t\n\x0b\x0c\r "
# How many elements are looked through for the one that a tag closes.
_MOST_OPEN = 64
# What may stand beside tags on a line without making it text.
_NO_TEXT = " \t\n>"


def blank_mdx(lines: list[str]) -> tuple[list[str], list[HtmlTag]]:
    """``lines`` without JavaScript, and the opening JSX tags with attributes of interest.

    The places of the tags are those in the lines joined by line feeds. Time grows linearly with the text but for tags
    that never end, each of which is searched once per beginning.
    """
    return _Reader("\n".join(lines)).run()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self._tags: list[HtmlTag] = []
        # From where on an expression was looked for in vain up to the end of the text.
        self._unclosed = len(text)
        # Elements that are open: their name, where they begin, and their column if they begin their line.
        self._elements: list[tuple[str, int, int | None]] = []
        # Items of lists that are open: where their lines begin, and how far they are indented.
        self._items: list[tuple[int, int]] = []

    def run(self) -> tuple[list[str], list[HtmlTag]]:
        text = self._text
        place = 0
        fence = ""
        column: int | None = None
        after_blank = True
        in_paragraph = False
        while place < len(text):
            end = self._line_end(place)
            line = text[place:end]
            opened = None if fence else _FENCE.match(line)
            if fence or opened is not None:
                if fence and _closes(line, fence):
                    fence = ""
                    line = _moved(line, column)
                elif opened is not None:
                    fence = opened[1] or opened[2]
                    after_blank = False
                    self._leave(line, place)
                    column = self._column()
                    line = _moved(line, column)
                in_paragraph = False
                self._out.append(line + "\n")
                place = end + 1
            elif after_blank and _MODULE.match(line):
                place = self._blank_module(place)
            else:
                after_blank = not line.strip(" \t")
                # A line of a paragraph goes on with an item that it is not indented for.
                if not after_blank and not (in_paragraph and _PARAGRAPH.match(line) and not _ITEM.match(line)):
                    self._leave(line, place)
                in_paragraph = not after_blank
                place = self._line(place, end)
        return "".join(self._out)[: len(text)].split("\n"), self._tags

    def _column(self) -> int | None:
        """Where the elements begin that a fence stands in, as far as nothing but elements is around it."""
        item = self._items[-1][0] if self._items else -1
        first = bisect_right(self._elements, item, key=lambda element: element[1])
        return self._elements[first][2] if first < len(self._elements) else None

    def _leave(self, line: str, place: int) -> None:
        """Closes the items that the line at ``place`` does not belong to, and opens the one that it begins."""
        indent = len(line) - len(line.lstrip(" "))
        while self._items and self._items[-1][1] >= indent:
            self._items.pop()
        if _ITEM.match(line):
            self._items.append((place, indent))

    def _line_end(self, place: int) -> int:
        found = self._text.find("\n", place)
        return len(self._text) if found < 0 else found

    def _blank_module(self, place: int) -> int:
        while place < len(self._text):
            end = self._line_end(place)
            line = self._text[place:end]
            if not line.strip(" \t"):
                break
            self._out.append(" " * len(line) + "\n")
            place = end + 1
        return place

    def _line(self, start: int, end: int) -> int:
        """Reads from ``start`` to the end of a line, the one at ``end`` or the one on which what began before ends.

        Appends what is left and returns where the next line begins.
        """
        text = self._text
        found: list[tuple[int, int]] = []
        beside = False
        place = kept = start
        while True:
            match = _INTEREST.search(text, place, end)
            if match is None:
                break
            at = match.start()
            character = text[at]
            if character == "\\":
                place = min(at + 2, end)
                continue
            place = at + 1
            stop: int | None = None
            if character == "`":
                place = _code_end(text, at)
            elif character == "{":
                if not text.startswith("#", at + 1) and not text.endswith("](", start, at):
                    stop = self._expression_end(at)
            else:
                tag = self._tag(at)
                if tag is not None:
                    stop = tag.end
                    self._note(tag)
                    if tag.attributes:
                        self._tags.append(tag)
            if stop is not None:
                beside = beside or text[kept:at].strip(_NO_TEXT) != ""
                found.append((at, stop))
                place = kept = stop
            if place > end:
                end = self._line_end(place)
        beside = beside or text[kept:end].strip(_NO_TEXT) != ""
        kept = start
        for first, last in found:
            self._out.append(text[kept:first])
            self._out.append((_disguise if beside else _blank)(text[first:last]))
            kept = last
        self._out.append(text[kept:end] + "\n")
        return end + 1

    def _note(self, tag: HtmlTag) -> None:
        """Opens or closes the element of ``tag``."""
        text = self._text
        if text.startswith("/", tag.start + 1):
            count = len(self._elements)
            for index in range(count - 1, max(count - _MOST_OPEN, 0) - 1, -1):
                if self._elements[index][0] == tag.name:
                    del self._elements[index:]
                    break
        elif not text.startswith("/", tag.end - 2):
            line = text.rfind("\n", 0, tag.start) + 1
            column = tag.start - line
            self._elements.append((tag.name, tag.start, None if text[line : tag.start].strip(" ") else column))

    def _expression_end(self, at: int) -> int | None:
        """The place after the brace that closes the one at ``at``; strings and comments do not count."""
        if at >= self._unclosed:
            return None
        end = _expression_end(self._text, at)
        if end is None:
            self._unclosed = at
        return end

    def _tag(self, at: int) -> HtmlTag | None:
        """The JSX tag at ``at``."""
        text = self._text
        match = _TAG_NAME.match(text, at)
        if match is None:
            return None
        opening = not text.startswith("/", at + 1)
        attributes: dict[str, str] = {}
        place: int | None = match.end()
        while place is not None and place < len(text):
            character = text[place]
            if character == ">":
                return HtmlTag(match[1].lower(), at, place + 1, attributes if opening else {})
            if character == "{":
                place = self._expression_end(place)
            elif character in _SPACE or character == "/":
                place += 1
            else:
                place = self._attribute(place, attributes)
        return None

    def _attribute(self, place: int, attributes: dict[str, str]) -> int | None:
        text = self._text
        key = _ATTRIBUTE.match(text, place)
        if key is None:
            return None
        equals = _skip_space(text, key.end())
        if not text.startswith("=", equals):
            return key.end()
        value = _skip_space(text, equals + 1)
        if text.startswith("{", value):
            return self._expression_end(value)
        if not text.startswith(('"', "'"), value):
            return None
        close = text.find(text[value], value + 1)
        if close < 0:
            return None
        name = key[0].lower()
        if name in _WANTED and name not in attributes:
            attributes[name] = _VALUE_BREAK.sub(" ", text[value + 1 : close])
        return close + 1


def _closes(line: str, fence: str) -> bool:
    stripped = line.lstrip("> \t").rstrip(" \t")
    return stripped.startswith(fence) and stripped.strip(fence[0]) == ""


def _moved(line: str, column: int | None) -> str:
    """A line with a fence, which begins at ``column`` at the latest."""
    indent = len(line) - len(line.lstrip(" "))
    if column is None or indent <= column or line[indent] not in "`~":
        return line
    return " " * column + line[indent:] + " " * (indent - column)


def _blank(text: str) -> str:
    return _NOT_NEWLINE.sub(" ", text)


def _disguise(text: str) -> str:
    """A tag without meaning of the same length; blanks where ``text`` is too short for one.

    What breaks its line at once can be neither, and stays.
    """
    if text[1] == "\n":
        return text
    if len(text) < 3:
        return _blank(text)
    return "<a" + _FILLED.sub("a", text[2:-1]) + ">"


def _code_end(text: str, at: int) -> int:
    """The end of the code span whose backticks begin at ``at``, or of the backticks where it is none."""
    opener = _BACKTICKS.match(text, at)
    after = at + 1 if opener is None else opener.end()
    place = after
    for closer in _BACKTICKS.finditer(text, after):
        if text.find("\n\n", place, closer.start()) >= 0:
            break
        place = closer.end()
        if place - closer.start() == after - at:
            return place
    return after


def _string_end(text: str, at: int) -> int | None:
    """The place after the string whose quote is at ``at``; only one in backticks goes on over the end of a line."""
    quote = text[at]
    place = at + 1
    while place < len(text):
        character = text[place]
        if character == "\\":
            place += 2
        elif character == quote:
            return place + 1
        elif character == "\n" and quote != "`":
            return None
        else:
            place += 1
    return None


def _expression_end(text: str, at: int) -> int | None:
    depth = 0
    place = at
    while True:
        match = _BRACE.search(text, place)
        if match is None:
            return None
        place = match.start()
        character = text[place]
        if character == "{":
            depth += 1
            place += 1
        elif character == "}":
            depth -= 1
            place += 1
            if depth == 0:
                return place
        elif character == "/":
            skipped = _comment_end(text, place)
            if skipped is None:
                return None
            place = skipped
        else:
            # An apostrophe in the text of a nested element is no quote.
            end = _string_end(text, place)
            place = place + 1 if end is None else end


def _comment_end(text: str, at: int) -> int | None:
    """The place after the comment at ``at``, or after the slash where it begins none; ``None`` where it never ends."""
    if text.startswith("/*", at):
        close = text.find("*/", at + 2)
        return None if close < 0 else close + 2
    if text.startswith("//", at) and text[at - 1] != ":":
        close = text.find("\n", at)
        return None if close < 0 else close
    return at + 1


def _skip_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place
