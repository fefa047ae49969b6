"""Markdown and MDX to the records of a document's body.

The twin of the Rust core's ``markdown`` module. Grammar: CommonMark 0.31.2 with GFM's tables, task lists,
strikethrough, extended autolinks and footnotes; beyond them heading attributes (``{#id}``) and wiki links. Alerts are
block quotes.

>>> body = parse_body("# Guide\\n\\nSee [the *manual*](man.md#use).\\n", syntax="markdown")
>>> link = body.extract.links[0]
>>> body.headings[0].slug, link.text, link.target, link.fragment
('guide', 'the manual', 'man.md', 'use')
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ....domain.documents import Heading
from ....domain.options import SlugFlavour
from .excess import refuse_open_link
from .markdown_blocks import BlockParser
from .markdown_extract import Extract, RawHeading, extract
from .markup.asciidoc import parse_asciidoc
from .markup.plain import parse_plain
from .markup.rst import parse_rst
from .mdx import blank_mdx
from .prepare import mended
from .slug import Slugger
from .source import Source

__all__ = ["Body", "DocumentFormat", "empty_body", "parse_body"]

DocumentFormat = Literal["markdown", "mdx", "restructuredtext", "asciidoc", "notebook", "text"]
_MIN_BUDGET = 100_000


@dataclass(slots=True)
class Body:
    """What the body of a document holds. ``section_words`` counts the words of each heading's section."""

    source: Source
    extract: Extract
    headings: tuple[Heading, ...]
    section_words: tuple[int, ...]

    @property
    def title(self) -> str | None:
        """The text of the first heading of level 1 that has any."""
        return next((heading.text for heading in self.headings if heading.level == 1 and heading.text), None)


def empty_body(text: str) -> Body:
    """The body of a document that is not read."""
    return Body(Source(text), Extract(), (), ())


def parse_body(
    text: str,
    *,
    syntax: DocumentFormat,
    skipped: int = 0,
    slug_flavour: SlugFlavour = "github",
    max_nesting: int = 64,
) -> Body:
    """Reads the document ``text``, whose front matter takes the first ``skipped`` lines.

    Raises :class:`~.excess.Excess`, for instance for a document nested deeper than ``max_nesting`` block quotes, list
    items and footnotes. Time grows linearly with the length of the text in practice and stays below a few seconds for
    the 4 MiB that a scan allows.
    """
    source = Source(text, skipped)
    if syntax in {"restructuredtext", "asciidoc"}:
        found, ids = parse_rst(source) if syntax == "restructuredtext" else parse_asciidoc(source)
        remaining = iter(ids)
        return _body(source, found, lambda _: next(remaining))
    if syntax == "text":
        return _body(source, parse_plain(text, source), Slugger(slug_flavour).next)
    lines = source.lines[skipped:]
    refuse_open_link(lines)
    lines = [mended(line) for line in lines]
    if syntax == "mdx":
        lines, jsx = blank_mdx(lines)
    else:
        jsx = []
    blocks = BlockParser(lines, terminated=source.terminated, max_nesting=max_nesting).run()
    size = source.length - source.line_start(skipped + 1) if lines else 0
    found = extract(source, blocks, max(size, _MIN_BUDGET), jsx)
    # GitHub makes slugs of the text without images, whose blanks count.
    return _body(source, found, Slugger(slug_flavour).next, prepared=slug_flavour == "github")


def _body(source: Source, found: Extract, slug: Callable[[str], str], *, prepared: bool = False) -> Body:
    headings, words = _sections(source, found.headings, found.words, slug, prepared=prepared)
    return Body(source, found, headings, words)


def _sections(
    source: Source, raw: list[RawHeading], words: int, slug: Callable[[str], str], *, prepared: bool
) -> tuple[tuple[Heading, ...], tuple[int, ...]]:
    """Slugs, parents and ends of sections: a section ends before the line of the next heading of its level or above.

    ``slug`` names the headings in their order, by the text that is ``prepared`` for it or else by ``text``.
    """
    count = len(raw)
    parents: list[int | None] = []
    ends = [count] * count
    enclosing: list[int] = []
    for index, heading in enumerate(raw):
        while enclosing and raw[enclosing[-1]].level >= heading.level:
            ends[enclosing.pop()] = index
        parents.append(enclosing[-1] if enclosing else None)
        enclosing.append(index)
    headings = []
    section_words = []
    for index, heading in enumerate(raw):
        following = raw[ends[index]] if ends[index] < count else None
        headings.append(
            Heading(
                level=heading.level,
                text=heading.text,
                slug=slug(heading.shown if prepared else heading.text),
                explicit_id=heading.explicit_id,
                line=heading.line,
                column=heading.column,
                end_line=len(source.lines) if following is None else max(following.line - 1, heading.line),
                start=heading.start,
                section_end=source.length
                if following is None
                else max(source.line_start(following.line), heading.start),
                parent=parents[index],
            )
        )
        section_words.append((words if following is None else following.words) - heading.words)
    return tuple(headings), tuple(section_words)
