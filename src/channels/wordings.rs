//! In: a summary and a pattern. Out: whole texts to post, the longest first, each fit to stand alone.
//!
//! All sentences; then fewer, from the end; then the beginning of the first one, ended with `…` at a place that changes
//! nothing; then none, so that the title and the link remain. Every text holds the link.

use crate::channels::atoms;
use crate::channels::text::graphemes;
use crate::model::lang::Lang;

/// Fewest words of a sentence that still tell something.
const FEWEST_WORDS: usize = 4;

/// What is to be said.
pub struct Telling<'a> {
    /// The summary, plain text.
    pub summary: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Names that stay whole, such as the record's places.
    pub places: &'a [&'a str],
    /// Full address of the page.
    pub link: &'a str,
}

/// The texts that can be posted, the longest first. `render` puts a shortened summary into the pattern; `sentences`
/// splits the summary.
pub fn wordings(telling: &Telling<'_>, sentences: &dyn Fn(&str) -> Vec<&str>, render: &dyn Fn(&str) -> String) -> Vec<String> {
    let summary = telling.summary.trim();
    let mut shorter: Vec<String> =
        sentence_ends(summary, &sentences(summary)).into_iter().rev().map(|end| summary[..end].to_owned()).collect();
    let first = shorter.last().cloned().unwrap_or_default();
    shorter.extend(atoms::cuts(&first, telling.lang, telling.places).into_iter().filter_map(|end| ellipsis(&first[..end])));
    shorter.push(String::new());
    let mut texts: Vec<String> = shorter.iter().map(|summary| whole(&render(summary), telling.link)).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(graphemes(text)));
    texts.dedup();
    texts
}

/// Where each sentence ends in the summary, so that what stands between them stays as it was written.
fn sentence_ends(summary: &str, sentences: &[&str]) -> Vec<usize> {
    let mut at = 0;
    let mut ends = Vec::new();
    for sentence in sentences.iter().map(|sentence| sentence.trim()).filter(|sentence| !sentence.is_empty()) {
        let Some(found) = summary[at..].find(sentence) else { break };
        at += found + sentence.len();
        ends.push(at);
    }
    // A splitter that lost the end must not make us lose it.
    if ends.last() != Some(&summary.len()) && !summary.is_empty() {
        ends.push(summary.len());
    }
    ends
}

fn ellipsis(beginning: &str) -> Option<String> {
    let beginning = beginning.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-' | '،' | '؛'));
    (beginning.split_whitespace().count() >= FEWEST_WORDS).then(|| format!("{beginning}…"))
}

/// The text as posted: no white space at its ends, no gap where the summary was, the link in it.
fn whole(text: &str, link: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_some_and(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    let text = lines.join("\n");
    match text.contains(link) {
        true => text,
        false if text.is_empty() => link.to_owned(),
        false => format!("{text}\n\n{link}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINK: &str = "https://norrvik.example/decisions/2026/night-buses/";

    fn by_full_stop(text: &str) -> Vec<&str> {
        text.split_inclusive(". ").collect()
    }

    fn told(summary: &str) -> Vec<String> {
        let telling = Telling { summary, lang: "en".parse().unwrap(), places: &["Old Harbour Street"], link: LINK };
        wordings(&telling, &by_full_stop, &|summary| format!("Night buses\n\n{summary}\n\n{LINK}"))
    }

    #[test]
    fn sentences_go_first_then_words_then_all() {
        let texts = told("Buses run all night from 12 November 2026. Tickets cost SEK 25.");
        assert_eq!(texts[0], format!("Night buses\n\nBuses run all night from 12 November 2026. Tickets cost SEK 25.\n\n{LINK}"));
        assert_eq!(texts[1], format!("Night buses\n\nBuses run all night from 12 November 2026.\n\n{LINK}"));
        assert_eq!(texts[2], format!("Night buses\n\nBuses run all night…\n\n{LINK}"));
        assert_eq!(texts[3], format!("Night buses\n\n{LINK}"));
        assert_eq!(texts.len(), 4);
    }

    #[test]
    fn a_pattern_without_the_link_gets_it_all_the_same() {
        let telling = Telling { summary: "", lang: "sv".parse().unwrap(), places: &[], link: LINK };
        assert_eq!(wordings(&telling, &by_full_stop, &|_| String::new()), [LINK]);
    }

    fn word() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "buses",
            "run",
            "the",
            "council",
            "not",
            "only",
            "12 November 2026",
            "SEK 4.2 million",
            "0771-12 34 56",
            "Old Harbour Street",
            "18.30–20.00",
            "25 kronor",
            "never",
            "in",
            "school",
            "(see page 4 below)",
            "https://norrvik.example/a",
            "opens",
            "again.",
            "water,",
        ])
    }

    proptest! {
        #[test]
        fn every_text_keeps_the_link_and_every_atom(words in prop::collection::vec(word(), 0..40)) {
            let summary = words.join(" ");
            let texts = told(&summary);
            let atoms = ["12 November 2026", "SEK 4.2 million", "0771-12 34 56", "Old Harbour Street", "18.30–20.00", "25 kronor", "(see page 4 below)"];
            prop_assert!(texts.windows(2).all(|pair| graphemes(&pair[0]) >= graphemes(&pair[1])));
            for text in &texts {
                prop_assert!(text.contains(LINK));
                prop_assert_eq!(text.trim(), text.as_str());
                let told = text.trim_start_matches("Night buses\n\n").trim_end_matches(LINK).trim();
                let Some(beginning) = told.strip_suffix('…') else { continue };
                prop_assert!(summary.starts_with(beginning));
                let rest = &summary[beginning.len()..];
                for atom in atoms {
                    let split = (1..atom.len()).any(|at| atom.is_char_boundary(at) && beginning.ends_with(&atom[..at]) && rest.starts_with(&atom[at..]));
                    prop_assert!(!split, "{} | {}", beginning, rest);
                }
                let first = by_full_stop(&summary)[0].trim();
                let dropped = &first[beginning.len().min(first.len())..];
                prop_assert!(!dropped.split_whitespace().any(|word| ["not", "only", "never"].contains(&word.trim_matches('.'))), "{} | {}", beginning, dropped);
            }
        }
    }
}
