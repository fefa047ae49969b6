//! Front matter: the block of metadata at the very start of a document, in YAML, TOML or JSON.
//!
//! A YAML block begins with a line `---` and ends with `---` or `...`; TOML stands between two lines `+++`; JSON is an
//! object from the first character on whose first key is in quotes, up to the brace that closes it at the end of a line.
//! Blanks may follow a fence. A `---` that nothing closes is a thematic break, unless at least two lines below it read
//! as keys: then the block, up to the first blank line, has the error that its fence is missing. Text between two `---`
//! is no front matter where a blank line follows the first and it is no mapping: these are two thematic breaks.
//!
//! ```
//! use cde_documentation::frontmatter::parse;
//!
//! let block = parse("---\ntitle: Yes\n---\n# Text\n").unwrap();
//! assert_eq!(block.line_count, 3);
//! assert_eq!(block.data.unwrap().get("title").unwrap().as_text(), Some("Yes"));
//!
//! assert_eq!(parse("---\na: 1\nb: [\n---\n").unwrap().error.unwrap().line, 3);
//! assert!(parse("# Text\n").is_none());
//! ```

mod blame;
mod block;
mod core_schema;
mod json_values;
mod mapping;
mod plain_yaml;
mod toml_values;
mod values;
mod yaml_values;

use cde_core::Value;

use self::block::{Block, Format, MAX_BYTES, find_block};
use self::values::Duplicates;
use crate::model::{FrontMatter, FrontMatterError};

/// The front matter of `text`, which has no byte order mark, or `None` where it has none.
///
/// Linear in the block's length; a block of more than 256 KiB is not parsed. A bad block has an `error`.
pub fn parse(text: &str) -> Option<FrontMatter> {
    let block = find_block(text)?;
    let mut duplicates = Duplicates::new(block.first_line);
    let (data, error) = match read(&block, &mut duplicates) {
        Ok(Value::Null) => (None, None),
        Ok(value) => (Some(value), None),
        Err(error) => (None, Some(error)),
    };
    let starts_blank = block.content.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    if error.is_some() && block.format == Format::Yaml && starts_blank {
        return None;
    }
    let duplicate_keys = if error.is_none() { duplicates.into_found() } else { Vec::new() };
    Some(FrontMatter {
        format: block.format.name(),
        data,
        line_count: block.line_count,
        start: 0,
        end: u32::try_from(block.end).unwrap_or(u32::MAX),
        error,
        duplicate_keys,
    })
}

/// The value of a whole file in one of the three formats, such as the configuration of a site.
///
/// In YAML a tag of no known meaning makes its node null. The error's line counts from 1.
pub(crate) fn parse_file(text: &str, format: &str) -> Result<Value, FrontMatterError> {
    let mut duplicates = Duplicates::new(1);
    let value = match format {
        "toml" => toml_values::parse(text),
        "json" if !text.starts_with('{') => return Err(error(1, None, "the JSON is no object")),
        "json" => json_values::parse(text.trim_end_matches([' ', '\t', '\r', '\n']), &mut duplicates),
        _ => yaml_values::parse_opaque(&one_document(text)?, &mut duplicates),
    };
    value.map_err(|problem| error(1 + problem.line, problem.column, &problem.message))
}

/// A file of YAML without the line `---` that may begin its only document, and without what follows a line `...`.
fn one_document(text: &str) -> Result<String, FrontMatterError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut kept = String::with_capacity(text.len());
    let mut is_begun = false;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end_matches([' ', '\t', '\n']);
        if bare == "..." {
            break;
        }
        if bare == "---" && is_begun {
            let line = u32::try_from(number + 1).unwrap_or(u32::MAX);
            return Err(error(line, None, "the YAML holds several documents"));
        }
        is_begun |= !(bare.is_empty() || bare.starts_with('#'));
        kept.push_str(if bare == "---" { "\n" } else { line });
    }
    if !kept.ends_with('\n') {
        kept.push('\n');
    }
    Ok(kept)
}

/// A mapping, or null for an empty block.
fn read(block: &Block<'_>, duplicates: &mut Duplicates) -> Result<Value, FrontMatterError> {
    if let Some(message) = block.error {
        return Err(error(1, None, message));
    }
    if block.content.len() > MAX_BYTES {
        return Err(error(1, None, &format!("the front matter is longer than {} KiB", MAX_BYTES / 1024)));
    }
    let value = match block.format {
        Format::Yaml => yaml_values::parse(block.content, duplicates),
        Format::Toml => toml_values::parse(block.content),
        Format::Json => json_values::parse(block.content, duplicates),
    };
    match value {
        Ok(value @ (Value::Map(_) | Value::Null)) => Ok(value),
        Ok(_) => Err(error(block.first_line, None, "the front matter is not a mapping")),
        Err(problem) => Err(error(block.first_line + problem.line, problem.column, &problem.message)),
    }
}

/// A format of data.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum DataFormat {
    Json,
    Toml,
    Yaml,
}

impl DataFormat {
    /// As people write its name.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }
}

/// Where data cannot be parsed: `line` counts from 0, `column` from 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataProblem {
    pub(crate) line: u32,
    pub(crate) column: Option<u32>,
}

/// Why `content` is no data of the format: JSON values one after the other, YAML documents or a TOML table.
///
/// Nothing is said about data that is longer than front matter may be, or that exceeds another limit.
pub(crate) fn check_data(format: DataFormat, content: &str) -> Option<DataProblem> {
    if content.len() > MAX_BYTES {
        return None;
    }
    let problem = |error: block::BlockError| {
        let is_syntax = error.message.ends_with("cannot be parsed");
        is_syntax.then_some(DataProblem { line: error.line, column: error.column })
    };
    match format {
        DataFormat::Json => json_values::check_sequence(content).err().and_then(problem),
        DataFormat::Toml => toml_values::parse(content).err().and_then(problem),
        DataFormat::Yaml => {
            let mut first = 0;
            let mut start = 0;
            let mut position = 0;
            for (line, text) in content.split_inclusive('\n').chain(["---\n"]).enumerate() {
                if text.trim_end_matches([' ', '\t', '\r', '\n']) == "---" {
                    // What follows front matter is mostly no YAML.
                    if start > 0 && content.starts_with("---") && first > 1 {
                        return None;
                    }
                    let part = &content[start..position];
                    let parsed = yaml_values::parse(part, &mut Duplicates::new(0));
                    if let Some(found) = parsed.err().and_then(problem) {
                        return Some(DataProblem { line: first + found.line, column: found.column });
                    }
                    start = (position + text.len()).min(content.len());
                    first = crate::source::offset(line + 1);
                }
                position += text.len();
            }
            None
        }
    }
}

fn error(line: u32, column: Option<u32>, message: &str) -> FrontMatterError {
    FrontMatterError { line, column, message: message.into() }
}
