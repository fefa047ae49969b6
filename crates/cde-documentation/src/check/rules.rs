//! The rules of the checks, and which of them a call asks for.

use cde_core::{CoreError, ErrorCode, Result, Severity};
use serde::Serialize;

use super::nearest::{Budget, nearest};
use super::options::CheckOptions;
use super::rule_table::RULES;

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

/// The rules that a call asks for.
#[derive(Clone, Debug)]
pub(crate) struct ChosenRules(Vec<&'static Rule>);

impl ChosenRules {
    /// The rules that `options` select, without those that it ignores.
    ///
    /// Fails with `invalid-argument` for a name that is neither a rule nor a group; its hint is the nearest known one.
    pub fn new(options: &CheckOptions) -> Result<Self> {
        let selected = expand(&options.select)?;
        let ignored = expand(&options.ignore)?;
        let is_selected = |rule: &Rule| {
            if options.select.is_empty() { rule.default } else { selected.contains(&rule.name) }
        };
        Ok(Self(RULES.iter().filter(|rule| is_selected(rule) && !ignored.contains(&rule.name)).collect()))
    }

    /// The rule, if it is asked for.
    pub fn get(&self, name: &str) -> Option<&'static Rule> {
        self.0.iter().copied().find(|rule| rule.name == name)
    }
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
    let known = RULES.iter().map(|rule| rule.name).chain(groups.iter().copied());
    let hint = match nearest(name.as_bytes(), known.map(str::as_bytes), &mut Budget::default()) {
        Some(near) => format!("did you mean '{}'?", String::from_utf8_lossy(near)),
        None => format!("groups: {}", groups.join(", ")),
    };
    CoreError::new(ErrorCode::InvalidArgument, format!("unknown rule or group '{name}'")).hint(hint)
}
