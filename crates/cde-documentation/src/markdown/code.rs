//! Code blocks.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::extract::Extractor;
use crate::model::CodeBlock;
use crate::source::offset;

impl Extractor<'_, '_> {
    pub(super) fn open_code(&mut self, kind: &CodeBlockKind<'_>, start: usize) {
        let info: &str = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => "",
        };
        let language =
            info.find(|one: char| matches!(one, '\t'..='\r' | ' ' | ',' | '{')).unwrap_or(info.len());
        let start_in_text = self.base + offset(start);
        self.code_start = Some(start);
        self.code_end = start;
        self.out.code_blocks.push(CodeBlock {
            language: (language > 0).then(|| self.out.texts.add(&info[..language])),
            info: self.out.texts.add(info),
            line: self.lines.line(start_in_text),
            line_count: 0,
            fenced: matches!(kind, CodeBlockKind::Fenced(_)),
            closed: true,
            start: start_in_text,
            end: start_in_text,
        });
    }

    pub(super) fn close_code(&mut self, range: Range<usize>) {
        let Some(start) = self.code_start.take() else { return };
        let Some(block) = self.out.code_blocks.last_mut() else { return };
        let bytes = self.body.as_bytes();
        let mut last_line = block.line;
        if self.code_end > start {
            last_line = self.lines.line(self.base + offset(self.code_end - 1));
        }
        if block.fenced {
            block.line_count = last_line - block.line;
            let first_end =
                memchr::memchr(b'\n', &bytes[start..range.end]).map_or(range.end, |at| start + at + 1);
            let after = self.code_end.max(first_end).min(range.end);
            block.closed = bytes[after..range.end].contains(&bytes[start]);
            if block.closed {
                last_line = self.lines.line(self.base + offset(range.end - 1));
            }
        } else {
            block.line_count = last_line - block.line + 1;
        }
        block.end = self.lines.line_end(self.text, last_line);
        self.out.code_lines.0 += self.lines.filled(block.line, last_line);
        self.out.code_lines.1 += block.line_count;
    }
}
