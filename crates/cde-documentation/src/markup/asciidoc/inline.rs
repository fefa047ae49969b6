//! Inline markup: code, macros, references, anchors and addresses in the text of a paragraph.
//!
//! The text is gone through once; where the end of a construct is looked for in vain, no later one of its kind has one.

use super::AsciiDoc;
use super::attributes::first_text;
use super::blocks::image_text;
use crate::bare_urls::BareUrls;
use crate::markup::joined::Joined;
use crate::model::{AnchorKind, LinkKind};

/// Macros whose target is a link, longest first.
const SCHEMES: &[&str] = &["https", "http", "ftp", "irc"];
const MACROS: &[&str] = &["link", "xref", "image", "mailto", "anchor", "footnote", "pass"];

/// Marks that quote text. A search for what closes one has the number of the mark, times three, and its length less one.
const MARKS: [char; 5] = ['`', '+', '*', '_', '#'];
/// The numbers of the other searches.
const REFERENCE_END: usize = 15;
const BRACKET: usize = 16;
const TARGET_END: usize = 17;

struct Paragraph<'a> {
    joined: &'a Joined,
    text: &'a str,
    /// Where text begins that is not accounted for.
    run: usize,
    rendered: String,
    /// For each kind of search, from where it was made last and what it found.
    known: [Option<(usize, Option<usize>)>; 18],
    /// Where marks close that are not shown.
    closing: Vec<usize>,
}

fn is_word(one: char) -> bool {
    one.is_ascii_alphanumeric() || one == '_' || !one.is_ascii()
}

fn is_space(one: char) -> bool {
    matches!(one, '\t'..='\r' | ' ')
}

impl AsciiDoc<'_, '_> {
    /// Reads the joined lines; gives the rendered text, which is counted.
    pub(super) fn inline(&mut self) -> String {
        let joined = std::mem::take(&mut self.joined);
        let mut paragraph = Paragraph {
            joined: &joined,
            text: &joined.text,
            run: 0,
            rendered: String::new(),
            known: [None; 18],
            closing: Vec::new(),
        };
        let bytes = joined.text.as_bytes();
        let mut place = 0;
        while let Some(found) = bytes[place..].iter().position(|byte| b"\\`+<[:*_#".contains(byte)) {
            let at = place + found;
            let after = match bytes[at] {
                b'\\' => Some(
                    at + 1
                        + usize::from(matches!(
                            bytes.get(at + 1),
                            Some(b'`' | b'+' | b'<' | b'[' | b'*' | b'_' | b'#')
                        )),
                ),
                b'`' => self.code_span(&mut paragraph, at),
                b'+' => self.passed(&mut paragraph, at),
                b'<' => self.reference(&mut paragraph, at),
                b'[' => self.anchor(&mut paragraph, at),
                b':' => self.named_macro(&mut paragraph, at),
                _ => self.emphasis(&mut paragraph, at),
            };
            place = after.unwrap_or(at + 1);
        }
        self.flush(&mut paragraph, joined.text.len());
        let rendered = paragraph.rendered;
        self.recorder.rendered(&rendered);
        self.joined = joined;
        rendered
    }

    /// Text up to `end` is no construct: it may hold addresses.
    fn flush(&mut self, paragraph: &mut Paragraph<'_>, end: usize) {
        if paragraph.run >= end {
            return;
        }
        let text = &paragraph.text[paragraph.run..end];
        for url in BareUrls::new(text).filter(|url| url.prefix != "http://") {
            let is_escaped = text[..url.start].ends_with('\\');
            if !is_escaped {
                let written = &text[url.start..url.end];
                let (start, stop) = (paragraph.run + url.start, paragraph.run + url.end);
                let destination = [url.prefix, written].concat();
                self.add(paragraph, LinkKind::Bare, written, &destination, start, stop);
            }
        }
        paragraph.rendered.push_str(&text.replace('\\', ""));
        paragraph.run = end;
    }

    fn add(
        &mut self,
        paragraph: &Paragraph<'_>,
        kind: LinkKind,
        text: &str,
        destination: &str,
        start: usize,
        end: usize,
    ) {
        let (start, end) = (paragraph.joined.offset(start), paragraph.joined.end(end));
        self.link(kind, text, destination, false, start, end);
    }

    fn code_span(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let (content, end, after) = paragraph.quoted(at, 0)?;
        let mut code = &paragraph.text[content..end];
        self.flush(paragraph, at);
        if let Some(literal) = code.strip_prefix('+').and_then(|rest| rest.strip_suffix('+')) {
            code = literal;
        }
        self.recorder.inline_code(code, paragraph.joined.offset(at));
        paragraph.rendered.push_str(code);
        paragraph.run = after;
        Some(after)
    }

    /// `+text+`, `++text++` and `+++text+++`, in which nothing else is looked for.
    fn passed(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let (content, end, after) = paragraph.quoted(at, 1)?;
        self.flush(paragraph, at);
        paragraph.rendered.push_str(&paragraph.text[content..end]);
        paragraph.run = after;
        Some(after)
    }

    /// `*strong*`, `_emphasis_`, `#mark#`: the marks are not shown, what they hold is text.
    fn emphasis(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        if paragraph.closing.last() == Some(&at) {
            paragraph.closing.pop();
        } else {
            let mark = char::from(paragraph.text.as_bytes()[at]);
            let mark = MARKS.iter().position(|known| *known == mark)?;
            let (content, end, _) = paragraph.quoted(at, mark)?;
            // A double mark is left as it is, and so is what crosses another.
            let crosses = paragraph.closing.last().is_some_and(|closing| *closing <= end);
            if content != at + 1 || crosses {
                return None;
            }
            paragraph.closing.push(end);
        }
        self.flush(paragraph, at);
        paragraph.run = at + 1;
        Some(at + 1)
    }

    /// `<<id,text>>`.
    fn reference(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let text = paragraph.text;
        if !text[at + 1..].starts_with('<') {
            return None;
        }
        let find = |text: &str, place: usize| text[place..].find(">>").map(|found| place + found);
        let end = paragraph.next(REFERENCE_END, at + 2, find)?;
        let inner = &text[at + 2..end];
        if inner.is_empty() || inner.starts_with('<') {
            return None;
        }
        let (target, shown) = inner.split_once(',').unwrap_or((inner, ""));
        let (target, shown) = (target.trim_matches(is_space), shown.trim_matches(is_space));
        if target.is_empty() {
            return None;
        }
        let after = end + 2;
        self.flush(paragraph, at);
        paragraph.rendered.push_str(shown);
        self.add(paragraph, LinkKind::Reference, shown, &reference_target(target), at, after);
        paragraph.run = after;
        Some(after)
    }

    /// `[[id]]`, and the id of `[#id]#text#`.
    fn anchor(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let text = paragraph.text;
        let rest = &text[at + 1..];
        let is_anchor = rest.starts_with('[');
        if !is_anchor && !rest.starts_with('#') {
            return None;
        }
        let name = &rest[1..];
        let length = name.find([']', ',', '.', '%', '[', '\n', '#']).unwrap_or(name.len());
        let id = name[..length].trim_matches(is_space);
        let mut after = at + 2 + length;
        if is_anchor && text[after..].starts_with(',') {
            after += text[after..].find([']', '\n', '['])?;
        }
        let close = if is_anchor { "]]" } else { "]#" };
        if id.is_empty() || !text[after..].starts_with(close) {
            return None;
        }
        self.flush(paragraph, at);
        self.recorder.anchor(id, AnchorKind::Explicit, paragraph.joined.offset(at));
        // The mark of the text is not shown, and what closes it is found as any other.
        after += if is_anchor { 2 } else { 1 };
        paragraph.run = after;
        Some(after)
    }

    /// `name:target[attributes]`, and addresses with a text.
    fn named_macro(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let text = paragraph.text;
        let before = &text[paragraph.run..at];
        let is_address = text[at + 1..].starts_with("//");
        let known = if is_address { SCHEMES } else { MACROS };
        let name = *known.iter().find(|name| before.ends_with(**name))?;
        let start = at - name.len();
        if text[paragraph.run..start]
            .chars()
            .next_back()
            .is_some_and(|one| is_word(one) || one == '\\' || one == ':')
        {
            return None;
        }
        let stops = |one: char| is_space(one) || matches!(one, '[' | ']' | '<' | '>' | '"' | '`');
        let find = |text: &str, place: usize| text[place..].find(stops).map(|found| place + found);
        let open = paragraph.next(TARGET_END, at + 1, find)?;
        let is_empty = open == at + 1;
        if !text[open..].starts_with('[') || (name == "image" && is_empty) || text[at + 1..].starts_with(':')
        {
            return None;
        }
        let close = paragraph.bracket(open)?;
        let (target, inner) = (&text[at + 1..open], &text[open + 1..close]);
        let inner = inner.replace("\\]", "]");
        let after = close + 1;
        self.flush(paragraph, start);
        paragraph.run = after;
        let shown = first_text(&inner).trim_end_matches('^');
        let place = (paragraph.joined.offset(start), paragraph.joined.end(after));
        match name {
            "image" => {
                let alternative = image_text(&inner);
                paragraph.rendered.push_str(alternative);
                self.link(LinkKind::Inline, alternative, target, true, place.0, place.1);
            }
            "anchor" => self.recorder.anchor(target, AnchorKind::Explicit, place.0),
            "footnote" | "pass" => paragraph.rendered.push_str(&inner),
            "xref" => {
                paragraph.rendered.push_str(shown);
                let destination = reference_target(target);
                self.link(LinkKind::Inline, shown, &destination, false, place.0, place.1);
            }
            _ => {
                let destination = if name == "link" { target.to_owned() } else { format!("{name}:{target}") };
                let shown = if shown.is_empty() { destination.as_str() } else { shown };
                paragraph.rendered.push_str(shown);
                self.link(LinkKind::Inline, shown, &destination, false, place.0, place.1);
            }
        }
        Some(after)
    }
}

impl Paragraph<'_> {
    /// The first place from `place` on that `find` gives, which must depend on nothing else; no text is searched twice.
    fn next(
        &mut self,
        key: usize,
        place: usize,
        find: impl Fn(&str, usize) -> Option<usize>,
    ) -> Option<usize> {
        if let Some((from, found)) = self.known[key]
            && from <= place
            && found.is_none_or(|found| found >= place)
        {
            return found;
        }
        let found = find(self.text, place);
        self.known[key] = Some((place, found));
        found
    }

    /// What the mark at `at`, single or repeated, quotes: begin and end of the content, and the place after the marks.
    fn quoted(&mut self, at: usize, mark: usize) -> Option<(usize, usize, usize)> {
        let text = self.text;
        let sign = MARKS[mark];
        let most = if sign == '+' { 3 } else { 2 };
        let run = text[at..].chars().take(most).take_while(|one| *one == sign).count();
        let content = at + run;
        let first = text[content..].chars().next()?;
        if run == 1 && (is_space(first) || text[..at].chars().next_back().is_some_and(is_word)) {
            return None;
        }
        let marks = &text[at..content];
        let end = self.next(mark * 3 + run - 1, content + first.len_utf8(), |text, mut place| {
            while let Some(found) = text[place..].find(marks) {
                let end = place + found;
                let before = text[..end].chars().next_back().unwrap_or(' ');
                let next = text[end + run..].chars().next();
                let ends = !is_space(before)
                    && before != sign
                    && !next.is_some_and(|one| is_word(one) || one == sign);
                if run > 1 || ends {
                    return Some(end);
                }
                place = end + 1;
            }
            None
        })?;
        Some((content, end, end + run))
    }

    /// Where the bracket closes that opens at `open`.
    fn bracket(&mut self, open: usize) -> Option<usize> {
        self.next(BRACKET, open + 1, |text, mut place| {
            while let Some(found) = text[place..].find(']') {
                let close = place + found;
                if !text[..close].ends_with('\\') {
                    return Some(close);
                }
                place = close + 1;
            }
            None
        })
    }
}

/// The destination of a reference: an id of the same document, or a document with or without an id.
fn reference_target(target: &str) -> String {
    let is_document = target.contains('#')
        || [".adoc", ".asciidoc", ".asc", ".ad"].iter().any(|extension| target.ends_with(extension));
    if is_document { target.trim_end_matches('#').to_owned() } else { format!("#{target}") }
}
