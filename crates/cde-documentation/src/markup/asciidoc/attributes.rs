//! Lists of attributes in brackets.

use crate::markup::lines::is_blank;

/// What the lines in brackets above a block say of it.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) id: Option<String>,
    pub(super) style: String,
    pub(super) language: Option<String>,
    /// How many columns a table has.
    pub(super) columns: Option<u32>,
    pub(super) header: bool,
}

impl Attributes {
    /// Adds those of a line without its brackets.
    pub(super) fn add(&mut self, inner: &str) {
        if let Some(anchor) = inner.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let id = anchor.split(',').next().unwrap_or_default().trim_matches(is_blank);
            self.id = Some(id.to_owned()).filter(|id| !id.is_empty()).or_else(|| self.id.take());
            return;
        }
        let mut position = 0;
        for part in parts(inner) {
            let part = part.trim_matches(is_blank);
            if let Some((name, value)) = part.split_once('=') {
                let value = value.trim_matches(is_blank).trim_matches(['"', '\'']);
                match name.trim_matches(is_blank) {
                    "id" if !value.is_empty() => self.id = Some(value.to_owned()),
                    "cols" => self.columns = columns(value),
                    "options" | "opts" => self.header |= value.contains("header"),
                    "language" => self.language = Some(value.to_owned()),
                    _ => {}
                }
                continue;
            }
            position += 1;
            if position == 1 {
                self.shorthand(part);
            } else if position == 2 && (self.style == "source" || self.style.is_empty()) && !part.is_empty() {
                self.language = Some(part.to_owned());
                "source".clone_into(&mut self.style);
            }
        }
    }

    /// `style#id.role%option`.
    fn shorthand(&mut self, text: &str) {
        let style = text.split(['#', '.', '%']).next().unwrap_or_default();
        if !style.is_empty() {
            style.clone_into(&mut self.style);
        }
        if let Some((_, rest)) = text.split_once('#') {
            let id = rest.split(['#', '.', '%']).next().unwrap_or_default();
            self.id = Some(id.to_owned()).filter(|id| !id.is_empty()).or_else(|| self.id.take());
        }
        self.header |=
            text.split('%').skip(1).any(|option| option.split(['#', '.']).next() == Some("header"));
    }
}

/// `1,2,a` or `3*`: how many columns that is.
fn columns(value: &str) -> Option<u32> {
    let mut count = 0_u32;
    for part in value.split([',', ';']) {
        let digits = part.trim_matches(is_blank).split_once('*').map(|(digits, _)| digits);
        count = count.saturating_add(match digits {
            Some(digits) if digits.len() <= 3 => digits.parse().unwrap_or(1),
            _ => 1,
        });
    }
    (!value.is_empty()).then_some(count)
}

/// The parts between commas that stand in no double quotes.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                parts.push(&text[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The text that a link's or image's attributes begin with.
pub(super) fn first_text(inner: &str) -> &str {
    let text =
        if inner.contains(['=', '"']) { parts(inner).first().copied().unwrap_or_default() } else { inner };
    let text = text.trim_matches(is_blank);
    let is_named = text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    if is_named { "" } else { text.trim_matches('"') }
}

/// The value of the attribute `wanted`.
pub(super) fn named<'t>(inner: &'t str, wanted: &str) -> Option<&'t str> {
    parts(inner).into_iter().find_map(|part| {
        let (name, value) = part.split_once('=')?;
        (name.trim_matches(is_blank) == wanted)
            .then(|| value.trim_matches(is_blank).trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_attributes() {
        let mut attributes = Attributes::default();
        attributes.add("source#x.y%header, c++ ,cols=\"1,2*,a\"");
        assert_eq!((attributes.id.as_deref(), attributes.language.as_deref()), (Some("x"), Some("c++")));
        assert_eq!((attributes.columns, attributes.header), (Some(4), true));
        attributes.add("[an id,label]");
        assert_eq!(attributes.id.as_deref(), Some("an id"));
        assert_eq!(
            [first_text("a, b"), first_text("\"a, b\",c=d"), first_text("alt=x")],
            ["a, b", "a, b", ""]
        );
        assert_eq!(named("a,link=\"u\"", "link"), Some("u"));
    }
}
