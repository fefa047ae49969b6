//! The bridge: the Python module `cde_rust_core` over the Rust core. No other crate knows Python.
//!
//! Every exported call that can take more than a millisecond goes through [`bridge::run`]; results are batches that stay
//! in Rust ([`answer`]) and become Python records one at a time ([`convert`]); failures leave as one exception
//! ([`errors`]). Nothing starts, prints or imports when the module is loaded.
//!
//! ```python
//! import cde_rust_core as core
//!
//! core.version()         # '0.1.0'
//! core.bridge_version()  # 1
//! ```

mod answer;
mod bridge;
mod code;
mod control;
mod convert;
mod documentation;
mod errors;
mod filesystem;
mod probe;

use pyo3::prelude::*;

/// Raised with every change of what crosses the bridge; `cde_orchestrator` carries the same number.
const BRIDGE_VERSION: u32 = 5;

/// The version of the core.
#[pyfunction]
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The number of the bridge that this core speaks.
#[pyfunction]
fn bridge_version() -> u32 {
    BRIDGE_VERSION
}

/// How many threads the core works with.
#[pyfunction]
fn thread_count(py: Python<'_>) -> PyResult<usize> {
    bridge::run_inline(py, bridge::thread_count)
}

/// The native core of CDE Orchestrator.
#[pymodule(gil_used = false)]
mod cde_rust_core {
    #[pymodule_export]
    use super::answer::{Answer, Items};
    #[pymodule_export]
    use super::code::{code_metrics, code_symbols};
    #[pymodule_export]
    use super::control::CancelToken;
    #[pymodule_export]
    use super::convert::register_records;
    #[pymodule_export]
    use super::documentation::{
        Scan, check_documentation, front_matter, link_graph, outline_document, parse_markdown,
        scan_documentation, slugs,
    };
    #[pymodule_export]
    use super::errors::CoreError;
    #[pymodule_export]
    use super::filesystem::{
        Listing, Snapshot, Tree, changes_since, duplicates, list_files, open_tree, read_text, snapshot,
        tree_summary,
    };
    #[pymodule_export]
    use super::probe::{error_codes, panic, work};
    #[pymodule_export]
    use super::{bridge_version, thread_count, version};
}
