//! The flag by which any thread stops an operation.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{CoreError, ErrorCode, Result};

/// A flag shared between the one who waits and the one who works.
///
/// Kernels test it once per file or per 64 KiB, so that a cancelled call ends within 100 ms.
#[derive(Clone, Debug, Default)]
pub struct CancelToken {
    flag: Arc<AtomicBool>,
    parent: Option<Arc<AtomicBool>>,
}

impl CancelToken {
    /// A token that is not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// A token that is also cancelled when this one is, but not the other way round: one call can be stopped by
    /// Ctrl-C without spoiling a token that its caller means to use again. A child's child hears its parent only.
    #[must_use]
    pub fn child(&self) -> Self {
        Self { flag: Arc::default(), parent: Some(Arc::clone(&self.flag)) }
    }

    /// Asks the holder to stop.
    pub fn cancel(&self) {
        self.flag.store(true, Ordering::Relaxed);
    }

    /// Whether [`cancel`](Self::cancel) was called.
    pub fn is_cancelled(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
            || self.parent.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// An error with code `cancelled` once the token is set.
    pub fn check(&self) -> Result<()> {
        if self.is_cancelled() {
            return Err(CoreError::new(ErrorCode::Cancelled, "the operation was cancelled"));
        }
        Ok(())
    }
}
