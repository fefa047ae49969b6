"""The tree that questions about code are put to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..errors import NotADirectoryPathError

if TYPE_CHECKING:
    from ..domain.options import TreeOptions
    from ..engines.select import Engines
    from ..ports.control import CancelToken, Progress
    from ..ports.filesystem import Tree

__all__ = ["open_code_tree"]


def open_code_tree(
    engines: Engines, root: str, options: TreeOptions, cancel: CancelToken | None, progress: Progress | None
) -> Tree:
    """The tree below ``root``; a file in its place is refused with a hint to its folder."""
    try:
        return engines.filesystem.open_tree(root, options, cancel=cancel, progress=progress)
    except NotADirectoryPathError as error:
        # A file is what one is tempted to ask about here.
        if not os.path.isfile(root):
            raise
        hint = f"ask about the folder that holds it: {os.path.dirname(root) or '.'}"
        raise NotADirectoryPathError(error.message, path=error.path, hint=error.hint or hint) from None
