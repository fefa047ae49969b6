//! Maps and sets whose hash costs a few instructions and is seeded anew in each process.
//!
//! The keys come from the repository being read, so a fixed seed would let its author choose colliding ones. No answer
//! depends on the order of a map: what is iterated is sorted first.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

pub(crate) type Map<K, V> = HashMap<K, V, RandomState>;
pub(crate) type Set<T> = HashSet<T, RandomState>;
