//! In: plain text and its language. Out: its sentences, in Latin, Cyrillic, Georgian and Arabic script.
//!
//! A full stop ends a sentence only where a new one begins: not after an abbreviation, an initial or a number that
//! goes on (`2 kap. 3 §`, `3.5`, `18. november`).

use crate::model::lang::Lang;

/// Abbreviations that are followed by more of the same sentence, by language; compared in lower case.
const ABBREVIATIONS: &[(&str, &[&str])] = &[
    (
        "sv",
        &[
            "t.ex", "bl.a", "m.m", "kl", "kap", "s.k", "d.v.s", "dvs", "ev", "ca", "nr", "tel", "st", "resp", "inkl", "exkl", "fr.o.m",
            "t.o.m", "f.d", "o.s.v", "osv", "jfr", "mom", "p.g.a", "m.fl", "bl", "avd", "max", "min",
        ],
    ),
    (
        "fi",
        &[
            "esim", "ks", "mm", "ym", "yms", "jne", "ko", "n", "nro", "nr", "klo", "puh", "s", "siv", "v", "ao", "em", "vrt", "tms", "ml",
            "srk", "milj", "mrd", "mom", "kpl", "os", "alk", "synt", "toim", "prof", "tri",
        ],
    ),
    (
        "en",
        &[
            "e.g", "i.e", "no", "nos", "st", "mr", "mrs", "ms", "dr", "vs", "etc", "approx", "art", "sec", "ch", "p", "pp", "cf", "tel",
            "al", "inc", "ltd",
        ],
    ),
    (
        "ru",
        &[
            "т.е", "т.д", "т.п", "т.к", "г", "гг", "ст", "п", "пп", "руб", "коп", "ул", "д", "кв", "им", "см", "др", "стр", "тыс", "млн",
            "млрд", "тел", "гл", "ч", "н.э",
        ],
    ),
    ("kk", &["т.б", "т.с.с", "ж", "жж", "көш", "қ", "б", "ст", "т", "млн", "мың", "тел"]),
    ("ka", &["ე.ი", "ა.შ", "მაგ", "ე.წ", "გვ", "ქ", "ქ.წ", "ტელ", "წ", "სხვ", "მლნ", "ათ", "მუხ", "პ"]),
    ("ar", &["د", "ص", "م", "هـ", "أ"]),
];

/// The sentences of a text, trimmed, in order. Line breaks between paragraphs end a sentence too.
pub fn sentences(text: &str, lang: Lang) -> Vec<&str> {
    text.split("\n\n").flat_map(|paragraph| paragraph.split('\n')).flat_map(|line| of_line(line, lang)).collect()
}

/// The first sentences of a text that together keep within so many characters; at least one.
pub fn lead(text: &str, lang: Lang, most: usize) -> String {
    let mut out = String::new();
    for sentence in sentences(text, lang) {
        if !out.is_empty() && out.chars().count() + 1 + sentence.chars().count() > most {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(sentence);
    }
    out
}

fn of_line(line: &str, lang: Lang) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        let next = at + c.len_utf8();
        if next <= start || !matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '。') {
            continue;
        }
        let closing = line[next..].find(|c: char| !matches!(c, '.' | '!' | '?' | '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']'));
        let end = closing.map_or(line.len(), |skip| next + skip);
        if ends_here(line, start, at, end, c, lang) {
            push(&mut found, &line[start..end]);
            start = end;
        }
    }
    push(&mut found, &line[start.min(line.len())..]);
    found
}

fn push<'t>(found: &mut Vec<&'t str>, sentence: &'t str) {
    let sentence = sentence.trim();
    if !sentence.is_empty() {
        found.push(sentence);
    }
}

fn ends_here(line: &str, start: usize, at: usize, end: usize, mark: char, lang: Lang) -> bool {
    let rest = &line[end..];
    if rest.is_empty() {
        return true;
    }
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let Some(first) = rest.trim_start().chars().find(|c| !matches!(c, '"' | '“' | '”' | '«' | '(' | '[' | '\'' | '’' | '–' | '—' | '-'))
    else {
        return true;
    };
    if mark != '.' {
        return !lower(first);
    }
    if lower(first) || first == '§' {
        return false;
    }
    let word = line[start..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '«')).next().unwrap_or_default();
    let abbreviated = is_abbreviation(word, lang);
    let ordinal = word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2 && !word.is_empty() && first.is_alphabetic() && !cased(first);
    let initial = cased(first) && word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !(abbreviated && !(is_final(word) && first.is_uppercase()) || ordinal || initial)
}

/// Abbreviations after which a capital letter does begin a new sentence: "and so on", "o'clock" is not one of them.
fn is_final(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "m.m"
            | "etc"
            | "jne"
            | "ym"
            | "yms"
            | "tms"
            | "osv"
            | "o.s.v"
            | "т.д"
            | "т.п"
            | "др"
            | "т.б"
            | "ა.შ"
            | "сғ"
            | "г"
            | "гг"
            | "руб"
            | "коп"
            | "ж"
            | "წ"
    )
}

fn cased(c: char) -> bool {
    c.is_uppercase() || lower(c)
}

/// Lower case in a script that has two cases in use; Unicode counts Georgian's one case (Mkhedruli) as lower.
fn lower(c: char) -> bool {
    c.is_lowercase() && !('\u{10a0}'..='\u{10ff}').contains(&c)
}

fn is_abbreviation(word: &str, lang: Lang) -> bool {
    let word = word.to_lowercase();
    let own = ABBREVIATIONS.iter().find(|(tag, _)| *tag == lang.primary()).map_or(&[][..], |(_, list)| list);
    own.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split<'t>(lang: &str, text: &'t str) -> Vec<&'t str> {
        sentences(text, lang.parse().unwrap())
    }

    #[test]
    fn swedish_law_and_clock_do_not_end_a_sentence() {
        let text = "Enligt 2 kap. 3 § kommunallagen börjar mötet kl. 18.00. Handlingar, t.ex. Protokoll, finns kvar. Välkommen!";
        assert_eq!(split("sv", text).len(), 3);
    }

    #[test]
    fn other_scripts_are_split_where_a_new_sentence_begins() {
        assert_eq!(split("ru", "Решение принято 18 ноября 2026 г. Оно стоит 340 тыс. руб. в год, т.е. меньше.").len(), 2);
        assert_eq!(split("en", "It costs 3.5 per cent, e.g. SEK 150. See No. 4 on St. Olof's Street. Done?").len(), 3);
        assert_eq!(split("ka", "წყალი აადუღეთ. ბიბლიოთეკა ღიაა 10.00-დან. ქ. ნორვიკი.").len(), 3);
        assert_eq!(split("ar", "اغلِ الماء قبل الشرب. هل تحتاج مساعدة؟ اتصل بنا.").len(), 3);
        assert_eq!(split("kk", "Суды қайнатыңыз. 2026 ж. 18 қараша.").len(), 2);
    }

    #[test]
    fn the_lead_keeps_whole_sentences() {
        let lang = "en".parse().unwrap();
        assert_eq!(
            lead("The library stays. It is repaired in 2027. More follows.", lang, 45),
            "The library stays. It is repaired in 2027."
        );
    }
}
