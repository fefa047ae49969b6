"""Where a key stands in front matter."""

from __future__ import annotations

import re

from .....domain.documents import FrontMatter

__all__ = ["key_line"]

_INDENT = {"yaml": b"", "toml": b" \t", "json": b" \t{,"}


def key_line(content: bytes | None, front_matter: FrontMatter, key: str) -> int:
    """The line of the top-level ``key`` in ``content``, which begins with ``front_matter``.

    The first line where it cannot be told, as for a key written with escapes.
    """
    if content is None or front_matter.end > len(content):
        return 1
    name = re.escape(key.encode("utf-8", "surrogatepass"))
    is_key = re.compile(rb"(?:%b|\"%b\"|'%b')[ \t]*[:=]" % (name, name, name))
    block = content[: front_matter.end].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found = 1
    for number, raw in enumerate(block.split(b"\n"), 1):
        line = raw.lstrip(_INDENT[front_matter.format])
        # What follows are tables of TOML, whose keys are not on top.
        if front_matter.format == "toml" and line.startswith(b"["):
            break
        if is_key.match(line):
            found = number
            if front_matter.format == "json":
                break
    return found
