//! From places in the Markdown of a notebook to places in its file.

use super::Notebook;
use crate::markdown::Body;
use crate::model::CodeBlock;
use crate::source::offset;

/// Gives the records of `body` the lines of the file, which has `line_count`, and adds the code cells.
pub(crate) fn relocate(body: &mut Body, notebook: &Notebook, line_count: u32) {
    let place = |line: u32| notebook.place(line);
    let last = offset(notebook.lines.len());
    for heading in &mut body.headings {
        let line = place(heading.line).0;
        // The section ends before the line of the next heading that ends it.
        heading.end_line = if heading.end_line >= last {
            line_count.max(line)
        } else {
            (place(heading.end_line + 1).0.saturating_sub(1)).max(line)
        };
        (heading.line, heading.start, heading.section_end) = (line, 0, 0);
    }
    for link in &mut body.links {
        (link.line, link.start, link.end) = (place(link.line).0, 0, 0);
    }
    body.definitions.iter_mut().for_each(|one| one.line = place(one.line).0);
    body.undefined_references.iter_mut().for_each(|one| one.line = place(one.line).0);
    body.anchors.iter_mut().for_each(|one| one.line = place(one.line).0);
    body.inline_code.iter_mut().for_each(|one| one.line = place(one.line).0);
    body.directives.iter_mut().for_each(|one| one.line = place(one.line).0);
    for table in &mut body.tables {
        (table.line, table.end_line) = (place(table.line).0, place(table.end_line).0);
    }
    let mut blocks = Vec::with_capacity(body.code_blocks.len() + notebook.code.len());
    for mut block in body.code_blocks.drain(..) {
        let (line, cell) = place(block.line);
        (block.line, block.start, block.end) = (line, 0, 0);
        blocks.push((cell, block));
    }
    for (number, language) in &notebook.code {
        let Some(cell) = notebook.cells.get(*number as usize) else { continue };
        let block = CodeBlock {
            language: language.as_deref().map(|language| body.texts.add(language)),
            info: body.texts.add(""),
            line: cell.line,
            line_count: cell.line_count,
            fenced: false,
            closed: true,
            start: 0,
            end: 0,
        };
        body.code_lines.1 += cell.line_count;
        blocks.push((*number, block));
    }
    blocks.sort_by_key(|(cell, _)| *cell);
    body.code_blocks.extend(blocks.into_iter().map(|(_, block)| block));
}

impl Notebook {
    /// The line in the file, and the cell, of a line of the Markdown, both from the record that is nearest.
    pub(crate) fn place(&self, line: u32) -> (u32, u32) {
        let index = (line as usize).saturating_sub(1).min(self.lines.len().saturating_sub(1));
        self.lines.get(index).copied().unwrap_or((1, 0))
    }
}
