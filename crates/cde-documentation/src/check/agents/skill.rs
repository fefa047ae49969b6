//! The front matter that the specification of agent skills demands.

use cde_core::{PackedValue, Severity, Value};

use super::super::front_lines::key_line;
use super::super::index::TreeIndex;
use super::super::origin::shown;
use super::super::report::{Remark, Report};
use super::super::target::{file_name, parent};

const LONGEST_NAME: usize = 64;
const LONGEST_DESCRIPTION: usize = 1024;

/// Reports a skill's name and description that are absent or not as they must be.
pub(super) fn check_skill(index: &TreeIndex, number: usize, report: &mut Report) {
    let document = index.documents()[number];
    let front_matter = document.front_matter.as_deref();
    if front_matter.is_some_and(|front_matter| front_matter.error.is_some())
        || !report.wants("skill-metadata")
    {
        return;
    }
    let data = front_matter.and_then(|front_matter| front_matter.data.as_ref());
    let data = data.map_or(Value::Null, PackedValue::unpack);
    let folder = file_name(parent(document.path.as_bytes()));
    // Claude takes the folder's name and the first sentence instead.
    let of_claude = document.path.as_bytes().split(|byte| *byte == b'/').any(|part| part == b".claude");
    let found = [
        ("name", data.get("name").and_then(Value::as_text).and_then(|name| fault_of_name(name, folder))),
        ("description", data.get("description").and_then(Value::as_text).and_then(fault_of_description)),
    ];
    for (key, fault) in found {
        let is_given =
            data.get(key).and_then(Value::as_text).is_some_and(|text| !text.trim_ascii().is_empty());
        let (message, severity) = match fault {
            _ if !is_given => (
                format!("a skill needs the key '{key}' in its front matter"),
                of_claude.then_some(Severity::Warning),
            ),
            Some((message, severity)) => (message, severity),
            None => continue,
        };
        let line = front_matter
            .filter(|_| data.get(key).is_some())
            .map_or(1, |front_matter| key_line(index.content(number).as_deref(), front_matter, key));
        let remark =
            Remark { line, column: 1, message, evidence: key.to_owned(), severity, ..Remark::default() };
        report.add("skill-metadata", remark);
    }
}

fn fault_of_name(name: &str, folder: &[u8]) -> Option<(String, Option<Severity>)> {
    let count = name.chars().count();
    if count > LONGEST_NAME {
        return Some((format!("the name has {count} characters; at most {LONGEST_NAME} are allowed"), None));
    }
    let is_sign = |sign: char| !sign.is_ascii() || matches!(sign, 'a'..='z' | '0'..='9' | '-');
    if !name.chars().all(is_sign) || name.starts_with('-') || name.ends_with('-') || name.contains("--") {
        let name = shown(name.as_bytes());
        let message =
            format!("the name '{name}' is not made of lower-case letters, digits and single hyphens");
        return Some((message, None));
    }
    if folder.is_empty() || folder == name.as_bytes() {
        return None;
    }
    let message =
        format!("the name '{}' is not that of the folder '{}'", shown(name.as_bytes()), shown(folder));
    Some((message, Some(Severity::Warning)))
}

fn fault_of_description(text: &str) -> Option<(String, Option<Severity>)> {
    let count = text.chars().count();
    (count > LONGEST_DESCRIPTION).then(|| {
        (format!("the description has {count} characters; at most {LONGEST_DESCRIPTION} are allowed"), None)
    })
}
