"""Reading and writing the file of a baseline."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from ...domain.baseline import Baseline, Known
from ...domain.paths import escape_path, unescape_path
from ...errors import InvalidConfigError, IoError, PathNotFoundError

__all__ = ["read_baseline", "write_baseline"]

_SCHEMA = "cde.baseline/1"
_KEYS = {"path", "rule", "fingerprint", "count"}
_LARGEST = 64 * 1024 * 1024
_RENEW = "write a new one with `cde docs check --write-baseline FILE`"


def read_baseline(path: str) -> Baseline:
    """The baseline in the file ``path``.

    Raises ``PathNotFoundError``, ``IoError``, and ``InvalidConfigError`` for one that is no baseline of this version.
    """
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise PathNotFoundError("no such baseline", path=path, hint=_RENEW) from None
    except OSError as error:
        raise IoError(f"the baseline cannot be read ({_reason(error)})", path=path, hint=_RENEW) from None
    if len(content) > _LARGEST:
        raise InvalidConfigError(f"the baseline has more than {_LARGEST} bytes", path=path, hint=_RENEW)
    try:
        document = json.loads(content)
        schema = document["schema"]
        counts = dict(_entry(entry) for entry in document["findings"]) if schema == _SCHEMA else {}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InvalidConfigError("the file is not a baseline", path=path, hint=_RENEW) from None
    if schema != _SCHEMA:
        message = f"the baseline has the schema {schema!r}, not {_SCHEMA!r}"
        raise InvalidConfigError(message, path=path, hint=_RENEW)
    return Baseline(counts)


def _entry(entry: dict[str, object]) -> tuple[Known, int]:
    path, rule, fingerprint, count = (entry[key] for key in ("path", "rule", "fingerprint", "count"))
    if not (isinstance(path, str) and isinstance(rule, str) and isinstance(fingerprint, str)):
        raise TypeError
    if entry.keys() != _KEYS or type(count) is not int or count < 1:
        raise ValueError
    return (unescape_path(path), rule, fingerprint), count


def write_baseline(path: str, baseline: Baseline) -> None:
    """Writes ``baseline`` to the file ``path``, as a whole or not at all. Raises ``IoError``."""
    lines = [
        json.dumps(
            {"path": escape_path(where), "rule": rule, "fingerprint": fingerprint, "count": count}, ensure_ascii=False
        )
        for (where, rule, fingerprint), count in sorted(baseline.counts.items())
    ]
    listed = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    text = f'{{\n  "schema": "{_SCHEMA}",\n  "findings": {listed}\n}}\n'
    try:
        _replace(path, text.encode("utf-8"))
    except OSError as error:
        raise IoError(f"the baseline cannot be written ({_reason(error)})", path=path) from None


def _replace(path: str, content: bytes) -> None:
    descriptor, beside = tempfile.mkstemp(prefix=".cde-", suffix=".tmp", dir=os.path.dirname(path) or ".")
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(descriptor, _mode(path))
            os.fsync(descriptor)
        Path(beside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _mode(path: str) -> int:
    """The permissions of the file that is replaced, or what a new file gets."""
    try:
        return os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _reason(error: OSError) -> str:
    return os.strerror(error.errno or 0).lower()
