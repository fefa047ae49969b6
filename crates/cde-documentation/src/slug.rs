//! Slugs: the fragment by which a heading is linked to, as the site that shows the document makes it.
//!
//! Which code points a flavour keeps and how they are lower-cased is frozen in a table (`data/slug-code-points.txt`),
//! so that slugs do not change with the Unicode version of the compiler. Sources of the rules: github-slugger 2
//! (GitHub, Docusaurus), GitLab's `Gitlab::Utils::Markdown`, Python-Markdown's `toc` (MkDocs), Hugo's
//! `goldmark/autoid.go`, mdBook 0.5's `id_from_content`.
//!
//! ```
//! use cde_documentation::SlugFlavour;
//! use cde_documentation::slug::{Slugger, slugify};
//!
//! let mut slugger = Slugger::new(SlugFlavour::Github);
//! assert_eq!(slugger.next("What's new?"), "whats-new");
//! assert_eq!(slugger.next("What's new?"), "whats-new-1");
//! assert_eq!(slugify(SlugFlavour::Mkdocs, "Čeština & more"), "cestina-more");
//! ```

mod code_points;
pub(crate) mod docutils;
mod table;
mod unique;

use std::str::FromStr;

use cde_core::{CoreError, ErrorCode};

use self::code_points::{Tables, tables};
use crate::SlugFlavour;

pub use self::unique::Slugger;

impl FromStr for SlugFlavour {
    type Err = CoreError;

    fn from_str(name: &str) -> Result<Self, CoreError> {
        Ok(match name {
            "github" => Self::Github,
            "gitlab" => Self::Gitlab,
            "mkdocs" => Self::Mkdocs,
            "docusaurus" => Self::Docusaurus,
            "hugo" => Self::Hugo,
            "mdbook" => Self::Mdbook,
            _ => {
                return Err(CoreError::new(
                    ErrorCode::InvalidArgument,
                    format!("no slug flavour is called {name:?}"),
                )
                .hint("use github, gitlab, mkdocs, docusaurus, hugo or mdbook"));
            }
        })
    }
}

/// The slug of a heading's text, not yet unique. O(length).
///
/// `text` is the rendered text; for Hugo, whose rule works on the source, it is the heading's line without the marks.
pub fn slugify(flavour: SlugFlavour, text: &str) -> String {
    let tables = tables();
    match flavour {
        SlugFlavour::Github | SlugFlavour::Docusaurus => github(tables, text),
        SlugFlavour::Gitlab => gitlab(tables, text),
        SlugFlavour::Mkdocs => mkdocs(tables, text),
        SlugFlavour::Hugo => hugo(tables, text),
        SlugFlavour::Mdbook => mdbook(tables, text),
    }
}

fn github(tables: &Tables, text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    tables.lower(text, |one| {
        if one == ' ' {
            slug.push('-');
        } else if tables.github_kept.contains(one) {
            slug.push(one);
        }
    });
    slug
}

fn gitlab(tables: &Tables, text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let text = text.trim_matches(['\0', '\t', '\n', '\u{b}', '\u{c}', '\r', ' ']);
    for one in text.chars() {
        tables.lower_one(one, |one| {
            if one == ' ' || one == '-' {
                if !slug.ends_with('-') {
                    slug.push('-');
                }
            } else if tables.gitlab_kept.contains(one) {
                slug.push(one);
            }
        });
    }
    // GitLab reads #123 as an issue.
    if !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("anchor-{slug}")
    } else {
        slug
    }
}

fn mkdocs(tables: &Tables, text: &str) -> String {
    // Python's str.strip() and \s also know the four ASCII separators.
    let is_space =
        |one: char| one == ' ' || ('\t'..='\r').contains(&one) || ('\u{1c}'..='\u{1f}').contains(&one);
    let mut kept = String::with_capacity(text.len());
    for one in text.chars() {
        if one.is_ascii_alphanumeric() || one == '_' || one == '-' || is_space(one) {
            kept.push(one.to_ascii_lowercase());
        } else if !one.is_ascii() {
            kept.extend(tables.ascii_form(one).chars().map(|one| if one == '+' { ' ' } else { one }));
        }
    }
    let mut slug = String::with_capacity(kept.len());
    for one in kept.trim_matches(is_space).chars() {
        if one != '-' && !is_space(one) {
            slug.push(one);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug
}

fn hugo(tables: &Tables, text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for one in text.chars() {
        if matches!(one, '-' | ' ' | '\t') {
            slug.push('-');
        } else if tables.hugo_kept.contains(one) {
            slug.push(tables.simple_lower(one));
        }
    }
    if slug.is_empty() { "heading".to_owned() } else { slug }
}

fn mdbook(tables: &Tables, text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    tables.lower(text.trim_matches(|one| tables.white_space.contains(one)), |one| {
        if one == '-' || tables.white_space.contains(one) {
            slug.push('-');
        } else if tables.mdbook_kept.contains(one) {
            slug.push(one);
        }
    });
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// As `VitePress` and `VuePress` make it of a heading's text: hyphens for all signs, and letters without their accents.
pub(crate) fn hyphenated(text: &str) -> String {
    let tables = tables();
    let mut plain = String::with_capacity(text.len());
    for one in text.chars() {
        let form = if one.is_ascii() { "" } else { tables.ascii_form(one) };
        if form.is_empty() {
            plain.push(one);
        } else {
            plain.extend(form.chars().map(|one| if one == '+' { ' ' } else { one }));
        }
    }
    let mut slug = String::with_capacity(plain.len());
    tables.lower(&plain, |one| {
        if one.is_ascii_alphanumeric() || (!one.is_ascii() && tables.github_kept.contains(one)) {
            slug.push(one);
        } else if (one.is_ascii() || matches!(one, '“' | '”' | '‘' | '’')) && !slug.ends_with('-') {
            slug.push('-');
        }
    });
    let slug = slug.trim_matches('-');
    if slug.starts_with(|one: char| one.is_ascii_digit()) { format!("_{slug}") } else { slug.to_owned() }
}

/// As `markdown-it-anchor` makes it of a heading's text: hyphens for white space, and everything else in lower case.
pub(crate) fn lowered(text: &str) -> String {
    let tables = tables();
    let mut slug = String::with_capacity(text.len());
    tables.lower(text.trim_matches(|one| tables.white_space.contains(one)), |one| {
        if !tables.white_space.contains(one) {
            slug.push(one);
        } else if !slug.ends_with(' ') {
            slug.push(' ');
        }
    });
    slug.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_programs_have_theirs() {
        let texts = ["server.port", " 2. Énd “x”? ", "A  B\u{3000}c.D()", "a -b", "--"];
        assert_eq!(texts.map(hyphenated), ["server-port", "_2-end-x", "a-b-c-d", "a-b", ""]);
        assert_eq!(texts.map(lowered), ["server.port", "2.-énd-“x”?", "a-b-c.d()", "a--b", "--"]);
    }

    #[test]
    fn every_flavour_has_its_own_rule() {
        let slugs = |flavour| {
            ["What's new?  - in 2.0", "ΟΔΥΣΣΕΥΣ İx", "12", "", "½ ①"].map(|text| slugify(flavour, text))
        };
        assert_eq!(slugs(SlugFlavour::Github), ["whats-new----in-20", "οδυσσευς-i\u{307}x", "12", "", "-"]);
        assert_eq!(
            slugs(SlugFlavour::Gitlab),
            ["whats-new-in-20", "οδυσσευσ-i\u{307}x", "anchor-12", "", "-"]
        );
        assert_eq!(slugs(SlugFlavour::Mkdocs), ["whats-new-in-20", "ix", "12", "", "12-1"]);
        assert_eq!(slugs(SlugFlavour::Hugo), ["whats-new----in-20", "οδυσσευσ-ix", "12", "heading", "-"]);
        assert_eq!(slugs(SlugFlavour::Mdbook), ["whats-new----in-20", "οδυσσευς-ix", "12", "section", "½-①"]);
    }
}
