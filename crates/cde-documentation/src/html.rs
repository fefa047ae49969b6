//! The little of HTML that documentation needs: where tags and comments are, their links, anchors and directives.
//!
//! The same scanner as the Python engine's `html` module, on text that the Markdown parser has already found to be HTML.
//! It reads tags by the inline grammar of CommonMark (6.6) and passes over whatever is none.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use crate::unescape::unescape_entities;

/// Attributes that matter here, in the order of [`Attributes`].
const WANTED: [&str; 6] = ["href", "src", "alt", "id", "name", "title"];

/// The values of an opening tag's attributes that matter here. The first of several of one name wins; an attribute
/// without a value is the empty text. A line break in a value becomes one space.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Attributes<'a>([Option<Cow<'a, str>>; 6]);

impl<'a> Attributes<'a> {
    /// The value of `name`, which must be one of the six.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0[WANTED.iter().position(|wanted| *wanted == name)?].as_deref()
    }

    /// Keeps a value as written, unless it does not matter or is not the first.
    pub(crate) fn add(&mut self, name: &[u8], value: Cow<'a, str>) {
        let wanted = WANTED.iter().position(|wanted| wanted.as_bytes().eq_ignore_ascii_case(name));
        if let Some(slot) = wanted.map(|index| &mut self.0[index])
            && slot.is_none()
        {
            *slot = Some(value);
        }
    }

    /// Whether no attribute matters.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}

/// An opening tag or a comment, and where it is in the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum HtmlItem<'a> {
    /// An opening tag: its name as written.
    Tag {
        /// The name.
        name: &'a str,
        /// Where it begins.
        start: usize,
        /// Where it ends.
        end: usize,
        /// What matters of its attributes.
        attributes: Attributes<'a>,
    },
    /// A comment with its marks.
    Comment {
        /// Where it begins.
        start: usize,
        /// The whole comment.
        text: &'a str,
    },
}

/// The opening tags and comments of a text in order. O(length).
///
/// Processing instructions, CDATA sections and declarations are passed over; what is not closed ends the scan.
pub(crate) struct HtmlItems<'a> {
    text: &'a str,
    place: usize,
}

impl<'a> HtmlItems<'a> {
    /// Scans `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, place: 0 }
    }
}

impl<'a> Iterator for HtmlItems<'a> {
    type Item = HtmlItem<'a>;

    fn next(&mut self) -> Option<HtmlItem<'a>> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.place + memchr(b'<', &bytes[self.place..])?;
            if let Some(closer) = marked_end(&bytes[start + 1..]) {
                // The marks of an empty comment share their hyphens.
                let Some(close) = memmem::find(&bytes[start + 2..], closer) else {
                    self.place = bytes.len();
                    return None;
                };
                self.place = start + 2 + close + closer.len();
                if closer == b"-->" {
                    return Some(HtmlItem::Comment { start, text: &self.text[start..self.place] });
                }
                continue;
            }
            let mut attributes = Attributes::default();
            match tag_end(self.text, start, &mut attributes) {
                Some((name, end)) => {
                    self.place = end;
                    if let Some(name) = name {
                        return Some(HtmlItem::Tag { name, start, end, attributes });
                    }
                }
                None => self.place = start + 1,
            }
        }
    }
}

/// What ends the comment, processing instruction, CDATA section or declaration that `rest`, after `<`, begins.
fn marked_end(rest: &[u8]) -> Option<&'static [u8]> {
    match rest {
        [b'!', b'-', b'-', ..] => Some(b"-->"),
        [b'?', ..] => Some(b"?>"),
        [b'!', kind, ..] if kind.is_ascii_alphabetic() => Some(b">"),
        _ => rest.starts_with(b"![CDATA[").then_some(b"]]>"),
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

fn run(bytes: &[u8], start: usize, belongs: impl Fn(u8) -> bool) -> usize {
    start + bytes[start..].iter().take_while(|byte| belongs(**byte)).count()
}

/// The name of an opening tag at `start` (`None` for a closing tag) and where the tag ends.
fn tag_end<'a>(
    text: &'a str,
    start: usize,
    attributes: &mut Attributes<'a>,
) -> Option<(Option<&'a str>, usize)> {
    let bytes = text.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(closing);
    if !bytes.get(name_start)?.is_ascii_alphabetic() {
        return None;
    }
    let mut place = run(bytes, name_start, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let name = &text[name_start..place];
    if closing {
        place = run(bytes, place, |byte| is_space(byte) && byte != b'\n' && byte != b'\r');
        return (bytes.get(place) == Some(&b'>')).then_some((None, place + 1));
    }
    loop {
        let after_space = run(bytes, place, is_space);
        match bytes.get(after_space)? {
            b'>' => return Some((Some(name), after_space + 1)),
            b'/' => {
                return (bytes.get(after_space + 1) == Some(&b'>')).then_some((Some(name), after_space + 2));
            }
            _ if after_space == place => return None,
            _ => place = attribute(text, after_space, attributes)?,
        }
    }
}

fn attribute<'a>(text: &'a str, start: usize, attributes: &mut Attributes<'a>) -> Option<usize> {
    let bytes = text.as_bytes();
    if !(bytes[start].is_ascii_alphabetic() || matches!(bytes[start], b'_' | b':')) {
        return None;
    }
    let end = run(bytes, start, |byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte));
    let name = &bytes[start..end];
    let equals = run(bytes, end, is_space);
    if bytes.get(equals) != Some(&b'=') {
        attributes.add(name, Cow::Borrowed(""));
        return Some(end);
    }
    let value = run(bytes, equals + 1, is_space);
    let quote = *bytes.get(value)?;
    let (from, to, after) = if matches!(quote, b'"' | b'\'') {
        let close = value + 1 + memchr(quote, &bytes[value + 1..])?;
        (value + 1, close, close + 1)
    } else {
        let stop = run(bytes, value, |byte| !b"'\" =<>`\n\r".contains(&byte));
        (value, stop, stop)
    };
    if from == after {
        return None;
    }
    attributes.add(name, unescape_entities(join_lines(&text[from..to])));
    Some(after)
}

/// A value of an attribute with each line break and the whitespace around it as one space.
pub(crate) fn join_lines(value: &str) -> Cow<'_, str> {
    if !value.contains('\n') {
        return Cow::Borrowed(value);
    }
    let blank = [' ', '\t'];
    let mut joined = String::with_capacity(value.len());
    let mut lines = value.split('\n').peekable();
    let mut first = true;
    while let Some(line) = lines.next() {
        let line = if first { line } else { line.trim_start_matches(blank) };
        let last = lines.peek().is_none();
        joined.push_str(if last {
            line
        } else {
            line.strip_suffix('\r').unwrap_or(line).trim_end_matches(blank)
        });
        if !last {
            joined.push(' ');
        }
        first = false;
    }
    joined.into()
}

/// Name and arguments of `<!-- cde-NAME ARGUMENTS -->`; whitespace in the arguments is collapsed.
pub(crate) fn parse_directive(comment: &str) -> Option<(Box<str>, Box<str>)> {
    read_directive(comment.strip_prefix("<!--")?.strip_suffix("-->")?)
}

/// Name and arguments of a comment's content `cde-NAME ARGUMENTS`; whitespace in the arguments is collapsed.
pub(crate) fn read_directive(content: &str) -> Option<(Box<str>, Box<str>)> {
    let rest = content.trim_start_matches(is_blank).strip_prefix("cde-")?;
    let end = rest
        .find(|one: char| !(one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-'))
        .unwrap_or(rest.len());
    let (name, arguments) = rest.split_at(end);
    let separated = arguments.is_empty() || arguments.starts_with(is_blank);
    if !separated || !name.starts_with(|one: char| one.is_ascii_lowercase()) {
        return None;
    }
    let words: Vec<&str> = arguments.split(is_blank).filter(|word| !word.is_empty()).collect();
    Some((name.into(), words.join(" ").into()))
}

fn is_blank(one: char) -> bool {
    matches!(one, '\t'..='\r' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_comments_in_order() {
        let text = "<p id=a>< b><!-- cde-ignore x\n y --><img\nsrc='i&amp;j' alt>x</p><a href=\"u\nv\" HREF=w><c d=>";
        let items: Vec<String> = HtmlItems::new(text)
            .map(|item| match item {
                HtmlItem::Tag { name, attributes, .. } => {
                    let shown = |key| attributes.get(key).unwrap_or("-").to_owned();
                    format!("{name} {} {} {} {}", shown("href"), shown("src"), shown("alt"), shown("id"))
                }
                HtmlItem::Comment { text, .. } => format!("{:?}", parse_directive(text)),
            })
            .collect();
        assert_eq!(items, ["p - - - a", "Some((\"ignore\", \"x y\"))", "img - i&j  -", "a u v - - -"]);
    }

    #[test]
    fn a_directive_needs_its_prefix() {
        assert_eq!(parse_directive("<!-- cde -->"), None);
        assert_eq!(parse_directive("<!--cde-a-->"), Some(("a".into(), "".into())));
        assert!(parse_directive("<!-- CDE-x -->").is_none());
        assert!(parse_directive("<!-->").is_none());
    }
}
