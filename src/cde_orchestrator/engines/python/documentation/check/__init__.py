"""Judging what documents say: rules, severities, places and suggestions. The twin of ``cde_documentation::check``.

>>> from cde_orchestrator.engines.python.documentation.check import rules
>>> [rule.name for rule in rules() if rule.group == "links" and rule.severity == "warning"]
['duplicate-definition', 'empty-target', 'reversed-link', 'undefined-reference']
"""

from __future__ import annotations

from .rules import rules

__all__ = ["rules"]
