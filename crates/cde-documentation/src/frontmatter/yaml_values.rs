//! YAML 1.2 core schema over the events of `granit-parser`.
//!
//! `yes` and `on` are text, dates stay text, a number that JSON cannot hold stays text. Tags other than `!` and `!!str`,
//! which make a scalar text, are ignored, and so is the meaning of a `<<` key, which the core schema does not have.
//! Aliases may not make the data much larger than the block.

use std::borrow::Cow;

use cde_core::Value;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, Tag};

use super::blame::first_bad_line;
use super::block::{BlockError, MAX_DEPTH};
use super::plain_yaml;
use super::values::Duplicates;

mod compose;

use compose::Composer;

const SYNTAX: &str = "the YAML cannot be parsed";
pub(super) const TOO_DEEP: &str = "the YAML is nested deeper than 64 levels";
const _: () = assert!(MAX_DEPTH == 64, "the message names the limit");

/// The value that `content` is; null too where it has no node.
pub(super) fn parse(content: &str, duplicates: &mut Duplicates) -> Result<Value, BlockError> {
    plain_yaml::parse(content, duplicates).map_or_else(|| parse_tokens(content, duplicates), Ok)
}

/// The same, but a node with a tag that is not of the core schema is null: only a program knows what it stands for.
pub(super) fn parse_opaque(content: &str, duplicates: &mut Duplicates) -> Result<Value, BlockError> {
    plain_yaml::parse(content, duplicates).map_or_else(|| compose(content, Composer::opaque(duplicates)), Ok)
}

/// The same for any YAML.
pub(super) fn parse_tokens(content: &str, duplicates: &mut Duplicates) -> Result<Value, BlockError> {
    compose(content, Composer::new(duplicates))
}

fn compose(content: &str, mut composer: Composer<'_>) -> Result<Value, BlockError> {
    let text = if content.contains('\r') {
        Cow::Owned(content.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(content)
    };
    if let Some(line) = first_forbidden_line(&text) {
        return Err(BlockError::new(SYNTAX, line));
    }
    read_events(&text, |event, span| composer.event(event, span)).map_err(|failure| {
        let message = if failure == Failure::TooDeep { TOO_DEEP } else { SYNTAX };
        let accepts = |beginning: &str| read_events(beginning, |_, _| ()).is_ok();
        BlockError::new(message, first_bad_line(&text, begins_entry, accepts))
    })?;
    composer.finish()
}

/// Whether a line that begins so begins a top-level entry in any block that people write.
fn begins_entry(first: char) -> bool {
    !matches!(first, ' ' | '\t' | '\n' | '#' | '-' | ']' | '}' | '\'' | '"' | ',')
}

/// A line with a character that YAML does not allow (YAML 1.2.2, section 5.1), or that begins with what would be read as
/// part of the stream's structure.
fn first_forbidden_line(text: &str) -> Option<u32> {
    let is_printable = |one: char| matches!(one, '\t' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let is_marker = |line: &str| {
        let rest = line.strip_prefix("---").or_else(|| line.strip_prefix("..."));
        rest.is_some_and(|rest| rest.starts_with([' ', '\t'])) || line.starts_with('\u{feff}')
    };
    let line = text.split('\n').position(|line| is_marker(line) || !line.chars().all(is_printable))?;
    u32::try_from(line).ok()
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Failure {
    Syntax,
    TooDeep,
}

/// Gives `each` all events in order, up to the first failure.
fn read_events<'a>(text: &'a str, mut each: impl FnMut(Event<'a>, Span)) -> Result<(), Failure> {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_comments: false,
    };
    let mut depth = 0;
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| match error.kind() {
            ErrorKind::RecursionLimitExceeded => Failure::TooDeep,
            _ => Failure::Syntax,
        })?;
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Failure::TooDeep);
        }
        each(event, span);
    }
    Ok(())
}

/// A scalar's source; the parser writes `~` for one that is absent.
fn source(text: Cow<'_, str>, style: ScalarStyle, span: Span) -> Cow<'_, str> {
    if style == ScalarStyle::Plain && span.is_empty() { Cow::Borrowed("") } else { text }
}

/// Whether a tag says that a scalar is text: `!` and `!!str`.
fn is_text_tag(tag: &Tag) -> bool {
    let (handle, suffix) = tag.parts();
    let full = |wanted: &str| wanted.strip_prefix(handle) == Some(suffix);
    full("!") || full("tag:yaml.org,2002:str")
}

/// Whether a tag is none of the core schema.
fn is_foreign_tag(tag: &Tag) -> bool {
    let (handle, suffix) = tag.parts();
    let is_core = |name: &str| matches!(name, "str" | "int" | "float" | "bool" | "null" | "seq" | "map");
    let full = format!("{handle}{suffix}");
    !(full == "!" || full.strip_prefix("tag:yaml.org,2002:").is_some_and(is_core))
}
