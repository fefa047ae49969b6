#![no_main]
//! Extraction never panics, ends in bounded time, and always yields JSON.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for format in ["markdown", "mdx"] {
        assert!(cde_documentation::parse_to_json(text, format).is_ok());
    }
});
