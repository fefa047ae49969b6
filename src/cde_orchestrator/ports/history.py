"""What was in a tree before: the side of version control that the use cases need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..domain.line_changes import ChangedLines

__all__ = ["History"]


class History(Protocol):
    """The versions of a tree. Nothing that the tree or its version control configures may be run."""

    def changes(self, root: str, since: str, documents: Mapping[str, str]) -> Mapping[str, ChangedLines]:
        """Which lines of ``documents`` changed between the commit ``since`` and the working tree.

        ``documents`` maps paths below ``root`` to the beginning of the SHA-256 of the content that the lines count in.
        Raises ``InvalidArgumentError`` for a name that is no commit or a tree without history, ``IoError`` and
        ``OperationTimeoutError`` if the versions cannot be read.
        """
