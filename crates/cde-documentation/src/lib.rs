//! Front matter, Markdown, slugs, links and their checks.

mod check;
pub mod frontmatter;
pub mod model;
mod options;
pub mod slug;

pub use check::{CheckOptions, Finding, FindingSummary, Fix, Rule, RuleCount, check, rules};
pub use options::{DetailLevel, ScanOptions, SlugFlavour};
