"""What a plain scalar means in the core schema (YAML 1.2.2, section 10.3.2).

>>> [resolve(text) for text in ("yes", "true", "~", "0x1F", "1e3", "2026-11-22")]
['yes', True, None, 31, 1000.0, '2026-11-22']
"""

from __future__ import annotations

import re

from .....domain.documents import Json
from .values import as_float, as_integer, fits

__all__ = ["resolve"]

_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o([0-7]+)")
_HEXADECIMAL = re.compile(r"0x([0-9A-Fa-f]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Json] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)
# Where a number can begin; everything else need not be compared.
_NUMBER_START = frozenset("+-.0123456789")


def resolve(text: str) -> Json:
    """The value of a plain scalar in the core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _INTEGER.fullmatch(text):
        return as_integer(text)
    for pattern, base in ((_OCTAL, 8), (_HEXADECIMAL, 16)):
        match = pattern.fullmatch(text)
        if match is not None:
            # 43 octal digits are more than 128 bits.
            number = int(match[1].lstrip("0")[:44] or "0", base)
            return number if fits(number) else text
    return as_float(text) if _FLOAT.fullmatch(text) else text
