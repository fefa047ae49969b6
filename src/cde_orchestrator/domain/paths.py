"""How a path that need not be UTF-8 is written in JSON and on a terminal, and read back.

A valid UTF-8 path is written as it is. A byte that is not part of valid UTF-8 becomes ``\\xNN`` (lower case), and a
backslash that would read as the start of such an escape becomes ``\\x5c``, so the mapping is one to one.

>>> escape_path("caf\\udce9.md")
'caf\\\\xe9.md'
>>> unescape_path("caf\\\\xe9.md") == "caf\\udce9.md"
True
"""

from __future__ import annotations

import re

__all__ = ["escape_path", "unescape_path"]

_NEEDS_ESCAPE = re.compile(r"[\udc80-\udcff]|\\(?=x[0-9a-f]{2})")
_ESCAPED_BYTE = re.compile(rb"\\x([0-9a-f]{2})")


def escape_path(path: str) -> str:
    """The written form of ``path``, which is in the form of :func:`os.fsdecode` under a UTF-8 locale.

    >>> escape_path("caf\\udce9.md"), escape_path("café.md")
    ('caf\\\\xe9.md', 'café.md')
    """
    return _NEEDS_ESCAPE.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", path)


def unescape_path(text: str) -> str:
    """The path that :func:`escape_path` wrote as ``text``.

    >>> unescape_path("caf\\\\xe9.md")
    'caf\\udce9.md'
    """
    raw = text.encode("utf-8", "surrogateescape")
    return _ESCAPED_BYTE.sub(lambda match: bytes([int(match[1], 16)]), raw).decode("utf-8", "surrogateescape")
