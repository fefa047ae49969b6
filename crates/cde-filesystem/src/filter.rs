//! Which files of a tree a listing answers with.

use cde_core::Result;

use crate::glob::Glob;
use crate::language::{language_of_name, language_of_type};
use crate::metadata::Metadata;
use crate::pattern::Pattern;

/// What the name that is looked for is written in.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum NameKind {
    /// A glob, as in [`FileFilter::globs`].
    #[default]
    Glob,
    /// A regular expression in dialect "CDE regex 1", searched in the path.
    Regex,
}

/// Conditions that a file must meet, all of them. The default keeps every file.
#[derive(Clone, Debug)]
pub struct FileFilter {
    /// Keeps files that match any; none keeps all. See [`Glob`] for the dialect.
    pub globs: Vec<String>,
    /// Drops files that match any.
    pub excludes: Vec<String>,
    /// Keeps files of any of these languages, by name alone: names, aliases or extensions.
    pub types: Vec<String>,
    /// In bytes, inclusive.
    pub min_size: Option<u64>,
    /// In bytes, inclusive.
    pub max_size: Option<u64>,
    /// In nanoseconds since 1970, exclusive.
    pub changed_after_ns: Option<i64>,
    /// What `find` looks for.
    pub name: Option<String>,
    /// How `name` is written.
    pub name_kind: NameKind,
    /// Whether sizes and times are answered.
    pub details: bool,
    /// Whether contents are read and hashed.
    pub hash: bool,
}

impl Default for FileFilter {
    fn default() -> Self {
        Self {
            globs: Vec::new(),
            excludes: Vec::new(),
            types: Vec::new(),
            min_size: None,
            max_size: None,
            changed_after_ns: None,
            name: None,
            name_kind: NameKind::Glob,
            details: true,
            hash: false,
        }
    }
}

enum NameTest {
    Any,
    Glob(Glob),
    Regex(Pattern),
}

/// A filter ready to judge paths.
pub(crate) struct CompiledFilter {
    globs: Vec<Glob>,
    excludes: Vec<Glob>,
    languages: Vec<&'static str>,
    name: NameTest,
    min_size: Option<u64>,
    max_size: Option<u64>,
    changed_after_ns: Option<i64>,
}

impl CompiledFilter {
    pub(crate) fn new(query: &FileFilter) -> Result<Self> {
        let compile =
            |globs: &[String]| globs.iter().map(|glob| Glob::new(glob.as_bytes())).collect::<Result<_>>();
        Ok(Self {
            globs: compile(&query.globs)?,
            excludes: compile(&query.excludes)?,
            languages: query
                .types
                .iter()
                .map(|word| language_of_type(word.as_bytes()))
                .collect::<Result<_>>()?,
            name: match (&query.name, query.name_kind) {
                (None, _) => NameTest::Any,
                (Some(name), NameKind::Glob) => NameTest::Glob(Glob::new(name.as_bytes())?),
                (Some(name), NameKind::Regex) => NameTest::Regex(Pattern::new(name.as_bytes())?),
            },
            min_size: query.min_size,
            max_size: query.max_size,
            changed_after_ns: query.changed_after_ns,
        })
    }

    /// Whether there is no condition on the path.
    pub(crate) fn accepts_every_path(&self) -> bool {
        self.globs.is_empty()
            && self.excludes.is_empty()
            && self.languages.is_empty()
            && matches!(self.name, NameTest::Any)
    }

    /// Whether the conditions on the path hold.
    pub(crate) fn accepts_path(&self, path: &[u8]) -> bool {
        let any = |globs: &[Glob]| globs.iter().any(|glob| glob.matches(path));
        (self.globs.is_empty() || any(&self.globs))
            && !any(&self.excludes)
            && match &self.name {
                NameTest::Any => true,
                NameTest::Glob(glob) => glob.matches(path),
                NameTest::Regex(pattern) => pattern.is_match(path),
            }
            && (self.languages.is_empty()
                || language_of_name(path).is_some_and(|language| self.languages.contains(&language)))
    }

    /// Whether any condition needs a file's metadata.
    pub(crate) fn needs_metadata(&self) -> bool {
        self.min_size.is_some() || self.max_size.is_some() || self.changed_after_ns.is_some()
    }

    /// Whether the conditions on the metadata hold.
    pub(crate) fn accepts_metadata(&self, metadata: &Metadata) -> bool {
        self.min_size.is_none_or(|least| metadata.size >= least)
            && self.max_size.is_none_or(|most| metadata.size <= most)
            && self.changed_after_ns.is_none_or(|after| metadata.mtime_ns > after)
    }
}
