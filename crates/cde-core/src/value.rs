//! A tree of data as front matter and data files hold it, in the order of the file.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Null, boolean, number, text, list or mapping.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number; one beyond 128 bits is kept as text by the parsers.
    Integer(i128),
    /// A finite number.
    Float(f64),
    /// Text; dates too.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping in the order of the file.
    Map(Vec<(String, Value)>),
}

struct Elements<'a>(&'a [Value]);

impl Serialize for Elements<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for item in self.0 {
            list.serialize_element(item)?;
        }
        list.end()
    }
}

impl Value {
    /// The name under which serializers that are not human readable see a list, so that the Python bridge can tell it
    /// from a record's field, which is a tuple.
    pub const LIST_SERDE_NAME: &'static str = "JsonList";

    /// The value of `key` in a mapping.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i128(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(items) if serializer.is_human_readable() => Elements(items).serialize(serializer),
            Self::List(items) => serializer.serialize_newtype_struct(Self::LIST_SERDE_NAME, &Elements(items)),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
