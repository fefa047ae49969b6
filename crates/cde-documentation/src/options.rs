//! What a caller may ask of the scan.

use crate::check::CheckOptions;

/// How much of a document is extracted.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum DetailLevel {
    /// The path; no document is opened.
    Names,
    /// One line per document.
    Summary,
    /// Everything.
    #[default]
    Full,
}

/// Whose rules turn a heading's text into a fragment.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum SlugFlavour {
    /// GitHub.
    #[default]
    Github,
    /// GitLab.
    Gitlab,
    /// MkDocs.
    Mkdocs,
    /// Docusaurus.
    Docusaurus,
    /// Hugo.
    Hugo,
    /// mdBook.
    Mdbook,
}

impl SlugFlavour {
    /// The name by which it is chosen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Mkdocs => "mkdocs",
            Self::Docusaurus => "docusaurus",
            Self::Hugo => "hugo",
            Self::Mdbook => "mdbook",
        }
    }
}

/// How documents are read.
#[derive(Clone, Debug)]
pub struct ScanOptions {
    /// How much is extracted.
    pub detail: DetailLevel,
    /// Whose slugs.
    pub slug_flavour: SlugFlavour,
    /// Front matter keys whose absence is reported.
    pub required_metadata: Vec<String>,
    /// A larger document is listed with a diagnostic and not parsed.
    pub max_document_bytes: u64,
    /// A document with deeper block containers is listed with a diagnostic and not parsed.
    pub max_nesting: u32,
    /// The check that will follow, so that what it needs of the texts is noted while they are read.
    pub check: Option<CheckOptions>,
}

impl Default for ScanOptions {
    fn default() -> Self {
        Self {
            detail: DetailLevel::Full,
            slug_flavour: SlugFlavour::Github,
            required_metadata: vec!["title".to_owned(), "description".to_owned()],
            max_document_bytes: 4 * 1024 * 1024,
            max_nesting: 64,
            check: None,
        }
    }
}
