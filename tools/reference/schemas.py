"""The JSON Schema of each envelope, as a file."""

from __future__ import annotations

import json

from cde_orchestrator.domain.schemas import ENVELOPES, json_schema

__all__ = ["file_name", "files"]


def file_name(envelope: str) -> str:
    """``cde.files.list/1`` is described by ``cde.files.list.1.json``."""
    return envelope.replace("/", ".") + ".json"


def files() -> dict[str, str]:
    """File name to text."""
    return {file_name(name): json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n" for name in ENVELOPES}
