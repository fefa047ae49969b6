//! How a failure of the core reaches Python: one exception with code, message, path and hint as its arguments, which the
//! Rust engine turns into the class that both engines raise.

use cde_core::CoreError as Failure;
use pyo3::prelude::*;
use pyo3::types::PyString;

pyo3::create_exception!(
    cde_rust_core,
    CoreError,
    pyo3::exceptions::PyException,
    "A failure of the core; its args are (code, message, path or None, hint or None)."
);

/// The Python exception for `failure`.
pub fn to_exception(py: Python<'_>, failure: Failure) -> PyErr {
    let path: Option<Py<PyString>> = failure.path.as_ref().map(|path| {
        let Ok(text) = path.as_path().as_os_str().into_pyobject(py);
        text.unbind()
    });
    CoreError::new_err((failure.code.as_str(), failure.message, path, failure.hint))
}
