//! Git's wildcard matching of bytes against bytes.
//!
//! The rules are those of gitignore(5) and of git's test t3070: `?` and `*` stay within a path component in pathname mode,
//! `**` that fills a component crosses components, `[...]` knows ranges, `!` or `^` and POSIX classes, and `\` takes the
//! next byte literally. Malformed patterns match what they match in git, which is mostly nothing.
//!
//! Git answers by recursion. Here the calls are frames on an explicit stack, so that a pattern of a million stars cannot
//! exhaust the thread's stack; a repeated `**/` makes git's recursion exponential, so failed calls are remembered once a
//! match has taken [`REMEMBER_AFTER`] steps, and one that takes [`STEP_LIMIT`] is given up. Both engines count the same
//! steps and therefore give up on the same input.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memchr;

/// More steps than this and the pattern is too complex.
pub(crate) const STEP_LIMIT: usize = 1 << 18;
/// From this many steps on, failed calls are remembered.
const REMEMBER_AFTER: usize = 1 << 12;

/// How to match.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Mode {
    /// Single wildcards do not match `/`.
    pub(crate) pathname: bool,
    /// ASCII case does not matter.
    pub(crate) fold: bool,
}

/// The pattern takes more than [`STEP_LIMIT`] steps on this text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct TooComplex;

/// Whether `pattern`, which holds no zero byte, matches all of `text`.
///
/// At most [`STEP_LIMIT`] steps of constant time.
pub(crate) fn wildmatch(pattern: &[u8], text: &[u8], mode: Mode) -> Result<bool, TooComplex> {
    let text = if mode.fold { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) };
    let mut matcher = Matcher {
        pattern,
        text: &text,
        mode,
        frames: Vec::new(),
        called: (0, 0),
        failed: HashMap::new(),
        steps: 0,
    };
    matcher.run()
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Outcome {
    Match,
    NoMatch,
    /// The text is used up: no earlier star can help by taking more of it.
    AbortAll,
    /// A single star met a slash: only a double star can help.
    AbortToStarstar,
    /// Not an outcome yet: a frame was pushed, and the call it waits for has to run.
    Call,
}

/// Why a call is suspended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// A star that stays within a component.
    Star,
    /// A star that crosses slashes.
    CrossingStar,
    /// The attempt to let `**/` stand for nothing.
    Nothing,
}

/// One match in progress. A frame is (position in the pattern, position in the text, why).
struct Matcher<'a> {
    pattern: &'a [u8],
    text: &'a [u8],
    mode: Mode,
    frames: Vec<(usize, usize, Kind)>,
    called: (usize, usize),
    failed: HashMap<(usize, usize), Outcome>,
    steps: usize,
}

/// What a star leads to.
enum Star {
    Done(Outcome),
    /// The same call goes on at these positions in pattern and text.
    GoOn(usize, usize),
}

/// Zero beyond the end, as in git, where both are terminated strings.
fn at(bytes: &[u8], index: usize) -> u8 {
    bytes.get(index).copied().unwrap_or(0)
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'*' | b'?' | b'[' | b'\\')
}

impl Matcher<'_> {
    fn run(&mut self) -> Result<bool, TooComplex> {
        let mut outcome = Outcome::Call;
        loop {
            if outcome == Outcome::Call {
                outcome = self.literal(self.called.0, self.called.1)?;
                continue;
            }
            let Some((p, t, kind)) = self.frames.pop() else { return Ok(outcome == Outcome::Match) };
            if outcome != Outcome::Match && self.steps > REMEMBER_AFTER {
                let called = if kind == Kind::Nothing { (p + 1, t) } else { (p, t) };
                self.failed.insert(called, outcome);
            }
            outcome = match (kind, outcome) {
                (Kind::Nothing, failed) if failed != Outcome::Match => self.after_star(p, t, true)?,
                (Kind::Star, Outcome::NoMatch) if at(self.text, t) == b'/' => Outcome::AbortToStarstar,
                (Kind::Star | Kind::CrossingStar, Outcome::NoMatch)
                | (Kind::CrossingStar, Outcome::AbortToStarstar) => self.advance_star(p, t + 1, kind)?,
                (_, other) => other,
            };
        }
    }

    fn spend(&mut self, steps: usize) -> Result<(), TooComplex> {
        self.steps += steps;
        if self.steps > STEP_LIMIT { Err(TooComplex) } else { Ok(()) }
    }

    /// A call whose frame was pushed: its outcome if that is known from before.
    fn call(&mut self, p: usize, t: usize) -> Outcome {
        self.called = (p, t);
        if self.failed.is_empty() {
            return Outcome::Call;
        }
        self.failed.get(&self.called).copied().unwrap_or(Outcome::Call)
    }

    /// Matches from `begin`, where the call's pattern begins, until a star suspends the call or it ends.
    fn literal(&mut self, begin: usize, t: usize) -> Result<Outcome, TooComplex> {
        let (pattern, text, mode) = (self.pattern, self.text, self.mode);
        let (mut p, mut t) = (begin, t);
        loop {
            self.spend(1)?;
            let mut wanted = at(pattern, p);
            if wanted == 0 {
                return Ok(if t < text.len() { Outcome::NoMatch } else { Outcome::Match });
            }
            let byte = at(text, t);
            if byte == 0 && wanted != b'*' {
                return Ok(Outcome::AbortAll);
            }
            match wanted {
                b'*' => match self.star(begin, p, t)? {
                    Star::Done(outcome) => return Ok(outcome),
                    Star::GoOn(new_p, new_t) => {
                        (p, t) = (new_p, new_t);
                        continue;
                    }
                },
                b'[' => {
                    let set = Set::new(pattern, byte, mode).run(p);
                    self.spend(set.steps)?;
                    if set.outcome != Outcome::Match {
                        return Ok(set.outcome);
                    }
                    p = set.end;
                }
                b'?' => {
                    if mode.pathname && byte == b'/' {
                        return Ok(Outcome::NoMatch);
                    }
                }
                _ => {
                    if wanted == b'\\' {
                        // The escaped byte is not folded, in git neither: an escaped capital matches nothing.
                        p += 1;
                        wanted = at(pattern, p);
                    } else if mode.fold {
                        wanted = wanted.to_ascii_lowercase();
                    }
                    if byte != wanted {
                        return Ok(Outcome::NoMatch);
                    }
                }
            }
            p += 1;
            t += 1;
        }
    }

    /// The star at `first`.
    fn star(&mut self, begin: usize, first: usize, t: usize) -> Result<Star, TooComplex> {
        let pattern = self.pattern;
        let mut p = first + 1;
        let crosses = if at(pattern, p) == b'*' {
            while at(pattern, p) == b'*' {
                p += 1;
                self.spend(1)?;
            }
            if !self.mode.pathname {
                true
            } else if (first == begin || pattern[first - 1] == b'/')
                && (matches!(at(pattern, p), 0 | b'/') || pattern[p..].starts_with(b"\\/"))
            {
                if at(pattern, p) == b'/' {
                    self.frames.push((p, t, Kind::Nothing));
                    return Ok(Star::Done(self.call(p + 1, t)));
                }
                true
            } else {
                false
            }
        } else {
            !self.mode.pathname
        };
        if at(pattern, p) == b'/' && !crosses {
            let Some(slash) = memchr(b'/', &self.text[t..]) else { return Ok(Star::Done(Outcome::AbortAll)) };
            self.spend(slash)?;
            return Ok(Star::GoOn(p + 1, t + slash + 1));
        }
        Ok(Star::Done(self.after_star(p, t, crosses)?))
    }

    /// Lets the star before `p` begin at `t`.
    fn after_star(&mut self, p: usize, t: usize, crosses: bool) -> Result<Outcome, TooComplex> {
        if p >= self.pattern.len() {
            let blocked = !crosses && memchr(b'/', &self.text[t..]).is_some();
            return Ok(if blocked { Outcome::AbortToStarstar } else { Outcome::Match });
        }
        self.advance_star(p, t, if crosses { Kind::CrossingStar } else { Kind::Star })
    }

    /// Lets the star before `p` take all before `t` and tries the rest there, or at the next candidate.
    fn advance_star(&mut self, p: usize, t: usize, kind: Kind) -> Result<Outcome, TooComplex> {
        let mut t = t;
        if t >= self.text.len() {
            return Ok(Outcome::AbortAll);
        }
        let wanted = self.pattern[p];
        if !is_special(wanted) {
            let wanted = if self.mode.fold { wanted.to_ascii_lowercase() } else { wanted };
            let rest = &self.text[t..];
            let reach =
                if kind == Kind::Star { memchr(b'/', rest).unwrap_or(rest.len()) } else { rest.len() };
            let Some(found) = memchr(wanted, &rest[..reach]) else {
                self.spend(reach)?;
                return Ok(if kind == Kind::Star { Outcome::AbortToStarstar } else { Outcome::AbortAll });
            };
            self.spend(found)?;
            t += found;
        }
        self.frames.push((p, t, kind));
        Ok(self.call(p, t))
    }
}

/// One byte against one set in brackets.
struct Set<'a> {
    pattern: &'a [u8],
    byte: u8,
    mode: Mode,
}

/// The outcome, the position of the closing bracket, and the number of steps.
struct SetResult {
    outcome: Outcome,
    end: usize,
    steps: usize,
}

impl<'a> Set<'a> {
    fn new(pattern: &'a [u8], byte: u8, mode: Mode) -> Self {
        Self { pattern, byte, mode }
    }

    /// Matches against the set whose `[` is at `begin`.
    fn run(&self, begin: usize) -> SetResult {
        let (pattern, byte) = (self.pattern, self.byte);
        let abort = |end: usize| SetResult { outcome: Outcome::AbortAll, end, steps: end - begin };
        let mut p = begin + 1;
        let mut current = at(pattern, p);
        let negated = matches!(current, b'!' | b'^');
        if negated {
            p += 1;
            current = at(pattern, p);
        }
        let mut previous = 0;
        let mut matched = false;
        loop {
            match current {
                0 => return abort(p),
                b'\\' => {
                    p += 1;
                    current = at(pattern, p);
                    if current == 0 {
                        return abort(p);
                    }
                    matched |= byte == current;
                }
                b'-' if previous != 0 && !matches!(at(pattern, p + 1), 0 | b']') => {
                    p += 1;
                    current = at(pattern, p);
                    if current == b'\\' {
                        p += 1;
                        current = at(pattern, p);
                        if current == 0 {
                            return abort(p);
                        }
                    }
                    let range = previous..=current;
                    matched |= range.contains(&byte)
                        || (self.mode.fold
                            && byte.is_ascii_lowercase()
                            && range.contains(&byte.to_ascii_uppercase()));
                    // A range's end does not start another range.
                    current = 0;
                }
                b'[' if at(pattern, p + 1) == b':' => match self.posix_class(p + 2) {
                    Class::Malformed(end) => {
                        return SetResult { outcome: Outcome::AbortAll, end: p, steps: end - begin };
                    }
                    Class::Plain => matched |= byte == b'[',
                    Class::Named { holds, close } => {
                        matched |= holds;
                        p = close;
                        current = 0;
                    }
                },
                _ => matched |= byte == current,
            }
            previous = current;
            p += 1;
            current = at(pattern, p);
            if current == b']' {
                break;
            }
        }
        let refused = matched == negated || (self.mode.pathname && byte == b'/');
        let outcome = if refused { Outcome::NoMatch } else { Outcome::Match };
        SetResult { outcome, end: p, steps: p - begin }
    }

    /// The class whose name begins at `start`.
    fn posix_class(&self, start: usize) -> Class {
        let (pattern, byte) = (self.pattern, self.byte);
        let Some(length) = memchr(b']', pattern.get(start..).unwrap_or_default()) else {
            return Class::Malformed(pattern.len());
        };
        let close = start + length;
        if length == 0 || pattern[close - 1] != b':' {
            return Class::Plain;
        }
        let holds = match &pattern[start..close - 1] {
            b"alnum" => byte.is_ascii_alphanumeric(),
            b"alpha" => byte.is_ascii_alphabetic(),
            b"blank" => matches!(byte, b' ' | b'\t'),
            b"cntrl" => byte.is_ascii_control(),
            b"digit" => byte.is_ascii_digit(),
            b"graph" => byte.is_ascii_graphic(),
            b"lower" => byte.is_ascii_lowercase(),
            b"print" => byte.is_ascii_graphic() || byte == b' ',
            b"punct" => byte.is_ascii_punctuation(),
            b"space" => matches!(byte, b' ' | b'\t' | b'\n' | b'\r'),
            b"upper" => byte.is_ascii_uppercase() || (self.mode.fold && byte.is_ascii_lowercase()),
            b"xdigit" => byte.is_ascii_hexdigit(),
            _ => return Class::Malformed(close),
        };
        Class::Named { holds, close }
    }
}

enum Class {
    /// The steps end here.
    Malformed(usize),
    /// No `:]` follows, so the bracket is a plain member of the set.
    Plain,
    /// A class, closed at `close`.
    Named { holds: bool, close: usize },
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLOB: Mode = Mode { pathname: true, fold: false };
    const NAME: Mode = Mode { pathname: false, fold: false };

    #[test]
    fn stars_stay_in_a_component_unless_doubled() {
        for (pattern, text, in_path, in_name) in [
            ("foo*bar", "foo/baz/bar", false, true),
            ("foo/**/bar", "foo/bar", true, false),
            ("**/foo", "bar/baz/foo", true, true),
            ("*/foo", "bar/baz/foo", false, true),
            ("**/bar*", "foo/bar/baz", false, true),
            ("*/*X*/*/*i", "ab/cXd/efXg/hi", true, true),
        ] {
            assert_eq!(wildmatch(pattern.as_bytes(), text.as_bytes(), GLOB), Ok(in_path), "{pattern} {text}");
            assert_eq!(wildmatch(pattern.as_bytes(), text.as_bytes(), NAME), Ok(in_name), "{pattern} {text}");
        }
    }

    #[test]
    fn repetition_does_not_explode() {
        let pattern = "**/".repeat(40) + "x";
        let text = "a/".repeat(60) + "y";
        assert_eq!(wildmatch(pattern.as_bytes(), text.as_bytes(), GLOB), Ok(false));
        let pattern = "*a".repeat(100_000) + "b";
        let text = "a".repeat(4000);
        assert_eq!(wildmatch(pattern.as_bytes(), text.as_bytes(), NAME), Ok(false));
    }

    #[test]
    fn a_match_that_takes_too_long_is_given_up() {
        let pattern = format!("[{}]", "a".repeat(300_000));
        assert_eq!(wildmatch(pattern.as_bytes(), b"a", NAME), Err(TooComplex));
    }
}
