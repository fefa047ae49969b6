//! The tokens of a source file: what the lexer yields and every recogniser of a language reads.

use crate::lines::Lines;

/// What a token is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A name or a keyword.
    Word,
    /// A number.
    Number,
    /// A string literal with its prefix and quotes.
    String,
    /// A comment without its line end.
    Comment,
    /// A line end; an escaped one is no token.
    Newline,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Any other byte that is no blank.
    Sign,
}

/// Bytes of the source and what they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// The first byte.
    pub(crate) start: u32,
    /// The byte behind the last.
    pub(crate) end: u32,
    /// What it is.
    pub(crate) kind: Kind,
}

/// Why the tokens of a file may mislead: the first thing in it that cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Problem {
    /// From 1.
    pub(crate) line: u32,
    /// One sentence without a full stop.
    pub(crate) message: &'static str,
}

/// Memory for the tokens of one source after the other.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    pub(crate) tokens: Vec<Token>,
    pub(crate) lines: Lines,
}

/// The tokens of one source, in order.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    pub(crate) source: &'a [u8],
    pub(crate) all: &'a [Token],
    pub(crate) lines: &'a Lines,
}

impl<'a> Tokens<'a> {
    /// What stands in the source.
    pub(crate) fn text(&self, index: u32) -> &'a [u8] {
        let Token { start, end, .. } = self.at(index);
        &self.source[start as usize..end as usize]
    }

    /// The token at `index`.
    pub(crate) fn at(&self, index: u32) -> Token {
        self.all[index as usize]
    }

    /// Whether the token is this word.
    pub(crate) fn is_word(&self, index: u32, word: &[u8]) -> bool {
        self.at(index).kind == Kind::Word && self.text(index) == word
    }

    /// Whether the token is this byte alone, whatever its kind.
    pub(crate) fn is_byte(&self, index: u32, byte: u8) -> bool {
        self.text(index) == [byte]
    }
}
