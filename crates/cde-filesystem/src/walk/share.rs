//! Sharing the folders among threads.

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use cde_core::{Result, SkipCounter};

use super::assemble::Contents;
use super::scan::Found;
use super::{Folder, Scope};

/// Below this many entries a second thread costs more than it brings.
pub(super) const ALONE_ENTRIES: usize = 500;

/// What a worker collects and the space it works in.
#[derive(Default)]
pub(super) struct Buffers {
    /// Names of all entries in scope, back to back.
    pub(super) names: Vec<u8>,
    /// The entries of the folder at hand.
    pub(super) found: Vec<Found>,
    /// The path from the top of the repository to the entry at hand.
    pub(super) path: Vec<u8>,
    /// Where the kernel writes directory entries.
    pub(super) space: Vec<MaybeUninit<u8>>,
}

impl Buffers {
    /// Room for some 1,000 entries per call of the kernel.
    pub(super) const SPACE: usize = 32 * 1024;
}

/// One thread's part of a walk.
pub(super) struct Worker<'w, 'a> {
    pub(super) scope: &'w Scope<'a>,
    pub(super) buffers: Buffers,
    pub(super) contents: Contents,
    pub(super) skipped: SkipCounter,
    pub(super) stack: Vec<Folder>,
    pub(super) ids: &'w AtomicUsize,
}

/// What a worker leaves behind.
pub(super) struct Finished {
    pub(super) names: Vec<u8>,
    pub(super) contents: Contents,
    pub(super) skipped: SkipCounter,
}

impl<'w, 'a> Worker<'w, 'a> {
    fn new(scope: &'w Scope<'a>, ids: &'w AtomicUsize) -> Self {
        Self {
            scope,
            buffers: Buffers::default(),
            contents: Contents::default(),
            skipped: SkipCounter::default(),
            stack: Vec::new(),
            ids,
        }
    }

    fn finish(self) -> Finished {
        Finished { names: self.buffers.names, contents: self.contents, skipped: self.skipped }
    }
}

/// Folders that wait for a worker.
#[derive(Default)]
struct Queue {
    folders: Vec<Folder>,
    /// Workers that have folders of their own.
    active: usize,
}

struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
    /// Workers that wait for folders; read without the lock, as a hint.
    hungry: AtomicUsize,
    stopped: AtomicBool,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Under the lock, so that no worker misses it between its test and its wait.
        drop(self.queue());
        self.changed.notify_all();
    }

    /// Some folders, or `None` when every folder is visited or the walk was stopped. Waits for workers that may find more.
    fn take(&self) -> Option<Vec<Folder>> {
        let mut queue = self.queue();
        loop {
            if self.stopped.load(Ordering::Relaxed) {
                return None;
            }
            let waiting = queue.folders.len();
            if waiting > 0 {
                queue.active += 1;
                return Some(queue.folders.split_off(waiting / 2));
            }
            if queue.active == 0 {
                return None;
            }
            self.hungry.fetch_add(1, Ordering::Relaxed);
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
            self.hungry.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// Says that the folders taken are visited.
    fn give_back(&self) {
        let mut queue = self.queue();
        queue.active -= 1;
        if queue.active == 0 && queue.folders.is_empty() {
            self.changed.notify_all();
        }
    }

    /// Leaves half of `stack` to others: the older half, which is nearer to the root and likely the larger.
    fn offer(&self, stack: &mut Vec<Folder>) {
        let half = stack.len() / 2;
        self.queue().folders.extend(stack.drain(..half));
        self.changed.notify_one();
    }
}

/// Wakes the others if this worker ends by a panic, so that they do not wait for it.
struct StopOnPanic<'s>(&'s Shared);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

/// Visits `start` and all below it.
pub(super) fn run(scope: &Scope<'_>, start: Folder) -> Result<Vec<Finished>> {
    let ids = AtomicUsize::new(1);
    let mut first = Worker::new(scope, &ids);
    first.stack.push(start);
    let mut seen = 0;
    while seen < ALONE_ENTRIES {
        let Some(folder) = first.stack.pop() else { return Ok(vec![first.finish()]) };
        scope.context.check()?;
        seen += first.visit(&folder);
    }
    let threads = rayon::current_num_threads();
    if threads < 2 {
        while let Some(folder) = first.stack.pop() {
            scope.context.check()?;
            first.visit(&folder);
        }
        return Ok(vec![first.finish()]);
    }
    let shared = Shared {
        queue: Mutex::new(Queue { folders: std::mem::take(&mut first.stack), active: 0 }),
        changed: Condvar::new(),
        hungry: AtomicUsize::new(0),
        stopped: AtomicBool::new(false),
    };
    let finished = Mutex::new(Vec::with_capacity(threads));
    let work = |mut worker: Worker<'_, '_>| {
        let _guard = StopOnPanic(&shared);
        worker.work(&shared);
        finished.lock().unwrap_or_else(PoisonError::into_inner).push(worker.finish());
    };
    rayon::scope(|threads_scope| {
        for _ in 1..threads {
            threads_scope.spawn(|_| work(Worker::new(scope, &ids)));
        }
        work(first);
    });
    scope.context.check()?;
    Ok(finished.into_inner().unwrap_or_else(PoisonError::into_inner))
}

impl Worker<'_, '_> {
    fn work(&mut self, shared: &Shared) {
        while let Some(folders) = shared.take() {
            self.stack = folders;
            while let Some(folder) = self.stack.pop() {
                if self.scope.context.check().is_err() || shared.stopped.load(Ordering::Relaxed) {
                    shared.stop();
                    return;
                }
                self.visit(&folder);
                if self.stack.len() > 1 && shared.hungry.load(Ordering::Relaxed) > 0 {
                    shared.offer(&mut self.stack);
                }
            }
            shared.give_back();
        }
    }
}
