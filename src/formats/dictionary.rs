//! In: the kinds' field tables. Out: `/data/dictionary.json`: what each column of each table means.
//!
//! CSVW, the W3C's Metadata Vocabulary for Tabular Data (Recommendation of 17 December 2015). A column's first title is
//! its name in the header; more titles follow in the site's languages where the interface has a word for it.

use super::csv::TERMS;
use super::format::Format;
use super::open_data::{self, Column, Holds, SEPARATOR};
use crate::model::finding::Checked;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::site::Site;
use serde_json::{Map, Value as Json, json};

/// A day, or a time with its offset; CSVW has no datatype for either of the two.
const STAMP: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}([+-][0-9]{2}:[0-9]{2}|Z))?";

/// Columns for which the interface has a word already; each with its message.
const LABELS: [(&str, &str); 60] = [
    ("agenda", "agenda"),
    ("announced", "announced-on-board"),
    ("appeal", "how-to-appeal"),
    ("appeal_to", "appeal-to"),
    ("appeal_until", "appeal-by"),
    ("approved", "approved"),
    ("areas", "areas"),
    ("audiences", "audiences"),
    ("body", "responsible"),
    ("category", "category"),
    ("certainty", "certainty"),
    ("changed", "updated"),
    ("claim", "the-claim"),
    ("closes", "closes"),
    ("consultation", "kind-consultation"),
    ("corrects", "corrects"),
    ("cost", "cost"),
    ("cost_amount", "cost"),
    ("decided", "decided-on"),
    ("decision", "what-was-decided"),
    ("decision_makers", "decision-makers"),
    ("decisions", "decisions-after"),
    ("documents", "documents"),
    ("effective", "effective"),
    ("employment", "employment"),
    ("ends", "ends"),
    ("events", "events"),
    ("evidence", "evidence"),
    ("expires", "expires"),
    ("fact", "what-is-true"),
    ("hours", "hours"),
    ("implemented", "implemented-on"),
    ("in_force", "in-force-from"),
    ("instruction", "what-to-do-now"),
    ("interests", "interests"),
    ("kept_at", "kept-at"),
    ("language", "language"),
    ("last_appeal_day", "last-day-to-appeal"),
    ("legal_basis", "legal-basis"),
    ("meeting", "kind-meeting"),
    ("next_update", "next-update"),
    ("notice_kind", "notice-kind"),
    ("onset", "onset"),
    ("opens", "opens"),
    ("options", "options"),
    ("outcome", "what-we-heard"),
    ("published", "published"),
    ("question", "the-question"),
    ("reasons", "why"),
    ("related", "related"),
    ("reservations", "reservations"),
    ("resolved", "all-clear"),
    ("response", "response"),
    ("severity", "severity"),
    ("starts", "starts"),
    ("take_down", "take-down"),
    ("take_part", "take-part"),
    ("topics", "topics"),
    ("urgency", "urgency"),
    ("verdict", "verdict"),
];

/// The format.
pub struct Dictionary;

impl Format for Dictionary {
    fn name(&self) -> &'static str {
        "dictionary"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let path = open_data::address("dictionary.json").file();
        let recipe = Recipe::plain(path, "the open data", move |out| {
            serde_json::to_writer_pretty(&mut *out, &group(site)).expect("writing to memory does not fail");
            out.push(b'\n');
        });
        vec![recipe].into()
    }
}

/// The word of the interface for a column, where it has one.
pub fn label(site: &Site, name: &str, lang: Lang) -> Option<String> {
    let (_, key) = LABELS.iter().find(|(own, _)| *own == name)?;
    site.messages.has(lang, key).then(|| site.messages.get(lang, key))
}

fn texts<'t>(texts: impl Iterator<Item = (Lang, String)> + 't) -> Json {
    Json::Array(texts.map(|(lang, text)| json!({"@value": text, "@language": lang.as_str()})).collect())
}

fn group(site: &Site) -> Json {
    let settings = &site.settings;
    let mut tables: Vec<Json> = Vec::new();
    for dataset in open_data::datasets(site) {
        let words = |lang: &Lang| (*lang, dataset.words(site, *lang));
        tables.push(json!({
            "url": dataset.table(),
            "dc:title": texts(settings.languages.iter().map(words).map(|(lang, (title, _))| (lang, title))),
            "dc:description": texts(settings.languages.iter().map(words).map(|(lang, (_, about))| (lang, about))),
            "tableSchema": {
                "columns": open_data::columns(dataset.kind).iter().map(|own| column(site, own)).collect::<Vec<_>>(),
                "primaryKey": ["id", "language"],
            },
        }));
    }
    let terms = TERMS.iter().map(|(name, about)| {
        let column = json!({"name": name, "titles": {"und": [name]}, "dc:description": english(about), "required": *name != "about"});
        with_datatype(column, if *name == "language" { json!("language") } else { json!("string") })
    });
    tables.push(json!({
        "url": "terms.csv",
        "tableSchema": {"columns": terms.collect::<Vec<_>>(), "primaryKey": ["list", "id", "language"]},
    }));
    let mut group = json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@type": "TableGroup",
        "@id": settings.absolute("/data/dictionary.json"),
        "dc:title": texts(settings.languages.iter().map(|lang| (*lang, settings.title.get(*lang).to_owned()))),
        "dc:publisher": {"@id": settings.absolute("/#body")},
        "dialect": {"encoding": "utf-8", "header": true, "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminators": ["\r\n"]},
    });
    if let Some(licence) = &settings.licence {
        group["dc:license"] = json!({"@id": licence});
    }
    group["tables"] = Json::Array(tables);
    group
}

fn english(text: &str) -> Json {
    json!({"@value": text, "@language": "en"})
}

fn with_datatype(mut column: Json, datatype: Json) -> Json {
    column["datatype"] = datatype;
    column
}

fn column(site: &Site, own: &Column) -> Json {
    let mut titles = Map::from_iter([("und".to_owned(), json!([own.name]))]);
    for lang in &site.settings.languages {
        titles.extend(label(site, &own.name, *lang).map(|label| (lang.to_string(), json!([label]))));
    }
    let mut column = json!({"name": own.name, "titles": titles, "dc:description": english(own.about)});
    if own.required {
        column["required"] = json!(true);
    }
    if own.many {
        column["separator"] = json!(SEPARATOR.to_string());
    }
    with_datatype(column, datatype(own.holds))
}

fn datatype(holds: Holds) -> Json {
    match holds {
        Holds::Text => json!("string"),
        Holds::Markdown => json!({"base": "string", "dc:format": "text/markdown"}),
        Holds::Flag => json!("boolean"),
        Holds::Count => json!("nonNegativeInteger"),
        Holds::Day => json!("date"),
        Holds::Instant => json!("dateTimeStamp"),
        Holds::Stamp => json!({"base": "string", "format": STAMP}),
        Holds::Url => json!("anyURI"),
        Holds::Word(words) => json!({"base": "string", "format": words.join("|")}),
        Holds::Lang => json!("language"),
        Holds::Json => json!("json"),
    }
}
