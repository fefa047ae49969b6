"""How text looks: colour where wanted, plain characters where the terminal knows no others, nothing that steers it.

>>> style = Style(color=False, width=80, unicode=False)
>>> style.bold("12"), style.bullet
('12', '-')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from ...domain.envelope import Severity
from ...domain.paths import escape_path

__all__ = ["Style", "display_width", "safe_path", "safe_text", "shortened"]

# Control characters, surrogates, line and paragraph separators, and the marks that reorder or hide what follows.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def safe_text(text: str) -> str:
    """``text`` with control, invisible and direction-changing characters written as escapes."""
    return _UNSAFE.sub(_visible, text)


def safe_path(path: str) -> str:
    """A path as it is shown: bytes that are not UTF-8 as ``\\xNN``, unsafe characters as escapes."""
    return safe_text(escape_path(path))


def display_width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) != 0 for character in text)


def shortened(text: str, width: int, ellipsis: str) -> str:
    """``text`` cut to ``width`` columns, with ``ellipsis`` at the cut."""
    if display_width(text) <= width:
        return text
    room, kept = width - display_width(ellipsis), []
    for character in text:
        room -= display_width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ellipsis


@dataclass(frozen=True, slots=True)
class Style:
    """What the output can show. ``width`` is in columns; 0 means unlimited, as in a file or a pipe."""

    color: bool = False
    width: int = 0
    unicode: bool = True

    def _painted(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def bold(self, text: str) -> str:
        """Headings and the figures that matter."""
        return self._painted("1", text)

    def dim(self, text: str) -> str:
        """What may be overlooked."""
        return self._painted("2", text)

    def green(self, text: str) -> str:
        """What is in order."""
        return self._painted("32", text)

    def cyan(self, text: str) -> str:
        """Names of rules and languages."""
        return self._painted("36", text)

    def red(self, text: str) -> str:
        """What is wrong."""
        return self._painted("31", text)

    def mark(self, text: str) -> str:
        """What points at a place."""
        return self._painted("1;32", text)

    def severity(self, severity: Severity) -> Callable[[str], str]:
        """How words of this severity are painted."""
        return {"error": self._error, "warning": self._warning, "hint": self._hint}[severity]

    def _error(self, text: str) -> str:
        return self._painted("1;31", text)

    def _warning(self, text: str) -> str:
        return self._painted("1;33", text)

    def _hint(self, text: str) -> str:
        return self._painted("1;34", text)

    @property
    def bullet(self) -> str:
        """Separates parts of a line."""
        return "·" if self.unicode else "-"

    @property
    def bar(self) -> str:
        """Stands before quoted text."""
        return "│" if self.unicode else "|"

    @property
    def ellipsis(self) -> str:
        """Stands where text was cut."""
        return "…" if self.unicode else "..."

    def fitted(self, text: str, used: int = 0, *, at_most: int = 0) -> str:
        """``text`` cut to what the line leaves after ``used`` columns, and to ``at_most`` if that is not 0."""
        limits = [limit for limit in (self.width - used if self.width else 0, at_most) if limit]
        return shortened(text, max(min(limits), 8), self.ellipsis) if limits else text

    def gauge(self, part: int, whole: int, columns: int) -> str:
        """A bar of at most ``columns`` characters for ``part`` of ``whole``."""
        eighths = 0 if whole <= 0 else min(part * columns * 8 // whole, columns * 8)
        if not self.unicode:
            return "#" * max(eighths // 8, part > 0)
        rest = " ▏▎▍▌▋▊▉"[eighths % 8]
        return ("█" * (eighths // 8) + rest).rstrip() or ("▏" if part > 0 else "")
