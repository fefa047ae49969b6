//! How a document's slugs are made unique.

use super::slugify;
use crate::SlugFlavour;
use crate::hash::{Map, Set};

/// Makes the slugs of one document unique, by the flavour's own counting. A call is O(length), amortised.
#[derive(Debug)]
pub struct Slugger {
    flavour: SlugFlavour,
    used: Set<String>,
    // For a numbered slug that is taken, a number below which none is free: without it, many headings with the same
    // text would cost quadratic time.
    after: Map<String, u64>,
    // How often GitLab has seen a slug; it does not look whether the numbered one is taken.
    repeated: Map<String, u64>,
}

impl Slugger {
    /// A document without headings.
    pub fn new(flavour: SlugFlavour) -> Self {
        Self { flavour, used: Set::default(), after: Map::default(), repeated: Map::default() }
    }

    /// The slug of the next heading.
    pub fn next(&mut self, text: &str) -> String {
        let mut slug = slugify(self.flavour, text);
        match self.flavour {
            SlugFlavour::Gitlab => {
                let count = self.repeated.entry(slug.clone()).or_default();
                let number = *count;
                *count += 1;
                return if number == 0 { slug } else { format!("{slug}-{number}") };
            }
            SlugFlavour::Mkdocs if slug.is_empty() || self.used.contains(&slug) => {
                let (base, number) = split_number(&slug).unwrap_or((&slug, 0));
                slug = self.numbered(format!("{base}_"), number);
            }
            SlugFlavour::Mkdocs => {}
            _ if self.used.contains(&slug) => slug = self.numbered(slug + "-", 0),
            _ => {}
        }
        self.used.insert(slug.clone());
        slug
    }

    /// `prefix` with the lowest free number greater than `above`.
    fn numbered(&mut self, prefix: String, above: u64) -> String {
        let length = prefix.len();
        let mut slug = prefix;
        let mut taken = Vec::new();
        let mut number = above + 1;
        loop {
            slug.truncate(length);
            slug.push_str(&number.to_string());
            if !self.used.contains(&slug) {
                break;
            }
            taken.push(slug.clone());
            number = self.after.get(&slug).copied().unwrap_or(number + 1);
        }
        self.after.extend(taken.into_iter().map(|passed| (passed, number)));
        slug
    }
}

/// `a_12` is `a` and 12. Nine digits are enough for any document and fit a machine word.
fn split_number(slug: &str) -> Option<(&str, u64)> {
    let (base, digits) = slug.rsplit_once('_')?;
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if digits.len() > 9 || !all_digits {
        return None;
    }
    Some((base, digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flavour_counts_its_own_way() {
        let slugs = |flavour| {
            let mut slugger = Slugger::new(flavour);
            ["a", "a", "a_1", "a-1", "a", ""].map(|text| slugger.next(text))
        };
        assert_eq!(slugs(SlugFlavour::Github), ["a", "a-1", "a_1", "a-1-1", "a-2", ""]);
        assert_eq!(slugs(SlugFlavour::Gitlab), ["a", "a-1", "a_1", "a-1", "a-2", ""]);
        assert_eq!(slugs(SlugFlavour::Mkdocs), ["a", "a_1", "a_2", "a-1", "a_3", "_1"]);
        assert_eq!(slugs(SlugFlavour::Hugo), ["a", "a-1", "a_1", "a-1-1", "a-2", "heading"]);
        assert_eq!(slugs(SlugFlavour::Mdbook), ["a", "a-1", "a_1", "a-1-1", "a-2", "section"]);
    }
}
