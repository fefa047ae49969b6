//! `conf.py`: assignments of literals at the start of a line, found without running or parsing Python.

use super::{Folder, Told};

/// How far a list may reach.
const LONGEST: usize = 4096;

/// What `text` tells.
pub(super) fn told(text: &str) -> Told {
    let folders = |key: &'static str| -> Vec<Folder> {
        literals(text, key).into_iter().map(|path| Folder { key, path }).collect()
    };
    let mut served = folders("html_extra_path");
    served.extend(folders("html_static_path"));
    Told { served, ..Told::default() }
}

/// The texts in the list that is last assigned to `key`; none where it holds anything else.
fn literals(text: &str, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let value = line.strip_prefix(key).map(|rest| rest.trim_start_matches([' ', '\t']));
        if let Some(rest) =
            value.and_then(|rest| rest.strip_prefix('=')).filter(|rest| !rest.starts_with('='))
        {
            let opened = start + line.len() - rest.len();
            found = list(&text.as_bytes()[opened..]).unwrap_or_default();
        }
        start += line.len();
    }
    found
}

/// The texts in the list that `bytes` begins with; `None` where it is no list of plain texts.
fn list(bytes: &[u8]) -> Option<Vec<String>> {
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let skip = |mut at: usize| {
        while bytes.get(at).is_some_and(is_space) {
            at += 1;
        }
        at
    };
    let mut at = skip(0);
    if bytes.get(at) != Some(&b'[') {
        return None;
    }
    let mut found = Vec::new();
    loop {
        at = skip(at + 1);
        match bytes.get(at)? {
            b']' => return Some(found),
            quote @ (b'\'' | b'"') => {
                let length =
                    bytes[at + 1..].iter().position(|byte| matches!(byte, b'\'' | b'"' | b'\\' | b'\n'))?;
                let end = at + 1 + length;
                if bytes[end] != *quote {
                    return None;
                }
                found.push(String::from_utf8(bytes[at + 1..end].to_vec()).ok()?);
                at = skip(end + 1);
                match bytes.get(at)? {
                    b',' => {}
                    b']' => return Some(found),
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
}
