//! The rules of group `structure` about the comments by which a document turns rules off.

use super::nearest::{Budget, nearest};
use super::origin::shown;
use super::report::{Remark, Report};
use super::rule_table::RULES;
use super::rules::{names, rules_named};
use super::suppress::{scope_of, words_of};
use crate::hash::Set;
use crate::model::{Directive, Document};

const COMMANDS: [&[u8]; 2] = [b"ignore", b"ignore-file"];
const OWN: &str = "unused-directive";
/// Judged when this is over, or above the engine, so that it is not known whether a comment about them is needed.
const LATER: [&str; 4] = ["missing-from-navigation", "orphan", "schema-violation", OWN];
/// Of the words of one comment that are no names; beyond, it is prose.
const MOST_WORDS: usize = 3;

/// Reports comments that name what does not exist, and those that no finding needed; to be called last.
///
/// Linear in the words of the comments.
pub(super) fn check_directives(document: &Document, report: &mut Report, budget: &mut Budget) {
    for directive in document.directives.iter() {
        if scope_of(&directive).is_none() {
            check_command(&directive, report, budget);
        } else {
            check_names(&directive, report, budget);
        }
    }
    // A comment may be needed for what was just said of another.
    if report.wants(OWN) {
        for directive in document.directives.iter() {
            if let Some(line) = scope_of(&directive) {
                check_need(&directive, line, report);
            }
        }
    }
}

fn check_command(directive: &Directive<&str>, report: &mut Report, budget: &mut Budget) {
    let near = nearest(directive.name.as_bytes(), COMMANDS.into_iter(), budget);
    if near.is_none() && !directive.name.starts_with("ignore") {
        return;
    }
    let name = shown(directive.name.as_bytes());
    let message = format!("no command 'cde-{name}'; there are cde-ignore and cde-ignore-file");
    let suggestion = near.map(|near| format!("cde-{}", String::from_utf8_lossy(near)));
    report.add("unknown-directive", Remark { suggestion, ..remark(directive, message) });
}

fn check_names(directive: &Directive<&str>, report: &mut Report, budget: &mut Budget) {
    let unknown = words_of(directive.arguments).filter(|word| rules_named(word).next().is_none());
    for word in unknown.take(MOST_WORDS) {
        let near = nearest(word.as_bytes(), names(), budget);
        let suggestion = near.map(|near| String::from_utf8_lossy(near).into_owned());
        let message = format!("'{}' is neither a rule nor a group", shown(word.as_bytes()));
        report.add("unknown-directive", Remark { suggestion, ..remark(directive, message) });
    }
}

fn check_need(directive: &Directive<&str>, line: u32, report: &mut Report) {
    let place = if line == 0 { "in the document" } else { "here" };
    let mut words = words_of(directive.arguments).peekable();
    if words.peek().is_none() {
        let every = RULES.iter().filter(|rule| rule.default).all(|rule| report.wants(rule.name));
        // On the first line stands what is found out about the document as a whole.
        if every && line > 1 && !report.was_needed(line, None) {
            report.add(OWN, remark(directive, format!("nothing to turn off {place}")));
        }
        return;
    }
    let mut seen = Set::default();
    for word in words {
        let mut named = rules_named(word).map(|rule| rule.name).peekable();
        if named.peek().is_none() || seen.contains(word) {
            continue;
        }
        let named: Vec<&'static str> = named.collect();
        if named.iter().any(|rule| LATER.contains(rule)) || !named.iter().all(|rule| report.wants(rule)) {
            continue;
        }
        seen.insert(word);
        if !named.iter().any(|rule| report.was_needed(line, Some(rule))) {
            report.add(OWN, remark(directive, format!("no finding of '{word}' to turn off {place}")));
        }
    }
}

fn remark(directive: &Directive<&str>, message: String) -> Remark {
    let space = if directive.arguments.is_empty() { "" } else { " " };
    let evidence = format!("cde-{}{space}{}", directive.name, shown(directive.arguments.as_bytes()));
    Remark { line: directive.line, column: 1, message, evidence, ..Remark::default() }
}
