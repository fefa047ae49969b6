//! A mapping under construction.

use cde_core::Value;

use crate::hash::Map;
/// Beyond this many keys a search one by one would take longer than an index.
const INDEXED_FROM: usize = 16;

/// Keys in the order of their first occurrence with the value of their last one.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    entries: Vec<(String, Value)>,
    places: Map<String, usize>,
}

impl Mapping {
    fn place(&self, key: &str) -> Option<usize> {
        if self.entries.len() < INDEXED_FROM {
            return self.entries.iter().position(|(known, _)| known == key);
        }
        self.places.get(key).copied()
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.place(key).is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn insert(&mut self, key: String, value: Value) {
        if let Some(place) = self.place(&key) {
            self.entries[place].1 = value;
            return;
        }
        self.entries.push((key, value));
        let length = self.entries.len();
        if length >= INDEXED_FROM {
            let unindexed = self.places.len()..length;
            self.places.extend(unindexed.map(|place| (self.entries[place].0.clone(), place)));
        }
    }

    pub(super) fn into_value(self) -> Value {
        Value::Map(self.entries)
    }
}
