//! Plain text: a title and words.
//!
//! The title is the first line with content, where a blank line or an underline follows it and it is no longer than a
//! heading would be. There is nothing else that could be told without guessing.

use super::lines;
use super::recorder::Recorder;
use crate::markdown::{Body, Scratch};
use crate::options::SlugFlavour;
use crate::slug::Slugger;

/// How many code points a title has at most.
const LONGEST_TITLE: usize = 100;

/// Reads the plain text `text`.
pub(crate) fn parse(text: &str, flavour: SlugFlavour, scratch: &mut Scratch) -> Body {
    let read = lines::read(text, 1, &scratch.lines);
    let mut recorder = Recorder { text, lines: &mut scratch.lines, out: Body::default() };
    let content = |line: &lines::Line| &text[line.start as usize..line.end as usize];
    let first = read.iter().position(|line| !line.is_blank());
    if let Some(first) = first {
        let title = content(&read[first]);
        let ends = read.get(first + 1).is_none_or(|next| next.is_blank() || is_underline(content(next)));
        if ends && title.chars().count() <= LONGEST_TITLE && !is_underline(title) {
            recorder.open_heading(1, read[first].start);
            recorder.heading_text(title, None);
        }
    }
    recorder.rendered(text);
    let mut slugger = Slugger::new(flavour);
    recorder.finish(|text| slugger.next(text))
}

/// Whether a line is one ASCII punctuation mark over and over, at least three times.
fn is_underline(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.len() >= 3 && bytes[0].is_ascii_punctuation() && bytes.iter().all(|byte| *byte == bytes[0])
}
