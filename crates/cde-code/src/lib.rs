//! Source code read without running it: definitions and their places, and how large and complex it is.
//!
//! A lexer turns bytes into tokens by the facts of a language (`data/code.toml`), and a small recogniser for each
//! language finds what the tokens define. There is no grammar and no syntax tree; that the answers agree with those of
//! the languages' own parsers is a test. The Python engine has the same parts under the same names and gives the same
//! bytes.
//!
//! ```
//! use cde_code::find_symbols;
//!
//! let symbols = find_symbols(b"def f(a,\n      b=1): pass\n", "Python").unwrap();
//! assert_eq!(symbols[0].signature, "def f(a, b=1)");
//! ```

mod languages;
mod lexer;
mod lines;
mod metrics;
mod model;
mod record;
mod sources;
mod strings;
mod survey;
mod symbols;
mod syntax;
mod syntax_table;
mod tokens;
mod wording;

pub use metrics::{MetricsOptions, metrics};
pub use model::{FoundSymbol, SymbolKind};
pub use record::{
    FileMetrics, FunctionMetrics, KindCount, LanguageMetrics, LanguageSymbols, MetricsSummary, Symbol,
    SymbolSummary,
};
pub use symbols::{SymbolOptions, find_symbols, symbols};
