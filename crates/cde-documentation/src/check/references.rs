//! The rules of group `links` about references and their definitions.

use std::cell::OnceCell;

use cde_core::Severity;
use cde_filesystem::Tree;

use super::content::unchanged_content;
use super::nearest::{Budget, nearest};
use super::origin::{as_written, shown};
use super::report::{Remark, Report};
use super::site::Site;
use super::spare_lines::SpareLines;
use crate::hash::Map;
use crate::model::{DefinitionKind, Document, LinkKind};

/// Reports references without a definition; the suggestion is the nearest label that has one.
///
/// In a document without any definition the brackets are as likely notation, and a label in backticks may be an item
/// that a program links; there it is a hint.
///
/// Where a plugin of the `site` links items of a program's interface by their names, or a program of its own rewrites the
/// pages, nothing can be told.
///
/// In reStructuredText such a reference is an error of the program, unless it has targets from elsewhere: Sphinx puts some
/// below every document, and a document that takes in another has those of the other.
pub(super) fn check_references(
    document: &Document,
    site: Option<&Site>,
    report: &mut Report,
    budget: &mut Budget,
) {
    let is_linked = site.is_some_and(|site| {
        (site.links_items || site.has_hooks) && site.is_content(document.path.as_bytes())
    });
    if document.undefined_references.is_empty() || is_linked {
        return;
    }
    let is_rst = document.format == "restructuredtext";
    let is_sphinx = site.is_some_and(|site| site.builder.name == "sphinx");
    if is_rst && (is_sphinx || document.links.iter().any(|link| link.kind == LinkKind::Wiki)) {
        return;
    }
    let definitions = document.definitions.iter().filter(|known| known.kind == DefinitionKind::Link);
    let labels: Vec<&[u8]> = definitions.map(|known| known.label.as_bytes()).collect();
    for reference in document.undefined_references.iter().filter(|reference| !is_notation(reference.label)) {
        let near = nearest(reference.label.as_bytes(), labels.iter().copied(), budget);
        report.add(
            "undefined-reference",
            Remark {
                line: reference.line,
                column: reference.column,
                message: format!("no definition of '{}'", shown(reference.label.as_bytes())),
                evidence: if is_rst {
                    format!("`{}`_", reference.text)
                } else {
                    format!("[{}][{}]", reference.text, reference.label)
                },
                suggestion: near.map(|near| String::from_utf8_lossy(near).into_owned()),
                severity: (!is_rst && (labels.is_empty() || reference.label.contains('`')))
                    .then_some(Severity::Hint),
                ..Remark::default()
            },
        );
    }
}

/// Whether the brackets around such text are notation (a grammar, a message, code) and not a reference.
fn is_notation(label: &str) -> bool {
    const SIGNS: &[char] = &['*', ',', '\\', '<', '>', '|', '=', '(', ')', '{', '}', '[', ']', '…'];
    label.contains(SIGNS) || label.contains("...") || label.contains("::")
}

/// Reports definitions that no reference uses, and those that an earlier one overrides.
pub(super) fn check_definitions(tree: &Tree, document: &Document, report: &mut Report) {
    // Read where there is something to mend, and then once.
    let content = OnceCell::new();
    let lines = OnceCell::new();
    let is_rst = document.format == "restructuredtext";
    let mut first: Map<(bool, &str), String> = Map::default();
    for definition in document.definitions.iter() {
        let footnote = definition.kind == DefinitionKind::Footnote;
        let target = as_written(definition.target, definition.fragment);
        let mark = if footnote { "^" } else { "" };
        let space = if target.is_empty() { "" } else { " " };
        let remark = |message: &str| Remark {
            line: definition.line,
            column: 1,
            message: message.to_owned(),
            evidence: match (is_rst, footnote) {
                (false, _) => format!("[{mark}{}]:{space}{target}", definition.label),
                (true, false) => format!(".. _{}:{space}{target}", definition.label),
                (true, true) => format!(".. [{}]", definition.label),
            },
            ..Remark::default()
        };
        let key = (footnote, definition.label);
        if definition.duplicate {
            if footnote || first.get(&key) != Some(&target) {
                let mut remark = remark("the label is defined before");
                if !is_rst && report.wants("duplicate-definition") {
                    let content = content.get_or_init(|| unchanged_content(tree, document)).as_deref();
                    let lines = lines.get_or_init(|| content.map(SpareLines::new)).as_ref();
                    remark.fix = lines.and_then(|lines| lines.fix(&definition, &target));
                }
                report.add("duplicate-definition", remark);
            }
            continue;
        }
        // A citation may be referred to from another document.
        let excused = is_comment(definition.label, &target) || (is_rst && footnote);
        if !definition.used && !excused {
            report.add("unused-definition", remark("no reference uses the definition"));
        }
        first.insert(key, target);
    }
}

/// Whether a definition is the usual way to hide a remark: `[//]: # (remark)`, `[comment]: <>`.
fn is_comment(label: &str, target: &str) -> bool {
    label.starts_with("//") || target == "#" || (target.is_empty() && matches!(label, "comment" | "_"))
}
