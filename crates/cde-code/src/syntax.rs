//! What the lexer must know of a language.

use crate::syntax_table::SYNTAXES;

/// How a language writes comments and strings.
#[derive(Debug)]
pub(crate) struct Syntax {
    /// As the language table names it.
    pub(crate) language: &'static str,
    /// What begins a comment that goes to the end of its line.
    pub(crate) line_comments: &'static [&'static str],
    /// Letters before a quote that belong to the string, in lower case.
    pub(crate) string_prefixes: &'static [&'static str],
}

impl Syntax {
    /// The facts of `language`.
    pub(crate) fn of(language: &str) -> Option<&'static Self> {
        SYNTAXES.iter().find(|syntax| syntax.language == language)
    }

    /// Whether `word` before a quote belongs to the string.
    pub(crate) fn is_prefix(&self, word: &[u8]) -> bool {
        self.string_prefixes.iter().any(|prefix| prefix.as_bytes().eq_ignore_ascii_case(word))
    }
}
