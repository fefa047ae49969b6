"""The lines of the documents that findings are about, as they were when they were checked."""

from __future__ import annotations

import re
from hashlib import sha256

from ...domain.findings import Finding
from ..mending.replace import Refusal, read_below

__all__ = ["Sources"]

_LARGEST = 16 * 1024 * 1024
_LINE_END = re.compile("\r\n|\n|\r")


class Sources:
    """Reads the documents below ``root``, never through a link, and keeps the last one."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._ref: tuple[str, str] | None = None
        self._lines: list[str] = []

    def line(self, finding: Finding) -> str | None:
        """The line of ``finding``; ``None`` where the file changed since, or its lines are not those of the file."""
        ref = finding.path, finding.ref.rpartition("@")[2]
        if ref != self._ref:
            self._ref = ref
            self._lines = self._read(*ref)
        return self._lines[finding.line - 1] if 0 < finding.line <= len(self._lines) else None

    def _read(self, path: str, digest: str) -> list[str]:
        if path.lower().endswith(".ipynb"):
            return []
        try:
            content = read_below(self._root, path, _LARGEST)
        except Refusal:
            return []
        if sha256(content).hexdigest()[: len(digest)] != digest:
            return []
        encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        return _LINE_END.split(content.decode(encoding, "replace"))
