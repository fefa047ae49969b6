"""What is changed in the lines before they are parsed; nothing changes its place. The twin of ``markdown::prepare``.

The parser of the Rust core takes a tab for no whitespace after a closing fence and around the closing sequence of a
heading, so tabs there become spaces for both engines.
"""

from __future__ import annotations

import re

__all__ = ["mended"]

_MARKERS = re.compile(r"(?:[ \t>*+\-.)0-9]|\[\^[^\n]*?\]:)*+")
_HEADING = re.compile(r"#{1,6}(?=[\t-\r ]|\Z)")


def mended(line: str) -> str:
    """``line`` with spaces for the tabs after a fence that may close a block, at the end of a heading, or before the
    number signs that close it."""
    if "\t" not in line:
        return line
    content = line.rstrip(" \t")
    fence = content.rstrip("`~")
    start = end = len(content)
    if fence == content or fence.strip(" \t>"):
        markers = _MARKERS.match(line)
        opened = 0 if markers is None else markers.end()
        if _HEADING.match(line, opened) is None:
            return line
        signs = content.rstrip("#")
        if opened < len(signs) < end:
            start = len(signs.rstrip(" \t"))
    return line[:start] + line[start:].replace("\t", " ")
