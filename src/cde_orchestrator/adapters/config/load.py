"""Finding and reading the configuration file. The file may be anybody's: it is bounded, and never waited for."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...domain.configuration import SettingValue
from ...errors import InvalidConfigError, PathNotFoundError
from .nearest import nearest
from .schema import SETTINGS
from .values import example_of, value_from_file

__all__ = ["ConfigFile", "find_config", "read_config"]

MOST_BYTES = 1024 * 1024
_OWN_NAME, _SHARED_NAME = "cde.toml", "pyproject.toml"
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_.\s-]+?)\s*=")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A configuration file: its path as found, the values by key, and the line of each key where it could be told."""

    path: str
    values: Mapping[str, SettingValue] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, key: str) -> str:
        """``FILE:LINE`` of ``key``, or ``FILE``."""
        return f"{self.path}:{self.lines[key]}" if key in self.lines else self.path


def find_config(start: str) -> ConfigFile | None:
    """The nearest ``cde.toml``, or ``pyproject.toml`` with a ``[tool.cde]`` table, in the folder of ``start`` or above.

    The search ends at the top of the repository, which is the folder that holds ``.git``.
    """
    try:
        folder = os.path.abspath(start)
    except OSError:
        return None  # the current folder is gone; the walk will say so
    while True:
        if _is_file(os.path.join(folder, _OWN_NAME)):
            return read_config(_shown(os.path.join(folder, _OWN_NAME)))
        shared = os.path.join(folder, _SHARED_NAME)
        if _is_file(shared) and (found := _read_shared(_shown(shared))) is not None:
            return found
        above = os.path.dirname(folder)
        if above == folder or os.path.lexists(os.path.join(folder, ".git")):
            return None
        folder = above


def read_config(path: str) -> ConfigFile:
    """The configuration in ``path``; the table ``[tool.cde]`` of it if it is a ``pyproject.toml``.

    Raises ``PathNotFoundError`` and ``InvalidConfigError``.
    """
    if os.path.basename(path) == _SHARED_NAME:
        return _read_shared(path) or ConfigFile(path)
    text = _read(path)
    return _checked(path, _parsed(path, text), text, ())


def _read_shared(path: str) -> ConfigFile | None:
    text = _read(path)
    if "cde" not in text:
        return None
    try:
        document = _parsed(path, text)
    except InvalidConfigError:
        # A broken file that says nothing to us is for its own tool to complain about.
        if re.search(r"tool\s*\.\s*cde", text) is None:
            return None
        raise
    tool = document.get("tool")
    table = tool.get("cde") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise InvalidConfigError("tool.cde must be a table", path=path)
    return _checked(path, table, text, ("tool", "cde"))


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _shown(path: str) -> str:
    """``path`` relative to the current folder if it is inside of it."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        return path  # the current folder is gone
    return path if relative.startswith(os.pardir) else relative


def _read(path: str) -> str:
    try:
        regular = stat.S_ISREG(os.stat(path).st_mode)
        raw = _bytes_of(path) if regular else b""
    except FileNotFoundError:
        raise PathNotFoundError("no such configuration file", path=path, hint="check the path after --config") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidConfigError(f"the configuration cannot be read ({reason.lower()})", path=path) from None
    if not regular:
        raise InvalidConfigError("the configuration is not a regular file", path=path)
    if len(raw) > MOST_BYTES:
        raise InvalidConfigError(f"the configuration is larger than {MOST_BYTES} bytes", path=path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidConfigError(f"the configuration is not UTF-8 (byte {error.start})", path=path) from None


def _bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(MOST_BYTES + 1)


def _parsed(path: str, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most trees have no configuration

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line[1]}" if line else path
        message = str(error)[:1].lower() + str(error)[1:]
        hint = "in TOML texts stand in quotes, lists in brackets, and a key or table stands once"
        raise InvalidConfigError(f"the configuration is not TOML: {message}", path=place, hint=hint) from None
    except RecursionError:
        raise InvalidConfigError("the configuration is nested too deeply", path=path) from None


def _checked(path: str, document: Mapping[str, Any], text: str, prefix: tuple[str, ...]) -> ConfigFile:
    lines = dict(_key_lines(text, prefix))
    values: dict[str, SettingValue] = {}
    for key, value in _flattened(document):
        place = f"{path}:{lines[key]}" if key in lines else path
        setting = SETTINGS.get(key)
        if setting is None:
            raise InvalidConfigError(f"unknown key {key}", path=place, hint=f"did you mean {nearest(key, SETTINGS)}?")
        try:
            values[key] = value_from_file(setting, value)
        except ValueError as error:
            raise InvalidConfigError(f"{key}: {error}", path=place, hint=f"for example {example_of(setting)}") from None
    return ConfigFile(path, values, {key: line for key, line in lines.items() if key in values})


def _flattened(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    sections = {key.partition(".")[0] for key in SETTINGS if "." in key}
    for name, value in document.items():
        if name in sections and isinstance(value, dict):
            yield from ((f"{name}.{key}", item) for key, item in value.items())
        elif name in sections:
            raise InvalidConfigError(f"{name} must be a table", hint=f"write [{name}] and its keys below")
        else:
            yield name, value


def _key_lines(text: str, prefix: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Where each key stands. A look at lines, good for plain files; what it misses is reported without a line."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _TABLE.fullmatch(line):
            table = _parts(match[1])
            if table[: len(prefix)] == prefix and len(table) > len(prefix):
                yield ".".join(table[len(prefix) :]), number
        elif match := _KEY.match(line):
            full = table + _parts(match[1])
            if full[: len(prefix)] == prefix and len(full) > len(prefix):
                yield ".".join(full[len(prefix) :]), number


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
