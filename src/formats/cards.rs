//! In: the site. Out: cards: pictures of a record for networks, drawn from the theme's SVG with the seal of the record.
//!
//! A record that changed within `cards.days` has cards of its own beside its page; older ones and all other pages have
//! the card of the site in their language. A headline is never cut: where it does not fit, or where no font has one of
//! its letters, a warning says so and the card of the site stands in, so that no picture ever holds news back.

mod draw;
mod encode;
pub mod layout;
mod words;

use super::format::Format;
use super::record_json;
use crate::model::announcement::hex;
use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::recipe::{Derivative, Recipe, RenderFault};
use crate::model::route::Route;
use crate::model::settings::{CardFormat, CardShape};
use crate::model::site::{Edition, Item, Site};
use crate::text::dates::Dates;
use crate::text::lettering::Lettering;
use crate::text::template_limits;
pub use draw::colours;
use layout::{place, plan};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};
use tera::Tera;
pub use words::{Variant, Words};

/// Raised when cards come to be drawn otherwise, so that no card of before is taken for one of now.
const REVISION: u32 = 1;

/// The format.
pub struct Cards;

/// All that cards share.
pub struct Studio<'s> {
    site: &'s Site,
    dates: Dates,
    letters: Lettering,
    tera: Tera,
    /// A hash of templates, fonts and colours.
    look: [u8; 32],
}

/// A card as a page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its address.
    pub route: Route,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// `image/png` or `image/jpeg`.
    pub media_type: &'static str,
    /// All words on it.
    pub alt: String,
}

/// Whose card it is.
#[derive(Clone, Copy)]
enum Subject<'s> {
    Site(Lang),
    Record(&'s Item, &'s Edition),
}

impl Format for Cards {
    fn name(&self) -> &'static str {
        "cards"
    }

    fn recipes<'s>(&self, _: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        Vec::new().into()
    }

    fn derivatives<'s>(&self, site: &'s Site) -> Checked<Vec<Derivative<'s>>> {
        let studio = match Studio::open(site) {
            Ok(Some(studio)) => Arc::new(studio),
            Ok(None) => return Vec::new().into(),
            Err(finding) => return Checked::new(Vec::new(), Findings::from_iter([*finding])),
        };
        let sites = site.settings.languages.iter().map(|lang| Subject::Site(*lang));
        let editions = site.items.iter().flat_map(|item| item.editions.iter().map(move |edition| (item, edition)));
        let own = editions.filter(|(item, edition)| studio.draws(item, edition)).map(|(item, edition)| Subject::Record(item, edition));
        sites.chain(own).flat_map(|subject| of_subject(&studio, subject)).collect::<Vec<_>>().into()
    }
}

fn of_subject<'s>(studio: &Arc<Studio<'s>>, subject: Subject<'s>) -> Vec<Derivative<'s>> {
    // Words and seal are the same for all shapes of a card; worked out once, when the first is wanted.
    let shared: Arc<OnceLock<(Words, [u8; 32])>> = Arc::default();
    let one = |(shape, format): &(CardShape, CardFormat)| {
        let (shape, format) = (*shape, *format);
        let (name, of) = match subject {
            Subject::Site(lang) => (format!("the card of the site in {lang}"), None),
            Subject::Record(item, edition) => (edition.record.source.path.to_string(), Some((&item.id, edition.record.lang))),
        };
        let (for_key, for_make, studio, for_key_studio) = (shared.clone(), shared.clone(), studio.clone(), studio.clone());
        Derivative {
            path: studio.route(subject, shape, format).file(),
            subject: name.clone(),
            from: None,
            key: Box::new(move || {
                let (words, seal) = for_key.get_or_init(|| for_key_studio.content(subject));
                let look = hex(&for_key_studio.look);
                format!("card/{REVISION} {shape:?} {format:?} {look} {} {words:?}", hex(seal))
            }),
            make: Box::new(move |_, out| {
                let (words, seal) = for_make.get_or_init(|| studio.content(subject));
                *out = studio.picture(words, seal, shape, format).map_err(|message| RenderFault { subject: name.clone(), message })?;
                Ok(Findings::new())
            }),
            of,
        }
    };
    studio.site.settings.cards.made.iter().map(one).collect()
}

impl<'s> Studio<'s> {
    /// Opens fonts and templates; none where cards are off.
    pub fn open(site: &'s Site) -> Result<Option<Studio<'s>>, Box<Finding>> {
        let theme = &site.theme;
        if site.settings.cards.made.is_empty() || theme.card_fonts.is_empty() {
            return Ok(None);
        }
        let letters = Lettering::new(&theme.card_fonts).map_err(|fault| {
            let place = Place::file(format!("cards/fonts/{}", fault.0));
            Finding::error("card-font", place, format!("{fault}."), "Put a TTF or OTF file there; WOFF2 cannot be used for cards.")
        })?;
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".svg"]);
        if let Some(fault) = theme.card_templates.iter().find_map(|source| template_limits::fault_of(&source.text)) {
            return Err(draw::template_fault(&tera::Error::message(fault)));
        }
        let templates = theme.card_templates.iter().map(|source| (source.path.to_string(), source.text.to_string()));
        tera.add_raw_templates(templates.collect::<Vec<_>>()).map_err(|error| draw::template_fault(&error))?;
        let mut look = Sha256::new();
        for source in &theme.card_templates {
            look.update(format!("{} {}\n", source.path, source.text.len()));
            look.update(source.text.as_bytes());
        }
        for (name, bytes) in &theme.card_fonts {
            look.update(format!("{name} {}\n", bytes.len()));
            look.update(bytes.as_ref().as_ref());
        }
        look.update(format!("{:?}", theme.light));
        let dates = Dates::new(&site.settings.languages, site.settings.zone.clone());
        Ok(Some(Studio { site, dates, letters, tera, look: look.finalize().into() }))
    }

    /// A record's own card, and what is wrong with it; none where the card of the site stands in.
    pub fn of_record(&self, item: &Item, edition: &Edition) -> (Option<Card>, Option<Finding>) {
        if !self.is_recent(item) {
            return (None, None);
        }
        match self.fault(item, edition) {
            Some(fault) => (None, Some(fault)),
            None => (self.card(Subject::Record(item, edition)), None),
        }
    }

    /// Every card that is drawn of a record, in the order of the settings; those of the site where the record has none.
    pub fn drawn(&self, item: &Item, edition: &Edition) -> Vec<Card> {
        let own = Subject::Record(item, edition);
        let subject = if self.draws(item, edition) { own } else { Subject::Site(edition.record.lang) };
        let made = self.site.settings.cards.made.iter();
        made.map(|(shape, format)| self.card_of(subject, *shape, *format)).collect()
    }

    /// The card of all other pages of a language.
    pub fn of_site(&self, lang: Lang) -> Option<Card> {
        self.card(Subject::Site(lang))
    }

    fn card(&self, subject: Subject<'_>) -> Option<Card> {
        let (shape, format) = *self.site.settings.cards.made.iter().find(|(shape, _)| *shape == CardShape::Og)?;
        Some(self.card_of(subject, shape, format))
    }

    fn card_of(&self, subject: Subject<'_>, shape: CardShape, format: CardFormat) -> Card {
        let words = self.words(subject);
        let lang = words.lang;
        let alt = self.site.messages.format(lang, "card-alt", &[("words", Arg::Text(&words.all()))]);
        let media_type = if format == CardFormat::Png { "image/png" } else { "image/jpeg" };
        Card { route: self.route(subject, shape, format), size: plan(shape).size(), media_type, alt }
    }

    /// Whether a record has cards of its own.
    fn draws(&self, item: &Item, edition: &Edition) -> bool {
        self.is_recent(item) && self.fault(item, edition).is_none()
    }

    fn is_recent(&self, item: &Item) -> bool {
        let since = self.site.now.today().plus(-(self.site.settings.cards.days as i32));
        let changed = item.changed.map(|stamp| self.dates.day_of(stamp));
        item.kind.name != "page" && [changed, item.day].into_iter().flatten().max().is_none_or(|day| day >= since)
    }

    /// Why a record cannot have a card.
    fn fault(&self, item: &Item, edition: &Edition) -> Option<Finding> {
        let words = self.words(Subject::Record(item, edition));
        let record = &edition.record;
        let own = if record.fields.text("card_title").is_some() { "card_title" } else { "title" };
        if let Some(c) = self.letters.missing(&words.all()) {
            let message =
                format!("No font for cards has the character `{c}` (U+{:04X}), so the card of the site is shown instead.", c as u32);
            let help = "Put a TTF with it into `cards/fonts/`, or write a `card_title:` without it.";
            return Some(Finding::warning("card-glyph", record.place(own), message, help));
        }
        let shapes = self.site.settings.cards.made.iter().map(|(shape, _)| *shape);
        if words.is_short() || shapes.into_iter().all(|shape| self.headline_fits(&words, shape)) {
            return None;
        }
        let message = "The headline is too long for a card, so the card of the site is shown instead.";
        let help = "Give the record a short `card_title:`; a headline is never cut.";
        Some(Finding::warning("card-title", record.place(own), message, help))
    }

    fn headline_fits(&self, words: &Words, shape: CardShape) -> bool {
        plan(shape).headline(&self.letters, words).is_some()
    }

    fn words(&self, subject: Subject<'_>) -> Words {
        match subject {
            Subject::Site(lang) => self.words_of_site(lang),
            Subject::Record(item, edition) => Words::of_record((self.site, &self.dates), item, edition),
        }
    }

    /// The purpose of the site, else its name, else its address: the first that its fonts can write and that fits.
    fn words_of_site(&self, lang: Lang) -> Words {
        let words = Words::of_site(self.site, lang);
        let (named, bare) = (words.named(), words.addressed());
        let fits = |words: &Words| {
            let mut shapes = self.site.settings.cards.made.iter().map(|(shape, _)| *shape);
            self.letters.missing(&words.all()).is_none() && shapes.all(|shape| self.headline_fits(words, shape))
        };
        [words, named].into_iter().find(fits).unwrap_or(bare)
    }

    fn content(&self, subject: Subject<'_>) -> (Words, [u8; 32]) {
        let words = self.words(subject);
        let seal = match subject {
            Subject::Site(_) => Sha256::digest(format!("{}\n{}", self.site.settings.url, words.headline)).into(),
            Subject::Record(item, edition) => record_json::fingerprint(self.site, item, edition),
        };
        (words, seal)
    }

    fn route(&self, subject: Subject<'_>, shape: CardShape, format: CardFormat) -> Route {
        let stem = match shape {
            CardShape::Og => "card",
            CardShape::Square => "square",
            CardShape::Tall => "tall",
        };
        let ending = if format == CardFormat::Png { "png" } else { "jpg" };
        let path = match subject {
            Subject::Site(lang) if lang == self.site.settings.default_lang() => format!("/{stem}.{ending}"),
            Subject::Site(lang) => format!("/{lang}/{stem}.{ending}"),
            Subject::Record(_, edition) => match edition.route.as_str().strip_suffix(".html") {
                Some(page) => format!("{page}.{stem}.{ending}"),
                None => format!("{}/{stem}.{ending}", edition.route.as_str().trim_end_matches('/')),
            },
        };
        Route::new(&path).expect("the address of a page with a plain name below it is an address")
    }

    fn picture(&self, words: &Words, seal: &[u8; 32], shape: CardShape, format: CardFormat) -> Result<Vec<u8>, String> {
        // Short headlines are not measured beforehand; one that a very wide font makes too long gives way here.
        let site = self.words_of_site(words.lang);
        let placed = [words, &site].into_iter().find_map(|words| Some((words, place(&self.letters, words, shape)?)));
        let (words, placed) = placed.ok_or("nothing fits on the card with these fonts")?;
        let svg = draw::svg(self, words, seal, &placed)?;
        let pixels = draw::pixels(&svg, plan(shape).size())?;
        match format {
            CardFormat::Png => encode::png(&pixels),
            CardFormat::Jpeg => encode::jpeg(&pixels),
        }
    }
}
