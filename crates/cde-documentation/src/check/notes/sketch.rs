//! Sections compared without comparing each with each.
//!
//! A section is the set of its runs of five words. Sets that share much have, with high probability, the same smallest
//! hash (Broder, "On the resemblance and containment of documents", 1997). One hash function serves for all: its values
//! are dealt into bins and the smallest of each is kept (Li, Owen and Zhang, "One permutation hashing", 2012), an empty
//! bin borrowing from the next (Shrivastava and Li, 2014). What is found so is compared exactly before it is reported.

use super::page::Page;
use crate::hash::Set;
use crate::source::offset;

/// Words in a run.
const RUN: usize = 5;
/// A shorter section is not compared.
const FEWEST_WORDS: usize = 50;
const BINS: usize = 32;
/// Bits of a hash below those that choose the bin.
const BITS: u32 = 27;
/// Bins that have to agree for a comparison.
const BAND: usize = 4;

/// The smallest hashes of a section.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Sketch {
    /// Of the heading.
    pub line: u32,
    /// Where the section's own text starts.
    start: u32,
    /// Where it ends: before the next heading.
    end: u32,
    bins: [u32; BINS],
}

impl Sketch {
    /// What two sections have to share to be compared: any of these.
    pub fn bands(&self) -> impl Iterator<Item = (usize, &[u32])> {
        self.bins.chunks_exact(BAND).enumerate()
    }
}

/// The text of a section up to the next heading.
pub(in crate::check) fn own_text<'a>(text: &'a str, sketch: &Sketch) -> &'a str {
    text.get(sketch.start as usize..sketch.end as usize).unwrap_or_default()
}

/// Runs of words that two texts share, in thousandths of all that occur in either.
pub(in crate::check) fn shared_permille(one: &str, two: &str) -> usize {
    let (one, two) = (words(one), words(two));
    let (one, two) = (runs(&one), runs(&two));
    let shared = one.intersection(&two).count();
    shared * 1000 / (one.len() + two.len() - shared).max(1)
}

/// The sketches of the sections with enough words.
pub(super) fn sketches(page: &Page<'_>) -> Vec<Sketch> {
    let mut sketches = Vec::new();
    let mut headings = page.document.headings.iter().peekable();
    while let Some(heading) = headings.next() {
        let start = page.line_start(heading.line + 1);
        let end = headings.peek().map_or(offset(page.text.len()), |next| page.line_start(next.line));
        let words = words(page.text.get(start as usize..end as usize).unwrap_or_default());
        if words.len() >= FEWEST_WORDS {
            sketches.push(Sketch { line: heading.line, start, end, bins: bins(&words) });
        }
    }
    sketches
}

fn bins(words: &[String]) -> [u32; BINS] {
    let mut smallest = [u32::MAX; BINS];
    for run in words.windows(RUN) {
        let hash = crc32fast::hash(run.join(" ").as_bytes());
        let bin = &mut smallest[(hash >> BITS) as usize];
        *bin = (*bin).min(hash & ((1 << BITS) - 1));
    }
    let mut bins = smallest;
    for (number, bin) in bins.iter_mut().enumerate() {
        let distance =
            (0..BINS).find(|distance| smallest[(number + distance) % BINS] != u32::MAX).unwrap_or(0);
        // At most 31 times 2^27 is added to a number below 2^27.
        *bin = smallest[(number + distance) % BINS].saturating_add(offset(distance) << BITS);
    }
    bins
}

/// The words of `text`, the case of ASCII letters ignored; what a word is the module `metrics` says.
fn words(text: &str) -> Vec<String> {
    let is_word = |word: &&str| word.bytes().any(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric());
    let is_space = |one: char| matches!(one, '\t'..='\r' | ' ');
    text.split(is_space).filter(is_word).map(str::to_ascii_lowercase).collect()
}

fn runs(words: &[String]) -> Set<&[String]> {
    words.windows(RUN).collect()
}
