"""The rules of the checks, and which of them a call asks for."""

from __future__ import annotations

from collections.abc import Iterable

from .....domain.findings import Rule
from .....domain.options import CheckOptions
from .....errors import InvalidArgumentError
from .nearest import Budget, nearest
from .rule_table import RULES

__all__ = ["chosen_rules", "rules", "rules_named"]

_BY_NAME = {rule.name: rule for rule in RULES}
_GROUPS = sorted({rule.group for rule in RULES})


def rules() -> tuple[Rule, ...]:
    """Every rule, by group, most severe first, then by name."""
    return RULES


def rules_named(name: str) -> frozenset[str]:
    """The rules that ``name`` stands for: itself, or the default rules of a group; empty where nothing has the name."""
    if name in _BY_NAME:
        return frozenset((name,))
    return frozenset(rule.name for rule in RULES if rule.group == name and rule.default)


def _expand(names: Iterable[str]) -> set[str]:
    expanded: set[str] = set()
    for name in names:
        found = rules_named(name)
        if not found:
            known = [known.encode() for known in (*_BY_NAME, *_GROUPS)]
            near = nearest(name.encode("utf-8", "surrogatepass"), known, Budget())
            hint = f"did you mean '{near.decode()}'?" if near else f"groups: {', '.join(_GROUPS)}"
            raise InvalidArgumentError(f"unknown rule or group '{name}'", hint=hint)
        expanded |= found
    return expanded


def chosen_rules(options: CheckOptions) -> dict[str, Rule]:
    """The rules that ``options`` select, without those that it ignores.

    Raises ``InvalidArgumentError`` for a name that is neither a rule nor a group; its hint is the nearest known one.
    """
    selected = _expand(options.select) if options.select else {rule.name for rule in RULES if rule.default}
    ignored = _expand(options.ignore)
    return {rule.name: rule for rule in RULES if rule.name in selected and rule.name not in ignored}
