//! JSON read once from start to end, value by value, of which only what is asked for is built.

use crate::source::{LineIndex, offset};

/// Why the text is no JSON: the line where it ceases to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Broken {
    pub(super) line: u32,
}

/// Reads values. `NaN` and `Infinity` are values, as Python writes them.
#[derive(Debug)]
pub(super) struct Reader<'a, 's> {
    text: &'a str,
    at: usize,
    lines: &'s mut LineIndex,
}

impl<'a, 's> Reader<'a, 's> {
    /// At the start of `text`, whose lines are `lines`.
    pub(super) fn new(text: &'a str, lines: &'s mut LineIndex) -> Self {
        Self { text, at: 0, lines }
    }

    /// The line (from 1) of what comes next.
    pub(super) fn line(&mut self) -> u32 {
        self.lines.line(offset(self.at))
    }

    fn broken<T>(&mut self) -> Result<T, Broken> {
        Err(Broken { line: self.line().min(self.lines.line_count().max(1)) })
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// The first byte of what comes next, after whitespace.
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.rest().first().copied()
    }

    fn take(&mut self, wanted: u8) -> Result<(), Broken> {
        if self.peek() != Some(wanted) {
            return self.broken();
        }
        self.at += 1;
        Ok(())
    }

    /// Nothing but whitespace follows.
    pub(super) fn end(&mut self) -> Result<(), Broken> {
        if self.peek().is_some() { self.broken() } else { Ok(()) }
    }

    /// Enters an object or array, whose first byte is `open`.
    pub(super) fn open(&mut self, open: u8) -> Result<(), Broken> {
        self.take(open)
    }

    /// Whether another member or element follows, up to `close`; `first` is given before the first one.
    pub(super) fn more(&mut self, close: u8, first: bool) -> Result<bool, Broken> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                return Ok(false);
            }
            Some(b',') if !first => self.at += 1,
            Some(_) if first => return Ok(true),
            _ => return self.broken(),
        }
        Ok(true)
    }

    /// A member's name with its colon.
    pub(super) fn key(&mut self) -> Result<String, Broken> {
        let key = self.string()?;
        self.take(b':')?;
        Ok(key)
    }

    /// The raw content of a string.
    fn raw(&mut self) -> Result<&'a str, Broken> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            let rest = self.rest();
            let plain = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
            if let Some(control) = rest[..plain].iter().position(|byte| *byte < 0x20) {
                self.at += control;
                return self.broken();
            }
            self.at += plain;
            match self.rest() {
                [b'"', ..] => {
                    self.at += 1;
                    return Ok(&self.text[start..self.at - 1]);
                }
                [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => self.at += 2,
                [b'\\', b'u', one, two, three, four, ..]
                    if [one, two, three, four].iter().all(|byte| byte.is_ascii_hexdigit()) =>
                {
                    self.at += 6;
                }
                _ => return self.broken(),
            }
        }
    }

    /// A string. Half of a surrogate pair becomes U+FFFD.
    pub(super) fn string(&mut self) -> Result<String, Broken> {
        let raw = self.raw()?;
        let mut out = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(place) = memchr::memchr(b'\\', rest.as_bytes()) {
            out.push_str(&rest[..place]);
            let escaped = rest.as_bytes()[place + 1];
            rest = &rest[place + 2..];
            match escaped {
                b'b' => out.push('\u{8}'),
                b'f' => out.push('\u{c}'),
                b'n' => out.push('\n'),
                b'r' => out.push('\r'),
                b't' => out.push('\t'),
                b'u' => {
                    let (unit, length) = code_point(rest);
                    out.push(unit);
                    rest = &rest[length..];
                }
                other => out.push(char::from(other)),
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    /// Passes over a value of any kind and depth, building nothing.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        // What closes each container that is open.
        let mut open: Vec<u8> = Vec::new();
        loop {
            let entered = match self.peek() {
                Some(b'{') => Some(b'}'),
                Some(b'[') => Some(b']'),
                Some(b'"') => {
                    self.raw()?;
                    None
                }
                _ => {
                    self.scalar()?;
                    None
                }
            };
            let mut first = false;
            if let Some(close) = entered {
                self.at += 1;
                open.push(close);
                first = true;
            }
            loop {
                let Some(&close) = open.last() else { return Ok(()) };
                if self.more(close, first)? {
                    if close == b'}' {
                        self.raw()?;
                        self.take(b':')?;
                    }
                    break;
                }
                open.pop();
                first = false;
            }
        }
    }

    /// A number or a word.
    fn scalar(&mut self) -> Result<(), Broken> {
        let length = scalar_length(self.rest());
        if length == 0 {
            return self.broken();
        }
        self.at += length;
        Ok(())
    }
}

fn scalar_length(bytes: &[u8]) -> usize {
    let words: [&[u8]; 6] = [b"true", b"false", b"null", b"NaN", b"Infinity", b"-Infinity"];
    if let Some(word) = words.iter().find(|word| bytes.starts_with(word)) {
        return word.len();
    }
    let digits =
        |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut length = usize::from(bytes.starts_with(b"-"));
    let whole = if bytes.get(length) == Some(&b'0') { 1 } else { digits(length) };
    if whole == 0 {
        return 0;
    }
    length += whole;
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length
}

/// The code point of the four hexadecimal digits that `rest` begins with, or of them and the escape that follows; and
/// how many bytes they take.
fn code_point(rest: &str) -> (char, usize) {
    let unit = |text: &str| text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let first = unit(rest).unwrap_or(0xfffd);
    if (0xd800..0xdc00).contains(&first)
        && let Some(second) = rest[4..].strip_prefix("\\u").and_then(unit)
        && (0xdc00..0xe000).contains(&second)
    {
        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return (char::from_u32(code).unwrap_or('\u{fffd}'), 10);
    }
    (char::from_u32(first).unwrap_or('\u{fffd}'), 4)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    fn skipped(text: &str) -> Result<(), Broken> {
        let mut lines = LineIndex::default();
        lines.read(text);
        let mut reader = Reader::new(text, &mut lines);
        reader.skip()?;
        reader.end()
    }

    #[test]
    fn values_are_passed_over() {
        for text in
            ["1", "-0.5e+3", "[]", "{}", "[1, {\"a\": [true, null]}, \"\\u00e9\"]", " NaN ", "[-Infinity]"]
        {
            assert_eq!(skipped(text), Ok(()), "{text}");
        }
        for text in
            ["", "[", "[1,]", "{\"a\"}", "{a: 1}", "01", "\"\t\"", "\"\\x\"", "[1 2]", "}", "1.", "[1]]"]
        {
            assert!(skipped(text).is_err(), "{text}");
        }
        assert_eq!(skipped("[\n1,\n\"\\u12\"]").unwrap_err().line, 3);
        assert_eq!(skipped(&"[".repeat(200_000)).unwrap_err().line, 1);
        assert_eq!(skipped(&("[".repeat(200_000) + &"]".repeat(200_000))), Ok(()));
    }

    #[test]
    fn strings_are_unescaped() {
        let mut lines = LineIndex::default();
        let text = "\"a\\n\\\"\\u00e9\\ud83d\\ude00\\ud83dx\"";
        lines.read(text);
        assert_eq!(Reader::new(text, &mut lines).string().unwrap(), "a\n\"é😀\u{fffd}x");
    }
}
