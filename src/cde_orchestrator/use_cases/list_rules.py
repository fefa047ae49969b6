"""Listing what a check looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.envelope import Completeness, EngineInfo, Result
from ..domain.findings import Rule, RulesSummary
from ..version import __version__
from .base import UseCase

if TYPE_CHECKING:
    from ..domain.envelope import Answer

__all__ = ["RULES_SCHEMA", "ListRulesUseCase"]

RULES_SCHEMA = "cde.docs.rules/1"


class ListRulesUseCase(UseCase):
    """Lists the rules of the documentation check. No engine runs: both are made from this one table."""

    def execute(self) -> Answer[Rule]:
        """Every rule, by group, then as the table has them. Schema ``cde.docs.rules/1``."""
        from ..engines.python.documentation.check.rule_table import RULES  # noqa: PLC0415 - data, not an engine

        groups = list(dict.fromkeys(rule.group for rule in RULES))
        return Result(
            schema=RULES_SCHEMA,
            engine=EngineInfo("none", __version__, "no engine was needed"),
            root=".",
            snapshot=None,
            completeness=Completeness("complete", 0),
            summary=RulesSummary(len(RULES), tuple(groups)),
            items=tuple(sorted(RULES, key=lambda rule: groups.index(rule.group))),
        )
