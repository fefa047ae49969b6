//! The definitions of a tree.

use std::collections::BTreeMap;

use cde_core::{Answer, Context, RepoPath, Result};
use cde_filesystem::Tree;

use crate::languages::recogniser;
use crate::lexer::tokenize;
use crate::model::{FoundSymbol, SymbolKind};
use crate::record::{KindCount, LanguageSymbols, Symbol, SymbolSummary};
use crate::survey::{File, Question, survey};
use crate::tokens::Buffer;

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

/// The definitions in `source`, which must be UTF-8, in the order in which they begin; `None` for a language that has no
/// recogniser. O(bytes).
pub fn find_symbols(source: &[u8], language: &str) -> Option<Vec<FoundSymbol>> {
    let recogniser = recogniser(language)?;
    let mut buffer = Buffer::default();
    tokenize(source, recogniser.syntax, &mut buffer);
    Some((recogniser.recognise)(source, &mut buffer, false).symbols)
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
    let question =
        Question { types: &options.types, max_code_bytes: options.max_code_bytes, is_measured: false };
    let survey = survey(tree, &question, context, |file| {
        let symbols = records(file, options);
        (file.language, file.facts.lines, symbols)
    })?;
    let mut items = Vec::new();
    let mut languages: BTreeMap<&'static str, LanguageSymbols> = BTreeMap::new();
    for (language, lines, symbols) in survey.answers {
        let nothing = LanguageSymbols { language, files: 0, lines: 0, symbols: 0 };
        let counted = languages.entry(language).or_insert(nothing);
        counted.files += 1;
        counted.lines += lines;
        counted.symbols += symbols.len() as u64;
        items.extend(symbols);
    }
    Ok(Answer {
        schema: SCHEMA,
        root: tree.root().clone(),
        snapshot: Some(survey.snapshot),
        completeness: survey.completeness,
        summary: summarise(languages, &items),
        items,
        diagnostics: survey.diagnostics,
    })
}

fn records(file: &File<'_>, options: &SymbolOptions) -> Vec<Symbol> {
    let short_hash = file.facts.sha256.hash12();
    let names = file.qualified_names();
    let chosen = file.found.symbols.iter().zip(&names).filter(|(symbol, _)| options.want(symbol));
    chosen
        .map(|(symbol, name)| {
            let (line, end_line, reference) = file.place_of(symbol, &short_hash);
            Symbol {
                name: symbol.name.clone(),
                qualified_name: name.clone(),
                kind: symbol.kind,
                language: file.language,
                path: RepoPath::from_bytes(file.path),
                line,
                column: file.buffer.lines.column_of(file.source, symbol.name_start),
                end_line,
                start: symbol.start,
                end: symbol.end,
                signature: symbol.signature.clone(),
                doc: symbol.doc.clone(),
                parent: symbol.parent.map(|parent| names[parent as usize].clone()),
                exported: symbol.exported,
                decorators: symbol.decorators.clone(),
                reference,
            }
        })
        .collect()
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
