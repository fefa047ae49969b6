"""The rules of group ``structure`` about the comments by which a document turns rules off."""

from __future__ import annotations

from .....domain.documents import Directive, Document
from .nearest import Budget, nearest
from .origin import shown
from .report import Report
from .rule_table import RULES
from .rules import NAMES, rules_named
from .suppress import scope_of, words_of

__all__ = ["check_directives"]

_COMMANDS = (b"ignore", b"ignore-file")
_OWN = "unused-directive"
# Judged when this is over, or above the engine, so that it is not known whether a comment about them is needed.
_LATER = frozenset(("missing-from-navigation", "orphan", "schema-violation", _OWN))
# Of the words of one comment that are no names; beyond, it is prose.
_MOST_WORDS = 3


def check_directives(document: Document, report: Report, budget: Budget) -> None:
    """Reports comments that name what does not exist, and those that no finding needed; to be called last.

    Linear in the words of the comments.
    """
    for directive in document.directives:
        if scope_of(directive) is None:
            _check_command(directive, report, budget)
        else:
            _check_names(directive, report, budget)
    # A comment may be needed for what was just said of another.
    if report.wants(_OWN):
        for directive in document.directives:
            line = scope_of(directive)
            if line is not None:
                _check_need(directive, line, report)


def _check_command(directive: Directive, report: Report, budget: Budget) -> None:
    name = directive.name.encode()
    near = nearest(name, _COMMANDS, budget)
    if near is None and not name.startswith(b"ignore"):
        return
    message = f"no command 'cde-{shown(name)}'; there are cde-ignore and cde-ignore-file"
    suggestion = None if near is None else f"cde-{near.decode()}"
    report.add("unknown-directive", directive.line, 1, message, _written(directive), suggestion=suggestion)


def _check_names(directive: Directive, report: Report, budget: Budget) -> None:
    unknown = 0
    for word in words_of(directive.arguments):
        if rules_named(word):
            continue
        unknown += 1
        if unknown > _MOST_WORDS:
            return
        raw = word.encode("utf-8", "surrogatepass")
        near = nearest(raw, NAMES, budget)
        suggestion = None if near is None else near.decode()
        message = f"'{shown(raw)}' is neither a rule nor a group"
        report.add("unknown-directive", directive.line, 1, message, _written(directive), suggestion=suggestion)


def _check_need(directive: Directive, line: int, report: Report) -> None:
    suppressions = report.suppressions
    if suppressions is None:
        return
    words = words_of(directive.arguments)
    where = "in the document" if line == 0 else "here"
    if not words:
        every = all(report.wants(rule.name) for rule in RULES if rule.default)
        # On the first line stands what is found out about the document as a whole.
        if every and line > 1 and not suppressions.was_needed(line, None):
            report.add(_OWN, directive.line, 1, f"nothing to turn off {where}", _written(directive))
        return
    seen: set[str] = set()
    for word in words:
        named = rules_named(word)
        if word in seen or not named or not _LATER.isdisjoint(named) or not all(map(report.wants, named)):
            continue
        seen.add(word)
        if not any(suppressions.was_needed(line, rule) for rule in named):
            report.add(_OWN, directive.line, 1, f"no finding of '{word}' to turn off {where}", _written(directive))


def _written(directive: Directive) -> str:
    space = " " if directive.arguments else ""
    return f"cde-{directive.name}{space}{shown(directive.arguments.encode('utf-8', 'surrogatepass'))}"
