//! Generated from `data/rules.toml` by `tools/generate_rules.py`; do not edit.

use cde_core::Severity;

use super::rules::Rule;

/// By group, most severe first, then by name.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "skill-metadata", group: "agents", severity: Severity::Error, default: true,
        summary: "The skill lacks a name or description, or has one that its specification does not allow",
    },
    Rule {
        name: "agent-command-missing", group: "agents", severity: Severity::Warning, default: true,
        summary: "The command names a build target, script or file that does not exist",
    },
    Rule {
        name: "agent-file-too-long", group: "agents", severity: Severity::Warning, default: true,
        summary: "The file takes more of an agent's context than is recommended",
    },
    Rule {
        name: "agent-path-missing", group: "agents", severity: Severity::Warning, default: true,
        summary: "The file or folder that is mentioned does not exist",
    },
    Rule {
        name: "invalid-data-block", group: "content", severity: Severity::Warning, default: true,
        summary: "The block of JSON, YAML or TOML cannot be parsed",
    },
    Rule {
        name: "invisible-character", group: "content", severity: Severity::Warning, default: true,
        summary: "A character that nobody sees stands in the text",
    },
    Rule {
        name: "bidirectional-character", group: "content", severity: Severity::Hint, default: true,
        summary: "A character changes the direction in which the text is shown",
    },
    Rule {
        name: "fence-without-language", group: "content", severity: Severity::Hint, default: false,
        summary: "The code fence names no language",
    },
    Rule {
        name: "image-without-alt", group: "content", severity: Severity::Hint, default: true,
        summary: "The image has no alternative text",
    },
    Rule {
        name: "near-duplicate-section", group: "content", severity: Severity::Hint, default: false,
        summary: "The section says nearly the same as an earlier one",
    },
    Rule {
        name: "oversized-document", group: "content", severity: Severity::Hint, default: true,
        summary: "The document has more than 10,000 words",
    },
    Rule {
        name: "todo-left", group: "content", severity: Severity::Hint, default: true,
        summary: "A note of work left to do stands in the text",
    },
    Rule {
        name: "vague-link-text", group: "content", severity: Severity::Hint, default: true,
        summary: "The text of the link does not say where it leads",
    },
    Rule {
        name: "escapes-root", group: "links", severity: Severity::Error, default: true,
        summary: "The link leads outside of the repository",
    },
    Rule {
        name: "missing-anchor", group: "links", severity: Severity::Error, default: true,
        summary: "The file exists, but has no heading or anchor of the link's fragment",
    },
    Rule {
        name: "missing-file", group: "links", severity: Severity::Error, default: true,
        summary: "The link leads to a file or folder that does not exist",
    },
    Rule {
        name: "own-url-missing", group: "links", severity: Severity::Error, default: true,
        summary: "The address of a file in this repository on the web leads to nothing",
    },
    Rule {
        name: "wrong-case", group: "links", severity: Severity::Error, default: true,
        summary: "The file exists under a name that differs in upper and lower case only",
    },
    Rule {
        name: "duplicate-definition", group: "links", severity: Severity::Warning, default: true,
        summary: "The label is defined before with another target, so this definition has no effect",
    },
    Rule {
        name: "empty-target", group: "links", severity: Severity::Warning, default: true,
        summary: "The link has no target",
    },
    Rule {
        name: "own-url-line", group: "links", severity: Severity::Warning, default: true,
        summary: "The address of lines in a file of this repository points behind the file's end",
    },
    Rule {
        name: "reversed-link", group: "links", severity: Severity::Warning, default: true,
        summary: "Text and target of the link are exchanged, so it is shown as it is written",
    },
    Rule {
        name: "undefined-reference", group: "links", severity: Severity::Warning, default: true,
        summary: "The reference has no definition, so it is shown as it is written",
    },
    Rule {
        name: "self-link", group: "links", severity: Severity::Hint, default: true,
        summary: "The link leads to the document that it stands in",
    },
    Rule {
        name: "unused-definition", group: "links", severity: Severity::Hint, default: true,
        summary: "No reference uses the definition",
    },
    Rule {
        name: "unverifiable-link", group: "links", severity: Severity::Hint, default: false,
        summary: "Only the program that builds the site knows whether the link's target exists",
    },
    Rule {
        name: "invalid-front-matter", group: "metadata", severity: Severity::Error, default: true,
        summary: "The front matter cannot be parsed",
    },
    Rule {
        name: "missing-metadata-key", group: "metadata", severity: Severity::Error, default: true,
        summary: "The front matter lacks a key that each document must have",
    },
    Rule {
        name: "schema-violation", group: "metadata", severity: Severity::Error, default: true,
        summary: "The front matter or the data file does not fit its JSON Schema",
    },
    Rule {
        name: "duplicate-key", group: "metadata", severity: Severity::Warning, default: true,
        summary: "The key stands in the front matter before, and this value replaces the first",
    },
    Rule {
        name: "invalid-review-date", group: "metadata", severity: Severity::Warning, default: true,
        summary: "The day until which the document has been reviewed is no date",
    },
    Rule {
        name: "stale-review-date", group: "metadata", severity: Severity::Warning, default: true,
        summary: "The day until which the document has been reviewed is over",
    },
    Rule {
        name: "broken-navigation", group: "structure", severity: Severity::Error, default: true,
        summary: "The navigation of the site leads to a file that does not exist",
    },
    Rule {
        name: "missing-from-navigation", group: "structure", severity: Severity::Warning, default: true,
        summary: "The navigation of the site does not list the document",
    },
    Rule {
        name: "ragged-table", group: "structure", severity: Severity::Warning, default: true,
        summary: "The row has more cells than the header, so the last ones are not shown",
    },
    Rule {
        name: "unclosed-fence", group: "structure", severity: Severity::Warning, default: true,
        summary: "The code fence is never closed, so the rest of its container is shown as code",
    },
    Rule {
        name: "unknown-directive", group: "structure", severity: Severity::Warning, default: true,
        summary: "A comment for the checks names a rule or a command that does not exist",
    },
    Rule {
        name: "colliding-slug", group: "structure", severity: Severity::Hint, default: true,
        summary: "A heading repeats another one of the same section, so its anchor is numbered",
    },
    Rule {
        name: "empty-section", group: "structure", severity: Severity::Hint, default: true,
        summary: "Nothing stands below the heading",
    },
    Rule {
        name: "no-title", group: "structure", severity: Severity::Hint, default: true,
        summary: "The document has neither a heading nor a title in its front matter",
    },
    Rule {
        name: "orphan", group: "structure", severity: Severity::Hint, default: true,
        summary: "No document links to this one, though most others in its folder are linked",
    },
    Rule {
        name: "several-titles", group: "structure", severity: Severity::Hint, default: true,
        summary: "The document has more than one heading of level 1",
    },
    Rule {
        name: "skipped-level", group: "structure", severity: Severity::Hint, default: true,
        summary: "The heading is more than one level below the heading before it",
    },
    Rule {
        name: "unused-directive", group: "structure", severity: Severity::Hint, default: true,
        summary: "The comment turns a rule off that finds nothing there",
    },
];
