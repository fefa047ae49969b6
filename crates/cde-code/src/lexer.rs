//! From bytes to tokens, by the facts of a language.
//!
//! Strings, comments and brackets are what a recogniser must not be mistaken about; everything else is words, numbers and
//! single signs. The code in the fields of a formatted string is tokens in brackets between the pieces of its text. Linear
//! in the length of the source, whatever it holds.

use crate::lines::offset;
use crate::strings::{Mark, Strings};
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
    let strings = Strings::new(source, syntax);
    Lexer { source, syntax, strings, buffer }.read(0, source.len(), 0);
}

struct Lexer<'a> {
    source: &'a [u8],
    syntax: &'a Syntax,
    strings: Strings<'a>,
    buffer: &'a mut Buffer,
}

impl Lexer<'_> {
    /// Takes what stands from `at` up to `limit`, inside of `depth` formatted strings.
    fn read(&mut self, mut at: usize, limit: usize, depth: u32) {
        let source = &self.source[..limit];
        let begin = at;
        while let Some(&byte) = source.get(at) {
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
                    at = self.string(begin, at, limit, depth);
                    continue;
                }
                Class::Open => (Kind::Open, at + 1),
                Class::Close => (Kind::Close, at + 1),
                Class::Backslash if source.get(at + 1).is_some_and(|next| matches!(next, b'\n' | b'\r')) => {
                    at = line_end(source, at + 1);
                    continue;
                }
                Class::Sign if begins_comment(self.syntax, &source[at..]) => {
                    (Kind::Comment, comment_end(source, at))
                }
                Class::Backslash | Class::Sign => (Kind::Sign, at + 1),
            };
            self.add(kind, at, end);
            at = end;
        }
    }

    fn add(&mut self, kind: Kind, start: usize, end: usize) {
        if start < end {
            self.buffer.tokens.push(Token { start: offset(start), end: offset(end), kind });
        }
    }

    /// Takes the literal whose quote stands at `at`: its text in pieces, and the code of its fields between them.
    fn string(&mut self, begin: usize, at: usize, limit: usize, depth: u32) -> usize {
        let before = self.buffer.tokens.last().filter(|word| {
            let start = word.start as usize;
            word.kind == Kind::Word
                && word.end as usize == at
                && start >= begin
                && self.syntax.is_prefix(&self.source[start..at])
        });
        let mut start = at;
        if let Some(word) = before {
            start = word.start as usize;
            self.buffer.tokens.pop();
        }
        let prefix = &self.source[start..at];
        let (end, marks) = self.strings.end(at, prefix, depth, limit, &mut self.buffer.lines);
        for (number, mark) in marks.iter().enumerate() {
            match *mark {
                Mark::Open(place) => {
                    self.add(Kind::String, start, place);
                    self.add(Kind::Open, place, place + 1);
                    // Another mark follows: each field that opens was closed.
                    start = marks.get(number + 1).map_or(end, |next| next.place());
                    self.read(place + 1, start, depth + 1);
                }
                Mark::Text(_) => {}
                Mark::Close(place) => {
                    self.add(Kind::String, start, place);
                    self.add(Kind::Close, place, place + 1);
                    start = place + 1;
                }
            }
        }
        self.add(Kind::String, start, end);
        end
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
