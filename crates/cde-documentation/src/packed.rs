//! How a document keeps its many small records: one after the other as bytes.
//!
//! A record is generic over its texts. `Link<Span>` is what extraction makes and `Link<&str>` what everybody sees; between
//! the two a document keeps numbers in as many bytes as they need (LEB128) and texts behind their length. For a
//! large tree that is a quarter of the memory of records with a box for each text. Reading is sequential.

use std::marker::PhantomData;

use serde::ser::{Serialize, SerializeSeq, Serializer};

/// A record that can be kept as bytes.
pub trait Record {
    /// The record as it is seen, borrowing its texts.
    type Seen<'a>;

    /// Appends the record.
    fn pack(seen: &Self::Seen<'_>, bytes: &mut Vec<u8>);

    /// Reads what [`pack`](Self::pack) appended.
    fn unpack<'a>(reader: &mut Reader<'a>) -> Self::Seen<'a>;
}

/// A field of a record.
pub(crate) trait Field: Sized {
    fn pack(&self, bytes: &mut Vec<u8>);
    fn unpack(reader: &mut Reader<'_>) -> Self;
}

/// The records of one kind in a document.
#[derive(Clone, Debug)]
pub struct Packed<R> {
    bytes: Box<[u8]>,
    count: u32,
    kind: PhantomData<fn() -> R>,
}

impl<R: Record> Packed<R> {
    /// Keeps `records`, which a document of less than 4 GiB has fewer than 2^32 of.
    pub(crate) fn new<'a>(records: impl Iterator<Item = R::Seen<'a>>, scratch: &mut Vec<u8>) -> Self {
        scratch.clear();
        let mut count = 0_u32;
        for record in records {
            R::pack(&record, scratch);
            count += 1;
        }
        Self { bytes: scratch.as_slice().into(), count, kind: PhantomData }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// In order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = R::Seen<'_>> + use<'_, R> {
        let mut reader = Reader(&self.bytes);
        (0..self.len()).map(move |_| R::unpack(&mut reader))
    }
}

impl<R: Record> Serialize for Packed<R>
where
    for<'a> R::Seen<'a>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for record in self.iter() {
            list.serialize_element(&record)?;
        }
        list.end()
    }
}

/// Reads packed bytes; bytes that were not packed read as zeros and empty texts, never as a panic.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn byte(&mut self) -> u8 {
        let Some((byte, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *byte
    }

    pub(crate) fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    pub(crate) fn text(&mut self) -> &'a str {
        let length = (self.number() as usize).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        str::from_utf8(text).unwrap_or_default()
    }

    pub(crate) fn optional_text(&mut self) -> Option<&'a str> {
        (self.byte() == 1).then(|| self.text())
    }
}

pub(crate) fn pack_text(text: &str, bytes: &mut Vec<u8>) {
    Field::pack(&u32::try_from(text.len()).unwrap_or(u32::MAX), bytes);
    bytes.extend_from_slice(text.as_bytes());
}

pub(crate) fn pack_optional_text(text: Option<&str>, bytes: &mut Vec<u8>) {
    bytes.push(u8::from(text.is_some()));
    if let Some(text) = text {
        pack_text(text, bytes);
    }
}

impl Field for u32 {
    fn pack(&self, bytes: &mut Vec<u8>) {
        let mut rest = *self;
        while rest > 0x7f {
            bytes.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        bytes.push(rest.to_le_bytes()[0]);
    }

    fn unpack(reader: &mut Reader<'_>) -> Self {
        reader.number()
    }
}

impl Field for u8 {
    fn pack(&self, bytes: &mut Vec<u8>) {
        bytes.push(*self);
    }

    fn unpack(reader: &mut Reader<'_>) -> Self {
        reader.byte()
    }
}

impl Field for bool {
    fn pack(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(*self));
    }

    fn unpack(reader: &mut Reader<'_>) -> Self {
        reader.byte() == 1
    }
}

impl<F: Field> Field for Option<F> {
    fn pack(&self, bytes: &mut Vec<u8>) {
        self.is_some().pack(bytes);
        if let Some(field) = self {
            field.pack(bytes);
        }
    }

    fn unpack(reader: &mut Reader<'_>) -> Self {
        bool::unpack(reader).then(|| F::unpack(reader))
    }
}

/// Implements [`Record`]: plain fields, then texts, then texts that may be absent.
macro_rules! record {
    ($name:ident { $($plain:ident),* ; $($text:ident),* ; $($optional:ident),* }) => {
        impl $crate::packed::Record for $name {
            type Seen<'a> = $name<&'a str>;

            fn pack(seen: &$name<&str>, bytes: &mut Vec<u8>) {
                $($crate::packed::Field::pack(&seen.$plain, bytes);)*
                $($crate::packed::pack_text(seen.$text, bytes);)*
                $($crate::packed::pack_optional_text(seen.$optional, bytes);)*
            }

            fn unpack<'a>(reader: &mut $crate::packed::Reader<'a>) -> $name<&'a str> {
                $(let $plain = $crate::packed::Field::unpack(reader);)*
                $(let $text = reader.text();)*
                $(let $optional = reader.optional_text();)*
                $name { $($plain,)* $($text,)* $($optional,)* }
            }
        }

        impl<S: $crate::texts::Kept> $name<S> {
            /// The record as everybody sees it.
            pub(crate) fn seen<'a>(&'a self, texts: &'a $crate::texts::Texts) -> $name<&'a str> {
                // Not every kind of record has texts in the buffer.
                let _ = texts;
                $name {
                    $($plain: self.$plain,)*
                    $($text: self.$text.text(texts),)*
                    $($optional: self.$optional.as_ref().map(|text| text.text(texts)),)*
                }
            }
        }
    };
}
pub(crate) use record;

/// Implements [`Field`] for an enumeration without content: one byte, the place in the list.
macro_rules! enumeration {
    ($name:ident: $first:ident, $($other:ident),*) => {
        impl $crate::packed::Field for $name {
            fn pack(&self, bytes: &mut Vec<u8>) {
                bytes.push(*self as u8);
            }

            fn unpack(reader: &mut $crate::packed::Reader<'_>) -> Self {
                let byte = reader.byte();
                [$(Self::$other),*].into_iter().find(|known| *known as u8 == byte).unwrap_or(Self::$first)
            }
        }
    };
}
pub(crate) use enumeration;
