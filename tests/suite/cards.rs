//! Cards: every record's picture is whole, readable, the right size, and drawn once.

use super::sandbox::{NOW, Sandbox};
use super::sandbox_site::example;
use promulgate::assemble::Visibility;
use promulgate::formats::cards::layout::{MARGIN, Placed, Role, SMALL, place};
use promulgate::formats::cards::{Cards, Studio, Variant, Words, colours};
use promulgate::formats::format::Format;
use promulgate::formats::html::Html;
use promulgate::model::date::Instant;
use promulgate::model::settings::CardShape;
use promulgate::model::site::{Edition, Item, Site};
use promulgate::pipeline::{self, Run};
use promulgate::text::dates::Dates;
use promulgate::text::lettering::Lettering;
use promulgate::text::palette;
use std::collections::BTreeSet;
use std::fs;

const SHAPES: [CardShape; 3] = [CardShape::Og, CardShape::Square, CardShape::Tall];

fn editions(site: &Site) -> impl Iterator<Item = (&Item, &Edition)> {
    site.items.iter().flat_map(|item| item.editions.iter().map(move |edition| (item, edition)))
}

/// Every card of the example, laid out.
fn each(site: &Site, mut look: impl FnMut(&Words, CardShape, &Placed)) {
    let letters = Lettering::new(&site.theme.card_fonts).unwrap();
    let dates = Dates::new(&site.settings.languages, site.settings.zone.clone());
    for words in editions(site).map(|(item, edition)| Words::of_record((site, &dates), item, edition)) {
        for shape in SHAPES {
            let placed = place(&letters, &words, shape).unwrap_or_else(|| panic!("{:?}", words.headline));
            look(&words, shape, &placed);
        }
    }
}

#[test]
fn no_card_of_the_example_lacks_a_letter_or_room_for_its_headline() {
    let example = example();
    let studio = Studio::open(&example.site).unwrap().unwrap();
    let mut langs = BTreeSet::new();
    for (item, edition) in editions(&example.site) {
        let (card, fault) = studio.of_record(item, edition);
        assert!(fault.is_none(), "{fault:?}");
        if let Some(card) = card {
            assert!(card.alt.contains(edition.record.title()), "{}", card.alt);
            langs.insert(edition.record.lang.to_string());
        }
    }
    assert_eq!(langs, ["ar", "en", "fi", "ka", "kk", "ru", "sv"].map(str::to_owned).into());
}

#[test]
fn no_word_touches_the_seal_or_the_edge_or_is_too_small() {
    let example = example();
    each(&example.site, |words, shape, placed| {
        let (x, y, radius) = placed.seal;
        let (width, height) = (placed.size.0 as f32, placed.size.1 as f32);
        let mut lowest = 0.0_f32;
        for text in &placed.texts {
            let (left, right) = (text.at.0, text.at.0 + text.line.width * text.size);
            let (top, bottom) = (text.at.1 - text.size * 0.8, text.at.1 + text.size * 0.26);
            let about = format!("{:?} {:?} of {}", shape, text.role, words.headline);
            assert!(left >= MARGIN - 2.0 && right <= width - MARGIN + 2.0, "{about}: {left} to {right}");
            assert!(bottom <= height - 44.0 && text.size >= SMALL, "{about}");
            let clear = right < x - radius || left > x + radius || bottom < y - radius || top > y + radius;
            assert!(clear, "{about} touches the seal");
            if matches!(text.role, Role::Headline | Role::Summary) {
                assert!(text.at.1 > lowest + text.size * 0.9, "{about} stands on another line");
                lowest = text.at.1;
            }
        }
        let foot = placed.texts.iter().filter(|text| matches!(text.role, Role::Status | Role::Address));
        let highest = foot.map(|text| text.at.1 - text.size * 0.8).fold(height, f32::min);
        assert!(lowest < highest, "{shape:?} of {}: the foot stands on other words", words.headline);
    });
}

#[test]
fn cards_in_arabic_are_mirrored() {
    let example = example();
    let mut seen = 0;
    each(&example.site, |words, _, placed| {
        let right_to_left = words.lang.to_string() == "ar";
        assert_eq!(placed.seal.0 < placed.size.0 as f32 / 2.0, right_to_left);
        for text in placed.texts.iter().filter(|text| text.role == Role::Headline && right_to_left) {
            let end = text.at.0 + text.line.width * text.size;
            assert!((end - (placed.size.0 as f32 - MARGIN)).abs() < 1.0, "{end}");
            seen += 1;
        }
    });
    assert!(seen > 3);
}

#[test]
fn every_word_is_readable_whatever_the_brand() {
    for brand in ["#0f5257", "#ffcc00", "#c8102e", "#00a3e0", "#7a7a7a", "#6b2fa0", "#000000", "#ffffff"] {
        let tokens = palette::palette(brand).light;
        for (variant, square) in
            [Variant::Plain, Variant::Alert, Variant::Correction].into_iter().flat_map(|variant| [(variant, true), (variant, false)])
        {
            let colours = colours(&tokens, variant, square);
            for word in ["ink", "accent", "quiet"] {
                let contrast = palette::contrast(&colours[word], &colours["ground"]);
                assert!(contrast >= 7.0, "{brand} {variant:?} {word}: {contrast}");
            }
        }
    }
}

#[test]
fn pictures_have_their_size_in_every_script_and_the_same_bytes_twice() {
    let example = example();
    let cards = Cards.derivatives(&example.site);
    assert!(cards.findings.is_empty(), "{:?}", cards.findings);
    let wanted = |path: &str| {
        let one = ["alerts/2026/boil-water-ostra/", "corrections/2026/library-sold-rumour/"].iter().any(|record| path.contains(record));
        one && !path.starts_with("en/")
    };
    let mut seen = BTreeSet::new();
    for card in cards.value.iter().filter(|card| wanted(card.path.as_str())) {
        let path = card.path.as_str();
        let mut bytes = Vec::new();
        assert!((card.make)(&[], &mut bytes).unwrap().is_empty());
        let picture = image::load_from_memory(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        let (size, most) = match card.path.name() {
            "card.png" => ((1200, 630), 65_000),
            "square.jpg" => ((1080, 1080), 300_000),
            "tall.jpg" => ((1080, 1350), 300_000),
            other => panic!("{other}"),
        };
        assert_eq!((picture.width(), picture.height()), size, "{path}");
        assert!(bytes.len() < most, "{path} has {} bytes", bytes.len());
        let colours: BTreeSet<_> = picture.to_rgb8().pixels().map(|pixel| pixel.0).collect();
        assert!(colours.len() > 20, "{path} is empty");
        if path.ends_with("card.png") {
            assert!(colours.len() <= 128, "{path} has {} colours", colours.len());
            let mut again = Vec::new();
            (card.make)(&[], &mut again).unwrap();
            assert!(again == bytes, "{path}");
        }
        seen.insert(path.split('/').next().unwrap().to_owned());
    }
    for lang in ["alerts", "ar", "ka", "kk", "ru"] {
        assert!(seen.contains(lang), "{lang}");
    }
}

#[test]
fn pages_name_a_card_that_is_there() {
    let example = example();
    let paths: BTreeSet<String> = Cards.derivatives(&example.site).value.iter().map(|card| format!("/{}", card.path)).collect();
    let mut own = 0;
    for page in Html.recipes(&example.site).value.iter().filter(|page| page.path.as_str().ends_with(".html")) {
        let mut out = Vec::new();
        (page.render)(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let after = |mark: &str| text.split(mark).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        let url = after("property=\"og:image\" content=\"").unwrap_or_else(|| panic!("{} has no card", page.path));
        let path = url.strip_prefix("https://norrvik.example").unwrap();
        assert!(paths.contains(path), "{path}");
        assert!(after("og:image:alt\" content=\"").is_some_and(|alt| alt.chars().count() > 20), "{}", page.path);
        own += usize::from(path.contains("/2026/"));
    }
    assert!(own > 100, "{own}");
}

#[test]
fn a_card_is_drawn_once_and_again_when_its_words_change_or_its_copy_is_damaged() {
    let town = Sandbox::new();
    town.write("promulgate.yaml", b"title: Norrvik\nurl: https://norrvik.example\nlanguages: [en]\ncards: {sizes: [og]}\n");
    let record =
        |title: &str| format!("---\ntitle: {title}\nsummary: S.\ndate: 2026-11-18\ndecided: 2026-11-18\ndecision: D.\n---\nText.\n");
    town.write("content/decisions/2026/bus.md", record("Night buses run").as_bytes());
    let built = |made: Option<(usize, usize)>| {
        let said = town.run(&["build"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        let line = made.map(|(made, kept)| format!("{made} cards and pictures made, {kept} taken from"));
        let told = format!("{}{}", said.stdout, said.stderr);
        match line {
            Some(line) => assert!(told.contains(&line), "{told}"),
            None => assert!(!told.contains("cards and pictures"), "{told}"),
        }
        fs::read(town.path("public/decisions/2026/bus/card.png")).unwrap()
    };
    let first = built(Some((2, 0)));
    assert_eq!(built(None), first);
    town.write("content/decisions/2026/bus.md", record("Night buses stop").as_bytes());
    assert_ne!(built(Some((1, 1))), first);
    town.write("content/decisions/2026/bus.md", record("Night buses run").as_bytes());
    assert_eq!(built(None), first);
    for folder in fs::read_dir(town.path(".cache")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for entry in fs::read_dir(folder).unwrap() {
            fs::write(entry.unwrap().path(), b"damaged").unwrap();
        }
    }
    assert_eq!(built(Some((2, 0))), first);
}

#[test]
fn news_does_not_wait_for_the_cards_of_others() {
    let town = Sandbox::new();
    town.write("promulgate.yaml", b"title: Town\nurl: https://town.example\nlanguages: [en]\ntime_zone: Europe/Stockholm\n");
    for (name, day) in [("old", "2026-10-01"), ("new", "2026-11-20")] {
        let text =
            format!("---\ntitle: The {name} bridge\nsummary: A bridge.\ndate: {day}\ndecided: {day}\ndecision: Built.\n---\n\nText.\n");
        town.write(&format!("content/decisions/2026/{name}.md"), text.as_bytes());
    }
    let run = Run {
        root: town.root().to_owned(),
        now: NOW.parse::<Instant>().unwrap().timestamp(),
        visibility: Visibility::Public,
        told: promulgate::pipeline::Told::Near,
    };
    let out = town.path("public");
    let card = |name: &str| out.join(format!("decisions/2026/{name}/card.png")).exists();
    let first = pipeline::build_for_news(&run, &out, &|| {}, None).unwrap();
    assert!(first.published.is_some() && first.left > 0, "{} left", first.left);
    assert_eq!((card("new"), card("old")), (true, false), "what is news has its card, what is not waits");
    assert!(out.join("decisions/2026/old/index.html").exists(), "no page waits");
    let second = pipeline::build(&run, &out, &|| {}).unwrap();
    assert_eq!((second.left, card("new"), card("old")), (0, true, true));
    let third = pipeline::build_for_news(&run, &out, &|| {}, None).unwrap();
    assert_eq!((third.left, third.derived.0, card("old")), (0, 0, true), "what the cache has is there at once");
}
