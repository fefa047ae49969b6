"""Records to JSON bytes: compact separators, UTF-8, keys in field order, paths escaped.

The Rust core writes the same bytes with serde; the differential tests hold the two together.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from .paths import escape_path

__all__ = ["to_json", "to_jsonable"]


@cache
def _fields(cls: type) -> tuple[tuple[str, bool], ...]:
    return tuple((field.name, bool(field.metadata.get("path"))) for field in dataclasses.fields(cls))


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return escape_path(value)
    if isinstance(value, (tuple, list)):
        return [_escaped(item) for item in value]
    return value


def to_jsonable(value: Any) -> Any:
    """``value`` as dictionaries, lists, strings, numbers, booleans and ``None``."""
    if isinstance(value, (str, int, float)) or value is None:
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: _escaped(getattr(value, name)) if is_path else to_jsonable(getattr(value, name))
            for name, is_path in _fields(type(value))
        }
    if isinstance(value, Mapping):
        return {key: to_jsonable(item) for key, item in value.items()}
    return [to_jsonable(item) for item in value]


def to_json(value: Any) -> bytes:
    """``value`` as JSON bytes without insignificant space."""
    text = json.dumps(to_jsonable(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")
