"""Patterns in the form of gitignore(5) outside of ignore files: which paths a list of them means."""

from __future__ import annotations

from itertools import islice

from .ignore import parse_pattern, pattern_lines

__all__ = ["PathPatterns"]


class PathPatterns:
    """A list of patterns, one a line, of which the last that matches a path or a folder around it decides."""

    def __init__(self, text: bytes, most: int) -> None:
        """The first ``most`` patterns that ``text`` spells."""
        lines = islice(pattern_lines(text), most)
        self._patterns = [parse_pattern(pattern, line, fold=False) for line, pattern in lines]

    def cover(self, path: bytes) -> bool:
        """Whether they mean the file at ``path``. O(patterns times the depth of the path)."""
        parts = path.split(b"/")
        entries = [(name, b"/".join(parts[: index + 1])) for index, name in enumerate(parts)]
        for pattern in reversed(self._patterns):
            tried = entries[:-1] if pattern.directory_only else entries
            if any(pattern.matches(name, entry) for name, entry in tried):
                return not pattern.negated
        return False
