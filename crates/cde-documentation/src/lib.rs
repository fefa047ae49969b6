//! Front matter, Markdown, slugs, links and their checks.

mod bare_urls;
mod check;
mod document;
pub mod frontmatter;
mod html;
mod markdown;
mod mdx;
mod metrics;
pub mod model;
mod options;
mod outline;
pub mod packed;
mod scan;
pub mod slug;
mod source;
mod texts;
mod unescape;

pub use check::{CheckOptions, Finding, FindingSummary, Fix, Rule, RuleCount, check, rules};
pub use document::{parse_document, parse_to_json};
pub use markdown::DocumentFormat;
pub use options::{DetailLevel, ScanOptions, SlugFlavour};
pub use outline::outline;
pub use scan::scan;
