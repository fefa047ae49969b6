//! Strict JSON (RFC 8259) with the line of a key that is given twice.

use cde_core::Value;

use super::block::{BlockError, MAX_DEPTH, count_breaks};
use super::mapping::Mapping;
use super::values::{Duplicates, float, integer};

/// The object that `content` is; it begins with `{`.
pub(super) fn parse(content: &str, duplicates: &mut Duplicates) -> Result<Value, BlockError> {
    let mut reader = Reader { text: content, position: 0, path: Vec::new(), duplicates };
    let value = reader.value()?;
    if reader.position < content.len() {
        return Err(reader.error());
    }
    Ok(value)
}

/// Whether `content` is values one after the other.
pub(super) fn check_sequence(content: &str) -> Result<(), BlockError> {
    let mut duplicates = Duplicates::new(0);
    let mut reader = Reader { text: content, position: 0, path: Vec::new(), duplicates: &mut duplicates };
    reader.skip_space();
    while reader.position < content.len() {
        reader.value()?;
        reader.skip_space();
    }
    Ok(())
}

struct Reader<'a> {
    text: &'a str,
    position: usize,
    path: Vec<Step>,
    duplicates: &'a mut Duplicates,
}

enum Step {
    Index(usize),
    Key(String),
}

impl Reader<'_> {
    fn error(&self) -> BlockError {
        self.error_at(self.position, "the JSON cannot be parsed".to_owned())
    }

    fn error_at(&self, position: usize, message: String) -> BlockError {
        let before = &self.text[..position];
        let line_start = before.rfind(['\n', '\r']).map_or(0, |index| index + 1);
        let column = before[line_start..].chars().count() + 1;
        BlockError {
            message: message.into(),
            line: count_breaks(before),
            column: Some(u32::try_from(column).unwrap_or(u32::MAX)),
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.position..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn skip_space(&mut self) {
        self.position = self.text.len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    /// Takes `byte` and the space behind it.
    fn expect(&mut self, byte: u8) -> Result<(), BlockError> {
        if self.peek() != Some(byte) {
            return Err(self.error());
        }
        self.position += 1;
        self.skip_space();
        Ok(())
    }

    // The recursion is bounded: every level is on `path`.
    fn value(&mut self) -> Result<Value, BlockError> {
        match self.peek() {
            Some(b'{' | b'[') if self.path.len() == MAX_DEPTH => {
                Err(self
                    .error_at(self.position, format!("the JSON is nested deeper than {MAX_DEPTH} levels")))
            }
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"') => self.string().map(Value::Text),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Value, BlockError> {
        for (word, value) in
            [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))]
        {
            if self.rest().starts_with(word) {
                self.position += word.len();
                return Ok(value);
            }
        }
        let (length, is_whole) = number_length(self.rest().as_bytes()).ok_or_else(|| self.error())?;
        let text = &self.rest()[..length];
        let value = if is_whole { integer(text) } else { float(text) };
        self.position += length;
        Ok(value)
    }

    fn list(&mut self) -> Result<Value, BlockError> {
        let mut items = Vec::new();
        self.expect(b'[')?;
        if self.peek() == Some(b']') {
            self.position += 1;
            return Ok(Value::List(items));
        }
        loop {
            self.path.push(Step::Index(items.len()));
            items.push(self.value()?);
            self.path.pop();
            self.skip_space();
            if self.peek() == Some(b']') {
                self.position += 1;
                return Ok(Value::List(items));
            }
            self.expect(b',')?;
        }
    }

    fn object(&mut self) -> Result<Value, BlockError> {
        let mut entries = Mapping::default();
        self.expect(b'{')?;
        if self.peek() == Some(b'}') {
            self.position += 1;
            return Ok(entries.into_value());
        }
        loop {
            let start = self.position;
            if self.peek() != Some(b'"') {
                return Err(self.error());
            }
            let key = self.string()?;
            self.skip_space();
            let known = entries.contains(&key);
            if self.peek() != Some(b':') {
                return Err(self.error());
            }
            self.path.push(Step::Key(key));
            if known && self.duplicates.wanted() {
                let line = count_breaks(&self.text[..start]);
                self.duplicates.add(self.path.iter().map(Step::text), line);
            }
            self.expect(b':')?;
            let value = self.value()?;
            if let Some(Step::Key(key)) = self.path.pop() {
                entries.insert(key, value);
            }
            self.skip_space();
            if self.peek() == Some(b'}') {
                self.position += 1;
                return Ok(entries.into_value());
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Result<String, BlockError> {
        let mut out = String::new();
        self.position += 1;
        loop {
            let length = self
                .rest()
                .find(|one| matches!(one, '"' | '\\' | '\0'..='\u{1f}'))
                .ok_or_else(|| self.error_at(self.text.len(), "the JSON cannot be parsed".to_owned()))?;
            out.push_str(&self.rest()[..length]);
            self.position += length;
            match self.peek() {
                Some(b'"') => {
                    self.position += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    let (one, length) = escaped(&self.rest()[1..]).ok_or_else(|| self.error())?;
                    out.push(one);
                    self.position += 1 + length;
                }
                _ => return Err(self.error()),
            }
        }
    }
}

impl Step {
    fn text(&self) -> String {
        match self {
            Self::Index(index) => index.to_string(),
            Self::Key(key) => key.clone(),
        }
    }
}

/// The character that the escape after a backslash stands for, and the length of the escape.
fn escaped(rest: &str) -> Option<(char, usize)> {
    let simple = match rest.as_bytes().first()? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let code = four_digits(&rest[1..])?;
            if let Some(low) = rest.get(5..).and_then(|after| after.strip_prefix("\\u")).and_then(four_digits)
                && (0xD800..0xDC00).contains(&code)
                && (0xDC00..0xE000).contains(&low)
            {
                let pair = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                return char::from_u32(pair).map(|one| (one, 11));
            }
            return char::from_u32(code).map(|one| (one, 5));
        }
        _ => return None,
    };
    Some((simple, 1))
}

fn four_digits(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if all_hex { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// The length of the number at the start, and whether it is whole.
fn number_length(bytes: &[u8]) -> Option<(usize, bool)> {
    let digits =
        |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let mut length = match bytes.get(sign)? {
        b'0' => sign + 1,
        byte if byte.is_ascii_digit() => sign + digits(sign),
        _ => return None,
    };
    let mut is_whole = true;
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
        is_whole = false;
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let signed = length + 1 + usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        if digits(signed) > 0 {
            length = signed + digits(signed);
            is_whole = false;
        }
    }
    Some((length, is_whole))
}
