//! Inline markup: code, references, roles, footnotes and addresses in the text of a paragraph.
//!
//! The text is gone through once. Where the end of a construct is looked for in vain, no later construct of that kind has
//! one either, since what ends it does not depend on what begins it; so a paragraph costs no more than a few passes.

use super::Rst;
use super::explicit::is_footnote_label;
use super::phrases::{
    is_code_role, is_escaped, is_quoted, is_space, may_follow, may_precede, reference_name, shown_target,
    titled, unescaped,
};
use super::starts::{is_word, simple_name};
use crate::bare_urls::BareUrls;
use crate::markdown::links::{fold_label, is_internal};
use crate::markup::joined::Joined;
use crate::markup::recorder::NewLink;
use crate::model::LinkKind;

/// How many characters the name of a reference or a role has at most.
const LONGEST_NAME: usize = 256;

/// What ends a construct.
#[derive(Clone, Copy, PartialEq)]
enum Close {
    Literal,
    Phrase,
    Target,
    Strong,
    Emphasis,
    Substitution,
}

impl Close {
    fn marks(self) -> &'static str {
        match self {
            Self::Literal => "``",
            Self::Phrase | Self::Target => "`",
            Self::Strong => "**",
            Self::Emphasis => "*",
            Self::Substitution => "|",
        }
    }
}

/// What follows a phrase in backticks.
#[derive(Clone, Copy)]
struct Ending<'a> {
    /// Where the content ends.
    at: usize,
    /// After marks, underscores and role.
    after: usize,
    underscores: usize,
    role: &'a str,
}

struct Paragraph<'a> {
    joined: &'a Joined,
    text: &'a str,
    /// Where text begins that is not accounted for.
    run: usize,
    rendered: String,
    /// For each kind of construct, whether none ends after here.
    endless: [bool; 6],
}

impl Rst<'_, '_> {
    /// Reads the joined lines; gives the rendered text, which is counted.
    pub(super) fn inline(&mut self) -> String {
        let joined = std::mem::take(&mut self.joined);
        let mut paragraph = Paragraph {
            joined: &joined,
            text: &joined.text,
            run: 0,
            rendered: String::new(),
            endless: [false; 6],
        };
        let bytes = joined.text.as_bytes();
        let mut place = 0;
        while let Some(found) = bytes[place..].iter().position(|byte| b"\\`*|_[".contains(byte)) {
            let at = place + found;
            let after = match bytes[at] {
                b'\\' => Some(at + 1 + next_length(&joined.text, at + 1)),
                b'`' => self.backtick(&mut paragraph, at),
                b'*' => self.emphasis(&mut paragraph, at),
                b'|' => self.passed(&mut paragraph, at, Close::Substitution),
                b'[' => self.footnote_reference(&mut paragraph, at),
                _ => self.underscore(&mut paragraph, at),
            };
            place = after.unwrap_or(at + 1);
        }
        self.flush(&mut paragraph, joined.text.len());
        let rendered = paragraph.rendered;
        self.recorder.rendered(&rendered);
        self.joined = joined;
        rendered
    }

    /// Text up to `end` is no construct: it may hold addresses.
    fn flush(&mut self, paragraph: &mut Paragraph<'_>, end: usize) {
        if paragraph.run >= end {
            paragraph.run = end.max(paragraph.run);
            return;
        }
        let text = &paragraph.text[paragraph.run..end];
        for url in BareUrls::new(text).filter(|url| url.prefix != "http://") {
            let written = &text[url.start..url.end];
            let destination = [url.prefix, written].concat();
            let (start, stop) = (paragraph.run + url.start, paragraph.run + url.end);
            self.add(paragraph, LinkKind::Bare, written, &destination, None, start, stop);
        }
        paragraph.rendered.push_str(&unescaped(text));
        paragraph.run = end;
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a link")]
    fn add(
        &mut self,
        paragraph: &Paragraph<'_>,
        kind: LinkKind,
        text: &str,
        destination: &str,
        label: Option<&str>,
        start: usize,
        end: usize,
    ) -> usize {
        let (start, end) = (paragraph.joined.offset(start), paragraph.joined.end(end));
        self.recorder.link(NewLink { kind, text, destination, image: false, label, start, end })
    }

    /// `*text*` or `**text**`.
    fn emphasis(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let is_strong = paragraph.text[at + 1..].starts_with('*');
        let close = if is_strong { Close::Strong } else { Close::Emphasis };
        self.passed(paragraph, at, close).or(Some(at + close.marks().len()))
    }

    /// A construct in which nothing else is looked for.
    fn passed(&mut self, paragraph: &mut Paragraph<'_>, at: usize, close: Close) -> Option<usize> {
        let end = paragraph.construct(at, close)?;
        self.flush(paragraph, at);
        let content = unescaped(&paragraph.text[at + close.marks().len()..end.at]);
        paragraph.rendered.push_str(&content);
        paragraph.run = end.after;
        if end.underscores == 1 {
            // `|name|_` is a substitution and a reference at once.
            let label = fold_label(&content);
            let index = self.add(paragraph, LinkKind::Collapsed, &content, "", Some(&label), at, end.after);
            self.names.refer(index, &content, paragraph.joined.offset(at), self.shown(&content));
        }
        Some(end.after)
    }

    fn backtick(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let text = paragraph.text;
        if text[at + 1..].starts_with('`') {
            let Some(end) = paragraph.construct(at, Close::Literal) else { return Some(at + 2) };
            let code = &text[at + 2..end.at];
            self.flush(paragraph, at);
            self.recorder.inline_code(code, paragraph.joined.offset(at));
            paragraph.rendered.push_str(code);
            paragraph.run = end.after;
            return Some(end.after);
        }
        let start = role_before(text, at, paragraph.run).unwrap_or(at);
        let end = paragraph.phrase(start, at)?;
        self.flush(paragraph, start);
        let content = &text[at + 1..end.at];
        let role = if start < at { &text[start + 1..at - 1] } else { end.role };
        if end.underscores > 0 {
            self.phrase_reference(paragraph, content, start, end);
        } else {
            self.role(paragraph, role, content, start, end.after);
        }
        paragraph.run = end.after;
        Some(end.after)
    }

    /// `` `text <target>`_ `` or `` `name`_ ``.
    fn phrase_reference(
        &mut self,
        paragraph: &mut Paragraph<'_>,
        content: &str,
        start: usize,
        end: Ending<'_>,
    ) {
        let joined_start = paragraph.joined.offset(start);
        let is_anonymous = end.underscores == 2;
        if let Some((written, inner)) = embedded(content) {
            if let Some(name) = alias(inner) {
                let text = if written.is_empty() { name.clone() } else { unescaped(written) };
                paragraph.rendered.push_str(&text);
                let index = self.add(
                    paragraph,
                    LinkKind::Reference,
                    &text,
                    "",
                    Some(&fold_label(&name)),
                    start,
                    end.after,
                );
                self.names.refer(index, &name, joined_start, self.shown(&text));
                return;
            }
            let compact: String = inner.split(is_space).collect();
            let plain = unescaped(&compact);
            let text = if written.is_empty() { plain.clone() } else { unescaped(written) };
            let is_mail = BareUrls::new(&plain)
                .next()
                .is_some_and(|url| url.prefix == "mailto:" && url.start == 0 && url.end == plain.len());
            let destination = if is_mail { format!("mailto:{plain}") } else { plain };
            paragraph.rendered.push_str(&text);
            self.add(paragraph, LinkKind::Inline, &text, &destination, None, start, end.after);
            if !is_anonymous {
                self.names.embedded(&text, &destination);
            }
            return;
        }
        let text = unescaped(content);
        paragraph.rendered.push_str(&text);
        let label = (!is_anonymous).then(|| fold_label(&text));
        let index = self.add(paragraph, LinkKind::Collapsed, &text, "", label.as_deref(), start, end.after);
        if is_anonymous {
            self.names.refer_anonymous(index);
        } else {
            self.names.refer(index, &text, joined_start, self.shown(&text));
        }
    }

    /// What is shown for a reference without a target; nothing where it may be none.
    fn shown<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.quiet.is_none().then_some(text)
    }

    fn role(&mut self, paragraph: &mut Paragraph<'_>, role: &str, content: &str, start: usize, end: usize) {
        let (title, target) =
            titled(content).map_or((None, content), |(title, target)| (Some(title), target));
        match role {
            "doc" | "download" => {
                let target = unescaped(target);
                let title = title.map(unescaped).unwrap_or_default();
                paragraph.rendered.push_str(if title.is_empty() { &target } else { &title });
                let target = target.trim_matches(is_space);
                let (start, end) = (paragraph.joined.offset(start), paragraph.joined.end(end));
                self.named(target, &title, start, end);
            }
            _ if is_code_role(role) => {
                let shown = title.unwrap_or_else(|| shown_target(target));
                self.recorder.inline_code(shown, paragraph.joined.offset(start));
                paragraph.rendered.push_str(shown);
            }
            "" => paragraph.rendered.push_str(&unescaped(content)),
            _ => paragraph.rendered.push_str(&unescaped(title.unwrap_or_else(|| shown_target(target)))),
        }
    }

    fn underscore(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let text = paragraph.text;
        if text[at + 1..].starts_with('`') {
            let end = paragraph.construct(at, Close::Target)?;
            let name = unescaped(&text[at + 2..end.at]);
            self.flush(paragraph, at);
            self.names.inline_target(&mut self.recorder, &name, paragraph.joined.offset(at));
            paragraph.rendered.push_str(&name);
            paragraph.run = end.after;
            return Some(end.after);
        }
        let underscores = 1 + usize::from(text[at + 1..].starts_with('_'));
        let after = at + underscores;
        if !text[after..].chars().next().is_none_or(may_follow) {
            return Some(after);
        }
        let start = name_before(text, at, paragraph.run)?;
        let name = &text[start..at];
        self.flush(paragraph, start);
        paragraph.rendered.push_str(name);
        let label = (underscores == 1).then(|| fold_label(name));
        let index = self.add(paragraph, LinkKind::Collapsed, name, "", label.as_deref(), start, after);
        if underscores == 2 {
            self.names.refer_anonymous(index);
        } else {
            self.names.refer(index, name, paragraph.joined.offset(start), self.shown(name));
        }
        paragraph.run = after;
        Some(after)
    }

    /// `[label]_`.
    fn footnote_reference(&mut self, paragraph: &mut Paragraph<'_>, at: usize) -> Option<usize> {
        let text = paragraph.text;
        if !paragraph.may_start(at, at + 1) {
            return None;
        }
        let opening = at + 1 + usize::from(text[at + 1..].starts_with(['#', '*']));
        let close = opening + simple_name(&text[opening..]);
        let label = &text[at + 1..close];
        let after = close + 2;
        let is_reference = text[close..].starts_with("]_")
            && text[after..].chars().next().is_none_or(may_follow)
            && is_footnote_label(label);
        if !is_reference {
            return None;
        }
        self.flush(paragraph, at);
        self.names.use_footnote(label);
        if !label.starts_with(['#', '*']) {
            paragraph.rendered.push_str(label);
        }
        self.add(paragraph, LinkKind::Footnote, "", "", Some(&fold_label(label)), at, after);
        paragraph.run = after;
        Some(after)
    }
}

impl<'a> Paragraph<'a> {
    /// Whether markup may begin at `start`, with marks up to `content`.
    fn may_start(&self, start: usize, content: usize) -> bool {
        let Some(first) = self.text[content..].chars().next().filter(|one| !is_space(*one)) else {
            return false;
        };
        match self.text[..start].chars().next_back() {
            _ if start == self.run => true,
            None => true,
            Some(before) => may_precede(before) && !is_quoted(before, first),
        }
    }

    /// The end of the construct that begins at `at`.
    fn construct(&mut self, at: usize, close: Close) -> Option<Ending<'a>> {
        let opening = if close == Close::Target { 2 } else { close.marks().len() };
        let content = at + opening;
        if self.text[content..].starts_with('|') && close == Close::Substitution
            || !self.may_start(at, content)
        {
            return None;
        }
        self.find_end(content, close)
    }

    /// The end of the phrase whose backtick is at `at`, and which begins with its role at `start`.
    fn phrase(&mut self, start: usize, at: usize) -> Option<Ending<'a>> {
        if !self.may_start(start, at + 1) || self.text[at + 1..].starts_with(is_space) {
            return None;
        }
        self.find_end(at + 1, Close::Phrase)
    }

    fn find_end(&mut self, content: usize, close: Close) -> Option<Ending<'a>> {
        if self.endless[close as usize] {
            return None;
        }
        let (text, marks) = (self.text, close.marks());
        let first = content + next_length(text, content);
        let mut place = first;
        while let Some(found) = text[place..].find(marks) {
            let at = place + found;
            place = at + 1;
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let is_free = close == Close::Literal || !is_escaped(text.as_bytes(), at);
            if is_space(before) || !is_free {
                continue;
            }
            let marked = at + marks.len();
            if let Some(end) = ending(text, at, marked, close) {
                return Some(end);
            }
        }
        self.endless[close as usize] = true;
        None
    }
}

/// What follows the closing marks, if markup may end there.
fn ending(text: &str, at: usize, marked: usize, close: Close) -> Option<Ending<'_>> {
    let ends = |place: usize| text[place..].chars().next().is_none_or(may_follow);
    let rest = &text[marked..];
    if close == Close::Phrase
        && let Some(suffix) = rest.strip_prefix(':')
    {
        let length = simple_name(suffix);
        if length > 0 && suffix[length..].starts_with(':') && ends(marked + length + 2) {
            return Some(Ending { at, after: marked + length + 2, underscores: 0, role: &suffix[..length] });
        }
    }
    let most = if matches!(close, Close::Phrase | Close::Substitution) { 2 } else { 0 };
    let written = rest.bytes().take(most).take_while(|byte| *byte == b'_').count();
    [0, 1, 2]
        .into_iter()
        .take(written + 1)
        .find(|underscores| ends(marked + underscores))
        .map(|underscores| Ending { at, after: marked + underscores, underscores, role: "" })
}

/// The bytes of the character at `place`; 0 at the end.
fn next_length(text: &str, place: usize) -> usize {
    text.get(place..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// Text and destination of `text <destination>`.
fn embedded(content: &str) -> Option<(&str, &str)> {
    let inner = content.strip_suffix('>')?;
    let open = inner.rfind('<')?;
    let (written, inner) = (&inner[..open], &inner[open + 1..]);
    let is_apart = written.is_empty() || written.ends_with([' ', '\n']);
    let is_destination = !inner.is_empty() && !inner.contains('>') && !inner.starts_with(is_space);
    (is_apart && is_destination).then_some((written.trim_end_matches(is_space), inner))
}

/// The name that stands in place of a destination: what ends in an underscore and has no scheme.
fn alias(inner: &str) -> Option<String> {
    let name = inner.strip_suffix('_').filter(|name| !name.is_empty() && !name.ends_with('\\'))?;
    is_internal(inner).then(|| reference_name(inner).unwrap_or_else(|| unescaped(name)))
}

/// Where the longest simple name begins that ends at `end`: not before `low`, and of no more than [`LONGEST_NAME`]
/// characters.
fn name_start(text: &str, end: usize, low: usize) -> Option<usize> {
    let (mut start, mut after_word) = (None, false);
    for (place, one) in text[low..end].char_indices().rev().take(LONGEST_NAME) {
        if is_word(one) {
            start = Some(low + place);
            after_word = true;
        } else if after_word && "-._+:".contains(one) {
            after_word = false;
        } else {
            break;
        }
    }
    start
}

/// Where the role begins whose last colon is before the backtick at `at`.
fn role_before(text: &str, at: usize, low: usize) -> Option<usize> {
    if at == low || !text[..at].ends_with(':') {
        return None;
    }
    let before = text[low..name_start(text, at - 1, low)?].strip_suffix(':')?;
    before.chars().next_back().is_none_or(may_precede).then_some(low + before.len())
}

/// Where the simple name of a reference begins that ends before the underscore at `at`.
fn name_before(text: &str, at: usize, low: usize) -> Option<usize> {
    let first = name_start(text, at, low)?;
    text[first..at].char_indices().map(|(place, one)| (first + place, one)).find_map(|(start, one)| {
        let begins = start == low || text[..start].chars().next_back().is_none_or(may_precede);
        (is_word(one) && begins).then_some(start)
    })
}
