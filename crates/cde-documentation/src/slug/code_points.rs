//! The frozen tables in a form that is fast to ask.

use std::sync::OnceLock;

use super::table;

/// A set of code points: a bit mask for ASCII, sorted ranges for the rest.
pub(super) struct CodePoints {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl CodePoints {
    fn new(text: &str) -> Self {
        let ranges: Vec<_> = text.split_ascii_whitespace().map(range).collect();
        let ascii = ranges
            .iter()
            .flat_map(|&(first, last)| first..=last.min(127))
            .fold(0, |mask, code| mask | 1 << code);
        Self { ascii, ranges }
    }

    pub(super) fn contains(&self, one: char) -> bool {
        let code = u32::from(one);
        if code < 128 {
            return self.ascii >> code & 1 == 1;
        }
        let place = self.ranges.partition_point(|&(first, _)| first <= code);
        place > 0 && code <= self.ranges[place - 1].1
    }
}

struct LowerCaseRow {
    first: u32,
    last: u32,
    step: u32,
    delta: i32,
}

/// Everything that the flavours ask about a code point.
pub(super) struct Tables {
    pub(super) github_kept: CodePoints,
    pub(super) gitlab_kept: CodePoints,
    pub(super) hugo_kept: CodePoints,
    pub(super) mdbook_kept: CodePoints,
    pub(super) white_space: CodePoints,
    cased: CodePoints,
    case_ignorable: CodePoints,
    lower_case: Vec<LowerCaseRow>,
    ascii_forms: Vec<(u32, Vec<&'static str>)>,
}

/// The tables, read from their text on first use (well below a millisecond).
pub(super) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        github_kept: CodePoints::new(table::GITHUB_KEPT),
        gitlab_kept: CodePoints::new(table::GITLAB_KEPT),
        hugo_kept: CodePoints::new(table::HUGO_KEPT),
        mdbook_kept: CodePoints::new(table::MDBOOK_KEPT),
        white_space: CodePoints::new(table::WHITE_SPACE),
        cased: CodePoints::new(table::CASED),
        case_ignorable: CodePoints::new(table::CASE_IGNORABLE),
        lower_case: table::LOWER_CASE.split_ascii_whitespace().map(lower_case_row).collect(),
        ascii_forms: table::ASCII_FORMS.split_ascii_whitespace().map(ascii_run).collect(),
    })
}

// The generated text is what these three expect; a test reads every entry of it.

fn hex(text: &str) -> u32 {
    u32::from_str_radix(text, 16).unwrap_or_default()
}

fn range(entry: &str) -> (u32, u32) {
    let (first, last) = entry.split_once('-').unwrap_or((entry, entry));
    (hex(first), hex(last))
}

fn lower_case_row(row: &str) -> LowerCaseRow {
    let (codes, step_and_delta) = row.split_once('/').unwrap_or_default();
    let (step, delta) = step_and_delta.split_at_checked(1).unwrap_or_default();
    let (first, last) = range(codes);
    LowerCaseRow { first, last, step: step.parse().unwrap_or(1), delta: delta.parse().unwrap_or_default() }
}

fn ascii_run(run: &'static str) -> (u32, Vec<&'static str>) {
    let (first, texts) = run.split_once('|').unwrap_or_default();
    (hex(first), texts.split('|').collect())
}

impl Tables {
    /// The lower case as a single code point.
    pub(super) fn simple_lower(&self, one: char) -> char {
        if one.is_ascii() {
            return one.to_ascii_lowercase();
        }
        let code = u32::from(one);
        let place = self.lower_case.partition_point(|row| row.first <= code);
        match place.checked_sub(1).map(|place| &self.lower_case[place]) {
            Some(row) if code <= row.last && (code - row.first).is_multiple_of(row.step) => {
                code.checked_add_signed(row.delta).and_then(char::from_u32).unwrap_or(one)
            }
            _ => one,
        }
    }

    /// The full lower case without regard to what stands around; `İ` is the only one that is longer.
    pub(super) fn lower_one(&self, one: char, mut push: impl FnMut(char)) {
        push(self.simple_lower(one));
        if one == 'İ' {
            push('\u{307}');
        }
    }

    /// The full lower case, with the final form of a sigma that ends a word (Unicode 3.13, `Final_Sigma`). O(length):
    /// a sigma's surroundings end at the next cased letter, at the latest at the next sigma.
    pub(super) fn lower(&self, text: &str, mut push: impl FnMut(char)) {
        if text.is_ascii() {
            text.bytes().for_each(|byte| push(char::from(byte.to_ascii_lowercase())));
            return;
        }
        for (index, one) in text.char_indices() {
            if one == 'Σ'
                && self.is_cased(text[..index].chars().rev())
                && !self.is_cased(text[index + one.len_utf8()..].chars())
            {
                push('ς');
            } else {
                self.lower_one(one, &mut push);
            }
        }
    }

    fn is_cased(&self, mut characters: impl Iterator<Item = char>) -> bool {
        characters.find(|&one| !self.case_ignorable.contains(one)).is_some_and(|one| self.cased.contains(one))
    }

    /// What MkDocs leaves of a code point beyond ASCII, with `+` for a space.
    pub(super) fn ascii_form(&self, one: char) -> &'static str {
        let code = u32::from(one);
        let place = self.ascii_forms.partition_point(|&(first, _)| first <= code);
        place
            .checked_sub(1)
            .map(|place| &self.ascii_forms[place])
            .and_then(|(first, texts)| texts.get((code - first) as usize))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_tables_is_read() {
        let tables = tables();
        for (set, text) in [(&tables.github_kept, table::GITHUB_KEPT), (&tables.cased, table::CASED)] {
            assert_eq!(set.ranges.len(), text.split_ascii_whitespace().count());
            assert!(set.ranges.windows(2).all(|pair| pair[0].1 < pair[1].0), "sorted and disjoint");
            assert!(set.ranges.iter().all(|&(first, last)| 0 < first && first <= last));
        }
        assert!(tables.lower_case.iter().all(|row| row.delta != 0 && row.first <= row.last));
        assert!(tables.lower_case.windows(2).all(|pair| pair[0].last < pair[1].first));
        assert!(tables.ascii_forms.iter().all(|(first, texts)| *first > 127 && !texts.contains(&"")));
    }

    #[test]
    fn lower_case_agrees_with_the_standard_library_on_what_it_knows() {
        for one in ('\0'..='\u{2000}').filter(|one| *one != 'İ') {
            assert_eq!(tables().simple_lower(one).to_string(), one.to_lowercase().to_string(), "{one:?}");
        }
    }
}
