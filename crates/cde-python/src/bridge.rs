//! The one door between Python and the core.
//!
//! [`run`] takes a closure to the core's own thread pool, lets go of the interpreter while it works, and meanwhile looks
//! every 25 ms for signals, a cancelled token and progress to report. A panic in the core becomes an error with code
//! `internal`. [`run_inline`] does the same without the pool, for calls that take less than a millisecond.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError, mpsc};
use std::time::{Duration, Instant};

use cde_core::{Context, CoreError, ErrorCode};
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::control::CancelToken;
use crate::errors::to_exception;

const POLL: Duration = Duration::from_millis(25);
const REPORT: Duration = Duration::from_millis(100);

/// How the caller steers a long call.
#[derive(Default)]
pub struct Control<'py> {
    /// Stops the call when set from any thread.
    pub cancel: Option<Bound<'py, CancelToken>>,
    /// Called as `progress(stage, done, total or None)` about ten times a second.
    pub progress: Option<Bound<'py, PyAny>>,
}

/// Runs `work` on the core's pool without holding the interpreter.
pub fn run<T, F>(py: Python<'_>, control: &Control<'_>, work: F) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce(&Context) -> cde_core::Result<T> + Send + 'static,
{
    let context = Context {
        cancel: control.cancel.as_ref().map(|token| token.get().token().child()).unwrap_or_default(),
        ..Context::default()
    };
    let pool = pool().map_err(|failure| to_exception(py, failure))?;
    let (sender, mut receiver) = mpsc::sync_channel(1);
    let inside = context.clone();
    pool.spawn(move || {
        // The receiver waits until the work has ended, so the send cannot fail.
        let _ = sender.send(guarded(|| work(&inside)));
    });
    let mut interrupted = None;
    let mut reported = Instant::now();
    loop {
        // A `Receiver` may move between threads but not be shared, so the closure borrows it mutably.
        let waiting = &mut receiver;
        let outcome = py.detach(move || waiting.recv_timeout(POLL));
        match outcome {
            Ok(result) => {
                if let Some(error) = interrupted {
                    return Err(error);
                }
                report(control, &context)?;
                return result.map_err(|failure| to_exception(py, failure));
            }
            Err(mpsc::RecvTimeoutError::Timeout) if interrupted.is_none() => {
                let mut state = py.check_signals();
                if state.is_ok() && reported.elapsed() >= REPORT {
                    reported = Instant::now();
                    state = report(control, &context);
                }
                if let Err(error) = state {
                    context.cancel.cancel();
                    interrupted = Some(error);
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let failure = CoreError::new(ErrorCode::Internal, "a worker thread ended without an answer");
                return Err(to_exception(py, failure));
            }
        }
    }
}

/// Runs `work` on the calling thread; for calls that take less than a millisecond.
pub fn run_inline<T>(py: Python<'_>, work: impl FnOnce() -> cde_core::Result<T>) -> PyResult<T> {
    guarded(work).map_err(|failure| to_exception(py, failure))
}

fn report(control: &Control<'_>, context: &Context) -> PyResult<()> {
    if let Some(callback) = &control.progress {
        let (stage, done, total) = context.progress.read();
        callback.call1((stage.as_str(), done, total))?;
    }
    Ok(())
}

/// A panic is a defect of the core. Its state cannot be seen again: the closure is consumed and results are dropped.
fn guarded<T>(work: impl FnOnce() -> cde_core::Result<T>) -> cde_core::Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let text = payload
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "unknown cause".to_owned());
        Err(CoreError::new(ErrorCode::Internal, format!("the core panicked: {text}"))
            .hint("this is a defect of CDE; please report it"))
    })
}

/// The pool belongs to one process and one thread count: threads do not survive a fork.
struct Pool {
    process: u32,
    threads: usize,
    workers: Arc<ThreadPool>,
}

static POOL: Mutex<Option<Pool>> = Mutex::new(None);

fn pool() -> cde_core::Result<Arc<ThreadPool>> {
    let threads = thread_count()?;
    let process = std::process::id();
    // Another thread may have held the lock when this process was forked; then nobody will ever release it here, and
    // a pool of one's own for this call is the way out.
    let Some(mut slot) = lock_unless_orphaned() else { return build(threads) };
    if let Some(known) = slot.as_ref()
        && known.process == process
        && known.threads == threads
    {
        return Ok(Arc::clone(&known.workers));
    }
    let workers = build(threads)?;
    let old = slot.replace(Pool { process, threads, workers: Arc::clone(&workers) });
    if let Some(old) = old
        && old.process != process
    {
        // Dropping it would wait for threads that exist in the parent process only.
        std::mem::forget(old);
    }
    Ok(workers)
}

fn lock_unless_orphaned() -> Option<MutexGuard<'static, Option<Pool>>> {
    let start = Instant::now();
    loop {
        match POOL.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if start.elapsed() > Duration::from_secs(1) => return None,
            Err(TryLockError::WouldBlock) => std::thread::yield_now(),
        }
    }
}

fn build(threads: usize) -> cde_core::Result<Arc<ThreadPool>> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("cde-{index}"))
        .build()
        .map(Arc::new)
        .map_err(|error| {
            CoreError::new(ErrorCode::Internal, format!("no thread pool can be started: {error}"))
        })
}

/// `CDE_THREADS`, or the number of cores this process may use.
pub fn thread_count() -> cde_core::Result<usize> {
    let available = || std::thread::available_parallelism().map_or(1, usize::from);
    match std::env::var("CDE_THREADS") {
        Err(_) => Ok(available()),
        Ok(text) if text.is_empty() || text == "0" => Ok(available()),
        Ok(text) => match text.parse::<usize>() {
            Ok(threads) if (1..=512).contains(&threads) => Ok(threads),
            _ => Err(CoreError::new(
                ErrorCode::InvalidArgument,
                format!("CDE_THREADS must be a number from 0 to 512, not {text:?}"),
            )
            .hint("0 or nothing means one thread per core")),
        },
    }
}
