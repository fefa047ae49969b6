//! What a line begins with. Each function looks at one line and at nothing else.

use crate::markup::lines::is_blank;

/// What a delimited block holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Delimited {
    /// Code, as it stands.
    Code,
    /// Nothing that is shown as text.
    Opaque,
    Comment,
    /// Other blocks.
    Container,
    Table,
}

/// What the delimiter on a line opens.
pub(super) fn delimiter(line: &str) -> Option<Delimited> {
    let bytes = line.as_bytes();
    let run = bytes.iter().take_while(|byte| **byte == bytes[0]).count();
    match bytes.first()? {
        b'-' if line == "--" => Some(Delimited::Container),
        b'`' if run == 3 && !line[3..].contains(['`', ' ', '\t']) => Some(Delimited::Code),
        b'|' | b',' | b':' | b'!' if bytes.len() >= 4 && bytes[1..].iter().all(|byte| *byte == b'=') => {
            Some(Delimited::Table)
        }
        _ if run < 4 || run != bytes.len() => None,
        b'-' | b'.' => Some(Delimited::Code),
        b'+' => Some(Delimited::Opaque),
        b'/' => Some(Delimited::Comment),
        b'=' | b'*' | b'_' => Some(Delimited::Container),
        _ => None,
    }
}

/// Level and text of a title in one line.
pub(super) fn title(line: &str) -> Option<(u8, &str)> {
    let mark = line.bytes().next().filter(|mark| matches!(mark, b'=' | b'#'))?;
    let level = line.bytes().take_while(|byte| *byte == mark).count();
    let rest = &line[level..];
    if level > 6 || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let text = rest.trim_start_matches(is_blank);
    // The same marks may close the title.
    let closed = text.strip_suffix(&line[..level]).filter(|text| text.ends_with([' ', '\t']));
    let text = closed.map_or(text, |text| text.trim_end_matches(is_blank));
    (!text.is_empty()).then_some((u8::try_from(level).unwrap_or(6), text))
}

/// The level that a line underlines its title with, if it fits its length.
pub(super) fn underline(title: &str, line: &str) -> Option<u8> {
    let mark = *line.as_bytes().first()?;
    let level = b"=-~^+".iter().position(|known| *known == mark)?;
    let length = title.chars().count();
    let fits = line.bytes().all(|byte| byte == mark) && line.len() > 1 && length.abs_diff(line.len()) <= 1;
    let is_text = title.chars().any(|one| one.is_ascii_alphanumeric() || !one.is_ascii());
    (fits && is_text).then(|| u8::try_from(level + 1).unwrap_or(1))
}

/// The length of an item's marker with the whitespace after it, and whether the item may be a task.
pub(super) fn item(line: &str) -> Option<(usize, bool)> {
    let bytes = line.as_bytes();
    let first = *bytes.first()?;
    let run = bytes.iter().take_while(|byte| **byte == first).count();
    let marker = match first {
        b'*' | b'-' if run <= 5 && (first == b'*' || run == 1) => run,
        b'.' if run <= 5 => run,
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits > 9 || bytes.get(digits) != Some(&b'.') {
                return None;
            }
            digits + 1
        }
        b'a'..=b'z' | b'A'..=b'Z' if matches!(bytes.get(1), Some(b'.' | b')')) => 2,
        b'<' => {
            let close = bytes.iter().take(11).position(|byte| *byte == b'>')?;
            let number = &bytes[1..close];
            if number != b"." && (number.is_empty() || !number.iter().all(u8::is_ascii_digit)) {
                return None;
            }
            close + 1
        }
        _ => return None,
    };
    let blanks = line[marker..].len() - line[marker..].trim_start_matches(is_blank).len();
    (blanks > 0 && marker + blanks < line.len()).then_some((marker + blanks, matches!(first, b'*' | b'-')))
}

/// Where the description begins of a line `term:: description`; the term ends at the first number.
pub(super) fn term(line: &str) -> Option<(usize, usize)> {
    let bytes = line.as_bytes();
    let mut place = line.chars().next()?.len_utf8();
    while let Some(found) = line[place..].find("::") {
        let start = place + found;
        let colons = bytes[start..].iter().take_while(|byte| **byte == b':').count();
        let after = start + colons;
        if colons <= 4 && matches!(bytes.get(after), None | Some(b' ' | b'\t')) {
            let blanks = line[after..].len() - line[after..].trim_start_matches(is_blank).len();
            return Some((start, after + blanks));
        }
        place = after;
    }
    None
}

/// Name, target and attributes of a block macro `name::target[attributes]`.
pub(super) fn block_macro(line: &str) -> Option<(&str, &str, &str)> {
    let colons = line.find("::")?;
    let name = &line[..colons];
    if name.is_empty()
        || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    {
        return None;
    }
    let rest = line[colons + 2..].strip_suffix(']')?;
    let open = rest.find('[')?;
    let target = &rest[..open];
    (!target.starts_with([' ', '\t', ':'])).then_some((name, target, &rest[open + 1..]))
}

/// Name and value of an attribute entry `:name: value`.
pub(super) fn entry(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(':')?;
    let close = rest.find(':')?;
    let name = &rest[..close];
    let plain = name.trim_matches('!');
    let is_name = plain.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let value = &rest[close + 1..];
    (is_name && (value.is_empty() || value.starts_with([' ', '\t'])))
        .then(|| (name, value.trim_matches(is_blank)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_lines() {
        assert_eq!(title("== A ==  b =="), Some((2, "A ==  b")));
        assert_eq!([title("==A"), title("=="), title("======= A")], [None, None, None]);
        assert_eq!(
            (underline("Title", "-----"), underline("Title", "---"), underline("--", "--")),
            (Some(2), None, None)
        );
        assert_eq!(
            (item("** a"), item("*a"), item("10. a"), item("<1> a")),
            (Some((3, true)), None, Some((4, false)), Some((4, false)))
        );
        assert_eq!((term("a b:: c"), term("a::b"), term("::")), (Some((3, 6)), None, None));
        assert_eq!(block_macro("image::a b.png[x]"), Some(("image", "a b.png", "x")));
        assert_eq!(
            (entry(":a-b: c"), entry(":!a:"), entry("::"), entry(":a:b")),
            (Some(("a-b", "c")), Some(("!a", "")), None, None)
        );
        assert_eq!(delimiter("|==="), Some(Delimited::Table));
        assert_eq!(
            (delimiter("```rust"), delimiter("---"), delimiter("----")),
            (Some(Delimited::Code), None, Some(Delimited::Code))
        );
    }
}
