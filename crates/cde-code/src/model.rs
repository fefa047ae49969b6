//! What a recogniser of a language finds in one file, before it becomes records.

use serde::Serialize;

/// What a definition defines.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SymbolKind {
    /// A namespace inside of a file.
    Module,
    /// A class.
    Class,
    /// A structure.
    Struct,
    /// An enumeration.
    Enum,
    /// A trait.
    Trait,
    /// An interface.
    Interface,
    /// A function.
    Function,
    /// A function of a class.
    Method,
    /// A value of a class.
    Field,
    /// A value that does not change, as its name tells.
    Constant,
    /// Any other value.
    Variable,
    /// Another name for a type.
    Type,
    /// A macro.
    Macro,
}

impl SymbolKind {
    /// Every kind, in the order of the domain.
    pub(crate) const ALL: [Self; 13] = [
        Self::Module,
        Self::Class,
        Self::Struct,
        Self::Enum,
        Self::Trait,
        Self::Interface,
        Self::Function,
        Self::Method,
        Self::Field,
        Self::Constant,
        Self::Variable,
        Self::Type,
        Self::Macro,
    ];

    /// As records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Class => "class",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Trait => "trait",
            Self::Interface => "interface",
            Self::Function => "function",
            Self::Method => "method",
            Self::Field => "field",
            Self::Constant => "constant",
            Self::Variable => "variable",
            Self::Type => "type",
            Self::Macro => "macro",
        }
    }
}

/// A definition; offsets are bytes of the source.
#[derive(Clone, Debug)]
pub struct FoundSymbol {
    /// As the source writes it.
    pub name: Box<str>,
    /// What it is.
    pub kind: SymbolKind,
    /// The first byte.
    pub start: u32,
    /// The first byte of the name.
    pub name_start: u32,
    /// The byte behind the last.
    pub end: u32,
    /// The index of the symbol that it stands in.
    pub parent: Option<u32>,
    /// Its head on one line.
    pub signature: String,
    /// The first sentence of its documentation.
    pub doc: Option<String>,
    /// What is written above it.
    pub decorators: Vec<String>,
    /// Whether the file offers it to others.
    pub exported: bool,
}

/// How complex a function is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoundFunction {
    /// Its index among the definitions.
    pub(crate) symbol: u32,
    pub(crate) parameters: u32,
    pub(crate) nesting: u32,
    pub(crate) cyclomatic: u32,
    pub(crate) cognitive: u32,
}
