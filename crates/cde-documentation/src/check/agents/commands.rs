//! Commands that a file for agents tells to run.

use super::super::origin::shown;
use super::super::report::{Remark, Report};
use super::manifests::{Builder, Manifests};
use super::paths::{Paths, path_of};
use super::{Place, is_reserved};
use crate::hash::Set;
use crate::model::Document;

const SHELLS: &[&str] = &["sh", "bash", "shell", "zsh", "console", "shell-session", "terminal"];
const INTERPRETERS: &[&str] = &["bash", "node", "python", "python3", "ruby", "sh", "zsh"];
/// How many commands of one document are looked up.
const MOST_COMMANDS: usize = 500;
const LONGEST_LINE: usize = 2000;
/// Words of npm and pnpm that mean another package.
const ELSEWHERE: &[&str] =
    &["-w", "--workspace", "--workspaces", "--prefix", "-C", "--dir", "--filter", "-F", "-r"];

/// A line with commands.
struct Line<'t> {
    text: &'t str,
    number: u32,
    column: u32,
}

/// Reports build targets, scripts and files that commands name and that do not exist, each once.
pub(super) fn check_commands(
    paths: &Paths,
    manifests: &Manifests,
    document: &Document,
    place: Place,
    lines: &[&str],
    report: &mut Report,
) {
    if !report.wants("agent-command-missing") {
        return;
    }
    let mut seen = Set::default();
    let is_elsewhere =
        |line: &&str| place.alone && line.split([' ', '\t']).any(|word| paths.is_elsewhere(place, word));
    for line in command_lines(document, lines, is_elsewhere) {
        for words in commands_of(line.text) {
            if seen.len() == MOST_COMMANDS {
                return;
            }
            for (evidence, message) in faults_of(paths, manifests, place, &words) {
                if seen.insert(evidence.clone()) {
                    let (number, column) = (line.number, line.column);
                    let remark = Remark { line: number, column, message, evidence, ..Remark::default() };
                    report.add("agent-command-missing", remark);
                }
            }
        }
    }
}

/// Lines of shell blocks and code spans whose commands run in the folder of the document.
fn command_lines<'t>(
    document: &'t Document,
    lines: &[&'t str],
    is_elsewhere: impl Fn(&&'t str) -> bool,
) -> Vec<Line<'t>> {
    let mut found = Vec::new();
    for block in document.code_blocks.iter() {
        let is_shell = |language: &str| SHELLS.iter().any(|shell| language.eq_ignore_ascii_case(shell));
        if !block.fenced || !block.language.is_some_and(is_shell) {
            continue;
        }
        let first = (block.line as usize).min(lines.len());
        let inside = &lines[first..(first + block.line_count as usize).min(lines.len())];
        if inside.iter().any(|line| goes_elsewhere(line) || is_elsewhere(line)) {
            continue;
        }
        for (number, line) in (block.line + 1..).zip(inside) {
            let text = line.trim_start_matches([' ', '\t', '>']);
            let column = u32::try_from(line.len() - text.len() + 1).unwrap_or(u32::MAX);
            found.push(Line { text: text.strip_prefix("$ ").unwrap_or(text), number, column });
        }
    }
    for code in document.inline_code.iter() {
        let line = lines.get((code.line as usize).saturating_sub(1)).copied().unwrap_or_default();
        if !goes_elsewhere(line) && !is_reserved(line) {
            found.push(Line { text: code.text, number: code.line, column: code.column });
        }
    }
    found
}

fn goes_elsewhere(line: &str) -> bool {
    ["cd ", "pushd ", "<<"].iter().any(|sign| line.contains(sign))
}

/// The words of each plain command of a line.
fn commands_of(line: &str) -> Vec<Vec<&str>> {
    if line.len() > LONGEST_LINE || line.starts_with('#') {
        return Vec::new();
    }
    let line = line.split(" #").next().unwrap_or(line);
    let parts = line.split(['&', '|', ';']);
    let is_before = |word: &&str| word.contains('=') || matches!(*word, "sudo" | "time" | "exec" | "env");
    parts
        .map(|part| {
            part.split([' ', '\t']).filter(|word| !word.is_empty()).skip_while(is_before).collect::<Vec<_>>()
        })
        .filter(|words| !words.is_empty())
        .collect()
}

/// Whether `word` is a name, with nothing that a shell or a reader would replace.
fn is_name(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte))
        && word.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn faults_of(paths: &Paths, manifests: &Manifests, place: Place, words: &[&str]) -> Vec<(String, String)> {
    let lacks = |builder: Builder, name: &str| is_name(name) && manifests.lacks(builder, place, name);
    let fault = |command: &str, name: &str, what: &str| {
        (format!("{command} {name}"), format!("no {what} '{}'", shown(name.as_bytes())))
    };
    match *words {
        ["make", ref targets @ ..] if targets.iter().all(|word| is_name(word) || word.contains('=')) => {
            targets
                .iter()
                .filter(|target| lacks(Builder::Make, target))
                .map(|target| fault("make", target, "Makefile of the tree has the target"))
                .collect()
        }
        ["just", recipe, ..] if lacks(Builder::Just, recipe) => {
            vec![fault("just", recipe, "justfile of the tree has the recipe")]
        }
        [program @ ("npm" | "pnpm"), run @ ("run" | "run-script"), script, ref rest @ ..] => {
            let elsewhere = |word: &&str| ELSEWHERE.contains(&word.split('=').next().unwrap_or(word));
            if rest.iter().any(elsewhere) || !lacks(Builder::Npm, script) {
                return Vec::new();
            }
            vec![fault(&format!("{program} {run}"), script, "package.json of the tree has the script")]
        }
        [program, ref rest @ ..] => {
            let script = match rest.first() {
                _ if program.starts_with("./") => Some(program),
                Some(script) if INTERPRETERS.contains(&program) => Some(*script),
                _ => None,
            };
            let path = script.and_then(path_of).filter(|path| !path.ends_with('/'));
            match path.filter(|path| paths.is_missing(place, path)) {
                Some(path) => {
                    vec![(path.to_owned(), format!("no file '{}'", shown(path.as_bytes())))]
                }
                None => Vec::new(),
            }
        }
        [] => Vec::new(),
    }
}
