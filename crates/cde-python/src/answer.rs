//! Answers as Python sees them: a batch that stays in Rust, from which records are made one at a time.

use std::sync::Arc;

use cde_core::{Answer as CoreAnswer, EngineInfo, Items as CoreItems};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PySlice};
use serde::Serialize;

use crate::convert::to_python;
use crate::errors::to_exception;

/// What the bridge needs of an answer, whatever its records are.
trait Batch: Send + Sync {
    fn schema(&self) -> &'static str;
    fn root<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
    fn snapshot(&self) -> Option<String>;
    fn completeness<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
    fn diagnostics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
    fn len(&self) -> usize;
    fn item<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyAny>>;
    fn to_json(&self, engine: &EngineInfo) -> cde_core::Result<Vec<u8>>;
}

impl<Summary: Serialize + Send + Sync, Records: CoreItems> Batch for CoreAnswer<Summary, Records> {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn root<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.root)
    }

    fn snapshot(&self) -> Option<String> {
        self.snapshot.map(|id| id.to_string())
    }

    fn completeness<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.completeness)
    }

    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.summary)
    }

    fn diagnostics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.diagnostics)
    }

    fn len(&self) -> usize {
        self.items.len()
    }

    fn item<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.items.get(index))
    }

    fn to_json(&self, engine: &EngineInfo) -> cde_core::Result<Vec<u8>> {
        CoreAnswer::to_json(self, engine)
    }
}

/// An answer held by the core.
#[pyclass(frozen, module = "cde_rust_core")]
pub struct Answer(Arc<dyn Batch>);

impl Answer {
    /// Wraps what an operation returned; the caller may keep a second handle to it.
    pub fn new<Summary, Records>(answer: Arc<CoreAnswer<Summary, Records>>) -> Self
    where
        Summary: Serialize + Send + Sync + 'static,
        Records: CoreItems + 'static,
    {
        Self(answer)
    }
}

#[pymethods]
impl Answer {
    /// `cde.<capability>.<verb>/1`.
    #[getter]
    fn schema(&self) -> &'static str {
        self.0.schema()
    }

    /// The path that was asked about, as given.
    #[getter]
    fn root<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.root(py)
    }

    /// `sha256:` and the digest over the contents in scope, or `None`.
    #[getter]
    fn snapshot(&self) -> Option<String> {
        self.0.snapshot()
    }

    /// How completely the question was answered.
    #[getter]
    fn completeness<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.completeness(py)
    }

    /// Counts over all items.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.summary(py)
    }

    /// Files that could not be read or parsed as asked.
    #[getter]
    fn diagnostics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.diagnostics(py)
    }

    /// The records, made one at a time when they are asked for.
    #[getter]
    fn items(&self) -> Items {
        Items(Arc::clone(&self.0))
    }

    /// The envelope as JSON bytes; no Python object is made of the records.
    fn to_json<'py>(
        &self,
        py: Python<'py>,
        engine_name: String,
        engine_version: String,
        engine_reason: String,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let engine = EngineInfo { name: engine_name, version: engine_version, reason: engine_reason };
        let batch = Arc::clone(&self.0);
        let bytes = py.detach(move || batch.to_json(&engine)).map_err(|failure| to_exception(py, failure))?;
        Ok(PyBytes::new(py, &bytes))
    }
}

/// The records of an answer: an immutable sequence.
#[pyclass(frozen, sequence, module = "cde_rust_core")]
pub struct Items(Arc<dyn Batch>);

#[pymethods]
impl Items {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let len = self.0.len();
        if let Ok(slice) = index.cast::<PySlice>() {
            let range = slice.indices(isize::try_from(len)?)?;
            let mut items = Vec::with_capacity(range.slicelength);
            let mut at = range.start;
            for _ in 0..range.slicelength {
                items.push(self.0.item(py, usize::try_from(at)?)?);
                at += range.step;
            }
            return Ok(PyList::new(py, items)?.into_any());
        }
        let position: isize = index.extract()?;
        let from_start = if position < 0 { position + isize::try_from(len)? } else { position };
        match usize::try_from(from_start) {
            Ok(found) if found < len => self.0.item(py, found),
            _ => Err(PyIndexError::new_err(format!("item {position} of {len}"))),
        }
    }

    fn __iter__(&self) -> ItemsIterator {
        ItemsIterator { batch: Arc::clone(&self.0), next: 0 }
    }
}

/// Walks over the records of an answer.
#[pyclass(module = "cde_rust_core")]
pub struct ItemsIterator {
    batch: Arc<dyn Batch>,
    next: usize,
}

#[pymethods]
impl ItemsIterator {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.next >= self.batch.len() {
            return Ok(None);
        }
        let item = self.batch.item(py, self.next)?;
        self.next += 1;
        Ok(Some(item))
    }
}
