//! `mkdocs.yml` and the files of its successors.

use cde_core::Value;

use super::{Files, Folder, Navigation, Told, text_at, texts};
use crate::options::SlugFlavour;

/// Plugins that make the navigation, or move what it names.
const NAVIGATING: &[&str] =
    &["awesome-nav", "awesome-pages", "i18n", "include_dir_to_nav", "literate-nav", "monorepo", "multirepo"];
/// Plugins that make no pages which a navigation would name.
const PAGELESS: &[&str] = &[
    "autorefs",
    "blog",
    "callouts",
    "exclude",
    "git-authors",
    "git-committers",
    "git-committers-2",
    "git-revision-date",
    "git-revision-date-localized",
    "glightbox",
    "group",
    "include-markdown",
    "info",
    "llmstxt",
    "macros",
    "mermaid2",
    "meta",
    "mike",
    "minify",
    "mkdocs-jupyter",
    "mkdocstrings",
    "offline",
    "open-in-new-tab",
    "optimize",
    "panzoom",
    "print-site",
    "privacy",
    "redirects",
    "rss",
    "search",
    "section-index",
    "social",
    "table-reader",
    "tags",
    "termynal",
    "typeset",
];
/// How many places are looked at in vain before the entries left stand at the line of the one before.
const MOST_MISSES: usize = 200;

/// What `value`, which `text` spells, tells. The table `project` of a file of TOML holds what one of YAML is.
pub(super) fn told(value: &Value, text: &str, is_toml: bool) -> Told {
    let value = if is_toml { value.get("project").unwrap_or(&Value::Null) } else { value };
    let plugins = names(value.get("plugins"));
    let content = text_at(value, &["docs_dir"]);
    let is_alone = value.get("INHERIT").is_none() && !is_toml;
    let own_slugs = is_alone && !has_other_slugs(value.get("markdown_extensions"));
    Told {
        content: content.map(|path| Folder { key: "docs_dir", path: path.to_owned() }).into_iter().collect(),
        base_url: text_at(value, &["site_url"]).map(super::path_of_url).unwrap_or_default(),
        slugs: Some((SlugFlavour::Mkdocs, own_slugs)),
        navigation: navigation(value, text, &plugins),
        links_items: plugins.iter().any(|name| matches!(*name, "mkdocstrings" | "autorefs")),
        has_hooks: value.get("hooks").is_some(),
        ..Told::default()
    }
}

/// The names in a list of names and of mappings from a name to its settings, or in such a mapping.
fn names(value: Option<&Value>) -> Vec<&str> {
    fn keys(value: &Value) -> Vec<&str> {
        match value {
            Value::Map(entries) => entries.iter().map(|(name, _)| name.as_str()).collect(),
            Value::Text(name) => vec![name.as_str()],
            _ => Vec::new(),
        }
    }
    let found: Vec<&str> = match value {
        Some(Value::List(items)) => items.iter().flat_map(keys).collect(),
        Some(value @ Value::Map(_)) => keys(value),
        _ => Vec::new(),
    };
    found.into_iter().map(|name| name.strip_prefix("material/").unwrap_or(name)).collect()
}

/// The settings of `name` in such a list or mapping.
fn settings<'v>(value: Option<&'v Value>, name: &str) -> Option<&'v Value> {
    match value? {
        Value::List(items) => items.iter().find_map(|item| item.get(name)),
        value => value.get(name),
    }
}

/// Whether the anchors of headings are made in another way than the usual one.
fn has_other_slugs(extensions: Option<&Value>) -> bool {
    settings(extensions, "toc").is_some_and(|toc| {
        toc.get("slugify").is_some()
            || toc.get("separator").is_some()
            || !matches!(toc, Value::Map(_) | Value::Null)
    })
}

fn navigation(value: &Value, text: &str, plugins: &[&str]) -> Navigation {
    let Some(nav @ Value::List(_)) = value.get("nav") else { return Navigation::Unknown };
    if plugins.iter().any(|name| NAVIGATING.contains(name)) {
        return Navigation::Unknown;
    }
    let mut written = Vec::new();
    let mut left = vec![nav];
    while let Some(value) = left.pop() {
        match value {
            Value::List(items) => left.extend(items.iter().rev()),
            Value::Map(entries) => left.extend(entries.iter().rev().map(|(_, value)| value)),
            Value::Text(path) if path.contains('*') => return Navigation::Unknown,
            Value::Text(path) if is_path(path) => written.push(path.as_str()),
            _ => {}
        }
    }
    let mut places = Places::new(text);
    let entries = written.iter().map(|path| ((*path).to_owned(), places.line_of(path))).collect();
    let mut excluded: Vec<String> = ["exclude_docs", "not_in_nav", "draft_docs"]
        .iter()
        .filter_map(|key| text_at(value, &[key]).map(str::to_owned))
        .collect();
    let globs = texts(settings(value.get("plugins"), "exclude").and_then(|exclude| exclude.get("glob")));
    excluded.push(globs.iter().flat_map(|glob| ["/", glob, "\n"]).collect());
    if plugins.contains(&"blog") {
        excluded.push("posts/\n".to_owned());
    }
    let is_sure = value.get("hooks").is_none()
        && value.get("INHERIT").is_none()
        && plugins.iter().all(|name| PAGELESS.contains(name));
    Navigation::Files(Files { entries, excluded, is_sure })
}

/// Whether an entry names a file or folder below the content, and is no address.
fn is_path(entry: &str) -> bool {
    let is_address =
        entry.contains("://") || entry.starts_with(['/', '#', '!']) || entry.starts_with("mailto:");
    !is_address && !entry.is_empty()
}

/// Finds the lines of the entries of `nav`.
struct Places<'t> {
    text: &'t str,
    /// Where the key stands, and its line.
    start: usize,
    line: u32,
    misses: usize,
}

impl<'t> Places<'t> {
    fn new(text: &'t str) -> Self {
        let mut start = 0;
        for (line, written) in (1..).zip(text.split_inclusive('\n')) {
            if written.trim_start_matches([' ', '\t']).starts_with("nav") {
                return Self { text, start, line, misses: 0 };
            }
            start += written.len();
        }
        Self { text, start: 0, line: 1, misses: 0 }
    }

    /// The first line behind the entry before on which `entry` stands by itself, or the line of that one.
    fn line_of(&mut self, entry: &str) -> u32 {
        let is_part = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/'))
        };
        let bytes = self.text.as_bytes();
        let mut from = self.start;
        while self.misses < MOST_MISSES {
            let Some(offset) = memchr::memmem::find(&bytes[from..], entry.as_bytes()) else {
                self.misses += 1;
                break;
            };
            let (place, end) = (from + offset, from + offset + entry.len());
            let before = place.checked_sub(1).and_then(|before| bytes.get(before));
            if !is_part(before) && !is_part(bytes.get(end)) {
                let breaks = memchr::memchr_iter(b'\n', &bytes[self.start..place]).count();
                self.line += u32::try_from(breaks).unwrap_or(u32::MAX);
                self.start = place;
                break;
            }
            self.misses += 1;
            from = end;
        }
        self.line
    }
}
