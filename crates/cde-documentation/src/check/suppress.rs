//! Comments by which a document turns rules off: `<!-- cde-ignore RULE -->` and `<!-- cde-ignore-file RULE -->`.

use crate::check::rules::rules_named;
use crate::model::Document;

/// The rules that a document turns off, in all of it or on single lines.
///
/// Names are those of rules or groups, separated by commas or spaces; none at all means every rule. `cde-ignore` holds
/// for the line on which the comment starts and for the next one.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    everywhere: Vec<Option<&'static str>>,
    /// By line, sorted.
    lines: Vec<(u32, Option<&'static str>)>,
}

impl Suppressions {
    /// Those of `document`.
    pub fn new(document: &Document) -> Self {
        let mut suppressions = Self::default();
        for directive in document.directives.iter() {
            match directive.name {
                "ignore-file" => suppressions.everywhere.extend(names(directive.arguments)),
                "ignore" => suppressions
                    .lines
                    .extend(names(directive.arguments).into_iter().map(|name| (directive.line, name))),
                _ => {}
            }
        }
        // A hostile document may repeat a comment; what is looked through for each finding stays short.
        suppressions.everywhere.sort_unstable();
        suppressions.everywhere.dedup();
        suppressions.lines.sort_unstable();
        suppressions.lines.dedup();
        suppressions
    }

    /// Whether `rule` is turned off on `line`. O(log n) and the comments on two lines.
    pub fn cover(&self, rule: &str, line: u32) -> bool {
        let is_covered = |name: Option<&str>| name.is_none_or(|name| name == rule);
        let first = self.lines.partition_point(|(start, _)| start.saturating_add(1) < line);
        self.everywhere.iter().copied().any(is_covered)
            || self.lines[first..]
                .iter()
                .take_while(|(start, _)| *start <= line)
                .any(|(_, name)| is_covered(*name))
    }
}

/// The rules that `arguments` name; `None` stands for all.
fn names(arguments: &str) -> Vec<Option<&'static str>> {
    let mut named = Vec::new();
    let mut words = arguments.split([',', ' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        named.push(None);
    }
    for word in words {
        named.extend(rules_named(word).map(|rule| Some(rule.name)));
    }
    named
}
