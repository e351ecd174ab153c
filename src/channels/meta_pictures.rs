//! In: the pictures of news. Out: those that a network takes which fetches them from the public site.
//!
//! A record's own picture goes first; the card that was drawn for it stands in where there is none of an allowed kind.

use crate::model::announcement::{Announcement, Image, News};
use crate::model::finding::{Finding, Severity};

/// Largest picture on Instagram and Threads.
const BYTES: u64 = 8 * 1024 * 1024;
/// Largest picture on TikTok.
const TIKTOK_BYTES: u64 = 20_000_000;
/// Most characters of an alternative text on Instagram and Threads.
const ALT: usize = 1_000;

/// Instagram: the record's own JPEGs, 4:5 to 1.91:1; else the tallest card, which shows most on a telephone.
pub fn for_instagram(news: &News, most: usize) -> Vec<Image> {
    let fits = |image: &&Image| {
        let shape = image.size.is_some_and(|(width, height)| {
            let (width, height) = (u64::from(width), u64::from(height));
            width * 5 >= height * 4 && width * 100 <= height * 191
        });
        image.media_type == "image/jpeg" && shape && is_small(image, BYTES)
    };
    own_or_card(news, fits, most)
}

/// Threads: the record's own JPEGs and PNGs; a card of ours would only hide the one that Threads makes of the link.
pub fn for_threads(news: &News, most: usize) -> Vec<Image> {
    let fits = |image: &&Image| matches!(image.media_type, "image/jpeg" | "image/png") && is_small(image, BYTES);
    news.images.iter().filter(fits).take(most).cloned().collect()
}

/// TikTok: JPEG or WebP, at most 1080 pixels wide and 1920 high; all own pictures that fit, else the tallest card.
pub fn for_tiktok(news: &News, most: usize) -> Vec<Image> {
    let fits = |image: &&Image| {
        let shape = image.size.is_some_and(|(width, height)| width <= 1080 && height <= 1920);
        matches!(image.media_type, "image/jpeg" | "image/webp") && shape && is_small(image, TIKTOK_BYTES)
    };
    own_or_card(news, fits, most)
}

fn own_or_card(news: &News, fits: impl Fn(&&Image) -> bool, most: usize) -> Vec<Image> {
    let own: Vec<Image> = news.images.iter().filter(&fits).take(most).cloned().collect();
    if own.is_empty() { tallest(news.drawn.iter().filter(&fits)).cloned().into_iter().collect() } else { own }
}

fn is_small(image: &Image, limit: u64) -> bool {
    image.len().is_none_or(|length| length <= limit)
}

fn tallest<'i>(images: impl Iterator<Item = &'i Image>) -> Option<&'i Image> {
    images.min_by_key(|image| image.size.map_or(u64::MAX, |(width, height)| u64::from(width) * 1000 / u64::from(height.max(1))))
}

/// An alternative text, ended at a word where it is too long for the field.
pub fn alt(text: &str) -> String {
    if text.chars().count() <= ALT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(ALT - 1).collect();
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

/// The finding for news without a picture where nothing is posted without one.
pub fn none(announcement: &Announcement, network: &str) -> Finding {
    let record = &announcement.news.record;
    Finding {
        code: "post-without-picture",
        severity: Severity::Warning,
        place: None,
        message: format!(
            "{network} takes no post without a picture, and {record} has none of an allowed kind, so {} is not told.",
            announcement.channel
        ),
        help: "Let cards be drawn as JPEG (`cards: {sizes: [og, square, tall]}`), or give the record a JPEG under `announce: image`."
            .into(),
    }
}
