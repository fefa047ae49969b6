//! The way from a byte offset to a line and a column.

use memchr::memchr2_iter;

use crate::tokens::Problem;

/// Where the lines of a source begin, and the first problem that was met in it. Line ends are LF, CRLF and CR.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    starts: Vec<u32>,
    problem: Option<Problem>,
}

impl Lines {
    /// Reads `source`, whose length must fit in 32 bits, reusing the memory of an earlier one.
    pub(crate) fn read(&mut self, source: &[u8]) {
        self.problem = None;
        self.starts.clear();
        self.starts.push(0);
        for at in memchr2_iter(b'\n', b'\r', source) {
            let is_first_of_two = source[at] == b'\r' && source.get(at + 1) == Some(&b'\n');
            if !is_first_of_two {
                self.starts.push(offset(at + 1));
            }
        }
    }

    /// Where each line begins; one more than there are lines where the last one is terminated.
    pub(crate) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The line that `offset` lies in, from 1. O(log lines).
    pub(crate) fn line_of(&self, offset: u32) -> u32 {
        self::offset(self.starts.partition_point(|start| *start <= offset))
    }

    /// Where the line of `offset` begins.
    pub(crate) fn start_of(&self, offset: u32) -> u32 {
        self.starts[self.line_of(offset) as usize - 1]
    }

    /// The place of `offset` in its line, in code points from 1.
    pub(crate) fn column_of(&self, source: &[u8], offset: u32) -> u32 {
        let line = &source[self.start_of(offset) as usize..offset as usize];
        self::offset(line.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()) + 1
    }

    /// Notes a problem, unless one on an earlier line or on the same is known.
    pub(crate) fn report(&mut self, offset: u32, message: &'static str) {
        let line = self.line_of(offset);
        if self.problem.is_none_or(|known| line < known.line) {
            self.problem = Some(Problem { line, message });
        }
    }

    /// The first problem.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.problem
    }
}

/// A byte offset or a count as records hold it; sources are shorter than 4 GiB by their limit.
pub(crate) fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
