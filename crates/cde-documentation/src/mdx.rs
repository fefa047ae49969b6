//! MDX: JavaScript and JSX are blanked before the Markdown parser sees the text, and never run.
//!
//! The same state machine as the Python engine's `mdx` module. It leaves code blocks and code spans alone and replaces,
//! so that every position stays what it was:
//!
//! - blocks of lines that begin, unindented and after a blank line, with `import` or `export`, up to the next blank line;
//! - expressions `{...}` with balanced braces, except `{#id}`, which sets a heading's id;
//! - JSX tags `<Name ...>`, `</Name>`, `<>` and `</>`, whose `href`, `src`, `alt`, `id`, `name` and `title` are read where they
//!   are plain strings.
//!
//! Lines that hold nothing else become blank. Beside text, an expression or a tag becomes a meaningless HTML tag of the
//! same length, since spaces could turn the text after it into indented code. `[text]({x})` keeps its destination. An expression or a tag that never ends stays as it is.
//!
//! MDX knows no indented code, so that fences in an element may be indented as they like: they are moved to the column of
//! the outermost element that was opened in the innermost item of a list, and what that frees stands behind them.

use memchr::{memchr, memmem, memrchr};

use crate::html::{Attributes, join_lines};

/// A blanked opening tag with attributes that matter, in bytes of the text.
#[derive(Debug)]
pub(crate) struct JsxTag {
    /// The name as written.
    pub(crate) name: Box<str>,
    /// Where it begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// What matters of its attributes.
    pub(crate) attributes: Attributes<'static>,
}

/// `text` without JavaScript and JSX; `tags` receives the opening tags with attributes that matter. O(length) but for
/// constructs that never end, each of which is searched to the end of the text once per beginning.
pub(crate) fn blank(text: &str, tags: &mut Vec<JsxTag>) -> String {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        out: text.as_bytes().to_vec(),
        tags,
        found: Vec::new(),
        unclosed: usize::MAX,
        elements: Vec::new(),
        items: Vec::new(),
    };
    reader.run();
    // Whole characters were replaced, each of their bytes by one of ASCII.
    String::from_utf8_lossy(&reader.out).into_owned()
}

/// How many elements are looked through for the one that a tag closes.
const MOST_OPEN: usize = 64;

/// An element that is open.
struct Element<'a> {
    name: &'a str,
    start: usize,
    /// If it begins its line.
    column: Option<usize>,
}

/// The bytes of a fence that is open, and how many at least close it.
type Fence = (u8, usize);

struct Reader<'a, 't> {
    text: &'a str,
    bytes: &'a [u8],
    out: Vec<u8>,
    tags: &'t mut Vec<JsxTag>,
    /// Expressions and tags of the line that is being read.
    found: Vec<(usize, usize)>,
    /// From where on an expression was looked for in vain up to the end of the text.
    unclosed: usize,
    elements: Vec<Element<'a>>,
    /// Items of lists that are open: where their lines begin, and how far they are indented.
    items: Vec<(usize, usize)>,
}

impl Reader<'_, '_> {
    fn run(&mut self) {
        let length = self.bytes.len();
        let mut place = 0;
        let mut fence: Option<Fence> = None;
        let mut column = None;
        let mut after_blank = true;
        let mut in_paragraph = false;
        while place < length {
            let end = self.line_end(place);
            let line = &self.bytes[place..end];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if let Some(open) = fence {
                in_paragraph = false;
                if closes(line, open) {
                    fence = None;
                    let length = line.len();
                    self.move_to(column, place, place + length);
                }
                place = end + 1;
            } else if let Some(opened) = opens(line) {
                fence = Some(opened);
                after_blank = false;
                in_paragraph = false;
                let length = line.len();
                self.leave(place, place + length);
                column = self.column();
                self.move_to(column, place, place + length);
                place = end + 1;
            } else if after_blank && is_module(line) {
                place = self.blank_module(place);
            } else {
                after_blank = line.iter().all(|byte| matches!(byte, b' ' | b'\t'));
                // A line of a paragraph goes on with an item that it is not indented for.
                let is_text = line.get(run(line, b' ')).is_some_and(|byte| *byte != b'<');
                let goes_on = in_paragraph && is_text && !is_item(line);
                if !after_blank && !goes_on {
                    let length = line.len();
                    self.leave(place, place + length);
                }
                in_paragraph = !after_blank;
                place = self.line(place, end);
            }
        }
    }

    /// Where the elements begin that a fence stands in, as far as nothing but elements is around it.
    fn column(&self) -> Option<usize> {
        let item = self.items.last().map_or(0, |(start, _)| *start);
        let first = self.elements.partition_point(|element| element.start < item);
        self.elements.get(first).and_then(|element| element.column)
    }

    /// Closes the items that the line does not belong to, and opens the one that it begins.
    fn leave(&mut self, start: usize, end: usize) {
        let line = &self.bytes[start..end];
        let indent = run(line, b' ');
        while self.items.last().is_some_and(|(_, known)| *known >= indent) {
            self.items.pop();
        }
        if is_item(line) {
            self.items.push((start, indent));
        }
    }

    /// Moves the fence on the line to `column`, if it begins behind it.
    fn move_to(&mut self, column: Option<usize>, start: usize, end: usize) {
        let indent = run(&self.bytes[start..end], b' ');
        let Some(column) = column.filter(|column| *column < indent) else { return };
        if !matches!(self.bytes[start + indent], b'`' | b'~') {
            return;
        }
        let line = &mut self.out[start + column..end];
        line.fill(b' ');
        line[..end - start - indent].copy_from_slice(&self.bytes[start + indent..end]);
    }

    /// Opens or closes the element of `tag`.
    fn note(&mut self, tag: &JsxTag) {
        let bytes = self.bytes;
        let (start, end) = (tag.start, tag.end);
        if bytes[start + 1] == b'/' {
            let name = &self.text[start + 2..start + 2 + tag.name.len()];
            let first = self.elements.len().saturating_sub(MOST_OPEN);
            let known = &self.elements[first..];
            if let Some(open) = known.iter().rposition(|element| element.name.eq_ignore_ascii_case(name)) {
                self.elements.truncate(first + open);
            }
        } else if bytes[end - 2] != b'/' {
            let name = &self.text[start + 1..start + 1 + tag.name.len()];
            let line = memrchr(b'\n', &bytes[..start]).map_or(0, |end| end + 1);
            let begins = bytes[line..start].iter().all(|byte| *byte == b' ');
            self.elements.push(Element { name, start, column: begins.then_some(start - line) });
        }
    }

    fn line_end(&self, place: usize) -> usize {
        let place = place.min(self.bytes.len());
        memchr(b'\n', &self.bytes[place..]).map_or(self.bytes.len(), |found| place + found)
    }

    fn blank(&mut self, start: usize, end: usize) {
        for byte in &mut self.out[start..end] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    fn blank_module(&mut self, mut place: usize) -> usize {
        while place < self.bytes.len() {
            let end = self.line_end(place);
            if self.bytes[place..end].iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r')) {
                break;
            }
            self.blank(place, end);
            place = end + 1;
        }
        place
    }

    /// Makes the construct a tag without meaning, or blank where it is too short for one. What breaks its line at once can
    /// be neither, and stays.
    fn disguise(&mut self, start: usize, end: usize) {
        if matches!(self.out[start + 1], b'\n' | b'\r') {
            return;
        }
        if end - start < 3 {
            self.blank(start, end);
            return;
        }
        for byte in &mut self.out[start..end] {
            if !matches!(byte, b'\t'..=b'\r' | b' ') {
                *byte = b'a';
            }
        }
        self.out[start] = b'<';
        self.out[start + 1] = b'a';
        self.out[end - 1] = b'>';
    }

    /// Reads from `start` to the end of a line, the one at `end` or the one on which what began before ends, and returns
    /// where the next line begins.
    fn line(&mut self, start: usize, end: usize) -> usize {
        self.found.clear();
        let (text, end) = self.read_line(start, end);
        for (from, to) in std::mem::take(&mut self.found) {
            if text {
                self.disguise(from, to);
            } else {
                self.blank(from, to);
            }
        }
        end + 1
    }

    /// Collects the constructs of a line; returns whether there is text beside them, and where the line ends.
    fn read_line(&mut self, start: usize, mut end: usize) -> (bool, usize) {
        let bytes = self.bytes;
        let is_text = |from: usize, to: usize| bytes[from..to].iter().any(|byte| !b" \t\n\r>".contains(byte));
        let mut text = false;
        let mut place = start;
        let mut kept = start;
        loop {
            let special = |byte: &u8| matches!(byte, b'`' | b'{' | b'<' | b'\\');
            let Some(found) = bytes[place..end].iter().position(special) else { break };
            let at = place + found;
            let stop = match bytes[at] {
                // An escaped character may be longer than a byte; none of its other bytes is special.
                b'\\' => {
                    place = (at + 2).min(end);
                    continue;
                }
                b'`' => {
                    place = self.code_end(at);
                    None
                }
                b'{' if bytes.get(at + 1) == Some(&b'#') || bytes[start..at].ends_with(b"](") => None,
                b'{' => self.expression_end(at),
                _ => self.tag(at).map(|tag| {
                    let stop = tag.end;
                    self.note(&tag);
                    if !tag.attributes.is_empty() {
                        self.tags.push(tag);
                    }
                    stop
                }),
            };
            if let Some(stop) = stop {
                text |= is_text(kept, at);
                self.found.push((at, stop));
                kept = stop;
                place = stop;
            } else {
                place = place.max(at + 1);
            }
            if place > end {
                end = self.line_end(place);
            }
        }
        (text || is_text(kept, end), end)
    }

    /// The end of the code span whose backticks begin at `at`, or of the backticks where it is none.
    fn code_end(&self, at: usize) -> usize {
        let after = at + run(&self.bytes[at..], b'`');
        let mut place = after;
        let mut line_feed = false;
        while let Some(&byte) = self.bytes.get(place) {
            match byte {
                b'`' => {
                    let length = run(&self.bytes[place..], b'`');
                    if length == after - at {
                        return place + length;
                    }
                    place += length;
                    line_feed = false;
                }
                b'\n' if line_feed => return after,
                _ => {
                    line_feed = byte == b'\n' || (line_feed && byte == b'\r');
                    place += 1;
                }
            }
        }
        after
    }

    /// The place after the brace that closes the one at `at`; strings and comments do not count.
    fn expression_end(&mut self, at: usize) -> Option<usize> {
        if at >= self.unclosed {
            return None;
        }
        let found = expression_end(self.bytes, at);
        if found.is_none() {
            self.unclosed = at;
        }
        found
    }

    /// The JSX tag at `at`.
    fn tag(&mut self, at: usize) -> Option<JsxTag> {
        let bytes = self.bytes;
        let opening = bytes.get(at + 1) != Some(&b'/');
        let name_start = at + 1 + usize::from(!opening);
        let mut place = name_start;
        if bytes.get(place).is_some_and(|byte| is_name_start(*byte)) {
            place += bytes[place..].iter().take_while(|byte| is_name(**byte)).count();
        }
        if !matches!(bytes.get(place)?, b'\t'..=b'\r' | b' ' | b'>' | b'/' | b'{') {
            return None;
        }
        let name = self.text[name_start..place].into();
        let mut attributes = Attributes::default();
        loop {
            match *bytes.get(place)? {
                b'>' => {
                    let attributes = if opening { attributes } else { Attributes::default() };
                    return Some(JsxTag { name, start: at, end: place + 1, attributes });
                }
                b'{' => place = self.expression_end(place)?,
                b'\t'..=b'\r' | b' ' | b'/' => place += 1,
                byte if is_name_start(byte) => {
                    let end = place + bytes[place..].iter().take_while(|byte| is_name(**byte)).count();
                    let key = &bytes[place..end];
                    place = end;
                    let equals = skip_space(bytes, end);
                    if bytes.get(equals) != Some(&b'=') {
                        continue;
                    }
                    let value = skip_space(bytes, equals + 1);
                    match *bytes.get(value)? {
                        quote @ (b'"' | b'\'') => {
                            let close = value + 1 + memchr(quote, &bytes[value + 1..])?;
                            let text = join_lines(&self.text[value + 1..close]).into_owned();
                            attributes.add(key, text.into());
                            place = close + 1;
                        }
                        b'{' => place = self.expression_end(value)?,
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
    }
}

fn run(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().take_while(|byte| **byte == wanted).count()
}

fn skip_space(bytes: &[u8], place: usize) -> usize {
    place + bytes[place..].iter().take_while(|byte| matches!(byte, b'\t'..=b'\r' | b' ')).count()
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$')
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_$.:-".contains(&byte)
}

fn is_module(line: &[u8]) -> bool {
    let rest = line.strip_prefix(b"import").or_else(|| line.strip_prefix(b"export"));
    rest.is_some_and(|rest| rest.first().is_none_or(|byte| b" \t{*\"'(".contains(byte)))
}

/// Whether a line begins with the mark of an item.
fn is_item(line: &[u8]) -> bool {
    let start = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
    let digits = line[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let marker = match line.get(start + digits) {
        Some(b'.' | b')') => (1..=9).contains(&digits),
        Some(b'-' | b'+' | b'*') => digits == 0,
        _ => false,
    };
    marker && matches!(line.get(start + digits + 1), Some(b' ' | b'\t'))
}

/// The fence that opens on `line`, after the marks of containers.
fn opens(line: &[u8]) -> Option<Fence> {
    let mut place = 0;
    let mut in_quotes = true;
    loop {
        let prefix: &[u8] = if in_quotes { b" \t>" } else { b" \t" };
        place += line[place..].iter().take_while(|byte| prefix.contains(byte)).count();
        in_quotes = false;
        let marker = match line.get(place)? {
            b'-' | b'+' | b'*' => 1,
            b'0'..=b'9' => {
                let digits = line[place..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if digits > 9 || !matches!(line.get(place + digits), Some(b'.' | b')')) {
                    return None;
                }
                digits + 1
            }
            _ => break,
        };
        if !matches!(line.get(place + marker), Some(b' ' | b'\t')) {
            return None;
        }
        place += marker;
    }
    let mark = line[place];
    let length = run(&line[place..], mark);
    let opened =
        length >= 3 && (mark == b'~' || mark == b'`' && memchr(b'`', &line[place + length..]).is_none());
    opened.then_some((mark, length))
}

fn closes(line: &[u8], (mark, length): Fence) -> bool {
    let start = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
    let end = line.len() - line.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    start < end && end - start >= length && line[start..end].iter().all(|byte| *byte == mark)
}

/// The place after the string literal whose quote is at `at`; one between quotes other than backticks ends with its line.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = bytes[at];
    let mut place = at + 1;
    while let Some(&byte) = bytes.get(place) {
        match byte {
            b'\\' => place += 2,
            b'\n' if quote != b'`' => return None,
            _ if byte == quote => return Some(place + 1),
            _ => place += 1,
        }
    }
    None
}

fn expression_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut place = at;
    loop {
        let special = |byte: &u8| matches!(byte, b'{' | b'}' | b'"' | b'\'' | b'`' | b'/');
        place += bytes[place.min(bytes.len())..].iter().position(special)?;
        match bytes[place] {
            b'{' => {
                depth += 1;
                place += 1;
            }
            b'}' => {
                depth -= 1;
                place += 1;
                if depth == 0 {
                    return Some(place);
                }
            }
            b'/' if bytes.get(place + 1) == Some(&b'*') => {
                place += 2 + memmem::find(&bytes[place + 2..], b"*/")? + 2;
            }
            b'/' if bytes.get(place + 1) == Some(&b'/') && bytes[place - 1] != b':' => {
                place += memchr(b'\n', &bytes[place..])?;
            }
            b'/' => place += 1,
            // An apostrophe in the text of a nested element is no quote.
            _ => place = string_end(bytes, place).unwrap_or(place + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_is_blanked_in_place() {
        let mut tags = Vec::new();
        let text = "import a from 'é'\nexport b\n\n# {c} `{d}` <E f={{g: '}'}} href=\"h\n  i\">j</E> {#k}\n\n```\n{l}\n```\n{m";
        let blanked = blank(text, &mut tags);
        let shown: Vec<&str> = blanked.split('\n').map(str::trim_end).collect();
        assert_eq!(shown[..3], ["", "", ""]);
        assert_eq!(shown[3], "# <a> `{d}` <a aaaaaa aaaaa aaaaaaa");
        assert_eq!(shown[4], "  aa>j<aa> {#k}");
        assert_eq!(shown[5..], ["", "```", "{l}", "```", "{m"]);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(tags.len(), 1);
        assert_eq!(tags[0].attributes.get("href"), Some("h i"));
    }
}
