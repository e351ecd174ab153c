//! In: the `record.json` of a version. Out: its fields by their names in the reader's language, each as safe HTML and as
//! plain paragraphs, which can be compared with those of another version.
//!
//! The text was checked when it was published, and again on its way in: Markdown goes through the same sanitiser as on the
//! page of the record. A field of a kind that has since changed is shown by what it holds.

use super::links::PageLinks;
use super::shop::{Shop, lang_name};
use crate::formats::dictionary;
use crate::model::date::Stamp;
use crate::model::kind::{Field, Kind, Shape};
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use crate::text::{escape, markdown};
use serde_json::{Map, Value as Json};

/// Fields whose word the interface has under another name; the rest are in the dictionary of the open data.
const LABELS: [(&str, &str); 66] = [
    ("abstained", "vote-abstained"),
    ("absent", "vote-absent"),
    ("action", "what-to-do-now"),
    ("against", "vote-against"),
    ("amends", "rel-amends"),
    ("amount", "cost"),
    ("attachments", "documents"),
    ("avoid", "what-not-to-do"),
    ("call", "who-to-call"),
    ("chosen", "chosen"),
    ("cons", "cons"),
    ("contact", "field-contact"),
    ("corrected_by", "rel-corrected-by"),
    ("date", "published"),
    ("did", "we-did"),
    ("dispensation", "dispensation"),
    ("doing", "what-we-do"),
    ("email", "field-contact"),
    ("event", "kind-alert"),
    ("exempt_ground", "withheld"),
    ("extra", "field-other"),
    ("for", "vote-for"),
    ("how", "how-to-appeal"),
    ("interest", "interests"),
    ("known", "what-we-know"),
    ("languages", "languages-spoken"),
    ("left_room", "left-room"),
    ("minutes", "minutes"),
    ("not_known", "what-we-do-not-know"),
    ("now", "now-reads"),
    ("officer", "officer"),
    ("partial", "partly-published"),
    ("phone", "field-contact"),
    ("place", "where"),
    ("places", "areas"),
    ("posted", "posted"),
    ("pros", "pros"),
    ("reason", "reason"),
    ("reference", "field-reference"),
    ("revisions", "changes-to-this-page"),
    ("roll", "vote-roll"),
    ("said", "you-said"),
    ("salary", "salary"),
    ("seats", "seats"),
    ("seen_at", "seen-at"),
    ("service", "kind-service"),
    ("services", "nav-service"),
    ("since", "wrong-since"),
    ("state", "state"),
    ("status", "result"),
    ("summary", "in-plain-language"),
    ("supersedes", "rel-supersedes"),
    ("text", "field-text"),
    ("time_needed", "time-needed"),
    ("timeline", "timeline"),
    ("title", "field-title"),
    ("to", "appeal-to"),
    ("type", "correction-type"),
    ("until", "valid-until"),
    ("updated", "updated"),
    ("url", "field-url"),
    ("vote", "how-they-voted"),
    ("was", "was-wrong"),
    ("ways", "ways"),
    ("where", "where"),
    ("withdrawn", "status-withdrawn"),
];

/// Entries of lists and maps that say what they are by themselves.
const PLAIN: [&str; 13] =
    ["date", "amount", "title", "name", "text", "note", "label", "url", "at", "currency", "period", "value", "summary"];

/// A field of a version.
pub(super) struct Piece {
    /// Its key; a version has each once.
    pub(super) name: String,
    /// Its name for readers.
    pub(super) label: String,
    /// What it says, safe.
    pub(super) html: String,
    /// What it says, in paragraphs of plain words.
    pub(super) blocks: Vec<String>,
    /// What it holds, as it was written.
    pub(super) raw: Json,
}

/// A version as its file holds it.
pub(super) struct Paper {
    /// The title.
    pub(super) title: String,
    /// The fields in the order of their kind, the text last; without the title.
    pub(super) pieces: Vec<Piece>,
}

/// Reads versions of one record.
pub(super) struct Reader<'r, 'p, 's> {
    pub(super) shop: &'p Shop<'s>,
    pub(super) lang: Lang,
    pub(super) kind: &'static Kind,
    pub(super) links: &'r PageLinks<'p, 's>,
}

/// What a value says.
#[derive(Default)]
struct Shown {
    html: String,
    blocks: Vec<String>,
}

impl Shown {
    fn text(text: &str) -> Shown {
        let blocks = if text.trim().is_empty() { Vec::new() } else { vec![text.trim().to_owned()] };
        Shown { html: escape::html(text).into_owned(), blocks }
    }
}

impl Reader<'_, '_, '_> {
    /// A version; nothing where the text is not one that this program has written.
    pub(super) fn read(&self, text: &str) -> Option<Paper> {
        let Ok(Json::Object(map)) = serde_json::from_str::<Json>(text) else { return None };
        let empty = Map::new();
        let fields = map.get("fields").and_then(Json::as_object).unwrap_or(&empty);
        let table = || self.kind.common.iter().chain(self.kind.fields);
        let mut pieces = Vec::new();
        for field in table().filter(|field| field.name != "title") {
            pieces.extend(fields.get(field.name).map(|value| self.piece(field.name, value, Some(&field.shape))));
        }
        let unknown = fields.iter().filter(|(name, _)| *name != "title" && !table().any(|field| field.name == *name));
        pieces.extend(unknown.map(|(name, value)| self.piece(name, value, None)));
        pieces.extend(map.get("attachments").map(|value| self.piece("attachments", value, None)));
        pieces.extend(map.get("text").filter(|text| **text != "").map(|text| self.piece("text", text, Some(&Shape::Markdown))));
        let title = map.get("title").and_then(Json::as_str).unwrap_or_default().to_owned();
        Some(Paper { title, pieces })
    }

    fn piece(&self, name: &str, value: &Json, shape: Option<&Shape>) -> Piece {
        let Shown { html, blocks } = self.value(value, shape, name);
        let label = self.label(name).unwrap_or_else(|| name.replace('_', " "));
        Piece { name: name.to_owned(), label, html, blocks, raw: value.clone() }
    }

    /// The name of a field for readers.
    pub(super) fn label(&self, name: &str) -> Option<String> {
        let own = LABELS.iter().find(|(own, _)| *own == name).map(|(_, key)| self.shop.words(self.lang, key));
        own.or_else(|| dictionary::label(self.shop.site, name, self.lang)).map(|label| label.trim_end_matches('.').to_owned())
    }

    fn value(&self, value: &Json, shape: Option<&Shape>, name: &str) -> Shown {
        match value {
            Json::String(text) => self.text(text, shape, name),
            Json::Bool(flag) => Shown::text(&self.shop.words(self.lang, if *flag { "field-yes" } else { "field-no" })),
            Json::Number(number) => Shown::text(&number.to_string()),
            Json::Null => Shown::default(),
            Json::Array(items) => {
                let inner = match shape {
                    Some(Shape::List(inner) | Shape::OneOrMany(inner)) => Some(*inner),
                    _ => None,
                };
                let mut all: Vec<Shown> = items.iter().map(|item| self.value(item, inner, name)).collect();
                if all.len() == 1 {
                    return all.remove(0);
                }
                let rows: String = all.iter().map(|shown| format!("<li>{}</li>", shown.html)).collect();
                Shown { html: format!("<ul>{rows}</ul>"), blocks: all.into_iter().flat_map(|shown| shown.blocks).collect() }
            }
            Json::Object(map) => self.map(map, shape),
        }
    }

    /// A map is one paragraph: its entries after one another, named where they need a name.
    fn map(&self, map: &Map<String, Json>, shape: Option<&Shape>) -> Shown {
        let table: &[Field] = match shape {
            Some(Shape::Map(table) | Shape::MapOrOff(table)) => table,
            _ => &[],
        };
        let known = table.iter().filter_map(|field| Some((field.name, map.get(field.name)?, Some(&field.shape))));
        let others = map.iter().filter(|(name, _)| !table.iter().any(|field| field.name == *name));
        let each = known.chain(others.map(|(name, value)| (name.as_str(), value, None)));
        let (mut html, mut words) = (String::new(), Vec::new());
        for (name, value, shape) in each {
            // A yes without a name says nothing.
            if value.is_boolean() && self.label(name).is_none() {
                continue;
            }
            let shown = self.value(value, shape, name);
            let label = self.label(name).filter(|_| !PLAIN.contains(&name)).map(|label| format!("{label}: ")).unwrap_or_default();
            html.push_str(&format!("<div>{}{}</div>", escape::html(&label), shown.html));
            words.push(format!("{label}{}", shown.blocks.join(" ")));
        }
        words.retain(|words| !words.is_empty());
        Shown { html, blocks: if words.is_empty() { Vec::new() } else { vec![words.join(" · ")] } }
    }

    fn text(&self, typed: &str, shape: Option<&Shape>, name: &str) -> Shown {
        let (site, lang) = (self.shop.site, self.lang);
        match shape {
            Some(Shape::Markdown) => self.markdown(typed),
            Some(Shape::Id(list)) => {
                let term = site.settings.terms(*list).iter().find(|term| term.id == typed);
                Shown::text(term.map_or(typed, |term| term.name.get(lang)))
            }
            Some(Shape::Ref(_)) => match site.by_id.get(&RecordId(typed.to_owned())) {
                Some(at) => Shown::text(self.shop.item(*at).best(lang).record.title()),
                None => Shown::text(typed),
            },
            Some(Shape::Day | Shape::Instant | Shape::Stamp) => match typed.parse::<Stamp>() {
                Ok(stamp) => Shown::text(&self.shop.dates.stamp(lang, stamp)),
                Err(_) => Shown::text(typed),
            },
            Some(Shape::Lang) => Shown::text(&typed.parse().map_or_else(|_| typed.to_owned(), lang_name)),
            Some(Shape::Word(_)) => {
                let key = format!("word-{}-{}", name.replace('_', "-"), typed.to_lowercase());
                Shown::text(&site.messages.lookup(lang, &key, &[]).unwrap_or_else(|| typed.to_owned()))
            }
            _ => match typed.parse::<u64>() {
                Ok(amount) if name == "amount" => Shown::text(&self.shop.dates.number(lang, amount)),
                _ => Shown::text(typed),
            },
        }
    }

    /// The words of each paragraph, then the addresses that its links lead to: they are part of what was said.
    fn markdown(&self, typed: &str) -> Shown {
        let rendered = markdown::render(typed, self.links);
        if rendered.fault.is_some() {
            return Shown { html: format!("<pre>{}</pre>", escape::html(typed)), blocks: paragraphs(typed) };
        }
        let mut blocks = paragraphs(&markdown::plain(typed));
        blocks.extend(rendered.links.iter().map(|link| link.target.clone()));
        blocks.extend(rendered.images.iter().map(|image| image.src.clone()));
        Shown { html: rendered.html, blocks }
    }
}

/// Paragraphs as they stand between empty lines; the lines of a list are paragraphs of their own.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
