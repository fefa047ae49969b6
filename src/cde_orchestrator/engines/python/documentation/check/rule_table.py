"""Generated from ``data/rules.toml`` by ``tools/generate_rules.py``; do not edit."""

from __future__ import annotations

from .....domain.findings import Rule

__all__ = ["RULES"]

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(
        "skill-metadata", "agents", "error", True,
        "The skill lacks a name or description, or has one that its specification does not allow",
    ),
    Rule(
        "agent-command-missing", "agents", "warning", True,
        "The command names a build target, script or file that does not exist",
    ),
    Rule(
        "agent-file-too-long", "agents", "warning", True,
        "The file takes more of an agent's context than is recommended",
    ),
    Rule(
        "agent-path-missing", "agents", "warning", True,
        "The file or folder that is mentioned does not exist",
    ),
    Rule(
        "invalid-data-block", "content", "warning", True,
        "The block of JSON, YAML or TOML cannot be parsed",
    ),
    Rule(
        "invisible-character", "content", "warning", True,
        "A character that nobody sees stands in the text",
    ),
    Rule(
        "bidirectional-character", "content", "hint", True,
        "A character changes the direction in which the text is shown",
    ),
    Rule(
        "fence-without-language", "content", "hint", False,
        "The code fence names no language",
    ),
    Rule(
        "image-without-alt", "content", "hint", True,
        "The image has no alternative text",
    ),
    Rule(
        "near-duplicate-section", "content", "hint", False,
        "The section says nearly the same as an earlier one",
    ),
    Rule(
        "oversized-document", "content", "hint", True,
        "The document has more than 10,000 words",
    ),
    Rule(
        "todo-left", "content", "hint", True,
        "A note of work left to do stands in the text",
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
        "own-url-missing", "links", "error", True,
        "The address of a file in this repository on the web leads to nothing",
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
        "own-url-line", "links", "warning", True,
        "The address of lines in a file of this repository points behind the file's end",
    ),
    Rule(
        "reversed-link", "links", "warning", True,
        "Text and target of the link are exchanged, so it is shown as it is written",
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
        "missing-metadata-key", "metadata", "error", True,
        "The front matter lacks a key that each document must have",
    ),
    Rule(
        "schema-violation", "metadata", "error", True,
        "The front matter or the data file does not fit its JSON Schema",
    ),
    Rule(
        "duplicate-key", "metadata", "warning", True,
        "The key stands in the front matter before, and this value replaces the first",
    ),
    Rule(
        "invalid-review-date", "metadata", "warning", True,
        "The day until which the document has been reviewed is no date",
    ),
    Rule(
        "stale-review-date", "metadata", "warning", True,
        "The day until which the document has been reviewed is over",
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
        "ragged-table", "structure", "warning", True,
        "The row has more cells than the header, so the last ones are not shown",
    ),
    Rule(
        "unclosed-fence", "structure", "warning", True,
        "The code fence is never closed, so the rest of its container is shown as code",
    ),
    Rule(
        "unknown-directive", "structure", "warning", True,
        "A comment for the checks names a rule or a command that does not exist",
    ),
    Rule(
        "colliding-slug", "structure", "hint", True,
        "A heading repeats another one of the same section, so its anchor is numbered",
    ),
    Rule(
        "empty-section", "structure", "hint", True,
        "Nothing stands below the heading",
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
    Rule(
        "unused-directive", "structure", "hint", True,
        "The comment turns a rule off that finds nothing there",
    ),
)
