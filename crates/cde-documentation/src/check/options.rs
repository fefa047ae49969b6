//! What a caller may ask of the checks.

/// How documents are judged.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// Rules or groups to apply; all of the default set where it is empty.
    pub select: Vec<String>,
    /// Rules or groups to leave out.
    pub ignore: Vec<String>,
    /// The folder that `/x` starts at, relative to the root.
    pub site_root: Option<String>,
    /// Globs, each with the rules or groups that are left out in the documents that match.
    pub per_path: Vec<(Vec<u8>, Vec<String>)>,
    /// Rules or groups, each with `error`, `warning`, `hint` or `off`; a rule goes before its group.
    pub severity: Vec<(String, String)>,
    /// Front matter keys that each document must have.
    pub required_metadata: Vec<String>,
    /// Front matter keys that hold the day until which a document has been reviewed.
    pub review_keys: Vec<String>,
    /// The day of reference, `YYYY-MM-DD`. Nothing is out of date where it is `None`: the engines have no clock.
    pub today: Option<String>,
    /// The only program whose sites are looked for, or `none`; any where it is absent or `auto`.
    pub site: Option<String>,
    /// Whether anchors are judged as the scan made them also in a site that makes them in another way.
    pub scanned_slugs: bool,
}

/// How documents are connected.
#[derive(Clone, Debug, Default)]
pub struct GraphOptions {
    /// The documents that readers start from, by path; the usual ones where it is empty.
    pub entries: Vec<Vec<u8>>,
    /// The folder that `/x` starts at, relative to the root.
    pub site_root: Option<String>,
    /// The only program whose sites are looked for, or `none`; any where it is absent or `auto`.
    pub site: Option<String>,
}
