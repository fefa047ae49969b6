//! Which files of a tree are in scope.

/// What [`Tree::open`](crate::Tree::open) takes into account.
///
/// The default is what a maintainer means by "the files of this repository": no hidden names, nothing that git ignores,
/// links listed and not followed, no limit of depth.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "five independent switches, each named where it is set")]
pub struct TreeOptions {
    /// Includes names that begin with a dot. `.git` is never listed.
    pub hidden: bool,
    /// Honours ignore files: `.gitignore`, git's exclude files, `.ignore`, `.cdeignore`.
    pub ignore: bool,
    /// Keeps vendored and generated files for analysis; a listing shows them either way.
    pub vendored: bool,
    /// Follows links to directories inside the root.
    pub follow: bool,
    /// 1 means the root's own entries; `None` is no limit.
    pub max_depth: Option<u32>,
}

impl Default for TreeOptions {
    fn default() -> Self {
        Self { hidden: false, ignore: true, vendored: false, follow: false, max_depth: None }
    }
}
