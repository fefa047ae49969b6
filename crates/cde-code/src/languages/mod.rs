//! One recogniser for each language, by the language's name in `data/languages.toml`.

mod python;

use crate::model::{FoundFunction, FoundSymbol};
use crate::syntax::Syntax;
use crate::tokens::{Buffer, Problem};

/// The definitions of a file in the order in which they begin, and the first thing in it that cannot be read.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) symbols: Vec<FoundSymbol>,
    /// Where they were asked for: its functions in the order in which they end.
    pub(crate) functions: Vec<FoundFunction>,
    /// Tokens that are documentation.
    pub(crate) documentation: Vec<u32>,
    pub(crate) problem: Option<Problem>,
}

/// How a language is written, and what finds its definitions.
pub(crate) struct Recogniser {
    pub(crate) syntax: &'static Syntax,
    /// Reads the tokens of the source in the buffer, and measures its functions if that is wanted. Linear.
    pub(crate) recognise: fn(&[u8], &mut Buffer, bool) -> Found,
}

/// What reads `language`, if anything does.
pub(crate) fn recogniser(language: &str) -> Option<Recogniser> {
    let recognise = match language {
        "Python" => python::recognise,
        _ => return None,
    };
    Some(Recogniser { syntax: Syntax::of(language)?, recognise })
}
