"""The bytes of a document with its fixes, and the difference as a unified diff."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from ...domain.findings import Fix

__all__ = ["unified_diff", "with_fixes"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONTEXT = 3
_UNQUOTED = frozenset(range(0x20, 0x7F)) - set(b'"\\')


def with_fixes(content: bytes, fixes: Iterable[Fix]) -> tuple[bytes, int]:
    """``content`` with ``fixes``, and how many: of two that overlap, the first one in the text.

    Offsets count after a byte order mark. Fixes that reach beyond the content are left out.
    """
    base = len(_BYTE_ORDER_MARK) if content.startswith(_BYTE_ORDER_MARK) else 0
    parts, end, count = [content[:base]], base, 0
    for fix in sorted(fixes, key=lambda fix: (fix.start, fix.end)):
        if base + fix.start < end or base + fix.end > len(content) or fix.end < fix.start:
            continue
        parts += [content[end : base + fix.start], fix.replacement.encode("utf-8", "surrogateescape")]
        end = base + fix.end
        count += 1
    return b"".join([*parts, content[end:]]), count


def unified_diff(path: str, before: bytes, after: bytes) -> bytes:
    """What ``patch -p1`` and ``git apply`` take; for texts that differ within lines, as those before and after a fix.

    Linear, unlike a search for the least difference: both texts must have the same number of lines.
    """
    old, new = before.split(b"\n"), after.split(b"\n")
    if len(old) != len(new):
        raise ValueError("the texts differ in their number of lines")
    changed = [number for number, (one, two) in enumerate(zip(old, new, strict=True)) if one != two]
    if not changed:
        return b""
    # What follows the last line feed is a line only if there is something.
    count = len(old) - (old[-1] == b"" and new[-1] == b"")
    lines = [b"--- " + _quoted("a/" + path), b"+++ " + _quoted("b/" + path)]
    for first, last in _hunks(changed, count):
        place = b"%d,%d" % (first + 1, last - first)
        lines.append(b"@@ -%s +%s @@" % (place, place))
        lines += _hunk(old, new, first, last)
    return b"\n".join(lines) + b"\n"


def _hunks(changed: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Spans of lines around the changed ones; those that touch are one."""
    first = last = -1
    for number in changed:
        start, end = max(number - _CONTEXT, 0), min(number + _CONTEXT + 1, count)
        if first >= 0 and start <= last:
            last = end
            continue
        if first >= 0:
            yield first, last
        first, last = start, end
    yield first, last


def _hunk(old: Sequence[bytes], new: Sequence[bytes], first: int, last: int) -> Iterator[bytes]:
    number = first
    while number < last:
        if old[number] == new[number]:
            yield from _line(b" ", old, number)
            number += 1
            continue
        end = number
        while end < last and old[end] != new[end]:
            end += 1
        for lines, sign in ((old, b"-"), (new, b"+")):
            for changed in range(number, end):
                yield from _line(sign, lines, changed)
        number = end


def _line(sign: bytes, lines: Sequence[bytes], number: int) -> Iterator[bytes]:
    yield sign + lines[number]
    if number == len(lines) - 1:
        yield b"\\ No newline at end of file"


def _quoted(path: str) -> bytes:
    """As git writes it: names with signs other than plain ones in quotes, the rest of the bytes in octal."""
    raw = os.fsencode(path)
    if all(byte in _UNQUOTED for byte in raw):
        # A tab ends a name that holds spaces.
        return raw + b"\t" if b" " in raw else raw
    escaped = b"".join(bytes([byte]) if byte in _UNQUOTED else b"\\%03o" % byte for byte in raw)
    return b'"' + escaped + b'"'
