"""The lines of the documents that findings are about, as they were when they were checked."""

from __future__ import annotations

import re
from bisect import bisect_right
from hashlib import sha256
from itertools import accumulate

from ...domain.findings import Finding
from ..mending.replace import Refusal, read_below

__all__ = ["Sources"]

_LARGEST = 16 * 1024 * 1024
_LONGEST_LINE = 1 << 16
# Lines and their endings; the last one may have none.
_PARTS = re.compile("([^\r\n]*)(\r\n|\n|\r|$)")


class Sources:
    """Reads the documents below ``root``, never through a link, and keeps the last one."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._ref: tuple[str, str] | None = None
        self._lines: list[str] = []
        self._starts: list[int] = []

    def line(self, finding: Finding) -> str | None:
        """The line of ``finding``; ``None`` where the file changed since, or its lines are not those of the file."""
        self._turn_to(finding)
        return self._lines[finding.line - 1] if 0 < finding.line <= len(self._lines) else None

    def region(self, finding: Finding) -> tuple[int, int, int, int] | None:
        """Line and column of the beginning and of the end of what the fix of ``finding`` replaces.

        ``None`` where the file changed since, or a line is too long to count in it again and again.
        """
        self._turn_to(finding)
        if finding.fix is None or not self._lines:
            return None
        start, end = self._place(finding.fix.start), self._place(finding.fix.end)
        return (*start, *end) if start is not None and end is not None else None

    def _place(self, offset: int) -> tuple[int, int] | None:
        number = bisect_right(self._starts, offset) - 1
        if len(self._lines[number]) > _LONGEST_LINE:
            return None
        before = self._lines[number].encode("utf-8")[: offset - self._starts[number]]
        return number + 1, len(before.decode("utf-8", "replace")) + 1

    def _turn_to(self, finding: Finding) -> None:
        ref = finding.path, finding.ref.rpartition("@")[2]
        if ref == self._ref:
            return
        self._ref = ref
        parts = _PARTS.findall(self._read(*ref))
        self._lines = [line for line, _ in parts]
        # Fixes are offered for UTF-8 only, in which these are the offsets of the file after a byte order mark.
        self._starts = [0, *accumulate(len((line + ending).encode("utf-8")) for line, ending in parts)][:-1]

    def _read(self, path: str, digest: str) -> str:
        if path.lower().endswith(".ipynb"):
            return ""
        try:
            content = read_below(self._root, path, _LARGEST)
        except Refusal:
            return ""
        if sha256(content).hexdigest()[: len(digest)] != digest:
            return ""
        encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        return content.decode(encoding, "replace")
