//! What `benchmarks/` needs in Rust and users never install: the floor of the documentation scan, and a meter for
//! whole processes. The micro-benchmarks are in `benches/`.
//!
//! ```
//! use cde_bench::floor::parse_events;
//!
//! // A paragraph with a text: start, text, end.
//! assert_eq!(parse_events("hello"), 3);
//! ```

pub mod floor;
pub mod meter;
