//! X's way of counting, held against the conformance files of twitter-text.
//!
//! What is left out, and why: `tweets` of `validate.yml` are of the first configuration (140 characters, each 1), which is
//! in force nowhere; `usernames`, `lists` and `hashtags` count nothing; `urls` are of a stricter grammar for a link by
//! itself (addresses of machines, user names), of which no count is made.

#![allow(clippy::unwrap_used)]

use promulgate::channels::weighted;
use serde_json::Value;
use std::path::Path;

fn file(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/twitter-text").join(name);
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn cases(name: &str, group: &str) -> Vec<Value> {
    let cases = file(name)["tests"][group].as_array().cloned().unwrap();
    assert!(!cases.is_empty());
    cases
}

fn words<'v>(case: &'v Value, field: &str) -> &'v str {
    case[field].as_str().unwrap()
}

#[test]
fn the_constants_are_those_of_the_configuration_in_force() {
    let config = file("v3.json");
    assert_eq!(config["maxWeightedTweetLength"], weighted::LIMIT);
    assert_eq!(config["transformedURLLength"], weighted::LINK);
    assert_eq!((&config["scale"], &config["defaultWeight"]), (&Value::from(100), &Value::from(200)));
    let ranges: Vec<(u64, u64)> = config["ranges"]
        .as_array()
        .unwrap()
        .iter()
        .inspect(|range| assert_eq!(range["weight"], 100))
        .map(|range| (range["start"].as_u64().unwrap(), range["end"].as_u64().unwrap()))
        .collect();
    assert_eq!(ranges, weighted::LIGHT.map(|(first, last)| (u64::from(first), u64::from(last))));
    assert_eq!(file("v2.json")["ranges"], config["ranges"]);
}

#[test]
fn every_weighted_length_of_the_conformance_files_is_ours() {
    let groups = [
        ("WeightedTweetsCounterTest", false),
        ("WeightedTweetsWithDiscountedEmojiCounterTest", true),
        ("UnicodeDirectionalMarkerCounterTest", true),
    ];
    let mut wrong = Vec::new();
    for (group, emoji) in groups {
        for case in cases("validate.yml", group) {
            let text = words(&case, "text");
            let used = weighted::weigh(text, emoji);
            if case["expected"]["weightedLength"] != used {
                wrong.push(format!("{group}: {}: {used}", words(&case, "description")));
            }
            let valid = used > 0 && used <= weighted::LIMIT && !text.chars().any(weighted::is_forbidden);
            assert_eq!(case["expected"]["valid"], valid, "{group}: {}", words(&case, "description"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_of_the_conformance_files_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for group in ["urls", "tco_urls_with_params", "urls_with_indices", "urls_with_directional_markers"] {
        for case in cases("extract.yml", group) {
            let expected: Vec<&str> =
                case["expected"].as_array().unwrap().iter().map(|link| link.as_str().unwrap_or_else(|| words(link, "url"))).collect();
            let found = weighted::links(words(&case, "text"));
            if found != expected {
                wrong.push(format!("{group}: {}\n  {:?}\n  found {found:?}", words(&case, "description"), words(&case, "text")));
            }
        }
    }
    for case in cases("validate.yml", "urls_without_protocol") {
        let found = weighted::links(words(&case, "text"));
        if found != [words(&case, "text")] {
            wrong.push(format!("{}: found {found:?}", words(&case, "description")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_known_emoji_is_counted_by_its_parts() {
    for (text, used) in
        [("👩🏽‍🚒", 2), ("👩‍❤️‍💋‍👨", 2), ("🏃🏿‍♀️", 2), ("🇸🇪", 2), ("🇽🇽", 4), ("👨‍🐱", 5), ("🏳️‍🌈", 2), ("5️⃣", 2), ("©", 1), ("©️", 2), ("☎︎", 4), ("🚌🏽", 4)]
    {
        assert_eq!(weighted::weigh(text, true), used, "{text}");
    }
}

#[test]
fn a_link_of_a_domain_that_is_not_listed_counts_as_the_longer_of_both() {
    let used = |text: &str| weighted::count(text).used;
    assert_eq!((used("https://norrvik.se/decisions/2026/night-buses/"), used("https://norrvik.se")), (23, 23));
    assert_eq!((used("https://norrvik.example/2026/night-buses/"), used("https://a.example")), (41, 23));
}
