//! Regular expressions in the dialect "CDE regex 1", which means the same to both engines.
//!
//! | accepted | as |
//! |---|---|
//! | literals, `\` before punctuation, `\n \t \r \f \v`, `\xHH` | bytes; a character beyond ASCII is its UTF-8 bytes |
//! | `.` | any byte but a line feed |
//! | `[a-z_]`, `[^a]` with ASCII members | one byte in the set or out of it |
//! | `\w \d \s`, `\W \D \S`, `\b \B` | ASCII |
//! | `(a)`, `(?:a)`, `a\|b` | groups and alternatives |
//! | `* + ? {2} {2,} {2,5}`, each with `?` to be lazy | repeats, counts to 1000 |
//! | `^`, `$` | start and end of the text |
//! | `(?i)`, `(?s)` at the very start | ASCII case ignored; `.` takes a line feed |
//!
//! Everything else is refused by name. What is accepted becomes sets of bytes, so that no default of the engine below
//! (Unicode classes, case folding, multi-line anchors) can change the meaning.

use std::fmt::Write as _;

use cde_core::{CoreError, ErrorCode, RepoPath, Result};
use regex::bytes::{Regex, RegexBuilder};

const LONGEST: usize = 4096;
const DEEPEST: u32 = 50;
const MOST_REPEATS: u32 = 1000;
const LARGEST: u64 = 5000;
const HINT: &str = "the dialect CDE regex 1 has literals, ., classes, \\w \\d \\s \\b \\B, groups, |, repeats, ^, $, \
                    and (?i) or (?s) at the start";

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles `text`, or says what in it is outside of the dialect.
    pub fn new(text: &[u8]) -> Result<Self> {
        let refuse = |reason: &str| {
            let shown = RepoPath::from_bytes(text);
            let message = format!("the pattern `{}` has {reason}", shown.escaped());
            CoreError::new(ErrorCode::InvalidArgument, message).hint(HINT)
        };
        if text.len() > LONGEST {
            return Err(refuse("more than 4096 bytes"));
        }
        let mut parser = Parser { text, at: 0, ignore_case: false, dot_all: false };
        let source = parser.parse().map_err(|reason| refuse(&reason))?;
        let regex =
            RegexBuilder::new(&source).unicode(false).size_limit(1 << 28).build().map_err(|error| {
                CoreError::new(ErrorCode::Internal, format!("an accepted pattern does not compile: {error}"))
            })?;
        Ok(Self(regex))
    }

    /// Whether the pattern occurs in `text`.
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.0.is_match(text)
    }
}

type Parsed<T> = std::result::Result<T, String>;

/// A part of the pattern in the syntax of the engine below.
struct Part {
    source: String,
    /// Whether it can match nothing.
    nullable: bool,
    /// How many byte sets it has once repeats are written out.
    size: u64,
    /// Whether it is a bare `^`, `$`, `\b` or `\B`.
    anchor: bool,
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    ignore_case: bool,
    dot_all: bool,
}

impl Parser<'_> {
    fn parse(&mut self) -> Parsed<String> {
        while let Some(flags) = self.leading_flags() {
            for flag in flags {
                self.ignore_case |= flag == b'i';
                self.dot_all |= flag == b's';
            }
        }
        let part = self.alternatives(0)?;
        if self.at < self.text.len() {
            return Err("a `)` without `(`".into());
        }
        Ok(part.source)
    }

    fn leading_flags(&mut self) -> Option<Vec<u8>> {
        let inner = self.text[self.at..].strip_prefix(b"(?")?;
        let end = inner.iter().position(|byte| !matches!(byte, b'i' | b's'))?;
        (end > 0 && inner[end] == b')').then(|| {
            self.at += end + 3;
            inner[..end].to_vec()
        })
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn alternatives(&mut self, depth: u32) -> Parsed<Part> {
        let mut all = self.sequence(depth)?;
        while self.peek() == Some(b'|') {
            self.at += 1;
            let next = self.sequence(depth)?;
            all.source = format!("{}|{}", all.source, next.source);
            all.nullable |= next.nullable;
            all.size += next.size;
            all.anchor = false;
            Self::bounded(all.size)?;
        }
        Ok(all)
    }

    fn sequence(&mut self, depth: u32) -> Parsed<Part> {
        let mut all = Part { source: String::new(), nullable: true, size: 0, anchor: false };
        while let Some(byte) = self.peek() {
            if matches!(byte, b'|' | b')') {
                break;
            }
            let atom = self.atom(byte, depth)?;
            let next = self.repeated(atom)?;
            all.source.push_str(&next.source);
            all.nullable &= next.nullable;
            all.size += next.size;
            Self::bounded(all.size)?;
        }
        Ok(all)
    }

    fn bounded(size: u64) -> Parsed<()> {
        if size > LARGEST { Err("repeats that come to more than 5000 bytes".into()) } else { Ok(()) }
    }

    fn atom(&mut self, byte: u8, depth: u32) -> Parsed<Part> {
        self.at += 1;
        match byte {
            b'(' => self.group(depth),
            b'[' => self.class(),
            b'.' => {
                let mut set = [true; 256];
                set[usize::from(b'\n')] = self.dot_all;
                Ok(Self::set(&set))
            }
            b'^' => Ok(Self::anchor("^")),
            b'$' => Ok(Self::anchor("$")),
            b'*' | b'+' | b'?' => Err(format!("a `{}` with nothing to repeat", char::from(byte))),
            b'{' => Err("a `{` that is no repeat".into()),
            b'\\' => self.escape(),
            0x80.. => Ok(self.character()),
            _ => Ok(self.literal(byte)),
        }
    }

    fn group(&mut self, depth: u32) -> Parsed<Part> {
        if depth >= DEEPEST {
            return Err("groups nested deeper than 50".into());
        }
        if self.peek() == Some(b'?') {
            let rest = &self.text[self.at + 1..];
            let refused = match rest {
                [b':', ..] => {
                    self.at += 2;
                    ""
                }
                [b'=' | b'!', ..] => "a look-ahead",
                [b'<', b'=' | b'!', ..] => "a look-behind",
                [b'P' | b'<' | b'\'', ..] => "a named group",
                [b'>', ..] => "an atomic group",
                [b'#', ..] => "a comment",
                [b'(', ..] => "a condition",
                [b'i' | b's', ..] => "flags that are not at its start",
                _ => "flags other than i and s",
            };
            if !refused.is_empty() {
                return Err(refused.into());
            }
        }
        let inner = self.alternatives(depth + 1)?;
        if self.peek().is_none() {
            return Err("an unclosed `(`".into());
        }
        self.at += 1;
        Ok(Part { source: format!("(?:{})", inner.source), anchor: false, ..inner })
    }

    fn repeated(&mut self, atom: Part) -> Parsed<Part> {
        let Some((low, high)) = self.repeat()? else { return Ok(atom) };
        let lazy = self.peek() == Some(b'?');
        self.at += usize::from(lazy);
        if self.peek() == Some(b'+') {
            return Err("a possessive repeat".into());
        }
        if matches!(self.peek(), Some(b'*' | b'?' | b'{')) {
            return Err("a repeat of a repeat".into());
        }
        if atom.anchor {
            return Err("a repeat of an anchor".into());
        }
        if atom.nullable && high.is_none_or(|high| high > 1) {
            return Err("a repeat of what can be empty".into());
        }
        let bounds = match high {
            Some(high) => format!("{{{low},{high}}}"),
            None => format!("{{{low},}}"),
        };
        let times = high.unwrap_or(low + 1).max(1);
        Ok(Part {
            source: format!("{}{bounds}{}", atom.source, if lazy { "?" } else { "" }),
            nullable: atom.nullable || low == 0,
            size: atom.size * u64::from(times),
            anchor: false,
        })
    }

    /// The bounds of a repeat, if one stands here.
    fn repeat(&mut self) -> Parsed<Option<(u32, Option<u32>)>> {
        let bounds = match self.peek() {
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'?') => (0, Some(1)),
            Some(b'{') => {
                self.at += 1;
                let low = self.number()?;
                let mut high = Some(low);
                if self.peek() == Some(b',') {
                    self.at += 1;
                    high = if self.peek() == Some(b'}') { None } else { Some(self.number()?) };
                }
                if self.peek() != Some(b'}') {
                    return Err("a `{` that is no repeat".into());
                }
                if high.is_some_and(|high| high < low) {
                    return Err("a repeat whose bounds run backwards".into());
                }
                (low, high)
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(bounds))
    }

    fn number(&mut self) -> Parsed<u32> {
        let start = self.at;
        let mut number = 0;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            number = number * 10 + u32::from(digit - b'0');
            if number > MOST_REPEATS {
                return Err("a repeat of more than 1000".into());
            }
            self.at += 1;
        }
        if self.at == start { Err("a `{` that is no repeat".into()) } else { Ok(number) }
    }

    fn escape(&mut self) -> Parsed<Part> {
        let Some(byte) = self.peek() else { return Err("a `\\` at its end".into()) };
        self.at += 1;
        match byte {
            b'b' => Ok(Self::anchor("\\b")),
            b'B' => Ok(Self::anchor("\\B")),
            b'0' => Err("an octal escape".into()),
            b'1'..=b'9' => Err("a back-reference".into()),
            b'A' | b'z' | b'Z' | b'G' => Err("an absolute anchor".into()),
            b'p' | b'P' => Err("a Unicode class".into()),
            _ => match perl_class(byte) {
                Some(set) => Ok(Self::set(&set)),
                None => self.escaped_byte(byte).map(|literal| self.literal(literal)),
            },
        }
    }

    /// The byte that an escape stands for, after its first byte.
    fn escaped_byte(&mut self, byte: u8) -> Parsed<u8> {
        Ok(match byte {
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'f' => 0x0c,
            b'v' => 0x0b,
            b'x' => {
                let digits = self.text.get(self.at..self.at + 2).and_then(|digits| {
                    digits
                        .iter()
                        .try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
                });
                self.at += 2;
                digits.and_then(|value| u8::try_from(value).ok()).ok_or("a `\\x` without two hex digits")?
            }
            _ if byte.is_ascii_punctuation() || byte == b' ' => byte,
            _ if byte.is_ascii_graphic() => {
                return Err(format!("the unknown escape `\\{}`", char::from(byte)));
            }
            _ => return Err("an unknown escape".into()),
        })
    }

    fn class(&mut self) -> Parsed<Part> {
        let unclosed = || "an unclosed `[`".to_owned();
        let mut set = [false; 256];
        let negated = self.peek() == Some(b'^');
        self.at += usize::from(negated);
        let start = self.at;
        loop {
            let byte = self.peek().ok_or_else(unclosed)?;
            if byte == b']' && self.at > start {
                break;
            }
            if matches!(self.text[self.at..], [b'&', b'&', ..] | [b'~', b'~', ..] | [b'-', b'-', ..]) {
                return Err("a set operator".into());
            }
            match self.member(byte)? {
                Member::Class(members) => {
                    for (present, member) in set.iter_mut().zip(members.iter()) {
                        *present |= member;
                    }
                }
                Member::Byte(low) => {
                    let mut high = low;
                    if self.peek() == Some(b'-') && self.text.get(self.at + 1) != Some(&b']') {
                        self.at += 1;
                        let next = self.peek().ok_or_else(unclosed)?;
                        let Member::Byte(end) = self.member(next)? else {
                            return Err("a range that ends in a class".into());
                        };
                        high = end;
                    }
                    if high < low {
                        return Err("a range that runs backwards".into());
                    }
                    set[usize::from(low)..=usize::from(high)].fill(true);
                }
            }
        }
        self.at += 1;
        if self.ignore_case {
            for upper in b'A'..=b'Z' {
                let both = set[usize::from(upper)] | set[usize::from(upper | 0x20)];
                set[usize::from(upper)] = both;
                set[usize::from(upper | 0x20)] = both;
            }
        }
        if negated {
            set = set.map(|member| !member);
        }
        if !set.contains(&true) {
            return Err("a class that holds nothing".into());
        }
        Ok(Self::set(&set))
    }

    fn member(&mut self, byte: u8) -> Parsed<Member> {
        self.at += 1;
        match byte {
            b'[' if self.peek() == Some(b':') => Err("a named class".into()),
            b'[' => Err("a `[` inside of a class".into()),
            b'\\' => {
                let Some(escaped) = self.peek() else { return Err("a `\\` at its end".into()) };
                self.at += 1;
                if let Some(set) = perl_class(escaped) {
                    return Ok(Member::Class(Box::new(set)));
                }
                self.escaped_byte(escaped).map(Member::Byte)
            }
            0x80.. => Err("a character beyond ASCII in a class".into()),
            _ => Ok(Member::Byte(byte)),
        }
    }

    /// A character beyond ASCII, whose first byte was just read, as one repeatable part.
    fn character(&mut self) -> Part {
        let start = self.at - 1;
        while self.peek().is_some_and(|byte| byte & 0xc0 == 0x80) {
            self.at += 1;
        }
        let bytes = &self.text[start..self.at];
        let mut source = String::from("(?:");
        for byte in bytes {
            // Writing to a String cannot fail.
            let _ = write!(source, "\\x{byte:02x}");
        }
        source.push(')');
        Part { source, nullable: false, size: bytes.len() as u64, anchor: false }
    }

    fn literal(&self, byte: u8) -> Part {
        let mut set = [false; 256];
        set[usize::from(byte)] = true;
        if self.ignore_case && byte.is_ascii_alphabetic() {
            set[usize::from(byte ^ 0x20)] = true;
        }
        Self::set(&set)
    }

    fn anchor(source: &str) -> Part {
        Part { source: source.into(), nullable: true, size: 1, anchor: true }
    }

    fn set(members: &[bool; 256]) -> Part {
        let mut source = String::from("[");
        let mut low = 0;
        while low < 256 {
            let run = members[low..].iter().take_while(|member| **member).count();
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(source, "\\x{low:02x}-\\x{:02x}", low + run - 1);
            }
            low += run.max(1);
        }
        source.push(']');
        Part { source, nullable: false, size: 1, anchor: false }
    }
}

enum Member {
    Byte(u8),
    Class(Box<[bool; 256]>),
}

/// The set of `\w`, `\d`, `\s` or their opposites.
fn perl_class(letter: u8) -> Option<[bool; 256]> {
    let is_member: fn(u8) -> bool = match letter.to_ascii_lowercase() {
        b'w' => |byte| byte.is_ascii_alphanumeric() || byte == b'_',
        b'd' => |byte| byte.is_ascii_digit(),
        b's' => |byte| matches!(byte, b'\t'..=b'\r' | b' '),
        _ => return None,
    };
    let mut set = [false; 256];
    for (byte, member) in (0..=u8::MAX).zip(&mut set) {
        *member = is_member(byte) != letter.is_ascii_uppercase();
    }
    Some(set)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    #[test]
    fn the_dialect_matches_bytes() {
        for (pattern, text, expected) in [
            (r"^a.*\.md$", "a/b.md", true),
            (r"^a.*\.md$", "a/b.md\n", false),
            ("a.b", "a\nb", false),
            ("(?s)a.b", "a\nb", true),
            ("(?i)READ[a-m]e", "readME", true),
            (r"\bdocs\b", "x/docs/y", true),
            (r"\bdocs\b", "x/docs_y", false),
            ("é{2}", "éé", true),
            (r"[^\w/]", "a/b", false),
            ("(ab|c){2,3}?$", "abc", true),
            ("", "", true),
        ] {
            assert_eq!(
                Pattern::new(pattern.as_bytes()).unwrap().is_match(text.as_bytes()),
                expected,
                "{pattern}"
            );
        }
    }

    #[test]
    fn the_rest_is_refused_by_name() {
        for (pattern, reason) in [
            (r"(a)\1", "a back-reference"),
            ("(?=a)", "a look-ahead"),
            ("(?<=a)", "a look-behind"),
            ("(?P<n>a)", "a named group"),
            ("a++", "a possessive repeat"),
            ("a**", "a repeat of a repeat"),
            ("(a*)*", "a repeat of what can be empty"),
            ("^*", "a repeat of an anchor"),
            ("[[:alpha:]]", "a named class"),
            ("[a&&b]", "a set operator"),
            (r"\pL", "a Unicode class"),
            ("a{1001}", "a repeat of more than 1000"),
            ("(?:a{100}){100}", "repeats that come to more than 5000 bytes"),
            ("(a", "an unclosed `(`"),
            ("a)", "a `)` without `(`"),
        ] {
            let message = Pattern::new(pattern.as_bytes()).unwrap_err().message;
            assert_eq!(message, format!("the pattern `{pattern}` has {reason}"));
        }
    }
}
