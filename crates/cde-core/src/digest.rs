//! SHA-256 digests: of files, and of a set of files (the snapshot id).

use std::fmt::{self, Write as _};

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::path::RepoPath;

/// A SHA-256 digest, written as `sha256:` and 64 hex digits.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Sha256Hex([u8; 32]);

impl Sha256Hex {
    /// A digest computed elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 12 hex digits, as receipts cite them.
    pub fn hash12(&self) -> String {
        let mut text = String::with_capacity(12);
        for byte in &self.0[..6] {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

impl fmt::Display for Sha256Hex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl Serialize for Sha256Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The digest of `bytes`.
pub fn sha256(bytes: &[u8]) -> Sha256Hex {
    Sha256Hex(Sha256::digest(bytes).into())
}

/// The id of a set of files: SHA-256 over, for each file by path bytes, the path's length as 8 bytes little endian, the
/// path, the size as 8 bytes little endian and the 32 bytes of the content's SHA-256.
///
/// `files` must be sorted by path bytes. O(number of files).
pub fn snapshot_id<'a>(files: impl IntoIterator<Item = (&'a RepoPath, u64, &'a Sha256Hex)>) -> Sha256Hex {
    let mut hasher = Sha256::new();
    for (path, size, digest) in files {
        hasher.update((path.as_bytes().len() as u64).to_le_bytes());
        hasher.update(path.as_bytes());
        hasher.update(size.to_le_bytes());
        hasher.update(digest.as_bytes());
    }
    Sha256Hex(hasher.finalize().into())
}
