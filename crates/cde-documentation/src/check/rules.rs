//! The rules of the checks, and which of them a call asks for.

use cde_core::{CoreError, ErrorCode, Result, Severity};
use cde_filesystem::Glob;
use serde::Serialize;

use super::nearest::{Budget, nearest};
use super::options::CheckOptions;
use super::rule_table::RULES;
use crate::hash::Map;

/// What a check looks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Rule {
    /// In kebab case.
    pub name: &'static str,
    /// The group that selects it.
    pub group: &'static str,
    /// The usual severity; a check may lower it where the place calls for it.
    pub severity: Severity,
    /// Whether it is on without being selected by its own name.
    pub default: bool,
    /// One sentence without a full stop.
    pub summary: &'static str,
}

/// Every rule, by group, most severe first, then by name.
pub fn rules() -> &'static [Rule] {
    RULES
}

/// The rules that `name` stands for: itself, or the default rules of a group; none where nothing has the name.
pub(super) fn rules_named(name: &str) -> impl Iterator<Item = &'static Rule> {
    let itself = RULES.iter().any(|rule| rule.name == name);
    RULES.iter().filter(
        move |rule| {
            if itself { rule.name == name } else { rule.group == name && rule.default }
        },
    )
}

/// The rules that a call asks for, with their severities.
#[derive(Debug)]
pub(crate) struct ChosenRules {
    rules: Vec<Rule>,
    /// Globs, each with the rules that are left out where it matches.
    paths: Vec<(Glob, Vec<&'static str>)>,
}

impl ChosenRules {
    /// The rules that `options` select, without those that it ignores.
    ///
    /// Fails with `invalid-argument` for a name that is neither a rule nor a group, with the nearest known one as a hint,
    /// and for a glob that is none.
    pub(crate) fn new(options: &CheckOptions) -> Result<Self> {
        let selected = expand(&options.select)?;
        let ignored = expand(&options.ignore)?;
        let severities = severities(options)?;
        let is_selected = |rule: &Rule| {
            if options.select.is_empty() { rule.default } else { selected.contains(&rule.name) }
        };
        let rules = RULES
            .iter()
            .filter(|rule| is_selected(rule) && !ignored.contains(&rule.name))
            .filter_map(|rule| {
                let severity = severities.get(rule.name).copied().unwrap_or(Some(rule.severity))?;
                Some(Rule { severity, ..*rule })
            })
            .collect();
        let paths = options
            .per_path
            .iter()
            .map(|(glob, names)| Ok((Glob::new(glob)?, expand(names)?)))
            .collect::<Result<_>>()?;
        Ok(Self { rules, paths })
    }

    /// Whether the rule is asked for anywhere.
    pub(super) fn has(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule.name == name)
    }

    /// The rules for the document `path`.
    pub(super) fn at(&self, path: &[u8]) -> RulesHere<'_> {
        let matching = self.paths.iter().filter(|(glob, _)| glob.matches(path));
        RulesHere { chosen: self, left_out: matching.flat_map(|(_, names)| names).copied().collect() }
    }
}

/// The rules that a call asks for in one document.
#[derive(Clone, Debug)]
pub(in crate::check) struct RulesHere<'a> {
    chosen: &'a ChosenRules,
    left_out: Vec<&'static str>,
}

impl RulesHere<'_> {
    /// The rule, if it is asked for.
    pub fn get(&self, name: &str) -> Option<Rule> {
        let rule = self.chosen.rules.iter().find(|rule| rule.name == name)?;
        (self.left_out.is_empty() || !self.left_out.contains(&rule.name)).then_some(*rule)
    }
}

/// The severities that `options` set, `None` for off: first for whole groups, then for single rules.
fn severities(options: &CheckOptions) -> Result<Map<&'static str, Option<Severity>>> {
    let mut severities = Map::default();
    for single in [false, true] {
        for (name, level) in &options.severity {
            let severity = match level.as_str() {
                "error" => Some(Severity::Error),
                "warning" => Some(Severity::Warning),
                "hint" => Some(Severity::Hint),
                // The application refuses any other word than `off`.
                _ => None,
            };
            let named = expand(std::slice::from_ref(name))?;
            if single == RULES.iter().any(|rule| rule.name == name) {
                severities.extend(named.into_iter().map(|rule| (rule, severity)));
            }
        }
    }
    Ok(severities)
}

/// Every name that stands for rules.
pub(super) fn names() -> impl Iterator<Item = &'static [u8]> {
    let mut groups: Vec<&str> = RULES.iter().map(|rule| rule.group).collect();
    groups.sort_unstable();
    groups.dedup();
    RULES.iter().map(|rule| rule.name).chain(groups).map(str::as_bytes)
}

fn expand(names: &[String]) -> Result<Vec<&'static str>> {
    let mut expanded = Vec::new();
    for name in names {
        let before = expanded.len();
        expanded.extend(rules_named(name).map(|rule| rule.name));
        if expanded.len() == before {
            return Err(unknown(name));
        }
    }
    Ok(expanded)
}

fn unknown(name: &str) -> CoreError {
    let mut groups: Vec<&str> = RULES.iter().map(|rule| rule.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let hint = match nearest(name.as_bytes(), names(), &mut Budget::default()) {
        Some(near) => format!("did you mean '{}'?", String::from_utf8_lossy(near)),
        None => format!("groups: {}", groups.join(", ")),
    };
    CoreError::new(ErrorCode::InvalidArgument, format!("unknown rule or group '{name}'")).hint(hint)
}
