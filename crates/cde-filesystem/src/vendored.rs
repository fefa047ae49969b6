//! Folders that hold other people's code or build output, known without reading files.
//!
//! Only what is hardly ever anything else: `build`, `dist` and `out` are as often somebody's own folder, so they are left
//! to `.gitignore` and to `linguist-generated`.

use crate::tree::Tags;

/// What a folder's name and its neighbours tell: `target` beside `Cargo.toml` is build output.
pub(crate) fn outer_tags(name: &[u8], beside_cargo_toml: bool) -> Tags {
    match name {
        // Packages fetched by npm, Bower, jspm, CocoaPods, Carthage and Go, and copies kept in the tree by convention.
        b"node_modules" | b"bower_components" | b"jspm_packages" | b"web_modules" | b"Pods" | b"Carthage"
        | b"Godeps" | b"site-packages" | b"vendor" | b"vendored" | b"_vendor" | b"third_party"
        | b"third-party" | b"thirdparty" | b"3rdparty" => Tags::VENDORED,
        b"__pycache__" | b"__generated__" => Tags::GENERATED,
        b"target" if beside_cargo_toml => Tags::GENERATED,
        _ => Tags::NONE,
    }
}

/// What a folder's entries tell: `pyvenv.cfg` makes a virtual environment, `CACHEDIR.TAG` a `target`.
pub(crate) fn inner_tags(name: &[u8], has_pyvenv_cfg: bool, has_cachedir_tag: bool) -> Tags {
    if has_pyvenv_cfg {
        Tags::VENDORED
    } else if name == b"target" && has_cachedir_tag {
        Tags::GENERATED
    } else {
        Tags::NONE
    }
}
