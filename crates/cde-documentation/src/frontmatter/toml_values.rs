//! TOML 1.1 (<https://toml.io/en/v1.1.0>) as data that JSON can hold.
//!
//! Dates and times become text in the form of RFC 3339 with at most six digits of a second; `inf` and `nan` are text.

use std::fmt::Write as _;

use cde_core::Value;
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
    convert(toml::Value::Table(toml::from_str(content).ok()?), 0)
}

/// `value` as JSON can hold it, inside `depth` tables or arrays; `None` where it is nested too deep or a date that does
/// not exist.
fn convert(value: toml::Value, depth: usize) -> Option<Value> {
    Some(match value {
        toml::Value::Table(_) | toml::Value::Array(_) if depth == MAX_DEPTH => return None,
        toml::Value::Table(table) => {
            let entries = table.into_iter().map(|(key, value)| Some((key, convert(value, depth + 1)?)));
            Value::Map(entries.collect::<Option<_>>()?)
        }
        toml::Value::Array(items) => {
            Value::List(items.into_iter().map(|item| convert(item, depth + 1)).collect::<Option<_>>()?)
        }
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Integer(number) => Value::Integer(number.into()),
        toml::Value::Float(number) if number.is_nan() => Value::Text("nan".to_owned()),
        toml::Value::Float(number) if number.is_infinite() => {
            Value::Text(if number < 0.0 { "-inf" } else { "inf" }.to_owned())
        }
        toml::Value::Float(number) => Value::Float(number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(when) => Value::Text(written(&when)?),
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
