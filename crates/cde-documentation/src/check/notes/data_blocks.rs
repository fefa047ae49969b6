//! Blocks of JSON, YAML and TOML that cannot be parsed, so that whoever copies them gets an error.

use std::borrow::Cow;

use cde_core::Severity;

use super::json_form;
use super::page::Page;
use crate::check::origin::shown;
use crate::check::report::Remark;
use crate::frontmatter::{DataFormat, DataProblem, check_data};
use crate::model::CodeBlock;
use crate::source::offset;

/// Signs of a text that is no data by intention: something left out, a placeholder, a template, an included file.
const UNFINISHED: &[&str] =
    &["...", "\u{2026}", "{{", "{%", "${", "$(", "--8<--", "[!code", "<!--", "<%", "@@", "%YAML"];

/// Notes fenced blocks whose language is a data format and whose text is none.
pub(super) fn note(page: &Page<'_>, remarks: &mut Vec<(&'static str, Remark)>) {
    for block in page.document.code_blocks.iter() {
        let Some(format) = block.language.and_then(format_of) else { continue };
        if !block.fenced || !block.closed {
            continue;
        }
        let Some((content, indent)) = content(page, &block) else { continue };
        if is_sketchy(format, &content) || title(block.info).is_some_and(|title| is_other(format, title)) {
            continue;
        }
        let Some(DataProblem { line, column }) = check_data(format, &content) else { continue };
        if format == DataFormat::Json && (is_form(&content, line, column) || is_excerpt(&content)) {
            continue;
        }
        let number = block.line + 1 + line.min(block.line_count.saturating_sub(1));
        let remark = Remark {
            line: number,
            column: column.map_or(1, |column| column + indent),
            message: format!("the block is no valid {}", format.title()),
            evidence: shown(page.line(number).trim_matches([' ', '\t']).as_bytes()),
            // Programs read much that is nearly YAML.
            severity: (format == DataFormat::Yaml).then_some(Severity::Hint),
            ..Remark::default()
        };
        remarks.push(("invalid-data-block", remark));
    }
}

fn format_of(language: &str) -> Option<DataFormat> {
    [
        ("json", DataFormat::Json),
        ("yaml", DataFormat::Yaml),
        ("yml", DataFormat::Yaml),
        ("toml", DataFormat::Toml),
    ]
    .into_iter()
    .find_map(|(name, format)| language.eq_ignore_ascii_case(name).then_some(format))
}

/// The lines of the block without the indentation of its fence, and how much that is; `None` for a block in a quotation
/// or one that is indented by tabs.
fn content<'a>(page: &Page<'a>, block: &CodeBlock<&str>) -> Option<(Cow<'a, str>, u32)> {
    let fence = page.line(block.line);
    let indent = fence.find(['`', '~'])?;
    if fence[..indent].contains(['>', '\t']) {
        return None;
    }
    let mut text = String::new();
    for number in block.line + 1..=block.line + block.line_count {
        let line = page.line(number);
        let spaces = line.bytes().take(indent).take_while(|byte| *byte == b' ').count();
        if line[spaces..].starts_with('\t') && spaces < indent {
            return None;
        }
        text.push_str(&line[spaces..]);
        text.push('\n');
    }
    Some((Cow::Owned(text), offset(fence[..indent].chars().count())))
}

fn is_sketchy(format: DataFormat, content: &str) -> bool {
    let trimmed = || content.lines().map(|line| line.trim_matches([' ', '\t']));
    let has_placeholder = || {
        memchr::memchr_iter(b'<', content.as_bytes())
            .any(|start| content.as_bytes().get(start + 1).is_some_and(u8::is_ascii_alphabetic))
    };
    UNFINISHED.iter().any(|sign| content.contains(sign))
        || has_placeholder()
        || match format {
            DataFormat::Json => {
                json_form::is_form(content)
                    || trimmed().any(is_placeholder)
                    || !content.trim_start_matches([' ', '\t', '\r', '\n']).starts_with(['{', '['])
                    || content.contains(" //")
                    || trimmed()
                        .any(|line| ["//", "/*", "#", "+", "*"].iter().any(|sign| line.starts_with(sign)))
            }
            // An alias may refer to an anchor in another block.
            DataFormat::Yaml => [": *", "- *", "[*", ", *"].iter().any(|alias| content.contains(alias)),
            DataFormat::Toml => has_alternatives(content),
        }
}

/// The name of a file that the info string gives the block.
fn title(info: &str) -> Option<&str> {
    ["title=", "filename=", "file="].iter().find_map(|key| {
        let start = info.find(key)? + key.len();
        let quote = info[start..].chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        info[start + 1..].split_once(quote).map(|(title, _)| title)
    })
}

/// Whether a file is in another format for all that its text is shown as: by its extension, or since its program forgives
/// remarks and commas.
fn is_other(format: DataFormat, title: &str) -> bool {
    let name = title.rsplit('/').next().unwrap_or(title);
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let is_extension = (1..=8).contains(&extension.len())
        && extension.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_lenient = format == DataFormat::Json
        && (["tsconfig", "jsconfig", "devcontainer"].iter().any(|known| stem.starts_with(known))
            || title.contains(".vscode/"));
    (is_extension && format_of(extension) != Some(format)) || is_lenient
}

/// Whether the text is a part of a list.
fn is_excerpt(content: &str) -> bool {
    check_data(DataFormat::Json, &format!("[{content}]")).is_none()
}

/// Whether the sign at a place shows a form to fill in: a choice (`"a" | "b"`, `true/false`), a range or a remark.
fn is_form(content: &str, line: u32, column: Option<u32>) -> bool {
    let column = column.map_or(0, |column| column as usize).saturating_sub(1);
    let sign = content.lines().nth(line as usize).and_then(|line| line.chars().nth(column));
    matches!(sign, Some('|' | '/' | '-' | '#'))
}

/// Whether a line is a name in braces, which a program replaces.
fn is_placeholder(line: &str) -> bool {
    let name = line.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a table or a key of a table is written twice, as in examples of what one can choose from.
fn has_alternatives(content: &str) -> bool {
    let mut seen = std::collections::HashSet::new();
    let mut table = "";
    for line in content.lines().map(|line| line.trim_matches([' ', '\t'])) {
        let is_new = if line.starts_with('[') {
            table = line;
            seen.insert((table, ""))
        } else if let Some((key, _)) = line.split_once('=') {
            seen.insert((table, key.trim_matches([' ', '\t'])))
        } else {
            true
        };
        if !is_new && !line.starts_with("[[") {
            return true;
        }
    }
    false
}
