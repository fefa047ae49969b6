//! Sections that say nearly the same as an earlier one.

use std::collections::BTreeSet;
use std::sync::Arc;

use cde_core::{Context, Result};

use super::index::TreeIndex;
use super::notes::{Notes, Sketch, own_text, shared_permille};
use super::origin::shown;
use super::report::Remark;
use super::structure::written;
use crate::hash::Map;

/// What two sections have to share to be reported.
const ENOUGH_PERMILLE: usize = 850;
/// Texts that are kept for the next comparison.
const MOST_KEPT: usize = 32 * 1024 * 1024;

/// A section: the number of its document and of its sketch.
type Section = (usize, usize);

/// What is to be said about the sections of each document, in the order of the documents.
///
/// A section is compared with the first ones that share a band of its sketch, so the work is linear in the number of
/// sections; it is named with the first that it equals enough.
pub(super) fn near_duplicates(
    index: &TreeIndex<'_>,
    notes: &[impl AsRef<Notes>],
    context: &Context,
) -> Result<Vec<Vec<Remark>>> {
    let mut texts = Texts { index, kept: Map::default(), bytes: 0 };
    let mut known: Map<(usize, &[u32]), Section> = Map::default();
    let mut remarks = Vec::new();
    for (number, one) in notes.iter().enumerate() {
        context.check()?;
        let mut found = Vec::new();
        for (place, sketch) in one.as_ref().sketches().iter().enumerate() {
            let alike: BTreeSet<Section> =
                sketch.bands().filter_map(|band| known.get(&band)).copied().collect();
            let same = alike.into_iter().find_map(|earlier| {
                let other = notes[earlier.0].as_ref().sketches().get(earlier.1)?;
                let share = texts.share((number, sketch), (earlier.0, other))?;
                (share >= ENOUGH_PERMILLE).then_some((earlier.0, other.line, share))
            });
            match same {
                Some(same) => found.extend(remark(index, number, sketch, same)),
                None => {
                    for band in sketch.bands() {
                        known.entry(band).or_insert((number, place));
                    }
                }
            }
        }
        remarks.push(found);
    }
    Ok(remarks)
}

fn remark(
    index: &TreeIndex<'_>,
    number: usize,
    sketch: &Sketch,
    (other, line, share): (usize, u32, usize),
) -> Option<Remark> {
    let document = index.documents()[number];
    let heading = document.headings.iter().find(|heading| heading.line == sketch.line)?;
    let path = shown(index.documents()[other].path.as_bytes());
    Some(Remark {
        line: heading.line,
        column: heading.column,
        message: format!("{} % of this section stand also in {path}, line {line}", share / 10),
        evidence: written(document.format, &heading),
        ..Remark::default()
    })
}

/// The texts of documents, read again when they are compared.
struct Texts<'a, 'b> {
    index: &'b TreeIndex<'a>,
    kept: Map<usize, Option<Arc<str>>>,
    bytes: usize,
}

impl Texts<'_, '_> {
    fn get(&mut self, number: usize) -> Option<Arc<str>> {
        if let Some(known) = self.kept.get(&number) {
            return known.clone();
        }
        if self.bytes > MOST_KEPT {
            self.kept.clear();
            self.bytes = 0;
        }
        let text = self.index.content(number).and_then(|content| String::from_utf8(content).ok());
        let text: Option<Arc<str>> = text.map(Into::into);
        self.bytes += text.as_ref().map_or(0, |text| text.len());
        self.kept.insert(number, text.clone());
        text
    }

    fn share(&mut self, one: (usize, &Sketch), two: (usize, &Sketch)) -> Option<usize> {
        let (first, second) = (self.get(one.0)?, self.get(two.0)?);
        Some(shared_permille(own_text(&first, one.1), own_text(&second, two.1)))
    }
}
