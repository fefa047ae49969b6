"""The rules of the checks, and which of them a call asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from .....domain.findings import Rule
from .....domain.options import CheckOptions
from .....errors import InvalidArgumentError
from ...filesystem.glob import Glob
from .nearest import Budget, nearest
from .rule_table import RULES

__all__ = ["NAMES", "ChosenRules", "rules", "rules_named"]

_BY_NAME = {rule.name: rule for rule in RULES}
_GROUPS = sorted({rule.group for rule in RULES})
NAMES = tuple(name.encode() for name in (*_BY_NAME, *_GROUPS))
"""Every name that stands for rules."""


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
            near = nearest(name.encode("utf-8", "surrogatepass"), NAMES, Budget())
            hint = f"did you mean '{near.decode()}'?" if near else f"groups: {', '.join(_GROUPS)}"
            raise InvalidArgumentError(f"unknown rule or group '{name}'", hint=hint)
        expanded |= found
    return expanded


class ChosenRules:
    """The rules that ``options`` select, with their severities, without those that it ignores.

    Raises ``InvalidArgumentError`` for a name that is neither a rule nor a group, with the nearest known one as a hint,
    and for a glob that is none.
    """

    __slots__ = ("_paths", "_rules")

    def __init__(self, options: CheckOptions) -> None:
        selected = _expand(options.select) if options.select else {rule.name for rule in RULES if rule.default}
        ignored = _expand(options.ignore)
        severities = _severities(options)
        self._rules = {
            rule.name: replace(rule, severity=severity)
            for rule in RULES
            if rule.name in selected and rule.name not in ignored
            for severity in (severities.get(rule.name, rule.severity),)
            if severity != "off"
        }
        self._paths = [(Glob(glob), _expand(names)) for glob, names in options.per_path]

    @property
    def names(self) -> Collection[str]:
        """The rules that are asked for anywhere."""
        return self._rules.keys()

    def at(self, path: str) -> Mapping[str, Rule]:
        """The rules for the document ``path``."""
        raw = path.encode("utf-8", "surrogateescape")
        ignored = [names for glob, names in self._paths if glob.matches(raw)]
        if not ignored:
            return self._rules
        left_out = set().union(*ignored)
        return {name: rule for name, rule in self._rules.items() if name not in left_out}


def _severities(options: CheckOptions) -> dict[str, Any]:
    """The severities that ``options`` set: first for whole groups, then for single rules."""
    severities: dict[str, Any] = {}
    for single in (False, True):
        for name, level in options.severity:
            for rule in _expand((name,)):
                if (name in _BY_NAME) == single:
                    severities[rule] = level
    return severities
