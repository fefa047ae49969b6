//! What a document's format means for its judgement.

use super::site::Site;
use crate::model::{Link, LinkKind};

/// Whether the format is Markdown, for which all rules are made.
pub(super) fn is_markdown(format: &str) -> bool {
    matches!(format, "markdown" | "mdx")
}

/// What a title of `level` begins with.
pub(super) fn title_mark(format: &str, level: u8) -> String {
    if format == "asciidoc" { "=" } else { "#" }.repeat(level.into())
}

/// Whether the link is judged at all: no footnote, and nothing that has another rule for its absence.
pub(super) fn is_judged(format: &str, link: &Link<&str>) -> bool {
    match link.kind {
        LinkKind::Footnote => false,
        LinkKind::Wiki => format == "restructuredtext",
        LinkKind::Reference | LinkKind::Collapsed if format == "restructuredtext" => {
            !link.target.is_empty() || link.fragment.is_some()
        }
        _ => true,
    }
}

/// Whether a target that is not found may be known to the program that builds the site.
///
/// In reStructuredText it may hold a substitution or a pattern, and Sphinx leaves an address as it is, relative to the page.
/// In AsciiDoc it may hold an attribute, images are looked for in a folder that another document sets, and Antora starts
/// at the folder of its module.
pub(super) fn may_be_elsewhere(format: &str, site: Option<&Site>, link: &Link<&str>) -> bool {
    let builder = site.map(|site| site.builder.name);
    match format {
        "restructuredtext" => {
            let is_address = !link.image && link.kind != LinkKind::Wiki;
            link.target.contains(['|', '*', '{']) || (is_address && builder == Some("sphinx"))
        }
        "asciidoc" => link.image || link.target.contains('{') || builder == Some("antora"),
        _ => false,
    }
}
