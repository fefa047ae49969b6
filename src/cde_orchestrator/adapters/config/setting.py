"""What one setting is: its key, its type, its default, and its form on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...domain.configuration import SettingValue

__all__ = ["SEVERITIES", "Kind", "Setting"]

Kind = Literal["flag", "number", "size", "duration", "choice", "text", "names", "patterns", "table", "pairs"]

SEVERITIES = ("error", "warning", "hint", "never")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    ``key`` is its place in the file (``section.name``), ``option`` its form on the command line as click declares it
    (``--on/--off`` for a flag), ``aliases`` further flags that stand for a value. ``names``, ``patterns`` and
    ``pairs`` are lists; the first may be written with commas on the command line, the others not, since a glob can hold
    commas. A ``size`` is kept in bytes, a ``duration`` in seconds. A ``table`` is kept as texts of key, ``separator``
    and value, in which form the command line has it; its values are one of the ``choices``, or else lists.
    """

    key: str
    kind: Kind
    default: SettingValue
    doc: str
    option: str
    short: str | None = None
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    environment: str | None = None
    aliases: tuple[tuple[str, str, str], ...] = ()
    separator: str = ""

    @property
    def is_list(self) -> bool:
        """Whether the value is a list."""
        return self.kind in ("names", "patterns", "table", "pairs")
