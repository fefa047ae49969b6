"""Finding the first places where two JSON texts differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..domain.verification import Difference

__all__ = ["first_differences"]

_MISSING = object()
_WIDTH = 160


def first_differences(rust: bytes, python: bytes, path: str | None, most: int) -> list[Difference]:
    """At most ``most`` differences in reading order; at least one if the bytes differ.

    Works on an explicit stack, so that the depth of front matter does not matter.
    """
    try:
        found = list(islice(_differences(json.loads(rust), json.loads(python)), most))
    except RecursionError:
        found = []  # nested deeper than the parser goes: the offset has to do
    if not found and rust != python:
        at = next((index for index, pair in enumerate(zip(rust, python, strict=False)) if pair[0] != pair[1]), None)
        at = min(len(rust), len(python)) if at is None else at
        return [Difference(path, f"#byte {at}", _around(rust, at), _around(python, at))]
    return [Difference(path, pointer, _shown(left), _shown(right)) for pointer, left, right in found]


def _differences(rust: Any, python: Any) -> Iterator[tuple[str, Any, Any]]:
    stack = [("", rust, python)]
    while stack:
        pointer, left, right = stack.pop()
        if isinstance(left, dict) and isinstance(right, dict):
            keys = list(dict.fromkeys((*left, *right)))
            pairs = [(_step(pointer, key), left.get(key, _MISSING), right.get(key, _MISSING)) for key in keys]
        elif isinstance(left, list) and isinstance(right, list):
            pairs = [
                (
                    f"{pointer}/{index}",
                    left[index] if index < len(left) else _MISSING,
                    right[index] if index < len(right) else _MISSING,
                )
                for index in range(max(len(left), len(right)))
            ]
        else:
            # True equals 1 and 1.0 equals 1 in Python, but not in JSON.
            if type(left) is not type(right) or left != right:
                yield pointer, left, right
            continue
        stack.extend(reversed(pairs))


def _step(pointer: str, key: str) -> str:
    return f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"


def _shown(value: Any) -> str | None:
    if value is _MISSING:
        return None
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _around(raw: bytes, at: int) -> str:
    return raw[max(0, at - 40) : at + 40].decode("utf-8", "backslashreplace")
