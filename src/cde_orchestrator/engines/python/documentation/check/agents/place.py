"""Where a file for agents stands."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Place"]


class Place(NamedTuple):
    """The folder, and whether the file speaks of it alone.

    A skill is written for any repository, so that its paths and commands mean the one that it is used in.
    """

    folder: bytes
    alone: bool
