//! What the configuration of a site tells: read as data, never run.
//!
//! A file of more than [`MAX_BYTES`], one that is no UTF-8 and one that its format does not allow are problems, which the
//! check reports; the site is then judged by the name of its configuration alone.

mod docusaurus;
mod hugo;
mod jekyll;
mod mdbook;
mod mkdocs;
mod script;
mod sidebars;
mod sphinx;

use cde_core::{Sha256Hex, Value};
use cde_filesystem::{Tree, read_file};

use super::site::Builder;
use crate::frontmatter::parse_file;
use crate::options::SlugFlavour;

pub(super) use sidebars::{Sidebars, without_number};

/// A larger configuration is not read.
const MAX_BYTES: u64 = 512 * 1024;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Why a configuration could not be used.
#[derive(Debug)]
pub(super) struct Problem {
    /// From 1, where known.
    pub line: Option<u32>,
    /// From 1, where known.
    pub column: Option<u32>,
    /// One sentence without a full stop.
    pub message: String,
}

impl Problem {
    fn at(line: u32, message: impl Into<String>) -> Self {
        Self { line: Some(line), column: None, message: message.into() }
    }

    /// One whose place is not known.
    pub fn new(message: impl Into<String>) -> Self {
        Self { line: None, column: None, message: message.into() }
    }
}

/// A folder that a configuration names.
#[derive(Debug)]
pub(super) struct Folder {
    /// The key that names it.
    pub key: &'static str,
    /// As written, from the folder of the configuration.
    pub path: String,
}

/// Which pages the site leads to.
#[derive(Debug, Default)]
pub(super) enum Navigation {
    /// The program makes it, or it cannot be told.
    #[default]
    Unknown,
    /// A list of files.
    Files(Files),
    /// The links of `SUMMARY.md` in the folder of the content.
    Summary,
    /// Lists of documents' ids.
    Sidebars(Sidebars),
}

/// The files that a navigation lists.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Paths as written, from the folder of the content, and the line of each.
    pub entries: Vec<(String, u32)>,
    /// Lists of patterns of files that need not be listed.
    pub excluded: Vec<String>,
    /// Whether nothing else makes files when the site is built.
    pub is_sure: bool,
}

/// What a configuration tells of its site.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Where its documents lie; none where the usual folders hold.
    pub content: Vec<Folder>,
    /// What is served at the root of the site; none where the usual folders hold.
    pub served: Vec<Folder>,
    /// The path at which the site is served, without slashes at its ends.
    pub base_url: String,
    /// How anchors are made, and whether nothing makes others.
    pub slugs: Option<(SlugFlavour, bool)>,
    /// Which pages it leads to.
    pub navigation: Navigation,
    /// Whether brackets may name an item of a program's interface, which a plugin links.
    pub links_items: bool,
    /// Whether programs of its own rewrite the pages.
    pub has_hooks: bool,
}

/// The configuration at `path` and the hash of its content.
///
/// `None` for a program whose configuration is not read, and for one that is not in scope.
pub(super) fn read(
    tree: &Tree,
    builder: &Builder,
    path: &[u8],
) -> Option<Result<(Told, Sha256Hex), Problem>> {
    let name = super::target::file_name(path);
    let extension = memchr::memrchr(b'.', name).map_or(&b""[..], |dot| &name[dot + 1..]);
    let format = match extension {
        b"toml" => "toml",
        b"json" => "json",
        b"yml" | b"yaml" => "yaml",
        _ => "script",
    };
    let is_read = matches!(builder.name, "mkdocs" | "mdbook" | "hugo" | "hugo-config" | "jekyll")
        && format != "script"
        || matches!(builder.name, "docusaurus" | "sphinx");
    let index = tree.find(path).filter(|_| is_read)?;
    Some(read_text(tree, index).and_then(|(text, hash)| {
        let value = || {
            parse_file(&text, format).map_err(|error| Problem {
                line: Some(error.line),
                column: error.column,
                message: error.message.into(),
            })
        };
        let told = match builder.name {
            "mkdocs" => mkdocs::told(&mapping(value()?)?, &text, format == "toml"),
            "mdbook" => mdbook::told(&mapping(value()?)?),
            "jekyll" => jekyll::told(&mapping(value()?)?),
            "docusaurus" => docusaurus::told(&text, |other| sidebars::read(tree, path, other))?,
            "sphinx" => sphinx::told(&text),
            _ => hugo::told(&mapping(value()?)?),
        };
        Ok((told, hash))
    }))
}

/// The text of a configuration, without a byte order mark, and the hash of its bytes.
fn read_text(tree: &Tree, index: usize) -> Result<(String, Sha256Hex), Problem> {
    let mut content = Vec::new();
    let facts =
        read_file(tree, index, MAX_BYTES, &mut content).map_err(|problem| Problem::new(problem.message))?;
    let text = String::from_utf8(content).map_err(|_| Problem::new("the file is not UTF-8"))?;
    Ok((text.strip_prefix(BYTE_ORDER_MARK).map(str::to_owned).unwrap_or(text), facts.sha256))
}

/// `value` if it is a mapping; an empty file is an empty one.
fn mapping(value: Value) -> Result<Value, Problem> {
    match value {
        Value::Map(_) => Ok(value),
        Value::Null => Ok(Value::Map(Vec::new())),
        _ => Err(Problem::at(1, "the file is not a mapping")),
    }
}

/// The value that `keys` lead to.
fn at<'v>(value: &'v Value, keys: &[&str]) -> Option<&'v Value> {
    keys.iter().try_fold(value, |value, key| value.get(key))
}

/// The text that `keys` lead to, if it is not empty.
fn text_at<'v>(value: &'v Value, keys: &[&str]) -> Option<&'v str> {
    at(value, keys).and_then(Value::as_text).filter(|text| !text.is_empty())
}

/// The texts that `value` is or lists.
fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::Text(text)) => vec![text],
        Some(Value::List(items)) => items.iter().filter_map(Value::as_text).collect(),
        _ => Vec::new(),
    }
}

/// The path of an address, without slashes at its ends: `https://host/a/b/` is `a/b`.
fn path_of_url(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    };
    path.trim_matches('/').to_owned()
}
