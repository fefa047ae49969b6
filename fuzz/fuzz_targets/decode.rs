#![no_main]
//! Decoding never panics, and what it says of invalid bytes is what the text shows.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let decoded = cde_filesystem::decode(bytes);
    if decoded.invalid_bytes > 0 {
        assert!(decoded.text.contains('\u{fffd}'));
    }
    let _ = cde_filesystem::decode_legacy(bytes);
});
