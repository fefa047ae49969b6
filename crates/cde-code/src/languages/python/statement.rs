//! The simple statements of a logical line: documentation and assignments.

use super::Recogniser;
use crate::model::SymbolKind;
use crate::tokens::Kind;
use crate::wording::{first_sentence, one_line};

const LONGEST_VALUE: usize = 80;

impl Recogniser<'_> {
    /// Takes the simple statements of `line`, which semicolons separate.
    pub(super) fn statements(&mut self, line: &[u32]) {
        let tokens = self.tokens;
        for statement in line.split(|index| tokens.is_byte(*index, b';')) {
            if !statement.is_empty() {
                self.statement(statement);
            }
        }
    }

    fn statement(&mut self, statement: &[u32]) {
        let tokens = self.tokens;
        let undocumented = self.undocumented.take();
        if let Some(measures) = &mut self.measures {
            measures.statement(tokens, statement);
        }
        if tokens.at(statement[0]).kind == Kind::String {
            if statement.iter().all(|index| tokens.at(*index).kind == Kind::String) {
                self.documentation.extend_from_slice(statement);
                if let Some(symbol) = undocumented.filter(|_| self.measures.is_none()) {
                    self.symbols[symbol as usize].doc = self.first_sentence(statement);
                }
            }
            return;
        }
        let is_name = tokens.at(statement[0]).kind == Kind::Word && tokens.text(statement[0]) != b"lambda";
        if !is_name || statement.len() < 2 || self.measures.is_some() {
            return;
        }
        let parent = self.enclosing();
        match parent {
            None => self.exports.statement(tokens, statement),
            Some(parent) if !self.is_class(parent) => return,
            Some(_) => {}
        }
        self.assignment(statement, parent);
    }

    fn first_sentence(&self, statement: &[u32]) -> Option<String> {
        let mut text = Vec::new();
        for index in statement {
            let literal = self.tokens.text(*index);
            let quote = memchr::memchr2(b'"', b'\'', literal)?;
            if literal[..quote].iter().any(|letter| b"bBfFtT".contains(letter)) {
                return None;
            }
            let mark = literal[quote];
            let width = if literal[quote..].starts_with(&[mark; 3]) { 3 } else { 1 };
            let closed =
                literal.len() >= quote + 2 * width && literal.ends_with(&literal[quote..quote + width]);
            text.extend_from_slice(&literal[quote + width..literal.len() - if closed { width } else { 0 }]);
        }
        first_sentence(&String::from_utf8_lossy(&text))
    }

    /// Takes `NAME = value`, `NAME: type`, `A, B = value` and `type NAME = value`.
    fn assignment(&mut self, statement: &[u32], parent: Option<u32>) {
        let tokens = self.tokens;
        if tokens.is_word(statement[0], b"type")
            && tokens.at(statement[1]).kind == Kind::Word
            && statement.len() > 3
        {
            return self.bind(statement, statement[1], parent, SymbolKind::Type);
        }
        let Some(names) = self.assigned(statement) else { return };
        for name in statement[..2 * names].iter().step_by(2) {
            let kind = match parent {
                Some(_) => SymbolKind::Field,
                None if is_constant(tokens.text(*name)) => SymbolKind::Constant,
                None => SymbolKind::Variable,
            };
            self.bind(statement, *name, parent, kind);
        }
    }

    /// How many names at the beginning of `statement`, each with a sign behind it, are assigned to.
    fn assigned(&self, statement: &[u32]) -> Option<usize> {
        let tokens = self.tokens;
        let is_sign = |at: usize, sign| statement.get(at).is_some_and(|index| tokens.is_byte(*index, sign));
        let mut names = 0;
        for at in (0..statement.len() - 1).step_by(2) {
            if tokens.at(statement[at]).kind != Kind::Word {
                return None;
            }
            names += 1;
            if is_sign(at + 1, b',') {
                continue;
            }
            if is_sign(at + 1, b'=') {
                if is_sign(at + 2, b'=') {
                    return None;
                }
                // `A = B = value`
                let is_chain = at + 4 < statement.len()
                    && tokens.at(statement[at + 2]).kind == Kind::Word
                    && is_sign(at + 3, b'=')
                    && !is_sign(at + 4, b'=');
                if is_chain {
                    continue;
                }
                return Some(names);
            }
            let is_annotated = is_sign(at + 1, b':') && names == 1 && at + 2 < statement.len();
            return is_annotated.then_some(names);
        }
        None
    }

    /// Adds a name unless its scope has it already: only the first assignment counts as its definition.
    fn bind(&mut self, statement: &[u32], name: u32, parent: Option<u32>, kind: SymbolKind) {
        let tokens = self.tokens;
        if !self.seen.insert((parent, tokens.text(name))) {
            return;
        }
        let ends = (tokens.at(statement[0]).start, tokens.at(statement[statement.len() - 1]).end);
        let signature = self.value(statement);
        self.add(name, kind, ends, parent, signature, Vec::new());
    }

    /// An assignment, whose value is left out where it is long.
    fn value(&self, statement: &[u32]) -> String {
        let tokens = self.tokens;
        let whole = one_line(tokens, statement[0], statement[statement.len() - 1] + 1);
        if whole.chars().nth(LONGEST_VALUE).is_none() {
            return whole;
        }
        let mut depth = 0_i32;
        for index in statement {
            match tokens.at(*index).kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ if depth == 0 && tokens.is_byte(*index, b'=') => {
                    return one_line(tokens, statement[0], index + 1) + " …";
                }
                _ => {}
            }
        }
        whole
    }
}

/// Whether a name is written like that of a constant: `MAX_SIZE`, `_LIMIT`.
fn is_constant(name: &[u8]) -> bool {
    let stem = &name[name.iter().take_while(|byte| **byte == b'_').count()..];
    stem.first().is_some_and(u8::is_ascii_uppercase)
        && stem.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'_'))
}
