//! The lines of a body: where their content begins and ends, and how far they are indented.

use crate::source::{LineIndex, offset};

/// A tab reaches to the next multiple of this, as in docutils.
const TAB: u32 = 8;

/// A line without the whitespace around it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line {
    /// Where the content begins.
    pub(crate) start: u32,
    /// Where it ends; the start for a blank line.
    pub(crate) end: u32,
    /// Columns before the content.
    pub(crate) indent: u32,
}

impl Line {
    /// Whether it has no content.
    pub(crate) fn is_blank(&self) -> bool {
        self.start == self.end
    }
}

/// The lines of the body of `text` that begins on line `first` (from 1). O(length).
pub(crate) fn read(text: &str, first: u32, index: &LineIndex) -> Vec<Line> {
    (first..=index.line_count())
        .map(|number| {
            let start = index.line_start(number) as usize;
            let raw = &text[start..index.line_end(text, number) as usize];
            let content = raw.trim_start_matches(is_blank);
            let indent = columns(&raw[..raw.len() - content.len()]);
            let start = start + raw.len() - content.len();
            let content = content.trim_end_matches(is_blank);
            Line { start: offset(start), end: offset(start + content.len()), indent }
        })
        .collect()
}

/// Whitespace within a line.
pub(crate) fn is_blank(one: char) -> bool {
    matches!(one, ' ' | '\t' | '\u{b}' | '\u{c}')
}

/// How many columns `text`, which begins a line, takes.
pub(crate) fn columns(text: &str) -> u32 {
    text.chars().fold(0, |column, one| if one == '\t' { (column / TAB + 1) * TAB } else { column + 1 })
}
