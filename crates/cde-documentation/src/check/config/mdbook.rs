//! `book.toml`.

use cde_core::Value;

use super::{Folder, Navigation, Told, path_of_url, text_at};
use crate::options::SlugFlavour;

/// What `value` tells. Versions of mdBook differ in a few anchors, so others count as well.
pub(super) fn told(value: &Value) -> Told {
    let source = text_at(value, &["book", "src"]).unwrap_or("src");
    Told {
        content: vec![Folder { key: "src", path: source.to_owned() }],
        base_url: text_at(value, &["output", "html", "site-url"]).map(path_of_url).unwrap_or_default(),
        slugs: Some((SlugFlavour::Mdbook, false)),
        navigation: Navigation::Summary,
        ..Told::default()
    }
}
