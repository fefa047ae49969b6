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

/// How large and how complex a function is.
#[derive(Clone, Debug, Serialize)]
pub struct FunctionMetrics {
    /// Behind the names of what it stands in.
    pub name: Box<str>,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub end_line: u32,
    /// Its lines with code on them.
    pub code: u32,
    /// How many it takes.
    pub parameters: u32,
    /// The deepest level of its control structures.
    pub nesting: u32,
    /// Without the functions inside.
    pub cyclomatic: u32,
    /// With the functions inside.
    pub cognitive: u32,
    /// `path#Lline-Lend@hash12`.
    #[serde(rename = "ref")]
    pub reference: RepoPath,
}

/// How large and how complex a file is.
#[derive(Clone, Debug, Serialize)]
pub struct FileMetrics {
    /// The file.
    pub path: RepoPath,
    /// Its language.
    pub language: &'static str,
    /// All of its lines.
    pub lines: u32,
    /// Those with code.
    pub code: u32,
    /// Those with a comment or documentation and no code.
    pub comment: u32,
    /// The others.
    pub blank: u32,
    /// Summed over its functions.
    pub cyclomatic: u32,
    /// Summed over its functions that stand in no other.
    pub cognitive: u32,
    /// In the order in which they begin.
    pub functions: Vec<FunctionMetrics>,
}

/// The files of one language in numbers.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct LanguageMetrics {
    /// Its name.
    pub language: &'static str,
    /// How many.
    pub files: u64,
    /// All of their lines.
    pub lines: u64,
    /// Those with code.
    pub code: u64,
    /// Those with a comment or documentation and no code.
    pub comment: u64,
    /// The others.
    pub blank: u64,
    /// How many functions.
    pub functions: u64,
    /// Summed over the files.
    pub cyclomatic: u64,
    /// Summed over the files.
    pub cognitive: u64,
}

/// All files in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct MetricsSummary {
    /// How many.
    pub files: u64,
    /// All of their lines.
    pub lines: u64,
    /// Those with code.
    pub code: u64,
    /// Those with a comment or documentation and no code.
    pub comment: u64,
    /// The others.
    pub blank: u64,
    /// How many functions.
    pub functions: u64,
    /// Summed over the files.
    pub cyclomatic: u64,
    /// Summed over the files.
    pub cognitive: u64,
    /// Most lines of code first, then by name.
    pub languages: Vec<LanguageMetrics>,
}
