"""Keeps what the recognisers of a line-based format find, as records."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .....domain.documents import Anchor, CodeBlock, Definition, Directive, InlineCode, Link, LinkKind
from ..html import read_directive
from ..markdown_extract import MAX_LINK_TEXT, Extract, RawHeading, is_internal
from ..markdown_syntax import split_fragment
from ..metrics import count_todos, count_words, filled_lines
from ..source import Source

__all__ = ["NewDefinition", "Place", "Recorder", "collapsed"]

_SPACES = re.compile("[\t-\r ]+")

Place = tuple[int, int]


def collapsed(text: str) -> str:
    """``text`` trimmed, with one space for each run of ASCII whitespace."""
    return _SPACES.sub(" ", text).strip(" ")


@dataclass(slots=True)
class _NewLink:
    kind: LinkKind
    text: str
    target: str
    fragment: str | None
    line: int
    column: int
    image: bool
    internal: bool
    label: str | None
    section: int | None
    start: int
    end: int


@dataclass(slots=True)
class NewDefinition:
    """A definition of which it is not known yet whether it is used."""

    label: str
    target: str
    fragment: str | None
    kind: Literal["link", "footnote"]
    line: int


class Recorder:
    """The records of one body. Lines and columns of the methods count from 0."""

    __slots__ = ("_links", "definitions", "found", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found = Extract()
        self._links: list[_NewLink] = []
        self.definitions: list[NewDefinition] = []

    def open_heading(self, level: int, line: int, column: int) -> None:
        """A heading begins; its text follows."""
        number, position, start = self.source.position(line, column)
        heading = RawHeading(
            level=level,
            text="",
            shown="",
            explicit_id=None,
            line=number,
            column=position,
            start=start,
            words=self.found.words,
        )
        self.found.headings.append(heading)

    def heading_text(self, text: str, explicit_id: str | None) -> None:
        """The rendered text of the heading that was opened last."""
        heading = self.found.headings[-1]
        heading.text = collapsed(text)
        heading.explicit_id = explicit_id

    def link(
        self,
        kind: LinkKind,
        text: str,
        destination: str,
        start: Place,
        end: Place,
        *,
        image: bool = False,
        label: str | None = None,
    ) -> int:
        """Adds a link and gives its index."""
        line, column, offset = self.source.position(*start)
        target, fragment = split_fragment(destination)
        link = _NewLink(
            kind=kind,
            text=collapsed(text)[:MAX_LINK_TEXT],
            target=target,
            fragment=fragment,
            line=line,
            column=column,
            image=image,
            internal=is_internal(destination),
            label=label,
            section=len(self.found.headings) - 1 if self.found.headings else None,
            start=offset,
            end=self.source.offset(*end),
        )
        self._links.append(link)
        return len(self._links) - 1

    def set_destination(self, index: int, destination: str) -> None:
        """Says where a link leads."""
        link = self._links[index]
        link.target, link.fragment = split_fragment(destination)
        link.internal = is_internal(destination)

    def anchor(self, identifier: str, kind: Literal["explicit", "html", "footnote"], line: int) -> None:
        """Adds an anchor."""
        if identifier:
            self.found.anchors.append(Anchor(identifier, kind, self.source.number(line)))

    def code(
        self,
        language: str | None,
        info: str,
        start: Place,
        last_line: int,
        line_count: int,
        *,
        fenced: bool = False,
        closed: bool = True,
    ) -> None:
        """Adds a code block that ends with ``last_line``."""
        line, _, offset = self.source.position(*start)
        block = CodeBlock(
            language=language or None,
            info=info,
            line=line,
            line_count=line_count,
            fenced=fenced,
            closed=closed,
            start=offset,
            end=self.source.line_end(last_line),
        )
        self.found.code_blocks.append(block)
        first = self.source.skipped + start[0]
        self.found.filled_code_lines += filled_lines(self.source.lines[first : self.source.skipped + last_line + 1])

    def inline_code(self, text: str, start: Place) -> None:
        """Adds a code span."""
        line, column, _ = self.source.position(*start)
        self.found.inline_code.append(InlineCode(collapsed(text), line, column))

    def rendered(self, text: str) -> None:
        """Counts rendered text."""
        self.found.words += count_words(text)
        self.found.todos += count_todos(text)

    def comment(self, text: str, line: int) -> None:
        """Adds a comment addressed to CDE, if ``text`` is one."""
        directive = read_directive(text)
        if directive is not None:
            self.found.directives.append(Directive(directive[0], directive[1], self.source.number(line)))

    def finish(self, used: Callable[[str, str], bool]) -> Extract:
        """All records; ``used`` tells whether something refers to a definition of that kind and label."""
        self._links.sort(key=lambda link: link.start)
        self.found.links = [
            Link(
                kind=link.kind,
                text=link.text,
                target=link.target,
                fragment=link.fragment,
                title=None,
                line=link.line,
                column=link.column,
                image=link.image,
                internal=link.internal,
                label=link.label,
                section=link.section,
                start=link.start,
                end=link.end,
            )
            for link in self._links
        ]
        seen: set[tuple[str, str]] = set()
        for new in self.definitions:
            key = (new.kind, new.label)
            # Numbers and signs that are given by themselves stand for as many footnotes as there are.
            automatic = new.kind == "footnote" and new.label in {"#", "*"}
            duplicate = key in seen and not automatic
            seen.add(key)
            self.found.definitions.append(
                Definition(
                    label=new.label,
                    target=new.target,
                    fragment=new.fragment,
                    title=None,
                    kind=new.kind,
                    line=new.line,
                    used=not duplicate and (automatic or used(new.kind, new.label)),
                    duplicate=duplicate,
                )
            )
        return self.found
