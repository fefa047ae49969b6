//! Reading a document's bytes again, for the few judgements that need more than its record.

use cde_filesystem::{Tree, read_file};
use memchr::memmem;

use super::origin::as_written;
use crate::model::{Document, Link, LinkKind};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
const DIRECTIVES: &[&[u8]] =
    &[b"--8<--", b"{{< include", b"{{% include", b"{% include", b"{include}", b"<!--#include"];
/// How long a path in a directive may be.
const LONGEST: usize = 300;

/// The bytes of `document` without a byte order mark, if they are UTF-8 and still those that were scanned.
pub(super) fn unchanged_content(tree: &Tree, document: &Document) -> Option<Vec<u8>> {
    if document.encoding.name != "utf-8" || document.encoding.invalid_bytes > 0 {
        return None;
    }
    let mut content = Vec::new();
    let facts = read_file(tree, tree.find(document.path.as_bytes())?, document.size, &mut content).ok()?;
    if facts.sha256 != document.hash {
        return None;
    }
    if content.starts_with(BYTE_ORDER_MARK) {
        content.drain(..BYTE_ORDER_MARK.len());
    }
    Some(content)
}

/// Whether the document takes in the text of others, with their headings, when the site is built.
///
/// Known are the directives of mdBook, `PyMdown`'s snippets, Hugo, Jekyll, `MyST` and AsciiDoc, server side includes,
/// and the import of a document by MDX.
pub(super) fn draws_in_documents(content: &[u8]) -> bool {
    DIRECTIVES.iter().any(|directive| memmem::find(content, directive).is_some())
        || content.starts_with(b"include::")
        || memmem::find(content, b"\ninclude::").is_some()
        || memmem::find_iter(content, b"{{#include ").any(|start| {
            let rest = &content[start + b"{{#include ".len()..];
            let path = &rest[..rest.len().min(LONGEST + b".md".len())];
            let end = path.iter().position(|byte| matches!(byte, b'}' | b'\n')).unwrap_or(path.len());
            memmem::find(&path[..end], b".md").is_some()
        })
        || [&b"from"[..], b"import"].iter().any(|word| {
            memmem::find_iter(content, word).any(|start| names_document(&content[start + word.len()..]))
        })
}

/// Whether `rest` begins with a quoted path to a Markdown file.
fn names_document(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let [quote @ (b'\'' | b'"'), quoted @ ..] = rest else { return false };
    let quoted = &quoted[..quoted.len().min(LONGEST + b".mdx'".len())];
    let Some(end) = quoted.iter().position(|byte| byte == quote || *byte == b'\n') else { return false };
    let path = &quoted[..end];
    quoted[end] == *quote
        && [&b".md"[..], b".mdx"]
            .iter()
            .any(|extension| path.strip_suffix(*extension).is_some_and(|stem| stem.len() <= LONGEST))
}

/// Where target and fragment of an inline link stand, if they stand there just as the record has them.
pub(super) fn target_span(content: &[u8], link: &Link<&str>) -> Option<(u32, u32)> {
    if link.kind != LinkKind::Inline {
        return None;
    }
    let construct = content.get(link.start as usize..link.end as usize)?;
    let written = as_written(link.target, link.fragment);
    let opening = memmem::rfind(construct, b"](")? + 2;
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let spaces = construct[opening..].iter().take_while(|byte| is_space(byte)).count();
    let start = opening + spaces + usize::from(construct.get(opening + spaces) == Some(&b'<'));
    let end = start + written.len();
    let is_whole = !written.is_empty()
        && construct.get(start..end) == Some(written.as_bytes())
        && construct.get(end).is_some_and(|byte| is_space(byte) || matches!(byte, b'>' | b')'));
    let offset = |position: usize| u32::try_from(position).ok()?.checked_add(link.start);
    is_whole.then_some((offset(start)?, offset(end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_draws_in_documents() {
        for text in [
            "{{#include ../x.md:a}}",
            "--8<-- \"x\"",
            "import X from './_x.mdx';",
            "import\nX from\n  \"_x.md\"",
            "include::x[]",
            "a\ninclude::x[]",
        ] {
            assert!(draws_in_documents(text.as_bytes()), "{text}");
        }
        for text in ["{{#include x.rs}} x.md", "from 'x.md", "from 'x.js'", "an include::x", "from x.md'"] {
            assert!(!draws_in_documents(text.as_bytes()), "{text}");
        }
    }
}
