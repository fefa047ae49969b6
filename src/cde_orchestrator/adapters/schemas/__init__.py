"""Validating by JSON Schema with the library ``jsonschema``, which is asked for with the extra ``schema``."""

from __future__ import annotations

from .validator import JsonSchemaValidator

__all__ = ["JsonSchemaValidator"]
