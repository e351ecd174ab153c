//! In: a record in a language. Out: what every published text says of itself: dates, publisher, languages, corrections.

use super::{Thing, body};
use crate::formats::html::shop::Shop;
use crate::formats::record_json;
use crate::model::date::Stamp;
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::record::Fields;
use crate::model::site::{Edition, Item, ItemIx};
use crate::text::markdown;
use serde_json::Value as Json;

/// The page of a record.
pub(super) struct Told<'a, 's> {
    pub(super) shop: &'a Shop<'s>,
    pub(super) item: &'a Item,
    pub(super) edition: &'a Edition,
    pub(super) lang: Lang,
    pub(super) url: String,
}

impl Told<'_, '_> {
    /// Its fields.
    pub(super) fn fields(&self) -> &Fields {
        &self.edition.record.fields
    }

    /// A day or instant of a field, as schema.org writes dates.
    pub(super) fn stamp(&self, name: &str) -> Option<String> {
        self.fields().stamp(name).map(|stamp| stamp.to_string())
    }

    /// A full address for one of the record's own.
    pub(super) fn address(&self, href: &str) -> String {
        if href.starts_with('/') { self.shop.site.settings.absolute(href) } else { href.to_owned() }
    }

    /// The address of another record, for readers of this language.
    pub(super) fn other(&self, at: ItemIx) -> String {
        self.shop.site.settings.absolute(&self.shop.item(at).best(self.lang).route.href())
    }

    /// The deciding body, else the publisher.
    pub(super) fn committee(&self) -> Json {
        match self.fields().text("body") {
            Some(id) => body::committee(self.shop, id, self.lang),
            None => body::publisher(self.shop, self.lang),
        }
    }

    /// The publisher.
    pub(super) fn publisher(&self) -> Json {
        body::publisher(self.shop, self.lang)
    }

    /// A text of a type with what every text of the site says.
    pub(super) fn work(&self, kind: &str) -> Thing {
        let (item, fields) = (self.item, self.fields());
        let changed = item.changed.filter(|_| !self.edition.stale).map(|stamp| stamp.to_string());
        let license = self.shop.site.settings.licence.clone();
        let twin = Thing::new("MediaObject")
            .with("contentUrl", self.shop.site.settings.absolute(&record_json::route(self.edition).href()))
            .with("encodingFormat", "application/json");
        let ended = matches!(item.status.word, "withdrawn" | "superseded" | "expired");
        let work = Thing::at(kind, self.url.as_str())
            .with("url", self.url.as_str())
            .with("name", self.edition.record.title())
            .with("description", self.edition.summary.as_str())
            .with("inLanguage", self.lang.as_str())
            .with(if kind == "SpecialAnnouncement" { "datePosted" } else { "datePublished" }, item.published.map(|at| at.to_string()))
            .with("dateModified", changed)
            .with("expires", self.ends())
            .with("creativeWorkStatus", ended.then(|| self.shop.words(self.lang, &format!("status-{}", item.status.word))))
            .with("publisher", self.publisher())
            .with("isPartOf", body::site_reference(self.shop, self.lang))
            .with("about", self.terms(Vocabulary::Topics, "DefinedTerm", "name"))
            .with("audience", self.terms(Vocabulary::Audiences, "Audience", "audienceType"))
            .with("correction", self.corrections())
            .with("citation", self.citations())
            .with("hasPart", self.documents())
            .with("encoding", twin)
            .with("license", license);
        let work = if fields.list("areas").is_empty() {
            work.with("spatialCoverage", self.terms(Vocabulary::Places, "Place", "name"))
        } else {
            work
        };
        self.translations(work, kind)
    }

    /// From when the text no longer holds.
    fn ends(&self) -> Option<String> {
        let field = match self.item.kind.name {
            "decision" => "until",
            "notice" => "take_down",
            "alert" if self.fields().stamp("resolved").is_some() => "resolved",
            _ => "expires",
        };
        self.stamp(field).or_else(|| self.stamp("expires"))
    }

    fn translations(&self, work: Thing, kind: &str) -> Thing {
        let reference = |edition: &Edition| {
            let url = self.shop.site.settings.absolute(&edition.route.href());
            Json::from(Thing::at(kind, url).with("inLanguage", edition.record.lang.as_str()))
        };
        let others = self.item.editions.iter().filter(|edition| edition.record.lang != self.lang);
        if self.edition.record.original {
            work.with("workTranslation", others.map(reference).collect::<Vec<_>>())
        } else {
            work.with("translationOfWork", reference(self.item.original()))
        }
    }

    fn terms(&self, list: Vocabulary, kind: &str, property: &str) -> Vec<Json> {
        let all = self.shop.site.settings.terms(list);
        let named = self.fields().texts(list.name()).map(|id| {
            let name = all.iter().find(|term| term.id == id).map_or(id, |term| term.name.get(self.lang));
            Json::from(Thing::new(kind).with(property, name))
        });
        named.collect()
    }

    /// Our own corrections of this record; a rebuttal of somebody's claim is never one.
    fn corrections(&self) -> Vec<Json> {
        let all = self.item.links.corrected_by.iter().map(|at| (*at, self.shop.item(*at)));
        let own = all.filter(|(_, item)| item.kind.name == "correction" && item.original().record.fields.text("claim").is_none());
        let told = own.map(|(at, item)| {
            let edition = item.best(self.lang);
            Json::from(
                Thing::at("CorrectionComment", self.other(at))
                    .with("url", self.other(at))
                    .with("text", edition.record.fields.text("now").unwrap_or(&edition.summary))
                    .with("inLanguage", edition.record.lang.as_str())
                    .with("datePublished", item.published.map(|stamp| stamp.to_string())),
            )
        });
        let revised = self.fields().maps("revisions").filter(|revision| revision.flag("material")).map(|revision| {
            let note = markdown::plain(revision.text("note").unwrap_or_default());
            Json::from(
                Thing::new("CorrectionComment")
                    .with("text", note)
                    .with("datePublished", revision.stamp("date").map(|stamp| stamp.to_string())),
            )
        });
        told.chain(revised).collect()
    }

    /// Laws relied on and evidence given.
    fn citations(&self) -> Vec<Json> {
        let laws = self.fields().maps("legal_basis").map(|law| (law.text("text"), law.text("url"), "Legislation"));
        let shown = self.item.kind.name == "correction";
        let evidence =
            self.fields().maps("evidence").filter(|_| shown).map(|source| (source.text("title"), source.text("url"), "CreativeWork"));
        let cited = laws
            .chain(evidence)
            .map(|(name, url, kind)| Json::from(Thing::new(kind).with("name", name).with("url", url.map(|url| self.address(url)))));
        cited.collect()
    }

    /// Papers that anybody can open.
    fn documents(&self) -> Vec<Json> {
        let open = self.fields().maps("documents").filter(|document| document.text("withheld").is_none());
        let papers = open.filter_map(|document| {
            let file =
                |name: &str| self.shop.file(&format!("{}/{name}", self.edition.record.source.path.folder())).map(|route| route.href());
            let href = document.text("file").and_then(file).or_else(|| document.text("url").map(str::to_owned))?;
            let lang = match document.get("language") {
                Some(crate::model::record::Value::Lang(lang)) => Some(lang.to_string()),
                _ => None,
            };
            Some(Json::from(
                Thing::new("DigitalDocument")
                    .with("name", document.text("title"))
                    .with("url", self.address(&href))
                    .with("inLanguage", lang),
            ))
        });
        papers.collect()
    }
}

/// A date and the words for it, in plain text.
pub(super) fn words(fields: &Fields, name: &str) -> Option<String> {
    use crate::model::record::Value;
    let many = |items: &[Value]| items.iter().filter_map(Value::text).map(markdown::plain).collect::<Vec<_>>().join("\n");
    match fields.get(name)? {
        Value::List(items) => Some(many(items)),
        value => value.text().map(markdown::plain),
    }
}

/// Whether a stamp has come.
pub(super) fn reached(told: &Told<'_, '_>, stamp: Option<Stamp>) -> bool {
    stamp.is_some_and(|stamp| told.shop.site.now.reached(stamp))
}
