"""From bytes to tokens, by the facts of a language. The twin of ``cde_code::lexer``.

Strings, comments and brackets are what a recogniser must not be mistaken about; everything else is words, numbers and
single signs. Linear in the length of the source, whatever it holds.
"""

from __future__ import annotations

import re
from functools import cache

from .strings import string_end
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


_KINDS = (None, WORD, NUMBER, STRING, COMMENT, NEWLINE, OPEN, CLOSE, SIGN)


def tokenize(source: bytes, syntax: Syntax) -> Tokens:
    """The tokens of ``source``, which must be UTF-8."""
    tokens = Tokens(source)
    tokens.line_starts.extend(match.end() for match in _LINE_END.finditer(source))
    kinds, starts, ends = tokens.kinds, tokens.starts, tokens.ends
    match_at = _pattern(syntax).match
    prefixes = syntax.string_prefixes
    at, length = 0, len(source)
    while at < length:
        match = match_at(source, at)
        # The last alternative takes any byte.
        group = match.lastindex if match is not None else None
        end = match.end() if match is not None else at + 1
        if group is None:
            at = end
            continue
        kind = _KINDS[group]
        if kind == STRING:
            prefix = b""
            if kinds and kinds[-1] == WORD and ends[-1] == at:
                word = source[starts[-1] : at].lower()
                if word in prefixes:
                    prefix = word
                    at = starts.pop()
                    kinds.pop()
                    ends.pop()
            end = string_end(tokens, at + len(prefix), prefix)
        kinds.append(kind)  # type: ignore[arg-type]
        starts.append(at)
        ends.append(end)
        at = end
    return tokens
