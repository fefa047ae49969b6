//! Notebooks: the Markdown of their cells, and the way back from its lines to those of the file.
//!
//! The twin of the Python engine's `notebook` package, for versions 3 and 4 of the format. The Markdown cells are read as
//! one text with a blank line between two cells; each of its lines stands in a string of the file, and the line of that
//! string is the line of a record. Code cells are code blocks. Columns count in the line of the cell; byte offsets are 0,
//! since the text is not that of the file.

mod json;
mod place;

use cde_core::{Diagnostic, RepoPath, Severity};

use crate::model::NotebookCell;
use crate::source::{LineIndex, offset};
use json::{Broken, Reader};

pub(crate) use place::relocate;

/// A cell as it is read.
#[derive(Debug, Default)]
struct Cell {
    kind: String,
    text: String,
    /// Where each string of the source begins in the text, and its line in the file.
    strings: Vec<(usize, u32)>,
    /// Of the cell itself in the file.
    line: u32,
    /// Of a heading in version 3.
    level: usize,
    language: Option<String>,
}

/// What a notebook holds.
#[derive(Debug, Default)]
pub(crate) struct Notebook {
    /// The Markdown of all cells.
    pub(crate) markdown: String,
    /// For each line of the Markdown, its line in the file and the index of its cell.
    lines: Vec<(u32, u32)>,
    /// All cells.
    pub(crate) cells: Vec<NotebookCell>,
    /// The code cells: index and language.
    code: Vec<(u32, Option<String>)>,
}

/// Why a notebook cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Invalid {
    line: Option<u32>,
}

impl Invalid {
    /// The diagnostic about the document at `path`.
    pub(crate) fn diagnostic(self, path: RepoPath) -> Diagnostic {
        let message =
            if self.line.is_some() { "the notebook is no valid JSON" } else { "the notebook has no cells" };
        Diagnostic {
            path,
            line: self.line,
            column: None,
            code: "notebook-invalid",
            severity: Severity::Warning,
            message: message.to_owned(),
        }
    }
}

impl From<Broken> for Invalid {
    fn from(broken: Broken) -> Self {
        Self { line: Some(broken.line) }
    }
}

/// Reads the notebook `text`, whose lines are `lines`. O(length).
pub(crate) fn read(text: &str, lines: &mut LineIndex) -> Result<Notebook, Invalid> {
    let mut reader = Reader::new(text, lines);
    let mut cells: Option<Vec<Cell>> = None;
    let (mut kernel, mut spoken) = (None, None);
    if reader.peek() != Some(b'{') {
        reader.skip()?;
        reader.end()?;
        return Err(Invalid { line: None });
    }
    members(&mut reader, |reader, key| match key {
        "cells" => read_cells(reader, &mut cells),
        "worksheets" => elements(reader, |reader| {
            members(reader, |reader, key| match key {
                "cells" => {
                    let mut more = None;
                    read_cells(reader, &mut more)?;
                    cells.get_or_insert_default().extend(more.unwrap_or_default());
                    Ok(())
                }
                _ => reader.skip(),
            })
        }),
        "metadata" => members(reader, |reader, key| match key {
            "kernelspec" => members(reader, |reader, key| text_of(reader, key, "language", &mut kernel)),
            "language_info" => members(reader, |reader, key| text_of(reader, key, "name", &mut spoken)),
            _ => reader.skip(),
        }),
        _ => reader.skip(),
    })?;
    reader.end()?;
    let cells = cells.ok_or(Invalid { line: None })?;
    Ok(assembled(cells, spoken.or(kernel).filter(|language| !language.is_empty()).as_deref()))
}

/// Reads an object member by member; any other value is passed over.
fn members(
    reader: &mut Reader<'_, '_>,
    mut each: impl FnMut(&mut Reader<'_, '_>, &str) -> Result<(), Broken>,
) -> Result<(), Broken> {
    if reader.peek() != Some(b'{') {
        return reader.skip();
    }
    reader.open(b'{')?;
    let mut first = true;
    while reader.more(b'}', first)? {
        first = false;
        let key = reader.key()?;
        each(reader, &key)?;
    }
    Ok(())
}

/// Reads an array element by element; any other value is passed over.
fn elements(
    reader: &mut Reader<'_, '_>,
    mut each: impl FnMut(&mut Reader<'_, '_>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    if reader.peek() != Some(b'[') {
        return reader.skip();
    }
    reader.open(b'[')?;
    let mut first = true;
    while reader.more(b']', first)? {
        first = false;
        each(reader)?;
    }
    Ok(())
}

/// Keeps the value of the member `wanted`, if it is text.
fn text_of(
    reader: &mut Reader<'_, '_>,
    key: &str,
    wanted: &str,
    kept: &mut Option<String>,
) -> Result<(), Broken> {
    if key != wanted || reader.peek() != Some(b'"') {
        return reader.skip();
    }
    *kept = Some(reader.string()?);
    Ok(())
}

/// Reads a list of cells; the last list of a notebook counts.
fn read_cells(reader: &mut Reader<'_, '_>, cells: &mut Option<Vec<Cell>>) -> Result<(), Broken> {
    if reader.peek() != Some(b'[') {
        return reader.skip();
    }
    let mut found = Vec::new();
    elements(reader, |reader| {
        let is_object = reader.peek() == Some(b'{');
        let mut cell = Cell { line: reader.line(), level: 1, ..Cell::default() };
        members(reader, |reader, key| match key {
            "cell_type" => {
                let mut kind = None;
                text_of(reader, key, "cell_type", &mut kind)?;
                cell.kind = kind.unwrap_or_default();
                Ok(())
            }
            "source" | "input" => read_source(reader, &mut cell),
            "language" => text_of(reader, key, "language", &mut cell.language),
            "level" => {
                if let Some(digit @ b'1'..=b'6') = reader.peek() {
                    cell.level = usize::from(digit - b'0');
                }
                reader.skip()
            }
            _ => reader.skip(),
        })?;
        if is_object {
            found.push(cell);
        }
        Ok(())
    })?;
    *cells = Some(found);
    Ok(())
}

/// A string, or a list of strings that belong together.
fn read_source(reader: &mut Reader<'_, '_>, cell: &mut Cell) -> Result<(), Broken> {
    cell.text.clear();
    cell.strings.clear();
    let mut add = |reader: &mut Reader<'_, '_>| {
        if reader.peek() != Some(b'"') {
            return reader.skip();
        }
        cell.strings.push((cell.text.len(), reader.line()));
        cell.text.push_str(&reader.string()?);
        Ok(())
    };
    if reader.peek() == Some(b'[') { elements(reader, add) } else { add(reader) }
}

fn assembled(cells: Vec<Cell>, language: Option<&str>) -> Notebook {
    let mut notebook = Notebook::default();
    let mut index = LineIndex::default();
    for (number, cell) in cells.into_iter().enumerate() {
        let number = offset(number);
        let kind = match cell.kind.as_str() {
            "markdown" | "heading" => "markdown",
            "code" => "code",
            _ => "raw",
        };
        index.read(&cell.text);
        let line_count = index.line_count();
        let first = cell.strings.first().map_or(cell.line, |(_, line)| *line);
        notebook.cells.push(NotebookCell { index: number, kind, line: first, line_count });
        if kind == "code" && line_count > 0 {
            let own = cell.language.filter(|language| !language.is_empty());
            notebook.code.push((number, own.or_else(|| language.map(str::to_owned))));
        }
        if kind != "markdown" || line_count == 0 {
            continue;
        }
        if !notebook.markdown.is_empty() {
            // The line ending of the cell's last line, and a blank line.
            let last = notebook.lines.last().copied().unwrap_or_default();
            notebook.markdown.push_str(if notebook.markdown.ends_with('\n') { "\n" } else { "\n\n" });
            notebook.lines.push(last);
        }
        if cell.kind == "heading" {
            notebook.markdown.push_str(&"#".repeat(cell.level));
            notebook.markdown.push(' ');
        }
        let mut string = 0;
        for line in 1..=line_count {
            let start = index.line_start(line) as usize;
            while cell.strings.get(string + 1).is_some_and(|(next, _)| *next <= start) {
                string += 1;
            }
            notebook.lines.push((cell.strings.get(string).map_or(first, |(_, line)| *line), number));
        }
        notebook.markdown.push_str(&cell.text);
    }
    notebook
}
