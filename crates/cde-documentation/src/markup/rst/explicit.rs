//! Explicit markup: targets, footnotes, substitutions, directives and comments, which begin with two dots.

use super::Rst;
use super::phrases::{is_reference, reference_name, unescaped};
use super::starts;
use crate::markup::lines::is_blank;
use crate::source::offset;

impl Rst<'_, '_> {
    /// The explicit markup that begins at `at` on `line`, if there is any; gives the line after it, or after its head.
    pub(super) fn explicit(&mut self, line: usize, at: u32, indent: u32) -> Option<usize> {
        let rest = self.slice(at, self.lines[line].end);
        if let Some(written) = rest.strip_prefix("__")
            && (written.is_empty() || written.starts_with(is_blank))
        {
            let (destination, next) = self.destination(line, written, indent);
            self.anonymous(&destination);
            return Some(next);
        }
        if !starts::is_explicit(rest) {
            return None;
        }
        let body = rest[2..].trim_start_matches(is_blank);
        let body_at = at + offset(rest.len() - body.len());
        let found = match body.as_bytes().first() {
            None if self.is_blank(line + 1) => Some(line + 1),
            Some(b'[') => self.footnote(line, body, body_at, indent),
            Some(b'_') => self.target(line, &body[1..], at, indent),
            Some(b'|') => self.substitution(line, body, at, body_at, indent),
            _ => self.named_directive(line, body, at, body_at, indent, false),
        };
        Some(found.unwrap_or_else(|| {
            self.recorder.comment(body, at);
            self.end_of_indented(line + 1, indent)
        }))
    }

    /// What stands after a target's colon, and the line after it.
    fn destination(&self, line: usize, first: &str, indent: u32) -> (String, usize) {
        let mut parts = vec![first];
        let mut next = line + 1;
        while !self.is_blank(next) && self.lines[next].indent > indent {
            parts.push(self.content(next));
            next += 1;
        }
        // What names another target keeps the spaces of the name.
        let joined = parts.join(" ");
        let joined = joined.trim_matches(is_blank);
        if is_reference(joined) {
            return (joined.to_owned(), next);
        }
        (joined.split(is_blank).collect(), next)
    }

    fn anonymous(&mut self, destination: &str) {
        match reference_name(destination) {
            Some(name) => self.names.anonymous(&name, true),
            None => self.names.anonymous(&unescaped(destination), false),
        }
    }

    /// `name: destination` after the underscore.
    fn target(&mut self, line: usize, body: &str, at: u32, indent: u32) -> Option<usize> {
        if let Some(written) = body.strip_prefix("_:")
            && (written.is_empty() || written.starts_with(is_blank))
        {
            let (destination, next) = self.destination(line, written, indent);
            self.anonymous(&destination);
            return Some(next);
        }
        let (name, written) = target_name(body)?;
        let name = unescaped(name);
        let (destination, next) = self.destination(line, written, indent);
        if destination.is_empty() {
            self.names.internal(&mut self.recorder, &name, at);
        } else {
            match reference_name(&destination) {
                Some(other) => self.names.external(&mut self.recorder, &name, &other, true, at),
                None => self.names.external(&mut self.recorder, &name, &unescaped(&destination), false, at),
            }
        }
        Some(next)
    }

    /// `[label] text`.
    fn footnote(&mut self, line: usize, body: &str, at: u32, indent: u32) -> Option<usize> {
        let close = body.find(']')?;
        let label = &body[1..close];
        let rest = &body[close + 1..];
        if !is_footnote_label(label) || !(rest.is_empty() || rest.starts_with(is_blank)) {
            return None;
        }
        self.names.interrupt();
        self.names.footnote(&mut self.recorder, label, at);
        let text = rest.trim_start_matches(is_blank);
        if text.is_empty() {
            return Some(line + 1);
        }
        Some(self.paragraph(line, at + offset(body.len() - text.len()), indent, true))
    }

    /// `|name| directive:: arguments`.
    fn substitution(&mut self, line: usize, body: &str, at: u32, body_at: u32, indent: u32) -> Option<usize> {
        let close = body[1..].find('|')? + 1;
        let directive = body[close + 1..].trim_start_matches(is_blank);
        let directive_at = body_at + offset(body.len() - directive.len());
        self.named_directive(line, directive, at, directive_at, indent, true)
    }

    fn named_directive(
        &mut self,
        line: usize,
        body: &str,
        at: u32,
        body_at: u32,
        indent: u32,
        substitutes: bool,
    ) -> Option<usize> {
        let length = starts::simple_name(body);
        let rest = &body[length..];
        let after = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix("::")?;
        if length == 0 || !(after.is_empty() || after.starts_with(is_blank)) {
            return None;
        }
        let arguments = after.trim_start_matches(is_blank);
        let arguments_at = body_at + offset(body.len() - arguments.len());
        self.names.interrupt();
        let name = body[..length].to_ascii_lowercase();
        Some(if substitutes {
            if name == "image" {
                self.image(line, at, arguments_at, indent);
            }
            self.end_of_indented(line + 1, indent)
        } else {
            self.directive(line, &name, at, arguments_at, indent)
        })
    }
}

/// A target's name, as written, and what follows its colon.
fn target_name(body: &str) -> Option<(&str, &str)> {
    let bytes = body.as_bytes();
    let quoted = bytes.first() == Some(&b'`');
    let mut place = usize::from(quoted);
    while let Some(&byte) = bytes.get(place) {
        if byte == b'\\' {
            place += 1;
        } else if quoted && byte == b'`' {
            let rest = body[place + 1..].strip_prefix(':')?;
            let is_end = place > 1 && (rest.is_empty() || rest.starts_with(is_blank));
            return is_end.then_some((&body[1..place], rest));
        } else if !quoted
            && byte == b':'
            && matches!(bytes.get(place + 1), None | Some(b' ' | b'\t' | 0x0b | 0x0c))
        {
            let is_name = place > 0 && !body.starts_with(is_blank);
            return is_name.then_some((&body[..place], &body[place + 1..]));
        }
        place += 1;
    }
    None
}

/// Whether a label in brackets is that of a footnote or citation.
pub(super) fn is_footnote_label(label: &str) -> bool {
    let name = label.strip_prefix('#').unwrap_or(label);
    matches!(label, "#" | "*") || (!name.is_empty() && starts::simple_name(name) == name.len())
}
