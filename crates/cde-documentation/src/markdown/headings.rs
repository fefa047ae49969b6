//! Headings: the ids that their attributes set, and slugs, parents and ends of sections.

use super::Body;
use crate::source::{LineIndex, offset};

/// The id that attributes at the end of a heading's last line set, and where they begin.
///
/// `{#id}`, `{: #id .class}` and `{#id key=value}` are attributes; the last id wins.
pub(super) fn explicit_id(line: &str) -> Option<(&str, usize)> {
    let opened = line.rfind('{')?;
    if line[..opened].ends_with('\\') {
        return None;
    }
    let inner = line[opened + 1..].strip_suffix('}')?;
    let inner = inner.strip_prefix(':').unwrap_or(inner).trim_matches([' ', '\t']);
    if inner.contains('}') {
        return None;
    }
    let mut id = None;
    for token in inner.split([' ', '\t']).filter(|token| !token.is_empty()) {
        if let Some(name) = token.strip_prefix('#') {
            if name.is_empty() || name.contains(['#', '.', '=']) {
                return None;
            }
            id = Some(name);
        } else if let Some(class) = token.strip_prefix('.') {
            if class.is_empty() || class.contains(['#', '.', '=']) {
                return None;
            }
        } else {
            let (key, _) = token.split_once('=')?;
            let named = key.starts_with(|one: char| one.is_ascii_alphabetic())
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            if !named {
                return None;
            }
        }
    }
    Some((id?, opened))
}

/// Sets what is known only when all headings are: slugs, parents and ends of sections.
///
/// A section ends before the line of the next heading of its level or above. `section_words` comes with the number of
/// words before each heading and leaves with those of each section. `slug` names the headings in their order, by the text
/// that the field `slug` holds if that is `prepared`, else by `text`.
pub(crate) fn finish(
    body: &mut Body,
    prepared: bool,
    mut slug: impl FnMut(&str) -> String,
    lines: &mut LineIndex,
) {
    let count = body.headings.len();
    let mut ends = vec![count; count];
    let mut enclosing: Vec<usize> = Vec::new();
    for index in 0..count {
        let level = body.headings[index].level;
        while let Some(&open) = enclosing.last()
            && body.headings[open].level >= level
        {
            ends[open] = index;
            enclosing.pop();
        }
        let heading = &mut body.headings[index];
        heading.parent = enclosing.last().map(|&parent| offset(parent));
        let slug = slug(body.texts.get(if prepared { heading.slug } else { heading.text }));
        heading.slug = body.texts.add(&slug);
        enclosing.push(index);
    }
    let starts: Vec<(u32, u32)> = body
        .headings
        .iter()
        .zip(&body.section_words)
        .map(|(heading, words)| (heading.line, *words))
        .collect();
    for (index, heading) in body.headings.iter_mut().enumerate() {
        if let Some(&(line, words)) = starts.get(ends[index]) {
            heading.end_line = (line - 1).max(heading.line);
            heading.section_end = lines.line_start(line).max(heading.start);
            body.section_words[index] = words - starts[index].1;
        } else {
            heading.end_line = lines.line_count();
            heading.section_end = lines.len();
            body.section_words[index] = body.words - starts[index].1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_set_ids() {
        assert_eq!(explicit_id("Foo {#bar}"), Some(("bar", 4)));
        assert_eq!(explicit_id("Foo {: .c #bar  k=v }"), Some(("bar", 4)));
        assert_eq!(explicit_id("Foo {#}"), None);
        assert_eq!(explicit_id("Foo {bar}"), None);
        assert_eq!(explicit_id("Foo \\{#bar}"), None);
    }
}
