"""Tells the core which Python class stands for which of its records."""

from __future__ import annotations

import dataclasses
from types import ModuleType

import cde_rust_core as core

from ...domain import code, documents, envelope, files, findings, graph

__all__ = ["register_records"]

_MODULES: tuple[ModuleType, ...] = (envelope, files, documents, findings, graph, code)


def register_records() -> None:
    """Registers every record class of the domain under its own name, which is the name of the core's struct."""
    core.register_records(
        {
            name: value
            for module in _MODULES
            for name, value in vars(module).items()
            if isinstance(value, type) and dataclasses.is_dataclass(value)
        }
    )
