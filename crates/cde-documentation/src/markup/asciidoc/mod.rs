//! AsciiDoc: sections, links, anchors, blocks and code by their lines.
//!
//! The twin of the Python engine's `markup.asciidoc` package. Rules are those of Asciidoctor as far as lines tell them.
//! Nothing is included and no condition is evaluated: both branches of one are text of the document.
//!
//! - The title of the document has level 1, `==` level 2. A slug is the id that Asciidoctor makes of the title, with the
//!   document's own `idprefix` and `idseparator`; a section with an id of its own has that one as its slug.
//! - A link of kind `reference` is written `<<id>>`, one of kind `inline` is a macro (`xref:`, `link:`, `include::`, an
//!   address with a text in brackets).

mod attributes;
mod blocks;
mod inline;
mod starts;

use super::joined::Joined;
use super::lines::{self, Line};
use super::recorder::Recorder;
use crate::hash::Map;
use crate::markdown::{Body, Scratch};
use crate::slug::docutils::asciidoctor_id;
use attributes::Attributes;
/// Reads the document `text`, whose lines `scratch` must have read and whose body begins on line `first`. O(length).
pub(crate) fn parse(text: &str, first: u32, scratch: &mut Scratch) -> Body {
    let lines = lines::read(text, first, &scratch.lines);
    let recorder = Recorder { text, lines: &mut scratch.lines, out: Body::default() };
    let mut document = AsciiDoc {
        text,
        lines,
        recorder,
        joined: Joined::default(),
        pending: Attributes::default(),
        containers: Vec::new(),
        prefix: "_".to_owned(),
        separator: "_".to_owned(),
        ids: Ids::default(),
    };
    let mut line = 0;
    while line < document.lines.len() {
        line = document.block(line);
    }
    let mut ids = document.ids.sections.into_iter();
    document.recorder.finish(|_| ids.next().unwrap_or_default())
}

/// What is known while the lines go by. Lines count from 0 in the body.
struct AsciiDoc<'a, 's> {
    text: &'a str,
    lines: Vec<Line>,
    recorder: Recorder<'a, 's>,
    joined: Joined,
    /// What stands in brackets above the block that comes next.
    pending: Attributes,
    /// The delimiters of the blocks that are open and hold other blocks.
    containers: Vec<&'a str>,
    prefix: String,
    separator: String,
    ids: Ids,
}

/// The ids of sections.
#[derive(Debug, Default)]
struct Ids {
    sections: Vec<String>,
    /// How often an id was given.
    given: Map<String, u32>,
}

impl Ids {
    /// The id of a section that has none of its own.
    fn next(&mut self, title: &str, prefix: &str, separator: &str) -> String {
        let base = asciidoctor_id(title, prefix, separator);
        if !self.given.contains_key(&base) {
            self.given.insert(base.clone(), 1);
            return base;
        }
        loop {
            let count = self.given.entry(base.clone()).or_default();
            *count += 1;
            let id = format!("{base}{separator}{count}");
            if !self.given.contains_key(&id) {
                self.given.insert(id.clone(), 1);
                return id;
            }
        }
    }
}
