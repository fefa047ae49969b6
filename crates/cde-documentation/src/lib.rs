//! Front matter, Markdown, slugs, links and their checks.

pub mod model;
mod options;

pub use options::{DetailLevel, ScanOptions, SlugFlavour};
