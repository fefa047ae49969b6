//! The code capability.

use std::sync::Arc;

use cde_code::{MetricsOptions, SymbolOptions};
use pyo3::prelude::*;

use crate::answer::Answer;
use crate::bridge::{Control, run};
use crate::control::CancelToken;
use crate::filesystem::Tree;

/// The definitions of every source file of `tree`.
#[pyfunction]
#[pyo3(signature = (tree, *, kinds, exported, types, max_code_bytes, cancel=None, progress=None))]
#[expect(clippy::too_many_arguments, reason = "they are keyword-only options in Python")]
pub fn code_symbols<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    kinds: Vec<String>,
    exported: bool,
    types: Vec<String>,
    max_code_bytes: u64,
    cancel: Option<Bound<'py, CancelToken>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Answer> {
    let tree = tree.get().share();
    let options = SymbolOptions { kinds, exported, types, max_code_bytes };
    run(py, &Control { cancel, progress }, move |context| cde_code::symbols(&tree, &options, context))
        .map(|answer| Answer::new(Arc::new(answer)))
}

/// How large and complex every source file of `tree` is.
#[pyfunction]
#[pyo3(signature = (tree, *, types, max_code_bytes, cancel=None, progress=None))]
pub fn code_metrics<'py>(
    py: Python<'py>,
    tree: &Bound<'py, Tree>,
    types: Vec<String>,
    max_code_bytes: u64,
    cancel: Option<Bound<'py, CancelToken>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Answer> {
    let tree = tree.get().share();
    let options = MetricsOptions { types, max_code_bytes };
    run(py, &Control { cancel, progress }, move |context| cde_code::metrics(&tree, &options, context))
        .map(|answer| Answer::new(Arc::new(answer)))
}
