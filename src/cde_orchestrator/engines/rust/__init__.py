"""The Rust engine: thin adapters from the ports to ``cde_rust_core``. Nothing else imports the core.

>>> import pytest; _ = pytest.importorskip("cde_rust_core")
>>> from cde_orchestrator.engines.select import select_engine
>>> select_engine("rust").info.name
'rust'
"""

from __future__ import annotations

from .code import RustCodeEngine
from .documentation import RustDocumentationEngine
from .filesystem import RustFilesystemEngine
from .records import register_records

__all__ = ["RustCodeEngine", "RustDocumentationEngine", "RustFilesystemEngine"]

register_records()
