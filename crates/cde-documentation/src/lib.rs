//! Front matter, Markdown, slugs, links and their checks.
//!
//! [`scan`] reads every document of a walked tree once and in parallel, and yields one record each: headings with their
//! sections and slugs, links with their places, definitions, anchors, code, tables, directives and measures. [`check`]
//! judges a scan without reading anything again. [`outline`] answers about the sections of one document.
//!
//! The records are those of `cde_orchestrator.domain.documents`, and the Python engine gives the same bytes; the parser
//! underneath is `pulldown-cmark`, and what it leaves open is decided in the private module `markdown`.
//!
//! ```
//! use cde_documentation::{DocumentFormat, ScanOptions, parse_document};
//!
//! let text = "# Guide\n\nRead [the *next*](next.md#use).\n";
//! let document = parse_document(text, DocumentFormat::Markdown, &ScanOptions::default())?;
//! assert_eq!(document.title.as_deref(), Some("Guide"));
//! let link = document.links.iter().next().unwrap();
//! assert_eq!((link.text, link.target, link.fragment), ("the next", "next.md", Some("use")));
//! assert_eq!((link.line, link.column), (3, 6));
//! # Ok::<(), cde_core::CoreError>(())
//! ```

mod bare_urls;
mod check;
mod document;
mod format;
pub mod frontmatter;
mod hash;
mod html;
mod markdown;
mod markup;
mod mdx;
mod metrics;
pub mod model;
mod notebook;
mod options;
mod outline;
pub mod packed;
mod scan;
pub mod slug;
mod source;
mod sphinx;
mod texts;
mod unescape;

pub use check::{
    CheckOptions, Deduction, Finding, FindingSummary, Fix, GraphOptions, LinkGraphSummary, LinkNode, Rule,
    RuleCount, SiteSummary, check, link_graph, rules,
};
pub use document::{parse_document, parse_to_json};
pub use format::DocumentFormat;
pub use options::{DetailLevel, ScanOptions, SlugFlavour};
pub use outline::outline;
pub use scan::scan;
