//! What an expression adds to the cognitive complexity: conditional expressions and sequences of `and` and `or`.

use crate::tokens::{Kind, Tokens};

/// Sequences of like operators, conditional expressions, and the levels at which these stand, summed up.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Added {
    pub(super) sequences: u32,
    pub(super) conditionals: u32,
    pub(super) levels: u32,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Word {
    And,
    Or,
    Else,
    Lambda,
    /// `if` and `for`, which begin another expression.
    Other,
}

impl Word {
    fn of(text: &[u8]) -> Option<Self> {
        Some(match text {
            b"and" => Self::And,
            b"or" => Self::Or,
            b"else" => Self::Else,
            b"lambda" => Self::Lambda,
            b"if" | b"for" => Self::Other,
            _ => return None,
        })
    }
}

/// What stands in brackets: its first place, the place behind its last, and how many words stand before it.
#[derive(Clone, Copy)]
struct Part {
    begin: usize,
    end: usize,
    before: usize,
}

/// Memory for one expression after the other.
#[derive(Default)]
pub(super) struct Expressions {
    /// For the place of each opening bracket that of the one that closes it.
    closings: Vec<usize>,
    opened: Vec<usize>,
    /// What stands between two commas or colons: words that matter, and the parts in brackets.
    words: Vec<Word>,
    parts: Vec<Part>,
    /// Parts to read with the level that they stand at.
    waiting: Vec<(usize, usize, u32)>,
}

impl Expressions {
    /// What the expressions among the tokens `indexes` add. Linear.
    ///
    /// What stands in brackets is read apart: it continues no sequence of operators around it, and is as deep as the
    /// conditional expressions that hold it, a lambda counting as one.
    pub(super) fn added_by(&mut self, tokens: &Tokens, indexes: &[u32]) -> Added {
        let mut added = Added::default();
        self.find_closings(tokens, indexes);
        self.waiting.clear();
        self.waiting.push((0, indexes.len(), 0));
        while let Some((mut place, end, level)) = self.waiting.pop() {
            let mut in_parameters = false;
            while place < end {
                let index = indexes[place];
                match tokens.at(index).kind {
                    Kind::Open => {
                        let end = self.closings[place];
                        self.parts.push(Part { begin: place + 1, end, before: self.words.len() });
                        place = end;
                    }
                    Kind::Word => {
                        if let Some(word) = Word::of(tokens.text(index)) {
                            self.words.push(word);
                            in_parameters |= word == Word::Lambda;
                        }
                    }
                    _ if in_parameters => in_parameters = !tokens.is_byte(index, b':'),
                    _ if matches!(tokens.text(index), b"," | b":") => self.take(level, &mut added),
                    _ => {}
                }
                place += 1;
            }
            self.take(level, &mut added);
        }
        added
    }

    fn find_closings(&mut self, tokens: &Tokens, indexes: &[u32]) {
        self.closings.clear();
        self.closings.resize(indexes.len(), indexes.len());
        self.opened.clear();
        for (place, index) in indexes.iter().enumerate() {
            match tokens.at(*index).kind {
                Kind::Open => self.opened.push(place),
                Kind::Close => {
                    if let Some(opened) = self.opened.pop() {
                        self.closings[opened] = place;
                    }
                }
                _ => {}
            }
        }
    }

    /// Takes what stands between two commas or colons.
    fn take(&mut self, mut level: u32, added: &mut Added) {
        let is_else = |word: &&Word| **word == Word::Else;
        let conditionals = crate::lines::offset(self.words.iter().filter(is_else).count());
        let mut seen = 0;
        let mut operator = None;
        let mut parts = self.parts.drain(..).peekable();
        for number in 0..=self.words.len() {
            while let Some(part) = parts.next_if(|part| part.before == number) {
                self.waiting.push((part.begin, part.end, level + conditionals.min(seen + 1)));
            }
            let Some(&word) = self.words.get(number) else { break };
            if matches!(word, Word::And | Word::Or) {
                added.sequences += u32::from(operator != Some(word));
                operator = Some(word);
                continue;
            }
            operator = None;
            match word {
                Word::Else => {
                    added.conditionals += 1;
                    added.levels += level + seen;
                    seen += 1;
                }
                Word::Lambda => level += 1,
                _ => {}
            }
        }
        drop(parts);
        self.words.clear();
    }
}
