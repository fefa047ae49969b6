"""Lines that speak of something that need not exist."""

from __future__ import annotations

import re

__all__ = ["is_reserved"]

# Words around a path that make it one to come, one that is gone, or none in earnest.
_RESERVED = re.compile(
    rb"add|avoid|create|delete|deprecat|e\.g\.|example|formerly|generat|if |instead of|legacy|like|moved|named|never"
    rb"|new |no longer|not available|not exist|optional|output|place|put |remove|rename|replace|save|such as|that repo"
    rb"|would|writ"
)


def is_reserved(line: str) -> bool:
    """Whether the line speaks of something that need not exist."""
    # Bytes, because the case of ASCII letters alone is ignored.
    return _RESERVED.search(line.encode("utf-8", "surrogatepass").lower()) is not None
