//! The pages that Microsoft's publishing system redirects: a link to one leads on, though the file is gone.

use cde_core::Value;
use cde_filesystem::{Tree, read_outside_scope};

use super::target::{parent, place};
use crate::frontmatter::parse_file;
use crate::hash::Set;

const CONFIG: &[u8] = b".openpublishing.publish.config.json";
const USUAL: &str = ".openpublishing.redirection.json";
const LARGEST_FILE: u64 = 8 * 1024 * 1024;
const MOST_FILES: usize = 64;

/// The paths of all sources that a file of redirections names.
pub(super) fn redirected(tree: &Tree) -> Set<Vec<u8>> {
    let mut found = Set::default();
    let config = read(tree, CONFIG).unwrap_or(Value::Null);
    let named = match config.get("redirection_files") {
        Some(Value::List(files)) => files.iter().filter_map(Value::as_text).collect(),
        _ => vec![USUAL],
    };
    for name in named.into_iter().take(MOST_FILES) {
        let file = place(b"", name.as_bytes());
        if file.above > 0 || name.contains('\0') {
            continue;
        }
        let Some(value) = read(tree, &file.path) else { continue };
        let folder = parent(&file.path);
        let mut add = |folder: &[u8], path: &str| {
            let there = place(folder, path.trim_start_matches('/').as_bytes());
            if there.above == 0 {
                found.insert(there.path);
            }
        };
        match value.get("redirections") {
            Some(Value::Map(entries)) => entries.iter().for_each(|(path, _)| add(folder, path)),
            Some(Value::List(entries)) => {
                for entry in entries {
                    if let Some(path) = entry.get("source_path").and_then(Value::as_text) {
                        add(folder, path);
                    }
                    if let Some(path) = entry.get("source_path_from_root").and_then(Value::as_text) {
                        add(b"", path);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn read(tree: &Tree, path: &[u8]) -> Option<Value> {
    let content = read_outside_scope(tree, path, LARGEST_FILE)?;
    let text = String::from_utf8(content).ok()?;
    parse_file(text.strip_prefix('\u{feff}').unwrap_or(&text), "json").ok()
}
