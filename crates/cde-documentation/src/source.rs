//! Lines of a document, and the way from a byte offset to the position that records hold.

use memchr::memchr2;

/// Where the lines of a text begin. Line endings are LF, CRLF and CR.
///
/// Offsets are looked up mostly in rising order, so the index remembers the line found last.
#[derive(Debug, Default)]
pub(crate) struct LineIndex {
    starts: Vec<u32>,
    /// How many of the lines before each one are not blank.
    filled: Vec<u32>,
    ascii: bool,
    length: u32,
    lines: u32,
    last: usize,
    /// Code points before every [`STEP`] bytes; read once a line is long.
    counted: Vec<u32>,
}

/// A line up to which columns are counted from its start.
const STEP: usize = 4096;

impl LineIndex {
    /// Reads `text`, whose length must fit in 32 bits, reusing the memory of an earlier text.
    pub(crate) fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.starts.clear();
        self.filled.clear();
        self.ascii = text.is_ascii();
        self.length = offset(bytes.len());
        self.last = 0;
        self.counted.clear();
        let mut filled = 0;
        let mut start = 0;
        loop {
            self.starts.push(offset(start));
            self.filled.push(filled);
            let blanks =
                bytes[start..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | 0x0b | 0x0c)).count();
            let content = start + blanks;
            let Some(found) = memchr2(b'\n', b'\r', &bytes[content..]) else {
                filled += u32::from(content < bytes.len());
                break;
            };
            filled += u32::from(found > 0);
            start = content + found + 1;
            if bytes[start - 1] == b'\r' && bytes.get(start) == Some(&b'\n') {
                start += 1;
            }
        }
        self.filled.push(filled);
        // A line ending at the very end begins no further line.
        let unterminated = self.starts.last().is_some_and(|&start| start < self.length);
        self.lines = offset(self.starts.len()) - u32::from(!unterminated);
    }

    /// Number of lines.
    pub(crate) fn line_count(&self) -> u32 {
        self.lines
    }

    /// Length of the text in bytes.
    pub(crate) fn len(&self) -> u32 {
        self.length
    }

    /// How many of the lines from `first` to `last` (from 1) are not blank.
    pub(crate) fn filled(&self, first: u32, last: u32) -> u32 {
        let before =
            |number: u32| self.filled.get(number as usize).or(self.filled.last()).copied().unwrap_or(0);
        before(last) - before(first - 1)
    }

    /// Where line `number` (from 1) begins; the end of the text for the line after the last.
    pub(crate) fn line_start(&self, number: u32) -> u32 {
        self.starts.get(number as usize - 1).copied().unwrap_or(self.length)
    }

    /// Where line `number` (from 1) of `text` ends, before its line ending.
    pub(crate) fn line_end(&self, text: &str, number: u32) -> u32 {
        let end = self.line_start(number + 1) as usize;
        let start = self.line_start(number) as usize;
        offset(start + text[start..end].trim_end_matches(['\n', '\r']).len())
    }

    /// The line (from 1) that `offset` lies in.
    pub(crate) fn line(&mut self, offset: u32) -> u32 {
        let starts = &self.starts;
        let mut index = self.last;
        if starts[index] > offset || starts.len() > index + 8 && starts[index + 8] <= offset {
            index = starts.partition_point(|&start| start <= offset) - 1;
        } else {
            while index + 1 < starts.len() && starts[index + 1] <= offset {
                index += 1;
            }
        }
        self.last = index;
        u32::try_from(index + 1).unwrap_or(u32::MAX)
    }

    /// Line and column (both from 1, columns in code points) of `offset` in `text`.
    pub(crate) fn position(&mut self, text: &str, offset: u32) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts[self.last];
        let column = if self.ascii {
            offset - start
        } else if (offset - start) as usize <= STEP {
            code_points(&text.as_bytes()[start as usize..offset as usize])
        } else {
            self.count(text.as_bytes());
            self.code_points_before(text, offset) - self.code_points_before(text, start)
        };
        (line, column + 1)
    }

    fn count(&mut self, bytes: &[u8]) {
        if self.counted.is_empty() {
            let mut count = 0;
            for piece in bytes.chunks(STEP) {
                self.counted.push(count);
                count += code_points(piece);
            }
            self.counted.push(count);
        }
    }

    fn code_points_before(&self, text: &str, offset: u32) -> u32 {
        let step = offset as usize / STEP;
        self.counted[step] + code_points(&text.as_bytes()[step * STEP..offset as usize])
    }
}

/// How many code points begin in `bytes`.
fn code_points(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from((byte & 0xc0) != 0x80)).sum()
}

/// An offset as records hold it. Documents are smaller than 4 GiB: the scan does not parse larger ones.
pub(crate) fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_endings_count() {
        let text = "a\nb\r\né\rd";
        let mut index = LineIndex::default();
        index.read(text);
        assert_eq!((index.line_count(), index.len()), (4, 9));
        assert_eq!(index.position(text, 7), (3, 2));
        assert_eq!(index.position(text, 2), (2, 1));
        assert_eq!(index.line_end(text, 2), 3);
        assert_eq!(index.line_start(5), 9);
        let long = "é".repeat(5000);
        index.read(&long);
        assert_eq!(index.position(&long, 9998), (1, 5000));
        index.read("a\n \t\n\r\nb\r\n\n  c");
        assert_eq!(
            (index.filled(1, 6), index.filled(2, 4), index.filled(2, 3), index.filled(6, 6)),
            (3, 1, 0, 1)
        );
        index.read("");
        assert_eq!((index.line_count(), index.filled(1, 0)), (0, 0));
        index.read("a\n");
        assert_eq!(index.line_count(), 1);
    }
}
