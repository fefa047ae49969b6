//! An operation's answer before the bridge or a test adds which engine gave it.

use serde::Serialize;

use crate::digest::Sha256Hex;
use crate::envelope::{Completeness, Diagnostic, EngineInfo, Envelope};
use crate::error::Result;
use crate::json::to_json;
use crate::path::RepoPath;

/// The records of an answer: a sequence that serializes as a list and hands out one record at a time.
///
/// A listing of many small records implements it over one packed buffer; everything else is a `Vec`.
pub trait Items: Serialize + Send + Sync {
    /// One record.
    type Item<'a>: Serialize
    where
        Self: 'a;

    /// How many records.
    fn len(&self) -> usize;

    /// The record at `index`, which must be less than [`len`](Self::len).
    fn get(&self, index: usize) -> Self::Item<'_>;

    /// Whether there is no record.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: Serialize + Send + Sync> Items for Vec<T> {
    type Item<'a>
        = &'a T
    where
        T: 'a;

    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> &T {
        &self[index]
    }
}

/// Everything an operation found out.
#[derive(Clone, Debug)]
pub struct Answer<Summary, Records> {
    /// `cde.<capability>.<verb>/1`.
    pub schema: &'static str,
    /// The path asked about, as given.
    pub root: RepoPath,
    /// The digest over the contents in scope, where they were read.
    pub snapshot: Option<Sha256Hex>,
    /// How completely the question was answered.
    pub completeness: Completeness,
    /// Counts.
    pub summary: Summary,
    /// The records.
    pub items: Records,
    /// Files that could not be read or parsed as asked, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

impl<Summary: Serialize, Records: Items> Answer<Summary, Records> {
    /// The envelope as JSON bytes.
    pub fn to_json(&self, engine: &EngineInfo) -> Result<Vec<u8>> {
        to_json(&Envelope {
            schema: self.schema,
            engine,
            root: &self.root,
            snapshot: self.snapshot,
            completeness: &self.completeness,
            summary: &self.summary,
            items: &self.items,
            diagnostics: &self.diagnostics,
        })
    }
}
