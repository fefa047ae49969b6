//! `_config.yml`.

use cde_core::Value;

use super::{Folder, Told, path_of_url, text_at};

/// What `value` tells.
pub(super) fn told(value: &Value) -> Told {
    let folder = |key: &'static str| text_at(value, &[key]).map(|path| Folder { key, path: path.to_owned() });
    Told {
        content: folder("source").into_iter().collect(),
        served: folder("collections_dir").into_iter().collect(),
        base_url: text_at(value, &["baseurl"]).map(path_of_url).unwrap_or_default(),
        ..Told::default()
    }
}
