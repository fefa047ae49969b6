//! Reading a document's bytes again, for the few judgements that need more than its record.

use cde_filesystem::{Tree, read_file};
use memchr::memmem;

use super::origin::as_written;
use crate::hash::Set;
use crate::model::{Document, Link, LinkKind};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
const DIRECTIVES: &[&[u8]] = &[
    b"--8<--",
    b"{{< include",
    b"{{% include",
    b"{% include",
    b"{include}",
    b"<!--#include",
    b".. include::",
];
/// How far a path in a directive may reach.
const LONGEST: usize = 300;
/// How many paths one document may take in.
const MOST_PATHS: usize = 64;

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

/// The paths, as written, of the documents whose text this one takes in, with their headings, when the site is built;
/// `None` where it cannot be told which, or where a definition list makes anchors of its own.
///
/// Known are the directives of mdBook, `PyMdown`'s snippets, Hugo, Jekyll, `MyST` and AsciiDoc, server side includes,
/// and the import of a document by MDX.
pub(super) fn drawn_in(content: &[u8]) -> Option<Vec<Vec<u8>>> {
    let unknown = DIRECTIVES.iter().any(|directive| memmem::find(content, directive).is_some())
        || [&b"\ninclude::"[..], b"\n: "]
            .iter()
            .any(|line| content.starts_with(&line[1..]) || memmem::find(content, line).is_some());
    if unknown {
        return None;
    }
    let after = |word: &'static [u8]| {
        memmem::find_iter(content, word).map(move |start| &content[start + word.len()..])
    };
    let included = after(b"{{#include ").filter_map(included_document);
    let imported = after(b"from").chain(after(b"import")).filter_map(imported_document);
    let paths: Vec<Vec<u8>> = included.map(<[u8]>::to_vec).chain(imported).take(MOST_PATHS + 1).collect();
    (paths.len() <= MOST_PATHS).then_some(paths)
}

/// The path in what follows mdBook's `{{#include `, if it is one to a Markdown file.
fn included_document(rest: &[u8]) -> Option<&[u8]> {
    let text = &rest[..rest.len().min(LONGEST)];
    let end = text.iter().position(|byte| matches!(byte, b'}' | b'\n')).unwrap_or(text.len());
    memmem::find(&text[..end], b".md")?;
    text[..end].split(|byte| *byte == b':').next().map(<[u8]>::trim_ascii)
}

/// The path that `rest` begins with in quotes, if it is one to a Markdown file.
fn imported_document(rest: &[u8]) -> Option<Vec<u8>> {
    let [quote @ (b'\'' | b'"'), quoted @ ..] = rest.trim_ascii_start() else { return None };
    let quoted = &quoted[..quoted.len().min(LONGEST)];
    let end = quoted
        .iter()
        .position(|byte| byte == quote || *byte == b'\n')
        .filter(|end| quoted[*end] == *quote)?;
    let path = &quoted[..end];
    let is_document = path.ends_with(b".md") || path.ends_with(b".mdx");
    // A backslash in the string escapes the sign behind it, mostly needlessly: `./\_part.mdx`.
    is_document.then(|| path.iter().copied().filter(|byte| *byte != b'\\').collect())
}

/// The ids in lists of attributes, as Python-Markdown reads them: `{#id}`, `{: .class #id key="value"}`.
///
/// With `items`, `None` for a document that takes in the description of a program's items, which has anchors of its own.
pub(super) fn attribute_ids(content: &[u8], items: bool) -> Option<Set<Vec<u8>>> {
    if items && (content.starts_with(b":::") || memmem::find(content, b"\n:::").is_some()) {
        return None;
    }
    let mut ids = Set::default();
    for open in memchr::memchr_iter(b'{', content) {
        let inner = &content[open + 1..content.len().min(open + 1 + LONGEST)];
        let end = inner.iter().position(|byte| matches!(byte, b'{' | b'}' | b'\n'));
        let Some(end) = end.filter(|end| inner[*end] == b'}') else { continue };
        let tokens = inner[..end].split(|byte| matches!(byte, b' ' | b'\t' | b':'));
        ids.extend(tokens.filter_map(|token| token.strip_prefix(b"#")).map(<[u8]>::to_vec));
    }
    Some(ids)
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
    fn what_is_drawn_in() {
        for (text, paths) in [
            ("{{#include ../x.md:a}} {{#include y.rs}}", &["../x.md"][..]),
            ("import X from './\\_x.mdx'; import 'y.md'", &["./_x.mdx", "y.md"]),
            ("import\nX from\n  \"_x.md\"", &["_x.md"]),
            ("{{#include x.rs}} x.md, from 'x.md, from 'x.js', an include::x, from x.md'", &[]),
        ] {
            let expected = paths.iter().map(|path| path.as_bytes().to_vec()).collect();
            assert_eq!(drawn_in(text.as_bytes()), Some(expected), "{text}");
        }
        for text in ["--8<-- \"x\"", "include::x[]", "a\ninclude::x[]", "{% include x %}", "term\n: text"] {
            assert_eq!(drawn_in(text.as_bytes()), None, "{text}");
        }
    }
}
