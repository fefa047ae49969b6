//! Bytes compared without regard to the case of ASCII letters, as keys of a map that borrows them.

use std::hash::{Hash, Hasher};

/// Equal to every other spelling in upper and lower case. Letters beyond ASCII keep their case, so that the comparison
/// does not depend on a version of Unicode.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folded<'a>(pub &'a [u8]);

impl PartialEq for Folded<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Folded<'_> {}

impl Hash for Folded<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for chunk in self.0.chunks(64) {
            let mut lower = [0; 64];
            lower[..chunk.len()].copy_from_slice(chunk);
            lower.make_ascii_lowercase();
            state.write(&lower[..chunk.len()]);
        }
    }
}
