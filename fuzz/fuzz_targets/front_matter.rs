#![no_main]
//! Front matter never panics, ends in bounded time, and its span lies on character boundaries of the text.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(found) = cde_documentation::frontmatter::parse(text) {
        let json = cde_core::to_json(&found);
        assert!(json.is_ok());
        let lines = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
        assert!(found.line_count as usize <= lines);
    }
});
