//! TOML 1.1 (<https://toml.io/en/v1.1.0>) as data that JSON can hold.
//!
//! Dates and times become text in the form of RFC 3339 with at most six digits of a second; `inf` and `nan` are text.

use std::fmt::Write as _;
use std::ops::Range;

use cde_core::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::{Datetime, Offset};

use super::blame::first_bad_line;
use super::block::{BlockError, MAX_DEPTH, count_breaks};

const SYNTAX: &str = "the TOML cannot be parsed";

/// The table that `content` is.
pub(super) fn parse(content: &str) -> Result<Value, BlockError> {
    let bytes = content.as_bytes();
    let mut returns = memchr::memchr_iter(b'\r', bytes);
    if let Some(stray) = returns.find(|index| bytes.get(index + 1) != Some(&b'\n')) {
        // No line break in TOML, but one in the document.
        return Err(BlockError::new(SYNTAX, count_breaks(&content[..stray])));
    }
    load(content).ok_or_else(|| {
        let mut text = content.replace("\r\n", "\n");
        if !text.ends_with('\n') {
            text.push('\n');
        }
        BlockError::new(SYNTAX, first_bad_line(&text, begins_entry, |beginning| load(beginning).is_some()))
    })
}

fn begins_entry(first: char) -> bool {
    first.is_ascii_alphanumeric() || matches!(first, '_' | '[')
}

fn load(content: &str) -> Option<Value> {
    // The parser would skip a byte order mark, which has no place inside a document.
    if content.starts_with('\u{feff}') {
        return None;
    }
    let table = DeTable::parse(content).ok()?.into_inner();
    if extends_array_by_dotted_key(&table, content) {
        return None;
    }
    Some(convert_table(table, 0)?.0)
}

/// Whether a dotted key adds to the last table of an array of tables, which TOML forbids and the parser lets pass.
///
/// Every key in such a table must stand below the table's own header or in the header of a table inside it.
fn extends_array_by_dotted_key(table: &DeTable<'_>, content: &str) -> bool {
    let has_header = |value: &Spanned<DeValue<'_>>| content[value.span().start..].starts_with('[');
    let mut headers = Vec::new();
    let mut elements = Vec::new();
    each_table(table, |value, inner, is_element| {
        if has_header(value) {
            headers.push(value.span());
            elements.extend(is_element.then(|| (value.span(), inner)));
        }
    });
    headers.sort_by_key(|header| header.start);
    let is_elsewhere = |own: &Range<usize>, key: usize| {
        let before = headers.partition_point(|header| header.start <= key);
        before
            .checked_sub(1)
            .map(|place| &headers[place])
            .is_some_and(|header| header != own && header.end <= key)
    };
    elements.into_iter().any(|(own, element)| {
        let mut left = vec![element];
        while let Some(table) = left.pop() {
            for (key, value) in table {
                if is_elsewhere(&own, key.span().start) {
                    return true;
                }
                left.extend(value.get_ref().as_table().filter(|_| !has_header(value)));
            }
        }
        false
    })
}

/// Gives `each` all tables inside `table`, and whether they are elements of an array.
fn each_table<'t, 'i>(
    table: &'t DeTable<'i>,
    mut each: impl FnMut(&'t Spanned<DeValue<'i>>, &'t DeTable<'i>, bool),
) {
    let mut left = vec![table];
    while let Some(table) = left.pop() {
        for value in table.values() {
            let is_array = value.get_ref().is_array();
            let items = value
                .get_ref()
                .as_array()
                .map_or(std::slice::from_ref(value), |items| items.iter().as_slice());
            for item in items {
                if let Some(inner) = item.get_ref().as_table() {
                    left.push(inner);
                    each(item, inner, is_array);
                }
            }
        }
    }
}

/// The table inside `depth` tables or arrays, and the position of the first mention of any of its keys.
///
/// The parser moves a table that was mentioned as part of a longer name to where it gets its own header; the order of
/// the file is that of the first mentions.
fn convert_table(table: DeTable<'_>, depth: usize) -> Option<(Value, usize)> {
    if depth == MAX_DEPTH {
        return None;
    }
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        let (key_start, value_start) = (key.span().start, value.span().start);
        let (value, first) = convert(value.into_inner(), depth + 1)?;
        entries.push((key_start.min(value_start).min(first), key.into_inner().into_owned(), value));
    }
    entries.sort_by_key(|&(first, ..)| first);
    let first = entries.first().map_or(usize::MAX, |&(first, ..)| first);
    Some((Value::Map(entries.into_iter().map(|(_, key, value)| (key, value)).collect()), first))
}

/// `value` as JSON can hold it, and the position of the first key in it; `None` where it is nested too deep, a number is
/// beyond 64 bits or a date does not exist.
fn convert(value: DeValue<'_>, depth: usize) -> Option<(Value, usize)> {
    let value = match value {
        DeValue::Table(table) => return convert_table(table, depth),
        DeValue::Array(_) if depth == MAX_DEPTH => return None,
        DeValue::Array(items) => {
            let converted: Option<Vec<_>> =
                items.into_iter().map(|item| convert(item.into_inner(), depth + 1)).collect();
            let converted = converted?;
            let first = converted.iter().map(|&(_, first)| first).min().unwrap_or(usize::MAX);
            return Some((Value::List(converted.into_iter().map(|(value, _)| value).collect()), first));
        }
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => {
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()?.into())
        }
        DeValue::Float(number) => float(number.as_str())?,
        DeValue::Boolean(truth) => Value::Bool(truth),
        DeValue::Datetime(when) => Value::Text(written(&when)?),
    };
    Some((value, usize::MAX))
}

fn float(text: &str) -> Option<Value> {
    let number: f64 = text.parse().ok()?;
    Some(match text.trim_start_matches('+') {
        "nan" | "-nan" => Value::Text("nan".to_owned()),
        special @ ("inf" | "-inf") => Value::Text(special.to_owned()),
        _ if number.is_finite() => Value::Float(number),
        _ => return None,
    })
}

/// Date, time and offset as far as they are given; `None` for year 0 and for a leap second.
fn written(when: &Datetime) -> Option<String> {
    let mut text = String::new();
    // Writing to a String cannot fail.
    if let Some(date) = when.date {
        if date.year == 0 {
            return None;
        }
        let _ = write!(text, "{:04}-{:02}-{:02}", date.year, date.month, date.day);
        if when.time.is_some() {
            text.push('T');
        }
    }
    if let Some(time) = when.time {
        let second = time.second.unwrap_or(0);
        if second > 59 {
            return None;
        }
        let _ = write!(text, "{:02}:{:02}:{second:02}", time.hour, time.minute);
        let micros = time.nanosecond.unwrap_or(0) / 1000;
        if micros > 0 {
            let _ = write!(text, ".{micros:06}");
        }
    }
    match when.offset {
        None => {}
        Some(Offset::Z | Offset::Custom { minutes: 0 }) => text.push('Z'),
        Some(Offset::Custom { minutes }) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let distance = minutes.unsigned_abs();
            let _ = write!(text, "{sign}{:02}:{:02}", distance / 60, distance % 60);
        }
    }
    Some(text)
}
