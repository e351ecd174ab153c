//! Long alerts become threads in which nothing is missing; everything else stays one post.

#![allow(clippy::unwrap_used)]

use crate::channels::{announcement, news, open, settings};
use promulgate::channels::wordings::{Telling, wordings};
use promulgate::model::announcement::News;
use promulgate::model::transport::Post;
use promulgate::text::sentences::sentences;

const WATER: [&str; 6] = [
    "Koka allt dricksvatten i östra Söderby från den 17 november kl. 06.40 tills vi säger till.",
    "Det gäller Hamngatan 1–48, Strandvägen och hela skolområdet, sammanlagt 1 240 hushåll.",
    "Vatten ska koka en hel minut innan det dricks, används i mat eller till tandborstning.",
    "Dusch och disk går bra, men låt inte små barn svälja vattnet.",
    "Tankar med rent vatten står vid biblioteket och vid hamnen dygnet runt; ta med en egen dunk.",
    "Ring 0910-00 00 00 om någon i hushållet blir sjuk, och 112 om det är bråttom.",
];

/// News with wordings as delivery makes them.
fn told(urgent: bool, front: bool, summary: &str) -> News {
    let plain = news("sv", "");
    let lang = plain.lang;
    let telling = Telling { summary, lang, places: &["Hamngatan"], link: &plain.link };
    let render = |summary: &str| match front {
        true => format!("{summary}\n\nKoka vattnet i Söderby\n\n{}", plain.link),
        false => format!("Koka vattnet i Söderby\n\n{summary}\n\n{}", plain.link),
    };
    News { wordings: wordings(&telling, &|text| sentences(text, lang), &render), urgent, hashtags: Vec::new(), ..plain.clone() }
}

fn composed(platform: &'static str, news: &News) -> Vec<Post> {
    let own: &[(&'static str, &str)] = match platform {
        "mastodon" => &[("server", "https://social.norrvik.example"), ("handle", "norrvik")],
        _ => &[("handle", "norrvik.example")],
    };
    let channel = open(&settings("test", platform, own));
    let composed = channel.compose(&announcement(platform, channel.account(), news));
    assert!(composed.findings.is_empty(), "{:?}", composed.findings);
    composed.value
}

#[test]
fn a_long_alert_becomes_a_thread_that_says_everything_in_order() {
    let summary = WATER.join(" ");
    for (platform, front) in [("mastodon", false), ("bluesky", false), ("bluesky", true)] {
        let news = told(true, front, &summary);
        let posts = composed(platform, &news);
        assert!(posts.len() > 1, "{platform}: {posts:#?}");
        assert!(posts.iter().all(|post| post.counted.used <= post.counted.limit), "{platform}: {posts:#?}");
        assert!(posts.iter().all(|post| post.text.contains(&news.link)), "each part can be found by the link");
        assert!(posts.iter().enumerate().all(|(at, post)| post.part == at));
        let whole: String = posts.iter().map(|post| post.text.as_str()).collect::<Vec<_>>().join("\n");
        let mut from = 0;
        for sentence in WATER {
            let at = whole[from..].find(sentence).unwrap_or_else(|| panic!("{platform}: `{sentence}` is missing or out of order: {whole}"));
            from += at + sentence.len();
        }
        assert!(!whole.contains('…'), "{platform}: no sentence is cut: {whole}");
    }
}

#[test]
fn only_what_is_urgent_and_too_long_becomes_a_thread() {
    let long = WATER.join(" ");
    assert_eq!(composed("bluesky", &told(false, false, &long)).len(), 1, "a decision is one post");
    assert_eq!(composed("bluesky", &told(true, false, WATER[0])).len(), 1, "a short alert is one post");
    let endless = format!("{} {}", WATER[0], "ord ".repeat(200));
    assert_eq!(composed("bluesky", &told(true, false, &endless)).len(), 1, "a sentence that fits nowhere is left to the page");
}

#[test]
fn hashtags_are_added_while_there_is_room_and_by_their_own_rules() {
    let news = News { hashtags: vec!["Norrvik".into(), "Kollektivtrafik".into()], ..told(false, false, WATER[0]) };
    let text = &composed("mastodon", &news)[0].text;
    assert!(text.ends_with("#Norrvik #Kollektivtrafik"), "{text}");
    let full = News { hashtags: vec!["Norrvik".into(), "x".repeat(400)], ..news };
    let text = &composed("mastodon", &full)[0].text;
    assert!(text.ends_with("#Norrvik"), "{text}");
}
