#![no_main]
//! A slug has no space and no upper-case ASCII letter under any flavour.

use cde_documentation::{SlugFlavour, slug};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for name in ["github", "gitlab", "mkdocs", "docusaurus", "hugo", "mdbook"] {
        if let Ok(flavour) = name.parse::<SlugFlavour>() {
            let made = slug::slugify(flavour, text);
            assert!(!made.bytes().any(|byte| byte == b' ' || byte.is_ascii_uppercase()), "{name}: {made:?}");
        }
    }
});
