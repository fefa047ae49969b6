//! Reading a link's target as a path: what kind it is, its decoding, and its place in the tree. Touches no disk.

use std::borrow::Cow;

/// Pages of a hosted repository beside its files: from a document, `../../issues` leads there on GitHub and GitLab.
const PAGES: &[&str] = &[
    "actions",
    "activity",
    "blame",
    "blob",
    "branches",
    "commit",
    "commits",
    "compare",
    "deployments",
    "discussions",
    "edit",
    "fork",
    "forks",
    "graphs",
    "issues",
    "labels",
    "merge_requests",
    "milestones",
    "network",
    "packages",
    "pipelines",
    "projects",
    "pull",
    "pulls",
    "pulse",
    "raw",
    "releases",
    "security",
    "settings",
    "stargazers",
    "tags",
    "tree",
    "watchers",
    "wiki",
    "wikis",
];

/// What a target is, judged by its text alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TargetKind {
    /// Anything else.
    Local,
    /// It has a scheme or a host.
    External,
    /// It holds a placeholder that a program replaces.
    Template,
    /// It names a place on one computer: `file:`, a drive letter, a UNC path.
    Machine,
}

/// The kind of `target`, which has no fragment.
pub(super) fn classify(target: &str) -> TargetKind {
    let bytes = target.as_bytes();
    let scheme = bytes
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'.' | b'-'))
        .filter(|end| bytes[*end] == b':' && bytes[0].is_ascii_alphabetic());
    match (scheme, bytes) {
        (Some(2..), _) if bytes.len() >= 5 && bytes[..5].eq_ignore_ascii_case(b"file:") => {
            TargetKind::Machine
        }
        (Some(2..), _) | (_, [b'/', b'/', ..]) => TargetKind::External,
        (Some(1), [_, _, b'\\' | b'/', ..]) | (_, [b'\\', b'\\', ..]) => TargetKind::Machine,
        (_, [b'$', b'A'..=b'Z' | b'_', b'A'..=b'Z' | b'_', ..]) => TargetKind::Template,
        _ if is_template(bytes) => TargetKind::Template,
        _ => TargetKind::Local,
    }
}

/// Whether it holds a placeholder that a program replaces.
pub(super) fn is_template(bytes: &[u8]) -> bool {
    memchr::memchr2(b'{', b'%', bytes).is_some()
        && bytes.windows(2).any(|pair| matches!(pair, b"{{" | b"{%" | b"${" | b"<%"))
}

/// `text` with each `%XX` decoded once; a `%` without two hex digits stays.
pub(super) fn percent_decode(text: &str) -> Cow<'_, [u8]> {
    let bytes = text.as_bytes();
    if memchr::memchr(b'%', bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let escaped = match tail {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                decoded.push(high << 4 | low);
                rest = &tail[2..];
            }
            None => decoded.push(*first),
        }
    }
    Cow::Owned(decoded)
}

/// A path from the root.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Place {
    /// From the root, or from the folder above it that was reached last.
    pub path: Vec<u8>,
    /// How many folders it climbs above the root.
    pub above: usize,
    /// Whether it is written as a folder.
    pub trailing_slash: bool,
}

impl Place {
    /// Whether it is a page of the hosted repository, such as `../../issues`.
    ///
    /// The root may be a folder of that repository, so fewer levels are enough.
    pub fn is_hosted_page(&self) -> bool {
        let first = self.path.split(|byte| *byte == b'/').next().unwrap_or_default();
        matches!(self.above, 1 | 2) && PAGES.iter().any(|page| page.as_bytes() == first)
    }
}

/// Where `decoded` leads from `folder`: `.` and empty parts vanish, `..` climbs. O(length).
pub(super) fn place(folder: &[u8], decoded: &[u8]) -> Place {
    let mut path = Vec::with_capacity(folder.len() + decoded.len() + 1);
    path.extend_from_slice(folder);
    let mut above = 0;
    let mut trailing_slash = false;
    for part in decoded.split(|byte| *byte == b'/') {
        trailing_slash = matches!(part, b"" | b"." | b"..");
        if part == b".." {
            if path.is_empty() {
                above += 1;
            } else {
                path.truncate(parent(&path).len());
            }
        } else if !trailing_slash {
            if !path.is_empty() {
                path.push(b'/');
            }
            path.extend_from_slice(part);
        }
    }
    Place { path, above, trailing_slash }
}

/// The folder of `path`; empty for the root.
pub(super) fn parent(path: &[u8]) -> &[u8] {
    memchr::memrchr(b'/', path).map_or(b"", |slash| &path[..slash])
}

/// The part of `path` after the last slash.
pub(super) fn file_name(path: &[u8]) -> &[u8] {
    memchr::memrchr(b'/', path).map_or(path, |slash| &path[slash + 1..])
}

/// `folder` and `name` as one path; an empty one of the two vanishes.
pub(super) fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    match (folder, name) {
        (b"", one) | (one, b"") => one.to_vec(),
        _ => [folder, b"/", name].concat(),
    }
}

/// `path` as a link from a document in `folder`: relative and escaped.
pub(super) fn relative_target(folder: &[u8], path: &[u8]) -> String {
    fn parts(path: &[u8]) -> impl Iterator<Item = &[u8]> {
        path.split(|byte| *byte == b'/').filter(|part| !part.is_empty())
    }
    let common = parts(folder).zip(parts(path)).take_while(|(one, two)| one == two).count();
    let climbs = std::iter::repeat_n(&b".."[..], parts(folder).count() - common);
    let relative: Vec<&[u8]> = climbs.chain(parts(path).skip(common)).collect();
    if relative.is_empty() { ".".to_owned() } else { escape_target(&relative.join(&b'/')) }
}

/// `path` as a link writes it: what is no letter, digit or safe sign becomes `%XX`, other UTF-8 stays.
pub(super) fn escape_target(path: &[u8]) -> String {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'*+,;=:@/".contains(&byte);
    let valid = str::from_utf8(path).is_ok();
    let mut escaped = Vec::with_capacity(path.len());
    for byte in path.iter().copied() {
        if is_safe(byte) || (valid && !byte.is_ascii()) {
            escaped.push(byte);
        } else {
            escaped.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    String::from_utf8(escaped).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_text_alone() {
        for (target, kind) in [
            ("a.md", TargetKind::Local),
            ("a:b", TargetKind::Local),
            ("mailto:a@b.c", TargetKind::External),
            ("//host/x", TargetKind::External),
            ("FILE:///x", TargetKind::Machine),
            ("C:\\x", TargetKind::Machine),
            ("c:/x", TargetKind::Machine),
            ("\\\\server\\x", TargetKind::Machine),
            ("{{ url }}", TargetKind::Template),
            ("$BRANCH_URL", TargetKind::Template),
            ("$x", TargetKind::Local),
            ("", TargetKind::Local),
        ] {
            assert_eq!(classify(target), kind, "{target}");
        }
    }

    #[test]
    fn decoding_happens_once() {
        assert_eq!(&*percent_decode("%2525%zz%4"), b"%25%zz%4");
        assert_eq!(&*percent_decode("%e9%00"), b"\xe9\0");
    }

    #[test]
    fn places_never_leave_silently() {
        let there = place(b"docs/guide", b"../../../x/./y//");
        assert_eq!((there.path.as_slice(), there.above, there.trailing_slash), (&b"x/y"[..], 1, true));
        assert!(place(b"", b"../../issues/3").is_hosted_page());
        assert!(place(b"docs", b"../../issues").is_hosted_page());
        assert!(!place(b"docs", b"../../../../issues").is_hosted_page());
    }

    #[test]
    fn suggestions_are_relative_and_escaped() {
        assert_eq!(relative_target(b"docs/a", b"docs/b c/(x).md"), "../b%20c/%28x%29.md");
        assert_eq!(relative_target(b"docs", b"docs"), ".");
        assert_eq!(escape_target("é\u{1}".as_bytes()), "é%01");
        assert_eq!(escape_target(b"\xe9%"), "%E9%25");
    }
}
