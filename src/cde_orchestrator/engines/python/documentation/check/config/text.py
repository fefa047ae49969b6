"""The text of a configuration."""

from __future__ import annotations

from ....filesystem.read import ReadProblem, read_file
from ....filesystem.tree import PythonTree
from .told import Problem

__all__ = ["read_text"]

_MAX_BYTES = 512 * 1024


def read_text(tree: PythonTree, index: int) -> tuple[str, str]:
    """The text, without a byte order mark, and the hash of its bytes. Raises :class:`Problem`."""
    try:
        content, facts = read_file(tree, index, _MAX_BYTES)
    except ReadProblem as problem:
        raise Problem(problem.message) from None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem("the file is not UTF-8") from None
    return text.removeprefix("\ufeff"), facts.sha256
