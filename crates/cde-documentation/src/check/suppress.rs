//! Comments by which a document turns rules off: `<!-- cde-ignore RULE -->` and `<!-- cde-ignore-file RULE -->`.

use crate::check::rules::rules_named;
use crate::hash::Map;
use crate::model::{Directive, Document};

const UNUSED: &str = "unused-directive";

/// The rules that a document turns off, in all of it or on single lines, and which of them were needed.
///
/// Names are those of rules or groups, separated by commas or spaces; none at all means every rule, except that a comment
/// is needless. `cde-ignore` holds for the line on which the comment starts and for the next one.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    /// By the comment's line, 0 for those about the whole document, and the rule, `None` for all.
    needed: Map<(u32, Option<&'static str>), bool>,
}

impl Suppressions {
    /// Those of `document`.
    pub fn new(document: &Document) -> Self {
        let mut suppressions = Self::default();
        for directive in document.directives.iter() {
            if let Some(line) = scope_of(&directive) {
                let named = names(directive.arguments).into_iter();
                suppressions.needed.extend(named.map(|name| ((line, name), false)));
            }
        }
        suppressions
    }

    /// Whether `rule` is turned off on `line`; what turns it off is needed.
    pub fn cover(&mut self, rule: &'static str, line: u32) -> bool {
        let mut covered = false;
        for start in [0, line.saturating_sub(1), line] {
            let everything = (rule != UNUSED).then_some(None);
            for name in std::iter::once(Some(rule)).chain(everything) {
                if let Some(needed) = self.needed.get_mut(&(start, name)) {
                    *needed = true;
                    covered = true;
                }
            }
        }
        covered
    }

    /// Whether a comment on `line` (0: about the whole document) turned `rule` off where it found something.
    pub fn was_needed(&self, line: u32, rule: Option<&'static str>) -> bool {
        self.needed.get(&(line, rule)).copied().unwrap_or_default()
    }
}

/// 0 for a comment about the whole document, its line for one about lines, `None` for another.
pub(super) fn scope_of(directive: &Directive<&str>) -> Option<u32> {
    match directive.name {
        "ignore-file" => Some(0),
        "ignore" => Some(directive.line),
        _ => None,
    }
}

/// The names in `arguments`.
pub(super) fn words_of(arguments: &str) -> impl Iterator<Item = &str> {
    arguments.split([',', ' ', '\t', '\r', '\n']).filter(|word| !word.is_empty())
}

/// The rules that `arguments` name; `None` stands for all.
fn names(arguments: &str) -> Vec<Option<&'static str>> {
    let mut words = words_of(arguments).peekable();
    if words.peek().is_none() {
        return vec![None];
    }
    words.flat_map(|word| rules_named(word).map(|rule| Some(rule.name))).collect()
}
