//! In: a sentence. Out: the places at which it may end early without saying something else.
//!
//! A cut lies between two words. None is allowed inside an atom (a date, a number with its unit, an amount, a phone
//! number, a place that was named, brackets, quotes), and none where what is dropped denies, limits or excepts what
//! stays: "open … not on Monday" is a lie. In a language whose negations we do not know, no cut is allowed at all.

use crate::model::lang::Lang;
use std::ops::Range;

/// Languages whose words of denial are listed below.
const KNOWN: [&str; 12] = ["en", "sv", "ru", "kk", "ka", "ar", "de", "fr", "es", "fi", "nb", "da"];

/// Words that deny, limit or except, in lower case. One list for all languages: a word too many only forbids a cut.
const DENIALS: &[&str] = &[
    // en
    "no not never none nor neither without cannot nothing nobody only except unless but however if until",
    "forbidden prohibited avoid stop against",
    // sv, nb, da
    "inte ej icke ikke aldrig aldri ingen inget ingenting inga intet utan uden uten utom endast bara kun bare",
    "varken om men dock förbjudet förbjuden undvik tills mot förutom undtagen",
    // ru
    "не нет ни без никогда никто ничего кроме только лишь нельзя запрещено запрещается запрещён если но однако",
    "против до",
    // kk
    "емес жоқ тек ғана басқа ешқашан ешкім ештеңе тыйым болмайды бірақ егер қарсы дейін",
    // ka
    "არ არა ვერ ნუ აღარ ვეღარ ნუღარ არც არავინ არაფერი არასდროს მხოლოდ გარდა გარეშე აკრძალულია თუ მაგრამ",
    // ar
    "لا ليس ليست لم لن غير بدون دون إلا فقط سوى ممنوع ممنوعة يمنع يُمنع عدم يحظر إذا لكن ضد حتى باستثناء ما",
    // de, fr, es, fi
    "nicht kein keine keinen keiner nie niemals ohne nur außer wenn aber",
    "ne pas jamais aucun aucune sans sauf seulement si mais",
    "nunca ningún ninguna ninguno sin sólo solo excepto salvo pero",
    "ei eivät en et emme ette älä älkää ilman vain paitsi jos mutta",
];

/// Endings of Kazakh verbs that deny.
const KAZAKH: &str = "майды мейді байды бейді пайды пейді маңыз меңіз баңыз беңіз паңыз пеңіз маған меген баған беген паған пеген";

/// The bytes at which a sentence may end early, from the last to the first.
pub fn cuts(sentence: &str, lang: Lang, places: &[&str]) -> Vec<usize> {
    if !KNOWN.contains(&lang.primary()) {
        return Vec::new();
    }
    let words = words(sentence);
    let atoms = atoms(sentence, &words, places);
    let last_denial = words.iter().rposition(|word| denies(&sentence[word.clone()]));
    // Before the last denial every cut would drop it; right after it, what it denies.
    let first_free = last_denial.map_or(0, |at| at + 1);
    (first_free + 1..words.len())
        .rev()
        .map(|next| words[next - 1].end)
        .filter(|end| !atoms.iter().any(|atom| atom.start < *end && *end < atom.end))
        .collect()
}

/// The words of a text: stretches without white space.
fn words(text: &str) -> Vec<Range<usize>> {
    let base = text.as_ptr() as usize;
    text.split_whitespace()
        .map(|word| word.as_ptr() as usize - base)
        .zip(text.split_whitespace())
        .map(|(at, word)| at..at + word.len())
        .collect()
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn denies(word: &str) -> bool {
    let lower = word.replace('’', "'").to_lowercase();
    let word = bare(&lower);
    let listed = |word: &str| DENIALS.iter().flat_map(|line| line.split(' ')).any(|denial| denial == word);
    // Arabic writes "and" and "so" onto the next word.
    let joined_and = |prefix: char| word.strip_prefix(prefix).is_some_and(listed);
    listed(word) || lower.contains("n't") || joined_and('و') || joined_and('ف') || KAZAKH.split(' ').any(|ending| word.ends_with(ending))
}

/// Stretches that stay whole: numbers with what they count, places, brackets and quotes.
fn atoms(text: &str, words: &[Range<usize>], places: &[&str]) -> Vec<Range<usize>> {
    let mut atoms = numbers(text, words);
    for place in places.iter().filter(|place| !place.is_empty()) {
        atoms.extend(text.match_indices(place).map(|(at, found)| at..at + found.len()));
    }
    for (open, close) in [('(', ')'), ('[', ']'), ('“', '”'), ('«', '»'), ('„', '“'), ('”', '”'), ('"', '"')] {
        atoms.extend(enclosed(text, open, close));
    }
    atoms
}

/// Each number with the word before it and the two after it, so that "by 12 November 2026", "SEK 4.2 million a year" and
/// "0771-12 34 56" stay whole; numbers with at most two words between them ("from 20 kronor to 30") are one atom.
fn numbers(text: &str, words: &[Range<usize>]) -> Vec<Range<usize>> {
    let numeric = |word: &Range<usize>| text[word.clone()].chars().any(char::is_numeric);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(_, word)| numeric(word)) {
        match runs.last_mut() {
            Some((_, last)) if at - *last <= 3 => *last = at,
            _ => runs.push((at, at)),
        }
    }
    runs.into_iter().map(|(first, last)| words[first.saturating_sub(1)].start..words[(last + 2).min(words.len() - 1)].end).collect()
}

/// Stretches from each opening mark to its closing one, or to the end.
fn enclosed(text: &str, open: char, close: char) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|found| at + found) {
        let inside = start + open.len_utf8();
        let end = text[inside..].find(close).map_or(text.len(), |found| inside + found + close.len_utf8());
        found.push(start..end);
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortened(sentence: &'static str, lang: &str) -> Vec<&'static str> {
        cuts(sentence, lang.parse().unwrap(), &["Södra Hamnen"]).into_iter().map(|end| &sentence[..end]).collect()
    }

    #[test]
    fn dates_amounts_phones_and_places_stay_whole() {
        let cut = shortened("The council moves the market to Södra Hamnen from 12 November 2026 after long talks", "en");
        assert_eq!(
            cut,
            ["The council moves the market to Södra Hamnen from 12 November 2026 after long"]
                .into_iter()
                .chain([
                    "The council moves the market to Södra Hamnen",
                    "The council moves the market to",
                    "The council moves the market",
                    "The council moves the",
                    "The council moves",
                    "The council",
                    "The"
                ])
                .filter(|text| *text == "The" || cut.contains(text))
                .collect::<Vec<_>>()
        );
        assert!(cut.iter().all(|text| !text.ends_with("Södra") && !text.ends_with("12") && !text.ends_with("November")));
        assert!(
            shortened("Ring växeln på 0771-12 34 56 eller kom till oss i veckan", "sv")
                .iter()
                .all(|text| !text.contains("0771") || text.contains("34 56 eller kom"))
        );
        assert!(
            shortened("Avgiften höjs från 20 kronor till 30 kronor per månad för alla", "sv")
                .iter()
                .all(|text| !text.contains("20") || text.contains("30 kronor per"))
        );
    }

    #[test]
    fn nothing_is_cut_that_denies_or_limits() {
        for (lang, text) in [
            ("en", "The water is safe to drink for everyone except small children"),
            ("sv", "Badplatsen är öppen men vattnet är inte rent"),
            ("ru", "Воду из крана пить без кипячения нельзя"),
            ("kk", "Су құбырындағы суды қайнатпай ішуге болмайды"),
            ("ka", "წყალი სასმელად ვარგისი არ არის"),
            ("ar", "الماء صالح للاستخدام ولا يصلح للشرب"),
        ] {
            for cut in shortened(text, lang) {
                assert!(words(text).iter().filter(|word| denies(&text[(*word).clone()])).all(|word| word.end < cut.len()), "{cut}");
            }
        }
        assert!(shortened("Воду из крана пить нельзя", "ru").is_empty());
    }

    #[test]
    fn an_unknown_language_is_never_cut_inside_a_sentence() {
        assert!(shortened("Itthon maradni kell mindenkinek a városban ma este", "hu").is_empty());
    }
}
