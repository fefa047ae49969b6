//! Code and documentation as one line.

use crate::tokens::{Kind, Tokens};

const LONGEST: usize = 400;

fn is_blank(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r')
}

/// The first sentence of a documentation, its blanks folded; `None` if there are only blanks.
///
/// A sentence ends where the next word begins with no small letter, so that "e.g. this" goes on.
pub(crate) fn first_sentence(text: &str) -> Option<String> {
    let text = text.trim_matches(is_blank);
    let mut folded = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(is_blank).unwrap_or(rest.len());
        let (before, after) = rest.split_at(word);
        if ends_sentence(&folded) && !before.starts_with(|first: char| first.is_ascii_lowercase()) {
            break;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(before);
        rest = after.trim_start_matches(is_blank);
        // Characters are at most as many as bytes: nothing beyond is shown.
        if is_paragraph_end(&after[..after.len() - rest.len()]) || folded.len() > 8 * LONGEST {
            break;
        }
    }
    Some(cut(folded)).filter(|sentence| !sentence.is_empty())
}

fn ends_sentence(folded: &str) -> bool {
    folded.ends_with(['.', '!', '?'])
}

/// Whether two line ends stand among the blanks with nothing but spaces, tabs and form feeds between them.
fn is_paragraph_end(blanks: &str) -> bool {
    let mut ended = false;
    let mut bytes = blanks.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => {
                if ended {
                    return true;
                }
                if byte == b'\r' && bytes.peek() == Some(&b'\n') {
                    bytes.next();
                }
                ended = true;
            }
            0x0b => ended = false,
            _ => {}
        }
    }
    false
}

/// The tokens from `first` up to `behind` without comments, with at most one blank between two of them.
///
/// There is none inside of brackets at their edges, and no comma before a bracket that closes on a line of its own.
pub(crate) fn one_line(tokens: &Tokens, first: u32, behind: u32) -> String {
    let mut line: Vec<u8> = Vec::new();
    let mut before: Option<u32> = None;
    let mut size = 0;
    for index in first..behind {
        let token = tokens.at(index);
        if matches!(token.kind, Kind::Comment | Kind::Newline) {
            continue;
        }
        if let Some(last) = before.filter(|last| tokens.at(*last).end < token.start) {
            if token.kind == Kind::Close {
                if tokens.is_byte(last, b',') {
                    line.pop();
                }
            } else if tokens.at(last).kind != Kind::Open {
                line.push(b' ');
            }
        }
        line.extend_from_slice(tokens.text(index));
        size += (token.end - token.start) as usize;
        before = Some(index);
        if size > 4 * LONGEST {
            break;
        }
    }
    let text = String::from_utf8_lossy(&line);
    let mut folded = String::with_capacity(text.len());
    let mut was_blank = false;
    for char in text.chars() {
        let blank = is_blank(char);
        if !blank {
            folded.push(char);
        } else if !was_blank {
            folded.push(' ');
        }
        was_blank = blank;
    }
    cut(folded)
}

fn cut(mut text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let mut places = text.char_indices().map(|(at, _)| at).skip(LONGEST - 1);
    if let (Some(end), Some(_)) = (places.next(), places.next()) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_sentences() {
        for (text, sentence) in [
            ("One. Two.", Some("One.")),
            ("  See e.g. this\n  and that. Then more", Some("See e.g. this and that.")),
            ("One\r\ntwo\r\n\r\nthree", Some("One two")),
            ("Really? Yes", Some("Really?")),
            (" \n\t", None),
        ] {
            assert_eq!(first_sentence(text).as_deref(), sentence, "{text:?}");
        }
        assert_eq!(first_sentence(&"é".repeat(500)).map(|text| text.chars().count()), Some(LONGEST));
    }
}
