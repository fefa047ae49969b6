//! `hugo.toml`, `hugo.yaml`, `hugo.json`, and the older names.

use cde_core::Value;

use super::{Folder, Told, path_of_url, texts};
use crate::options::SlugFlavour;

/// What `value` tells. Hugo takes no notice of the case of a key; modules may mount other folders.
pub(super) fn told(value: &Value) -> Told {
    let folders = |value: &Value, key: &'static str| -> Vec<Folder> {
        let named = texts(get(value, key)).into_iter().filter(|path| !path.is_empty());
        named.map(|path| Folder { key, path: path.to_owned() }).collect()
    };
    let mut content = folders(value, "contentDir");
    if let Some(Value::Map(languages)) = get(value, "languages") {
        content.extend(languages.iter().flat_map(|(_, language)| folders(language, "contentDir")));
    }
    Told {
        content,
        served: folders(value, "staticDir"),
        base_url: get(value, "baseURL").and_then(Value::as_text).map(path_of_url).unwrap_or_default(),
        slugs: Some((SlugFlavour::Hugo, false)),
        ..Told::default()
    }
}

/// The last value whose key is `wanted` in any case.
fn get<'v>(value: &'v Value, wanted: &str) -> Option<&'v Value> {
    let Value::Map(entries) = value else { return None };
    entries.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
}
