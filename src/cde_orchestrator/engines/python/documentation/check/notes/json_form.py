"""Text that looks like JSON and is a form: with words for values, or with remarks beside them."""

from __future__ import annotations

import re

__all__ = ["is_form"]

# Words that people take for values of JSON.
_VALUES = frozenset(("true", "false", "null", "True", "False", "None", "NaN", "Infinity", "undefined"))
# Signs that a program for texts writes for quotes.
_QUOTES = frozenset("\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb\u00a0\u200b\ufeff")
_TOKEN = re.compile(r"""(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|[^ \t\r\n]""", re.DOTALL)
_COLON = re.compile(r"[ \t\r\n]*:")


def is_form(content: str) -> bool:
    """Whether anything stands outside of strings that nobody takes for JSON. O(length).

    A word in the place of a value, or a sign beyond ASCII.

    >>> is_form('{"total": N}'), is_form("{total: 1}"), is_form('{"a": 1} \u2192 fine')
    (True, False, True)
    """
    before = " "
    for token in _TOKEN.finditer(content):
        text = token[0]
        if token["word"] is not None:
            if before in "{[,:" and text not in _VALUES and not _COLON.match(content, token.end()):
                return True
            before = "a"
        elif token["string"] is not None:
            before = '"'
        elif text == '"':
            # It does not end on its line.
            return False
        elif text.isascii():
            before = text
        elif text in _QUOTES:
            before = '"'
        else:
            return True
    return False
