"""What makes a document cost more than it can be worth: it is listed and not parsed.

The twin of the Rust core's ``markdown::excess`` module, where each limit has its reason.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Literal

from ....domain.envelope import Diagnostic
from ....errors import LimitExceededError

__all__ = ["MAX_MISSING_CELLS", "Excess", "refuse_open_link"]

_MAX_OPEN_LINES = 5000
MAX_MISSING_CELLS = 1 << 18
_BLANK = "\t\x0b\x0c\r "

Limit = Literal["nesting", "open-link", "table-cells"]
_LIMIT_NAMES = {
    "nesting": "max-nesting",
    "open-link": "max-open-link-lines",
    "table-cells": "max-missing-table-cells",
}


class Excess(Exception):  # noqa: N818 - it becomes a diagnostic or an error of the call
    """A limit that a document exceeds, and the line where it does: from 0 in the body, until :meth:`in_document`."""

    def __init__(self, limit: Limit, line: int) -> None:
        super().__init__(limit, line)
        self.limit = limit
        self.line = line

    def in_document(self, skipped: int) -> Excess:
        """The same with the line counted from 1 in a document whose front matter takes ``skipped`` lines."""
        return Excess(self.limit, self.line + skipped + 1)

    @property
    def limit_name(self) -> str:
        """The name of the limit, as the account of completeness gives it."""
        return _LIMIT_NAMES[self.limit]

    def _message(self, max_nesting: int) -> str:
        if self.limit == "nesting":
            return f"blocks are nested deeper than {max_nesting} levels"
        if self.limit == "open-link":
            return f"a link is left open in more than {_MAX_OPEN_LINES} lines without a blank one"
        return f"the rows of a table lack {MAX_MISSING_CELLS} cells or more"

    def diagnostic(self, path: bytes, max_nesting: int) -> Diagnostic:
        """The diagnostic about the document at ``path``."""
        code = "nesting-too-deep" if self.limit == "nesting" else "document-too-complex"
        return Diagnostic(os.fsdecode(path), self.line, None, code, "warning", self._message(max_nesting))

    def error(self, max_nesting: int, path: str | None = None, hint: str | None = None) -> LimitExceededError:
        """The error of a call about this document alone."""
        return LimitExceededError(self._message(max_nesting), path=path, hint=hint)


def refuse_open_link(lines: Sequence[str]) -> None:
    """Raises :class:`Excess` for a link's destination that is not closed on its line, in too long a run of lines."""
    if len(lines) <= _MAX_OPEN_LINES:
        return
    run = 0
    first_open: int | None = None
    for index, line in enumerate(lines):
        if not line.strip(_BLANK):
            run = 0
            first_open = None
            continue
        run += 1
        if first_open is None:
            found = line.rfind("](")
            if found >= 0 and ")" not in line[found:]:
                first_open = index
        if first_open is not None and run > _MAX_OPEN_LINES:
            raise Excess("open-link", first_open)
