//! Rows of tables with more or fewer cells than the header has (GFM, section 4.10).

use super::page::Page;
use crate::check::origin::shown;
use crate::check::report::Remark;
use cde_core::Severity;

/// Notes rows whose last cells are dropped, and rows that are too short.
///
/// A table whose header does not split into its known number of columns is left alone: it stands in something else.
pub(super) fn note(page: &Page<'_>, remarks: &mut Vec<(&'static str, Remark)>) {
    for table in &page.document.tables {
        let columns = table.columns as usize;
        let is_plain = table.end_line == table.line + 1 + table.rows;
        if !is_plain || cells(page.line(table.line)).len() != columns {
            continue;
        }
        for number in table.line + 2..=table.end_line {
            let line = page.line(number);
            let found = cells(line);
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
                remarks.push(remark(number, crate::source::offset(column), message, line, None));
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

struct Cell<'a> {
    /// Where it starts in the line.
    start: usize,
    text: &'a str,
}

/// The cells of a row: between bars without a backslash before them, the outer bars left away.
fn cells(line: &str) -> Vec<Cell<'_>> {
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
            let found: Vec<&str> = cells(line).iter().map(|cell| cell.text.trim()).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
