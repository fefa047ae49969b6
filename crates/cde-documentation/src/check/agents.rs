//! The rules of group `agents`: files that tell coding agents how to work in the repository.

mod commands;
mod manifests;
mod paths;
mod skill;

use cde_filesystem::Tree;

use super::index::TreeIndex;
use super::report::{Remark, Report};
use super::target::{file_name, parent};
use crate::model::Document;
use commands::check_commands;
use manifests::Manifests;
use paths::{Paths, check_paths};
use skill::check_skill;

/// What an agent should be given at once; 32 KiB are also where Codex cuts off what it reads.
const MOST_TOKENS: u64 = 8000;
/// What the specification of skills recommends for the body.
const MOST_SKILL_TOKENS: u64 = 5000;
const MOST_SKILL_LINES: u64 = 500;
/// A rule of thumb for English text and code.
const BYTES_PER_TOKEN: u64 = 4;
/// How far above an item the line is looked for that introduces its list.
const MOST_ITEM_LINES: usize = 30;
const INSTRUCTIONS: &[&[u8]] =
    &[b"AGENTS.md", b"AGENTS.override.md", b"CLAUDE.md", b"CLAUDE.local.md", b"GEMINI.md"];

/// Where a file for agents stands, and whether it speaks of its own folder alone: a skill is written for any repository,
/// so that its paths and commands mean the one that it is used in.
#[derive(Clone, Copy, Debug)]
struct Place<'a> {
    folder: &'a [u8],
    alone: bool,
}

/// What kind of file for agents a document is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Instructions,
    Skill,
}

fn kind_of(path: &[u8]) -> Option<Kind> {
    let (folder, name) = (parent(path), file_name(path));
    if name == b"SKILL.md" {
        return Some(Kind::Skill);
    }
    let below = |wanted: &[u8]| {
        folder.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with(b"/"))
    };
    let is_instructions = INSTRUCTIONS.contains(&name)
        || (name == b"copilot-instructions.md" && below(b".github"))
        || (name.ends_with(b".instructions.md") && below(b".github/instructions"))
        || (name.ends_with(b".md") && below(b".cursor/rules"));
    is_instructions.then_some(Kind::Instructions)
}

/// Judges files for agents over one tree.
#[derive(Debug)]
pub(super) struct AgentFiles<'a> {
    tree: &'a Tree,
    index: &'a TreeIndex<'a>,
    paths: Paths<'a>,
    manifests: Manifests<'a>,
}

impl<'a> AgentFiles<'a> {
    /// Of `tree`, whose entries are in `index`. What is built and tested how is read when the first file needs it.
    pub fn new(tree: &'a Tree, index: &'a TreeIndex<'a>) -> Self {
        Self { tree, index, paths: Paths::new(index), manifests: Manifests::new(tree, index) }
    }

    /// Reports what is wrong with the document `number`, if it is such a file.
    pub fn check(&self, number: usize, report: &mut Report) {
        let document = self.index.documents()[number];
        let Some(kind) = kind_of(document.path.as_bytes()) else { return };
        if !self.index.is_parsed(number) {
            return;
        }
        self.check_length(document, kind, report);
        if kind == Kind::Skill {
            check_skill(self.index, number, report);
        }
        if !report.wants("agent-path-missing") && !report.wants("agent-command-missing") {
            return;
        }
        let Some(content) = self.index.content(number) else { return };
        let Ok(text) = String::from_utf8(content) else { return };
        let lines: Vec<&str> = lines_of(&text);
        let place = Place { folder: parent(document.path.as_bytes()), alone: kind == Kind::Skill };
        check_paths(&self.paths, document, place, &lines, report);
        check_commands(&self.paths, &self.manifests, document, place, &lines, report);
    }

    fn check_length(&self, document: &Document, kind: Kind, report: &mut Report) {
        let front_matter = document.front_matter.as_ref();
        let message = match kind {
            Kind::Instructions => {
                let tokens = document.size / BYTES_PER_TOKEN;
                (tokens > MOST_TOKENS).then(|| {
                    format!("about {tokens} tokens; an agent should be given at most {MOST_TOKENS} at once")
                })
            }
            Kind::Skill => {
                let head = front_matter.map_or(0, |front_matter| u64::from(front_matter.end));
                let tokens = document.size.saturating_sub(head) / BYTES_PER_TOKEN;
                let facts = self.tree.find(document.path.as_bytes()).and_then(|index| self.tree.facts(index));
                let head = front_matter.map_or(0, |front_matter| u64::from(front_matter.line_count));
                let lines = facts.map_or(0, |facts| facts.lines).saturating_sub(head);
                (tokens > MOST_SKILL_TOKENS || lines > MOST_SKILL_LINES).then(|| {
                    format!(
                        "about {tokens} tokens in {lines} lines; a skill should have at most \
                         {MOST_SKILL_TOKENS} in {MOST_SKILL_LINES}"
                    )
                })
            }
        };
        if let Some(message) = message {
            report.add("agent-file-too-long", Remark { line: 1, column: 1, message, ..Remark::default() });
        }
    }
}

/// The lines of `text` as places count them: a line feed, a carriage return or both end one.
fn lines_of(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(end) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
        lines.push(&rest[..end]);
        let both = rest[end..].starts_with("\r\n");
        rest = &rest[end + 1 + usize::from(both)..];
    }
    lines.push(rest);
    lines
}

/// Words around a path that make it one to come, one that is gone, or none in earnest.
const RESERVED: &[&str] = &[
    "add",
    "avoid",
    "create",
    "delete",
    "deprecat",
    "e.g.",
    "example",
    "formerly",
    "generat",
    "if ",
    "instead of",
    "legacy",
    "like",
    "moved",
    "named",
    "never",
    "new ",
    "no longer",
    "not available",
    "not exist",
    "optional",
    "output",
    "place",
    "put ",
    "remove",
    "rename",
    "replace",
    "save",
    "such as",
    "that repo",
    "would",
    "writ",
];

/// Whether line `number` (from 1), or the one that introduces the list in which it is an item, speaks of something that need
/// not exist.
fn is_reserved_at(lines: &[&str], number: u32) -> bool {
    let at = (number as usize).saturating_sub(1);
    let line = lines.get(at).copied().unwrap_or_default();
    if is_reserved(line) {
        return true;
    }
    if !is_item(line) {
        return false;
    }
    let before = lines[..at.min(lines.len())].iter().rev().take(MOST_ITEM_LINES);
    let first =
        before.map(|line| line.trim_matches([' ', '\t'])).find(|line| !line.is_empty() && !is_item(line));
    let is_move = |line: &str| line.to_ascii_lowercase().contains("move ");
    first.is_some_and(|line| line.ends_with(':') && (is_reserved(line) || is_move(line)))
}

/// Whether an item of a list begins on the line.
fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let rest = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    rest.starts_with(if rest.len() == line.len() { &['-', '*', '+'][..] } else { &['.', ')'][..] })
        && rest[1..].starts_with([' ', '\t'])
}

/// Whether the line speaks of something that need not exist.
fn is_reserved(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    RESERVED.iter().any(|word| lower.contains(word))
}
