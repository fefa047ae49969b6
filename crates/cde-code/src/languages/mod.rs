//! One recogniser for each language, by the language's name in `data/languages.toml`.

mod python;

use crate::model::FoundSymbol;
use crate::syntax::Syntax;
use crate::tokens::{Buffer, Problem};

/// The definitions of a file in the order of their names, and the first thing in it that cannot be read.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) symbols: Vec<FoundSymbol>,
    pub(crate) problem: Option<Problem>,
}

/// How a language is written, and what finds its definitions.
pub(crate) struct Recogniser {
    pub(crate) syntax: &'static Syntax,
    /// Reads the tokens of the source in the buffer. Linear in their number.
    pub(crate) recognise: fn(&[u8], &mut Buffer) -> Found,
}

/// What reads `language`, if anything does.
pub(crate) fn recogniser(language: &str) -> Option<Recogniser> {
    let recognise = match language {
        "Python" => python::recognise,
        _ => return None,
    };
    Some(Recogniser { syntax: Syntax::of(language)?, recognise })
}
