//! The YAML that nearly all front matter is: keys with a value on the same line, and lists of such values.
//!
//! Reading it line by line is several times as fast as scanning tokens. What is not plainly of this kind is left to the
//! full parser: the result is the same wherever there is one, which the tests compare.

use cde_core::Value;

use super::core_schema::resolve;
use super::mapping::Mapping;
use super::values::Duplicates;

/// A longer key could be no simple key, of which YAML allows 1,024 characters.
const KEY_LENGTH: usize = 128;

/// The list that a key without a value may have below it.
struct Below {
    key: String,
    indent: usize,
    items: Vec<Value>,
}

/// The mapping that `content` is, or `None` where it is none or is not plainly of this kind. Linear.
pub(super) fn parse(content: &str, duplicates: &mut Duplicates) -> Option<Value> {
    let mut entries = Mapping::default();
    let mut repeated = Vec::new();
    let mut below: Option<Below> = None;
    for (number, line) in content.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line).trim_end_matches(' ');
        match line.as_bytes().first() {
            None => {}
            Some(b'#') => is_printable(line).then_some(())?,
            Some(b' ' | b'-') => add_item(below.as_mut()?, line)?,
            Some(_) => {
                let (key, text) = split_key(line)?;
                close(below.take(), &mut entries);
                if entries.contains(key) {
                    repeated.push((key, number));
                }
                let key = key.to_owned();
                if text.is_empty() {
                    below = Some(Below { key, indent: 0, items: Vec::new() });
                } else {
                    entries.insert(key, value(text)?);
                }
            }
        }
    }
    close(below, &mut entries);
    for (key, number) in repeated {
        if duplicates.wanted() {
            duplicates.add([key], u32::try_from(number).unwrap_or(u32::MAX));
        }
    }
    (!entries.is_empty()).then(|| entries.into_value())
}

fn close(below: Option<Below>, entries: &mut Mapping) {
    if let Some(Below { key, items, .. }) = below {
        entries.insert(key, if items.is_empty() { Value::Null } else { Value::List(items) });
    }
}

fn add_item(below: &mut Below, line: &str) -> Option<()> {
    let item = line.trim_start_matches(' ');
    let indent = line.len() - item.len();
    if !below.items.is_empty() && below.indent != indent {
        return None;
    }
    below.indent = indent;
    below.items.push(scalar(item.strip_prefix("- ")?)?);
    Some(())
}

/// The key and the value, which may be empty.
fn split_key(line: &str) -> Option<(&str, &str)> {
    let bytes = line.as_bytes();
    let begins = bytes[0].is_ascii_alphabetic() || bytes[0] == b'_';
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    let length = bytes.iter().take(KEY_LENGTH + 1).take_while(|byte| is_part(byte)).count();
    let rest = line[length..].strip_prefix(':').filter(|_| begins && length <= KEY_LENGTH)?;
    let text = rest.trim_start_matches(' ');
    (rest.is_empty() || text.len() < rest.len()).then_some((&line[..length], text))
}

fn value(text: &str) -> Option<Value> {
    let Some(mut rest) = text.strip_prefix('[') else { return scalar(text) };
    let mut items = Vec::new();
    rest = rest.trim_start_matches(' ');
    if rest == "]" {
        return Some(Value::List(items));
    }
    loop {
        let (item, after) = in_brackets(rest)?;
        items.push(item);
        rest = after.trim_start_matches(' ');
        if rest == "]" {
            return Some(Value::List(items));
        }
        rest = rest.strip_prefix(',')?.trim_start_matches(' ');
    }
}

/// The value at the beginning of what stands in brackets, and the rest.
fn in_brackets(text: &str) -> Option<(Value, &str)> {
    let first = *text.as_bytes().first()?;
    if matches!(first, b'"' | b'\'') {
        let (quoted, after) = text[1..].split_once(char::from(first))?;
        let is_plain = is_printable(quoted) && (first == b'\'' || !quoted.contains('\\'));
        return is_plain.then(|| (Value::Text(quoted.to_owned()), after));
    }
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_part = |byte: u8| is_word(byte) || matches!(byte, b'.' | b'/' | b' ' | b'+' | b'-');
    let length = text.bytes().take_while(|&byte| is_part(byte)).count();
    let plain = text[..length].trim_end_matches(' ');
    is_word(first).then(|| (resolve(plain), &text[plain.len()..]))
}

fn scalar(text: &str) -> Option<Value> {
    let first = *text.as_bytes().first()?;
    if matches!(first, b'"' | b'\'') {
        let (quoted, after) = text[1..].split_once(char::from(first))?;
        let is_whole = after.is_empty() && is_printable(quoted) && (first == b'\'' || !quoted.contains('\\'));
        return is_whole.then(|| Value::Text(quoted.to_owned()));
    }
    let begins = first.is_ascii_alphanumeric()
        || matches!(first, b'_' | b'/' | b'.' | b'(' | b'<' | b'+' | b'$' | b'~');
    (begins && ends_nowhere(text) && is_printable(text)).then(|| resolve(text))
}

/// Whether nothing ends a plain scalar before the end of the line: no colon before a space or at the end, and no hash
/// after a space.
fn ends_nowhere(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b':', b'#', bytes).all(|index| match bytes[index] {
        b':' => bytes.get(index + 1).is_some_and(|&next| next != b' '),
        _ => index == 0 || bytes[index - 1] != b' ',
    })
}

/// Whether all characters are printable (YAML 1.2.2, section 5.1) and none is one of those that need a second look: tab,
/// U+0085 and U+FEFF.
fn is_printable(text: &str) -> bool {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return true;
    }
    text.chars().all(|one| {
        matches!(one, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontmatter::yaml_values;

    const PIECES: [&str; 48] = [
        "a",
        "b:",
        "key: ",
        "k.x-y: ",
        "text",
        "1",
        "1.5",
        "~",
        "null",
        "true",
        "-",
        "- ",
        "  - ",
        "- a\n",
        "  - b\n",
        "\"q\"",
        "'s'",
        "[",
        "]",
        "[a, b]",
        "[\"x\", 'y' ]",
        ", ",
        " ",
        "  ",
        ":",
        ": ",
        "#",
        " #c",
        "# c\n",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "é",
        "\u{2028}",
        "\u{feff}",
        "\t",
        "\\",
        "&",
        "*",
        "(x)",
        "/a",
        "a: 1\n",
        "c:\n",
        "---",
        "{",
        "a:b",
    ];

    /// What both parsers make of a block; a numeral system over the pieces gives the blocks.
    #[test]
    fn what_is_read_line_by_line_is_what_the_full_parser_reads() {
        let mut read = 0;
        for seed in 0..150_000_usize {
            let mut number = seed.wrapping_mul(2_654_435_761) % (48 * 48 * 48 * 48 * 48);
            let mut block = String::new();
            while number > 0 {
                block.push_str(PIECES[number % PIECES.len()]);
                number /= PIECES.len();
            }
            block.push('\n');
            let mut duplicates = Duplicates::new(0);
            let Some(plain) = parse(&block, &mut duplicates) else { continue };
            let mut expected = Duplicates::new(0);
            let full = yaml_values::parse_tokens(&block, &mut expected);
            assert_eq!(full.ok(), Some(plain), "{block:?}");
            assert_eq!(expected.into_found(), duplicates.into_found(), "{block:?}");
            read += 1;
        }
        assert!(read > 1000, "{read}");
    }
}
