//! A document's text by its lines, and where code stands in it.

use crate::model::Document;
use crate::source::{LineIndex, offset};

/// A document and its text.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub text: &'a str,
    lines: &'a mut LineIndex,
    /// First and last line of each code block, fences included.
    blocks: Vec<(u32, u32)>,
    /// Line, first column and the column behind the end of each code span.
    spans: Vec<(u32, u32, u32)>,
}

impl<'a> Page<'a> {
    /// `lines` are those of `text`.
    pub fn new(document: &'a Document, text: &'a str, lines: &'a mut LineIndex) -> Self {
        let blocks = document.code_blocks.iter().map(|block| {
            let fences = u32::from(block.fenced) + u32::from(block.fenced && block.closed);
            (block.line, (block.line + block.line_count + fences).saturating_sub(1))
        });
        let spans = document.inline_code.iter().map(|code| {
            let length = offset(code.text.chars().count()) + 2;
            (code.line, code.column, code.column + length)
        });
        Self { document, text, blocks: blocks.collect(), spans: spans.collect(), lines }
    }

    /// Line `number` (from 1) without its ending.
    pub fn line(&self, number: u32) -> &'a str {
        if number == 0 || number > self.lines.line_count() {
            return "";
        }
        &self.text[self.lines.line_start(number) as usize..self.lines.line_end(self.text, number) as usize]
    }

    /// Where line `number` (from 1) begins; the end of the text for the line after the last.
    pub fn line_start(&self, number: u32) -> u32 {
        self.lines.line_start(number)
    }

    /// How many lines there are.
    pub fn line_count(&self) -> u32 {
        self.lines.line_count()
    }

    /// Line and column of a byte of the text.
    pub fn place(&mut self, position: usize) -> (u32, u32) {
        self.lines.position(self.text, offset(position))
    }

    /// Whether code stands at a place.
    pub fn is_code(&self, line: u32, column: u32) -> bool {
        let behind = self.blocks.partition_point(|(first, _)| *first <= line);
        if behind > 0 && self.blocks[behind - 1].1 >= line {
            return true;
        }
        let behind = self.spans.partition_point(|(start, from, _)| (*start, *from) <= (line, column));
        behind > 0 && self.spans[behind - 1].0 == line && column < self.spans[behind - 1].2
    }

    /// Whether a line belongs to the front matter.
    pub fn is_front_matter(&self, line: u32) -> bool {
        self.document.front_matter.as_ref().is_some_and(|matter| line <= matter.line_count)
    }
}
