//! Python: definitions by the lines that begin them and the indentation that ends them.
//!
//! The grammar is that of the language reference; agreement with the module `ast` is a test.

mod exports;
mod expressions;
mod measures;
mod statement;

use foldhash::HashSet;

use super::Found;
use crate::model::{FoundSymbol, SymbolKind};
use crate::tokens::{Buffer, Kind, Tokens};
use crate::wording::one_line;
use exports::Exports;
use measures::Measures;

const HEADERS: [&[u8]; 12] = [
    b"if", b"elif", b"else", b"for", b"while", b"try", b"except", b"finally", b"with", b"async", b"match",
    b"case",
];
const TAB: u32 = 8;

/// A header whose suite is open: how far it is indented, its keyword, and the symbol it defines.
struct Block<'a> {
    indent: u32,
    word: &'a [u8],
    symbol: Option<u32>,
}

/// A problem and the byte where it was met.
type Met = (u32, &'static str);

/// The definitions of a file; or its functions and classes without a description, and their measures. Linear.
pub(super) fn recognise(source: &[u8], buffer: &mut Buffer, is_measured: bool) -> Found {
    let Buffer { tokens, lines } = buffer;
    let tokens = Tokens { source, all: tokens, lines };
    let mut recogniser = Recogniser::new(&tokens, is_measured.then(Measures::default));
    recogniser.run();
    let Recogniser { mut symbols, exports, problems, measures, documentation, .. } = recogniser;
    exports.mark(&mut symbols);
    let functions = measures.map_or_else(Vec::new, |measures| measures.closed);
    for (offset, message) in problems {
        lines.report(offset, message);
    }
    Found { symbols, functions, documentation, problem: lines.problem() }
}

struct Recogniser<'a> {
    tokens: &'a Tokens<'a>,
    symbols: Vec<FoundSymbol>,
    blocks: Vec<Block<'a>>,
    measures: Option<Measures<'a>>,
    /// Tokens that are documentation.
    documentation: Vec<u32>,
    decorators: Vec<String>,
    exports: Exports<'a>,
    problems: Vec<Met>,
    /// The symbol whose first statement may be its documentation.
    undocumented: Option<u32>,
    /// The names that a scope has already.
    seen: HashSet<(Option<u32>, &'a [u8])>,
    /// The byte behind the last logical line.
    end: u32,
}

impl<'a> Recogniser<'a> {
    fn new(tokens: &'a Tokens<'a>, measures: Option<Measures<'a>>) -> Self {
        Self {
            tokens,
            symbols: Vec::new(),
            blocks: Vec::new(),
            measures,
            documentation: Vec::new(),
            decorators: Vec::new(),
            exports: Exports::default(),
            problems: Vec::new(),
            undocumented: None,
            seen: HashSet::default(),
            end: 0,
        }
    }

    /// Takes one logical line after the other.
    fn run(&mut self) {
        let mut line: Vec<u32> = Vec::new();
        let mut depth = 0_u32;
        for index in 0..self.tokens.all.len() {
            let index = crate::lines::offset(index);
            let token = self.tokens.at(index);
            match token.kind {
                Kind::Comment => continue,
                Kind::Newline => {
                    if depth > 0 {
                        if !self.begins_definition(index + 1) {
                            continue;
                        }
                        self.not_closed(&line);
                        depth = 0;
                    }
                    if !line.is_empty() {
                        self.line(&line);
                        line.clear();
                    }
                    continue;
                }
                Kind::Open => depth += 1,
                Kind::Close => {
                    if depth == 0 {
                        self.problems.push((token.start, "a bracket closes that was not opened"));
                    }
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
            line.push(index);
        }
        if depth > 0 {
            self.not_closed(&line);
        }
        if !line.is_empty() {
            self.line(&line);
        }
        self.close(0);
    }

    fn not_closed(&mut self, line: &[u32]) {
        if let Some(last) = line.last() {
            self.problems.push((self.tokens.at(*last).start, "a bracket is not closed"));
        }
    }

    /// Whether a keyword stands at `index` that no bracket can hold, so that one before it was not closed.
    fn begins_definition(&self, index: u32) -> bool {
        (index as usize) < self.tokens.all.len()
            && (self.tokens.is_word(index, b"def") || self.tokens.is_word(index, b"class"))
    }

    fn line(&mut self, line: &[u32]) {
        let indent = self.indent(line[0]);
        self.close(indent);
        let is_decorator = self.tokens.is_byte(line[0], b'@');
        if let Some(measures) = &mut self.measures {
            let is_direct = self.blocks.last().is_some_and(|block| block.word == b"def");
            measures.begin(self.tokens, line, is_direct);
            if is_decorator {
                measures.statement(self.tokens, line);
            }
        }
        if is_decorator && self.measures.is_none() {
            let written = line.get(1).map(|first| one_line(self.tokens, *first, line[line.len() - 1] + 1));
            self.decorators.push(written.unwrap_or_default());
        } else if !is_decorator {
            let at = self.header(line, indent);
            self.decorators.clear();
            self.statements(&line[at.min(line.len())..]);
        }
        self.end = self.tokens.at(line[line.len() - 1]).end;
    }

    /// How far the line that begins with the token at `index` is indented; tabs go to multiples of eight.
    fn indent(&self, index: u32) -> u32 {
        let start = self.tokens.at(index).start;
        let blanks = &self.tokens.source[self.tokens.lines.start_of(start) as usize..start as usize];
        blanks.iter().fold(0, |width, blank| match blank {
            b'\t' => (width / TAB + 1) * TAB,
            0x0c => 0,
            _ => width + 1,
        })
    }

    /// Ends the suites that a line indented by `indent` does not belong to.
    fn close(&mut self, indent: u32) {
        while let Some(block) = self.blocks.pop_if(|block| block.indent >= indent) {
            if let Some(measures) = &mut self.measures {
                measures.close(block.word);
            }
            if let Some(symbol) = block.symbol {
                self.symbols[symbol as usize].end = self.end;
                if self.undocumented == Some(symbol) {
                    self.undocumented = None;
                }
            }
        }
    }

    fn enclosing(&self) -> Option<u32> {
        self.blocks.iter().rev().find_map(|block| block.symbol)
    }

    /// Whether a class is the innermost definition around.
    fn is_class(&self, symbol: u32) -> bool {
        self.symbols[symbol as usize].kind == SymbolKind::Class
    }

    /// Takes the header of a compound statement at the beginning of `line`; the place of what follows it.
    fn header(&mut self, line: &[u32], indent: u32) -> usize {
        let tokens = self.tokens;
        let at = usize::from(tokens.is_word(line[0], b"async") && line.len() > 1);
        let is_word = tokens.at(line[at]).kind == Kind::Word;
        let word = if is_word { tokens.text(line[at]) } else { b"" };
        let name = line.get(at + 1).filter(|name| tokens.at(**name).kind == Kind::Word);
        let name = name.filter(|_| matches!(word, b"def" | b"class"));
        if name.is_none() && !HEADERS.contains(&word) {
            return 0;
        }
        let colon = match self.colon(line) {
            Some(colon) => colon,
            None if name.is_none() => return 0,
            None => {
                self.problems.push((tokens.at(line[0]).start, "a definition has no colon"));
                line.len()
            }
        };
        let symbol = match name {
            Some(name) => Some(self.define(line, colon, *name, word)),
            None if matches!(word, b"match" | b"case") && colon < 2 => return 0,
            None => None,
        };
        self.blocks.push(Block { indent, word, symbol });
        self.undocumented = symbol;
        if let Some(measures) = &mut self.measures {
            let header = &line[at..colon];
            match symbol {
                None => measures.header(tokens, header, word),
                Some(number) if word == b"def" => {
                    measures.open_function(tokens, number, &self.symbols[number as usize], header);
                }
                Some(_) => measures.statement(tokens, header),
            }
        }
        colon + 1
    }

    /// Where the colon stands that ends a header: outside of brackets, and not that of a lambda.
    fn colon(&self, line: &[u32]) -> Option<usize> {
        let mut depth = 0_i32;
        let mut lambdas = 0_u32;
        for (at, index) in line.iter().enumerate() {
            match self.tokens.at(*index).kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ if depth > 0 => {}
                Kind::Word if self.tokens.text(*index) == b"lambda" => lambdas += 1,
                Kind::Sign if self.tokens.is_byte(*index, b':') => {
                    if lambdas == 0 {
                        return Some(at);
                    }
                    lambdas -= 1;
                }
                _ => {}
            }
        }
        None
    }

    fn define(&mut self, line: &[u32], colon: usize, name: u32, word: &[u8]) -> u32 {
        let tokens = self.tokens;
        let parent = self.enclosing();
        let kind = match word {
            b"class" => SymbolKind::Class,
            _ if parent.is_some_and(|parent| self.is_class(parent)) => SymbolKind::Method,
            _ => SymbolKind::Function,
        };
        let is_described = self.measures.is_none();
        let signature =
            if is_described { one_line(tokens, line[0], line[colon - 1] + 1) } else { String::new() };
        let decorators = std::mem::take(&mut self.decorators);
        let ends = (tokens.at(line[0]).start, tokens.at(line[line.len() - 1]).end);
        self.add(name, kind, ends, parent, signature, decorators)
    }

    fn add(
        &mut self,
        name: u32,
        kind: SymbolKind,
        (start, end): (u32, u32),
        parent: Option<u32>,
        signature: String,
        decorators: Vec<String>,
    ) -> u32 {
        let index = crate::lines::offset(self.symbols.len());
        self.symbols.push(FoundSymbol {
            name: String::from_utf8_lossy(self.tokens.text(name)).into(),
            kind,
            start,
            name_start: self.tokens.at(name).start,
            end,
            parent,
            signature,
            doc: None,
            decorators,
            exported: false,
        });
        index
    }
}
