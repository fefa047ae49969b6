//! The documentation capability.

use std::path::PathBuf;
use std::sync::Arc;

use cde_core::{CoreError, ErrorCode};
use cde_documentation::model::{DocumentItem, ScanSummary};
use cde_documentation::{CheckOptions, DetailLevel, GraphOptions, ScanOptions, SlugFlavour};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::answer::Answer;
use crate::bridge::{Control, run, run_inline};
use crate::control::CancelToken;
use crate::filesystem::Tree;

/// A scan, which the checks judge without reading anything again.
#[pyclass(frozen, module = "cde_rust_core")]
pub struct Scan(Arc<cde_core::Answer<ScanSummary, Vec<DocumentItem>>>);

#[pymethods]
impl Scan {
    /// The answer over the documents.
    #[getter]
    fn answer(&self) -> Answer {
        Answer::new(Arc::clone(&self.0))
    }
}

fn scan_options(
    detail: &str,
    slug_flavour: &str,
    required_metadata: Vec<String>,
    max_document_bytes: u64,
    max_nesting: u32,
) -> cde_core::Result<ScanOptions> {
    let detail = match detail {
        "names" => DetailLevel::Names,
        "summary" => DetailLevel::Summary,
        "full" => DetailLevel::Full,
        other => {
            return Err(CoreError::new(
                ErrorCode::InvalidArgument,
                format!("unknown detail level '{other}'"),
            )
            .hint("one of: names, summary, full"));
        }
    };
    let slug_flavour: SlugFlavour = slug_flavour.parse()?;
    Ok(ScanOptions { detail, slug_flavour, required_metadata, max_document_bytes, max_nesting, check: None })
}

/// Every document of `tree`; `check` is what a check that follows will select and ignore.
#[pyfunction]
#[pyo3(signature = (tree, *, detail, slug_flavour, required_metadata, max_document_bytes, max_nesting, check=None, cancel=None, progress=None))]
#[expect(clippy::too_many_arguments, reason = "they are keyword-only options in Python")]
pub fn scan_documentation<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    detail: &str,
    slug_flavour: &str,
    required_metadata: Vec<String>,
    max_document_bytes: u64,
    max_nesting: u32,
    check: Option<(Vec<String>, Vec<String>)>,
    cancel: Option<Bound<'py, CancelToken>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Scan> {
    let mut options = run_inline(py, || {
        scan_options(detail, slug_flavour, required_metadata, max_document_bytes, max_nesting)
    })?;
    options.check = check.map(|(select, ignore)| CheckOptions { select, ignore, ..CheckOptions::default() });
    let tree = tree.get().share();
    run(py, &Control { cancel, progress }, move |context| cde_documentation::scan(&tree, &options, context))
        .map(|answer| Scan(Arc::new(answer)))
}

/// Findings over a scan of full detail.
#[pyfunction]
#[pyo3(signature = (tree, scan, *, select, ignore, site_root, per_path, severity, required_metadata, review_keys, today, site, scanned_slugs, cancel=None))]
#[expect(clippy::too_many_arguments, reason = "they are keyword-only options in Python")]
pub fn check_documentation<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    scan: &Bound<'py, Scan>,
    select: Vec<String>,
    ignore: Vec<String>,
    site_root: Option<String>,
    per_path: Vec<(PathBuf, Vec<String>)>,
    severity: Vec<(String, String)>,
    required_metadata: Vec<String>,
    review_keys: Vec<String>,
    today: Option<String>,
    site: Option<String>,
    scanned_slugs: bool,
    cancel: Option<Bound<'py, CancelToken>>,
) -> PyResult<Answer> {
    let tree = tree.get().share();
    let scan = Arc::clone(&scan.get().0);
    let per_path = per_path
        .into_iter()
        .map(|(glob, names)| (glob.into_os_string().into_encoded_bytes(), names))
        .collect();
    let options = CheckOptions {
        select,
        ignore,
        site_root,
        per_path,
        severity,
        required_metadata,
        review_keys,
        today,
        site,
        scanned_slugs,
    };
    run(py, &Control { cancel, progress: None }, move |context| {
        cde_documentation::check(&tree, &scan, &options, context)
    })
    .map(|answer| Answer::new(Arc::new(answer)))
}

/// Who links to whom among the documents of a scan of full detail.
#[pyfunction]
#[pyo3(signature = (tree, scan, *, entries, site_root, site, cancel=None))]
pub fn link_graph<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    scan: &Bound<'py, Scan>,
    entries: Vec<Vec<u8>>,
    site_root: Option<String>,
    site: Option<String>,
    cancel: Option<Bound<'py, CancelToken>>,
) -> PyResult<Answer> {
    let tree = tree.get().share();
    let scan = Arc::clone(&scan.get().0);
    let options = GraphOptions { entries, site_root, site };
    run(py, &Control { cancel, progress: None }, move |context| {
        cde_documentation::link_graph(&tree, &scan, &options, context)
    })
    .map(|answer| Answer::new(Arc::new(answer)))
}

/// The sections of one document.
#[pyfunction]
#[pyo3(signature = (path, *, slug_flavour, max_document_bytes, max_nesting))]
pub fn outline_document(
    py: Python<'_>,
    path: PathBuf,
    slug_flavour: &str,
    max_document_bytes: u64,
    max_nesting: u32,
) -> PyResult<Answer> {
    let options =
        run_inline(py, || scan_options("full", slug_flavour, Vec::new(), max_document_bytes, max_nesting))?;
    run(py, &Control::default(), move |_| cde_documentation::outline(&path, &options))
        .map(|answer| Answer::new(Arc::new(answer)))
}

/// One parsed document as JSON, for the differential tests.
#[pyfunction]
#[pyo3(name = "_parse_markdown")]
pub fn parse_markdown(py: Python<'_>, text: String, format: String) -> PyResult<Bound<'_, PyBytes>> {
    let json = run(py, &Control::default(), move |_| cde_documentation::parse_to_json(&text, &format))?;
    Ok(PyBytes::new(py, &json))
}

/// The front matter of `text` as JSON, for the differential tests.
#[pyfunction]
#[pyo3(name = "_front_matter")]
pub fn front_matter(py: Python<'_>, text: String) -> PyResult<Bound<'_, PyBytes>> {
    let json = run(py, &Control::default(), move |_| {
        cde_core::to_json(&cde_documentation::frontmatter::parse(&text))
    })?;
    Ok(PyBytes::new(py, &json))
}

/// The slugs of each of `texts` by itself, for the differential tests.
#[pyfunction]
#[pyo3(name = "_slugs")]
pub fn slugs(py: Python<'_>, flavour: &str, texts: Vec<String>) -> PyResult<Vec<String>> {
    let flavour: SlugFlavour = run_inline(py, || flavour.parse())?;
    run(py, &Control::default(), move |_| {
        Ok(texts.iter().map(|text| cde_documentation::slug::slugify(flavour, text)).collect())
    })
}
