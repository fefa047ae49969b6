//! What an operation carries along: the cancel token and the counters that a progress display reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use crate::cancel::CancelToken;
use crate::error::Result;

/// What an operation is doing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub enum Stage {
    /// Walking the tree; the total is unknown.
    Walk = 0,
    /// Reading and parsing files.
    Read = 1,
    /// Judging what was read.
    Check = 2,
}

impl Stage {
    /// The name that the progress callback is given.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Read => "read",
            Self::Check => "check",
        }
    }
}

#[derive(Debug, Default)]
struct Counters {
    stage: AtomicU8,
    done: AtomicU64,
    total: AtomicU64,
}

/// Counters written by worker threads and read by the thread that waits.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counters>);

impl Progress {
    /// Begins a stage of `total` steps, or of an unknown number (0).
    pub fn begin(&self, stage: Stage, total: u64) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
        self.0.stage.store(stage as u8, Ordering::Relaxed);
    }

    /// Counts finished steps.
    pub fn advance(&self, steps: u64) {
        self.0.done.fetch_add(steps, Ordering::Relaxed);
    }

    /// Stage, steps done, and the total where it is known.
    pub fn read(&self) -> (Stage, u64, Option<u64>) {
        let stage = match self.0.stage.load(Ordering::Relaxed) {
            0 => Stage::Walk,
            1 => Stage::Read,
            _ => Stage::Check,
        };
        let total = self.0.total.load(Ordering::Relaxed);
        (stage, self.0.done.load(Ordering::Relaxed), (total > 0).then_some(total))
    }
}

/// Carried by every long operation.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Set by the caller to stop the operation.
    pub cancel: CancelToken,
    /// Read by the caller to show progress.
    pub progress: Progress,
}

impl Context {
    /// An error with code `cancelled` once the token is set; call it once per file or per 64 KiB.
    pub fn check(&self) -> Result<()> {
        self.cancel.check()
    }
}
