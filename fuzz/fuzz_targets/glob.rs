#![no_main]
//! Compiling and matching a glob never panics and never explodes.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &[u8])| {
    let (pattern, path) = input;
    if let Ok(glob) = cde_filesystem::Glob::new(pattern.as_bytes()) {
        let _ = glob.matches(path);
    }
});
