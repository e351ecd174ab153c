//! In: characters. Out: how many of them are one emoji, which X counts as two units.
//!
//! Shapes of the sequences that Unicode recommends for interchange (<https://unicode.org/Public/emoji/>): keycaps, flags,
//! skin tones, people with a trade, a sex, hair or each other. A sequence of no such shape is counted by its parts.

use icu::properties::CodePointSetData;
use icu::properties::props::{Emoji, EmojiModifierBase};

const JOINER: char = '\u{200d}';
const EMOJI_STYLE: char = '\u{fe0f}';
const TEXT_STYLE: char = '\u{fe0e}';

/// Regions with a flag: ISO 3166-1, and those that Unicode adds.
const FLAGS: &str = "ACADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCPCRCUCVCWCXCYCZ\
    DEDGDJDKDMDODZEAECEEEGEHERESETEUFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUICIDIEILIMINIOIQIRISITJEJMJOJP\
    KEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOM\
    PAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTATCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZ\
    UAUGUMUNUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";
/// Parts of a country with a flag, as tags behind a black flag.
const REGIONS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];
const PEOPLE: &str = "👨👩🧑";
const CHILDREN: &str = "👦👧👶";
/// What a person holds or has, each a character of its own.
const TRADES: &str = "🌾🍳🍼🎄🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦯🦼🦽🦰🦱🦲🦳";
const SIGNS: &str = "⚕⚖✈";
/// Who can be a woman or a man.
const EITHER: &str = "⛹🏃🏄🏊🏋🏌👮👯👰👱👳👷💁💂💆💇🕵🙅🙆🙇🙋🙍🙎🚣🚴🚵🚶🤦🤵🤷🤸🤹🤼🤽🤾🦸🦹🧍🧎🧏🧔🧖🧗🧘🧙🧚🧛🧜🧝🧞🧟";
/// Sequences of no common shape.
const OTHERS: [&str; 12] = [
    "🏳\u{fe0f}\u{200d}🌈",
    "🏳\u{fe0f}\u{200d}⚧\u{fe0f}",
    "🏴\u{200d}☠\u{fe0f}",
    "👁\u{fe0f}\u{200d}🗨\u{fe0f}",
    "🐕\u{200d}🦺",
    "🐈\u{200d}⬛",
    "🐻\u{200d}❄\u{fe0f}",
    "😮\u{200d}💨",
    "😵\u{200d}💫",
    "😶\u{200d}🌫\u{fe0f}",
    "❤\u{fe0f}\u{200d}🔥",
    "❤\u{fe0f}\u{200d}🩹",
];

/// How many characters from the first on are one emoji; nothing where the first begins none.
pub fn length(chars: &[char]) -> Option<usize> {
    let other = OTHERS.iter().find(|other| other.chars().eq(chars.iter().copied().take(other.chars().count())));
    keycap(chars).or_else(|| flag(chars)).or_else(|| other.map(|other| other.chars().count())).or_else(|| {
        let first = element(chars)?;
        Some(together(chars, first).unwrap_or(first))
    })
}

fn keycap(chars: &[char]) -> Option<usize> {
    let key = matches!(chars.first(), Some('#' | '*' | '0'..='9'));
    match chars {
        [_, EMOJI_STYLE, '\u{20e3}', ..] if key => Some(3),
        [_, '\u{20e3}', ..] if key => Some(2),
        _ => None,
    }
}

fn flag(chars: &[char]) -> Option<usize> {
    let letter = |c: &char| u32::from(*c).checked_sub(0x1f1e6).filter(|n| *n < 26).map(|n| char::from(b'A' + n as u8));
    if let [first, second, ..] = chars
        && let (Some(first), Some(second)) = (letter(first), letter(second))
    {
        let code = [first, second];
        let known = FLAGS.as_bytes().chunks(2).any(|pair| pair.iter().map(|byte| char::from(*byte)).eq(code));
        return known.then_some(2);
    }
    let tags = |name: &str| name.chars().map(|c| char::from_u32(0xe0000 + u32::from(c)).unwrap_or(c)).collect::<Vec<_>>();
    let region = |name: &&str| chars.first() == Some(&'🏴') && chars[1..].starts_with(&[tags(name), vec!['\u{e007f}']].concat());
    REGIONS.iter().find(|name| region(name)).map(|name| name.len() + 2)
}

/// One emoji without joiners: with its skin tone, or with the sign that it is meant as a picture.
fn element(chars: &[char]) -> Option<usize> {
    let first = *chars.first()?;
    let needs_style = first.is_ascii() || matches!(first, '©' | '®' | '™' | '♟');
    if !CodePointSetData::new::<Emoji>().contains(first) || first.is_ascii() {
        return None;
    }
    match chars.get(1) {
        Some('🏻'..='🏿') if CodePointSetData::new::<EmojiModifierBase>().contains(first) => Some(2),
        Some(&EMOJI_STYLE) => Some(2),
        Some(&TEXT_STYLE) => None,
        _ => (!needs_style).then_some(1),
    }
}

/// The length of a joined sequence that begins with an element of that length.
fn together(chars: &[char], first: usize) -> Option<usize> {
    let part = |at: usize| {
        let rest = chars.get(at..)?.strip_prefix(&[JOINER])?;
        Some((*rest.first()?, at + 1 + element(rest)?))
    };
    let (next, end) = part(first)?;
    let is = |set: &str, c: char| set.contains(c);
    if is(EITHER, chars[0]) && matches!(next, '♀' | '♂') {
        return Some(end);
    }
    if !is(PEOPLE, chars[0]) {
        return None;
    }
    if is(TRADES, next) || is(SIGNS, next) {
        return Some(end);
    }
    if matches!(next, '❤' | '🤝') {
        let (then, after) = part(end)?;
        let (then, after) = if then == '💋' { part(after)? } else { (then, after) };
        return is(PEOPLE, then).then_some(after);
    }
    let (mut at, mut children) = (if is("👨👩", next) { end } else { first }, 0);
    while let Some((_, after)) = part(at).filter(|(child, _)| is(CHILDREN, *child) && children < 2) {
        (at, children) = (after, children + 1);
    }
    (children > 0).then_some(at)
}
