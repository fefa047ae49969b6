//! What a content teaches: its digest, its lines, its encoding, its language.

use cde_core::Sha256Hex;
use sha2::{Digest, Sha256};

use crate::decode::{Mark, Utf8Check};
use crate::language::{HEAD_BYTES, binary_by_name, language_of_name, language_of_text};
use crate::tree::FileFacts;

/// A NUL among these first bytes makes a file binary.
const BINARY_PROBE: usize = 8 * 1024;

/// The facts of a whole content.
pub(crate) fn facts_of(path: &[u8], content: &[u8]) -> FileFacts {
    let mut scan = FactsScan::new(path);
    scan.feed(content);
    scan.finish()
}

/// Learns facts from a content given in pieces; the first piece holds the first 64 KiB or everything.
pub(crate) struct FactsScan<'a> {
    path: &'a [u8],
    hasher: Sha256,
    size: u64,
    started: bool,
    binary: bool,
    mark: Mark,
    language: Option<&'static str>,
    utf8: Utf8Check,
    line_feeds: u64,
    /// The last byte, or the last two in UTF-16.
    last: [u8; 2],
}

impl<'a> FactsScan<'a> {
    pub(crate) fn new(path: &'a [u8]) -> Self {
        Self {
            path,
            hasher: Sha256::new(),
            size: 0,
            started: false,
            binary: binary_by_name(path) == Some(true),
            mark: Mark::None,
            language: None,
            utf8: Utf8Check::default(),
            line_feeds: 0,
            last: [0; 2],
        }
    }

    pub(crate) fn feed(&mut self, piece: &[u8]) {
        self.hasher.update(piece);
        let mut text = piece;
        if !self.started {
            self.start(piece);
            text = &piece[self.mark.len()..];
        }
        // Pieces are of even length but for the last, so a pair is never cut.
        if !self.binary {
            match self.mark {
                Mark::Utf16Le => self.count_units(text, [b'\n', 0]),
                Mark::Utf16Be => self.count_units(text, [0, b'\n']),
                Mark::Utf8 => self.count_bytes(text),
                Mark::None => {
                    self.count_bytes(text);
                    self.utf8.feed(text);
                }
            }
        }
        self.size += piece.len() as u64;
    }

    fn start(&mut self, head: &[u8]) {
        self.started = true;
        self.mark = Mark::of(head);
        let wide = matches!(self.mark, Mark::Utf16Le | Mark::Utf16Be);
        self.binary |= !wide && memchr::memchr(0, &head[..head.len().min(BINARY_PROBE)]).is_some();
        self.language = if self.binary {
            // A compiled catalogue or object that shares its extension with a language is no text in that language.
            language_of_name(self.path).filter(|_| binary_by_name(self.path) == Some(true))
        } else if wide {
            language_of_name(self.path)
        } else {
            language_of_text(self.path, &head[..head.len().min(HEAD_BYTES)])
        };
    }

    fn count_bytes(&mut self, text: &[u8]) {
        self.line_feeds += memchr::memchr_iter(b'\n', text).count() as u64;
        if let Some(last) = text.last() {
            self.last = [*last, 0];
        }
    }

    fn count_units(&mut self, text: &[u8], line_feed: [u8; 2]) {
        let (pairs, odd) = text.as_chunks::<2>();
        self.line_feeds += pairs.iter().filter(|pair| **pair == line_feed).count() as u64;
        match (odd, pairs.last()) {
            ([byte, ..], _) => self.last = [*byte, b'?'],
            ([], Some(pair)) => self.last = *pair,
            ([], None) => {}
        }
    }

    pub(crate) fn finish(mut self) -> FileFacts {
        if !self.started {
            self.start(b"");
        }
        let content = self.size - self.mark.len() as u64;
        let ended = match self.mark {
            Mark::Utf16Be => [0, b'\n'],
            Mark::Utf16Le | Mark::Utf8 | Mark::None => [b'\n', 0],
        };
        let open_line = content > 0 && self.last != ended;
        let lines = if self.binary { 0 } else { self.line_feeds + u64::from(open_line) };
        let encoding = match self.mark {
            _ if self.binary => "",
            Mark::Utf16Le => "utf-16-le",
            Mark::Utf16Be => "utf-16-be",
            Mark::Utf8 => "utf-8",
            Mark::None => self.utf8.finish(),
        };
        FileFacts {
            size: self.size,
            sha256: Sha256Hex::from_bytes(self.hasher.finalize().into()),
            lines,
            binary: self.binary,
            encoding,
            minified: !self.binary && is_minified(self.path, self.size, lines),
            language: self.language,
        }
    }
}

/// Machine-packed scripts and style sheets: at least 1 KiB, with more than 300 bytes a line on average.
fn is_minified(path: &[u8], size: u64, lines: u64) -> bool {
    let packable = [&b".js"[..], b".mjs", b".cjs", b".css"].iter().any(|suffix| path.ends_with(suffix));
    packable && size >= 1024 && size > 300 * lines.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(content: &[u8]) -> u64 {
        facts_of(b"a", content).lines
    }

    #[test]
    fn a_last_line_counts_though_nothing_ends_it() {
        assert_eq!([lines(b""), lines(b"a"), lines(b"a\n"), lines(b"a\n\nb")], [0, 1, 1, 3]);
        assert_eq!([lines(b"\xef\xbb\xbf"), lines(b"\xff\xfe"), lines(b"\xff\xfea\0\n\0")], [0, 0, 1]);
        assert_eq!([lines(b"\xfe\xff\0a\0\n\0b"), lines(b"\xff\xfe\x0a\x0a")], [2, 1]);
    }

    #[test]
    fn binary_is_a_nul_early_or_a_known_type() {
        assert!(facts_of(b"a", b"x\0").binary);
        assert!(facts_of(b"a.png", b"text").binary);
        assert!(!facts_of(b"a", &[&[b'x'; BINARY_PROBE][..], b"\0"].concat()).binary);
        assert!(!facts_of(b"a", b"\xff\xfea\0").binary);
        assert!(facts_of(b"a", b"\xff\xfe\0\0a\0\0\0").binary);
    }

    #[test]
    fn packed_scripts_are_minified() {
        assert!(facts_of(b"a.js", &[b'x'; 2000]).minified);
        assert!(!facts_of(b"a.txt", &[b'x'; 2000]).minified);
        assert!(!facts_of(b"a.js", &b"x = 1;\n".repeat(300)).minified);
    }
}
