//! Tables drawn with signs: their size, and the text of their cells line by line.

use super::Rst;
use crate::model::Table;
use crate::source::offset;

impl Rst<'_, '_> {
    /// The table that begins at `at` on `line`, if one does; gives the line after it.
    pub(super) fn table(&mut self, line: usize, at: u32, indent: u32) -> Option<usize> {
        let first = self.slice(at, self.lines[line].end);
        if is_grid_border(first) {
            Some(self.grid(line, first))
        } else if is_simple_border(first) {
            self.simple(line, first, indent)
        } else {
            None
        }
    }

    fn grid(&mut self, line: usize, border: &str) -> usize {
        self.names.interrupt();
        let mut next = line + 1;
        let (mut borders, mut header) = (1, false);
        while !self.is_blank(next) && self.content(next).starts_with(['+', '|']) {
            let content = self.content(next);
            borders += u32::from(content.starts_with('+'));
            header |= content.starts_with("+=");
            if content.starts_with('|') {
                let (mut start, end) = (self.lines[next].start, self.lines[next].end);
                for cell in content.split('|') {
                    let leading = offset(cell.len() - cell.trim_start_matches([' ', '\t']).len());
                    let cell_end = start + offset(cell.trim_end_matches([' ', '\t']).len());
                    if leading < offset(cell.len()) {
                        self.text_line(start + leading, cell_end.min(end));
                    }
                    start = (start + offset(cell.len()) + 1).min(end);
                }
            }
            next += 1;
        }
        let columns = offset(border.bytes().filter(|byte| *byte == b'+').count()) - 1;
        let rows = borders.saturating_sub(1 + u32::from(header));
        self.recorder.out.tables.push(Table {
            line: offset(line + 1),
            end_line: offset(next),
            rows,
            columns,
        });
        next
    }

    /// A simple table ends at its last border before a blank line or the end; without one it is none.
    fn simple(&mut self, line: usize, border: &str, indent: u32) -> Option<usize> {
        let mut borders = vec![line];
        let mut next = line + 1;
        while let Some(one) = self.lines.get(next) {
            if !one.is_blank() && one.indent < indent {
                break;
            }
            if !one.is_blank() && is_border_of(self.content(next), border) {
                borders.push(next);
                if borders.len() == 3 || self.is_blank(next + 1) {
                    break;
                }
            }
            next += 1;
        }
        let last = *borders.last().filter(|last| **last > line)?;
        self.names.interrupt();
        let header = (borders.len() == 3).then(|| borders[1]);
        let mut rows = 0;
        for number in line + 1..last {
            let one = self.lines[number];
            if one.is_blank() || header == Some(number) || starts_like_border(self.content(number)) {
                continue;
            }
            rows += u32::from(one.indent <= indent && header.is_none_or(|header| number > header));
            self.text_line(one.start, one.end);
        }
        let columns = offset(border.split(' ').filter(|part| !part.is_empty()).count());
        self.recorder.out.tables.push(Table {
            line: offset(line + 1),
            end_line: offset(last + 1),
            rows,
            columns,
        });
        Some(last + 1)
    }
}

/// Whether a line is `+---+---+`.
fn is_grid_border(line: &str) -> bool {
    line.len() > 2
        && line.starts_with("+-")
        && line.ends_with("-+")
        && line.bytes().all(|byte| matches!(byte, b'+' | b'-'))
}

/// Whether a line is two or more runs of equals signs.
fn is_simple_border(line: &str) -> bool {
    line.starts_with('=') && line.bytes().all(|byte| matches!(byte, b'=' | b' ')) && line.contains(' ')
}

/// Whether a line is a border of the table that begins with `border`; the last may join columns.
fn is_border_of(line: &str, border: &str) -> bool {
    line.starts_with('=')
        && line.len() == border.len()
        && line.bytes().all(|byte| matches!(byte, b'=' | b' '))
}

/// Whether a line underlines cells that span columns.
fn starts_like_border(line: &str) -> bool {
    line.len() > 1 && line.bytes().all(|byte| matches!(byte, b'-' | b' '))
}
