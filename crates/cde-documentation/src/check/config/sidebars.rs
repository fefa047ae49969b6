//! The sidebars of Docusaurus: lists of documents' ids, as far as they are literals.

use cde_filesystem::Tree;

use super::script::{Token, closing, tokens};
use crate::check::target::{parent, place};

/// The sets of documents of a site.
#[derive(Debug, Default)]
pub(in crate::check) struct Sidebars(pub Vec<Instance>);

/// A folder of documents and the lists of what its sidebars show; `None` where they are made or cannot be told.
#[derive(Debug)]
pub(in crate::check) struct Instance {
    pub path: String,
    pub lists: Option<Lists>,
}

/// What a file of sidebars lists.
#[derive(Debug, Default)]
pub(in crate::check) struct Lists {
    /// Ids of documents.
    pub ids: Vec<String>,
    /// Folders that are listed as a whole; an empty one is all of them.
    pub folders: Vec<String>,
}

const EXTENSIONS: &[&str] = &["", ".js", ".ts", ".json", ".cjs", ".mjs", ".cts", ".mts"];
/// Keys whose texts are ids, in the object of one entry.
const ID_KEYS: &[&str] = &["id"];

/// The lists in the file `other`, as the configuration at `path` names it.
pub(super) fn read(tree: &Tree, path: &[u8], other: &str) -> Option<Lists> {
    let index = EXTENSIONS.iter().find_map(|extension| {
        let there = place(parent(path), format!("{other}{extension}").as_bytes());
        if there.above > 0 || other.starts_with('/') { None } else { tree.find(&there.path) }
    })?;
    let (text, _) = super::read_text(tree, index).ok()?;
    lists(&tokens(&text).ok()?)
}

/// The lists in the first object that is assigned or exported; `None` where it holds more than literals.
fn lists(tokens: &[Token]) -> Option<Lists> {
    let is_start = |index: usize| {
        tokens[index].is(b'{')
            && match index.checked_sub(1).map(|before| &tokens[before]) {
                None => true,
                Some(Token::Sign(sign)) => *sign == b'=',
                Some(Token::Name(name)) => name == "default",
                Some(_) => false,
            }
    };
    let open = (0..tokens.len()).find(|index| is_start(*index))?;
    let end = closing(tokens, open);
    let mut lists = Lists::default();
    let mut index = open;
    while index < end {
        let is_key = tokens.get(index + 1).is_some_and(|next| next.is(b':'));
        match &tokens[index] {
            Token::Sign(b'{' | b'}' | b'[' | b']' | b',' | b':') | Token::Other => {}
            Token::Name(name)
                if is_key || matches!(name.as_str(), "true" | "false" | "null" | "undefined") => {}
            Token::Text(_) if is_key => {}
            Token::Text(text) => match key_before(tokens, index) {
                Some("dirName") => lists.folders.push(text.clone()),
                Some(key) if !ID_KEYS.contains(&key) => {}
                _ => lists.ids.push(text.clone()),
            },
            _ => return None,
        }
        index += 1;
    }
    Some(lists)
}

/// The key whose value is the text at `index`; `None` for an element of a list.
fn key_before(tokens: &[Token], index: usize) -> Option<&str> {
    if !tokens[index.checked_sub(1)?].is(b':') {
        return None;
    }
    match &tokens[index.checked_sub(2)?] {
        Token::Name(name) | Token::Text(name) => Some(name),
        _ => None,
    }
}

/// `name` without a number before it, which Docusaurus leaves out of an id: `01-intro`.
pub(in crate::check) fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|one: char| one.is_ascii_digit());
    let signs = rest.trim_start_matches(' ');
    let behind = signs.trim_start_matches(['-', '_', '.']);
    let suffix = behind.trim_start_matches(' ');
    let is_prefix = rest.len() < name.len() && behind.len() < signs.len() && !suffix.is_empty();
    if is_prefix && !suffix.starts_with(['-', '_', '.']) { suffix } else { name }
}
