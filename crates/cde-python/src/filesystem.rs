//! The filesystem capability.

use std::path::PathBuf;
use std::sync::Arc;

use cde_core::RepoPath;
use cde_filesystem::{FileFilter, FileListing, NameKind, SnapshotEntry, TreeOptions};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::answer::Answer;
use crate::bridge::{Control, run};
use crate::control::CancelToken;
use crate::convert::to_python;

/// A walked tree, which remembers what was learnt from each file that was read.
#[pyclass(frozen, module = "cde_rust_core")]
pub struct Tree(Arc<cde_filesystem::Tree>);

impl Tree {
    /// A handle for a worker thread.
    pub fn share(&self) -> Arc<cde_filesystem::Tree> {
        Arc::clone(&self.0)
    }
}

#[pymethods]
impl Tree {
    /// The path that was opened, as given.
    #[getter]
    fn root<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.root())
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }
}

/// A listing: an answer whose paths can also be had as one piece.
#[pyclass(frozen, module = "cde_rust_core")]
pub struct Listing {
    answer: Arc<cde_core::Answer<cde_filesystem::FileSummary, FileListing>>,
}

#[pymethods]
impl Listing {
    /// The answer over the files.
    #[getter]
    fn answer(&self) -> Answer {
        Answer::new(Arc::clone(&self.answer))
    }

    /// Every path in escaped form, each followed by a newline; or as raw bytes followed by NUL.
    fn write_paths<'py>(&self, py: Python<'py>, raw: bool) -> Bound<'py, PyBytes> {
        let listing = Arc::clone(&self.answer);
        let bytes = py.detach(move || listing.items.write_paths(raw));
        PyBytes::new(py, &bytes)
    }
}

/// Walks `root` once.
#[pyfunction]
#[pyo3(signature = (root, *, hidden, ignore, vendored, follow, max_depth, cancel=None, progress=None))]
#[expect(clippy::fn_params_excessive_bools, reason = "they are keyword-only options in Python")]
#[expect(clippy::too_many_arguments, reason = "they are keyword-only options in Python")]
pub fn open_tree<'py>(
    py: Python<'py>,
    root: PathBuf,
    hidden: bool,
    ignore: bool,
    vendored: bool,
    follow: bool,
    max_depth: Option<u32>,
    cancel: Option<Bound<'py, CancelToken>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Tree> {
    let options = TreeOptions { hidden, ignore, vendored, follow, max_depth };
    run(py, &Control { cancel, progress }, move |context| {
        cde_filesystem::Tree::open(&root, &options, context).map(|tree| Tree(Arc::new(tree)))
    })
}

/// The files of `tree` that pass the filter.
#[pyfunction]
#[pyo3(signature = (tree, *, globs, excludes, types, min_size, max_size, changed_after_ns, name, name_kind, details, hash, cancel=None))]
#[expect(clippy::too_many_arguments, reason = "they are keyword-only options in Python")]
pub fn list_files<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    globs: Vec<String>,
    excludes: Vec<String>,
    types: Vec<String>,
    min_size: Option<u64>,
    max_size: Option<u64>,
    changed_after_ns: Option<i64>,
    name: Option<String>,
    name_kind: &str,
    details: bool,
    hash: bool,
    cancel: Option<Bound<'py, CancelToken>>,
) -> PyResult<Listing> {
    let name_kind = if name_kind == "regex" { NameKind::Regex } else { NameKind::Glob };
    let query = FileFilter {
        globs,
        excludes,
        types,
        min_size,
        max_size,
        changed_after_ns,
        name,
        name_kind,
        details,
        hash,
    };
    let tree = tree.get().share();
    run(py, &Control { cancel, progress: None }, move |context| {
        cde_filesystem::list_files(&tree, &query, context)
    })
    .map(|answer| Listing { answer: Arc::new(answer) })
}

/// Counts by language and folder.
#[pyfunction]
#[pyo3(signature = (tree, *, cancel=None, progress=None))]
pub fn tree_summary<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    cancel: Option<Bound<'py, CancelToken>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Answer> {
    let tree = tree.get().share();
    run(py, &Control { cancel, progress }, move |context| cde_filesystem::tree_summary(&tree, context))
        .map(|answer| Answer::new(Arc::new(answer)))
}

/// One file as text.
#[pyfunction]
#[pyo3(signature = (path, *, max_bytes))]
pub fn read_text(py: Python<'_>, path: PathBuf, max_bytes: u64) -> PyResult<Answer> {
    run(py, &Control::default(), move |_| cde_filesystem::read_text(&path, max_bytes))
        .map(|answer| Answer::new(Arc::new(answer)))
}

/// Groups of equal content.
#[pyfunction]
#[pyo3(signature = (tree, *, min_size, cancel=None, progress=None))]
pub fn duplicates<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    min_size: u64,
    cancel: Option<Bound<'py, CancelToken>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Answer> {
    let tree = tree.get().share();
    run(py, &Control { cancel, progress }, move |context| {
        cde_filesystem::duplicates(&tree, min_size, context)
    })
    .map(|answer| Answer::new(Arc::new(answer)))
}

/// What to remember of a tree, kept in the core.
#[pyclass(frozen, module = "cde_rust_core")]
pub struct Snapshot(Arc<cde_core::Answer<cde_filesystem::SnapshotSummary, Vec<SnapshotEntry>>>);

#[pymethods]
impl Snapshot {
    /// The answer over the entries.
    #[getter]
    fn answer(&self) -> Answer {
        Answer::new(Arc::clone(&self.0))
    }
}

/// What to remember to tell later what changed.
#[pyfunction]
#[pyo3(signature = (tree, *, cancel=None, progress=None))]
pub fn snapshot<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    cancel: Option<Bound<'py, CancelToken>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Snapshot> {
    let tree = tree.get().share();
    run(py, &Control { cancel, progress }, move |context| cde_filesystem::snapshot(&tree, context))
        .map(|answer| Snapshot(Arc::new(answer)))
}

/// A snapshot entry as Python hands it over: path, size, mtime, ctime, inode, digest.
type EntryFields = (PathBuf, u64, i64, i64, u64, String);

/// What differs from `before`: a `Snapshot` of this process, or a list of entries' fields kept elsewhere.
#[pyfunction]
#[pyo3(signature = (tree, before, *, taken_ns, cancel=None))]
pub fn changes_since<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    before: &Bound<'py, PyAny>,
    taken_ns: i64,
    cancel: Option<Bound<'py, CancelToken>>,
) -> PyResult<Answer> {
    let tree = tree.get().share();
    let kept = before.cast::<Snapshot>().ok().map(|snapshot| Arc::clone(&snapshot.get().0));
    let given = if kept.is_some() { Vec::new() } else { entries(py, before.extract()?)? };
    run(py, &Control { cancel, progress: None }, move |context| {
        let before = kept.as_ref().map_or(given.as_slice(), |snapshot| snapshot.items.as_slice());
        cde_filesystem::changes_since(&tree, before, taken_ns, context)
    })
    .map(|answer| Answer::new(Arc::new(answer)))
}

fn entries(py: Python<'_>, fields: Vec<EntryFields>) -> PyResult<Vec<SnapshotEntry>> {
    crate::bridge::run_inline(py, || {
        fields
            .into_iter()
            .map(|(path, size, mtime_ns, ctime_ns, inode, hash)| {
                let hash = hash.parse()?;
                Ok(SnapshotEntry {
                    path: RepoPath::from(path.as_path()),
                    size,
                    mtime_ns,
                    ctime_ns,
                    inode,
                    hash,
                })
            })
            .collect()
    })
}
