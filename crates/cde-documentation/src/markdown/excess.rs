//! What makes a document cost more than it can be worth: it is listed and not parsed.

use cde_core::{CoreError, Diagnostic, ErrorCode, RepoPath, Severity};

use crate::source::LineIndex;

/// Over how many lines without a blank one a link may be left open: the parser's time grows with their square.
const MAX_OPEN_LINES: u32 = 5000;
/// How many cells the rows of a table may lack in all: the parser gives up there.
pub(super) const MAX_MISSING_CELLS: u32 = 1 << 18;

/// Which limit a document exceeds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Limit {
    /// Block quotes, list items and footnotes nest deeper than the options allow.
    Nesting,
    /// A link's destination is left open in a very long run of lines.
    OpenLink,
    /// The rows of a table lack very many cells.
    TableCells,
}

/// A limit that a document exceeds and the line where it does, from 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Excess {
    /// Which limit.
    pub limit: Limit,
    /// From 1.
    pub line: u32,
}

impl Excess {
    /// The name of the limit, as the account of completeness gives it.
    pub fn limit_name(self) -> &'static str {
        match self.limit {
            Limit::Nesting => "max-nesting",
            Limit::OpenLink => "max-open-link-lines",
            Limit::TableCells => "max-missing-table-cells",
        }
    }

    fn message(self, max_nesting: u32) -> String {
        match self.limit {
            Limit::Nesting => format!("blocks are nested deeper than {max_nesting} levels"),
            Limit::OpenLink => {
                format!("a link is left open in more than {MAX_OPEN_LINES} lines without a blank one")
            }
            Limit::TableCells => format!("the rows of a table lack {MAX_MISSING_CELLS} cells or more"),
        }
    }

    /// The diagnostic about the document at `path`.
    pub fn diagnostic(self, path: RepoPath, max_nesting: u32) -> Diagnostic {
        let code = match self.limit {
            Limit::Nesting => "nesting-too-deep",
            Limit::OpenLink | Limit::TableCells => "document-too-complex",
        };
        let message = self.message(max_nesting);
        Diagnostic { path, line: Some(self.line), column: None, code, severity: Severity::Warning, message }
    }

    /// The error of a call about this document alone.
    pub fn error(self, max_nesting: u32) -> CoreError {
        CoreError::new(ErrorCode::LimitExceeded, self.message(max_nesting))
    }
}

/// Looks for a link's destination that is not closed on its line, in a run of too many lines without a blank one.
///
/// `text` is the document, and the body begins on line `first`.
pub(super) fn open_link(text: &str, first: u32, lines: &LineIndex) -> Result<(), Excess> {
    let count = lines.line_count();
    if count < first + MAX_OPEN_LINES {
        return Ok(());
    }
    let (mut run, mut open) = (0, None);
    for number in first..=count {
        let line = &text.as_bytes()[lines.line_start(number) as usize..lines.line_end(text, number) as usize];
        if line.iter().all(|byte| matches!(byte, b'\t'..=b'\r' | b' ')) {
            (run, open) = (0, None);
            continue;
        }
        run += 1;
        if open.is_none()
            && let Some(found) = memchr::memmem::rfind(line, b"](")
            && memchr::memchr(b')', &line[found..]).is_none()
        {
            open = Some(number);
        }
        if let Some(line) = open.filter(|_| run > MAX_OPEN_LINES) {
            return Err(Excess { limit: Limit::OpenLink, line });
        }
    }
    Ok(())
}
