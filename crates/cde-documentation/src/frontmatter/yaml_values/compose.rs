//! From events to a value, without recursion.

use std::borrow::Cow;

use cde_core::Value;
use granit_parser::{Event, ScalarStyle, Span, Tag};

use super::{TOO_DEEP, is_foreign_tag, is_text_tag, source};
use crate::frontmatter::block::{BlockError, MAX_DEPTH};
use crate::frontmatter::core_schema::resolve;
use crate::frontmatter::mapping::Mapping;
use crate::frontmatter::values::Duplicates;
use crate::hash::Map;

/// What all aliases together may add: one for each value and for each byte of text.
const MAX_EXPANSION: usize = 100_000;

enum Collection {
    List(Vec<Value>),
    Mapping { entries: Mapping, key: Option<String> },
}

/// A collection that is being read.
struct Open {
    collection: Collection,
    anchor: usize,
    cost: usize,
    height: usize,
    is_opaque: bool,
}

/// A complete value; `text` is the source of a scalar, which is its form as a key.
#[derive(Clone)]
struct Anchored {
    value: Value,
    text: Option<String>,
    cost: usize,
    height: usize,
}

/// Builds the value of the only document. Linear in the events and in what aliases add.
pub(super) struct Composer<'d> {
    duplicates: &'d mut Duplicates,
    // Whether a node with a tag of no known meaning is null.
    opaque_tags: bool,
    open: Vec<Open>,
    root: Value,
    anchored: Map<usize, Anchored>,
    expansion: usize,
    // The first error; kept until the end, because one of syntax further on is reported in its place.
    error: Option<BlockError>,
}

impl<'d> Composer<'d> {
    pub(super) fn new(duplicates: &'d mut Duplicates) -> Self {
        Self {
            duplicates,
            opaque_tags: false,
            open: Vec::new(),
            root: Value::Null,
            anchored: Map::default(),
            expansion: 0,
            error: None,
        }
    }

    pub(super) fn opaque(duplicates: &'d mut Duplicates) -> Self {
        Self { opaque_tags: true, ..Self::new(duplicates) }
    }

    pub(super) fn finish(self) -> Result<Value, BlockError> {
        self.error.map_or(Ok(self.root), Err)
    }

    pub(super) fn event(&mut self, event: Event<'_>, span: Span) {
        if self.error.is_none()
            && let Err(message) = self.try_event(event, span)
        {
            self.error = Some(BlockError::new(message, line(span)));
        }
    }

    fn try_event(&mut self, event: Event<'_>, span: Span) -> Result<(), &'static str> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let text = source(text, style, span);
                let is_text = style != ScalarStyle::Plain || tag.as_ref().is_some_and(|tag| is_text_tag(tag));
                if !self.awaits_key() && self.is_opaque(tag.as_deref()) {
                    self.opaque_scalar(&text, anchor);
                } else {
                    self.scalar(text, is_text, anchor, span);
                }
            }
            Event::SequenceStart(_, anchor, tag) => {
                let is_opaque = self.is_opaque(tag.as_deref());
                self.start(Collection::List(Vec::new()), anchor, is_opaque)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                let is_opaque = self.is_opaque(tag.as_deref());
                self.start(
                    Collection::Mapping { entries: Mapping::default(), key: None },
                    anchor,
                    is_opaque,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::UnresolvedAlias(_) => return Err("an alias refers to no anchor before it"),
            _ => {}
        }
        Ok(())
    }

    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { collection: Collection::Mapping { key: None, .. }, .. }))
    }

    fn is_opaque(&self, tag: Option<&Tag>) -> bool {
        self.opaque_tags && tag.is_some_and(is_foreign_tag)
    }

    fn opaque_scalar(&mut self, text: &str, anchor: usize) {
        let cost = 1 + text.len();
        if anchor > 0 {
            let text = Some(text.to_owned());
            self.anchored.insert(anchor, Anchored { value: Value::Null, text, cost, height: 0 });
        }
        self.add(Value::Null, cost, 0);
    }

    fn start(&mut self, collection: Collection, anchor: usize, is_opaque: bool) -> Result<(), &'static str> {
        if self.awaits_key() {
            return Err("a key must be a single value");
        }
        self.open.push(Open { collection, anchor, cost: 1, height: 1, is_opaque });
        Ok(())
    }

    fn end(&mut self) {
        let Some(Open { collection, anchor, cost, height, is_opaque }) = self.open.pop() else { return };
        let value = match collection {
            _ if is_opaque => Value::Null,
            Collection::List(items) => Value::List(items),
            Collection::Mapping { entries, .. } => entries.into_value(),
        };
        if anchor > 0 {
            self.anchored.insert(anchor, Anchored { value: value.clone(), text: None, cost, height });
        }
        self.add(value, cost, height);
    }

    fn scalar(&mut self, text: Cow<'_, str>, is_text: bool, anchor: usize, span: Span) {
        let cost = 1 + text.len();
        let awaits_key = self.awaits_key();
        if anchor > 0 {
            let value = if is_text { Value::Text(text.to_string()) } else { resolve(&text) };
            let text = Some(text.to_string());
            self.anchored.insert(anchor, Anchored { value, text, cost, height: 0 });
        }
        if awaits_key {
            self.key(text.into_owned(), span);
        } else {
            let value = if is_text { Value::Text(text.into_owned()) } else { resolve(&text) };
            self.add(value, cost, 0);
        }
    }

    fn key(&mut self, text: String, span: Span) {
        let Some(Open { collection: Collection::Mapping { entries, key }, cost, .. }) = self.open.last_mut()
        else {
            return;
        };
        *cost += 1 + text.len();
        let known = entries.contains(&text);
        *key = Some(text);
        if known && self.duplicates.wanted() {
            self.duplicates.add(self.open.iter().map(step), line(span));
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), &'static str> {
        let Some(anchored) = self.anchored.get(&anchor) else {
            return Err("an alias refers to the value that contains it");
        };
        self.expansion += anchored.cost;
        if self.expansion > MAX_EXPANSION {
            return Err("aliases make the data too large");
        }
        if self.open.len() + anchored.height > MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        let Anchored { value, text, cost, height } = anchored.clone();
        if !self.awaits_key() {
            self.add(value, cost, height);
        } else if let Some(text) = text {
            self.key(text, span);
        } else {
            return Err("a key must be a single value");
        }
        Ok(())
    }

    fn add(&mut self, value: Value, cost: usize, height: usize) {
        let Some(parent) = self.open.last_mut() else {
            self.root = value;
            return;
        };
        parent.cost += cost;
        parent.height = parent.height.max(height + 1);
        match &mut parent.collection {
            Collection::List(items) => items.push(value),
            Collection::Mapping { entries, key } => {
                if let Some(key) = key.take() {
                    entries.insert(key, value);
                }
            }
        }
    }
}

/// The key or index of an open collection that is being read.
fn step(open: &Open) -> Cow<'_, str> {
    match &open.collection {
        Collection::List(items) => Cow::Owned(items.len().to_string()),
        Collection::Mapping { key, .. } => Cow::Borrowed(key.as_deref().unwrap_or_default()),
    }
}

/// The line on which a node begins, from 0.
fn line(span: Span) -> u32 {
    u32::try_from(span.start.line() - 1).unwrap_or(u32::MAX)
}
