//! How complex the functions of a file are, counted while their lines go by.
//!
//! Cyclomatic complexity is 1 and one more for each word that decides, as lizard counts it, `case` included. Cognitive
//! complexity follows G. Ann Campbell, "Cognitive Complexity" (2023, `SonarSource`), appendix B: a nested function counts in
//! the one around it, one level deeper, but for a decorator, which holds a function and its return and nothing else.

use super::expressions::Expressions;
use crate::model::{FoundFunction, FoundSymbol, SymbolKind};
use crate::tokens::{Kind, Tokens};

/// A function whose lines go by.
struct Open<'a> {
    symbol: u32,
    name: &'a [u8],
    is_method: bool,
    /// The nesting that it begins at in the function around it.
    around: u32,
    parameters: u32,
    cyclomatic: u32,
    cognitive: u32,
    structures: u32,
    /// Those of the functions inside, which stand one level deeper.
    inner_structures: u32,
    nesting: u32,
    deepest: u32,
    recurs: bool,
    /// The first words of its own statements: what tells a decorator.
    statements: Vec<&'a [u8]>,
}

/// Counts for the functions that are open, the innermost last.
#[derive(Default)]
pub(super) struct Measures<'a> {
    open: Vec<Open<'a>>,
    /// In the order in which they end.
    pub(super) closed: Vec<FoundFunction>,
    expressions: Expressions,
}

fn is_structure(word: &[u8]) -> bool {
    matches!(word, b"if" | b"for" | b"while" | b"except" | b"match")
}

fn nests(word: &[u8]) -> bool {
    is_structure(word) || matches!(word, b"elif" | b"else")
}

impl<'a> Measures<'a> {
    /// A logical line begins, outside or inside of a function; a direct one is a statement of its own.
    pub(super) fn begin(&mut self, tokens: &Tokens<'a>, line: &[u32], is_direct: bool) {
        let first = tokens.text(line[0]);
        let open = self.open.last_mut().filter(|open| open.statements.len() < 3);
        if let Some(function) = open.filter(|_| is_direct && first != b"@") {
            function.statements.push(first);
        }
    }

    /// The function `symbol`, the definition of this number, is defined by `header`, which ends at the colon.
    pub(super) fn open_function(
        &mut self,
        tokens: &Tokens<'a>,
        number: u32,
        symbol: &FoundSymbol,
        header: &[u32],
    ) {
        self.open.push(Open {
            symbol: number,
            name: tokens.text(header[1]),
            is_method: symbol.kind == SymbolKind::Method,
            around: self.open.last().map_or(0, |function| function.nesting),
            parameters: parameters(tokens, &header[2..]),
            cyclomatic: 1,
            cognitive: 0,
            structures: 0,
            inner_structures: 0,
            nesting: 0,
            deepest: 0,
            recurs: false,
            statements: Vec::new(),
        });
        self.statement(tokens, header);
    }

    /// A compound statement begins that defines nothing.
    pub(super) fn header(&mut self, tokens: &Tokens<'a>, header: &[u32], word: &[u8]) {
        let Some(function) = self.open.last_mut() else { return };
        function.words(tokens, header);
        if word == b"case" {
            function.cyclomatic += 1;
        } else if is_structure(word) {
            function.cognitive += 1 + function.nesting;
            function.structures += 1;
        } else if nests(word) {
            function.cognitive += 1;
        }
        function.expression(tokens, &header[1..], &mut self.expressions);
        if nests(word) {
            function.nesting += 1;
            function.deepest = function.deepest.max(function.nesting);
        }
    }

    /// The suite of a compound statement ends.
    pub(super) fn close(&mut self, word: &[u8]) {
        if word == b"def" {
            self.close_function();
        } else if let Some(function) = self.open.last_mut().filter(|_| nests(word)) {
            function.nesting -= 1;
        }
    }

    fn close_function(&mut self) {
        let Some(mut done) = self.open.pop() else { return };
        if done.statements == [b"def".as_slice(), b"return"] {
            // What its only function counted for standing one level deep.
            done.cognitive -= done.inner_structures;
        }
        done.cognitive += u32::from(done.recurs);
        if let Some(outer) = self.open.last_mut() {
            outer.cognitive += done.cognitive + done.structures * (done.around + 1);
            outer.structures += done.structures;
            outer.inner_structures += done.structures;
        }
        self.closed.push(FoundFunction {
            symbol: done.symbol,
            parameters: done.parameters,
            nesting: done.deepest,
            cyclomatic: done.cyclomatic,
            cognitive: done.cognitive,
        });
    }

    /// A simple statement, inside of a function or outside.
    pub(super) fn statement(&mut self, tokens: &Tokens<'a>, statement: &[u32]) {
        if let Some(function) = self.open.last_mut() {
            function.words(tokens, statement);
            function.expression(tokens, statement, &mut self.expressions);
        }
    }
}

impl Open<'_> {
    fn words(&mut self, tokens: &Tokens, indexes: &[u32]) {
        for (place, index) in indexes.iter().enumerate() {
            if tokens.at(*index).kind != Kind::Word {
                continue;
            }
            let word = tokens.text(*index);
            if matches!(word, b"if" | b"elif" | b"for" | b"while" | b"except" | b"finally" | b"and" | b"or") {
                self.cyclomatic += 1;
            } else if word == self.name && !self.recurs {
                self.recurs = self.calls_itself(tokens, indexes, place);
            }
        }
    }

    /// Whether the name at `place` is called: alone, or in a method as that of `self` or `cls`.
    fn calls_itself(&self, tokens: &Tokens, indexes: &[u32], place: usize) -> bool {
        let text = |place: usize| indexes.get(place).map_or(b"".as_slice(), |index| tokens.text(*index));
        if text(place + 1) != b"(" {
            return false;
        }
        let before = if place > 0 { text(place - 1) } else { b"" };
        if before != b"." {
            return !matches!(before, b"def" | b"class") && !self.is_method;
        }
        self.is_method && place > 1 && matches!(text(place - 2), b"self" | b"cls")
    }

    fn expression(&mut self, tokens: &Tokens, indexes: &[u32], expressions: &mut Expressions) {
        let added = expressions.added_by(tokens, indexes);
        self.cognitive += added.sequences + added.levels + added.conditionals * (1 + self.nesting);
        self.structures += added.conditionals;
    }
}

/// How many parameters stand in the brackets behind the name; `*` and `/` alone are none.
fn parameters(tokens: &Tokens, header: &[u32]) -> u32 {
    let mut depth = 0_i32;
    let mut count = 0;
    let mut is_filled = false;
    let mut is_list = false;
    let mut in_lambda = false;
    for index in header {
        if depth == 1 && in_lambda {
            // Its own commas part no parameters.
            in_lambda = !tokens.is_byte(*index, b':');
        }
        match tokens.at(*index).kind {
            Kind::Open => {
                depth += 1;
                if depth == 1 && tokens.is_byte(*index, b'(') {
                    is_list = true;
                    continue;
                }
            }
            Kind::Close => {
                depth -= 1;
                if depth == 0 && is_list {
                    return count + u32::from(is_filled);
                }
            }
            Kind::Word if depth == 1 && tokens.text(*index) == b"lambda" => in_lambda = true,
            _ if depth == 1 && !in_lambda && tokens.is_byte(*index, b',') => {
                count += u32::from(is_filled && is_list);
                is_filled = false;
                continue;
            }
            _ => {}
        }
        let is_mark = tokens.is_byte(*index, b'*') || tokens.is_byte(*index, b'/');
        is_filled |= depth >= 1 && is_list && !is_mark;
    }
    count + u32::from(is_filled)
}
