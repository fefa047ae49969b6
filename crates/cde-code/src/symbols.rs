//! The definitions of a tree: each source file read and analysed once, in parallel.

use std::collections::BTreeMap;

use cde_core::{Answer, Context, RepoPath, Result, Sha256Hex, Stage, snapshot_id};
use cde_filesystem::Tree;
use rayon::prelude::*;

use crate::languages::recogniser;
use crate::lexer::tokenize;
use crate::model::{FoundSymbol, SymbolKind};
use crate::record::{KindCount, LanguageSymbols, Symbol, SymbolSummary};
use crate::sources::{Account, Reading, Types, candidates, read};
use crate::tokens::{Buffer, Problem};

const SCHEMA: &str = "cde.code.symbols/1";

/// Which definitions are answered.
#[derive(Clone, Debug)]
pub struct SymbolOptions {
    /// Names of kinds, of which one must be the definition's; none means all.
    pub kinds: Vec<String>,
    /// Whether only what a file offers to others is answered.
    pub exported: bool,
    /// Names or extensions of languages, of which one must be the file's; none means all.
    pub types: Vec<String>,
    /// A larger file is named in a diagnostic and not analysed.
    pub max_code_bytes: u64,
}

impl Default for SymbolOptions {
    fn default() -> Self {
        Self { kinds: Vec::new(), exported: false, types: Vec::new(), max_code_bytes: 4 * 1024 * 1024 }
    }
}

impl SymbolOptions {
    fn want(&self, symbol: &FoundSymbol) -> bool {
        (self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == symbol.kind.as_str()))
            && (symbol.exported || !self.exported)
    }
}

/// Memory that a thread uses for one file after the other.
#[derive(Default)]
struct Worker {
    bytes: Vec<u8>,
    buffer: Buffer,
}

/// What one file came to.
enum Outcome {
    Analysed {
        language: &'static str,
        lines: u64,
        size: u64,
        sha256: Sha256Hex,
        symbols: Vec<Symbol>,
        problem: Option<Problem>,
    },
    Missed(Reading<'static>),
}

/// The definitions in `source`, which must be UTF-8, in the order in which they begin; `None` for a language that has no
/// recogniser. O(bytes).
pub fn find_symbols(source: &[u8], language: &str) -> Option<Vec<FoundSymbol>> {
    let recogniser = recogniser(language)?;
    let mut buffer = Buffer::default();
    tokenize(source, recogniser.syntax, &mut buffer);
    Some((recogniser.recognise)(source, &mut buffer).symbols)
}

/// The definitions of every source file of `tree` that has a recogniser. Schema `cde.code.symbols/1`.
///
/// Links, vendored, generated and minified files (unless the tree was opened with `vendored`), binary files and languages
/// without a recogniser are named among the skipped. A file that is too large is named in a diagnostic and makes the
/// answer partial; one whose strings or brackets do not close is analysed as far as it goes and named in a diagnostic.
/// O(bytes of the files).
pub fn symbols(
    tree: &Tree,
    options: &SymbolOptions,
    context: &Context,
) -> Result<Answer<SymbolSummary, Vec<Symbol>>> {
    let types = Types::parse(&options.types)?;
    let mut account = Account::new(tree);
    let found = candidates(tree, &types, &mut account);
    context.progress.begin(Stage::Read, found.len() as u64);
    let outcomes: Vec<Outcome> = found
        .par_iter()
        .map_init(Worker::default, |worker, (index, language)| {
            context.check()?;
            let outcome = analyse(tree, *index, *language, &types, options, worker);
            context.progress.advance(1);
            Ok(outcome)
        })
        .collect::<Result<_>>()?;
    context.check()?;
    let mut items = Vec::new();
    let mut read = Vec::with_capacity(found.len());
    let mut languages: BTreeMap<&'static str, LanguageSymbols> = BTreeMap::new();
    for ((index, _), outcome) in found.iter().zip(outcomes) {
        let path = tree.path(*index);
        match outcome {
            Outcome::Analysed { language, lines, size, sha256, symbols, problem } => {
                let counted = languages.entry(language).or_insert(LanguageSymbols {
                    language,
                    files: 0,
                    lines: 0,
                    symbols: 0,
                });
                counted.files += 1;
                counted.lines += lines;
                counted.symbols += symbols.len() as u64;
                if let Some(problem) = problem {
                    account.suspect(path, problem);
                }
                items.extend(symbols);
                read.push((path, size, sha256));
            }
            Outcome::Missed(reading) => account.missed(path, &reading, options.max_code_bytes),
        }
    }
    let (completeness, diagnostics) = account.finish(read.len());
    Ok(Answer {
        schema: SCHEMA,
        root: tree.root().clone(),
        snapshot: Some(snapshot_id(read.iter().map(|(path, size, sha256)| (*path, *size, sha256)))),
        completeness,
        summary: summarise(languages, &items),
        items,
        diagnostics,
    })
}

fn analyse(
    tree: &Tree,
    index: usize,
    named: Option<&'static str>,
    types: &Types,
    options: &SymbolOptions,
    worker: &mut Worker,
) -> Outcome {
    let (language, text, facts) =
        match read(tree, index, named, types, options.max_code_bytes, &mut worker.bytes) {
            Reading::Source(language, text, facts) => (language, text, facts),
            Reading::Skipped(reason) => return Outcome::Missed(Reading::Skipped(reason)),
            Reading::TooLarge => return Outcome::Missed(Reading::TooLarge),
            Reading::Problem(problem) => return Outcome::Missed(Reading::Problem(problem)),
            Reading::Other => return Outcome::Missed(Reading::Other),
        };
    let Some(recogniser) = recogniser(language) else {
        return Outcome::Missed(Reading::Skipped("no-scanner"));
    };
    let source = text.as_bytes();
    tokenize(source, recogniser.syntax, &mut worker.buffer);
    let found = (recogniser.recognise)(source, &mut worker.buffer);
    let file =
        File { path: tree.path(index), language, source, sha256: &facts.sha256, buffer: &worker.buffer };
    Outcome::Analysed {
        language,
        lines: facts.lines,
        size: facts.size,
        sha256: facts.sha256,
        symbols: file.records(&found.symbols, options),
        problem: found.problem,
    }
}

/// A file that was analysed.
struct File<'a> {
    path: &'a [u8],
    language: &'static str,
    source: &'a [u8],
    sha256: &'a Sha256Hex,
    buffer: &'a Buffer,
}

impl File<'_> {
    fn records(&self, found: &[FoundSymbol], options: &SymbolOptions) -> Vec<Symbol> {
        let short_hash = self.sha256.hash12();
        let lines = &self.buffer.lines;
        let mut qualified: Vec<Box<str>> = Vec::with_capacity(found.len());
        let mut records = Vec::new();
        for symbol in found {
            let parent = symbol.parent.map(|parent| qualified[parent as usize].clone());
            let name = match &parent {
                Some(parent) => format!("{parent}.{}", symbol.name).into(),
                None => symbol.name.clone(),
            };
            qualified.push(name.clone());
            if !options.want(symbol) {
                continue;
            }
            let line = lines.line_of(symbol.start);
            let end_line = lines.line_of(symbol.end.saturating_sub(1).max(symbol.start));
            let mut reference = self.path.to_vec();
            reference.extend_from_slice(format!("#L{line}-L{end_line}@{short_hash}").as_bytes());
            records.push(Symbol {
                name: symbol.name.clone(),
                qualified_name: name,
                kind: symbol.kind,
                language: self.language,
                path: RepoPath::from_bytes(self.path),
                line,
                column: lines.column_of(self.source, symbol.name_start),
                end_line,
                start: symbol.start,
                end: symbol.end,
                signature: symbol.signature.clone(),
                doc: symbol.doc.clone(),
                parent,
                exported: symbol.exported,
                decorators: symbol.decorators.clone(),
                reference: RepoPath::from(reference),
            });
        }
        records
    }
}

fn summarise(languages: BTreeMap<&'static str, LanguageSymbols>, items: &[Symbol]) -> SymbolSummary {
    let mut languages: Vec<_> = languages.into_values().collect();
    // Stable, so that languages with as many files stay sorted by name.
    languages.sort_by_key(|counted| std::cmp::Reverse(counted.files));
    let count = |kind| items.iter().filter(|symbol| symbol.kind == kind).count() as u64;
    let kinds = SymbolKind::ALL.map(|kind| KindCount { kind, count: count(kind) });
    SymbolSummary {
        files: languages.iter().map(|counted| counted.files).sum(),
        lines: languages.iter().map(|counted| counted.lines).sum(),
        symbols: items.len() as u64,
        languages,
        kinds: kinds.into_iter().filter(|counted| counted.count > 0).collect(),
    }
}
