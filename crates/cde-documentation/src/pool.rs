//! How a document keeps its many small texts: one after the other in one buffer.
//!
//! A record is generic over its texts. `Link<Box<str>>` is what extraction makes, `Link<Text>` what a document keeps, with
//! eight bytes for a text, and `Link<&str>` what everybody sees. For a large tree that is half the memory of a
//! box for each text, because most texts are shorter than what an allocation costs.

use std::num::NonZeroU32;

use serde::ser::{Serialize, SerializeSeq, Serializer};

/// A place in the buffer of a document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Text {
    start: u32,
    /// The length and one, so that an absent text takes no room.
    length: NonZeroU32,
}

/// Collects the texts of a document.
#[derive(Default)]
pub(crate) struct PoolBuilder(String);

impl PoolBuilder {
    /// Keeps `text`. A document is limited to less than 4 GiB, and so are its texts.
    pub(crate) fn add(&mut self, text: &str) -> Text {
        let start = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.push_str(text);
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX - 1);
        Text { start, length: NonZeroU32::MIN.saturating_add(length) }
    }

    /// Keeps the texts of `records`.
    pub(crate) fn keep<R: Record<Box<str>>>(&mut self, records: Vec<R>) -> Box<[R::With<Text>]> {
        records.into_iter().map(|record| record.map(|text| self.add(text))).collect()
    }

    /// The buffer.
    pub(crate) fn finish(self) -> Box<str> {
        self.0.into()
    }
}

/// A record that holds texts of type `S`.
pub trait Record<S> {
    /// The same record with texts of type `T`.
    type With<T>;

    /// The record with each text replaced.
    fn map<'a, T>(&'a self, replace: impl FnMut(&'a S) -> T) -> Self::With<T>
    where
        S: 'a;
}

/// The records of one kind in a document, with their texts.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a, R> {
    pub(crate) pool: &'a str,
    pub(crate) records: &'a [R],
}

impl<'a, R: Record<Text>> Seen<'a, R> {
    /// How many.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// In order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = R::With<&'a str>> + ExactSizeIterator + use<'a, R> {
        let pool = self.pool;
        self.records.iter().map(move |record| {
            record.map(|text| {
                let start = text.start as usize;
                pool.get(start..start + text.length.get() as usize - 1).unwrap_or_default()
            })
        })
    }
}

impl<'a, R: Record<Text>> Serialize for Seen<'a, R>
where
    R::With<&'a str>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for record in self.iter() {
            list.serialize_element(&record)?;
        }
        list.end()
    }
}

/// Implements [`Record`]: plain fields, then texts, then texts that may be absent.
macro_rules! record {
    ($name:ident { $($plain:ident),* ; $($text:ident),* ; $($optional:ident),* }) => {
        impl<S> $crate::pool::Record<S> for $name<S> {
            type With<T> = $name<T>;

            fn map<'a, T>(&'a self, mut replace: impl FnMut(&'a S) -> T) -> $name<T>
            where
                S: 'a,
            {
                $name {
                    $($plain: self.$plain,)*
                    $($text: replace(&self.$text),)*
                    $($optional: self.$optional.as_ref().map(&mut replace),)*
                }
            }
        }
    };
}
pub(crate) use record;
