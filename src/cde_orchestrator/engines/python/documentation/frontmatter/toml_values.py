"""TOML 1.1 (https://toml.io/en/v1.1.0) as data that JSON can hold.

Dates and times become text in the form of RFC 3339 with at most six digits of a second; ``inf`` and ``nan`` are text.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from typing import Any

import tomli

from .....domain.documents import Json
from .blame import first_bad_line
from .block import MAX_DEPTH, BlockError

__all__ = ["parse_toml"]

_SYNTAX = "the TOML cannot be parsed"
_ENTRY = re.compile(r"[A-Za-z0-9_\[]")
_CARRIAGE_RETURN = re.compile(r"\r(?!\n)")
# TOML leaves whole numbers beyond 64 bits to the parser; both engines refuse them.
_LARGEST = 2**63


class _UnusableError(Exception):
    """Nested too deep, or a number beyond 64 bits."""


def parse_toml(content: str) -> dict[str, Json]:
    """The table that ``content`` is. Raises :class:`BlockError`."""
    stray = _CARRIAGE_RETURN.search(content)
    if stray is not None:
        # No line break in TOML, but one in the document.
        before = content[: stray.start()]
        raise BlockError(_SYNTAX, before.count("\n"))
    try:
        return _load(content)
    except (tomli.TOMLDecodeError, RecursionError, _UnusableError):
        text = content.replace("\r\n", "\n")
        text += "" if text.endswith("\n") else "\n"
        raise BlockError(_SYNTAX, first_bad_line(text, _ENTRY, _is_toml)) from None


def _load(content: str) -> dict[str, Json]:
    return {key: _value(value, 1) for key, value in tomli.loads(content, parse_float=_float).items()}


def _float(text: str) -> float | str:
    """A number, or the text of one that JSON cannot hold; a finite one beyond 64 bits is an error."""
    number = float(text)
    if math.isfinite(number):
        return number
    special = text.lstrip("+").removeprefix("-")
    if special not in {"inf", "nan"}:
        raise _UnusableError
    return "-inf" if text == "-inf" else special


def _is_toml(content: str) -> bool:
    try:
        _load(content)
    except (tomli.TOMLDecodeError, RecursionError, _UnusableError):
        return False
    return True


def _value(value: Any, depth: int) -> Json:
    """``value`` as JSON can hold it, inside ``depth`` tables or arrays."""
    if isinstance(value, (dict, list)):
        if depth == MAX_DEPTH:
            raise _UnusableError
        if isinstance(value, dict):
            return {key: _value(item, depth + 1) for key, item in value.items()}
        return [_value(item, depth + 1) for item in value]
    if isinstance(value, (datetime, time)):
        text = value.isoformat()
        return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        raise _UnusableError
    if isinstance(value, (str, bool, int, float)):
        return value
    raise _UnusableError
