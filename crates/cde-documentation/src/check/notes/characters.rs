//! Characters that nobody sees: they break search and copied commands, or hide text from a reviewer.
//!
//! Controls of the bidirectional algorithm make code read otherwise than it runs (Boucher and Anderson, "Trojan Source",
//! 2021); tag characters and the supplement of variation selectors carry text that only machines read.

use cde_core::Severity;

use super::page::Page;
use crate::check::report::Remark;

/// Notes the first such character of each line and kind.
pub(super) fn note(page: &mut Page<'_>, remarks: &mut Vec<(&'static str, Remark)>) {
    let text = page.text;
    let is_control =
        |byte: &u8| (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r')) || *byte == 0x7f;
    let has_controls = text.as_bytes().iter().any(is_control);
    if text.is_ascii() && !has_controls {
        return;
    }
    let mut right_to_left = None;
    let mut found: Vec<Found> = Vec::new();
    for (position, character) in text.char_indices() {
        if character.is_ascii() && !has_controls {
            continue;
        }
        let Some(kind) = kind_of(character) else { continue };
        let before = text[..position].chars().next_back();
        let after = text[position + character.len_utf8()..].chars().next();
        let is_meant = match kind {
            Kind::Joiner => [before, after].into_iter().flatten().any(is_joined),
            Kind::Mark => *right_to_left.get_or_insert_with(|| text.chars().any(is_right_to_left)),
            Kind::Bidirectional => line_around(text, position).chars().any(is_right_to_left),
            Kind::Tag => follows_flag(text, position),
            Kind::Selector => before.is_some_and(is_ideograph),
            Kind::Control | Kind::Invisible => false,
        };
        if is_meant {
            continue;
        }
        let (line, column) = page.place(position);
        if page.is_front_matter(line) && kind == Kind::Control {
            continue;
        }
        match found.iter_mut().rev().take_while(|one| one.line == line).find(|one| one.kind == kind) {
            Some(one) => one.more += 1,
            None => found.push(Found { line, column, kind, character, more: 0 }),
        }
    }
    remarks.extend(found.iter().map(Found::remark));
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// Of C0, and DELETE.
    Control,
    /// Allows or forbids a break or a ligature; scripts need it between their letters, and so do emoji.
    Joiner,
    /// A direction for what is around it.
    Mark,
    Bidirectional,
    Tag,
    Selector,
    Invisible,
}

struct Found {
    line: u32,
    column: u32,
    kind: Kind,
    character: char,
    more: u32,
}

impl Found {
    fn remark(&self) -> (&'static str, Remark) {
        let rule = match self.kind {
            Kind::Bidirectional => "bidirectional-character",
            _ => "invisible-character",
        };
        let code_point = format!("U+{:04X}", u32::from(self.character));
        let name = match self.character {
            '\u{200b}' => " (zero width space)",
            '\u{200c}' => " (zero width non-joiner)",
            '\u{200d}' => " (zero width joiner)",
            '\u{200e}' => " (left-to-right mark)",
            '\u{200f}' => " (right-to-left mark)",
            '\u{2060}' => " (word joiner)",
            '\u{feff}' => " (byte order mark)",
            _ => match self.kind {
                Kind::Control => " (control character)",
                Kind::Bidirectional => " (changes the direction of text)",
                Kind::Tag => " (tag character)",
                Kind::Selector => " (variation selector)",
                _ => "",
            },
        };
        let more =
            if self.more > 0 { format!(", and {} more on this line", self.more) } else { String::new() };
        let is_minor = matches!(self.kind, Kind::Joiner | Kind::Mark);
        let remark = Remark {
            line: self.line,
            column: self.column,
            message: format!("{code_point}{name}{more}"),
            evidence: code_point,
            severity: is_minor.then_some(Severity::Hint),
            ..Remark::default()
        };
        (rule, remark)
    }
}

fn kind_of(character: char) -> Option<Kind> {
    match character {
        '\t' | '\n' | '\x0c' | '\r' => None,
        '\0'..='\x1f' | '\x7f' => Some(Kind::Control),
        '\u{200b}'..='\u{200d}' | '\u{2060}' => Some(Kind::Joiner),
        '\u{200e}' | '\u{200f}' => Some(Kind::Mark),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Kind::Bidirectional),
        '\u{2061}'..='\u{2064}' | '\u{feff}' => Some(Kind::Invisible),
        '\u{e0000}'..='\u{e007f}' => Some(Kind::Tag),
        '\u{e0100}'..='\u{e01ef}' => Some(Kind::Selector),
        _ => None,
    }
}

/// Letters of scripts that use joiners and have no spaces, and emoji; everything from Arabic on but punctuation.
fn is_joined(character: char) -> bool {
    character >= '\u{600}' && !('\u{2000}'..='\u{206f}').contains(&character) && character != '\u{feff}'
}

fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The line that holds `position`, up to a bound on each side.
fn line_around(text: &str, position: usize) -> &str {
    const REACH: usize = 2000;
    let is_break = |character: char| matches!(character, '\n' | '\r');
    let before = &text[..position];
    let start = before.char_indices().rev().take(REACH).take_while(|(_, one)| !is_break(*one)).last();
    let rest = &text[position..];
    let end = rest.char_indices().take(REACH).find(|(_, one)| is_break(*one));
    let stop = end.map_or_else(
        || rest.char_indices().nth(REACH).map_or(text.len(), |(index, _)| position + index),
        |(index, _)| position + index,
    );
    &text[start.map_or(position, |(index, _)| index)..stop]
}

/// Whether the tags before `position` follow a black flag, so that they name a region's flag.
fn follows_flag(text: &str, position: usize) -> bool {
    const LONGEST: usize = 16;
    let before = text[..position].chars().rev().take(LONGEST);
    before.into_iter().find(|one| kind_of(*one) != Some(Kind::Tag)) == Some('\u{1f3f4}')
}
