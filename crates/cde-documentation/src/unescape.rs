//! Entities and backslash escapes outside of what the Markdown parser resolves itself.
//!
//! The table of HTML's named entities is the parser's; it is asked by giving it a link whose title is the text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag};

/// `text` with entities resolved; a backslash stands for itself, as in HTML. `text` has no line break.
pub(crate) fn unescape_entities(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('&') { resolve(&text, true).into() } else { text }
}

/// `text` with backslash escapes and entities resolved, as in a link's destination or title.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if text.contains(['&', '\\']) { resolve(text, false).into() } else { Cow::Borrowed(text) }
}

fn resolve(text: &str, literal_backslash: bool) -> String {
    let mut markdown = String::with_capacity(text.len() + 16);
    markdown.push_str("[](<> \"");
    let mut characters = text.chars().peekable();
    while let Some(one) = characters.next() {
        match one {
            '\\' if literal_backslash || characters.peek().is_none() => markdown.push_str("\\\\"),
            '\\' => {
                markdown.push('\\');
                markdown.extend(characters.next());
            }
            '"' => markdown.push_str("\\\""),
            _ => markdown.push(one),
        }
    }
    markdown.push_str("\")");
    Parser::new(&markdown)
        .find_map(|event| match event {
            Event::Start(Tag::Link { title, .. }) => Some(title.into_string()),
            _ => None,
        })
        .unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_escapes() {
        assert_eq!(unescape_entities("a&amp;b&#34;\"\\* &nope; \\".into()), "a&b\"\"\\* &nope; \\");
        assert_eq!(unescape("\\*\\a&lt;\\\"\"\\"), "*\\a<\"\"\\");
        assert_eq!(unescape("plain"), "plain");
    }
}
