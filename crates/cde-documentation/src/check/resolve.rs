//! Where a link leads: from the text of its target to an entry of the tree, in the order that decides what wins.
//!
//! 1. The exact path in the tree, then the site rules: `x` may be `x.md`, `x.html` may be `x.md`.
//! 2. The exact path on disk inside the root: it may be ignored or hidden.
//! 3. The path in another case, then with `/` for each backslash: broken, but it is known what was meant.
//! 4. Otherwise it is missing; or, where only the program that builds the site can know, unverified.

use cde_filesystem::Presence;

use super::formats::may_be_elsewhere;
use super::index::{Found, Noted, TreeIndex};
use super::site::Site;
use super::target::{Place, TargetKind, classify, file_name, join, parent, percent_decode, place};
use crate::model::{Link, LinkKind};

const SOURCES: &[&[u8]] = &[b".md", b".mdx", b".markdown", b".rst", b".adoc", b".ipynb", b".qmd"];

/// What became of a target.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Resolution {
    /// It has a scheme or a host, and is not judged.
    External,
    /// It leads to an entry, to a folder at `folder`. The document found is surely the one that readers get where
    /// `certain` is set.
    Found { found: Found, certain: bool, folder: Option<Vec<u8>> },
    /// It is a fragment or a query alone, or empty.
    SameDocument,
    /// It exists at `path`, which differs in case, and is the only one spelt alike where `unique` is set.
    WrongCase { found: Found, path: Vec<u8>, unique: bool },
    /// It exists at `path`, which has slashes for its backslashes.
    WrongSlash { found: Found, path: Vec<u8> },
    /// Nothing is at `path`.
    Missing { path: Vec<u8> },
    /// Nothing is at `path` if a leading slash means the repository's root.
    MissingFromRoot { path: Vec<u8> },
    /// It lies outside of the repository.
    Escapes,
    /// It is a place on one computer.
    Machine,
    /// Only the program that builds the site knows.
    Unverified,
}

impl Resolution {
    fn found(found: Found, certain: bool, there: &Place) -> Self {
        Self::Found { found, certain, folder: found.folder.then(|| there.path.clone()) }
    }
}

/// Resolves targets over one tree.
#[derive(Debug)]
pub(super) struct Resolver<'a> {
    index: &'a TreeIndex<'a>,
    site_root: Option<&'a [u8]>,
}

impl<'a> Resolver<'a> {
    /// `site_root` is the folder that `/x` starts at, where it was configured.
    pub fn new(index: &'a TreeIndex<'a>, site_root: Option<&'a [u8]>) -> Self {
        Self { index, site_root }
    }

    /// Where `target` leads from a document in `folder`. `html` marks the attribute of an HTML tag, which no builder
    /// rewrites.
    pub fn resolve(&self, folder: &[u8], site: Option<&Site>, target: &str, html: bool) -> Resolution {
        match classify(target) {
            TargetKind::External => return Resolution::External,
            TargetKind::Machine => return Resolution::Machine,
            TargetKind::Template => return Resolution::Unverified,
            TargetKind::Local => {}
        }
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        if path.is_empty() {
            return Resolution::SameDocument;
        }
        let decoded = percent_decode(path);
        if let Some(first) = decoded.iter().position(|byte| *byte != b'/') {
            if first > 0 {
                return self.absolute(site, &decoded[first..]);
            }
        } else {
            return self.absolute(site, b"");
        }
        if let Some(site) = site {
            if site.builder.name == "docfx"
                && let Some(rest) = decoded.strip_prefix(b"~/")
            {
                let there = place(&site.folder, rest);
                let found = self.locate(&there);
                return found
                    .map_or(Resolution::Unverified, |(found, _)| Resolution::found(found, true, &there));
            }
            if site.builder.name == "docusaurus"
                && let Some(rest) = decoded.strip_prefix(b"@site/")
            {
                return self.relative(&site.folder, Some(site), rest, html);
            }
        }
        self.relative(folder, site, &decoded, html)
    }

    /// Where a link of a document in `folder` leads, by the rules of the document's format.
    pub fn resolve_link(
        &self,
        folder: &[u8],
        site: Option<&Site>,
        format: &str,
        link: &Link<&str>,
    ) -> Resolution {
        let resolution = if link.kind == LinkKind::Wiki {
            self.named(folder, site, link.target)
        } else {
            self.resolve(folder, site, link.target, link.kind == LinkKind::Html)
        };
        let is_lost = matches!(
            resolution,
            Resolution::Missing { .. } | Resolution::MissingFromRoot { .. } | Resolution::Escapes
        );
        if is_lost && may_be_elsewhere(format, site, link) { Resolution::Unverified } else { resolution }
    }

    /// A document or file as Sphinx names it: a document without its extension, `/x` from the folder of `conf.py`.
    ///
    /// What lies in a folder that does not exist is made when the site is built.
    fn named(&self, folder: &[u8], site: Option<&Site>, target: &str) -> Resolution {
        match classify(target) {
            TargetKind::External => return Resolution::External,
            TargetKind::Machine | TargetKind::Template => return Resolution::Unverified,
            TargetKind::Local => {}
        }
        let sphinx = site.filter(|site| site.builder.name == "sphinx");
        let there = match target.strip_prefix('/') {
            None => place(folder, target.as_bytes()),
            Some(rest) => match sphinx {
                Some(site) => place(&site.folder, rest.as_bytes()),
                None => return Resolution::Unverified,
            },
        };
        if there.above > 0 || there.path.is_empty() {
            return Resolution::Unverified;
        }
        let text = [&there.path, &b".txt"[..]].concat();
        let found = candidates(&there.path)
            .chain([text])
            .find_map(|candidate| self.index.find(&candidate).filter(|found| !found.folder))
            .or_else(|| self.index.find(&there.path))
            .or_else(|| self.on_disk(&there.path));
        if let Some(found) = found {
            return Resolution::found(found, true, &there);
        }
        if let Some(alike) = self.locate_any_case(&there.path) {
            return alike;
        }
        let is_known = sphinx.is_some() && self.index.find(parent(&there.path)).is_some();
        if is_known { Resolution::Missing { path: there.path } } else { Resolution::Unverified }
    }

    fn relative(&self, folder: &[u8], site: Option<&Site>, decoded: &[u8], html: bool) -> Resolution {
        let there = place(folder, decoded);
        if there.above > 0 {
            let known_elsewhere = there.is_hosted_page() || (site.is_some() && is_page(&there));
            return if known_elsewhere { Resolution::Unverified } else { Resolution::Escapes };
        }
        let located = self.locate(&there).map(|(found, _)| found);
        let found =
            located.or_else(|| self.on_disk(&there.path)).or_else(|| self.in_content(folder, site?, decoded));
        if let Some(found) = found {
            return Resolution::found(found, true, &there);
        }
        if site.is_some_and(|site| site.builder.name == "obsidian")
            && let Some(noted) = self.index.noted(&there.path)
        {
            return match noted {
                Noted::Only(found) => Resolution::found(found, true, &there),
                Noted::Several => Resolution::Unverified,
            };
        }
        if let Some(alike) = self.locate_any_case(&there.path) {
            return alike;
        }
        if decoded.contains(&b'\\') {
            let slashed: Vec<u8> =
                decoded.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
            let there = place(folder, &slashed);
            if let Some((found, source)) = self.locate(&there) {
                return Resolution::WrongSlash { found, path: source.unwrap_or(there.path) };
            }
        }
        let by_address = site.is_some_and(|site| html || !site.builder.assets_from_source || is_page(&there));
        if by_address && !is_document(&there.path) {
            return Resolution::Unverified;
        }
        if is_rust_item(decoded) && self.index.is_in_rust_package(folder) {
            return Resolution::Unverified;
        }
        Resolution::Missing { path: there.path }
    }

    /// A path to a document that does not begin with a dot: Docusaurus takes it from the content's folder as well.
    ///
    /// That folder may be the one of a version, so each folder around the document is tried, the nearest first.
    fn in_content(&self, folder: &[u8], site: &Site, decoded: &[u8]) -> Option<Found> {
        if site.builder.name != "docusaurus" || decoded.starts_with(b".") || !is_document(decoded) {
            return None;
        }
        let mut folder = folder;
        while !folder.is_empty() && folder != site.scope {
            folder = parent(folder);
            let there = place(folder, decoded);
            if there.above == 0
                && let Some(found) = self.index.find(&there.path)
            {
                return Some(found);
            }
        }
        None
    }

    fn absolute(&self, site: Option<&Site>, decoded: &[u8]) -> Resolution {
        let repository = [Vec::new()];
        let configured = self.site_root.map(|root| [root.to_vec()]);
        let bases = match (&configured, site) {
            (Some(root), _) => root.as_slice(),
            (None, Some(site)) => site.bases.as_slice(),
            (None, None) => repository.as_slice(),
        };
        // Nothing is above the root of a site, as in a browser, whatever the folder that it starts at.
        let below = place(b"", decoded).path;
        let served = site.and_then(|site| below_base_url(&below, site)).filter(|_| configured.is_none());
        let belows = served.into_iter().chain([below.as_slice()]);
        let places: Vec<Place> =
            belows.flat_map(|below| bases.iter().map(move |base| place(base, below))).collect();
        let configured = configured.is_some();
        for there in &places {
            if let Some((found, source)) = self.locate(there) {
                let certain = configured || (site.is_none() && source.is_none());
                return Resolution::found(found, certain, there);
            }
        }
        for there in &places {
            if let Some(found) = self.on_disk(&there.path) {
                return Resolution::found(found, true, there);
            }
        }
        if site.is_some() && !configured {
            return Resolution::Unverified;
        }
        let Some(Place { path, .. }) = places.into_iter().next() else { return Resolution::Unverified };
        if let Some(alike) = self.locate_any_case(&path) {
            return alike;
        }
        if configured { Resolution::Missing { path } } else { Resolution::MissingFromRoot { path } }
    }

    /// The entry at `there`; or the source of that page, and its path.
    fn locate(&self, there: &Place) -> Option<(Found, Option<Vec<u8>>)> {
        if there.above > 0 {
            return None;
        }
        if let Some(found) = self.index.find(&there.path) {
            return Some((found, None));
        }
        // One search tells of most paths that none of the candidates exists.
        let page = page_stem(&there.path);
        let is_index = page.is_some_and(|stem| file_name(stem) == b"index");
        if !is_index && !self.index.has_extended(page.unwrap_or(&there.path)) {
            return None;
        }
        candidates(&there.path).find_map(|candidate| {
            let found = self.index.find(&candidate).filter(|found| !found.folder)?;
            Some((found, Some(candidate)))
        })
    }

    fn on_disk(&self, path: &[u8]) -> Option<Found> {
        let presence = self.index.probe(path);
        (presence != Presence::Missing)
            .then_some(Found { folder: presence == Presence::Directory, document: None })
    }

    fn locate_any_case(&self, path: &[u8]) -> Option<Resolution> {
        std::iter::once(path.to_vec()).chain(candidates(path)).find_map(|candidate| {
            let (found, known, unique) = self.index.find_any_case(&candidate)?;
            Some(Resolution::WrongCase { found, path: known.to_vec(), unique })
        })
    }
}

/// `path` from the address at which the site is served, if it leads there.
fn below_base_url<'p>(path: &'p [u8], site: &Site) -> Option<&'p [u8]> {
    let rest = path.strip_prefix(site.base_url.as_bytes()).filter(|_| !site.base_url.is_empty())?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(b"/") }
}

/// What a site may make the page `path` from.
fn candidates(path: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let page = page_stem(path);
    let stem = page.unwrap_or(path);
    let readme = page.filter(|stem| file_name(stem) == b"index").map(|stem| join(parent(stem), b"README.md"));
    SOURCES.iter().map(move |extension| [stem, extension].concat()).chain(readme)
}

/// `path` without `.html`, if it ends so.
fn page_stem(path: &[u8]) -> Option<&[u8]> {
    path.strip_suffix(b".html").or_else(|| path.strip_suffix(b".htm"))
}

/// Whether the documentation of a Rust package may link it by itself: the name of an item, or the page of one.
///
/// A name without a lower-case letter is rather that of a file, such as `LICENSE`.
fn is_rust_item(decoded: &[u8]) -> bool {
    let ticked = decoded.strip_prefix(b"`").and_then(|name| name.strip_suffix(b"`")).unwrap_or(decoded);
    // `fn@name` tells which of several items with the name is meant.
    let kind = ticked.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let has_kind = kind > 0 && ticked.get(kind) == Some(&b'@');
    let name = if has_kind { &ticked[kind + 1..] } else { ticked };
    let name = name.strip_suffix(b"!").or_else(|| name.strip_suffix(b"()")).unwrap_or(name);
    let is_name = name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'))
        && name.first().is_some_and(|byte| !byte.is_ascii_digit())
        && (has_kind || name.iter().any(u8::is_ascii_lowercase));
    is_name || decoded.ends_with(b".html")
}

fn is_document(path: &[u8]) -> bool {
    [&b".md"[..], b".mdx", b".markdown"].iter().any(|extension| path.ends_with(extension))
}

/// Whether it may be the address of a page: a folder, a name without extension, or `.html`.
fn is_page(there: &Place) -> bool {
    there.trailing_slash || page_stem(&there.path).is_some() || !has_extension(&there.path)
}

/// Whether the name ends in a dot, a letter and at most seven more letters and digits.
fn has_extension(path: &[u8]) -> bool {
    let Some(dot) = memchr::memrchr(b'.', path) else { return false };
    let extension = &path[dot + 1..];
    (1..=8).contains(&extension.len())
        && extension[0].is_ascii_alphabetic()
        && extension.iter().all(u8::is_ascii_alphanumeric)
}
