//! The rules of group `structure` about how readers find a document: links to it, and the navigation of its site.

use cde_core::{RepoPath, Severity};
use cde_filesystem::{Presence, Tree};

use super::content::unchanged_content;
use super::finding::Finding;
use super::graph::{depths, is_entry};
use super::index::TreeIndex;
use super::nearest::{Budget, nearest};
use super::origin::shown;
use super::report::{Remark, Report};
use super::rules::ChosenRules;
use super::site::{Site, Sites};
use super::structure::is_part;
use super::target::{file_name, join, parent};
use crate::hash::{Map, Set};
use crate::model::Document;

/// The rules of this module.
pub(super) const RULES: &[&str] = &["orphan", "missing-from-navigation", "broken-navigation"];
/// Documents that people and programs find by their names.
const KNOWN_STEMS: &[&[u8]] = &[
    b"404",
    b"agents",
    b"authors",
    b"changelog",
    b"changes",
    b"claude",
    b"code_of_conduct",
    b"code-of-conduct",
    b"codeowners",
    b"contributing",
    b"contributors",
    b"copying",
    b"copyright",
    b"gemini",
    b"governance",
    b"history",
    b"license",
    b"licence",
    b"maintainers",
    b"news",
    b"notice",
    b"readme",
    b"release",
    b"releases",
    b"releasing",
    b"security",
    b"skill",
    b"summary",
    b"support",
    b"thirdpartynotices",
    b"todo",
];
/// Folders whose documents nobody is led to one by one.
const KNOWN_FOLDERS: &[&[u8]] = &[
    b"_posts",
    b"__tests__",
    b"archive",
    b"blog",
    b"examples",
    b"fixtures",
    b"issue_template",
    b"news",
    b"posts",
    b"pull_request_template",
    b"test",
    b"testdata",
    b"tests",
];
/// Beginnings of a line that take in the text of another file.
const DIRECTIVES: &[&[u8]] =
    &[b"--8<--", b"{{#", b"{%", b"{{<", b"{!", b"include::", b"[!INCLUDE", b"```{include}", b"{include}"];
/// Beginnings of a line of MDX that do so where it ends in a string; in a text they are words.
const IMPORTS: &[&[u8]] = &[b"import ", b"export ", b"from ", b"} from "];

/// What the rules need to know of all documents.
pub(super) struct Readers<'a> {
    pub tree: &'a Tree,
    pub index: &'a TreeIndex<'a>,
    pub sites: &'a Sites,
    /// The other documents that each document links to.
    pub edges: Vec<Vec<usize>>,
}

/// Reports documents that nothing leads to, and entries of a navigation that lead to nothing.
pub(super) fn check_navigation(readers: &Readers<'_>, chosen: &ChosenRules) -> Vec<Finding> {
    let mut findings = Vec::new();
    let documents = readers.index.documents();
    let entries: Vec<bool> = documents.iter().map(|document| is_entry(document.path.as_bytes())).collect();
    let mut is_linked = vec![false; documents.len()];
    for target in readers.edges.iter().flatten() {
        is_linked[*target] = true;
    }
    let depths = depths(&readers.edges, &entries);
    let mut reached: Map<&[u8], usize> = Map::default();
    for (number, depth) in depths.iter().enumerate() {
        if depth.is_some_and(|depth| depth > 0) {
            *reached.entry(parent(documents[number].path.as_bytes())).or_default() += 1;
        }
    }
    let mut unlisted = Vec::new();
    let mut orphans = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let path = document.path.as_bytes();
        if entries[number] || !matches!(document.format, "markdown" | "mdx") || is_known(path) {
            continue;
        }
        let site = readers.sites.of(path).filter(|site| site.is_content(path) || site.hash.is_none());
        if let Some(site) = site {
            // Where the navigation is made by the program or lists the document, readers find it.
            if site.listing.as_ref().is_some_and(|listing| listing.misses(path)) {
                unlisted.push((number, site));
            }
        } else if !is_linked[number] {
            orphans.push(number);
        }
    }
    let wants = |rule| chosen.has(rule);
    unlisted.retain(|_| wants("missing-from-navigation"));
    orphans.retain(|_| wants("orphan"));
    // A folder is a set that people link by hand where readers reach most of it.
    let mut left_out: Map<&[u8], usize> = Map::default();
    for number in &orphans {
        *left_out.entry(parent(documents[*number].path.as_bytes())).or_default() += 1;
    }
    orphans.retain(|number| {
        let folder = parent(documents[*number].path.as_bytes());
        reached.get(folder).copied().unwrap_or(0) > left_out.get(folder).copied().unwrap_or(0)
    });
    let mentioned =
        if unlisted.is_empty() && orphans.is_empty() { Set::default() } else { mentioned(readers) };
    let is_taken_in = |document: &Document| mentioned.contains(file_name(document.path.as_bytes()));
    for (number, site) in unlisted {
        let (document, Some(listing)) = (documents[number], &site.listing) else { continue };
        if !is_taken_in(document) {
            let config = shown(site.config.as_deref().unwrap_or_default());
            let message = match listing.name {
                "SUMMARY.md" => {
                    "SUMMARY.md does not list the document, so the book does not have it".to_owned()
                }
                "nav" => format!("nav of '{config}' does not list the document"),
                name => format!("{name} of '{config}' do not list the document"),
            };
            let severity = is_linked[number].then_some(Severity::Hint);
            findings.extend(on_document(document, chosen, "missing-from-navigation", message, severity));
        }
    }
    for number in orphans {
        if !is_taken_in(documents[number]) {
            let message =
                "no other document links here, though most others in its folder are linked".to_owned();
            findings.extend(on_document(documents[number], chosen, "orphan", message, None));
        }
    }
    for site in readers.sites.all() {
        // A configuration has no comments of ours, but a path.
        if let Some(rule) = chosen.at(site.config.as_deref().unwrap_or_default()).get("broken-navigation") {
            findings.extend(broken_entries(readers, site, rule));
        }
    }
    findings
}

fn on_document(
    document: &Document,
    chosen: &ChosenRules,
    rule: &str,
    message: String,
    severity: Option<Severity>,
) -> Vec<Finding> {
    let mut report = Report::new(document, chosen.at(document.path.as_bytes()));
    report.add(rule, Remark { line: 1, column: 1, message, severity, ..Remark::default() });
    report.into_findings()
}

/// Whether the document at `path` is found by its name or is none of its own.
fn is_known(path: &[u8]) -> bool {
    let name = file_name(path).to_ascii_lowercase();
    let stem = name.iter().position(|byte| *byte == b'.').map_or(&name[..], |dot| &name[..dot]);
    let is_dated = stem.len() > 8 && stem[..4].iter().all(u8::is_ascii_digit) && stem[4] == b'-';
    KNOWN_STEMS.contains(&stem)
        || is_dated
        || is_part(path)
        || path.split(|byte| *byte == b'/').any(|part| {
            part.starts_with(b".") || KNOWN_FOLDERS.iter().any(|known| part.eq_ignore_ascii_case(known))
        })
}

/// The names of files on lines that may take in the text of another file.
fn mentioned(readers: &Readers<'_>) -> Set<Vec<u8>> {
    let mut names = Set::default();
    for document in readers.index.documents() {
        let Some(content) = unchanged_content(readers.tree, document) else { continue };
        for line in content.split(|byte| *byte == b'\n') {
            let start =
                line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>' | b':' | b'.')).count();
            let line = &line[start..];
            let begins =
                |beginnings: &[&[u8]]| beginnings.iter().any(|directive| line.starts_with(directive));
            let ends_in_string = || matches!(line.trim_ascii_end().last(), Some(b'\'' | b'"' | b';'));
            if begins(DIRECTIVES) || (begins(IMPORTS) && ends_in_string()) {
                let is_end = |byte: &u8| {
                    matches!(
                        byte,
                        b' ' | b'\t' | b'\r' | b'/' | b'\\' | b'"' | b'\'' | b'}' | b':' | b'[' | b';'
                    )
                };
                names.extend(line.split(is_end).filter(|name| name.contains(&b'.')).map(<[u8]>::to_vec));
            }
        }
    }
    names
}

/// The entries of the site's configuration that lead to nothing.
fn broken_entries(readers: &Readers<'_>, site: &Site, rule: super::Rule) -> Vec<Finding> {
    let (Some(listing), Some(config), Some(hash)) = (&site.listing, &site.config, &site.hash) else {
        return Vec::new();
    };
    let Some(root) = site.content.first().filter(|root| readers.index.find(root).is_some()) else {
        return Vec::new();
    };
    let mut budget = Budget::default();
    let mut findings = Vec::new();
    for entry in &listing.entries {
        if readers.index.find(&entry.path).is_some()
            || readers.index.probe(&entry.path) != Presence::Missing
            || readers.index.is_ignored(&entry.path)
        {
            continue;
        }
        let (folder, name) = (parent(&entry.path), file_name(&entry.path));
        let meant = match readers.index.only_file_named(name) {
            Some(meant) => Some(meant.to_vec()),
            None => nearest(name, readers.index.names_in(folder), &mut budget).map(|near| join(folder, near)),
        };
        let below = |path: Vec<u8>| match root.as_slice() {
            b"" => Some(path),
            root => path.strip_prefix(root).and_then(|rest| rest.strip_prefix(b"/")).map(<[u8]>::to_vec),
        };
        let line = entry.line;
        let mut reference = config.clone();
        reference.extend_from_slice(format!("#L{line}-L{line}@{}", hash.hash12()).as_bytes());
        findings.push(Finding {
            rule: rule.name,
            severity: if listing.is_sure { rule.severity } else { Severity::Hint },
            path: RepoPath::from(config.clone()),
            line,
            column: 1,
            end_line: line,
            message: format!("the navigation leads to no file '{}'", shown(&entry.path)),
            evidence: entry.written.clone(),
            suggestion: meant.and_then(below).map(|path| String::from_utf8_lossy(&path).into_owned()),
            fix: None,
            reference: RepoPath::from(reference),
        });
    }
    findings
}
