"""Counting: words, notes of work left to do, and the measures of a document. The twin of the Rust core's ``metrics``.

A word is a run of characters other than ASCII whitespace that holds an ASCII letter or digit or any character beyond
ASCII; so the count needs no table of the Unicode standard. Words are those of the rendered text: code blocks and HTML
have none, code spans and alternative texts of images have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ....domain.documents import DocumentMetrics

if TYPE_CHECKING:
    from .markdown_extract import Extract

__all__ = ["count_todos", "count_words", "filled_lines", "measure"]

_NO_WORD = re.compile(rb"(?<![^\t-\r ])[^\t-\r 0-9A-Za-z\x80-\xff]++(?![^\t-\r ])")
_TODO = re.compile(r"(?<![0-9A-Za-z_])(?:TODO|FIXME)(?![0-9A-Za-z_])")
_WORDS_PER_MINUTE = 200
_BLANK = "\t\n\x0b\x0c\r "


def count_words(text: str) -> int:
    """How many words ``text`` has. O(length)."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data.split()) - sum(1 for _ in _NO_WORD.finditer(data))


def count_todos(text: str) -> int:
    """How often ``TODO`` or ``FIXME`` stands in ``text`` as a word of its own."""
    if "TODO" not in text and "FIXME" not in text:
        return 0
    return sum(1 for _ in _TODO.finditer(text))


def filled_lines(lines: Iterable[str]) -> int:
    """How many of ``lines`` are not blank."""
    return sum(1 for line in lines if line.strip(_BLANK))


def measure(filled: int, found: Extract) -> DocumentMetrics:
    """The measures of a document whose body has ``filled`` lines with content."""
    prose = filled - found.filled_code_lines
    code = sum(block.line_count for block in found.code_blocks)
    images = [link for link in found.links if link.image]
    return DocumentMetrics(
        prose_lines=prose,
        code_lines=code,
        code_permille=code * 1000 // max(code + prose, 1),
        depth=max((heading.level for heading in found.headings), default=0),
        reading_minutes=-(-found.words // _WORDS_PER_MINUTE),
        todo_count=found.todos,
        images=len(images),
        images_without_alt=sum(1 for image in images if not image.text),
    )
