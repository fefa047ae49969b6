//! A [`Value`] in one piece of memory, for keeping many of them.

use serde::ser::{Serialize, Serializer};

use crate::value::Value;

/// A [`Value`] as bytes: a tag, then a fixed or counted content. About a fifth of the memory of the tree, and written by
/// serializers exactly as the tree is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PackedValue(Box<[u8]>);

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INTEGER: u8 = 3;
const FLOAT: u8 = 4;
const TEXT: u8 = 5;
const LIST: u8 = 6;
const MAP: u8 = 7;

impl From<&Value> for PackedValue {
    fn from(value: &Value) -> Self {
        let mut bytes = Vec::new();
        pack(value, &mut bytes);
        Self(bytes.into())
    }
}

impl PackedValue {
    /// The tree. O(size).
    pub fn unpack(&self) -> Value {
        Reader(&self.0).value()
    }
}

impl Serialize for PackedValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.unpack().serialize(serializer)
    }
}

fn pack(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Null => bytes.push(NULL),
        Value::Bool(false) => bytes.push(FALSE),
        Value::Bool(true) => bytes.push(TRUE),
        Value::Integer(number) => {
            bytes.push(INTEGER);
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        Value::Float(number) => {
            bytes.push(FLOAT);
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        Value::Text(text) => {
            bytes.push(TEXT);
            pack_text(text, bytes);
        }
        Value::List(items) => {
            bytes.push(LIST);
            pack_length(items.len(), bytes);
            for item in items {
                pack(item, bytes);
            }
        }
        Value::Map(entries) => {
            bytes.push(MAP);
            pack_length(entries.len(), bytes);
            for (key, item) in entries {
                pack_text(key, bytes);
                pack(item, bytes);
            }
        }
    }
}

fn pack_text(text: &str, bytes: &mut Vec<u8>) {
    pack_length(text.len(), bytes);
    bytes.extend_from_slice(text.as_bytes());
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow (LEB128).
fn pack_length(mut length: usize, bytes: &mut Vec<u8>) {
    while length > 0x7f {
        bytes.push(length.to_le_bytes()[0] | 0x80);
        length >>= 7;
    }
    bytes.push(length.to_le_bytes()[0]);
}

/// Reads what [`pack`] wrote; bytes that it did not write read as null or empty, never as a panic.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    fn length(&mut self) -> usize {
        let (mut length, mut shift) = (0, 0);
        while let [byte] = self.take(1) {
            length |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift >= usize::BITS {
                break;
            }
        }
        length
    }

    fn text(&mut self) -> String {
        let length = self.length();
        String::from_utf8_lossy(self.take(length)).into_owned()
    }

    fn value(&mut self) -> Value {
        match self.take(1) {
            [FALSE] => Value::Bool(false),
            [TRUE] => Value::Bool(true),
            [INTEGER] => Value::Integer(i128::from_le_bytes(self.take(16).try_into().unwrap_or_default())),
            [FLOAT] => Value::Float(f64::from_le_bytes(self.take(8).try_into().unwrap_or_default())),
            [TEXT] => Value::Text(self.text()),
            [LIST] => Value::List((0..self.length()).map(|_| self.value()).collect()),
            [MAP] => Value::Map((0..self.length()).map(|_| (self.text(), self.value())).collect()),
            _ => Value::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let text = |text: &str| Value::Text(text.to_owned());
        let value = Value::Map(vec![
            ("null".to_owned(), Value::Null),
            ("flags".to_owned(), Value::List(vec![Value::Bool(true), Value::Bool(false)])),
            ("numbers".to_owned(), Value::List(vec![Value::Integer(i128::MIN), Value::Float(-0.5)])),
            ("long".to_owned(), text(&"é".repeat(20_000))),
            (String::new(), Value::Map(vec![("deep".to_owned(), Value::List(vec![text("")]))])),
        ]);
        assert_eq!(PackedValue::from(&value).unpack(), value);
    }
}
