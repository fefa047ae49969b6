//! What every capability of CDE shares: errors, cancellation and progress, paths as bytes, digests, and the envelope
//! of every answer.
//!
//! This crate reads no file and starts no thread by itself.
//!
//! ```
//! use cde_core::{CancelToken, RepoPath};
//!
//! let path = RepoPath::from_bytes(b"caf\xe9.md");
//! assert_eq!(path.escaped(), r"caf\xe9.md");
//!
//! let token = CancelToken::new();
//! assert!(token.check().is_ok());
//! token.cancel();
//! assert_eq!(token.check().unwrap_err().code.as_str(), "cancelled");
//! ```

mod answer;
mod cancel;
mod context;
mod digest;
mod envelope;
mod error;
mod json;
mod packed_value;
mod path;
mod value;

pub use answer::{Answer, Items};
pub use cancel::CancelToken;
pub use context::{Context, Progress, Stage};
pub use digest::{Sha256Hex, sha256, snapshot_id};
pub use envelope::{
    Completeness, CompletenessState, Diagnostic, EngineInfo, Envelope, Severity, SkipCounter, Skipped,
};
pub use error::{CoreError, ErrorCode, Result};
pub use json::to_json;
pub use packed_value::PackedValue;
pub use path::{RepoPath, RepoPathRef};
pub use value::Value;
