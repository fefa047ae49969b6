//! Rows of tables with more or fewer cells than the header has (GFM, section 4.10).

use cde_core::Severity;

use super::page::Page;
use crate::check::origin::shown;
use crate::check::report::Remark;

/// Notes rows whose last cells are dropped, and rows that are too short.
///
/// A table whose header does not split into its known number of columns is left alone: it stands in something else.
pub(super) fn note(page: &Page<'_>, remarks: &mut Vec<(&'static str, Remark)>) {
    for table in &page.document.tables {
        let columns = table.columns as usize;
        let is_plain = table.end_line == table.line + 1 + table.rows;
        if !is_plain || cells(page.line(table.line), false).len() != columns {
            continue;
        }
        for number in table.line + 2..=table.end_line {
            let line = page.line(number);
            let found = cells(line, false);
            let Some(excess) = found.get(columns..) else {
                let message = format!("{} of {columns} cells", found.len());
                remarks.push(remark(number, 1, message, line, Some(Severity::Hint)));
                continue;
            };
            if let Some(lost) = excess.iter().find(|cell| !cell.text.trim_matches([' ', '\t']).is_empty()) {
                let message = format!(
                    "{} cells where the header has {columns}: what is in the last ones is not shown",
                    found.len()
                );
                let column = line[..lost.start].chars().count() + 1;
                let mut lost = remark(number, crate::source::offset(column), message, line, None);
                lost.1.splits_code = line.len() <= LONGEST_ROW && cells(line, true).len() <= columns;
                remarks.push(lost);
            }
        }
    }
}

fn remark(
    line: u32,
    column: u32,
    message: String,
    text: &str,
    severity: Option<Severity>,
) -> (&'static str, Remark) {
    let evidence = shown(text.trim_matches([' ', '\t']).as_bytes());
    ("ragged-table", Remark { line, column, message, evidence, severity, ..Remark::default() })
}

/// Code spans are looked for in rows up to this length: each is searched for its end.
const LONGEST_ROW: usize = 10_000;

struct Cell<'a> {
    /// Where it starts in the line.
    start: usize,
    text: &'a str,
}

/// The cells of a row: between bars without a backslash before them, the outer bars left away.
///
/// With `keeps_code` a bar in a code span ends none.
fn cells(line: &str, keeps_code: bool) -> Vec<Cell<'_>> {
    let trimmed = line.trim_start_matches([' ', '\t', '>']);
    let mut start = line.len() - trimmed.len();
    let end = line.trim_end_matches([' ', '\t']).len();
    if line[start..end.max(start)].starts_with('|') {
        start += 1;
    }
    let mut found = Vec::new();
    let bytes = line.as_bytes();
    let mut position = start;
    while position < end {
        match bytes[position] {
            b'\\' => position += 1,
            b'`' if keeps_code => position = behind_code(&bytes[..end], position) - 1,
            b'|' => {
                found.push(Cell { start, text: &line[start..position] });
                start = position + 1;
            }
            _ => {}
        }
        position += 1;
    }
    if start < end {
        found.push(Cell { start, text: &line[start..end] });
    }
    found
}

/// The place behind the code span that opens at `start`, or behind its backticks where nothing closes it.
fn behind_code(row: &[u8], start: usize) -> usize {
    let ticks = |from: usize| row[from..].iter().take_while(|byte| **byte == b'`').count();
    let length = ticks(start);
    let mut position = start + length;
    while let Some(found) = memchr::memchr(b'`', &row[position..]) {
        let closing = ticks(position + found);
        position += found + closing;
        if closing == length {
            return position;
        }
    }
    start + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_split_at_bars() {
        for (line, expected) in [
            ("| a | b |", &["a", "b"][..]),
            ("a|b", &["a", "b"]),
            ("  > | `x \\| y` | |  ", &["`x \\| y`", ""]),
            ("| é\\\\| c", &["é\\\\", "c"]),
            ("|", &[]),
            ("", &[]),
            ("> ", &[]),
        ] {
            let found: Vec<&str> = cells(line, false).iter().map(|cell| cell.text.trim()).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
