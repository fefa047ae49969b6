//! Which names a module offers: those in `__all__` where it is told literally, else those without an underscore.

use foldhash::HashSet;

use crate::model::{FoundSymbol, SymbolKind};
use crate::tokens::{Kind, Tokens};

const BEGINNINGS: [&[&[u8]]; 4] = [
    &[b"__all__", b"="],
    &[b"__all__", b"+", b"="],
    &[b"__all__", b".", b"extend", b"("],
    &[b"__all__", b".", b"append", b"("],
];

/// Collects what a module says of `__all__`.
#[derive(Default)]
pub(super) struct Exports<'a> {
    names: HashSet<&'a [u8]>,
    is_told: bool,
    is_uncertain: bool,
}

impl<'a> Exports<'a> {
    /// Takes a statement at the level of the module.
    pub(super) fn statement(&mut self, tokens: &Tokens<'a>, statement: &[u32]) {
        if tokens.text(statement[0]) != b"__all__" {
            return;
        }
        for beginning in BEGINNINGS {
            if statement.len() >= beginning.len()
                && beginning.iter().zip(statement).all(|(word, index)| tokens.text(*index) == *word)
            {
                return self.literals(tokens, &statement[beginning.len()..]);
            }
        }
        // An annotation, or something that cannot be told.
        let equals = statement.iter().position(|index| tokens.is_byte(*index, b'='));
        if let Some(equals) = equals.filter(|_| tokens.is_byte(statement[1], b':')) {
            self.literals(tokens, &statement[equals + 1..]);
        }
    }

    fn literals(&mut self, tokens: &Tokens<'a>, value: &[u32]) {
        self.is_told = true;
        for index in value {
            let text = tokens.text(*index);
            match text {
                [first, name @ .., last] if tokens.at(*index).kind == Kind::String && first == last => {
                    self.names.insert(name);
                }
                [b'(' | b')' | b'[' | b']' | b','] => {}
                _ => self.is_uncertain = true,
            }
        }
    }

    /// Tells of each symbol whether the module offers it. A symbol stands behind its parent.
    pub(super) fn mark(&self, symbols: &mut [FoundSymbol]) {
        let is_listed = self.is_told && !self.is_uncertain;
        for index in 0..symbols.len() {
            let (before, rest) = symbols.split_at_mut(index);
            let symbol = &mut rest[0];
            let is_private = symbol.name.starts_with('_');
            symbol.exported = match symbol.parent {
                None => self.names.contains(symbol.name.as_bytes()) || !(is_private || is_listed),
                Some(parent) => {
                    let parent = &before[parent as usize];
                    let is_special = symbol.name.starts_with("__") && symbol.name.ends_with("__");
                    parent.exported && parent.kind == SymbolKind::Class && (is_special || !is_private)
                }
            };
        }
    }
}
