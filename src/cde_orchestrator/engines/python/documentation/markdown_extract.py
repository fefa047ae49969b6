"""From leaf blocks and inlines to the records of a document, with places in the file.

Rules that the syntax leaves open, the same in the Rust core's ``markdown`` module:

- Text of headings and links is the rendered text, trimmed, with one space for a line break.
- An HTML link's text is the ``alt`` of an image and empty otherwise, since its content is text of the document.
- Bare addresses and wiki links (``[[target]]``, ``[[target|text]]``) are looked for in stretches of text that stand in
  the file as they are rendered; an escape, an entity or markup ends such a stretch, and links have none inside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ....domain.documents import (
    Anchor,
    CodeBlock,
    Definition,
    Directive,
    InlineCode,
    Link,
    LinkKind,
    Table,
    UndefinedReference,
)
from .bare_urls import find_urls
from .html import HtmlComment, HtmlTag, parse_directive, scan_html
from .markdown_blocks import Block, BlockKind, Piece
from .markdown_definitions import RawDefinition
from .markdown_emphasis import Delimiter
from .markdown_inline import Inline, InlineKind, InlineParser
from .markdown_syntax import fold_label, split_fragment
from .metrics import count_todos, count_words, filled_lines
from .source import Source

__all__ = ["MAX_LINK_TEXT", "Extract", "RawHeading", "extract", "is_internal"]

# How much of a link's text is kept, so that images within images cannot grow without bound.
MAX_LINK_TEXT = 1000
_TRIM = "\t\n\x0b\x0c\r "
_ESCAPED_PIPE = re.compile(r"\\\|")
_WIKI = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_LANGUAGE = re.compile(r"[^\t-\r ,{]+")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*([^{}]*?)[ \t]*\}\Z")
_ATTRIBUTE = re.compile(r"#([^#.=]+)\Z|\.[^.=#]+\Z|[A-Za-z][A-Za-z0-9_-]*=.*\Z")
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# Where ``name`` makes an anchor: by the standard on ``a`` alone, on hosted pages on headings and text as well.
_NAMED = frozenset(("a", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span"))
_NO_HREF = frozenset({"link", "base"})
_NO_SRC = frozenset({"script"})
_IMAGES = frozenset({"img", "image"})


@dataclass(slots=True)
class RawHeading:
    """A heading before its slug, its section and its parent are known. ``words`` counts the words before it.

    ``shown`` is the text that GitHub makes the slug of: images have none, and a blank beside one becomes a hyphen.
    """

    level: int
    text: str
    shown: str
    explicit_id: str | None
    line: int
    column: int
    start: int
    words: int


@dataclass(slots=True)
class Extract:
    """What the body of a document holds, in order of appearance."""

    headings: list[RawHeading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    undefined: list[UndefinedReference] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    code_blocks: list[CodeBlock] = field(default_factory=list)
    inline_code: list[InlineCode] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    words: int = 0
    todos: int = 0
    tasks_open: int = 0
    tasks_done: int = 0
    filled_code_lines: int = 0


class _Text:
    """The joined text of a leaf block and where each piece of it comes from."""

    __slots__ = ("pieces", "starts", "text")

    def __init__(self, pieces: Sequence[Piece], separator: str) -> None:
        self.pieces = pieces
        self.starts: list[int] = []
        if len(pieces) == 1:
            self.text = pieces[0][2]
        else:
            place = 0
            for piece in pieces:
                self.starts.append(place)
                place += len(piece[2]) + len(separator)
            self.text = separator.join(piece[2] for piece in pieces)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (from 0) of ``offset`` in the text."""
        if not self.starts:
            line, column, _ = self.pieces[0]
            return line, column + offset
        index = bisect_right(self.starts, offset) - 1
        line, column, _ = self.pieces[index]
        return line, column + offset - self.starts[index]

    def end_place(self, offset: int) -> tuple[int, int]:
        """Line and column of the end of a construct that ends before ``offset``."""
        line, column = self.place(offset - 1)
        return line, column + 1


def cell_pieces(piece: Piece) -> list[Piece]:
    """A table cell's text without the backslashes that protect its pipes (GFM 4.10)."""
    line, column, text = piece
    pieces: list[Piece] = []
    start = 0
    for match in _ESCAPED_PIPE.finditer(text):
        pieces.append((line, column + start, text[start : match.start()]))
        start = match.start() + 1
    pieces.append((line, column + start, text[start:]))
    return pieces


def is_internal(destination: str) -> bool:
    """Whether a destination has no scheme and no host."""
    return _EXTERNAL.match(destination) is None


def explicit_id(line: str) -> tuple[str, int] | None:
    """The id that attributes at the end of a heading's last line set, and where they begin.

    ``{#id}``, ``{: #id .class}`` and ``{#id key=value}`` are attributes; the last id wins.
    """
    opened = line.rfind("{")
    if opened < 0 or (opened > 0 and line[opened - 1] == "\\"):
        return None
    match = _ATTRIBUTES.match(line, opened)
    if match is None:
        return None
    found = None
    for token in re.split(r"[ \t]+", match[1]):
        attribute = _ATTRIBUTE.match(token)
        if attribute is None:
            return None
        found = attribute[1] or found
    return None if found is None else (found, opened)


class _Extractor:
    def __init__(self, source: Source, blocks: Sequence[Block], budget: int) -> None:
        self.source = source
        self.out = Extract()
        self._blocks = blocks
        self._targets: dict[str, RawDefinition] = {}
        self._notes: set[str] = set()
        self._used: set[tuple[str, str]] = set()
        for block in blocks:
            if block.definition is not None:
                self._targets.setdefault(fold_label(block.definition.label), block.definition)
            elif block.kind is BlockKind.FOOTNOTE:
                self._notes.add(fold_label(block.text))
        self._parser = InlineParser(self._targets, self._notes, budget, self._undefined)
        self._text = _Text([(0, 0, "")], "")
        self._parts: list[str] = []
        # Where each verbatim chunk of the current text went: its index in the parts, its start in the text.
        self._chunks: list[tuple[int, int]] = []
        # The alternative texts of images: first part and the part behind the last.
        self._alternatives: list[tuple[int, int]] = []
        self._run = (-1, -1)
        self._link_depth = 0
        self._in_anchor = False
        self._section = -1

    def run(self, jsx: Sequence[HtmlTag]) -> Extract:
        for block in self._blocks:
            self._block(block)
        self._definitions()
        if jsx:
            self._jsx(jsx)
        self.out.links.sort(key=lambda link: link.start)
        self.out.anchors.sort(key=lambda anchor: anchor.line)
        return self.out

    def _jsx(self, tags: Sequence[HtmlTag]) -> None:
        """Records blanked tags, whose places are in the lines of the body joined by line feeds."""
        lines = self.source.lines[self.source.skipped :]
        self._text = _Text([(index, 0, line) for index, line in enumerate(lines)], "\n")
        starts = [heading.start for heading in self.out.headings]
        for tag in tags:
            first = self.source.offset(*self._text.place(tag.start))
            self._section = bisect_right(starts, first) - 1
            self._html_item(tag, 0)

    # Blocks

    def _block(self, block: Block) -> None:
        kind = block.kind
        if kind is BlockKind.TEXT:
            self._read(_Text(block.pieces, "\n"))
        elif kind is BlockKind.CELL:
            self._read(_Text(cell_pieces(block.pieces[0]), ""))
        elif kind is BlockKind.HEADING:
            self._heading(block)
        elif kind is BlockKind.TABLE:
            line = self.source.number(block.line)
            self.out.tables.append(Table(line, self.source.number(block.end_line), block.count, block.level))
        elif kind is BlockKind.CODE:
            self._code(block)
        elif kind is BlockKind.HTML:
            self._html(_Text(block.pieces, "\n"))
        elif kind is BlockKind.TASK:
            self.out.tasks_done += block.level
            self.out.tasks_open += 1 - block.level

    def _heading(self, block: Block) -> None:
        line, column, start = self.source.position(block.line, block.column)
        heading = RawHeading(block.level, "", "", None, line, column, start, self.out.words)
        self._section = len(self.out.headings)
        self.out.headings.append(heading)
        text = _Text(block.pieces, "\n")
        setext = block.end_line > block.line
        inlines = self._read(text, self.source.lines[self.source.skipped + block.end_line] if setext else "")
        parts = self._parts
        last = inlines[-1] if inlines else None
        # White space other than blanks stays at the end of an ATX heading.
        ended = last is None or setext or (isinstance(last, Inline) and last.end == len(text.text))
        if ended and isinstance(last, Inline) and last.kind is InlineKind.TEXT and text.text[last.end - 1] == "}":
            line_start = text.text.rfind("\n", 0, last.end) + 1
            found = explicit_id(text.text[line_start : last.end])
            if found is not None:
                heading.explicit_id = found[0]
                self.out.anchors.append(Anchor(found[0], "explicit", line))
                parts = self._parts_before(line_start + found[1])
                self.out.words -= count_words("".join(self._parts)) - count_words("".join(parts))
        heading.text = heading.shown = "".join(parts).strip(_TRIM)
        if heading.explicit_id is None:
            heading.shown = self._text_without_images(parts)

    def _text_without_images(self, parts: list[str]) -> str:
        """What ``parts`` show besides the alternative texts of images."""
        shown = []
        first = 0
        for start, end in self._alternatives:
            shown += parts[first:start]
            first = end
        return "".join((*shown, *parts[first:]))

    def _parts_before(self, offset: int) -> list[str]:
        """The text so far without what begins at or after ``offset``."""
        for part, start in reversed(self._chunks):
            if start <= offset:
                return [*self._parts[:part], self._parts[part][: offset - start]]
        return self._parts[:0]

    def _code(self, block: Block) -> None:
        line, _, start = self.source.position(block.line, block.column)
        language = _LANGUAGE.match(block.text)
        end = self.source.line_end(block.end_line)
        self.out.code_blocks.append(
            CodeBlock(
                language=None if language is None else language[0],
                info=block.text,
                line=line,
                line_count=block.count,
                fenced=block.fenced,
                closed=block.closed,
                start=start,
                end=end,
            )
        )
        first = self.source.skipped
        self.out.filled_code_lines += filled_lines(self.source.lines[first + block.line : first + block.end_line + 1])

    def _definitions(self) -> None:
        seen: set[tuple[str, str]] = set()
        for block in self._blocks:
            raw = block.definition
            if raw is not None:
                label = fold_label(raw.label)
                target, fragment = split_fragment(raw.target)
                self._define(seen, Definition(label, target, fragment, raw.title, "link", 0, False, False), block)
            elif block.kind is BlockKind.FOOTNOTE:
                label = fold_label(block.text)
                self._define(seen, Definition(label, "", None, None, "footnote", 0, False, False), block)

    def _define(self, seen: set[tuple[str, str]], found: Definition, block: Block) -> None:
        key = (found.kind, found.label)
        duplicate = key in seen
        seen.add(key)
        line = self.source.number(block.line)
        used = not duplicate and key in self._used
        self.out.definitions.append(
            Definition(found.label, found.target, found.fragment, found.title, found.kind, line, used, duplicate)
        )
        if found.kind == "footnote" and not duplicate:
            self.out.anchors.append(Anchor("fn-" + found.label, "footnote", line))

    # Inlines

    def _undefined(self, label: str, text: str, offset: int) -> None:
        line, column, _ = self.source.position(*self._text.place(offset))
        self.out.undefined.append(UndefinedReference(label, text, line, column))

    def _read(self, text: _Text, underline: str = "") -> list[Inline | Delimiter]:
        """Reads the inlines of a leaf block and records what they hold; the rendered text stays in ``_parts``.

        ``underline`` is that of a setext heading, which may stand after a ``>`` of its own.
        """
        self._text = text
        self._parts = []
        self._chunks = []
        self._alternatives = []
        self._link_depth = 0
        self._in_anchor = False
        quoted: set[int] = set()
        if "<!" in text.text:
            quoted = self._quoted_lines(text)
            if underline.lstrip(" \t").startswith(">"):
                quoted.add(len(text.text) + 1)
        inlines = self._parser.parse(text.text, quoted)
        stack: list[tuple[Iterator[Inline | Delimiter], Inline | None, int]] = [(iter(inlines), None, 0)]
        while stack:
            items, link, part = stack[-1]
            item = next(items, None)
            if item is None:
                stack.pop()
                if link is not None:
                    self._end_run()
                    self._link_depth -= 1
                    self._add_link(link, self._text_from(part).strip(_TRIM))
                    if link.link is not None and link.link.image:
                        # An image around others takes them in.
                        while self._alternatives and self._alternatives[-1][0] >= part:
                            self._alternatives.pop()
                        self._alternatives.append((part, len(self._parts)))
            elif isinstance(item, Delimiter):
                self._verbatim(item.start + item.closed, item.start + item.count - item.opened)
            elif item.kind is InlineKind.TEXT:
                self._verbatim(item.start, item.end)
            elif item.kind is InlineKind.LINK:
                self._end_run()
                self._link_depth += 1
                stack.append((iter(item.children), item, len(self._parts)))
            else:
                self._end_run()
                self._other(item, last_in_link=link is not None and item is link.children[-1])
        self._end_run()
        self.out.words += count_words("".join(self._parts))
        return inlines

    def _text_from(self, part: int) -> str:
        """The rendered text from a part on, as far as it is kept."""
        length = 0
        for end in range(part, len(self._parts)):
            length += len(self._parts[end])
            if length >= MAX_LINK_TEXT:
                return "".join(self._parts[part : end + 1])[:MAX_LINK_TEXT]
        return "".join(self._parts[part:])

    def _quoted_lines(self, text: _Text) -> set[int]:
        """Where lines of ``text`` begin that stand after a ``>`` in the file."""
        lines = self.source.lines
        first = self.source.skipped
        starts = zip(text.starts, text.pieces, strict=False)
        return {start for start, (line, column, _) in starts if ">" in lines[first + line][:column]}

    def _other(self, item: Inline, *, last_in_link: bool) -> None:
        kind = item.kind
        if kind is InlineKind.BREAK or (kind is InlineKind.BACKSLASH_BREAK and not last_in_link):
            self._parts.append(" ")
        elif kind is InlineKind.BACKSLASH_BREAK:
            self._parts.append("\\")
        elif kind is InlineKind.ENTITY:
            self._parts.append(item.text)
        elif kind is InlineKind.CODE:
            if item.text:
                self._parts.append(item.text)
            line, column, _ = self.source.position(*self._text.place(item.start))
            self.out.inline_code.append(InlineCode(item.text, line, column))
        elif kind is InlineKind.HTML:
            self._inline_html(item)
        else:
            label = fold_label(item.text)
            self._used.add(("footnote", label))
            self._record("footnote", "", "", None, False, label, item.start, item.end)

    def _verbatim(self, start: int, end: int) -> None:
        if end <= start:
            return
        if self._run[1] == start:
            self._run = (self._run[0], end)
        else:
            self._end_run()
            self._run = (start, end)
        self._chunks.append((len(self._parts), start))
        self._parts.append(self._text.text[start:end])

    def _end_run(self) -> None:
        """Looks for addresses, wiki links and notes in the verbatim stretch that ends here."""
        start, end = self._run
        if start < 0:
            return
        self._run = (-1, -1)
        starts = self._text.starts
        if starts and "\n" not in self._text.text:
            # A table cell's pieces stand apart in the file, though no line break is between them.
            for cut in starts:
                if start < cut < end:
                    self._scan_run(start, cut)
                    start = cut
        self._scan_run(start, end)

    def _scan_run(self, start: int, end: int) -> None:
        text = self._text.text
        stretch = text[start:end]
        self.out.todos += count_todos(stretch)
        if self._link_depth:
            return
        low = start
        if "[[" in stretch:
            for match in _WIKI.finditer(text, start, end):
                self._urls(low, match.start())
                low = match.end()
                self._wiki(match)
        self._urls(low, end)

    def _urls(self, start: int, end: int) -> None:
        if self._in_anchor:
            return
        for first, last, destination in find_urls(self._text.text, start, end):
            self._record("bare", self._text.text[first:last], destination, None, False, None, first, last)

    def _wiki(self, match: re.Match[str]) -> None:
        image = match.start() > 0 and match.string[match.start() - 1] == "!" and match.start() > match.pos
        shown = (match[1] if match[2] is None else match[2]).strip(_TRIM)
        start = match.start() - 1 if image else match.start()
        self._record("wiki", shown, match[1].strip(_TRIM), None, image, None, start, match.end())

    def _add_link(self, item: Inline, text: str) -> None:
        link = item.link
        if link is None:
            return
        label = None
        if link.label is not None:
            label = fold_label(link.label)
            self._used.add(("link", label))
        kind: LinkKind = link.kind  # type: ignore[assignment]
        self._record(kind, text, link.destination, link.title, link.image, label, item.start, item.end)

    def _record(  # noqa: PLR0917 - one field of the record each
        self,
        kind: LinkKind,
        text: str,
        destination: str,
        title: str | None,
        image: bool,
        label: str | None,
        start: int,
        end: int,
    ) -> None:
        line, column, first = self.source.position(*self._text.place(start))
        last = self.source.offset(*self._text.end_place(end))
        target, fragment = split_fragment(destination)
        section = self._section if self._section >= 0 else None
        internal = is_internal(destination)
        text = text[:MAX_LINK_TEXT].strip(_TRIM)
        self.out.links.append(
            Link(
                kind,
                text[:MAX_LINK_TEXT].strip(_TRIM),
                target,
                fragment,
                title,
                line,
                column,
                image,
                internal,
                label,
                section,
                first,
                last,
            )
        )

    # HTML

    def _inline_html(self, item: Inline) -> None:
        piece = self._text.text[item.start : item.end]
        for found in scan_html(piece):
            self._html_item(found, item.start)
        lowered = piece[:3].lower()
        if lowered == "</a":
            self._in_anchor = False
        elif lowered[:2] == "<a" and lowered[2:] in ("", " ", "\t", "\n", ">"):
            self._in_anchor = True

    def _html(self, text: _Text) -> None:
        self._text = text
        for found in scan_html(text.text):
            self._html_item(found, 0)

    def _html_item(self, found: HtmlTag | HtmlComment, base: int) -> None:
        line = self.source.number(self._text.place(base + found.start)[0])
        if isinstance(found, HtmlComment):
            self.out.todos += count_todos(found.text)
            directive = parse_directive(found.text)
            if directive is not None:
                self.out.directives.append(Directive(directive[0], directive[1], line))
            return
        attributes = found.attributes
        start, end = base + found.start, base + found.end
        title = attributes.get("title") or None
        if "href" in attributes and found.name not in _NO_HREF:
            self._record("html", "", attributes["href"], title, False, None, start, end)
        if "src" in attributes and found.name not in _NO_SRC:
            image = found.name in _IMAGES
            shown = attributes.get("alt", "").strip(_TRIM) if image else ""
            self._record("html", shown, attributes["src"], title, image, None, start, end)
        anchors = [attributes.get("id", "")]
        if found.name in _NAMED:
            anchors.append(attributes.get("name", ""))
        for index, name in enumerate(anchors):
            if name and name not in anchors[:index]:
                self.out.anchors.append(Anchor(name, "html", line))


def extract(source: Source, blocks: Sequence[Block], budget: int, jsx: Sequence[HtmlTag] = ()) -> Extract:
    """The records of the body whose leaf blocks are ``blocks``.

    ``budget`` limits what references repeat, in bytes. ``jsx`` are the tags that were blanked, in order, by their place
    in the body's lines joined by line feeds.
    """
    return _Extractor(source, blocks, budget).run(jsx)
