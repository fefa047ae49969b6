"""The Python engine's scan, in a module of its own: a check needs the class, and none of the parsers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from ....domain.envelope import Result

if TYPE_CHECKING:
    from .check.notes import Notes

__all__ = ["PythonScan"]


class PythonScan(Result[Any]):
    """A scan that keeps, by path, what a check needs of the texts, if it was told of the check."""

    __slots__ = ("notes",)
    notes: Mapping[str, Notes]

    @classmethod
    def of(cls, result: Result[Any], notes: Mapping[str, Notes]) -> PythonScan:
        """``result`` with its notes."""
        scan = cls(*(getattr(result, field.name) for field in fields(result)))
        object.__setattr__(scan, "notes", notes)
        return scan
