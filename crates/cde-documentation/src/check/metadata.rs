//! The rules of group `metadata`: front matter that does not say what it seems to say.

use super::origin::shown;
use super::report::{Remark, Report};
use crate::model::Document;

/// Reports front matter that cannot be parsed, and keys that stand in it twice.
pub(super) fn check_metadata(document: &Document, report: &mut Report) {
    let Some(front_matter) = &document.front_matter else { return };
    if let Some(error) = &front_matter.error {
        report.add(
            "invalid-front-matter",
            Remark {
                line: error.line,
                column: error.column.unwrap_or(1),
                message: error.message.to_string(),
                ..Remark::default()
            },
        );
    }
    for duplicate in &front_matter.duplicate_keys {
        report.add(
            "duplicate-key",
            Remark {
                line: duplicate.line,
                column: 1,
                message: format!("an earlier line has the key '{}'", shown(duplicate.key.as_bytes())),
                evidence: duplicate.key.to_string(),
                ..Remark::default()
            },
        );
    }
}
