//! Walking, ignore rules, finding, reading and comparing files.

mod open;
mod options;
mod tree;
mod walk;

pub use options::TreeOptions;
pub use tree::{FileFacts, FileKind, Tags, Tree};
