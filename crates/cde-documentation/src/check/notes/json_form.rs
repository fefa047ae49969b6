//! Text that looks like JSON and is a form: with words for values, or with remarks beside them.

/// Words that people take for values of JSON.
const VALUES: &[&str] = &["true", "false", "null", "True", "False", "None", "NaN", "Infinity", "undefined"];
/// Signs that a program for texts writes for quotes.
const QUOTES: &str =
    "\u{201c}\u{201d}\u{201e}\u{201f}\u{2018}\u{2019}\u{201a}\u{ab}\u{bb}\u{a0}\u{200b}\u{feff}";

/// Whether anything stands outside of strings that nobody takes for JSON: a word in the place of a value, or a sign beyond
/// ASCII. O(length).
pub(super) fn is_form(content: &str) -> bool {
    let bytes = content.as_bytes();
    let mut place = 0;
    let mut before = b' ';
    while let Some(&byte) = bytes.get(place) {
        match byte {
            b'"' => {
                let Some(end) = string_end(bytes, place) else { return false };
                place = end;
                before = b'"';
            }
            b' ' | b'\t' | b'\r' | b'\n' => place += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
                let end = place + bytes[place..].iter().take_while(is_word).count();
                let next = bytes[end..].iter().find(|byte| !b" \t\r\n".contains(byte));
                let is_known = VALUES.iter().any(|known| known.as_bytes() == &bytes[place..end]);
                if b"{[,:".contains(&before) && !is_known && next != Some(&b':') {
                    return true;
                }
                place = end;
                before = b'a';
            }
            _ if byte.is_ascii() => {
                place += 1;
                before = byte;
            }
            _ => {
                let sign = content[place..].chars().next().unwrap_or(' ');
                if !QUOTES.contains(sign) {
                    return true;
                }
                place += sign.len_utf8();
                before = b'"';
            }
        }
    }
    false
}

/// The place after the string that begins at `place`; `None` where it does not end on its line.
fn string_end(bytes: &[u8], place: usize) -> Option<usize> {
    let mut place = place + 1;
    loop {
        match bytes.get(place)? {
            b'\\' => place += 2,
            b'"' => return Some(place + 1),
            b'\n' => return None,
            _ => place += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_form;

    #[test]
    fn words_and_remarks() {
        for text in ["{\"a\": N}", "[one two]", "{a.b()}", "{\"a\": 1} \u{2192} x", "{\"a\": [1, n]}"] {
            assert!(is_form(text), "{text}");
        }
        for text in [
            "{a: 1}",
            "{\"a\": True,}",
            "[\u{201c}a\u{201d}]",
            "{\"\u{2192} N\": \"b\\\"\", c : 2}",
            "{\"a\n: N",
        ] {
            assert!(!is_form(text), "{text}");
        }
    }
}
