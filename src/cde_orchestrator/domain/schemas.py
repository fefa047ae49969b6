"""The JSON Schemas of all envelopes, derived from the records, so that they cannot drift from what is written.

>>> schema = json_schema("cde.files.list/1")
>>> schema["properties"]["items"]["items"]
{'$ref': '#/$defs/FileRecord'}
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from .audit import AuditSummary
from .code import FileMetrics, MetricsSummary, Symbol, SymbolSummary
from .configuration import ConfigurationSummary, EffectiveSetting
from .diagnosis import DoctorSummary, InstallationCheck
from .documents import (
    Document,
    DocumentName,
    DocumentSummary,
    Json,
    OutlineSection,
    OutlineSummary,
    ScanSummary,
)
from .envelope import Completeness, Diagnostic, EngineInfo
from .files import (
    Change,
    ChangeSummary,
    DuplicateGroup,
    DuplicateSummary,
    FileRecord,
    FileSummary,
    LanguageSummary,
    SnapshotEntry,
    SnapshotSummary,
    TextFile,
    TextSummary,
    TreeSummary,
)
from .findings import Finding, FindingSummary, Rule, RulesSummary
from .graph import LinkGraphSummary, LinkNode
from .verification import ComparedOperation, VerificationSummary

__all__ = ["ENVELOPES", "json_schema"]

ENVELOPES: Mapping[str, tuple[type, tuple[type, ...]]] = {
    "cde.audit.run/1": (AuditSummary, (Finding,)),
    "cde.code.metrics/1": (MetricsSummary, (FileMetrics,)),
    "cde.code.symbols/1": (SymbolSummary, (Symbol,)),
    "cde.config.show/1": (ConfigurationSummary, (EffectiveSetting,)),
    "cde.docs.check/1": (FindingSummary, (Finding,)),
    "cde.docs.graph/1": (LinkGraphSummary, (LinkNode,)),
    "cde.docs.outline/1": (OutlineSummary, (OutlineSection,)),
    "cde.docs.rules/1": (RulesSummary, (Rule,)),
    "cde.docs.scan/1": (ScanSummary, (Document, DocumentSummary, DocumentName)),
    "cde.doctor.run/1": (DoctorSummary, (InstallationCheck,)),
    "cde.files.changes/1": (ChangeSummary, (Change,)),
    "cde.files.duplicates/1": (DuplicateSummary, (DuplicateGroup,)),
    "cde.files.find/1": (FileSummary, (FileRecord,)),
    "cde.files.list/1": (FileSummary, (FileRecord,)),
    "cde.files.read/1": (TextSummary, (TextFile,)),
    "cde.files.snapshot/1": (SnapshotSummary, (SnapshotEntry,)),
    "cde.files.tree/1": (TreeSummary, (LanguageSummary,)),
    "cde.verify.run/1": (VerificationSummary, (ComparedOperation,)),
}
"""Each envelope's name with the class of its summary and the classes that its items may have."""

_PLAIN: dict[Any, str] = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the envelope ``name``, such as ``cde.files.list/1``."""
    summary, items = ENVELOPES[name]
    definitions: dict[str, Any] = {}
    item = [_schema(cls, definitions) for cls in items]
    properties = {
        "schema": {"const": name},
        "engine": _schema(EngineInfo, definitions),
        "root": {"type": "string"},
        "snapshot": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "completeness": _schema(Completeness, definitions),
        "summary": _schema(summary, definitions),
        "items": {"type": "array", "items": item[0] if len(item) == 1 else {"anyOf": item}},
        "diagnostics": {"type": "array", "items": _schema(Diagnostic, definitions)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key != "snapshot"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if hint == Json or hint is Any:
        return {}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record(hint, definitions)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (tuple, list):
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object"}
    if origin in (Union, types.UnionType):
        return _either([_schema(argument, definitions) for argument in arguments])
    raise TypeError(f"{hint!r} has no JSON form")


def _either(options: list[dict[str, Any]]) -> dict[str, Any]:
    if all(set(option) == {"type"} for option in options):
        return {"type": [option["type"] for option in options]}
    return {"anyOf": options}


def _record(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        hints = get_type_hints(cls)
        names = [field.name for field in dataclasses.fields(cls)]
        definitions[cls.__name__] = {
            "description": (cls.__doc__ or "").split("\n", 1)[0].replace("``", "`"),
            "type": "object",
            "properties": {name: _schema(hints[name], definitions) for name in names},
            "required": names,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{cls.__name__}"}
