"""Marks on record fields that the JSON encoder needs to know about."""

from __future__ import annotations

from dataclasses import field
from typing import Any

__all__ = ["path_field"]


def path_field(**options: Any) -> Any:
    """A field that holds a path, or a tuple of paths, and is escaped when written as JSON."""
    return field(metadata={"path": True}, **options)
