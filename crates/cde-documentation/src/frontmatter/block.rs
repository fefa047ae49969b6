//! Where a front matter block begins and ends, and what can be said about it before its format is parsed.

use std::borrow::Cow;

/// A longer block is not parsed.
pub(super) const MAX_BYTES: usize = 256 * 1024;
/// Collections inside each other; a block with more is an error.
pub(super) const MAX_DEPTH: usize = 64;

/// How a block is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    Yaml,
    Toml,
    Json,
}

impl Format {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Toml => "toml",
            Self::Json => "json",
        }
    }
}

/// The block cannot be read. `line` counts from 0 at its `first_line`, `column` from 1 in code points.
#[derive(Debug)]
pub(super) struct BlockError {
    pub(super) message: Cow<'static, str>,
    pub(super) line: u32,
    pub(super) column: Option<u32>,
}

impl BlockError {
    pub(super) fn new(message: impl Into<Cow<'static, str>>, line: u32) -> Self {
        Self { message: message.into(), line, column: None }
    }
}

/// A block. `content` is what stands between the fences; `end` is the byte at which the body begins.
///
/// `first_line` is the document's line on which the content begins. `error` is set where a fence is missing.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) format: Format,
    pub(super) content: &'a str,
    pub(super) first_line: u32,
    pub(super) line_count: u32,
    pub(super) end: usize,
    pub(super) error: Option<&'static str>,
}

/// The block at the very start of a document. Linear in the text up to the block's end.
pub(super) fn find_block(text: &str) -> Option<Block<'_>> {
    if text.starts_with("---") {
        fenced(text, Format::Yaml).or_else(|| unclosed(text, Format::Yaml))
    } else if text.starts_with("+++") {
        fenced(text, Format::Toml).or_else(|| unclosed(text, Format::Toml))
    } else if text.starts_with('{') {
        json_object(text)
    } else {
        None
    }
}

/// The line that begins at `start` without its break, and where the next one begins.
fn line_at(text: &str, start: usize) -> (&str, usize) {
    let rest = &text[start..];
    match memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
        None => (rest, text.len()),
        Some(length) => {
            let break_length = if rest[length..].starts_with("\r\n") { 2 } else { 1 };
            (&rest[..length], start + length + break_length)
        }
    }
}

/// Line breaks in `text`.
pub(super) fn count_breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let breaks = (0..bytes.len()).filter(|&index| match bytes[index] {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    });
    u32::try_from(breaks.count()).unwrap_or(u32::MAX)
}

/// Lines that `text` has begun, where it ends with a line break or the document ends with it.
fn count_lines(text: &str) -> u32 {
    count_breaks(text) + u32::from(!text.ends_with(['\n', '\r']))
}

fn without_blanks(line: &str) -> &str {
    line.trim_end_matches([' ', '\t'])
}

fn opening(text: &str) -> Option<usize> {
    let (line, start) = line_at(text, 0);
    (without_blanks(line).len() == 3 && line.len() < start).then_some(start)
}

fn fenced(text: &str, format: Format) -> Option<Block<'_>> {
    let start = opening(text)?;
    let mut position = start;
    let mut line_count = 1;
    while position < text.len() {
        let (line, next) = line_at(text, position);
        line_count += 1;
        let fence = without_blanks(line);
        if fence == &text[..3] || (format == Format::Yaml && fence == "...") {
            let content = &text[start..position];
            return Some(Block { format, content, first_line: 2, line_count, end: next, error: None });
        }
        position = next;
    }
    None
}

/// A block without closing fence, where its author clearly meant one; else the fence is a thematic break or text.
///
/// The lines up to the first blank one must begin with a key and all read as keys, as belonging to a key, or as
/// comments; in YAML, where one key could be prose (`Note: ...`), there must be two. The block ends there.
fn unclosed(text: &str, format: Format) -> Option<Block<'_>> {
    let start = opening(text)?;
    let (needed, error) = match format {
        Format::Toml => (1, "the front matter is not closed by +++"),
        _ => (2, "the front matter is not closed by ---"),
    };
    let (first, _) = line_at(text, start);
    let begins_table = format == Format::Toml && first.starts_with('[');
    if !is_key(first, format) && !begins_table {
        return None;
    }
    let mut position = start;
    let mut keys = 0;
    while position < text.len() {
        let (line, next) = line_at(text, position);
        if without_blanks(line).is_empty() {
            break;
        }
        if is_key(line, format) {
            keys += 1;
        } else if !belongs_to_key(line, format) {
            return None;
        }
        position = next;
    }
    (keys >= needed).then(|| missing_fence(text, format, position, error))
}

fn missing_fence<'a>(text: &'a str, format: Format, end: usize, error: &'static str) -> Block<'a> {
    Block {
        format,
        content: "",
        first_line: 1,
        line_count: count_lines(&text[..end]),
        end,
        error: Some(error),
    }
}

fn is_key(line: &str, format: Format) -> bool {
    let rest = line.trim_start_matches(|one: char| one.is_ascii_alphanumeric() || one == '_' || one == '-');
    if format == Format::Toml {
        return rest.len() < line.len() && without_leading_blanks(rest).starts_with('=');
    }
    line.starts_with(|one: char| one.is_ascii_alphabetic() || one == '_')
        && rest.strip_prefix(':').is_some_and(ends_or_has_blank)
}

fn belongs_to_key(line: &str, format: Format) -> bool {
    let is_entry = match format {
        Format::Toml => line.starts_with('['),
        _ => line.strip_prefix('-').is_some_and(ends_or_has_blank),
    };
    is_entry || line.starts_with([' ', '\t', '#'])
}

fn without_leading_blanks(line: &str) -> &str {
    line.trim_start_matches([' ', '\t'])
}

fn ends_or_has_blank(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t'])
}

/// An object whose first key is in quotes, up to the brace that closes it at the end of a line.
fn json_object(text: &str) -> Option<Block<'_>> {
    let inside = skip_space(text, 1);
    if !text[inside..].starts_with('}') {
        let after_key = skip_space(text, json_string_end(text, inside)?);
        if !text[after_key..].starts_with(':') {
            return None;
        }
    }
    let mut depth = 0;
    let mut position = 0;
    while let Some(found) = text[position..].find(['{', '}', '"']) {
        let mark = position + found;
        position = mark + 1;
        match text.as_bytes()[mark] {
            b'"' => match json_string_end(text, mark) {
                Some(end) => position = end,
                None => break,
            },
            b'{' => depth += 1,
            _ if depth > 1 => depth -= 1,
            _ => {
                let (rest, end) = line_at(text, position);
                let line_count = count_lines(&text[..end]);
                let content = &text[..position];
                return without_blanks(rest).is_empty().then_some(Block {
                    format: Format::Json,
                    content,
                    first_line: 1,
                    line_count,
                    end,
                    error: None,
                });
            }
        }
    }
    let mut end = 0;
    while end < text.len() {
        let (line, next) = line_at(text, end);
        if without_blanks(line).is_empty() {
            break;
        }
        end = next;
    }
    Some(missing_fence(text, Format::Json, end, "the front matter is not closed by }"))
}

fn skip_space(text: &str, position: usize) -> usize {
    text.len() - text[position..].trim_start_matches([' ', '\t', '\r', '\n']).len()
}

/// Where the string in quotes that begins at `position` ends; a line break ends none.
fn json_string_end(text: &str, position: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(position) != Some(&b'"') {
        return None;
    }
    let mut index = position + 1;
    loop {
        match bytes.get(index)? {
            b'"' => return Some(index + 1),
            b'\n' | b'\r' => return None,
            b'\\' if matches!(bytes.get(index + 1), None | Some(b'\n' | b'\r')) => return None,
            b'\\' => index += 2,
            _ => index += 1,
        }
    }
}
