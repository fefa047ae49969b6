//! Globs over paths, byte by byte.
//!
//! | glob | matches |
//! |---|---|
//! | `*` | any run of bytes without `/` |
//! | `?` | one byte that is not `/` |
//! | `**` or more stars as a whole component | any number of components; at the end, at least one |
//! | `[a-z_]`, `[!a]`, `[^a]` | one byte in the set or out of it, never `/` |
//! | `{md,rst}` | either; may be nested, and expands to at most 1000 globs |
//! | `\*` | the byte itself |
//!
//! A glob without `/` is about the file name at every depth, one with `/` about the whole path. A leading `/` or `./` is
//! the root, and `docs/` is `docs/**`. Matching takes time proportional to glob times path at worst: of several stars
//! only the last can move, as the text before it is already matched in the shortest way.

use std::sync::Arc;

use cde_core::{CoreError, ErrorCode, RepoPath, Result};

const LONGEST: usize = 4096;
const MOST_ALTERNATIVES: usize = 1000;
const DEEPEST_BRACES: u32 = 32;

/// A compiled glob.
#[derive(Clone, Debug)]
pub struct Glob(Vec<Alternative>);

#[derive(Clone, Debug)]
enum Alternative {
    Name(NameGlob),
    Path(Vec<Component>),
}

#[derive(Clone, Debug)]
enum Component {
    AnyDepth,
    Name(NameGlob),
}

#[derive(Clone, Debug)]
enum NameGlob {
    Any,
    Literal(Vec<u8>),
    Prefix(Vec<u8>),
    Suffix(Vec<u8>),
    General(Vec<Token>),
}

#[derive(Clone, Debug)]
enum Token {
    Byte(u8),
    AnyByte,
    AnyRun,
    Separator,
    Set(Arc<[bool; 256]>),
}

impl Glob {
    /// Compiles `text`.
    ///
    /// An unclosed `[` or `{`, a `\` at the end, a named class, a range that runs backwards and too many alternatives
    /// are errors.
    pub fn new(text: &[u8]) -> Result<Self> {
        let refuse = |reason: &str| {
            let shown = RepoPath::from_bytes(text);
            CoreError::new(ErrorCode::InvalidArgument, format!("the glob `{}` has {reason}", shown.escaped()))
                .hint("write `\\` before a byte that stands for itself")
        };
        if text.is_empty() {
            return Err(CoreError::new(ErrorCode::InvalidArgument, "a glob cannot be empty")
                .hint("`*` matches every file name"));
        }
        if text.len() > LONGEST {
            return Err(refuse("more than 4096 bytes"));
        }
        let mut parser = Parser { text, at: 0 };
        let expanded = parser.expand(0).map_err(refuse)?;
        Ok(Self(expanded.iter().map(|tokens| Alternative::new(tokens)).collect()))
    }

    /// Whether the file at `path` (relative, with `/`) matches.
    pub fn matches(&self, path: &[u8]) -> bool {
        self.0.iter().any(|alternative| match alternative {
            Alternative::Name(glob) => glob.matches(path.rsplit(|byte| *byte == b'/').next().unwrap_or(path)),
            Alternative::Path(components) => matches_path(components, path),
        })
    }
}

/// Reads a glob into tokens, one list for each way through its braces.
struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

type Expanded = std::result::Result<Vec<Vec<Token>>, &'static str>;

impl Parser<'_> {
    /// Everything up to the end, or inside of braces up to a `,` or `}`.
    fn expand(&mut self, depth: u32) -> Expanded {
        let mut ways = vec![Vec::new()];
        while let Some(byte) = self.text.get(self.at).copied() {
            let token = match byte {
                b',' | b'}' if depth > 0 => break,
                b'{' => {
                    let inner = self.braces(depth + 1)?;
                    ways = product(&ways, &inner)?;
                    continue;
                }
                b'*' => Token::AnyRun,
                b'?' => Token::AnyByte,
                b'/' => Token::Separator,
                b'[' => Token::Set(Arc::new(self.set()?)),
                b'\\' => {
                    self.at += 1;
                    match *self.text.get(self.at).ok_or("a `\\` at its end")? {
                        b'/' => Token::Separator,
                        escaped => Token::Byte(escaped),
                    }
                }
                _ => Token::Byte(byte),
            };
            self.at += 1;
            for way in &mut ways {
                way.push(token.clone());
            }
        }
        Ok(ways)
    }

    fn braces(&mut self, depth: u32) -> Expanded {
        if depth > DEEPEST_BRACES {
            return Err("braces nested too deep");
        }
        let mut ways = Vec::new();
        loop {
            self.at += 1;
            ways.extend(self.expand(depth)?);
            if ways.len() > MOST_ALTERNATIVES {
                return Err("more than 1000 alternatives");
            }
            match self.text.get(self.at) {
                Some(b',') => {}
                Some(_) => {
                    self.at += 1;
                    return Ok(ways);
                }
                None => return Err("an unclosed `{`"),
            }
        }
    }

    /// The set that begins here; stops at its closing bracket.
    fn set(&mut self) -> std::result::Result<[bool; 256], &'static str> {
        const UNCLOSED: &str = "an unclosed `[`";
        let mut set = [false; 256];
        self.at += 1;
        let negated = matches!(self.text.get(self.at), Some(b'!' | b'^'));
        self.at += usize::from(negated);
        let start = self.at;
        loop {
            match *self.text.get(self.at).ok_or(UNCLOSED)? {
                b']' if self.at > start => break,
                b'[' if self.text.get(self.at + 1) == Some(&b':') => return Err("a named class"),
                _ => {}
            }
            let low = self.set_byte().ok_or(UNCLOSED)?;
            let mut high = low;
            if self.text.get(self.at) == Some(&b'-')
                && self.text.get(self.at + 1).is_some_and(|next| *next != b']')
            {
                self.at += 1;
                high = self.set_byte().ok_or(UNCLOSED)?;
            }
            if high < low {
                return Err("a range that runs backwards");
            }
            set[usize::from(low)..=usize::from(high)].fill(true);
        }
        if negated {
            set = set.map(|member| !member);
        }
        set[usize::from(b'/')] = false;
        Ok(set)
    }

    fn set_byte(&mut self) -> Option<u8> {
        let escaped = self.text.get(self.at) == Some(&b'\\');
        self.at += usize::from(escaped);
        let byte = *self.text.get(self.at)?;
        self.at += 1;
        Some(byte)
    }
}

fn product(heads: &[Vec<Token>], tails: &[Vec<Token>]) -> Expanded {
    if heads.len() * tails.len() > MOST_ALTERNATIVES {
        return Err("more than 1000 alternatives");
    }
    Ok(heads.iter().flat_map(|head| tails.iter().map(move |tail| [head.as_slice(), tail].concat())).collect())
}

impl Alternative {
    fn new(tokens: &[Token]) -> Self {
        if !tokens.iter().any(|token| matches!(token, Token::Separator)) {
            return Self::Name(NameGlob::new(tokens));
        }
        let mut components: Vec<Component> = tokens
            .split(|token| matches!(token, Token::Separator))
            .filter(|part| !part.is_empty() && !matches!(part, [Token::Byte(b'.')]))
            .map(|part| match part {
                [Token::AnyRun, Token::AnyRun, rest @ ..]
                    if rest.iter().all(|t| matches!(t, Token::AnyRun)) =>
                {
                    Component::AnyDepth
                }
                _ => Component::Name(NameGlob::new(part)),
            })
            .collect();
        if matches!(tokens.last(), Some(Token::Separator)) {
            components.push(Component::AnyDepth);
        }
        if matches!(components.last(), Some(Component::AnyDepth)) {
            components.push(Component::Name(NameGlob::Any));
        }
        Self::Path(components)
    }
}

impl NameGlob {
    fn new(tokens: &[Token]) -> Self {
        let literal = |tokens: &[Token]| -> Option<Vec<u8>> {
            tokens
                .iter()
                .map(|token| if let Token::Byte(byte) = token { Some(*byte) } else { None })
                .collect()
        };
        let mut tokens = tokens.to_vec();
        tokens.dedup_by(|next, before| matches!((next, before), (Token::AnyRun, Token::AnyRun)));
        match tokens.as_slice() {
            [Token::AnyRun] => return Self::Any,
            [Token::AnyRun, rest @ ..] => {
                if let Some(text) = literal(rest) {
                    return Self::Suffix(text);
                }
            }
            [rest @ .., Token::AnyRun] => {
                if let Some(text) = literal(rest) {
                    return Self::Prefix(text);
                }
            }
            all => {
                if let Some(text) = literal(all) {
                    return Self::Literal(text);
                }
            }
        }
        Self::General(tokens)
    }

    fn matches(&self, name: &[u8]) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(text) => name == text,
            Self::Prefix(text) => name.starts_with(text),
            Self::Suffix(text) => name.ends_with(text),
            Self::General(tokens) => matches_name(tokens, name),
        }
    }
}

fn matches_name(tokens: &[Token], name: &[u8]) -> bool {
    let (mut token, mut byte) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let fits = match (tokens.get(token), name.get(byte)) {
            (Some(Token::AnyRun), _) => {
                retry = Some((token + 1, byte));
                token += 1;
                continue;
            }
            (Some(Token::Byte(wanted)), Some(found)) => wanted == found,
            (Some(Token::AnyByte), Some(_)) => true,
            (Some(Token::Set(set)), Some(found)) => set[usize::from(*found)],
            (None, None) => return true,
            _ => false,
        };
        if fits {
            (token, byte) = (token + 1, byte + 1);
            continue;
        }
        match retry {
            Some((after, from)) if from < name.len() => {
                retry = Some((after, from + 1));
                (token, byte) = (after, from + 1);
            }
            _ => return false,
        }
    }
}

fn matches_path(components: &[Component], path: &[u8]) -> bool {
    fn split(path: &[u8]) -> (&[u8], Option<&[u8]>) {
        match memchr::memchr(b'/', path) {
            Some(slash) => (&path[..slash], Some(&path[slash + 1..])),
            None => (path, None),
        }
    }
    let (mut component, mut rest) = (0, Some(path));
    let mut retry: Option<(usize, &[u8])> = None;
    loop {
        match (components.get(component), rest) {
            (Some(Component::AnyDepth), _) => {
                retry = rest.map(|rest| (component + 1, rest));
                component += 1;
                continue;
            }
            (Some(Component::Name(glob)), Some(path)) => {
                let (name, after) = split(path);
                if glob.matches(name) {
                    (component, rest) = (component + 1, after);
                    continue;
                }
            }
            (None, None) => return true,
            _ => {}
        }
        match retry.and_then(|(after, from)| Some((after, split(from).1?))) {
            Some((after, from)) => {
                retry = Some((after, from));
                (component, rest) = (after, Some(from));
            }
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    #[test]
    fn globs_match_names_or_whole_paths() {
        for (glob, yes, no) in [
            ("*.md", &["a.md", "x/y/a.md", ".md"][..], &["a.mdx", "a.md/b"][..]),
            ("src/*.py", &["src/a.py"], &["src/x/a.py", "x/src/a.py"]),
            ("**/test_*.py", &["test_a.py", "a/b/test_.py"], &["a/xtest_a.py"]),
            ("docs/**", &["docs/a", "docs/a/b"], &["docs", "x/docs/a"]),
            ("docs/", &["docs/a/b"], &["docs"]),
            ("/README*", &["README.md"], &["a/README.md"]),
            ("a/**/b", &["a/b", "a/x/y/b"], &["a/x", "ab"]),
            ("**/a/**/b", &["a/b", "x/a/y/a/z/b"], &["b/a"]),
            ("{a,b{c,d}}.x", &["a.x", "bc.x", "bd.x"], &["b.x"]),
            ("[a-c]?[!x]", &["a.y", "czz"], &["d.y", "a.x"]),
            ("[]x]", &["]", "x"], &["y"]),
            ("a**b", &["axxb"], &["ax/b/c"]),
            (r"\*", &["*"], &["a"]),
            ("*a*b*c", &["xaxbxc", "abc", "aabbcc"], &["acb"]),
        ] {
            let compiled = Glob::new(glob.as_bytes()).unwrap();
            for path in yes {
                assert!(compiled.matches(path.as_bytes()), "{glob} {path}");
            }
            for path in no {
                assert!(!compiled.matches(path.as_bytes()), "{glob} {path}");
            }
        }
    }

    #[test]
    fn bad_globs_are_refused() {
        for glob in [
            "",
            "[",
            "[a",
            "{a",
            "a\\",
            "[z-a]",
            "[[:alpha:]]",
            "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
        ] {
            assert!(Glob::new(glob.as_bytes()).is_err(), "{glob}");
        }
    }
}
