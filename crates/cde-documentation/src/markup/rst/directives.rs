//! Directives: which hold code, which hold text, and which name documents and images.

use super::phrases::{reference_name, titled};
use super::{Rst, starts};
use crate::markup::recorder::NewLink;
use crate::model::LinkKind;

/// Directives whose content is code, with the language where the name tells it.
const CODE: &[(&str, Option<&str>)] = &[
    ("code", None),
    ("code-block", None),
    ("console", Some("console")),
    ("doctest", Some("pycon")),
    ("ipython", Some("python")),
    ("literal", None),
    ("parsed-literal", None),
    ("prompt", Some("console")),
    ("sourcecode", None),
    ("testcleanup", Some("python")),
    ("testcode", Some("python")),
    ("testoutput", None),
    ("testsetup", Some("python")),
];
/// Directives whose content is neither text nor code.
const OPAQUE: &[&str] = &[
    "actdiag",
    "autosummary",
    "bibliography",
    "blockdiag",
    "csv-table",
    "currentmodule",
    "date",
    "default-role",
    "digraph",
    "ditaa",
    "graph",
    "graphviz",
    "highlight",
    "index",
    "inheritance-diagram",
    "literalinclude",
    "math",
    "mermaid",
    "meta",
    "nwdiag",
    "plantuml",
    "plot",
    "productionlist",
    "raw",
    "role",
    "seqdiag",
    "tabularcolumns",
    "tikz",
    "uml",
    "unicode",
];
/// Directives whose arguments and content are text.
const TEXT: &[&str] = &[
    "admonition",
    "attention",
    "caution",
    "centered",
    "danger",
    "deprecated",
    "epigraph",
    "error",
    "highlights",
    "hint",
    "important",
    "list-table",
    "note",
    "pull-quote",
    "rubric",
    "seealso",
    "sidebar",
    "table",
    "tip",
    "topic",
    "versionadded",
    "versionchanged",
    "versionremoved",
    "warning",
];
/// Directives whose content is text and whose arguments are none.
const CONTAINERS: &[&str] =
    &["class", "compound", "container", "contents", "header", "footer", "hlist", "only"];
/// What a table of contents may name besides documents.
const GENERATED: &[&str] = &["genindex", "modindex", "search", "self"];

impl Rst<'_, '_> {
    /// The directive `name` that begins at `at` on `line`; gives the line where its text goes on, or the one after it.
    pub(super) fn directive(
        &mut self,
        line: usize,
        name: &str,
        at: u32,
        arguments_at: u32,
        indent: u32,
    ) -> usize {
        let end = self.end_of_indented(line + 1, indent);
        let arguments = self.slice(arguments_at, self.lines[line].end);
        if let Ok(known) = CODE.binary_search_by_key(&name, |(name, _)| *name) {
            let mut first = self.after_options(line, indent);
            while first < end && self.is_blank(first) {
                first += 1;
            }
            let written = arguments.split(|one: char| one.is_ascii_whitespace()).next();
            let language = CODE[known].1.or(written.filter(|_| name != "testoutput"));
            self.code(language, arguments, at, first, end);
            return end;
        }
        match name {
            "image" => {
                self.image(line, at, arguments_at, indent);
                return end;
            }
            "figure" => return self.image(line, at, arguments_at, indent),
            "toctree" => {
                self.table_of_contents(line, end, indent);
                return end;
            }
            "include" | "literalinclude" => {
                if !arguments.is_empty() && !arguments.starts_with('<') {
                    self.named(arguments, "", at, self.lines[line].end);
                }
                return end;
            }
            _ => {}
        }
        if OPAQUE.binary_search(&name).is_ok() {
            return end;
        }
        if TEXT.binary_search(&name).is_ok() && !arguments.is_empty() {
            let has_options =
                !self.is_blank(line + 1) && self.lines[line + 1].indent > indent && self.is_option(line + 1);
            if !has_options {
                return self.paragraph(line, arguments_at, indent, true);
            }
            self.text_line(arguments_at, self.lines[line].end);
        } else if TEXT.binary_search(&name).is_err() && !CONTAINERS.contains(&name) && self.quiet.is_none() {
            self.quiet = Some(indent);
        }
        self.after_options(line, indent)
    }

    fn is_option(&self, line: usize) -> bool {
        starts::field(self.content(line)).is_some()
    }

    /// The line after the options of a directive, which stand directly below its head.
    fn after_options(&self, line: usize, indent: u32) -> usize {
        let mut next = line + 1;
        let mut option = None;
        while !self.is_blank(next) && self.lines[next].indent > indent {
            let own = self.lines[next].indent;
            if self.is_option(next) {
                option = Some(own);
            } else if option.is_none_or(|option| own <= option) {
                break;
            }
            next += 1;
        }
        next
    }

    /// A link of the kind by which Sphinx names documents and files.
    pub(super) fn named(&mut self, target: &str, text: &str, start: u32, end: u32) {
        let link = NewLink {
            kind: LinkKind::Wiki,
            text,
            destination: target,
            image: false,
            label: None,
            start,
            end,
        };
        self.recorder.link(link);
    }

    /// An image and what it links to; gives the line after its options.
    pub(super) fn image(&mut self, line: usize, at: u32, arguments_at: u32, indent: u32) -> usize {
        let head_end = self.lines[line].end;
        let mut address = vec![self.slice(arguments_at, head_end)];
        let mut next = line + 1;
        while !self.is_blank(next) && self.lines[next].indent > indent && !self.is_option(next) {
            address.push(self.content(next));
            next += 1;
        }
        let end = self.after_options(next - 1, indent);
        let (mut alternative, mut target) = (String::new(), None);
        let mut is_alternative = false;
        for number in next..end {
            let content = self.content(number);
            if let Some(length) = starts::field(content) {
                let name = content[..length].trim_end();
                is_alternative = name.eq_ignore_ascii_case(":alt:");
                if is_alternative {
                    content[length..].clone_into(&mut alternative);
                } else if name.eq_ignore_ascii_case(":target:") && length < content.len() {
                    target = Some((number, &content[length..]));
                }
            } else if is_alternative {
                alternative.push(' ');
                alternative.push_str(content);
            }
        }
        let address: String = address.concat().split(|one: char| one.is_ascii_whitespace()).collect();
        if !address.is_empty() {
            self.recorder.rendered(&alternative);
            self.recorder.link(NewLink {
                kind: LinkKind::Inline,
                text: &alternative,
                destination: &address,
                image: true,
                label: None,
                start: at,
                end: head_end,
            });
        }
        if let Some((number, written)) = target {
            let (start, end) = (self.lines[number].start, self.lines[number].end);
            let name = reference_name(written);
            let compact: String = written.split(|one: char| one.is_ascii_whitespace()).collect();
            let index = self.recorder.link(NewLink {
                kind: if name.is_some() { LinkKind::Reference } else { LinkKind::Inline },
                text: &alternative,
                destination: if name.is_some() { "" } else { &compact },
                image: false,
                label: None,
                start,
                end,
            });
            if let Some(name) = name {
                self.names.refer(index, &name, start, None);
            }
        }
        end
    }

    /// The entries of a table of contents: `document`, or `Title <document>`.
    fn table_of_contents(&mut self, line: usize, end: usize, indent: u32) {
        let first = self.after_options(line, indent);
        let is_glob = (line + 1..first).any(|number| self.content(number).starts_with(":glob:"));
        for number in first..end {
            let content = self.content(number);
            let (title, target) = titled(content).unwrap_or(("", content));
            let is_pattern = is_glob && target.contains(['*', '?', '[']);
            if !target.is_empty() && !is_pattern && !GENERATED.contains(&target) {
                let (start, end) = (self.lines[number].start, self.lines[number].end);
                self.named(target, title, start, end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(CODE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(
            OPAQUE.windows(2).all(|pair| pair[0] < pair[1]) && TEXT.windows(2).all(|pair| pair[0] < pair[1])
        );
    }
}
