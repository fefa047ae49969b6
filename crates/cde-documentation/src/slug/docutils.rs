//! The ids of docutils and Asciidoctor, whose documents set the rule themselves.

use super::code_points::tables;

/// What docutils writes for letters that have no decomposition.
const LETTERS: [(char, &str); 38] = [
    ('ß', "sz"),
    ('æ', "ae"),
    ('ø', "o"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('œ', "oe"),
    ('ŧ', "t"),
    ('ƀ', "b"),
    ('ƃ', "b"),
    ('ƈ', "c"),
    ('ƌ', "d"),
    ('ƒ', "f"),
    ('ƙ', "k"),
    ('ƚ', "l"),
    ('ƞ', "n"),
    ('ƥ', "p"),
    ('ƫ', "t"),
    ('ƭ', "t"),
    ('ƴ', "y"),
    ('ƶ', "z"),
    ('ǥ', "g"),
    ('ȥ', "z"),
    ('ȴ', "l"),
    ('ȵ', "n"),
    ('ȶ', "t"),
    ('ȷ', "j"),
    ('ȸ', "db"),
    ('ȹ', "qp"),
    ('ȼ', "c"),
    ('ȿ', "s"),
    ('ɀ', "z"),
    ('ɇ', "e"),
    ('ɉ', "j"),
    ('ɋ', "q"),
    ('ɍ', "r"),
    ('ɏ', "y"),
];

/// The id that docutils gives something called `name`; empty where nothing is left of it. O(length).
pub(crate) fn docutils_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    let mut push = |one: char| {
        if one.is_ascii_lowercase() || (one.is_ascii_digit() && !id.is_empty()) {
            id.push(one);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    };
    for one in name.chars() {
        let one = tables().simple_lower(one);
        if one.is_ascii() {
            push(one);
        } else if let Ok(found) = LETTERS.binary_search_by_key(&one, |(letter, _)| *letter) {
            LETTERS[found].1.chars().for_each(&mut push);
        } else {
            tables().ascii_form(one).chars().for_each(&mut push);
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// The id that Asciidoctor gives a section called `title`. O(length).
///
/// `separator` is empty or one character.
pub(crate) fn asciidoctor_id(title: &str, prefix: &str, separator: &str) -> String {
    let mut id = prefix.to_owned();
    tables().lower(title, |one| {
        if matches!(one, ' ' | '.' | '-') || separator.starts_with(one) {
            if separator.is_empty() {
                if one != ' ' {
                    id.push(one);
                }
            } else if !id.ends_with(separator) {
                id.push_str(separator);
            }
        } else if tables().github_kept.contains(one) {
            id.push(one);
        }
    });
    if !separator.is_empty() {
        if id.ends_with(separator) {
            id.truncate(id.len() - separator.len());
        }
        if prefix.is_empty() && id.starts_with(separator) {
            id.drain(..separator.len());
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_docutils() {
        for (name, id) in [
            ("1. What's new?", "what-s-new"),
            ("Größe", "grosze"),
            ("--", ""),
            ("a  b-", "a-b"),
            ("Éa", "ea"),
        ] {
            assert_eq!(docutils_id(name), id, "{name}");
        }
        assert!(LETTERS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn ids_of_asciidoctor() {
        for (title, prefix, separator, id) in [
            ("What's New in 2.0?", "_", "_", "_whats_new_in_2_0"),
            ("A - b", "", "-", "a-b"),
            ("-x-", "_", "_", "_x"),
            ("A b.c", "", "", "ab.c"),
        ] {
            assert_eq!(asciidoctor_id(title, prefix, separator), id, "{title}");
        }
    }
}
