//! Notes of work left to do.

use super::page::Page;
use crate::check::origin::shown;
use crate::check::report::Remark;

/// Notes the first `TODO` or `FIXME` of a line, outside of code where they stand for a task: before a colon or a name in parentheses, at the
/// start of a comment, or alone on a line that is no heading.
pub(super) fn note(page: &mut Page<'_>, remarks: &mut Vec<(&'static str, Remark)>) {
    let text = page.text;
    let mut places: Vec<(usize, &'static str)> = ["TODO", "FIXME"]
        .into_iter()
        .flat_map(|word| memchr::memmem::find_iter(text.as_bytes(), word).map(move |start| (start, word)))
        .collect();
    places.sort_unstable();
    let mut noted = 0;
    for (start, word) in places {
        if !is_word(text.as_bytes(), start, start + word.len()) {
            continue;
        }
        let (line, column) = page.place(start);
        if line == noted {
            continue;
        }
        let content = page.line(line);
        if !is_task(content, text, start, word) || page.is_code(line, column) || page.is_front_matter(line) {
            continue;
        }
        noted = line;
        let evidence = shown(content.trim_matches([' ', '\t']).as_bytes());
        let message = format!("{word} is left");
        remarks.push(("todo-left", Remark { line, column, message, evidence, ..Remark::default() }));
    }
}

const LONGEST_ALONE: usize = 80;

fn is_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let joined = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let before = start > 0 && joined(bytes[start - 1]);
    !before && !bytes.get(end).copied().is_some_and(joined)
}

fn is_task(line: &str, text: &str, start: usize, word: &str) -> bool {
    let behind = text.as_bytes().get(start + word.len());
    if matches!(behind, Some(b':' | b'(')) {
        return true;
    }
    let before = text[..start].trim_end_matches([' ', '\t']);
    // A longer line has more than the word on it, or signs that nobody writes around a word.
    let is_alone = || {
        if line.chars().nth(LONGEST_ALONE).is_some() {
            return false;
        }
        let around = line.trim_matches([' ', '\t', '>', '*', '_', '|', '-', '+', '.', '<', '!', '[', ']']);
        around == word && !line.trim_start_matches([' ', '\t']).starts_with('#')
    };
    before.ends_with("<!--") || is_alone()
}
