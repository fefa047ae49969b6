//! Front matter, Markdown, slugs, links and their checks.

pub mod model;
mod options;
pub mod slug;

pub use options::{DetailLevel, ScanOptions, SlugFlavour};
