//! How documents are written, and which format a file's name tells.

/// How a document is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DocumentFormat {
    /// Markdown.
    Markdown,
    /// Markdown with JavaScript and JSX.
    Mdx,
    /// reStructuredText.
    RestructuredText,
    /// AsciiDoc.
    AsciiDoc,
    /// A notebook of Jupyter.
    Notebook,
    /// Plain text.
    Text,
}

/// Every format with its name in records.
const NAMES: [(DocumentFormat, &str); 6] = [
    (DocumentFormat::Markdown, "markdown"),
    (DocumentFormat::Mdx, "mdx"),
    (DocumentFormat::RestructuredText, "restructuredtext"),
    (DocumentFormat::AsciiDoc, "asciidoc"),
    (DocumentFormat::Notebook, "notebook"),
    (DocumentFormat::Text, "text"),
];
/// Plain texts that are documents, by name without `.txt`.
const TEXTS: [&[u8]; 9] =
    [b"readme", b"changelog", b"changes", b"contributing", b"install", b"news", b"history", b"todo", b"faq"];

impl DocumentFormat {
    /// The name in records.
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(format, _)| *format == self).map_or("", |(_, name)| name)
    }

    /// The format of that name in records.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(format, _)| *format)
    }

    /// Whether the document may begin with front matter: AsciiDoc has YAML and TOML, but no JSON.
    pub(crate) fn may_have_front_matter(self, text: &str) -> bool {
        match self {
            Self::Markdown | Self::Mdx => true,
            Self::AsciiDoc => !text.starts_with('{'),
            Self::RestructuredText | Self::Notebook | Self::Text => false,
        }
    }

    /// The format that a file's name tells, compared without regard to the case of ASCII letters.
    pub fn of_path(path: &[u8]) -> Option<Self> {
        let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path).to_ascii_lowercase();
        let extension = name.iter().rposition(|byte| *byte == b'.').map_or(&b""[..], |dot| &name[dot + 1..]);
        match extension {
            b"md" | b"markdown" | b"mdown" | b"mkd" => Some(Self::Markdown),
            b"mdx" => Some(Self::Mdx),
            b"rst" => Some(Self::RestructuredText),
            b"adoc" | b"asciidoc" => Some(Self::AsciiDoc),
            b"ipynb" => Some(Self::Notebook),
            _ => TEXTS.contains(&name.strip_suffix(b".txt").unwrap_or(&name)).then_some(Self::Text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_known_by_name() {
        let known = |path: &str| DocumentFormat::of_path(path.as_bytes()).map(DocumentFormat::as_str);
        assert_eq!((known("a/B.MD"), known("x.mdx"), known("a.md/x")), (Some("markdown"), Some("mdx"), None));
        assert_eq!((known("x.rst"), known("x.ADOC")), (Some("restructuredtext"), Some("asciidoc")));
        assert_eq!(
            (known("a/README"), known("Changes.txt"), known("x.ipynb")),
            (Some("text"), Some("text"), Some("notebook"))
        );
        assert_eq!((known("requirements.txt"), known("x.py")), (None, None));
        assert!(NAMES.iter().all(|(format, name)| DocumentFormat::named(name) == Some(*format)));
    }
}
