"""Marks on record fields that the JSON encoder needs to know about.

The mark is metadata of :func:`dataclasses.field`, so that type checkers see a field without a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["PATH"]

PATH: Mapping[str, bool] = MappingProxyType({"path": True})
"""The field holds a path, or a tuple of paths, and is escaped when written as JSON."""
