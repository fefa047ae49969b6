//! How languages are written. Generated from `data/code.toml` by `tools/generate_code_tables.py`; do not edit.

use crate::syntax::Syntax;

/// By the names of languages.
#[rustfmt::skip]
pub(crate) const SYNTAXES: &[Syntax] = &[
    Syntax {
        language: "Python",
        line_comments: &["#"],
        string_prefixes: &["b", "br", "f", "fr", "r", "rb", "rf", "rt", "t", "tr", "u"],
    },
];
