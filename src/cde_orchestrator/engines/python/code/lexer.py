"""From bytes to tokens, by the facts of a language. The twin of ``cde_code::lexer``.

Strings, comments and brackets are what a recogniser must not be mistaken about; everything else is words, numbers and
single signs. The code in the fields of a formatted string is tokens in brackets between the pieces of its text. Linear
in the length of the source, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .strings import Mark, Strings
from .syntax import Syntax
from .tokens import CLOSE, COMMENT, NEWLINE, NUMBER, OPEN, SIGN, STRING, WORD, Tokens

__all__ = ["tokenize"]

_LINE_END = re.compile(rb"\r\n?|\n")


@cache
def _pattern(syntax: Syntax) -> re.Pattern[bytes]:
    comments = b"|".join(re.escape(mark.encode()) for mark in syntax.line_comments)
    return re.compile(
        rb"[ \t\f\v]+|\\(?:\r\n?|\n)"
        rb"|([A-Za-z_\x80-\xff][0-9A-Za-z_\x80-\xff]*)"
        rb"|([0-9][0-9A-Za-z_.]*)"
        rb"|([\"'])"
        rb"|((?:" + comments + rb")[^\r\n]*)"
        rb"|(\r\n?|\n)"
        rb"|([(\[{])|([)\]}])"
        rb"|([^\s])|.",
        re.DOTALL,
    )


_KINDS = (-1, WORD, NUMBER, STRING, COMMENT, NEWLINE, OPEN, CLOSE, SIGN)


def tokenize(source: bytes, syntax: Syntax) -> Tokens:
    """The tokens of ``source``, which must be UTF-8."""
    tokens = Tokens(source)
    tokens.line_starts.extend(match.end() for match in _LINE_END.finditer(source))
    _Lexer(tokens, syntax).read(0, len(source), 0)
    return tokens


class _Lexer:
    def __init__(self, tokens: Tokens, syntax: Syntax) -> None:
        self.tokens = tokens
        self.syntax = syntax
        self.strings = Strings(tokens, syntax)
        self.match_at = _pattern(syntax).match

    def read(self, at: int, limit: int, depth: int) -> None:
        """Takes what stands from ``at`` up to ``limit``, inside of ``depth`` formatted strings."""
        source = self.tokens.source
        kinds, starts, ends = self.tokens.kinds, self.tokens.starts, self.tokens.ends
        match_at = self.match_at
        prefixes = self.syntax.string_prefixes
        begin = at
        while at < limit:
            match = match_at(source, at, limit)
            # The last alternative takes any byte.
            group = match.lastindex if match is not None else None
            end = match.end() if match is not None else at + 1
            if group is None:
                at = end
                continue
            kind = _KINDS[group]
            if kind != STRING:
                kinds.append(kind)
                starts.append(at)
                ends.append(end)
                at = end
                continue
            prefix = b""
            if kinds and kinds[-1] == WORD and ends[-1] == at and starts[-1] >= begin:
                word = source[starts[-1] : at]
                if word.lower() in prefixes:
                    prefix = word
                    starts.pop()
                    kinds.pop()
                    ends.pop()
            end, marks = self.strings.end(at, prefix, depth, limit)
            self._literal(at - len(prefix), end, marks, depth)
            at = end

    def _add(self, kind: int, start: int, end: int) -> None:
        if start < end:
            self.tokens.kinds.append(kind)
            self.tokens.starts.append(start)
            self.tokens.ends.append(end)

    def _literal(self, start: int, end: int, marks: Sequence[Mark], depth: int) -> None:
        """Takes a literal: its text in pieces, and the code of its fields between them."""
        for number, (place, mark) in enumerate(marks):
            if mark == "open":
                self._add(STRING, start, place)
                self._add(OPEN, place, place + 1)
                # Another mark follows: each field that opens was closed.
                start = marks[number + 1][0]
                self.read(place + 1, start, depth + 1)
            elif mark == "close":
                self._add(STRING, start, place)
                self._add(CLOSE, place, place + 1)
                start = place + 1
        self._add(STRING, start, end)
