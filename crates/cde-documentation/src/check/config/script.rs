//! The tokens of a configuration that is a program in JavaScript or TypeScript, which is looked at and never run.

use super::Problem;

/// A token.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Token {
    /// A name or keyword.
    Name(String),
    /// A string literal; a backslash in it is dropped and what follows stays.
    Text(String),
    /// A sign.
    Sign(u8),
    /// A number, a template or a regular expression.
    Other,
}

impl Token {
    /// Whether it is this sign.
    pub fn is(&self, sign: u8) -> bool {
        *self == Self::Sign(sign)
    }
}

/// The tokens of `text` without comments. Linear.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Problem> {
    let bytes = text.as_bytes();
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    // Up to here no regular expression ends: each line is looked through in vain once.
    let mut barren_until = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'/' if bytes.get(at) == Some(&b'/') => {
                at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
            }
            b'/' if bytes.get(at) == Some(&b'*') => {
                at = memchr::memmem::find(&bytes[at + 1..], b"*/")
                    .map_or(bytes.len(), |length| at + length + 3);
            }
            b'/' if start >= barren_until && begins_expression(found.last()) => {
                if let Some(end) = expression_end(bytes, at) {
                    at = end;
                    found.push(Token::Other);
                } else {
                    barren_until =
                        memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
                    found.push(Token::Sign(byte));
                }
            }
            b'\'' | b'"' | b'`' => {
                let (content, end) = quoted(bytes, at, byte).ok_or_else(|| {
                    let line = memchr::memchr_iter(b'\n', &bytes[..start]).count() + 1;
                    Problem::at(u32::try_from(line).unwrap_or(u32::MAX), "a quote is not closed")
                })?;
                at = end;
                found.push(if byte == b'`' {
                    Token::Other
                } else {
                    Token::Text(String::from_utf8_lossy(&content).into_owned())
                });
            }
            _ if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
                at += bytes[at..].iter().take_while(|byte| is_part(byte)).count();
                found.push(if byte.is_ascii_digit() {
                    Token::Other
                } else {
                    Token::Name(String::from_utf8_lossy(&bytes[start..at]).into_owned())
                });
            }
            _ => found.push(Token::Sign(byte)),
        }
    }
    Ok(found)
}

/// Whether a slash after `before` begins a regular expression: a value cannot end there.
fn begins_expression(before: Option<&Token>) -> bool {
    match before {
        None => true,
        Some(Token::Sign(sign)) => b"(,=:[!&|?{};".contains(sign),
        Some(Token::Name(name)) => name == "return",
        Some(_) => false,
    }
}

/// The end of the regular expression whose text begins at `at`, if it ends on its line.
fn expression_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut in_class = false;
    loop {
        match bytes.get(at)? {
            b'\n' => return None,
            b'\\' if bytes.get(at + 1) == Some(&b'\n') => return None,
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
}

/// What stands from `at` to the next `quote`, and the position behind it; only a template goes over the end of a line.
fn quoted(bytes: &[u8], mut at: usize, quote: u8) -> Option<(Vec<u8>, usize)> {
    let mut content = Vec::new();
    loop {
        let mut byte = *bytes.get(at)?;
        if byte == quote {
            return Some((content, at + 1));
        }
        if byte == b'\\' {
            at += 1;
            byte = *bytes.get(at)?;
        } else if byte == b'\n' && quote != b'`' {
            return None;
        }
        content.push(byte);
        at += 1;
    }
}

/// The position behind the bracket that closes the one at `open`, or the end of the tokens.
pub(super) fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Sign(b'{' | b'[' | b'(') => depth += 1,
            Token::Sign(b'}' | b']' | b')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// Where the values of `keys` first begin among the direct entries of the object that opens at `open`.
pub(super) fn values_of<const N: usize>(
    tokens: &[Token],
    open: usize,
    keys: [&str; N],
) -> [Option<usize>; N] {
    let mut values = [None; N];
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Sign(b'{' | b'[' | b'(') => depth += 1,
            Token::Sign(b'}' | b']' | b')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            Token::Name(name) | Token::Text(name) if depth == 1 => {
                let Some(known) = keys.iter().position(|key| name == key) else { continue };
                let begins = tokens
                    .get(index.wrapping_sub(1))
                    .is_some_and(|before| before.is(b'{') || before.is(b','));
                if begins && tokens.get(index + 1).is_some_and(|next| next.is(b':')) {
                    values[known].get_or_insert(index + 2);
                }
            }
            _ => {}
        }
    }
    values
}
