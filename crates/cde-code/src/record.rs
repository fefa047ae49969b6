//! The records of the answer, with the fields of `cde_orchestrator.domain.code`.

use cde_core::RepoPath;
use serde::Serialize;

use crate::model::SymbolKind;

/// A definition.
#[derive(Clone, Debug, Serialize)]
pub struct Symbol {
    /// As the source writes it.
    pub name: Box<str>,
    /// The names of what it stands in and its own, joined with dots.
    pub qualified_name: Box<str>,
    /// What it is.
    pub kind: SymbolKind,
    /// The language of its file.
    pub language: &'static str,
    /// The file.
    pub path: RepoPath,
    /// From 1.
    pub line: u32,
    /// Of the name, in code points from 1.
    pub column: u32,
    /// From 1.
    pub end_line: u32,
    /// The first byte in the text as UTF-8 without a byte order mark.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
    /// Its head on one line.
    pub signature: String,
    /// The first sentence of its documentation.
    pub doc: Option<String>,
    /// The qualified name of what it stands in.
    pub parent: Option<Box<str>>,
    /// Whether the file offers it to others.
    pub exported: bool,
    /// What is written above it.
    pub decorators: Vec<String>,
    /// `path#Lline-Lend@hash12`.
    #[serde(rename = "ref")]
    pub reference: RepoPath,
}

/// How much of one language was read.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct LanguageSymbols {
    /// Its name.
    pub language: &'static str,
    /// Files of the language.
    pub files: u64,
    /// Their lines.
    pub lines: u64,
    /// Definitions in them that were asked for.
    pub symbols: u64,
}

/// How many definitions of one kind there are.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct KindCount {
    /// The kind.
    pub kind: SymbolKind,
    /// How many.
    pub count: u64,
}

/// The definitions in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct SymbolSummary {
    /// Files that were analysed.
    pub files: u64,
    /// Their lines.
    pub lines: u64,
    /// Definitions that were asked for.
    pub symbols: u64,
    /// Most files first, then by name.
    pub languages: Vec<LanguageSymbols>,
    /// In the order of the kinds.
    pub kinds: Vec<KindCount>,
}
