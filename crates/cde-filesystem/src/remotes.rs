//! Where a repository is hosted: the addresses of its remotes and the names of its branches, read from git's own files.
//!
//! Only the repository's own `config` is read, and no file that it includes: an address of the user's other
//! configuration says nothing about this tree. Nothing is run, and sizes and numbers are bounded.

use std::path::Path;

use crate::git_config_syntax::parse_config;
use crate::open;
use crate::repository::Repository;

const MAX_FILE_BYTES: u64 = 1 << 20;
const MAX_REMOTES: usize = 16;
const MAX_ADDRESS: usize = 2048;
const SPACES: &[u8] = b" \t\r\n";

/// What git's files say about the place of a tree on hosts of code.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Remotes {
    /// The path from the top of the repository to the tree, empty or with a trailing slash.
    pub prefix: Vec<u8>,
    /// The addresses as configured, in their order; the first ones where there are very many.
    pub addresses: Vec<Vec<u8>>,
    /// The branch that is checked out.
    pub current: Option<Vec<u8>>,
    /// The branch that `origin` shows first, where it is known.
    pub default: Option<Vec<u8>>,
}

impl Remotes {
    /// Those of the repository around `folder`, which is absolute and without links; `None` outside of any, and in one
    /// of which only parts may be checked out.
    pub fn of(folder: &Path) -> Option<Self> {
        let repository = Repository::find(folder)?;
        if repository.git_dir.join("info/sparse-checkout").symlink_metadata().is_ok() {
            return None;
        }
        let common = &repository.common_dir;
        Some(Self {
            addresses: addresses(&common.join("config")),
            current: branch(&repository.git_dir.join("HEAD"), b"refs/heads/"),
            default: branch(&common.join("refs/remotes/origin/HEAD"), b"refs/remotes/origin/"),
            prefix: repository.prefix,
        })
    }
}

fn addresses(config: &Path) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let Ok(content) = open::read_named(config, MAX_FILE_BYTES) else { return found };
    // What stands before a line that cannot be read counts; the walk reports the line.
    let _ = parse_config(&content, &mut |key, value| {
        let is_address = key.starts_with(b"remote.") && key.ends_with(b".url");
        if let Some(value) = value.filter(|value| is_address && value.len() <= MAX_ADDRESS)
            && found.len() < MAX_REMOTES
        {
            found.push(value.to_vec());
        }
    });
    found
}

/// The branch below `prefix` that the symbolic reference at `path` names.
fn branch(path: &Path, prefix: &[u8]) -> Option<Vec<u8>> {
    let content = open::read_named(path, MAX_FILE_BYTES).ok()?;
    let target = content.strip_prefix(b"ref:")?;
    let begin = target.iter().position(|byte| !SPACES.contains(byte))?;
    let end = target.iter().rposition(|byte| !SPACES.contains(byte))?;
    target[begin..=end].strip_prefix(prefix).filter(|name| !name.is_empty()).map(<[u8]>::to_vec)
}
