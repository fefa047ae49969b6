"""What is wrong with a value, in our words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

__all__ = ["message_of", "type_name"]

_LONGEST = 160
_SHOWN = 5
_TYPES: dict[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    type(None): "null",
}
_LIMITS = {
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "exclusiveMinimum": "must be more than {}",
    "exclusiveMaximum": "must be less than {}",
    "multipleOf": "must be a multiple of {}",
    "minLength": "must have at least {} characters",
    "maxLength": "must have at most {} characters",
    "minItems": "must have at least {} items",
    "maxItems": "must have at most {} items",
    "minProperties": "must have at least {} keys",
    "maxProperties": "must have at most {} keys",
    "pattern": "does not match the pattern {}",
    "const": "must be {}",
    "$ref": "the reference {} is not in the schema, and nothing is fetched",
    "$dynamicRef": "the reference {} is not in the schema, and nothing is fetched",
}
_FIXED = {
    "uniqueItems": "an item stands in it twice",
    "anyOf": "fits none of the allowed forms",
    "oneOf": "must fit exactly one of the allowed forms",
    "not": "has a form that is not allowed",
    "contains": "has not the number of items of a certain form that it must have",
    "propertyNames": "a key has a name that is not allowed",
}


def type_name(value: Any) -> str:
    """The type of ``value`` in the words of JSON Schema."""
    return _TYPES.get(type(value), "value")


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST // 2 else text[: _LONGEST // 2] + "…"


def _listed(values: Iterable[Any]) -> str:
    shown = [_shown(value) for value in values]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more


def message_of(keyword: str, wanted: Any, instance: Any, names: Iterable[str] = ()) -> str:
    """Why ``instance`` breaks ``keyword``, whose value is ``wanted``; ``names`` are the keys that it is about."""
    if keyword == "type":
        types = wanted if isinstance(wanted, list) else [wanted]
        message = f"must be of type {' or '.join(map(str, types))}, not {type_name(instance)}"
    elif keyword == "enum" and isinstance(wanted, list):
        message = f"must be one of {_listed(wanted)}"
    elif keyword in {"required", "dependentRequired"}:
        message = f"lacks the key {_listed(names)}"
    elif keyword in {"additionalProperties", "unevaluatedProperties"} and names:
        message = f"has a key that is not allowed: {_listed(names)}"
    elif keyword in _LIMITS:
        message = _LIMITS[keyword].format(_shown(wanted))
    else:
        message = _FIXED.get(keyword, "is not allowed by the schema")
    return message if len(message) <= 2 * _LONGEST else message[: 2 * _LONGEST] + "…"
