//! Paths as bytes, and the one-to-one way to write them as text.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;

use serde::{Serialize, Serializer};

/// A path as the bytes that the operating system gave, relative to a root and with `/`.
///
/// In JSON it is [`escaped`](Self::escaped). A serializer that is not human readable receives the bytes as a newtype
/// struct named [`RepoPath::SERDE_NAME`], so that the Python bridge can hand out what `os.fsdecode` gives.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RepoPath(Box<[u8]>);

impl RepoPath {
    /// The name under which serializers see a path.
    pub const SERDE_NAME: &'static str = "RepoPath";

    /// The path that `bytes` spell.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// The bytes of the path.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path as the operating system takes it.
    #[cfg(unix)]
    pub fn as_path(&self) -> &Path {
        use std::os::unix::ffi::OsStrExt;
        Path::new(OsStr::from_bytes(&self.0))
    }

    /// The written form: UTF-8 as it is, other bytes as `\xNN`, and a backslash that would read as such an escape as
    /// `\x5c`.
    pub fn escaped(&self) -> Cow<'_, str> {
        escape(&self.0)
    }
}

impl AsRef<[u8]> for RepoPath {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for RepoPath {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for RepoPath {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

impl From<&Path> for RepoPath {
    fn from(path: &Path) -> Self {
        Self(path.as_os_str().as_encoded_bytes().into())
    }
}

impl Serialize for RepoPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RepoPathRef(&self.0).serialize(serializer)
    }
}

/// A borrowed [`RepoPath`], for records made from one packed buffer; written the same way.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RepoPathRef<'a>(pub &'a [u8]);

impl RepoPathRef<'_> {
    /// The written form; see [`RepoPath::escaped`].
    pub fn escaped(&self) -> Cow<'_, str> {
        escape(self.0)
    }
}

impl Serialize for RepoPathRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&self.escaped())
        } else {
            serializer.serialize_newtype_struct(RepoPath::SERDE_NAME, &RawBytes(self.0))
        }
    }
}

struct RawBytes<'a>(&'a [u8]);

impl Serialize for RawBytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

fn starts_escape(rest: &[u8]) -> bool {
    let is_lower_hex = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    matches!(rest, [b'x', high, low, ..] if is_lower_hex(high) && is_lower_hex(low))
}

fn escape(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = str::from_utf8(bytes)
        && !bytes.contains(&b'\\')
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(bytes.len() + 16);
    let mut rest = bytes;
    while !rest.is_empty() {
        let (valid, tail) = match str::from_utf8(rest) {
            Ok(text) => (text, &[][..]),
            Err(error) => {
                let (valid, tail) = rest.split_at(error.valid_up_to());
                (str::from_utf8(valid).unwrap_or_default(), tail)
            }
        };
        for (index, character) in valid.char_indices() {
            if character == '\\' && starts_escape(&valid.as_bytes()[index + 1..]) {
                out.push_str("\\x5c");
            } else {
                out.push(character);
            }
        }
        if let [byte, after @ ..] = tail {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\x{byte:02x}");
            rest = after;
        } else {
            rest = tail;
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_one_to_one() {
        let written = |bytes: &[u8]| RepoPath::from_bytes(bytes).escaped().into_owned();
        assert_eq!(written("é.md".as_bytes()), "é.md");
        assert_eq!(written(b"a\xff\xfeb"), r"a\xff\xfeb");
        assert_eq!(written(br"a\xffb"), r"a\x5cxffb");
        assert_eq!(written(br"a\b"), r"a\b");
        assert_eq!(written(b"\\\xff"), r"\\xff");
    }
}
