//! Every source file of a tree, read and analysed once, in parallel.

use cde_core::{Completeness, Context, Diagnostic, RepoPath, Result, Sha256Hex, Stage, snapshot_id};
use cde_filesystem::{FileFacts, Tree};
use rayon::prelude::*;

use crate::languages::{Found, recogniser};
use crate::lexer::tokenize;
use crate::model::FoundSymbol;
use crate::sources::{Account, Reading, Types, candidates, read};
use crate::tokens::{Buffer, Problem};

/// What is asked of each file.
pub(crate) struct Question<'a> {
    /// Names or extensions of languages.
    pub(crate) types: &'a [String],
    pub(crate) max_code_bytes: u64,
    /// Whether functions are measured.
    pub(crate) is_measured: bool,
}

/// A file that was analysed.
pub(crate) struct File<'a> {
    pub(crate) path: &'a [u8],
    pub(crate) language: &'static str,
    pub(crate) source: &'a [u8],
    pub(crate) facts: &'a FileFacts,
    pub(crate) found: &'a Found,
    pub(crate) buffer: &'a Buffer,
}

impl File<'_> {
    /// The lines of a definition and the reference to it.
    pub(crate) fn place_of(&self, symbol: &FoundSymbol, short_hash: &str) -> (u32, u32, RepoPath) {
        let lines = &self.buffer.lines;
        let line = lines.line_of(symbol.start);
        let end_line = lines.line_of(symbol.end.saturating_sub(1).max(symbol.start));
        let mut reference = self.path.to_vec();
        reference.extend_from_slice(format!("#L{line}-L{end_line}@{short_hash}").as_bytes());
        (line, end_line, RepoPath::from(reference))
    }

    /// The name of each definition behind the names of what it stands in, joined with dots.
    pub(crate) fn qualified_names(&self) -> Vec<Box<str>> {
        let mut names: Vec<Box<str>> = Vec::with_capacity(self.found.symbols.len());
        for symbol in &self.found.symbols {
            names.push(match symbol.parent {
                Some(parent) => format!("{}.{}", names[parent as usize], symbol.name).into(),
                None => symbol.name.clone(),
            });
        }
        names
    }
}

/// The answers about the files that were analysed, by path bytes, and the account of the others.
pub(crate) struct Survey<T> {
    pub(crate) answers: Vec<T>,
    pub(crate) snapshot: Sha256Hex,
    pub(crate) completeness: Completeness,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Memory that a thread uses for one file after the other.
#[derive(Default)]
struct Worker {
    bytes: Vec<u8>,
    buffer: Buffer,
}

/// What one file came to.
enum Outcome<T> {
    Analysed { answer: T, size: u64, sha256: Sha256Hex, problem: Option<Problem> },
    Missed(Reading<'static>),
}

/// Asks about every source file of `tree` that has a recogniser. O(bytes of the files).
pub(crate) fn survey<T: Send>(
    tree: &Tree,
    question: &Question<'_>,
    context: &Context,
    answer: impl Fn(&File<'_>) -> T + Sync,
) -> Result<Survey<T>> {
    let types = Types::parse(question.types)?;
    let mut account = Account::new(tree);
    let found = candidates(tree, &types, &mut account);
    context.progress.begin(Stage::Read, found.len() as u64);
    let outcomes: Vec<Outcome<T>> = found
        .par_iter()
        .map_init(Worker::default, |worker, (index, language)| {
            context.check()?;
            let outcome = analyse(tree, (*index, *language), &types, question, worker, &answer);
            context.progress.advance(1);
            Ok(outcome)
        })
        .collect::<Result<_>>()?;
    context.check()?;
    let mut answers = Vec::with_capacity(found.len());
    let mut read = Vec::with_capacity(found.len());
    for ((index, _), outcome) in found.iter().zip(outcomes) {
        let path = tree.path(*index);
        match outcome {
            Outcome::Analysed { answer, size, sha256, problem } => {
                if let Some(problem) = problem {
                    account.suspect(path, problem);
                }
                answers.push(answer);
                read.push((path, size, sha256));
            }
            Outcome::Missed(reading) => account.missed(path, &reading, question.max_code_bytes),
        }
    }
    let (completeness, diagnostics) = account.finish(read.len());
    let snapshot = snapshot_id(read.iter().map(|(path, size, sha256)| (*path, *size, sha256)));
    Ok(Survey { answers, snapshot, completeness, diagnostics })
}

fn analyse<T>(
    tree: &Tree,
    (index, named): (usize, Option<&'static str>),
    types: &Types,
    question: &Question<'_>,
    worker: &mut Worker,
    answer: &impl Fn(&File<'_>) -> T,
) -> Outcome<T> {
    let reading = read(tree, index, named, types, question.max_code_bytes, &mut worker.bytes);
    let (language, text, facts) = match reading {
        Reading::Source(language, text, facts) => (language, text, facts),
        Reading::Skipped(reason) => return Outcome::Missed(Reading::Skipped(reason)),
        Reading::TooLarge => return Outcome::Missed(Reading::TooLarge),
        Reading::Problem(problem) => return Outcome::Missed(Reading::Problem(problem)),
        Reading::Other => return Outcome::Missed(Reading::Other),
    };
    let Some(recogniser) = recogniser(language) else {
        return Outcome::Missed(Reading::Skipped("no-scanner"));
    };
    let source = text.as_bytes();
    tokenize(source, recogniser.syntax, &mut worker.buffer);
    let found = (recogniser.recognise)(source, &mut worker.buffer, question.is_measured);
    let path = tree.path(index);
    let file = File { path, language, source, facts: &facts, found: &found, buffer: &worker.buffer };
    let answer = answer(&file);
    Outcome::Analysed { answer, size: facts.size, sha256: facts.sha256, problem: found.problem }
}
