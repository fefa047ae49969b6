//! Which program builds a site from which documents: found by its configuration's name, told by what it holds.

use cde_core::{CoreError, Diagnostic, ErrorCode, RepoPath, Result, Severity, Sha256Hex};
use cde_filesystem::{Presence, Tree};

use super::config::{self, Folder, Problem, Told};
use super::finding::SiteSummary;
use super::index::TreeIndex;
use super::listing::Listing;
use super::site_table::BUILDERS;
use super::target::{file_name, join, parent, place};
use crate::hash::{Map, Set};
use crate::options::SlugFlavour;

const HIDDEN_FOLDERS: &[&[u8]] = &[b"", b"docs"];

/// One entry of `data/sites.toml`, which explains the fields.
#[derive(Debug)]
pub(super) struct Builder {
    pub name: &'static str,
    pub files: &'static [&'static str],
    pub beside: &'static [&'static str],
    pub hidden: &'static [&'static str],
    pub content: &'static [&'static str],
    pub served: &'static [&'static str],
    pub around: bool,
    pub assets_from_source: bool,
    pub tolerant: bool,
}

/// A site.
#[derive(Debug)]
pub(super) struct Site {
    /// The program.
    pub builder: &'static Builder,
    /// Its configuration; none where the caller chose the program and the tree has none.
    pub config: Option<Vec<u8>>,
    /// Where its configuration lies.
    pub folder: Vec<u8>,
    /// The folder below which its documents lie.
    pub scope: Vec<u8>,
    /// The folders whose documents become pages.
    pub content: Vec<Vec<u8>>,
    /// Where `/x` may start.
    pub bases: Vec<Vec<u8>>,
    /// The path at which the site is served, without slashes at its ends.
    pub base_url: String,
    /// How its anchors are made, and whether nothing makes others.
    pub slugs: Option<(SlugFlavour, bool)>,
    /// Whether brackets may name an item of a program's interface, which a plugin links.
    pub links_items: bool,
    /// Whether programs of its own rewrite the pages.
    pub has_hooks: bool,
    /// What its navigation lists; `None` where the program makes it.
    pub listing: Option<Listing>,
    /// Of its configuration, where it was read.
    pub hash: Option<Sha256Hex>,
}

impl Site {
    /// Whether the document at `path` becomes a page, as far as the folder tells.
    pub fn is_content(&self, path: &[u8]) -> bool {
        self.content.iter().any(|folder| is_below(folder, path))
    }

    /// Whether the program certainly takes no notice of the document at `path`, so that it is read as it stands.
    pub fn is_apart(&self, path: &[u8]) -> bool {
        self.hash.is_some() && matches!(self.builder.name, "mdbook" | "mkdocs") && !self.is_content(path)
    }
}

/// Whether `path` lies below `folder`.
pub(super) fn is_below(folder: &[u8], path: &[u8]) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with(b"/"))
}

/// Which sites are looked for.
#[derive(Clone, Copy, Debug)]
enum Choice {
    Any,
    Only(&'static Builder),
    None,
}

impl Choice {
    fn new(chosen: Option<&str>) -> Result<Self> {
        match chosen {
            None | Some("auto") => return Ok(Self::Any),
            Some("none") => return Ok(Self::None),
            Some(name) => {
                if let Some(builder) = BUILDERS.iter().find(|builder| builder.name == name) {
                    return Ok(Self::Only(builder));
                }
            }
        }
        let known = BUILDERS.iter().map(|builder| builder.name).collect::<Vec<_>>().join(", ");
        Err(CoreError::new(
            ErrorCode::InvalidArgument,
            format!("no program that builds sites is called '{}'", chosen.unwrap_or_default()),
        )
        .hint(format!("auto, none, {known}")))
    }

    fn allows(self, builder: &Builder) -> bool {
        match self {
            Self::Any => true,
            Self::Only(chosen) => chosen.name == builder.name,
            Self::None => false,
        }
    }
}

/// A configuration that was found.
#[derive(Clone, Debug)]
struct Marker {
    builder: &'static Builder,
    folder: Vec<u8>,
    config: Option<Vec<u8>>,
}

/// The sites of a tree, by the folder below which their documents lie.
#[derive(Debug)]
pub(super) struct Sites {
    by_scope: Map<Vec<u8>, Site>,
    /// The folders by the path of the configuration.
    order: Vec<Vec<u8>>,
    /// What was wrong with configurations, by path.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether anchors are judged as the site makes them.
    own_slugs: bool,
}

impl Sites {
    /// The sites whose configuration lies in the tree, of those that `chosen` allows.
    ///
    /// With a program that was chosen and has no configuration here, the root is its site. With `own_slugs` anchors are
    /// judged as the site makes them. Fails with `invalid-argument` for an unknown choice.
    pub fn new(tree: &Tree, index: &TreeIndex, chosen: Option<&str>, own_slugs: bool) -> Result<Self> {
        let choice = Choice::new(chosen)?;
        let mut markers = Map::default();
        find_named(index, choice, &mut markers);
        find_hidden(index, choice, &mut markers);
        if let Choice::Only(builder) = choice
            && markers.is_empty()
        {
            markers.insert(Vec::new(), Marker { builder, folder: Vec::new(), config: None });
        }
        let mut markers: Vec<(Vec<u8>, Marker)> = markers.into_iter().collect();
        markers.sort_unstable_by(|one, two| (&one.1.config, &one.0).cmp(&(&two.1.config, &two.0)));
        let order = markers.iter().map(|(scope, _)| scope.clone()).collect();
        let mut sites = Self { by_scope: Map::default(), order, diagnostics: Vec::new(), own_slugs };
        for (scope, marker) in markers {
            let site = read_site(tree, index, marker, scope.clone(), &mut sites.diagnostics);
            sites.by_scope.insert(scope, site);
        }
        sites.drop_tables_of_contents();
        Ok(sites)
    }

    /// The `SUMMARY.md` of a book is no site of its own.
    fn drop_tables_of_contents(&mut self) {
        let books = self.by_scope.values().filter(|site| site.builder.name == "mdbook");
        let sources: Set<Vec<u8>> = books.flat_map(|site| site.content.iter().cloned()).collect();
        self.by_scope.retain(|scope, site| site.builder.name != "gitbook" || !sources.contains(scope));
    }

    /// The site that the document at `path` belongs to: the one with the nearest enclosing folder.
    pub fn of(&self, path: &[u8]) -> Option<&Site> {
        let mut folder = path;
        while !folder.is_empty() && !self.by_scope.is_empty() {
            folder = parent(folder);
            if let Some(site) = self.by_scope.get(folder) {
                return Some(site);
            }
        }
        None
    }

    /// All of them, by the path of the configuration.
    pub fn all(&self) -> impl Iterator<Item = &Site> {
        self.order.iter().filter_map(|scope| self.by_scope.get(scope))
    }

    /// How the site makes the anchors of the document at `path`, and whether nothing makes others.
    pub fn slugs_of(&self, path: &[u8]) -> Option<(SlugFlavour, bool)> {
        let site = self.of(path).filter(|_| self.own_slugs)?;
        site.slugs.filter(|_| site.is_content(path))
    }

    /// The program that makes the anchors of the document at `path`.
    pub fn builder_of(&self, path: &[u8]) -> Option<&'static str> {
        let site = self.of(path).filter(|_| self.own_slugs)?;
        site.is_content(path).then_some(site.builder.name)
    }

    /// What is shown of them.
    pub fn summary(&self) -> Vec<SiteSummary> {
        let paths = |paths: &[Vec<u8>]| paths.iter().map(|path| RepoPath::from(path.clone())).collect();
        self.all()
            .map(|site| SiteSummary {
                path: RepoPath::from(site.scope.clone()),
                kind: site.builder.name,
                config: site.config.clone().map(RepoPath::from),
                content: paths(&site.content),
                roots: paths(&site.bases),
                slug_flavour: site.slugs.map(|(flavour, _)| flavour.name()),
                navigation: site.listing.as_ref().map(|listing| listing.len() as u64),
            })
            .collect()
    }
}

fn find_named(index: &TreeIndex, choice: Choice, markers: &mut Map<Vec<u8>, Marker>) {
    let mut exact: Map<&[u8], Vec<&'static Builder>> = Map::default();
    for builder in BUILDERS.iter().filter(|builder| choice.allows(builder)) {
        for marker in builder.files {
            let key = marker.strip_suffix(".*").unwrap_or(marker);
            exact.entry(key.as_bytes()).or_default().push(builder);
        }
    }
    for path in index.files() {
        let name = file_name(path);
        let stem = memchr::memrchr(b'.', name).filter(|dot| dot + 1 < name.len()).map(|dot| &name[..dot]);
        for builder in [Some(name), stem].into_iter().flatten().filter_map(|key| exact.get(key)).flatten() {
            let named = builder.files.iter().any(|marker| match marker.strip_suffix(".*") {
                Some(prefix) => stem == Some(prefix.as_bytes()),
                None => marker.as_bytes() == name,
            });
            let folder = parent(path);
            let is_beside = |other: &&str| index.find(&join(folder, other.as_bytes())).is_some();
            if named && (builder.beside.is_empty() || builder.beside.iter().any(is_beside)) {
                add(markers, builder, folder, path);
            }
        }
    }
}

fn find_hidden(index: &TreeIndex, choice: Choice, markers: &mut Map<Vec<u8>, Marker>) {
    for builder in BUILDERS.iter().filter(|builder| choice.allows(builder)) {
        for hidden in builder.hidden {
            for folder in HIDDEN_FOLDERS {
                let path = join(folder, hidden.as_bytes());
                if index.find(&path).is_some()
                    || matches!(index.probe(&path), Presence::File | Presence::Directory)
                {
                    add(markers, builder, folder, &path);
                }
            }
        }
    }
}

/// Of several programs with the same folder the first by name counts.
fn add(markers: &mut Map<Vec<u8>, Marker>, builder: &'static Builder, folder: &[u8], config: &[u8]) {
    let scope = if builder.around { parent(folder) } else { folder };
    if markers.get(scope).is_some_and(|known| known.builder.name <= builder.name) {
        return;
    }
    let marker = Marker { builder, folder: folder.to_vec(), config: Some(config.to_vec()) };
    markers.insert(scope.to_vec(), marker);
}

/// How a program makes anchors where its configuration does not tell; others count as well.
fn usual_slugs(builder: &str) -> Option<(SlugFlavour, bool)> {
    match builder {
        "docusaurus" => Some((SlugFlavour::Docusaurus, false)),
        "hugo" | "hugo-config" => Some((SlugFlavour::Hugo, false)),
        "mdbook" => Some((SlugFlavour::Mdbook, false)),
        "mkdocs" => Some((SlugFlavour::Mkdocs, false)),
        _ => None,
    }
}

fn read_site(
    tree: &Tree,
    index: &TreeIndex,
    marker: Marker,
    scope: Vec<u8>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Site {
    let Marker { builder, folder, config } = marker;
    let mut report = |problem: Problem| {
        diagnostics.push(Diagnostic {
            path: RepoPath::from(config.clone().unwrap_or_default()),
            line: problem.line,
            column: problem.column,
            code: "site-config-invalid",
            severity: Severity::Warning,
            message: problem.message,
        });
    };
    let mut told = Told::default();
    let mut hash = None;
    match config.as_deref().and_then(|path| config::read(tree, builder, path)) {
        None => {}
        Some(Ok((read, of_content))) => {
            told = read;
            hash = Some(of_content);
        }
        Some(Err(problem)) => report(problem),
    }
    let usual = |names: &[&str]| -> Vec<Vec<u8>> {
        let starts = if folder == scope { vec![&folder] } else { vec![&folder, &scope] };
        starts
            .into_iter()
            .flat_map(|start| names.iter().map(move |name| join(start, name.as_bytes())))
            .filter(|path| index.find(path).is_some())
            .collect()
    };
    let mut folders = |named: &[Folder], names: &[&str]| -> Vec<Vec<u8>> {
        let mut found: Vec<Vec<u8>> = Vec::new();
        for Folder { key, path } in named {
            let there = place(&folder, path.as_bytes());
            if there.above > 0 || path.starts_with('/') || path.contains('\0') {
                report(Problem::new(format!("'{key}' leads out of the folder that is checked")));
            } else if !found.contains(&there.path) {
                found.push(there.path);
            }
        }
        if found.is_empty() { usual(names) } else { found }
    };
    let mut content = folders(&told.content, builder.content);
    let served = folders(&told.served, builder.served);
    let mut bases = vec![Vec::new(), folder.clone()];
    bases.extend(content.iter().chain(&served).cloned());
    let mut existing: Vec<Vec<u8>> = Vec::new();
    for base in bases {
        if !existing.contains(&base) && (base.is_empty() || index.find(&base).is_some()) {
            existing.push(base);
        }
    }
    if content.is_empty() {
        content.push(folder.clone());
    }
    let listing = Listing::new(index, &content, &told.navigation, &folder);
    Site {
        builder,
        config,
        folder,
        scope,
        content,
        bases: existing,
        base_url: told.base_url,
        slugs: told.slugs.or_else(|| usual_slugs(builder.name)),
        links_items: told.links_items,
        has_hooks: told.has_hooks,
        listing,
        hash,
    }
}
