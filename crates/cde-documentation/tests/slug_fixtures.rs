//! The fixtures of github-slugger, in the order of one document.

#![expect(clippy::expect_used, reason = "the fixtures are part of the repository")]

use cde_documentation::SlugFlavour;
use cde_documentation::slug::Slugger;
use serde_json::Value;

const FIXTURES: &str = include_str!("../../../tests/conformance/data/github-slugger/fixtures.json");

#[test]
fn github_slugger_fixtures() {
    let fixtures: Vec<Value> = serde_json::from_str(FIXTURES).expect("a list");
    assert_eq!(fixtures.len(), 78);
    let mut slugger = Slugger::new(SlugFlavour::Github);
    for case in &fixtures {
        let heading = case["input"].as_str().expect("text");
        assert_eq!(Some(slugger.next(heading).as_str()), case["expected"].as_str(), "{}", case["name"]);
    }
}
