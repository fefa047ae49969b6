"""Code and documentation as one line. The twin of ``cde_code::wording``."""

from __future__ import annotations

import re

from .tokens import CLOSE, COMMENT, NEWLINE, OPEN, Tokens

__all__ = ["first_sentence", "one_line"]

_BLANKS = re.compile(r"[ \t\n\v\f\r]+")
_PARAGRAPH_END = re.compile(r"(?>\r\n?|\n)[ \t\f]*[\r\n]")
# What begins like a sentence: no small letter, so that "e.g. this" goes on.
_SENTENCE_END = re.compile(r"[.!?](?= [^a-z])")
_LONGEST = 400


def first_sentence(text: str) -> str | None:
    """The first sentence of a documentation, its blanks folded; ``None`` if there are only blanks."""
    stripped = text.strip(" \t\n\v\f\r")
    paragraph = _PARAGRAPH_END.split(stripped, maxsplit=1)[0]
    folded = _BLANKS.sub(" ", paragraph).strip(" ")
    end = _SENTENCE_END.search(folded)
    return _cut(folded[: end.end()] if end is not None else folded) or None


def one_line(tokens: Tokens, first: int, behind: int) -> str:
    """The tokens from ``first`` up to ``behind`` without comments, with at most one blank between two of them.

    There is none inside of brackets at their edges, and no comma before a bracket that closes on a line of its own.
    """
    kinds, starts, ends, source = tokens.kinds, tokens.starts, tokens.ends, tokens.source
    pieces: list[bytes] = []
    before: int | None = None
    size = 0
    for index in range(first, behind):
        if kinds[index] in (COMMENT, NEWLINE):
            continue
        if before is not None and ends[before] < starts[index]:
            if kinds[index] == CLOSE:
                if source[starts[before] : ends[before]] == b",":
                    pieces.pop()
            elif kinds[before] != OPEN:
                pieces.append(b" ")
        pieces.append(source[starts[index] : ends[index]])
        size += ends[index] - starts[index]
        before = index
        if size > 4 * _LONGEST:
            break
    return _cut(_BLANKS.sub(" ", b"".join(pieces).decode("utf-8", "replace")))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
