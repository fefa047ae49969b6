"""The line of a block that keeps it from being parsed.

Parsers report where they noticed that something is wrong, which for a quote or bracket that is not closed is the end of
the block, and each parser notices elsewhere. Both engines therefore name the line by what they agree on, which text is
accepted: the line after the longest beginning of the block that is accepted. For what was not closed it is the line
that opened it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["first_bad_line"]

_LINES_TRIED = 64
_BYTES_TRIED = 16 * 1024


def first_bad_line(text: str, entry: re.Pattern[str], accepts: Callable[[str], bool]) -> int:
    """The line, from 0. ``text`` is not accepted and ends with a line break; ``entry`` matches the first line of an
    entry at the top level.

    Entries are searched by halves and the lines of the entry found one by one; in a long entry, or behind a long
    beginning, the entry's first line is the answer.
    """
    ends = [0]
    while ends[-1] < len(text):
        ends.append(text.index("\n", ends[-1]) + 1)
    entries = [0, *(line for line in range(1, len(ends) - 1) if entry.match(text, ends[line])), len(ends) - 1]
    accepted, refused = 0, len(entries) - 1
    while refused - accepted > 1:
        middle = (accepted + refused) // 2
        if accepts(text[: ends[entries[middle]]]):
            accepted = middle
        else:
            refused = middle
    first, last = entries[accepted], entries[refused]
    if last - first > _LINES_TRIED or ends[last] > _BYTES_TRIED:
        return first
    return next((line for line in range(last - 1, first, -1) if accepts(text[: ends[line]])), first)
