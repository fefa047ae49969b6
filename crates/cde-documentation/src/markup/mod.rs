//! Line-based formats (reStructuredText, AsciiDoc, plain text) to the records of a document's body.
//!
//! One shared scanner classifies lines ([`lines`]), joins those of a paragraph ([`joined`]) and keeps what is found
//! ([`recorder`]); on top of it each format has its own small recognisers. There is no full grammar: what is nested is told
//! by its indentation or its delimiters, and each line is looked at once.

pub(crate) mod asciidoc;
pub(crate) mod joined;
pub(crate) mod lines;
pub(crate) mod plain;
pub(crate) mod recorder;
pub(crate) mod rst;
