//! How large and how complex the source files of a tree are.

use std::collections::BTreeMap;

use cde_core::{Answer, Context, RepoPath, Result};
use cde_filesystem::Tree;
use foldhash::HashSet;

use crate::record::{FileMetrics, FunctionMetrics, LanguageMetrics, MetricsSummary};
use crate::survey::{File, Question, survey};
use crate::tokens::{Buffer, Kind};

const SCHEMA: &str = "cde.code.metrics/1";

/// Which files are measured.
#[derive(Clone, Debug)]
pub struct MetricsOptions {
    /// Names or extensions of languages, of which one must be the file's; none means all.
    pub types: Vec<String>,
    /// A larger file is named in a diagnostic and not measured.
    pub max_code_bytes: u64,
}

/// What a line is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Line {
    Blank,
    Comment,
    Code,
}

/// The measures of every source file of `tree` that has a recogniser. Schema `cde.code.metrics/1`.
///
/// What is passed over is told as for the definitions. O(bytes of the files).
pub fn metrics(
    tree: &Tree,
    options: &MetricsOptions,
    context: &Context,
) -> Result<Answer<MetricsSummary, Vec<FileMetrics>>> {
    let question =
        Question { types: &options.types, max_code_bytes: options.max_code_bytes, is_measured: true };
    let survey = survey(tree, &question, context, measure)?;
    Ok(Answer {
        schema: SCHEMA,
        root: tree.root().clone(),
        snapshot: Some(survey.snapshot),
        completeness: survey.completeness,
        summary: summarise(&survey.answers),
        items: survey.answers,
        diagnostics: survey.diagnostics,
    })
}

fn measure(file: &File<'_>) -> FileMetrics {
    let classes = line_classes(file.source, file.buffer, &file.found.documentation);
    // How many lines of code stand before each line.
    let mut before = Vec::with_capacity(classes.len() + 1);
    before.push(0_u32);
    let mut code = 0;
    for class in &classes {
        code += u32::from(*class == Line::Code);
        before.push(code);
    }
    let comment = crate::lines::offset(classes.iter().filter(|class| **class == Line::Comment).count());
    let lines = crate::lines::offset(classes.len());
    let functions = functions(file, &before);
    let inner = inner_functions(file);
    FileMetrics {
        path: RepoPath::from_bytes(file.path),
        language: file.language,
        lines,
        code,
        comment,
        blank: lines - code - comment,
        cyclomatic: functions.iter().map(|function| function.cyclomatic).sum(),
        cognitive: file
            .found
            .functions
            .iter()
            .filter(|function| !inner.contains(&function.symbol))
            .map(|function| function.cognitive)
            .sum(),
        functions,
    }
}

fn functions(file: &File<'_>, before: &[u32]) -> Vec<FunctionMetrics> {
    let short_hash = file.facts.sha256.hash12();
    let names = file.qualified_names();
    let mut found: Vec<_> = file.found.functions.iter().collect();
    found.sort_by_key(|function| function.symbol);
    found
        .into_iter()
        .map(|function| {
            let symbol = &file.found.symbols[function.symbol as usize];
            let (line, end_line, reference) = file.place_of(symbol, &short_hash);
            FunctionMetrics {
                name: names[function.symbol as usize].clone(),
                line,
                end_line,
                code: before[end_line as usize] - before[line as usize - 1],
                parameters: function.parameters,
                nesting: function.nesting,
                cyclomatic: function.cyclomatic,
                cognitive: function.cognitive,
                reference,
            }
        })
        .collect()
}

/// What stands inside of functions, which count there. A symbol stands behind its parent.
fn inner_functions(file: &File<'_>) -> HashSet<u32> {
    let measured: HashSet<u32> = file.found.functions.iter().map(|function| function.symbol).collect();
    let mut inside = HashSet::default();
    for (number, symbol) in file.found.symbols.iter().enumerate() {
        if symbol.parent.is_some_and(|parent| measured.contains(&parent) || inside.contains(&parent)) {
            inside.insert(crate::lines::offset(number));
        }
    }
    inside
}

/// For each line whether it is code, comment or blank; the tokens of `documentation`, in order, are comments.
fn line_classes(source: &[u8], buffer: &Buffer, documentation: &[u32]) -> Vec<Line> {
    let starts = buffer.lines.starts();
    let is_unterminated = starts.last().is_some_and(|start| (*start as usize) < source.len());
    let count = starts.len() - usize::from(!is_unterminated);
    let mut classes = vec![Line::Blank; count];
    let mut documented = documentation.iter().peekable();
    let mut line = 0;
    let mut code_until = 0;
    for (index, token) in buffer.tokens.iter().enumerate() {
        if token.kind == Kind::Newline {
            continue;
        }
        // Most tokens stand on a line that is known to be code already.
        if token.kind != Kind::String && token.end <= code_until {
            continue;
        }
        while line + 1 < count && starts[line + 1] <= token.start {
            line += 1;
        }
        let is_documentation = documented.next_if(|known| **known as usize == index).is_some();
        let is_comment = token.kind == Kind::Comment || is_documentation;
        let class = if is_comment { Line::Comment } else { Line::Code };
        if class == Line::Code {
            code_until = starts.get(line + 1).copied().unwrap_or(u32::MAX);
        }
        for (known, _) in
            classes[line..].iter_mut().zip(&starts[line..]).take_while(|(_, start)| **start < token.end)
        {
            *known = class.max(*known);
        }
    }
    // What is no token is blank, but for a backslash alone.
    for (at, class) in classes.iter_mut().enumerate().filter(|(_, class)| **class == Line::Blank) {
        let end = starts.get(at + 1).map_or(source.len(), |end| *end as usize);
        let is_filled = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r');
        if source[starts[at] as usize..end].iter().any(is_filled) {
            *class = Line::Code;
        }
    }
    classes
}

fn summarise(items: &[FileMetrics]) -> MetricsSummary {
    let mut languages: BTreeMap<&'static str, LanguageMetrics> = BTreeMap::new();
    let mut total = LanguageMetrics::default();
    for item in items {
        let counted = languages.entry(item.language).or_default();
        counted.language = item.language;
        for counted in [counted, &mut total] {
            counted.files += 1;
            counted.lines += u64::from(item.lines);
            counted.code += u64::from(item.code);
            counted.comment += u64::from(item.comment);
            counted.blank += u64::from(item.blank);
            counted.functions += item.functions.len() as u64;
            counted.cyclomatic += u64::from(item.cyclomatic);
            counted.cognitive += u64::from(item.cognitive);
        }
    }
    let mut languages: Vec<_> = languages.into_values().collect();
    languages.sort_by_key(|counted| std::cmp::Reverse(counted.code));
    MetricsSummary {
        files: total.files,
        lines: total.lines,
        code: total.code,
        comment: total.comment,
        blank: total.blank,
        functions: total.functions,
        cyclomatic: total.cyclomatic,
        cognitive: total.cognitive,
        languages,
    }
}
