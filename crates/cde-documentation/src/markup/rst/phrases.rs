//! Small rules about inline markup: what may stand around it, escapes, names and roles.

use super::starts;

/// Whether markup may begin after `one`.
pub(super) fn may_precede(one: char) -> bool {
    is_space(one)
        || matches!(one, '"' | '\'' | '(' | '[' | '{' | '<' | '-' | '/' | ':')
        || is_wide_punctuation(one)
}

/// Whether markup may end before `one`.
pub(super) fn may_follow(one: char) -> bool {
    is_space(one)
        || matches!(
            one,
            '"' | '\'' | ')' | ']' | '}' | '>' | '-' | '/' | ':' | '.' | ',' | ';' | '!' | '?' | '\\'
        )
        || is_wide_punctuation(one)
}

/// Whitespace, also beyond ASCII.
pub(super) fn is_space(one: char) -> bool {
    matches!(one, '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{3000}')
}

/// Punctuation beyond ASCII, as far as it stands beside words.
pub(super) fn is_wide_punctuation(one: char) -> bool {
    matches!(
        one,
        '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
    )
}

/// Whether `before` and `after` quote what is between them, so that it is no markup.
pub(super) fn is_quoted(before: char, after: char) -> bool {
    matches!((before, after), ('"', '"') | ('\'', '\'') | ('(', ')') | ('[', ']') | ('{', '}') | ('<', '>'))
}

/// Whether the byte at `place` is escaped by backslashes before it.
pub(super) fn is_escaped(bytes: &[u8], place: usize) -> bool {
    bytes[..place].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// `text` without the backslashes that escape; an escaped space vanishes with its backslash.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(one) = characters.next() {
        if one != '\\' {
            out.push(one);
        } else if let Some(escaped) = characters.next().filter(|escaped| !matches!(escaped, ' ' | '\n')) {
            out.push(escaped);
        }
    }
    out
}

/// Whether a destination has the form of a reference to another target.
pub(super) fn is_reference(text: &str) -> bool {
    reference_name(text).is_some()
}

/// The name in `` `name`_ `` or `name_`.
pub(super) fn reference_name(text: &str) -> Option<String> {
    let name = text.strip_suffix('_')?;
    if let Some(quoted) = name.strip_prefix('`') {
        let quoted = quoted.strip_suffix('`').filter(|quoted| !quoted.is_empty() && !quoted.contains('`'))?;
        return Some(unescaped(quoted));
    }
    (!name.is_empty() && starts::simple_name(name) == name.len()).then(|| name.to_owned())
}

/// Title and target of `Title <target>`.
pub(super) fn titled(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix('>')?;
    let open = inner.rfind('<')?;
    let title = inner[..open].trim_end_matches(|one: char| one.is_ascii_whitespace());
    (!title.is_empty() && !is_escaped(text.as_bytes(), open)).then_some((title, &inner[open + 1..]))
}

/// Roles whose content is code: names of things in programs, commands and files.
const CODE_ROLES: &[&str] = &[
    "attr", "class", "code", "command", "const", "data", "envvar", "exc", "file", "func", "literal", "meth",
    "mod", "obj", "option", "program", "samp",
];

/// Whether the content of `role` is code.
pub(super) fn is_code_role(role: &str) -> bool {
    let name = role.strip_prefix("py:").or_else(|| role.strip_prefix("c:")).unwrap_or(role);
    CODE_ROLES.binary_search(&name).is_ok()
}

/// What Sphinx shows for the target of a role: `~a.b` is `b`, and `!` only turns the link off.
pub(super) fn shown_target(target: &str) -> &str {
    if let Some(name) = target.strip_prefix('~') {
        return name.rsplit('.').next().unwrap_or(name);
    }
    target.strip_prefix('!').unwrap_or(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_phrases() {
        assert_eq!(unescaped(r"a\ b\\c\*"), r"ab\c*");
        assert_eq!(reference_name("`a b`_").as_deref(), Some("a b"));
        assert_eq!(reference_name("a.b_").as_deref(), Some("a.b"));
        assert_eq!(reference_name("http://x/_"), None);
        assert_eq!(titled("A b <c>"), Some(("A b", "c")));
        assert_eq!(titled("<c>"), None);
        assert_eq!((shown_target("~a.b"), shown_target("!a.b"), shown_target("a")), ("b", "a.b", "a"));
        assert!(is_code_role("py:func") && !is_code_role("ref"));
        assert!(CODE_ROLES.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
