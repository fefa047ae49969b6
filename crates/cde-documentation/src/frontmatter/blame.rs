//! The line of a block that keeps it from being parsed.
//!
//! Parsers report where they noticed that something is wrong, which for a quote or bracket that is not closed is the end
//! of the block, and each parser notices elsewhere. Both engines therefore name the line by what they agree on, which
//! text is accepted: the line after the longest beginning of the block that is accepted. For what was not closed it is
//! the line that opened it.

const MAX_PARSED: usize = 512 * 1024;

/// The line, from 0. `text` is not accepted and ends with a line break; `is_entry` tells from a line's first character
/// whether an entry at the top level begins there.
///
/// Entries are searched by halves, then the lines of the entry one by one from its end. Before more than half a MiB
/// would have been parsed the search ends with the first line of what is left to search.
pub(super) fn first_bad_line(text: &str, is_entry: fn(char) -> bool, accepts: impl Fn(&str) -> bool) -> u32 {
    let mut ends = vec![0];
    ends.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|position| position + 1));
    let last_line = ends.len() - 1;
    let mut entries = vec![0];
    entries.extend((1..last_line).filter(|&line| text[ends[line]..].starts_with(is_entry)));
    entries.push(last_line);

    let mut left = MAX_PARSED;
    let accepts = |line: usize| {
        left = left.checked_sub(ends[line])?;
        Some(accepts(&text[..ends[line]]))
    };
    u32::try_from(search(&entries, accepts)).unwrap_or(u32::MAX)
}

/// `accepts` tells whether the lines before a line are accepted, or nothing once it has had enough.
fn search(entries: &[usize], mut accepts: impl FnMut(usize) -> Option<bool>) -> usize {
    let (mut accepted, mut refused) = (0, entries.len() - 1);
    while refused - accepted > 1 {
        let middle = usize::midpoint(accepted, refused);
        match accepts(entries[middle]) {
            None => return entries[accepted],
            Some(true) => accepted = middle,
            Some(false) => refused = middle,
        }
    }
    let first = entries[accepted];
    for line in (first + 1..entries[refused]).rev() {
        match accepts(line) {
            None => return first,
            Some(true) => return line,
            Some(false) => {}
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blame(text: &str, accepts: fn(&str) -> bool) -> u32 {
        first_bad_line(text, |first| first.is_ascii_alphabetic(), accepts)
    }

    #[test]
    fn the_line_that_opened_what_was_not_closed_is_named() {
        let balanced = |text: &str| text.matches('[').count() == text.matches(']').count();
        assert_eq!(blame("a\nb [\n ]\nc\n d\n e [\n f\ng\n", balanced), 5);
        assert_eq!(blame("[\n", balanced), 0);
    }

    #[test]
    fn the_search_ends_when_it_has_parsed_enough() {
        let text = "a\n".repeat(MAX_PARSED / 4) + "[\n";
        let line = blame(&text, |text| !text.contains('['));
        assert!(line > 0 && line < u32::try_from(MAX_PARSED / 4).unwrap_or_default(), "{line}");
    }
}
