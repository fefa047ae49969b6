"""Generated from ``data/rules.toml`` by ``tools/generate_rules.py``; do not edit."""

from __future__ import annotations

from .....domain.findings import Rule

__all__ = ["RULES"]

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(
        "fence-without-language", "content", "hint", False,
        "The code fence names no language",
    ),
    Rule(
        "image-without-alt", "content", "hint", True,
        "The image has no alternative text",
    ),
    Rule(
        "vague-link-text", "content", "hint", True,
        "The text of the link does not say where it leads",
    ),
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
    Rule(
        "invalid-front-matter", "metadata", "error", True,
        "The front matter cannot be parsed",
    ),
    Rule(
        "duplicate-key", "metadata", "warning", True,
        "The key stands in the front matter before, and this value replaces the first",
    ),
    Rule(
        "broken-navigation", "structure", "error", True,
        "The navigation of the site leads to a file that does not exist",
    ),
    Rule(
        "missing-from-navigation", "structure", "warning", True,
        "The navigation of the site does not list the document",
    ),
    Rule(
        "unclosed-fence", "structure", "warning", True,
        "The code fence is never closed, so the rest of its container is shown as code",
    ),
    Rule(
        "colliding-slug", "structure", "hint", True,
        "A heading repeats another one of the same section, so its anchor is numbered",
    ),
    Rule(
        "no-title", "structure", "hint", True,
        "The document has neither a heading nor a title in its front matter",
    ),
    Rule(
        "orphan", "structure", "hint", True,
        "No document links to this one, though most others in its folder are linked",
    ),
    Rule(
        "several-titles", "structure", "hint", True,
        "The document has more than one heading of level 1",
    ),
    Rule(
        "skipped-level", "structure", "hint", True,
        "The heading is more than one level below the heading before it",
    ),
)
