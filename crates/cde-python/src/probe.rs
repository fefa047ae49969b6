//! Ways for the tests to see how the bridge behaves: a panic, and work that lasts until it is stopped.

use std::time::{Duration, Instant};

use pyo3::prelude::*;

use crate::bridge::{Control, run};
use crate::control::CancelToken;

/// Every code that an error of the core can carry.
#[pyfunction]
#[pyo3(name = "_error_codes")]
pub fn error_codes() -> Vec<&'static str> {
    cde_core::ErrorCode::ALL.iter().map(|code| code.as_str()).collect()
}

/// Panics inside of the core, on a worker thread.
#[pyfunction]
#[pyo3(name = "_panic")]
pub fn panic(py: Python<'_>, message: String) -> PyResult<()> {
    run(py, &Control::default(), move |_| -> cde_core::Result<()> {
        std::panic::resume_unwind(Box::new(message))
    })
}

/// Works until it is cancelled or `milliseconds` have passed; gives the number of times the flag was tested.
#[pyfunction]
#[pyo3(name = "_work", signature = (milliseconds, *, cancel=None, progress=None))]
pub fn work<'py>(
    py: Python<'py>,
    milliseconds: u64,
    cancel: Option<Bound<'py, CancelToken>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<u64> {
    run(py, &Control { cancel, progress }, move |context| {
        let end = Instant::now() + Duration::from_millis(milliseconds);
        let mut tests = 0;
        while Instant::now() < end {
            context.check()?;
            context.progress.advance(1);
            tests += 1;
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(tests)
    })
}
