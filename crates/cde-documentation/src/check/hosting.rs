//! Addresses of the repository's own files on the web, read as paths of the tree. Touches no disk.

use cde_filesystem::Remotes;

use super::target::{escape_target, is_template, percent_decode};

const SCHEMES: &[&str] = &["https", "http", "ssh", "git", "git+ssh"];
/// Names of the same host for other ways in.
const WAYS: &[&str] = &["www.", "ssh.", "altssh."];
/// Pages of a file or folder at a state of the repository; those of its history outlive it.
const PAGES: &[&str] = &["blob", "tree", "raw", "edit", "blame", "src"];
const RAW_HOST: &str = "raw.githubusercontent.com";
const USUAL_BRANCHES: &[&[u8]] = &[b"main", b"master"];

/// Where the tree is hosted.
#[derive(Debug, Default)]
pub(super) struct Hosting {
    prefix: Vec<u8>,
    repositories: Vec<Repository>,
    /// The branches that the tree may stand for, and whether it surely does.
    branches: Vec<(Vec<u8>, bool)>,
}

/// A repository on a host; both parts in lower case.
#[derive(Debug, Eq, PartialEq)]
struct Repository {
    host: String,
    path: String,
}

/// An address of a file or folder of the tree.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct OwnUrl<'t> {
    /// From the root of the tree.
    pub path: Vec<u8>,
    /// Whether the branch is surely the one that the tree stands for.
    pub certain: bool,
    /// Whether the page shows a document with its headings.
    pub rendered: bool,
    /// What stands before the path, and behind it.
    around: (&'t str, &'t str),
}

impl Hosting {
    /// Of a tree whose repository has `remotes`.
    pub fn new(remotes: Remotes) -> Self {
        let mut repositories = Vec::new();
        for address in &remotes.addresses {
            if let Some(known) = repository(address)
                && !repositories.contains(&known)
            {
                repositories.push(known);
            }
        }
        let is_usual = |branch: &Vec<u8>| USUAL_BRANCHES.contains(&branch.as_slice());
        let renamed = remotes.default.is_none()
            || remotes.default.as_ref().is_some_and(is_usual)
            || remotes.current.as_ref().is_some_and(is_usual);
        let mut branches = vec![(b"HEAD".to_vec(), true)];
        branches.extend(remotes.current.into_iter().chain(remotes.default).map(|branch| (branch, true)));
        if renamed {
            branches.extend(USUAL_BRANCHES.iter().map(|branch| (branch.to_vec(), false)));
        }
        Self { prefix: remotes.prefix, repositories, branches }
    }

    /// What `target` shows of the tree; `None` for any other address, another branch, a tag or a commit, a path outside
    /// of the tree, and one with a placeholder.
    pub fn locate<'t>(&self, target: &'t str) -> Option<OwnUrl<'t>> {
        if self.repositories.is_empty() {
            return None;
        }
        let (scheme, rest) = target.split_once("://")?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let (authority, rest) = rest.split_once('/')?;
        let host = host_of(authority)?;
        let is_raw = host == RAW_HOST;
        let host = if is_raw { "github.com" } else { &host };
        let inside = self.repositories.iter().filter(|known| known.host == host).find_map(|known| {
            let (start, inside) = rest.split_at_checked(known.path.len())?;
            start.eq_ignore_ascii_case(&known.path).then(|| inside.strip_prefix('/'))?
        })?;
        let (page, query) = inside.split_at(inside.find('?').unwrap_or(inside.len()));
        let (kind, path) = if is_raw { ("raw", page) } else { page_of(page)? };
        let (path, certain) = self.below_branch(path)?;
        let decoded = decoded_path(path)?;
        if is_template(target.as_bytes()) || is_placeholder(&decoded) {
            return None;
        }
        let rendered = matches!(kind, "blob" | "tree" | "src");
        let before = &target[..target.len() - query.len() - path.len()];
        Some(OwnUrl { path: self.inside_tree(decoded)?, certain, rendered, around: (before, query) })
    }

    /// What follows the branch in `path`, if it is one that the tree stands for.
    fn below_branch<'t>(&self, path: &'t str) -> Option<(&'t str, bool)> {
        let path = path.strip_prefix("refs/heads/").unwrap_or(path);
        self.branches.iter().find_map(|(branch, certain)| {
            let mut rest = path;
            for wanted in branch.split(|byte| *byte == b'/') {
                let (part, behind) = rest.split_once('/').unwrap_or((rest, ""));
                if *percent_decode(part) != *wanted {
                    return None;
                }
                rest = behind;
            }
            Some((rest, *certain))
        })
    }

    fn inside_tree(&self, path: Vec<u8>) -> Option<Vec<u8>> {
        if self.prefix.is_empty() {
            return Some(path);
        }
        let folder = &self.prefix[..self.prefix.len() - 1];
        if path == folder {
            Some(Vec::new())
        } else {
            path.strip_prefix(&self.prefix[..]).map(<[u8]>::to_vec)
        }
    }

    /// The address if it led to `path`.
    pub fn address_of(&self, own: &OwnUrl<'_>, path: &[u8]) -> String {
        let (before, behind) = own.around;
        [before, &escape_target(&[&self.prefix[..], path].concat()), behind].concat()
    }
}

/// The kind of page, and what follows it: a reference and a path.
fn page_of(page: &str) -> Option<(&str, &str)> {
    let page = page.strip_prefix("-/").unwrap_or(page);
    let (kind, path) = page.split_once('/')?;
    if !PAGES.contains(&kind) {
        return None;
    }
    // Gitea and Forgejo name the kind of the reference.
    match path.split_once('/') {
        Some(("commit" | "tag", _)) if matches!(kind, "src" | "raw") => None,
        Some(("branch", path)) if matches!(kind, "src" | "raw") => Some((kind, path)),
        _ => Some((kind, path)),
    }
}

/// `path` decoded, without empty parts; `None` where a part could be read in two ways.
fn decoded_path(path: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(path.len());
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let part = percent_decode(part);
        if matches!(&*part, b"." | b"..") || part.contains(&b'/') {
            return None;
        }
        if !decoded.is_empty() {
            decoded.push(b'/');
        }
        decoded.extend_from_slice(&part);
    }
    Some(decoded)
}

/// Whether `path` stands for many: with brackets, a star, a variable or dots that leave something out.
fn is_placeholder(path: &[u8]) -> bool {
    path.iter().any(|byte| b"{}<>*$".contains(byte))
        || path.windows(3).any(|window| window == b"..." || window == "…".as_bytes())
}

/// The host in lower case, without user, port and the names of other ways in; `None` where it is empty or no name.
fn host_of(authority: &str) -> Option<String> {
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if host.is_empty() || !host.bytes().all(is_name) {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let short = WAYS.iter().find_map(|way| host.strip_prefix(way)).filter(|short| short.contains('.'));
    Some(short.map_or_else(|| host.clone(), str::to_owned))
}

/// The repository at a remote's `address`: `https://host/owner/name.git`, `ssh://git@host:22/owner/name`, or
/// `git@host:owner/name.git`.
fn repository(address: &[u8]) -> Option<Repository> {
    let address = str::from_utf8(address).ok()?;
    let (authority, path) = if let Some((scheme, rest)) = address.split_once("://") {
        if !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
            return None;
        }
        rest.split_once('/')?
    } else {
        let (authority, path) = address.split_once(':')?;
        // A letter before the colon is a drive, and a slash makes it a path.
        if authority.len() < 2 || authority.contains('/') {
            return None;
        }
        (authority, path)
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_path = path.is_ascii() && path.contains('/') && path.split('/').all(|part| !part.is_empty());
    if !is_path {
        return None;
    }
    Some(Repository { host: host_of(authority)?, path: path.to_ascii_lowercase() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosting(address: &str, prefix: &str, current: Option<&str>, default: Option<&str>) -> Hosting {
        let branch = |name: Option<&str>| name.map(|name| name.as_bytes().to_vec());
        Hosting::new(Remotes {
            prefix: prefix.into(),
            addresses: vec![address.into()],
            current: branch(current),
            default: branch(default),
        })
    }

    #[test]
    fn addresses_of_remotes() {
        for address in [
            "https://github.com/Owner/Repo",
            "https://user:secret@GitHub.com:443/owner/repo.git/",
            "git@github.com:owner/repo.git",
            "ssh://git@ssh.github.com:443/owner/repo.git",
            "github.com:/owner/repo",
        ] {
            let known = repository(address.as_bytes()).map(|known| (known.host, known.path));
            assert_eq!(known, Some(("github.com".into(), "owner/repo".into())), "{address}");
        }
        for address in
            ["/srv/git/a.git", "../a", "file:///srv/a/b", "C:/a/b", "https://host", "host:repo", "", ":a/b"]
        {
            assert_eq!(repository(address.as_bytes()), None, "{address}");
        }
    }

    #[test]
    fn addresses_of_files() {
        let at = hosting("git@github.com:o/r.git", "", Some("feature/x"), Some("main"));
        for (target, path) in [
            ("https://github.com/o/r/blob/main/a%20b.md?plain=1", Some("a b.md")),
            ("HTTP://www.GitHub.com/O/R/tree/feature/x/docs/", Some("docs")),
            ("https://github.com/o/r/raw/refs/heads/main/x", Some("x")),
            ("https://raw.githubusercontent.com/o/r/main/x", Some("x")),
            ("https://github.com/o/r/-/blob/HEAD/x", Some("x")),
            ("https://github.com/o/r/src/branch/master/x//y", Some("x/y")),
            ("https://github.com/o/r/tree/main", Some("")),
            ("https://github.com/o/r/blob/v1.0/x", None),
            ("https://github.com/o/r/src/tag/main/x", None),
            ("https://github.com/o/r/blob/feature/y/x", None),
            ("https://github.com/o/r/commits/main/x", None),
            ("https://github.com/o/r2/blob/main/x", None),
            ("https://gitlab.com/o/r/blob/main/x", None),
            ("https://github.com/o/r/blob/main/%2e%2e/x", None),
            ("https://github.com/o/r/blob/main/a%2Fb", None),
            ("https://github.com/o/r/blob/main/<name>.md", None),
            ("https://github.com/o/r", None),
        ] {
            let found = at.locate(target).map(|own| String::from_utf8_lossy(&own.path).into_owned());
            assert_eq!(found.as_deref(), path, "{target}");
        }
    }

    #[test]
    fn a_tree_below_the_top() {
        let at = hosting("https://host/o/r", "sub/", None, None);
        let path = |target: &str| at.locate(target).map(|own| own.path);
        assert_eq!(path("https://host/o/r/blob/main/sub/x"), Some(b"x".to_vec()));
        assert_eq!(path("https://host/o/r/tree/main/sub"), Some(Vec::new()));
        assert_eq!(path("https://host/o/r/blob/main/subway/x"), None);
        let own = at.locate("https://host/o/r/blob/main/sub/x?q");
        let address = own.map(|own| at.address_of(&own, b"y"));
        assert_eq!(address.as_deref(), Some("https://host/o/r/blob/main/sub/y?q"));
    }

    #[test]
    fn branches_that_the_tree_does_not_stand_for() {
        let at = hosting("https://host/o/r", "", Some("develop"), Some("develop"));
        assert!(at.locate("https://host/o/r/blob/main/x").is_none());
        let at = hosting("https://host/o/r", "", Some("main"), Some("main"));
        assert_eq!(at.locate("https://host/o/r/blob/master/x").map(|own| own.certain), Some(false));
    }
}
