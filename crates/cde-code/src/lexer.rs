//! From bytes to tokens, by the facts of a language.
//!
//! Strings, comments and brackets are what a recogniser must not be mistaken about; everything else is words, numbers and
//! single signs. Linear in the length of the source, whatever it holds.

use crate::lines::offset;
use crate::strings::Strings;
use crate::syntax::Syntax;
use crate::tokens::{Buffer, Kind, Token};

/// What a byte is at the start of a token and inside of one.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Class {
    Blank,
    LineEnd,
    Letter,
    Digit,
    Quote,
    Open,
    Close,
    Backslash,
    Sign,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Sign; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b' ' | b'\t' | 0x0b | 0x0c => Class::Blank,
            b'\n' | b'\r' => Class::LineEnd,
            b'A'..=b'Z' | b'a'..=b'z' | b'_' | 0x80.. => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'"' | b'\'' => Class::Quote,
            b'(' | b'[' | b'{' => Class::Open,
            b')' | b']' | b'}' => Class::Close,
            b'\\' => Class::Backslash,
            _ => Class::Sign,
        };
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    classes
};

/// Reads `source`, which must be UTF-8 and shorter than 4 GiB, into `buffer`.
pub(crate) fn tokenize(source: &[u8], syntax: &Syntax, buffer: &mut Buffer) {
    buffer.tokens.clear();
    buffer.lines.read(source);
    let mut strings = Strings::new(source);
    let tokens = &mut buffer.tokens;
    let mut at = 0;
    while let Some(&byte) = source.get(at) {
        let mut start = at;
        let (kind, end) = match CLASSES[usize::from(byte)] {
            Class::Blank => {
                at += 1;
                continue;
            }
            Class::LineEnd => (Kind::Newline, line_end(source, at)),
            Class::Letter => {
                (Kind::Word, run(source, at, |class| matches!(class, Class::Letter | Class::Digit)))
            }
            Class::Digit => (Kind::Number, number_end(source, at)),
            Class::Quote => {
                let prefix = tokens.last().filter(|word| {
                    word.kind == Kind::Word
                        && word.end as usize == at
                        && is_prefix(syntax, &source[word.start as usize..at])
                });
                if let Some(word) = prefix {
                    start = word.start as usize;
                    tokens.pop();
                }
                (Kind::String, strings.end(at, &source[start..at], &mut buffer.lines))
            }
            Class::Open => (Kind::Open, at + 1),
            Class::Close => (Kind::Close, at + 1),
            Class::Backslash if source.get(at + 1).is_some_and(|next| matches!(next, b'\n' | b'\r')) => {
                at = line_end(source, at + 1);
                continue;
            }
            Class::Sign if begins_comment(syntax, &source[at..]) => (Kind::Comment, comment_end(source, at)),
            Class::Backslash | Class::Sign => (Kind::Sign, at + 1),
        };
        tokens.push(Token { start: offset(start), end: offset(end), kind });
        at = end;
    }
}

fn line_end(source: &[u8], at: usize) -> usize {
    if source[at] == b'\r' && source.get(at + 1) == Some(&b'\n') { at + 2 } else { at + 1 }
}

fn run(source: &[u8], at: usize, belongs: impl Fn(Class) -> bool) -> usize {
    let length = source[at..].iter().take_while(|byte| belongs(CLASSES[usize::from(**byte)])).count();
    at + length
}

fn number_end(source: &[u8], at: usize) -> usize {
    let belongs = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    at + source[at..].iter().take_while(belongs).count()
}

fn comment_end(source: &[u8], at: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &source[at..]).map_or(source.len(), |length| at + length)
}

fn begins_comment(syntax: &Syntax, rest: &[u8]) -> bool {
    syntax.line_comments.iter().any(|mark| rest.starts_with(mark.as_bytes()))
}

fn is_prefix(syntax: &Syntax, word: &[u8]) -> bool {
    syntax.string_prefixes.iter().any(|prefix| prefix.as_bytes().eq_ignore_ascii_case(word))
}
