//! Steering a call from another thread.

use pyo3::prelude::*;

/// A flag that any thread may set; the calls that were given it end with an error of code `cancelled`.
#[pyclass(frozen, module = "cde_rust_core")]
#[derive(Default)]
pub struct CancelToken(cde_core::CancelToken);

impl CancelToken {
    /// The core's own token.
    pub fn token(&self) -> &cde_core::CancelToken {
        &self.0
    }
}

#[pymethods]
impl CancelToken {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Asks the calls that hold the token to stop; they do within 100 ms.
    fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether `cancel` was called.
    #[getter]
    fn cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}
