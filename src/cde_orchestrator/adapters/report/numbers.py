"""Numbers as people read them, independent of the locale.

>>> count(1234567), plural(1, "file"), plural(2, "entry", "entries"), size(1536), permille(1, 3)
('1,234,567', '1 file', '2 entries', '1.5 kB', '33.3 %')
"""

from __future__ import annotations

__all__ = ["count", "permille", "plural", "seconds", "size"]


def count(number: int) -> str:
    """With commas between thousands."""
    return f"{number:,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """The number and its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: int) -> str:
    """Bytes in decimal units, with one decimal below 100."""
    value = float(number)
    if abs(value) < 1000:
        return f"{number} B"
    for unit in ("kB", "MB", "GB", "TB"):
        value /= 1000
        if abs(value) < 999.5 or unit == "TB":
            return f"{value:,.1f} {unit}" if abs(value) < 99.95 else f"{value:,.0f} {unit}"
    return f"{number} B"


def permille(part: int, whole: int) -> str:
    """A share in per cent with one decimal."""
    tenths = 0 if whole <= 0 else (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10} %"


def seconds(duration: float) -> str:
    """A duration in the unit that suits it."""
    if duration < 0.9995:
        return f"{duration * 1000:.0f} ms"
    return f"{duration:.2f} s" if duration < 60 else f"{int(duration) // 60} min {int(duration) % 60} s"
