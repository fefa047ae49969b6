//! The rules of group `metadata`: front matter that does not say what it seems to say, or not what it should.

use cde_core::Value;

use super::front_lines::key_line;
use super::index::TreeIndex;
use super::options::CheckOptions;
use super::origin::shown;
use super::report::{Remark, Report};

/// Reports front matter that cannot be parsed, keys that stand in it twice or not at all, and reviews that are due.
pub(super) fn check_metadata(index: &TreeIndex, number: usize, options: &CheckOptions, report: &mut Report) {
    let document = index.documents()[number];
    if let Some(front_matter) = &document.front_matter {
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
            return;
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
    if options.required_metadata.is_empty() && options.today.is_none() {
        return;
    }
    // Of a document that was not parsed it is not known what it has.
    if !index.is_parsed(number) {
        return;
    }
    let data = document.front_matter.as_ref().and_then(|front_matter| front_matter.data.as_ref());
    let data = data.map_or(Value::Null, cde_core::PackedValue::unpack);
    for key in &options.required_metadata {
        if data.get(key).is_none() {
            let message = format!("the front matter has no key '{}'", shown(key.as_bytes()));
            let remark = Remark { line: 1, column: 1, message, evidence: key.clone(), ..Remark::default() };
            report.add("missing-metadata-key", remark);
        }
    }
    check_reviews(index, number, &data, options, report);
}

fn check_reviews(
    index: &TreeIndex,
    number: usize,
    data: &Value,
    options: &CheckOptions,
    report: &mut Report,
) {
    let (Some(front_matter), Some(today)) = (&index.documents()[number].front_matter, &options.today) else {
        return;
    };
    for key in &options.review_keys {
        let (rule, message, evidence) = match data.get(key) {
            None | Some(Value::Null) => continue,
            Some(value) => match (value.as_text().and_then(day_of), value.as_text()) {
                (Some(day), _) if day >= today.as_str() => continue,
                (Some(day), _) => (
                    "stale-review-date",
                    format!("'{}' is {day}, which is before {today}", shown(key.as_bytes())),
                    format!("{key}: {day}"),
                ),
                (None, text) => (
                    "invalid-review-date",
                    format!("'{}' is no date of the form YYYY-MM-DD", shown(key.as_bytes())),
                    text.map_or_else(|| key.clone(), |text| format!("{key}: {text}")),
                ),
            },
        };
        if report.wants(rule) {
            let line = key_line(index.content(number).as_deref(), front_matter, key);
            report.add(rule, Remark { line, column: 1, message, evidence, ..Remark::default() });
        }
    }
}

/// The day that `text` begins with, if nothing or a time follows.
fn day_of(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let day = bytes.get(..10)?;
    if !matches!(bytes.get(10), None | Some(b'T' | b't' | b' ')) {
        return None;
    }
    let number = |digits: &[u8]| {
        let is_number = digits.iter().all(u8::is_ascii_digit);
        is_number.then(|| digits.iter().fold(0u32, |number, digit| number * 10 + u32::from(digit - b'0')))
    };
    let (year, month, of_month) = (number(&day[..4])?, number(&day[5..7])?, number(&day[8..])?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let is_day = year > 0 && (1..=12).contains(&month) && (1..=longest).contains(&of_month);
    (day[4] == b'-' && day[7] == b'-' && is_day).then(|| &text[..10])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for text in ["2024-02-29", "2000-02-29T10:00:00Z", "0001-01-01 00:00", "9999-12-31"] {
            assert_eq!(day_of(text), Some(&text[..10]), "{text}");
        }
        for text in
            ["2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-32", "0000-01-01", "2024-1-01"]
        {
            assert_eq!(day_of(text), None, "{text}");
        }
        for text in ["", "2024/01/01", "2024-01-01x", "\u{661}024-01-0", "tomorrow..", "-024-01-01"] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }
}
