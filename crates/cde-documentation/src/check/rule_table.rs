//! Generated from `data/rules.toml` by `tools/generate_rules.py`; do not edit.

use cde_core::Severity;

use super::rules::Rule;

/// By group, most severe first, then by name.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "fence-without-language", group: "content", severity: Severity::Hint, default: false,
        summary: "The code fence names no language",
    },
    Rule {
        name: "image-without-alt", group: "content", severity: Severity::Hint, default: true,
        summary: "The image has no alternative text",
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
        name: "duplicate-key", group: "metadata", severity: Severity::Warning, default: true,
        summary: "The key stands in the front matter before, and this value replaces the first",
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
        name: "unclosed-fence", group: "structure", severity: Severity::Warning, default: true,
        summary: "The code fence is never closed, so the rest of its container is shown as code",
    },
    Rule {
        name: "colliding-slug", group: "structure", severity: Severity::Hint, default: true,
        summary: "A heading repeats another one of the same section, so its anchor is numbered",
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
];
