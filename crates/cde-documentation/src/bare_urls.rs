//! Addresses written as plain text: GFM's extended autolinks (GFM 6.9), found in text that is part of nothing else.
//!
//! The same function as the Python engine's `bare_urls` module. It knows ASCII only: a byte beyond counts as part of a
//! letter, except that full-width punctuation (U+3000 to U+303F, U+FF00 to U+FF7F) ends an address. Beyond GFM, `<`, `>`,
//! `"` and a backtick end an address, and a closing square bracket without its opening one is not part of it.

use memchr::memchr3;

/// An address in a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct BareUrl {
    /// Where it begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// What the destination has in front, so that it always has its scheme.
    pub(crate) prefix: &'static str,
}

/// The addresses in a stretch of text.
pub(crate) struct BareUrls<'a> {
    text: &'a [u8],
    low: usize,
    place: usize,
}

impl<'a> BareUrls<'a> {
    /// Looks in `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), low: 0, place: 0 }
    }
}

impl Iterator for BareUrls<'_> {
    type Item = BareUrl;

    fn next(&mut self) -> Option<BareUrl> {
        loop {
            let at = self.place + memchr3(b':', b'@', b'.', &self.text[self.place..])?;
            self.place = at + 1;
            let found = match self.text[at] {
                b':' => scheme_url(self.text, self.low, at),
                b'.' => www_url(self.text, self.low, at),
                _ => email(self.text, self.low, at),
            };
            if let Some(url) = found {
                self.low = url.end;
                self.place = url.end;
                return Some(url);
            }
        }
    }
}

fn scheme_url(text: &[u8], low: usize, at: usize) -> Option<BareUrl> {
    if !text[at + 1..].starts_with(b"//") {
        return None;
    }
    let before = &text[low..at];
    let scheme = [&b"https"[..], b"http", b"ftp"].into_iter().find(|scheme| {
        before.strip_suffix(*scheme).is_some_and(|rest| !rest.last().is_some_and(u8::is_ascii_alphanumeric))
    })?;
    let end = url_end(text, at + 3)?;
    Some(BareUrl { start: at - scheme.len(), end, prefix: "" })
}

fn www_url(text: &[u8], low: usize, at: usize) -> Option<BareUrl> {
    let rest = text[low..at].strip_suffix(b"www")?;
    let joined = |byte: &u8| byte.is_ascii_alphanumeric() || b"/.-_@:".contains(byte) || !byte.is_ascii();
    if rest.last().is_some_and(joined) {
        return None;
    }
    let end = url_end(text, at + 1)?;
    Some(BareUrl { start: at - 3, end, prefix: "http://" })
}

fn stops(rest: &[u8]) -> bool {
    matches!(rest, [b'\t'..=b'\r' | b' ' | b'<' | b'>' | b'"' | b'`', ..])
        || matches!(rest, [0xe3, 0x80, ..] | [0xef, 0xbc | 0xbd, ..])
}

fn surplus(text: &[u8], open: u8, close: u8) -> isize {
    text.iter().map(|&byte| isize::from(byte == close) - isize::from(byte == open)).sum()
}

/// The end of the address whose host begins at `host`, without trailing punctuation.
fn url_end(text: &[u8], host: usize) -> Option<usize> {
    let mut end = (host..text.len()).find(|&place| stops(&text[place..])).unwrap_or(text.len());
    let in_host = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte) || !byte.is_ascii();
    if end <= host || !in_host(text[host]) {
        return None;
    }
    let mut parentheses = surplus(&text[host..end], b'(', b')');
    let mut brackets = surplus(&text[host..end], b'[', b']');
    while end > host {
        match text[end - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' => end -= 1,
            b')' if parentheses > 0 => {
                parentheses -= 1;
                end -= 1;
            }
            b']' if brackets > 0 => {
                brackets -= 1;
                end -= 1;
            }
            b';' => {
                let mut name = end - 1;
                while name > host && text[name - 1].is_ascii_alphanumeric() {
                    name -= 1;
                }
                let entity = host < name && name < end - 1 && text[name - 1] == b'&';
                end = if entity { name - 1 } else { end - 1 };
            }
            _ => return Some(end),
        }
    }
    None
}

fn email(text: &[u8], low: usize, at: usize) -> Option<BareUrl> {
    let local = |byte: u8| byte.is_ascii_alphanumeric() || b".+_-".contains(&byte);
    let mut start = at;
    while start > low && local(text[start - 1]) {
        start -= 1;
    }
    let before = (start > low).then(|| text[start - 1]);
    if start == at || before.is_some_and(|byte| b"/:@".contains(&byte) || !byte.is_ascii()) {
        return None;
    }
    let domain = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
    let mut end = at + 1 + text[at + 1..].iter().take_while(domain).count();
    while end > at + 1 && text[end - 1] == b'.' {
        end -= 1;
    }
    let name = &text[at + 1..end];
    let dot = name.iter().rposition(|&byte| byte == b'.')?;
    if dot == 0 || matches!(name[name.len() - 1], b'-' | b'_') || !name[dot + 1].is_ascii_alphabetic() {
        return None;
    }
    Some(BareUrl { start, end, prefix: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        BareUrls::new(text).map(|url| format!("{}{}", url.prefix, &text[url.start..url.end])).collect()
    }

    #[test]
    fn addresses_end_where_a_reader_ends_them() {
        assert_eq!(
            found("(see http://a.b/c_(d)), https://e.f?g=h&amp; [ftp://i]."),
            ["http://a.b/c_(d)", "https://e.f?g=h", "ftp://i"]
        );
        assert_eq!(found("www.a.b. xhttp://c 见http://d。 a.www.e"), ["http://www.a.b", "http://d"]);
        assert_eq!(found("me+you@a.b-c.d. @x y@1.2.3 z@q"), ["mailto:me+you@a.b-c.d"]);
        assert_eq!(found("http:// http://) ://x"), Vec::<String>::new());
    }
}
