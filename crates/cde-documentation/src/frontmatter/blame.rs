//! The line of a block that keeps it from being parsed.
//!
//! Parsers report where they noticed that something is wrong, which for a quote or bracket that is not closed is the end
//! of the block, and each parser notices elsewhere. Both engines therefore name the line by what they agree on, which
//! text is accepted: the line after the longest beginning of the block that is accepted. For what was not closed it is
//! the line that opened it.

const LINES_TRIED: usize = 64;
const BYTES_TRIED: usize = 16 * 1024;

/// The line, from 0. `text` is not accepted and ends with a line break; `is_entry` tells from a line's first character
/// whether an entry at the top level begins there.
///
/// Entries are searched by halves and the lines of the entry found one by one; in a long entry, or behind a long
/// beginning, the entry's first line is the answer.
pub(super) fn first_bad_line(text: &str, is_entry: fn(char) -> bool, accepts: impl Fn(&str) -> bool) -> u32 {
    let mut ends = vec![0];
    ends.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|position| position + 1));
    let last_line = ends.len() - 1;
    let mut entries = vec![0];
    entries.extend((1..last_line).filter(|&line| text[ends[line]..].starts_with(is_entry)));
    entries.push(last_line);

    let (mut accepted, mut refused) = (0, entries.len() - 1);
    while refused - accepted > 1 {
        let middle = usize::midpoint(accepted, refused);
        if accepts(&text[..ends[entries[middle]]]) {
            accepted = middle;
        } else {
            refused = middle;
        }
    }
    let (first, last) = (entries[accepted], entries[refused]);
    let line = if last - first > LINES_TRIED || ends[last] > BYTES_TRIED {
        first
    } else {
        (first + 1..last).rev().find(|&line| accepts(&text[..ends[line]])).unwrap_or(first)
    };
    u32::try_from(line).unwrap_or(u32::MAX)
}
