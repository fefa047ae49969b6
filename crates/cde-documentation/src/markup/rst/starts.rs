//! What a line begins with. Each function looks at one line and at nothing else.

use super::phrases::{is_space, is_wide_punctuation};

/// Whether the line is one ASCII punctuation mark over and over.
pub(super) fn is_adornment(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_punctuation) && bytes.iter().all(|byte| *byte == bytes[0])
}

/// Whether the line begins explicit markup.
pub(super) fn is_explicit(line: &str) -> bool {
    line.strip_prefix("..").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | 0x0b | 0x0c)).count()
}

/// The length of `marker` with the whitespace after it, if it is followed by whitespace or ends the line.
fn marked(line: &str, marker: usize) -> Option<usize> {
    let after = blanks(&line[marker..]);
    (after > 0 || marker == line.len()).then_some(marker + after)
}

/// The length of a bullet with the whitespace after it.
pub(super) fn bullet(line: &str) -> Option<usize> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '-' | '+' | '*' | '•' | '‣' | '⁃'))?;
    marked(line, sign.len_utf8())
}

/// Whether a line and its marker are `(x)`, `x)` or `x.`, and where `x` stands.
fn enumeration(line: &str) -> Option<(u8, &str)> {
    let (inner, opened) = line.strip_prefix('(').map_or((line, false), |inner| (inner, true));
    let length = if inner.starts_with('#') {
        1
    } else {
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 { digits } else { letters(inner) }
    };
    let close = *inner.as_bytes().get(length)?;
    if length == 0 || length > 9 || !(close == b')' || (close == b'.' && !opened)) {
        return None;
    }
    Some((if opened { b'(' } else { close }, &inner[..length]))
}

/// The length of one letter, or of a Roman numeral.
fn letters(text: &str) -> usize {
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let numeral = |text: &str, digits: &[u8]| text.bytes().all(|byte| digits.contains(&byte));
    let is_numeral = numeral(&text[..length], b"ivxlcdm") || numeral(&text[..length], b"IVXLCDM");
    if length == 1 || is_numeral { length } else { 0 }
}

/// The length of an item's number with the whitespace after it.
pub(super) fn enumerator(line: &str) -> Option<usize> {
    let (form, number) = enumeration(line)?;
    marked(line, number.len() + if form == b'(' { 2 } else { 1 })
}

/// Whether `next` begins with a number in the same form as `line`.
pub(super) fn same_enumeration(line: &str, next: &str) -> bool {
    match (enumeration(line), enumeration(next)) {
        (Some((form, _)), Some((other, _))) => form == other && enumerator(next).is_some(),
        _ => false,
    }
}

/// The length of a field's name with its colons and the whitespace after it.
pub(super) fn field(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    if bytes.first() != Some(&b':') || matches!(bytes.get(1), None | Some(b':' | b' ')) {
        return None;
    }
    let mut place = 1;
    while let Some(&byte) = bytes.get(place) {
        if byte == b'\\' {
            place += 1;
        } else if byte == b':' {
            if bytes.get(place + 1) == Some(&b'`') {
                return None;
            }
            if bytes[place - 1] != b' '
                && let Some(length) = marked(line, place + 1)
            {
                return Some(length);
            }
        }
        place += 1;
    }
    None
}

/// The length of the bar of a line block with the whitespace after it.
pub(super) fn line_block(line: &str) -> Option<usize> {
    line.starts_with('|').then(|| marked(line, 1)).flatten()
}

/// Whether the line begins a session of Python's interpreter.
pub(super) fn is_doctest(line: &str) -> bool {
    line.starts_with(">>>") && marked(line, 3).is_some()
}

/// Whether `one` is a letter or a digit, or may be one.
pub(super) fn is_word(one: char) -> bool {
    one.is_ascii_alphanumeric() || (!one.is_ascii() && !is_space(one) && !is_wide_punctuation(one))
}

/// The length of the simple name that `text` begins with: letters and digits, joined by single `-`, `.`, `_`, `+`, `:`.
pub(super) fn simple_name(text: &str) -> usize {
    let (mut length, mut after_word) = (0, false);
    for (place, one) in text.char_indices() {
        if is_word(one) {
            length = place + one.len_utf8();
            after_word = true;
        } else if after_word && "-._+:".contains(one) {
            after_word = false;
        } else {
            break;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_lines() {
        assert_eq!(
            [bullet("- a"), bullet("•  a"), bullet("-"), bullet("-a")],
            [Some(2), Some(5), Some(1), None]
        );
        assert_eq!(
            ["1. a", "(iv) a", "#. a", "b) a", "1.a", "foo. a", "1) "].map(enumerator),
            [Some(3), Some(5), Some(3), Some(3), None, None, Some(3)]
        );
        assert!(same_enumeration("1. a", "2. b") && !same_enumeration("1. a", "2) b"));
        assert_eq!(
            [":a b: c", ":a:", ":mod:`x` y: z", "::", ": a:", ":a:b: c"].map(field),
            [Some(6), Some(3), None, None, None, Some(6)]
        );
        assert_eq!(["foo-bar.baz_x", "a--b", "é_", "_a"].map(simple_name), [13, 1, 2, 0]);
        assert!(is_adornment("==") && !is_adornment("=-") && !is_adornment("") && is_explicit(".. a"));
    }
}
