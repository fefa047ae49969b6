"""The part of JSON Schema 2020-12 that the generated schemas use, and no more: an unknown keyword is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["violations"]

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
}
NOTES = {"$schema", "$defs", "title", "description"}


def violations(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any] | None = None, at: str = ""
) -> Iterator[str]:
    """Where and how ``value`` breaks ``schema``."""
    root = root or schema
    for keyword, wanted in schema.items():
        if keyword in NOTES:
            continue
        if keyword == "$ref":
            yield from violations(value, root["$defs"][wanted.removeprefix("#/$defs/")], root, at)
        elif keyword == "type":
            names = wanted if isinstance(wanted, list) else [wanted]
            if not any(_is(value, name) for name in names):
                yield f"{at}: {value!r} is not {wanted}"
        elif keyword == "const":
            if value != wanted:
                yield f"{at}: {value!r} is not {wanted!r}"
        elif keyword == "enum":
            if value not in wanted:
                yield f"{at}: {value!r} is not one of {wanted}"
        elif keyword == "pattern":
            if isinstance(value, str) and not re.search(wanted, value):
                yield f"{at}: {value!r} does not match {wanted}"
        elif keyword == "anyOf":
            if all(list(violations(value, option, root, at)) for option in wanted):
                yield f"{at}: {value!r} fits none of the alternatives"
        elif keyword == "items":
            for index, item in enumerate(value if isinstance(value, list) else ()):
                yield from violations(item, wanted, root, f"{at}/{index}")
        elif keyword == "required":
            for name in wanted:
                if isinstance(value, dict) and name not in value:
                    yield f"{at}: {name} is missing"
        elif keyword == "properties":
            for name, part in wanted.items():
                if isinstance(value, dict) and name in value:
                    yield from violations(value[name], part, root, f"{at}/{name}")
        elif keyword == "additionalProperties":
            for name in value if isinstance(value, dict) and wanted is False else ():
                if name not in schema.get("properties", {}):
                    yield f"{at}: {name} is not allowed"
        else:
            raise NotImplementedError(keyword)


def _is(value: Any, name: str) -> bool:
    if name in ("integer", "number"):
        kinds: tuple[type, ...] = (int,) if name == "integer" else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])
