"""Applying the fixes of findings: to bytes, as a diff, and to files, each replaced as a whole or not at all.

A file is touched only if it still has the digest that its findings cite, so that a fix never lands in a text that
nobody checked.

>>> from cde_orchestrator.adapters.mending.change import with_fixes
>>> from cde_orchestrator.domain.findings import Fix
>>> with_fixes(b"[a](Guide.md)", [Fix(4, 12, "guide.md")])
(b'[a](guide.md)', 1)
"""

from __future__ import annotations

from .apply import apply_fixes

__all__ = ["apply_fixes"]
