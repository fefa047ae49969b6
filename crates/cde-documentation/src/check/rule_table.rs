//! Generated from `data/rules.toml` by `tools/generate_rules.py`; do not edit.

use cde_core::Severity;

use super::rules::Rule;

/// By group, most severe first, then by name.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
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
];
