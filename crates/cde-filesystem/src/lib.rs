//! Walking, ignore rules, finding, reading and comparing files.
//!
//! A [`Tree`] is walked once ([`Tree::open`]); every operation works on it and remembers in it what reading a file
//! taught, so that several operations over one tree read each file once. Results are sorted by path bytes and do not
//! depend on the number of threads. One file that cannot be read is a diagnostic, never an error of the call.
//!
//! | to | use |
//! |---|---|
//! | list and find files | [`list_files`] with a [`FileFilter`] ([`Glob`], [`Pattern`], languages, size, time) |
//! | count by language and folder | [`tree_summary`] |
//! | read | [`read_file`] and [`file_facts`] for files of a tree, [`read_text`] for a named one, [`decode`] |
//! | compare | [`duplicates`], [`snapshot`] and [`changes_since`] |
//! | ask what exists | [`presence`] |
//! | ask where it is hosted | [`Remotes`] |
//!
//! ```
//! use cde_core::{Context, Items};
//! use cde_filesystem::{FileFilter, Tree, TreeOptions, list_files};
//!
//! let context = Context::default();
//! let tree = Tree::open(".".as_ref(), &TreeOptions::default(), &context)?;
//! let query = FileFilter { globs: vec!["Cargo.{toml,lock}".into()], ..FileFilter::default() };
//! let answer = list_files(&tree, &query, &context)?;
//! assert_eq!(answer.items.get(0).path.0, b"Cargo.toml");
//! assert_eq!(answer.items.get(0).language, Some("TOML"));
//! # Ok::<(), cde_core::CoreError>(())
//! ```

mod attributes;
mod changes;
mod decode;
mod duplicates;
mod exists;
mod facts;
mod filter;
mod git_config;
mod git_config_syntax;
mod git_index;
mod glob;
mod ignore;
mod language;
mod language_table;
mod list;
mod metadata;
mod open;
mod options;
mod outcome;
mod packed;
mod path_patterns;
mod pattern;
mod read;
mod remotes;
mod repository;
mod rule_files;
mod rules;
mod snapshot;
mod summary;
mod text;
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
pub use language::{binary_by_name, is_programming, language_of_name, language_of_text, language_of_type};
pub use list::{FileListing, FileRecord, FileSummary, TagNames, list_files};
pub use options::TreeOptions;
pub use outcome::{Outcome, marked_reason};
pub use path_patterns::PathPatterns;
pub use pattern::Pattern;
pub use read::{ReadProblem, file_facts, read_file, read_outside_scope};
pub use remotes::Remotes;
pub use snapshot::{SnapshotEntry, SnapshotSummary, snapshot};
pub use summary::{FolderSummary, LanguageSummary, TreeSummary, tree_summary};
pub use text::{TextFile, TextSummary, read_text};
pub use tree::{FileFacts, FileKind, Tags, Tree};
