//! The nearest known name to one that is not known, within a budget, so that a hostile document cannot make it slow.

const LONGEST: usize = 200;
const COMPARED: i64 = 16;
const SHORTEST_PART: usize = 4;

/// What one document may spend on suggestions: 1 for a name looked at, 16 more for one compared.
#[derive(Debug)]
pub(super) struct Budget(i64);

impl Default for Budget {
    fn default() -> Self {
        Self(100_000)
    }
}

/// The Levenshtein distance in bytes, or `limit + 1` where it is greater. O(limit * length).
fn distance(one: &[u8], two: &[u8], limit: usize) -> usize {
    if one.len().abs_diff(two.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = (0..=two.len()).map(|column| column.min(limit + 1)).collect();
    let mut current = vec![limit + 1; two.len() + 1];
    for (row, byte) in (1..).zip(one) {
        current.fill(limit + 1);
        if row <= limit {
            current[0] = row;
        }
        let high = two.len().min(row + limit);
        for column in row.saturating_sub(limit).max(1)..=high {
            let same = before[column - 1] + usize::from(*byte != two[column - 1]);
            current[column] = same.min(before[column] + 1).min(current[column - 1] + 1).min(limit + 1);
        }
        std::mem::swap(&mut before, &mut current);
    }
    before[two.len()]
}

/// The nearest of `known` by edit distance, the first by bytes among equals.
///
/// `None` where none is within a third of the length (at most 4), where the name is too short to tell (under 3 bytes)
/// or too long, or where the budget is spent.
pub(super) fn nearest<'a>(
    wanted: &[u8],
    known: impl Iterator<Item = &'a [u8]>,
    budget: &mut Budget,
) -> Option<&'a [u8]> {
    if !(3..=LONGEST).contains(&wanted.len()) {
        return None;
    }
    let limit = (wanted.len() / 3).min(4);
    let mut best: Option<(usize, &[u8])> = None;
    for name in known {
        if budget.0 <= 0 {
            return None;
        }
        budget.0 -= 1;
        if name.len().abs_diff(wanted.len()) > limit {
            continue;
        }
        budget.0 -= COMPARED;
        let found = distance(wanted, name, limit);
        if found <= limit && best.is_none_or(|known| (found, name) < known) {
            best = Some((found, name));
        }
    }
    best.map(|(_, name)| name)
}

/// The one of `known` that has more words than `wanted` at one end, or fewer, where words are joined by hyphens.
///
/// `None` where there are several, or where the budget is spent.
pub(super) fn only_extended<'a>(
    wanted: &[u8],
    known: impl Iterator<Item = &'a [u8]>,
    budget: &mut Budget,
) -> Option<&'a [u8]> {
    let extends = |short: &[u8], long: &[u8]| {
        let after = long.strip_prefix(short).is_some_and(|rest| rest.first() == Some(&b'-'));
        after || long.strip_suffix(short).is_some_and(|rest| rest.last() == Some(&b'-'))
    };
    let mut best: Option<&[u8]> = None;
    for name in known {
        if budget.0 <= 0 {
            return None;
        }
        budget.0 -= 1;
        let (short, long) = if name.len() < wanted.len() { (name, wanted) } else { (wanted, name) };
        if short.len() < SHORTEST_PART || !extends(short, long) {
            continue;
        }
        if best.is_some_and(|known| known != name) {
            return None;
        }
        best = Some(name);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_stop_at_the_limit() {
        assert_eq!(distance(b"kitten", b"sitting", 4), 3);
        assert_eq!(distance(b"kitten", b"sitting", 2), 3);
        assert_eq!(distance(b"abc", b"abc", 1), 0);
        assert_eq!(distance(b"abcdef", b"uvwxyz", 4), 5);
    }

    #[test]
    fn words_at_one_end() {
        let known: [&[u8]; 3] = [b"6-test-it", b"other-state", b"state-of-it"];
        let find = |wanted: &[u8]| only_extended(wanted, known.into_iter(), &mut Budget::default());
        assert_eq!(find(b"test-it"), Some(&b"6-test-it"[..]));
        assert_eq!(find(b"6-test-it-ios"), Some(&b"6-test-it"[..]));
        assert_eq!(find(b"state"), None);
        assert_eq!(find(b"est-it"), None);
    }

    #[test]
    fn the_first_by_bytes_wins_among_equals() {
        let known: [&[u8]; 3] = [b"install-c", b"install-b", b"other"];
        assert_eq!(nearest(b"install-a", known.into_iter(), &mut Budget::default()), Some(&b"install-b"[..]));
        assert_eq!(nearest(b"install-a", known.into_iter(), &mut Budget(17)), None);
    }
}
