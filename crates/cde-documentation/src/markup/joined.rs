//! The lines of a paragraph as one text, and the way back to their places in the document.

/// Lines joined by line feeds, without their indentation.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    /// The text.
    pub(crate) text: String,
    /// Where each line begins in the text and in the document.
    starts: Vec<(usize, u32)>,
}

impl Joined {
    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.starts.clear();
    }

    /// Appends a line that begins at `offset` of the document.
    pub(crate) fn push(&mut self, line: &str, offset: u32) {
        if !self.starts.is_empty() {
            self.text.push('\n');
        }
        self.starts.push((self.text.len(), offset));
        self.text.push_str(line);
    }

    /// Where the character at `place` of the text stands in the document. O(log n).
    pub(crate) fn offset(&self, place: usize) -> u32 {
        let index = self.starts.partition_point(|(start, _)| *start <= place).saturating_sub(1);
        let (start, offset) = self.starts.get(index).copied().unwrap_or_default();
        offset + crate::source::offset(place - start)
    }

    /// Where a construct that ends before `place` ends in the document.
    pub(crate) fn end(&self, place: usize) -> u32 {
        self.offset(place.saturating_sub(1)) + u32::from(place > 0)
    }
}
