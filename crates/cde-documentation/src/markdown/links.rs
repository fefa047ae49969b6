//! Small rules about links: what a destination consists of, when labels are equal, how titles are shown.

use std::borrow::Cow;

use unicase::UniCase;

/// Target and fragment of a destination, split at the first `#`.
pub(crate) fn split_fragment(destination: &str) -> (Box<str>, Option<Box<str>>) {
    match memchr::memchr(b'#', destination.as_bytes()) {
        Some(mark) => (destination[..mark].into(), Some(destination[mark + 1..].into())),
        None => (destination.into(), None),
    }
}

/// Whether a destination has no scheme and no host.
pub(crate) fn is_internal(destination: &str) -> bool {
    let bytes = destination.as_bytes();
    if bytes.starts_with(b"//") {
        return false;
    }
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return true;
    }
    let scheme =
        bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte)).count();
    bytes.get(scheme) != Some(&b':')
}

/// Whitespace that labels collapse.
pub(crate) fn is_blank(one: char) -> bool {
    matches!(one, '\t'..='\r' | ' ')
}

/// The form under which labels match (`CommonMark` 4.7): whitespace collapsed and trimmed, Unicode case fold.
pub(crate) fn fold_label(label: &str) -> Box<str> {
    let plain = |byte: &u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    if label.as_bytes().iter().all(plain) {
        return label.into();
    }
    let mut joined = String::with_capacity(label.len());
    for word in label.split(is_blank).filter(|word| !word.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    if joined.is_ascii() {
        joined.make_ascii_lowercase();
        return joined.into();
    }
    UniCase::unicode(&joined).to_folded_case().into()
}

/// A title as records show it: whitespace around line breaks dropped, `None` when empty.
pub(crate) fn tidy_title(title: &str) -> Option<Box<str>> {
    if title.is_empty() {
        return None;
    }
    if !title.contains(['\n', '\r']) {
        return Some(title.into());
    }
    let unified = title.replace("\r\n", "\n").replace('\r', "\n");
    let blank = [' ', '\t', '\u{b}', '\u{c}'];
    let mut lines: Vec<&str> = unified.split('\n').collect();
    let last = lines.len() - 1;
    for (index, line) in lines.iter_mut().enumerate() {
        if index > 0 {
            *line = line.trim_start_matches(blank);
        }
        if index < last {
            *line = line.trim_end_matches(blank);
        }
    }
    Some(lines.join("\n").into())
}

/// A code span's content: over several lines its whitespace is collapsed.
pub(crate) fn tidy_code<'a>(content: &'a str, source: &str) -> Cow<'a, str> {
    if memchr::memchr2(b'\n', b'\r', source.as_bytes()).is_none() {
        return Cow::Borrowed(content);
    }
    let words: Vec<&str> = content.split(is_blank).filter(|word| !word.is_empty()).collect();
    words.join(" ").into()
}

/// How much of a link's text is kept, in code points, so that images within images cannot grow without bound.
pub(crate) const MAX_LINK_TEXT: usize = 1000;

/// The first `limit` code points of `text`.
pub(crate) fn first_characters(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).map_or(text, |(end, _)| &text[..end])
}

/// Text as written, over several lines, without the prefixes of containers: each line break is one space.
///
/// No more than `limit` code points of it. O(limit) but for long prefixes.
pub(super) fn join_source_lines(raw: &str, limit: usize) -> String {
    let mut joined = String::new();
    let mut count = 0;
    for (index, mut line) in raw.split('\n').enumerate() {
        if index > 0 {
            // What is cut is ASCII.
            let kept = joined.trim_end_matches([' ', '\t', '\r', '\u{b}', '\u{c}']).len();
            count -= joined.len() - kept;
            joined.truncate(kept);
            joined.push(' ');
            count += 1;
            line = line.trim_start_matches([' ', '\t', '>']);
        }
        let line = first_characters(line, limit.saturating_sub(count));
        joined.push_str(line);
        count += line.chars().count();
        if count >= limit {
            break;
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations() {
        assert!(is_internal("a/b.md") && is_internal("") && is_internal("1:x") && is_internal("/x"));
        assert!(!is_internal("mailto:x") && !is_internal("//host") && !is_internal("C:x"));
        assert_eq!(split_fragment("a#b#c"), ("a".into(), Some("b#c".into())));
    }

    #[test]
    fn labels_fold() {
        assert_eq!(&*fold_label(" Foo\n  BAR "), "foo bar");
        assert_eq!(fold_label("ẞ"), fold_label("SS"));
    }

    #[test]
    fn line_breaks() {
        assert_eq!(tidy_title("a \r\n  b").as_deref(), Some("a\nb"));
        assert_eq!(tidy_code(" a  b ", "`` a \n> b ``"), "a b");
        assert_eq!(join_source_lines("a \r\n > > bcd", 4), "a bc");
    }
}
