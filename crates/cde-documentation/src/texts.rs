//! Texts of records while a document is read: one after the other in a buffer that the next document uses again.
//!
//! A document has many small texts, and a box for each would cost more time than all that is done with them.

/// A place in [`Texts`].
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Whether the text is empty.
    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// The buffer.
#[derive(Clone, Debug, Default)]
pub struct Texts(String);

impl Texts {
    /// Keeps `text`. A document is smaller than 4 GiB, and so are its texts.
    pub(crate) fn add(&mut self, text: &str) -> Span {
        let start = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.push_str(text);
        Span { start, end: u32::try_from(self.0.len()).unwrap_or(u32::MAX) }
    }

    /// Keeps a text in two parts as one.
    pub(crate) fn add_joined(&mut self, first: &str, second: &str) -> Span {
        let start = self.add(first).start;
        Span { start, end: self.add(second).end }
    }

    /// The text at `span`.
    pub(crate) fn get(&self, span: Span) -> &str {
        self.0.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Forgets all texts and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// A text as a record holds it while a document is read.
pub trait Kept {
    /// The text itself.
    fn text<'a>(&'a self, texts: &'a Texts) -> &'a str;
}

impl Kept for Span {
    fn text<'a>(&'a self, texts: &'a Texts) -> &'a str {
        texts.get(*self)
    }
}

impl Kept for Box<str> {
    fn text<'a>(&'a self, _: &'a Texts) -> &'a str {
        self
    }
}
