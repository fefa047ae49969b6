"""Generated from ``data/rules.toml`` by ``tools/generate_rules.py``; do not edit."""

from __future__ import annotations

from .....domain.findings import Rule

__all__ = ["RULES"]

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(
        "escapes-root", "links", "error", True,
        "The link leads outside of the repository",
    ),
    Rule(
        "missing-anchor", "links", "error", True,
        "The file exists, but has no heading or anchor of the link's fragment",
    ),
    Rule(
        "missing-file", "links", "error", True,
        "The link leads to a file or folder that does not exist",
    ),
    Rule(
        "wrong-case", "links", "error", True,
        "The file exists under a name that differs in upper and lower case only",
    ),
    Rule(
        "duplicate-definition", "links", "warning", True,
        "The label is defined before with another target, so this definition has no effect",
    ),
    Rule(
        "empty-target", "links", "warning", True,
        "The link has no target",
    ),
    Rule(
        "undefined-reference", "links", "warning", True,
        "The reference has no definition, so it is shown as it is written",
    ),
    Rule(
        "self-link", "links", "hint", True,
        "The link leads to the document that it stands in",
    ),
    Rule(
        "unused-definition", "links", "hint", True,
        "No reference uses the definition",
    ),
    Rule(
        "unverifiable-link", "links", "hint", False,
        "Only the program that builds the site knows whether the link's target exists",
    ),
)
