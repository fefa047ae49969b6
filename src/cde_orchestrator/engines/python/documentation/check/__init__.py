"""Judging what documents say: rules, severities, places and suggestions. The twin of ``cde_documentation::check``.

>>> from cde_orchestrator.engines.python.documentation.check import rules
>>> next(rule.summary for rule in rules() if rule.name == "empty-target")
'The link has no target'
"""

from __future__ import annotations

from .rules import rules

__all__ = ["rules"]
