//! What only the text of a document tells.
//!
//! A check judges records, and a record does not keep the text. So what some rules need of it is noted while the scan
//! has the text at hand: places with all that is to be said about them, and sketches of sections to compare. Which rules
//! are asked for, and which lines turn them off, is decided later with everything else.

mod characters;
mod data_blocks;
mod json_form;
mod page;
mod reversed;
mod sections;
mod sketch;
mod tables;
mod unfinished;

pub(super) use sketch::{Sketch, own_text, shared_permille};

use super::report::Remark;
use super::rules::ChosenRules;
use crate::model::Document;
use crate::source::LineIndex;
use page::Page;

/// The rules that need the text.
const RULES: [&str; 8] = [
    "bidirectional-character",
    "empty-section",
    "invalid-data-block",
    "invisible-character",
    "near-duplicate-section",
    "ragged-table",
    "reversed-link",
    "todo-left",
];

/// Some of [`RULES`], one bit for each.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct TextRules(u8);

impl TextRules {
    /// Those among the chosen rules.
    pub(crate) fn of(chosen: &ChosenRules) -> Self {
        let wanted = RULES.iter().enumerate().filter(|(_, rule)| chosen.has(rule));
        Self(wanted.map(|(number, _)| 1 << number).sum())
    }

    fn has(self, rule: &str) -> bool {
        RULES.iter().position(|known| *known == rule).is_some_and(|number| self.0 & (1 << number) != 0)
    }

    /// Whether there is none.
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What was noted of one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    rules: TextRules,
    remarks: Box<[(&'static str, Remark)]>,
    sketches: Box<[Sketch]>,
}

impl Notes {
    /// Reads `text`, which is that of `document`; `lines` are its lines. Linear in the text.
    pub(crate) fn take(document: &Document, text: &str, lines: &mut LineIndex, rules: TextRules) -> Self {
        if !matches!(document.format, "markdown" | "mdx") {
            return Self { rules, ..Self::default() };
        }
        let mut page = Page::new(document, text, lines);
        let mut remarks = Vec::new();
        if rules.has("bidirectional-character") || rules.has("invisible-character") {
            characters::note(&mut page, &mut remarks);
        }
        if rules.has("ragged-table") {
            tables::note(&page, &mut remarks);
        }
        if rules.has("empty-section") {
            sections::note(&page, &mut remarks);
        }
        if rules.has("invalid-data-block") {
            data_blocks::note(&page, &mut remarks);
        }
        if rules.has("reversed-link") {
            reversed::note(&mut page, &mut remarks);
        }
        if rules.has("todo-left") {
            unfinished::note(&mut page, &mut remarks);
        }
        let sketches = if rules.has("near-duplicate-section") { sketch::sketches(&page) } else { Vec::new() };
        Self { rules, remarks: remarks.into(), sketches: sketches.into() }
    }

    /// Whether everything that `rules` need was looked at.
    pub(crate) fn cover(&self, rules: TextRules) -> bool {
        self.rules.0 & rules.0 == rules.0
    }

    /// What is to be said, with the rule that says it.
    pub(in crate::check) fn remarks(&self) -> &[(&'static str, Remark)] {
        &self.remarks
    }

    /// Of the longer sections.
    pub(in crate::check) fn sketches(&self) -> &[Sketch] {
        &self.sketches
    }
}
