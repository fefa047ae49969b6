//! SHA-256 digests: of files, and of a set of files (the snapshot id).

use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::error::{CoreError, ErrorCode};

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

impl FromStr for Sha256Hex {
    type Err = CoreError;

    fn from_str(text: &str) -> Result<Self, CoreError> {
        let refused = || {
            CoreError::new(ErrorCode::InvalidArgument, format!("'{text}' is not a SHA-256 digest"))
                .hint("a digest is written as sha256: and 64 hex digits")
        };
        let hex = text
            .strip_prefix("sha256:")
            .filter(|hex| hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .ok_or_else(refused)?;
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[index * 2..index * 2 + 2], 16).map_err(|_| refused())?;
        }
        Ok(Self(bytes))
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
pub fn snapshot_id<'a, P: AsRef<[u8]> + ?Sized + 'a>(
    files: impl IntoIterator<Item = (&'a P, u64, &'a Sha256Hex)>,
) -> Sha256Hex {
    let mut hasher = Sha256::new();
    for (path, size, digest) in files {
        hasher.update((path.as_ref().len() as u64).to_le_bytes());
        hasher.update(path.as_ref());
        hasher.update(size.to_le_bytes());
        hasher.update(digest.as_bytes());
    }
    Sha256Hex(hasher.finalize().into())
}
