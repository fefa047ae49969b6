//! What the three formats share: numbers that JSON can hold, and the record of keys given twice.

use cde_core::Value;

use crate::model::DuplicateKey;

const MAX_RECORDS: usize = 100;
const MAX_PATH: usize = 256;

/// A whole number in decimal digits with or without sign, or its text where it has more than 128 bits.
pub(super) fn integer(text: &str) -> Value {
    text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Integer)
}

/// A number with a fraction or an exponent, or its text where it is beyond what 64 bits hold.
pub(super) fn float(text: &str) -> Value {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Value::Float(number),
        _ => Value::Text(text.to_owned()),
    }
}

/// Keys given twice.
///
/// Only the first hundred are kept, with at most 256 characters of their dotted path: a hostile block could repeat a
/// short key below a long one and make the record much larger than itself.
#[derive(Debug)]
pub(super) struct Duplicates {
    first_line: u32,
    found: Vec<DuplicateKey>,
}

impl Duplicates {
    pub(super) fn new(first_line: u32) -> Self {
        Self { first_line, found: Vec::new() }
    }

    /// Whether one more would be kept.
    pub(super) fn wanted(&self) -> bool {
        self.found.len() < MAX_RECORDS
    }

    /// Records the key to which `path`, the keys and indices from the top, leads; `line` counts from 0 in the content.
    pub(super) fn add<S: AsRef<str>>(&mut self, path: impl IntoIterator<Item = S>, line: u32) {
        let mut key = String::new();
        let mut left = MAX_PATH;
        for (depth, step) in path.into_iter().enumerate() {
            let separator = if depth > 0 { "." } else { "" };
            for one in separator.chars().chain(step.as_ref().chars()).take(left) {
                key.push(one);
                left -= 1;
            }
        }
        self.found.push(DuplicateKey { key: key.into(), line: self.first_line + line });
    }

    /// All that were recorded, in the order of the block.
    pub(super) fn into_found(self) -> Vec<DuplicateKey> {
        self.found
    }
}
