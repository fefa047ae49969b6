//! Which files are source code that can be analysed, and their contents, each read once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use cde_core::{Completeness, CompletenessState, Diagnostic, RepoPath, Result, Severity};
use cde_filesystem::{
    FileFacts, FileKind, Outcome, ReadProblem, Tree, binary_by_name, decode_legacy, is_programming,
    language_of_name, language_of_type, marked_reason, read_file,
};

use crate::languages::recogniser;
use crate::tokens::Problem;

const MAX_BYTES_LIMIT: &str = "max-code-bytes";

/// The languages that were asked for; none means all.
pub(crate) struct Types(BTreeSet<&'static str>);

impl Types {
    /// Fails with `invalid-argument` for a word that names no language.
    pub(crate) fn parse(words: &[String]) -> Result<Self> {
        words.iter().map(|word| language_of_type(word.as_bytes())).collect::<Result<_>>().map(Self)
    }

    fn leave_out(&self, language: &str) -> bool {
        !self.0.is_empty() && !self.0.contains(language)
    }
}

/// What became of one file.
pub(crate) enum Reading<'a> {
    /// It was read: language, content as UTF-8 without a byte order mark, facts.
    Source(&'static str, Cow<'a, str>, FileFacts),
    /// It was passed over.
    Skipped(&'static str),
    /// It has more bytes than were allowed.
    TooLarge,
    /// It could not be read.
    Problem(ReadProblem),
    /// It is no source code, as its content tells.
    Other,
}

/// What was looked at, what was passed over and why.
pub(crate) struct Account {
    outcome: Outcome,
    diagnostics: Vec<Diagnostic>,
    is_limited: bool,
}

impl Account {
    pub(crate) fn new(tree: &Tree) -> Self {
        Self { outcome: Outcome::new(tree), diagnostics: Vec::new(), is_limited: false }
    }

    fn warn(&mut self, path: &[u8], line: Option<u32>, code: &'static str, message: String) {
        let path = RepoPath::from_bytes(path);
        let severity = Severity::Warning;
        self.diagnostics.push(Diagnostic { path, line, column: None, code, severity, message });
    }

    /// A file whose strings or brackets do not close.
    pub(crate) fn suspect(&mut self, path: &[u8], problem: Problem) {
        self.warn(path, Some(problem.line), "unbalanced-code", problem.message.to_owned());
    }

    /// A file that was not analysed.
    pub(crate) fn missed(&mut self, path: &[u8], reading: &Reading, max_bytes: u64) {
        match reading {
            Reading::Skipped(reason) => self.outcome.skip(reason, path),
            Reading::Problem(problem) => self.outcome.problem(path, problem),
            Reading::TooLarge => {
                self.outcome.skip("too-large", path);
                let message = format!("the file has more than {max_bytes} bytes");
                self.warn(path, None, "code-too-large", message);
                self.is_limited = true;
            }
            Reading::Source(..) | Reading::Other => {}
        }
    }

    /// The account: partial where anything could not be read.
    pub(crate) fn finish(mut self, scanned: usize) -> (Completeness, Vec<Diagnostic>) {
        self.outcome.scanned(scanned);
        let (mut completeness, mut diagnostics) = self.outcome.finish();
        if self.is_limited {
            completeness.state = CompletenessState::Partial;
            completeness.limits = vec![MAX_BYTES_LIMIT.to_owned()];
        }
        diagnostics.extend(self.diagnostics);
        diagnostics.sort_by(|left, right| {
            (&left.path, left.line, left.code).cmp(&(&right.path, right.line, right.code))
        });
        (completeness, diagnostics)
    }
}

/// The files to read with their languages as far as their names tell; the other source files are counted.
pub(crate) fn candidates(
    tree: &Tree,
    types: &Types,
    account: &mut Account,
) -> Vec<(usize, Option<&'static str>)> {
    let mut found = Vec::new();
    for index in 0..tree.len() {
        let path = tree.path(index);
        let is_link = tree.kind(index) == FileKind::Symlink;
        let language = language_of_name(path);
        match language {
            // What has no extension may be a script, as its first line tells.
            None if is_link || binary_by_name(path).is_some() || has_dot(path) => continue,
            Some(language) if !is_programming(language) || types.leave_out(language) => continue,
            _ => {}
        }
        let reason = if is_link {
            Some("symlink")
        } else if let Some(reason) = marked_reason(tree.tags(index)).filter(|_| !tree.options().vendored) {
            Some(reason)
        } else {
            language.filter(|language| recogniser(language).is_none()).map(|_| "no-scanner")
        };
        match reason {
            None => found.push((index, language)),
            Some(reason) if language.is_some() => account.outcome.skip(reason, path),
            Some(_) => {}
        }
    }
    found
}

fn has_dot(path: &[u8]) -> bool {
    let name = memchr::memrchr(b'/', path).map_or(path, |slash| &path[slash + 1..]);
    name.contains(&b'.')
}

/// Reads the file at `index` into `buffer`.
pub(crate) fn read<'a>(
    tree: &Tree,
    index: usize,
    named: Option<&'static str>,
    types: &Types,
    max_bytes: u64,
    buffer: &'a mut Vec<u8>,
) -> Reading<'a> {
    let facts = match read_file(tree, index, max_bytes, buffer) {
        Ok(facts) => facts,
        Err(problem) if problem.code != "file-too-large" => return Reading::Problem(problem),
        Err(_) if named.is_none() => return Reading::Other,
        Err(_) => return Reading::TooLarge,
    };
    let Some(language) = facts.language.or(named).filter(|language| is_programming(language)) else {
        return Reading::Other;
    };
    if types.leave_out(language) {
        return Reading::Other;
    }
    if facts.binary {
        return if named.is_none() { Reading::Other } else { Reading::Skipped("binary") };
    }
    if facts.minified && !tree.options().vendored {
        return Reading::Skipped("minified");
    }
    if recogniser(language).is_none() {
        return Reading::Skipped("no-scanner");
    }
    Reading::Source(language, decode_legacy(buffer).text, facts)
}
