//! In: the site. Out: `/data/catalog.ttl` and `/data/catalog.jsonld`: what there is to download, for data portals.
//!
//! DCAT-AP 3 (<https://semiceu.github.io/DCAT-AP/releases/3.0.0/>). Both files are written from one list of statements,
//! without blank nodes, so that they say the same and can be compared. Where no licence was set, none is claimed.

mod graph;

use super::feed;
use super::format::Format;
use super::open_data::{self, Dataset};
use crate::model::date::{Day, Stamp};
use crate::model::finding::Checked;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::record::Value;
use crate::model::site::{ItemIx, Site};
use graph::{Graph, Object};

const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";

/// The format.
pub struct Dcat;

impl Format for Dcat {
    fn name(&self) -> &'static str {
        "dcat"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        type Writer = fn(&Graph) -> String;
        let files: [(&str, Writer); 2] = [("catalog.ttl", Graph::turtle), ("catalog.jsonld", Graph::json_ld)];
        let made = files.map(|(name, write)| {
            let path = open_data::address(name).file();
            Recipe::plain(path, "the catalogue", move |out| out.extend_from_slice(write(&statements(site)).as_bytes()))
        });
        Vec::from(made).into()
    }
}

/// A file of a dataset: its name within the dataset, address, media type, file type of the EU's list, what it conforms to.
struct File<'a> {
    name: &'a str,
    href: String,
    media: &'a str,
    kind: &'a str,
    standard: Option<String>,
}

struct Catalogue<'s> {
    site: &'s Site,
    graph: Graph,
    id: String,
}

fn statements(site: &Site) -> Graph {
    let id = site.settings.absolute("/data/catalog#catalogue");
    let mut made = Catalogue { site, graph: Graph::default(), id };
    made.catalogue();
    for dataset in open_data::datasets(site) {
        made.dataset(&dataset);
    }
    made.whole();
    made.graph
}

impl Catalogue<'_> {
    fn absolute(&self, href: &str) -> String {
        self.site.settings.absolute(href)
    }

    fn publisher(&self) -> String {
        self.absolute("/#body")
    }

    /// A text in every language of the site.
    fn say(&mut self, subject: &str, predicate: &'static str, text: impl Fn(&Self, Lang) -> String) {
        for lang in self.site.settings.languages.clone() {
            let said = text(self, lang);
            if !said.is_empty() {
                self.graph.add(subject, predicate, Object::Text(said, lang));
            }
        }
    }

    fn catalogue(&mut self) {
        let (id, publisher) = (self.id.clone(), self.publisher());
        self.graph.kind(&id, "dcat:Catalog");
        self.say(&id, "dct:title", |own, lang| {
            format!("{} · {}", own.site.settings.title.get(lang), own.site.messages.get(lang, "open-data"))
        });
        self.say(&id, "dct:description", |own, lang| own.site.messages.get(lang, "open-data-about"));
        self.graph.link(&id, "dct:publisher", publisher.clone());
        self.graph.kind(&publisher, "foaf:Agent");
        self.say(&publisher, "foaf:name", |own, lang| own.site.settings.title.get(lang).to_owned());
        self.graph.link(&publisher, "foaf:homepage", self.absolute("/"));
        self.graph.kind(&self.absolute("/"), "foaf:Document");
        self.graph.link(&id, "foaf:homepage", self.absolute("/data/"));
        self.graph.kind(&self.absolute("/data/"), "foaf:Document");
        self.languages(&id);
        self.licence(&id);
        let all: Vec<ItemIx> = (0..self.site.items.len()).collect();
        self.dates(&id, &all);
        self.contact();
    }

    fn languages(&mut self, subject: &str) {
        for lang in self.site.settings.languages.clone() {
            if let Some(code) = authority_code(lang) {
                let iri = format!("{AUTHORITY}/language/{code}");
                self.graph.kind(&iri, "dct:LinguisticSystem");
                self.graph.link(subject, "dct:language", iri);
            }
        }
    }

    fn licence(&mut self, subject: &str) {
        if let Some(licence) = self.site.settings.licence.clone() {
            self.graph.kind(&licence, "dct:LicenseDocument");
            self.graph.link(subject, "dct:license", licence);
        }
    }

    /// The day of the oldest record and of the last change.
    fn dates(&mut self, subject: &str, items: &[ItemIx]) {
        let day = |stamp: Stamp| stamp.day(&self.site.now.zone);
        let items = items.iter().map(|at| &self.site.items[*at]);
        let issued: Option<Day> = items.clone().filter_map(|item| item.published).map(day).min();
        let modified: Option<Day> = items.filter_map(|item| item.changed.or(item.published)).map(day).max();
        for (predicate, day) in [("dct:issued", issued), ("dct:modified", modified)] {
            if let Some(day) = day {
                self.graph.add(subject, predicate, Object::Day(day));
            }
        }
    }

    fn contact_id(&self) -> String {
        self.absolute("/data/catalog#contact")
    }

    fn contact(&mut self) {
        let (id, settings) = (self.contact_id(), &self.site.settings);
        let email = settings.contact.text("email").map(|email| format!("mailto:{email}"));
        let page = settings.contact.text("url").map(|url| if url.starts_with('/') { settings.absolute(url) } else { url.to_owned() });
        let name = settings.contact.get("name").cloned();
        self.graph.kind(&id, "vcard:Kind");
        self.graph.kind(&id, "vcard:Organization");
        self.say(&id, "vcard:fn", |own, lang| {
            let named = match &name {
                Some(Value::Named(texts)) => texts.iter().find(|(tag, _)| tag == lang.as_str()).and_then(|(_, text)| text.text()),
                Some(value) => value.text(),
                None => None,
            };
            named.unwrap_or(own.site.settings.title.get(lang)).to_owned()
        });
        for (predicate, target) in [("vcard:hasEmail", email), ("vcard:hasURL", page)] {
            if let Some(target) = target {
                self.graph.link(&id, predicate, target);
            }
        }
    }

    /// What is the same for every dataset.
    fn shared(&mut self, id: &str, items: &[ItemIx]) {
        self.graph.kind(id, "dcat:Dataset");
        self.graph.link(&self.id.clone(), "dcat:dataset", id.to_owned());
        self.graph.add(id, "dct:identifier", Object::Plain(id.to_owned()));
        self.graph.link(id, "dct:publisher", self.publisher());
        self.graph.link(id, "dcat:contactPoint", self.contact_id());
        for (predicate, kind, iri) in
            [("dcat:theme", "skos:Concept", "data-theme/GOVE"), ("dct:accrualPeriodicity", "dct:Frequency", "frequency/IRREG")]
        {
            let iri = format!("{AUTHORITY}/{iri}");
            self.graph.kind(&iri, kind);
            self.graph.link(id, predicate, iri);
        }
        self.languages(id);
        self.dates(id, items);
    }

    fn dataset(&mut self, dataset: &Dataset<'_>) {
        let site = self.site;
        let id = self.absolute(&format!("/data/catalog#{}", dataset.kind.folder));
        self.shared(&id, &dataset.index.items);
        self.say(&id, "dct:title", |own, lang| format!("{} · {}", own.site.settings.title.get(lang), dataset.words(site, lang).0));
        self.say(&id, "dct:description", |_, lang| dataset.words(site, lang).1);
        let list = dataset.index.routes.get(&site.settings.default_lang()).map(crate::model::route::Route::href).unwrap_or_default();
        self.graph.link(&id, "dcat:landingPage", self.absolute(&list));
        self.graph.kind(&self.absolute(&list), "foaf:Document");
        let dictionary = self.absolute(&open_data::address("dictionary.json").href());
        let table = open_data::address(&dataset.table()).href();
        self.distribution(&id, &File { name: "csv", href: table, media: "text/csv", kind: "CSV", standard: Some(dictionary) });
        // Records without a date are in no feed.
        if feed::has_entries(site, dataset.index) {
            self.feed(&id, list.trim_end_matches('/'));
        }
    }

    fn feed(&mut self, id: &str, below: &str) {
        let atom = Some("https://www.rfc-editor.org/rfc/rfc4287".to_owned());
        let href = format!("{below}/feed.atom");
        self.distribution(id, &File { name: "atom", href, media: "application/atom+xml", kind: "ATOM", standard: atom });
        let standard = Some("https://www.jsonfeed.org/version/1.1/".to_owned());
        self.distribution(
            id,
            &File { name: "feed", href: format!("{below}/feed.json"), media: "application/json", kind: "JSON", standard },
        );
    }

    /// All records in one file, and the controlled lists.
    fn whole(&mut self) {
        let all: Vec<ItemIx> = (0..self.site.items.len()).collect();
        let sets = [
            ("records", "data-everything", "/records.json", "application/json", "JSON"),
            ("terms", "data-terms", "/data/terms.csv", "text/csv", "CSV"),
        ];
        for (name, key, href, media, kind) in sets {
            let id = self.absolute(&format!("/data/catalog#{name}"));
            self.shared(&id, &all);
            self.say(&id, "dct:title", |own, lang| format!("{} · {}", own.site.settings.title.get(lang), own.site.messages.get(lang, key)));
            self.say(&id, "dct:description", |own, lang| own.site.messages.get(lang, &format!("{key}-about")));
            let dictionary = (kind == "CSV").then(|| self.absolute("/data/dictionary.json"));
            self.distribution(&id, &File { name: "file", href: href.to_owned(), media, kind, standard: dictionary });
        }
        let id = self.absolute("/data/catalog#records");
        self.feed(&id, "");
    }

    fn distribution(&mut self, dataset: &str, file: &File<'_>) {
        let id = format!("{dataset}-{}", file.name);
        let address = self.absolute(&file.href);
        self.graph.link(dataset, "dcat:distribution", id.clone());
        self.graph.kind(&id, "dcat:Distribution");
        self.graph.link(&id, "dcat:accessURL", address.clone());
        self.graph.link(&id, "dcat:downloadURL", address);
        let media = format!("http://www.iana.org/assignments/media-types/{}", file.media);
        self.graph.kind(&media, "dct:MediaType");
        self.graph.link(&id, "dcat:mediaType", media);
        let kind = format!("{AUTHORITY}/file-type/{}", file.kind);
        self.graph.kind(&kind, "dct:MediaTypeOrExtent");
        self.graph.link(&id, "dct:format", kind);
        if let Some(standard) = &file.standard {
            self.graph.kind(standard, "dct:Standard");
            self.graph.link(&id, "dct:conformsTo", standard.clone());
        }
        self.licence(&id);
    }
}

/// The code of a language in the EU's authority table.
fn authority_code(lang: Lang) -> Option<&'static str> {
    let codes = [
        ("ar", "ARA"),
        ("be", "BEL"),
        ("bg", "BUL"),
        ("cs", "CES"),
        ("da", "DAN"),
        ("de", "DEU"),
        ("el", "ELL"),
        ("en", "ENG"),
        ("es", "SPA"),
        ("et", "EST"),
        ("fa", "FAS"),
        ("fi", "FIN"),
        ("fr", "FRA"),
        ("ga", "GLE"),
        ("he", "HEB"),
        ("hr", "HRV"),
        ("hu", "HUN"),
        ("it", "ITA"),
        ("ka", "KAT"),
        ("kk", "KAZ"),
        ("lt", "LIT"),
        ("lv", "LAV"),
        ("mt", "MLT"),
        ("nb", "NOB"),
        ("nl", "NLD"),
        ("nn", "NNO"),
        ("no", "NOR"),
        ("pl", "POL"),
        ("pt", "POR"),
        ("ro", "RON"),
        ("ru", "RUS"),
        ("se", "SME"),
        ("sk", "SLK"),
        ("sl", "SLV"),
        ("so", "SOM"),
        ("sv", "SWE"),
        ("tr", "TUR"),
        ("uk", "UKR"),
    ];
    codes.iter().find(|(own, _)| *own == lang.primary()).map(|(_, code)| *code)
}
