//! Walking, ignore rules, finding, reading and comparing files.

mod changes;
mod decode;
mod duplicates;
mod exists;
mod filter;
mod glob;
mod language;
mod language_table;
mod list;
mod metadata;
mod open;
mod options;
mod outcome;
mod pattern;
mod read;
mod snapshot;

mod attributes;
mod git_config;
mod git_config_syntax;
mod git_index;
mod ignore;
mod packed;
mod repository;
mod rule_files;
mod rules;
mod summary;
mod tree;
mod vendored;
mod walk;
mod wildmatch;

pub use changes::{Change, ChangeKind, ChangeSummary, changes_since};
pub use decode::{Decoded, LineEnding, decode, decode_legacy};
pub use duplicates::{DuplicateGroup, DuplicateSummary, duplicates};
pub use exists::{Presence, presence};
pub use filter::{FileFilter, NameKind};
pub use glob::Glob;
pub use language::{binary_by_name, language_of_name, language_of_text};
pub use list::{FileListing, FileRecord, FileSummary, TagNames, list_files};
pub use options::TreeOptions;
pub use pattern::Pattern;
pub use read::{ReadProblem, TextFile, TextSummary, file_facts, read_file, read_text};
pub use snapshot::{SnapshotEntry, SnapshotSummary, snapshot};
pub use summary::{FolderSummary, LanguageSummary, TreeSummary, tree_summary};
pub use tree::{FileFacts, FileKind, Tags, Tree};
