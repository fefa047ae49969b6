//! Counting: words, notes of work left to do, and the measures of a document. The twin of the Python engine's `metrics`.
//!
//! A word is a run of characters other than ASCII whitespace that holds an ASCII letter or digit or any character beyond
//! ASCII; so the count needs no table of the Unicode standard. Words are those of the rendered text: code blocks and HTML
//! have none, code spans and alternative texts of images have.

use memchr::memmem;

use crate::model::{DocumentMetrics, Heading, Link};
use crate::texts::Span;

/// What a byte is to the count of words: no whitespace (bit 0), and a letter, a digit or beyond ASCII (bit 1).
const CLASSES: [u8; 256] = {
    let mut classes = [0b01; 256];
    let mut byte = 0_u8;
    loop {
        if matches!(byte, b'\t'..=b'\r' | b' ') {
            classes[byte as usize] = 0;
        } else if !byte.is_ascii() || byte.is_ascii_alphanumeric() {
            classes[byte as usize] = 0b11;
        }
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    classes
};

/// Counts words over text that comes in pieces.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordCounter {
    /// Words so far.
    pub(crate) count: u32,
    /// Bit 0: whether the word that the last piece ended in is counted already.
    in_word: u8,
}

impl WordCounter {
    /// Ends the word that the last piece may have ended in.
    pub(crate) fn end_word(&mut self) {
        self.in_word = 0;
    }

    /// Counts a piece; a word may begin in one piece and end in another.
    pub(crate) fn feed(&mut self, text: &str) {
        // Without branches: what a word is made of cannot be predicted.
        let mut in_word = self.in_word;
        let mut count = self.count;
        for &byte in text.as_bytes() {
            let class = CLASSES[usize::from(byte)];
            let letter = class >> 1;
            count += u32::from(letter & !in_word & 1);
            in_word = letter | (in_word & class);
        }
        self.in_word = in_word;
        self.count = count;
    }
}

/// How many words `text` has.
pub(crate) fn count_words(text: &str) -> u32 {
    let mut words = WordCounter::default();
    words.feed(text);
    words.count
}

/// How often `TODO` or `FIXME` stands in `text` as a word of its own.
pub(crate) fn count_todos(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let joined = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut count = 0;
    for word in ["TODO", "FIXME"] {
        for start in memmem::find_iter(bytes, word) {
            let before = start > 0 && joined(bytes[start - 1]);
            let after = bytes.get(start + word.len()).copied().is_some_and(joined);
            count += u32::from(!before && !after);
        }
    }
    count
}

/// What the lines of a document are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineMeasures {
    /// Filled lines of the body.
    pub(crate) filled: u32,
    /// Filled lines among those of code blocks, fences included.
    pub(crate) filled_in_code: u32,
    /// Content lines of code blocks.
    pub(crate) code: u32,
}

/// The measures of a document.
pub(crate) fn measure(
    counted: LineMeasures,
    headings: &[Heading<Span>],
    links: &[Link<Span>],
    words: u32,
    todo_count: u32,
) -> DocumentMetrics {
    let prose_lines = counted.filled.saturating_sub(counted.filled_in_code);
    let all = u64::from(counted.code) + u64::from(prose_lines);
    let images = links.iter().filter(|link| link.image);
    DocumentMetrics {
        prose_lines,
        code_lines: counted.code,
        code_permille: u32::try_from(u64::from(counted.code) * 1000 / all.max(1)).unwrap_or_default(),
        depth: headings.iter().map(|heading| heading.level).max().unwrap_or_default(),
        reading_minutes: words.div_ceil(200),
        todo_count,
        images: crate::source::offset(images.clone().count()),
        images_without_alt: crate::source::offset(images.filter(|image| image.text.is_empty()).count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_a_letter_a_digit_or_more_than_ascii() {
        let mut words = WordCounter::default();
        for piece in ["it's -- a ", "sp", "lit word…", " — 7 +", "1"] {
            words.feed(piece);
        }
        assert_eq!(words.count, 7);
        words.end_word();
        words.feed("new");
        assert_eq!(words.count, 8);
    }

    #[test]
    fn notes_are_words_of_their_own() {
        assert_eq!(count_todos("TODO: (FIXME) TODOS _TODO xTODO TODO"), 3);
    }
}
