"""Values as people write them: sizes, durations, whole numbers, choices, lists.

>>> parse_size("10k"), parse_size("1.5Mi"), parse_duration("1d12h")
(10000, 1572864, 129600)
"""

from __future__ import annotations

import re
from typing import Any

from ...domain.configuration import SettingValue
from .schema import Setting

__all__ = ["example_of", "pair_of", "parse_duration", "parse_size", "table_of", "value_from_file", "value_from_text"]

_SIZE = re.compile(r"(\d{1,15})(?:\.(\d{1,15}))?\s*([a-z]*)", re.IGNORECASE | re.ASCII)
_UNITS: dict[str, int] = {
    unit + suffix: base**power
    for power, letter in enumerate(("", "k", "m", "g", "t"))
    for base, unit in ((1000, letter), (1024, letter + "i" if letter else ""))
    for suffix in ("", "b")
}
_PERIOD = re.compile(r"(\d{1,9})\s*([smhdw])", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def parse_size(text: str) -> int:
    """Bytes that ``text`` stands for: ``k M G T`` are powers of 1000, ``Ki Mi Gi Ti`` of 1024; a ``B`` may follow."""
    match = _SIZE.fullmatch(text.strip())
    unit = _UNITS.get(match[3].lower()) if match else None
    if match is None or unit is None:
        raise ValueError(f"{text!r} is not a size; write bytes, or a number with k, M, G, Ki, Mi or Gi")
    # Whole numbers throughout: a float would round large sizes.
    fraction = match[2] or ""
    return int(match[1]) * unit + (int(fraction) * unit // 10 ** len(fraction) if fraction else 0)


def parse_duration(text: str) -> int:
    """Seconds that ``text`` stands for: numbers with ``s m h d w``, largest first as in ``1d12h`` or in any order."""
    compact = text.strip()
    periods = _PERIOD.findall(compact)
    if not periods or _PERIOD.sub("", compact).strip():
        raise ValueError(f"{text!r} is not a duration; write a number with s, m, h, d or w, such as 30m or 2d")
    return sum(int(number) * _SECONDS[unit] for number, unit in periods)


def pair_of(text: str) -> tuple[str, str]:
    """The two sides of ``GLOB=FILE``; ``ValueError`` if it has none. A glob may hold further equals signs."""
    glob, equals, file = text.rpartition("=")
    if not (glob and equals and file):
        raise ValueError(f"{text!r} is not GLOB=FILE")
    return glob, file


def value_from_text(setting: Setting, text: str) -> SettingValue:
    """The value that ``text`` (an option's argument or an environment variable) gives; ``ValueError`` says why not."""
    match setting.kind:
        case "number":
            stripped = text.strip()
            if not re.fullmatch(r"[+-]?\d{1,18}", stripped, re.ASCII):
                raise ValueError(f"{text!r} is not a whole number")
            return _bounded(setting, int(stripped))
        case "size":
            return _bounded(setting, parse_size(text))
        case "duration":
            return parse_duration(text)
        case "choice":
            return _chosen(setting, text)
        case "names":
            return tuple(name for part in text.split(",") if (name := part.strip()))
        case "patterns":
            return (text,)
        case "table":
            return (_entry(setting, *_parted(setting, text)),) if text else ()
        case "pairs":
            pair_of(text)
            return (text,)
        case _:
            return text


def value_from_file(setting: Setting, value: Any) -> SettingValue:
    """The value that TOML's ``value`` gives; ``ValueError`` says why not."""
    kind = setting.kind
    if kind == "flag":
        if isinstance(value, bool):
            return value
        raise ValueError(f"must be true or false, not {_type_name(value)}")
    if kind == "table" and isinstance(value, dict):
        return tuple(_entry(setting, key, item) for key, item in value.items())
    if kind == "table" and not isinstance(value, list):
        raise ValueError(f"must be a table, not {_type_name(value)}")
    if kind == "table":
        texts = (_parted(setting, item) for item in value)
        return tuple(_entry(setting, *parts) for parts in texts)
    if kind == "pairs":
        if isinstance(value, dict) and all(isinstance(item, str) and "=" not in item for item in value.values()):
            value = [f"{name}={item}" for name, item in value.items()]
        if isinstance(value, list) and all(isinstance(item, str) and pair_of(item) for item in value):
            return tuple(value)
        raise ValueError(f"must be a table of globs and paths without =, not {_type_name(value)}")
    if setting.is_list:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ValueError(f"must be a list of texts, not {_type_name(value)}")
    if kind in ("number", "size") and isinstance(value, int) and not isinstance(value, bool):
        return _bounded(setting, value)
    if kind != "number" and isinstance(value, str):
        return value_from_text(setting, value)
    raise ValueError(f"must be {_KIND_NAMES[kind]}, not {_type_name(value)}")


def table_of(setting: Setting, entries: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Keys and values of the ``entries`` of a setting that is a table."""
    return tuple(_parted(setting, entry) for entry in entries)


def _parted(setting: Setting, text: Any) -> tuple[str, str]:
    """A glob may hold the separator, a rule's name does not."""
    if not isinstance(text, str):
        raise ValueError(f"must be a table or a list of texts, not a list with {_type_name(text)}")
    key, found, value = text.rpartition(setting.separator)
    if not found or not key.strip() or not value.strip():
        raise ValueError(f"must be {setting.metavar}, not {text!r}")
    return key.strip(), value.strip()


def _entry(setting: Setting, key: str, value: Any) -> str:
    if setting.choices:
        if not isinstance(value, str):
            raise ValueError(f"{key}: must be a text, not {_type_name(value)}")
        return key + setting.separator + _chosen(setting, value)
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"{key}: must be a list of names, not {_type_name(value)}")
    return key + setting.separator + ",".join(value)


_KIND_NAMES = {
    "number": "a whole number",
    "size": 'a number of bytes or a text such as "10k"',
    "duration": 'a text such as "2d"',
    "choice": "a text",
    "text": "a text",
}
_EXAMPLES = {
    "flag": "true",
    "number": "4",
    "size": '"10k"',
    "duration": '"2d"',
    "text": '"docs"',
    "names": '["python", "rust"]',
    "patterns": '["docs/**"]',
    "pairs": '{ "docs/**" = "schema.json" }',
}


def example_of(setting: Setting) -> str:
    """A line for the file that gives ``setting`` a value which its kind allows."""
    name = setting.key.rpartition(".")[2]
    if setting.kind == "table":
        return (
            f'{name} = {{ missing-file = "{setting.choices[0]}" }}'
            if setting.choices
            else (f'{name} = {{ "archive/**" = ["missing-file"] }}')
        )
    return f"{name} = " + (f'"{setting.choices[0]}"' if setting.choices else _EXAMPLES[setting.kind])


_TYPE_NAMES: dict[type, str] = {
    bool: "a boolean",
    int: "a whole number",
    float: "a float",
    str: "a text",
    list: "a list",
    dict: "a table",
}


def _type_name(value: Any) -> str:
    return _TYPE_NAMES.get(type(value), "a date or time")


def _bounded(setting: Setting, number: int) -> int:
    if number < setting.least or (setting.most is not None and number > setting.most):
        bounds = f"from {setting.least} to {setting.most}" if setting.most is not None else f"at least {setting.least}"
        raise ValueError(f"must be {bounds}, not {number}")
    return number


def _chosen(setting: Setting, text: str) -> str:
    if text not in setting.choices:
        raise ValueError(f"must be {', '.join(setting.choices[:-1])} or {setting.choices[-1]}, not {text!r}")
    return text
