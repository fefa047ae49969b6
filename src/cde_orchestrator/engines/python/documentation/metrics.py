"""Counting: words, notes of work left to do, and the measures of a document. The twin of the Rust core's ``metrics``.

A word is a run of characters other than ASCII whitespace that holds an ASCII letter or digit or any character beyond
ASCII; so the count needs no table of the Unicode standard. Words are those of the rendered text: code blocks and HTML
have none, code spans and alternative texts of images have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....domain.documents import CodeBlock, DocumentMetrics, Heading, Link

__all__ = ["count_todos", "count_words", "measure"]

_NO_WORD = re.compile(rb"(?<![^\t-\r ])[^\t-\r 0-9A-Za-z\x80-\xff]++(?![^\t-\r ])")
_TODO = re.compile(r"(?<![0-9A-Za-z_])(?:TODO|FIXME)(?![0-9A-Za-z_])")
_WORDS_PER_MINUTE = 200


def count_words(text: str) -> int:
    """How many words ``text`` has. O(length)."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data.split()) - sum(1 for _ in _NO_WORD.finditer(data))


def count_todos(text: str) -> int:
    """How often ``TODO`` or ``FIXME`` stands in ``text`` as a word of its own."""
    if "TODO" not in text and "FIXME" not in text:
        return 0
    return sum(1 for _ in _TODO.finditer(text))


def measure(
    lines: Sequence[str],
    body: int,
    headings: Sequence[Heading],
    links: Sequence[Link],
    code_blocks: Sequence[CodeBlock],
    code_ends: Sequence[int],
    words: int,
    todos: int,
) -> DocumentMetrics:
    """The measures of a document whose front matter takes the first ``body`` lines.

    ``code_ends`` are the last lines of ``code_blocks``, from 1.
    """
    prose = sum(1 for line in lines[body:] if line.strip("\t\x0b\x0c\r "))
    for block, end in zip(code_blocks, code_ends, strict=True):
        prose -= sum(1 for line in lines[block.line - 1 : end] if line.strip("\t\x0b\x0c\r "))
    code = sum(block.line_count for block in code_blocks)
    images = [link for link in links if link.image]
    return DocumentMetrics(
        prose_lines=prose,
        code_lines=code,
        code_permille=code * 1000 // (code + prose) if code + prose else 0,
        depth=max((heading.level for heading in headings), default=0),
        reading_minutes=-(-words // _WORDS_PER_MINUTE),
        todo_count=todos,
        images=len(images),
        images_without_alt=sum(1 for image in images if not image.text),
    )
