"""What the filesystem tests compare: answers without the engine's name, and errors as data."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from cde_orchestrator.domain.envelope import Answer
from cde_orchestrator.errors import CdeError

__all__ = ["body", "outcome"]


def body(answer: Answer[Any]) -> bytes:
    """The answer's JSON without who gave it, byte for byte otherwise."""
    written = answer.to_json()
    engine = json.dumps(json.loads(written)["engine"], separators=(",", ":"), ensure_ascii=False)
    assert written.count(b'"engine":' + engine.encode()) == 1
    return written.replace(b'"engine":' + engine.encode(), b'"engine":null', 1)


def outcome(call: Callable[[], Answer[Any]]) -> object:
    """The body of the answer, or everything that an error says."""
    try:
        return body(call())
    except CdeError as error:
        return type(error).__name__, error.code, error.message, error.path, error.hint
