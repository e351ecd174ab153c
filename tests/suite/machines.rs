//! What other machines read: JSON-LD by its vocabulary, tables by a reader of CSV, the catalogue by two parsers of RDF.

use crate::sandbox::Sandbox;
use oxttl::TurtleParser;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const SETTINGS: &str = "title: {sv: Norrviks kommun, en: Norrvik Municipality}\ntagline: {en: What Norrvik decides}\nurl: https://norrvik.example\n\
languages: [en, sv]\ntime_zone: Europe/Stockholm\nlicence: https://creativecommons.org/publicdomain/zero/1.0/\n\
accounts: [https://social.norrvik.example/@norrvik]\nfediverse_creator: \"@norrvik@social.norrvik.example\"\n\
contact: {name: {en: Contact centre}, email: record@norrvik.example, phone: 0910-00 00 00, address: Storgatan 1, url: /pages/contact/}\n\
security: {contact: [mailto:security@norrvik.example, https://norrvik.example/report], expires: 2027-06-30, policy: /pages/about/, languages: [sv]}\n\
bodies: {council: {name: Municipal Council, seats: 49}, director: {name: Director}}\ntopics: {water: {name: Water}}\n\
audiences: {everyone: {name: Everyone}}\nplaces: {soderby: {name: \"Söderby, östra\", about: \"=1+1\"}}\n";

/// One record of each kind with what its page can say.
const RECORDS: [(&str, &str); 13] = [
    (
        "decisions/2026/fees.md",
        "title: \"=HYPERLINK(1), \\\"fees\\\" </script><b>\"\nsummary: New fees | for water.\ndate: 2026-11-01\nupdated: 2026-11-03\nreference: \"0123\"\nbody: council\n\
         topics: [water]\naudiences: [everyone]\nplaces: [soderby]\ndecided: 2026-11-01\ndecision: [First clause., Second clause.]\ndecision_makers: [A | B, C]\nrule: true\n\
         in_force: 2026-11-10\nuntil: 2027-12-31\nsupersedes: [decisions/2025/fees]\nlegal_basis: [{text: Water Act, url: https://law.example/}]\n\
         consultation: consultations/2026/fees\nappeal: {to: The court, how: [Write.], until: 2026-12-01}\nvote: {for: 30, against: 1}\n\
         documents: [{title: Report, url: https://norrvik.example/a.pdf, language: sv}, {title: Secret, withheld: Law}]\n\
         revisions: [{date: 2026-11-03, note: The *fee* was wrong., material: true}]",
    ),
    ("decisions/2026/fees.sv.md", "title: Avgifter\nsummary: Nya avgifter.\nupdated: 2026-11-03\ndecision: [Första., Andra.]"),
    (
        "decisions/2025/fees.md",
        "title: Old fees\nsummary: Old.\ndate: 2025-01-01\ndecided: 2025-01-01\ndecision: [Yes.]\nrule: true\nappeal: false",
    ),
    (
        "decisions/2026/library.md",
        "title: Library\nsummary: It stays.\ndate: 2026-11-02\nreference: \"0124\"\nbody: director\ndecided: 2026-11-02\ndecision: [Yes.]",
    ),
    (
        "alerts/2026/boil.md",
        "title: Boil\nsummary: Boil your water.\ndate: 2026-11-17\nevent: Bacteria\ncategory: [Health, Safety]\nseverity: Severe\nurgency: Immediate\ncertainty: Observed\n\
         areas: [{name: East, polygon: '64.7,21.0 64.7,21.1 64.8,21.1 64.7,21.0', circle: '64.7,21.0 5'}]\neffective: 2026-11-17T06:40:00+01:00\ninstruction: [Boil **all** water.]\n\
         expires: 2026-12-01T00:00:00+01:00",
    ),
    (
        "consultations/2026/fees.md",
        "title: Fees\nsummary: What do you think?\ndate: 2026-05-01\nopens: 2026-05-04\ncloses: 2026-06-12T23:59:00+02:00\n\
         events: [{title: Open evening, at: 2026-05-20T18:00:00+02:00, where: Library}]",
    ),
    (
        "corrections/2026/rumour.md",
        "title: The library is ours\nsummary: It is.\ndate: 2026-11-12\nclaim: It has been sold.\nseen_at: [A local group]\nverdict: 'false'\nfact: We own **it**.\n\
         evidence: [{title: Register, url: https://norrvik.example/register}]",
    ),
    (
        "corrections/2026/joke.md",
        "title: A joke\nsummary: It is a joke.\ndate: 2026-11-12\nclaim: The mayor is a moose.\nverdict: satire\nfact: She is not.",
    ),
    (
        "corrections/2026/ours.md",
        "title: We were wrong\nsummary: The fee is 4.\ndate: 2026-11-13\ncorrects: decisions/2026/library\ntype: clerical\nwas: 5\nnow: It is 4.",
    ),
    (
        "services/water.md",
        "title: Water\nsummary: In every tap.\nbody: director\ncontact: {phone: 0910-1}\naction: {label: Apply, url: 'https://apply.norrvik.example/'}\nways: [online, phone]",
    ),
    (
        "meetings/2026/council.md",
        "title: Council\nsummary: A meeting.\ndate: 2026-11-01\nbody: council\nstarts: 2026-11-18T17:00:00+01:00\nends: 2026-11-18T21:00:00+01:00\nwhere: Town Hall\n\
         withdrawn: {date: 2026-11-10, reason: Snow.}",
    ),
    (
        "vacancies/2026/nurse.md",
        "title: Nurse\nsummary: Work with us.\ndate: 2026-11-01\ncloses: 2026-12-01\nemployment: Permanent\nplace: Söderby",
    ),
    ("pages/about.md", "title: About\nsummary: About us."),
];

fn town() -> Sandbox {
    let town = Sandbox::new();
    town.write("promulgate.yaml", SETTINGS.as_bytes());
    for (path, fields) in RECORDS {
        town.write(&format!("content/{path}"), format!("---\n{fields}\n---\nText.\n").as_bytes());
    }
    let said = town.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    town
}

/// The JSON-LD of a page; a page has at most one block.
fn block(html: &str) -> Option<Value> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    let (json, rest) = rest.split_once("</script>").expect("a script ends");
    assert!(!rest.contains("application/ld+json") && !json.contains('<'), "one block, without `<`: {json}");
    Some(serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}")))
}

fn pages(folder: &Path) -> BTreeMap<String, String> {
    let all = crate::sandbox::files_below(folder).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "html"));
    all.map(|path| (path.strip_prefix(folder).expect("below").display().to_string(), fs::read_to_string(&path).expect("a page"))).collect()
}

/// Classes and properties of schema.org, release 30.
struct Vocabulary {
    parents: BTreeMap<&'static str, Vec<&'static str>>,
    properties: BTreeMap<&'static str, (Vec<&'static str>, Vec<&'static str>)>,
}

impl Vocabulary {
    fn read() -> Vocabulary {
        let lines = |text: &'static str| text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
        let names = |cell: &'static str| cell.split_whitespace().collect::<Vec<_>>();
        let classes = lines(include_str!("../data/schemaorg/classes.tsv"));
        let properties = lines(include_str!("../data/schemaorg/properties.tsv"));
        Vocabulary {
            parents: classes.map(|row| (row[0], names(row[1]))).collect(),
            properties: properties.map(|row| (row[0], (names(row[1]), names(row[2])))).collect(),
        }
    }

    fn is(&self, class: &str, wanted: &str) -> bool {
        class == wanted || self.parents.get(class).is_some_and(|parents| parents.iter().any(|parent| self.is(parent, wanted)))
    }

    /// What is wrong with a node and all within it.
    fn faults(&self, node: &Value, out: &mut BTreeSet<String>) {
        let kind = node["@type"].as_str().unwrap_or("no type");
        if !self.parents.contains_key(kind) {
            out.insert(format!("`{kind}` is no class"));
        }
        for (name, value) in node.as_object().expect("a node").iter().filter(|(name, _)| !name.starts_with('@')) {
            // An action's input says how its property is filled (schema.org/docs/actions.html).
            let property = name.strip_suffix("-input").unwrap_or(name);
            let Some((domains, ranges)) = self.properties.get(property) else {
                out.insert(format!("`{name}` is no property"));
                continue;
            };
            if !domains.iter().any(|domain| self.is(kind, domain)) {
                // `query-input` annotates the property `query`.
                out.insert(format!("`{name}` is no property of {kind}"));
            }
            for value in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
                if value.is_object() {
                    self.faults(value, out);
                    let class = value["@type"].as_str().unwrap_or_default();
                    if !ranges.iter().any(|range| self.is(class, range)) {
                        out.insert(format!("`{name}` of {kind} is no {class}"));
                    }
                } else if !ranges.iter().any(|range| self.plain(value, range)) {
                    out.insert(format!("`{name}` of {kind} is no {value}"));
                }
            }
        }
    }

    fn plain(&self, value: &Value, range: &str) -> bool {
        let text = value.as_str().unwrap_or_default();
        let days = text.len() >= 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        let zoned = days && text.len() >= 20 && (text.ends_with('Z') || text[19..].starts_with(['+', '-']));
        match range {
            "Text" | "CssSelectorType" => value.is_string(),
            // Anything at all may be given by its address.
            "URL" | "Thing" => text.starts_with("https://") || text.starts_with("http://"),
            "Date" => days && text.len() == 10,
            "DateTime" => zoned,
            "Boolean" => value.is_boolean(),
            "Number" | "Integer" => value.is_number(),
            // A member of an enumeration stands as its address.
            other => {
                self.is(other, "Enumeration")
                    && [
                        "https://schema.org/InForce",
                        "https://schema.org/NotInForce",
                        "https://schema.org/EventScheduled",
                        "https://schema.org/EventCancelled",
                    ]
                    .contains(&text)
            }
        }
    }
}

#[test]
fn every_page_says_only_what_schema_org_knows() {
    let vocabulary = Vocabulary::read();
    let mut faults = BTreeSet::new();
    vocabulary
        .faults(&serde_json::json!({"@type": "Event", "headline": "x", "startDate": "soon", "organizer": {"@type": "Place"}}), &mut faults);
    assert_eq!(faults.len(), 3, "the check can fail: {faults:?}");
    let norrvik = Sandbox::new();
    let out = norrvik.path("public");
    crate::browser::build_norrvik(&out);
    let town = town();
    let (mut faults, mut seen, mut bare) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (path, html) in pages(&out).into_iter().chain(pages(&town.path("public"))) {
        match block(&html) {
            None if html.contains("noindex") || html.contains("http-equiv=\"refresh\"") => {}
            None => bare.push(path),
            Some(graph) => {
                assert_eq!(graph["@context"], "https://schema.org");
                for node in graph["@graph"].as_array().expect("a graph") {
                    vocabulary.faults(node, &mut faults);
                    seen.insert(node["@type"].as_str().expect("a type").to_owned());
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(bare.is_empty(), "pages that say nothing: {bare:?}");
    for kind in
        "AboutPage Article BreadcrumbList ClaimReview CollectionPage DataCatalog Dataset Event GovernmentOrganization Legislation Report \
                 SpecialAnnouncement WebPage WebSite"
            .split_whitespace()
    {
        assert!(seen.contains(kind), "no page is about a {kind}: {seen:?}");
    }
}

fn main_node(town: &Sandbox, page: &str) -> Value {
    block(&town.read(&format!("public/{page}/index.html"))).expect("a block")["@graph"][0].clone()
}

#[test]
fn no_page_claims_what_the_record_does_not_say() {
    let town = town();
    let rule = main_node(&town, "decisions/2026/fees");
    assert_eq!(rule["@type"], "Legislation");
    assert_eq!(rule["legislationIdentifier"], "0123");
    assert_eq!(rule["legislationLegalForce"], "https://schema.org/InForce");
    assert_eq!(rule["legislationRepeals"][0]["@id"], "https://norrvik.example/decisions/2025/fees/");
    assert_eq!(rule["workTranslation"][0]["inLanguage"], "sv");
    assert_eq!(rule["hasPart"].as_array().map(Vec::len), Some(1), "a withheld paper is not offered");
    assert_eq!(main_node(&town, "sv/decisions/2026/fees")["translationOfWork"]["@id"], "https://norrvik.example/decisions/2026/fees/");
    let library = main_node(&town, "decisions/2026/library");
    assert_eq!((&library["@type"], &library["reportNumber"]), (&"Report".into(), &"0124".into()));
    assert_eq!(library["correction"][0]["text"], "It is 4.");
    assert_eq!(library["author"]["@type"], "Organization", "an officer is no organ of government");
    let rumour = main_node(&town, "corrections/2026/rumour");
    assert_eq!((&rumour["@type"], &rumour["reviewRating"]["ratingValue"]), (&"ClaimReview".into(), &1.into()));
    assert!(main_node(&town, "corrections/2026/joke")["reviewRating"].get("ratingValue").is_none(), "satire is not rated");
    assert_eq!(main_node(&town, "corrections/2026/ours")["@type"], "Article", "our own error is no claim of others");
    let meeting = &main_node(&town, "meetings/2026/council")["mainEntity"];
    assert_eq!(meeting["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(meeting["startDate"], "2026-11-18T17:00:00+01:00");
    let alert = main_node(&town, "alerts/2026/boil");
    assert_eq!(alert["spatialCoverage"][0]["geo"]["circle"], "64.7 21.0 5000");
    assert_eq!(alert["text"], "Boil your water.\nBoil all water.");
    let site = block(&town.read("public/index.html")).expect("a block");
    assert!(
        site["@graph"][0].get("potentialAction").is_some() == town.path("public/search/index.html").exists(),
        "no search is offered where none is"
    );
    assert_eq!(site["@graph"][1]["sameAs"][0], "https://social.norrvik.example/@norrvik");
}

#[test]
fn a_reader_of_csv_finds_every_edition_under_the_columns_of_the_dictionary() {
    let town = town();
    let dictionary: Value = serde_json::from_str(&town.read("public/data/dictionary.json")).expect("JSON");
    let mut tables = 0;
    for table in dictionary["tables"].as_array().expect("tables") {
        let name = table["url"].as_str().expect("a name");
        let text = town.read(&format!("public/data/{name}"));
        assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{name}");
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let columns = table["tableSchema"]["columns"].as_array().expect("columns");
        let named: Vec<&str> = columns.iter().map(|column| column["name"].as_str().expect("a name")).collect();
        assert_eq!(header, named, "{name}");
        assert_eq!(header.iter().collect::<BTreeSet<_>>().len(), header.len(), "{name}: no name twice");
        let key: Vec<usize> = table["tableSchema"]["primaryKey"]
            .as_array()
            .expect("a key")
            .iter()
            .map(|own| named.iter().position(|name| own == name).expect("a column"))
            .collect();
        let mut keys = BTreeSet::new();
        for row in reader.records() {
            let row = row.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(keys.insert(key.iter().map(|at| row[*at].to_owned()).collect::<Vec<_>>()), "{name}: a key twice");
            for (cell, column) in row.iter().zip(columns) {
                assert!(!cell.starts_with(['=', '+', '@', '\t']), "{name}: a spreadsheet would run {cell}");
                assert!(!cell.is_empty() || column["required"] != true, "{name}: {column} is required");
                match &column["datatype"] {
                    json if *json == "json" && !cell.is_empty() => {
                        drop(serde_json::from_str::<Value>(cell).unwrap_or_else(|error| panic!("{name}: {error}: {cell}")))
                    }
                    date if *date == "date" && !cell.is_empty() => {
                        assert!(cell.len() == 10 && cell.as_bytes()[4] == b'-', "{name}: {cell}")
                    }
                    flag if *flag == "boolean" => assert!(matches!(cell, "" | "true" | "false"), "{name}: {cell}"),
                    _ => {}
                }
            }
        }
        tables += 1;
    }
    assert_eq!(tables, 9, "eight kinds and the lists");
    let text = town.read("public/data/decisions.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 4);
    let fees = rows.iter().find(|row| row["id"] == "decisions/2026/fees" && row["language"] == "en").expect("the fees");
    assert_eq!(fees["title"], "'=HYPERLINK(1), \"fees\" </script><b>");
    assert_eq!(fees["reference"], "0123", "a number keeps its zero");
    assert_eq!(fees["summary"], "New fees | for water.", "a text that is no list stays as typed");
    assert_eq!(fees["decision_makers"], "A ¦ B|C", "a separator within an item makes no third");
    assert_eq!(fees["decision"], "First clause.\n\nSecond clause.");
    assert_eq!((fees["appeal"].as_str(), fees["appeal_to"].as_str(), fees["vote_for"].as_str()), ("true", "The court", "30"));
    assert_eq!(rows.iter().find(|row| row["id"] == "decisions/2025/fees").expect("the old ones")["appeal"], "false");
    let swedish = rows.iter().find(|row| row["language"] == "sv").expect("a translation");
    assert_eq!((swedish["title"].as_str(), swedish["reference"].as_str(), swedish["original"].as_str()), ("Avgifter", "0123", "false"));
}

type Triples = BTreeSet<String>;

fn triples(town: &Sandbox) -> (Triples, Triples) {
    let turtle = town.read("public/data/catalog.ttl");
    let json = town.read("public/data/catalog.jsonld");
    let turtle = TurtleParser::new().for_reader(turtle.as_bytes()).map(|triple| triple.expect("Turtle").to_string()).collect();
    let json = oxjsonld::JsonLdParser::new().for_reader(json.as_bytes()).map(|quad| {
        let quad = quad.expect("JSON-LD");
        format!("{} {} {}", quad.subject, quad.predicate, quad.object)
    });
    (turtle, json.collect())
}

#[test]
fn both_files_of_the_catalogue_say_the_same_and_all_that_dcat_ap_wants() {
    let town = town();
    let (turtle, json) = triples(&town);
    assert_eq!(turtle, json);
    const KIND: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
    let of = |class: &str| -> Vec<String> {
        let ending = format!(" {KIND} <{class}>");
        turtle.iter().filter_map(|triple| triple.strip_suffix(ending.as_str()).map(str::to_owned)).collect()
    };
    let dcat = "http://www.w3.org/ns/dcat#";
    let dct = "http://purl.org/dc/terms/";
    let wanted = [
        (
            format!("{dcat}Catalog"),
            vec![
                format!("{dct}title"),
                format!("{dct}description"),
                format!("{dct}publisher"),
                format!("{dct}license"),
                format!("{dcat}dataset"),
            ],
        ),
        (
            format!("{dcat}Dataset"),
            ["title", "description", "publisher", "language", "accrualPeriodicity", "issued", "modified", "identifier"]
                .iter()
                .map(|name| format!("{dct}{name}"))
                .chain(["theme", "contactPoint", "distribution"].iter().map(|name| format!("{dcat}{name}")))
                .collect(),
        ),
        (
            format!("{dcat}Distribution"),
            vec![
                format!("{dcat}accessURL"),
                format!("{dcat}downloadURL"),
                format!("{dcat}mediaType"),
                format!("{dct}format"),
                format!("{dct}license"),
            ],
        ),
        ("http://xmlns.com/foaf/0.1/Agent".to_owned(), vec!["http://xmlns.com/foaf/0.1/name".to_owned()]),
        (
            "http://www.w3.org/2006/vcard/ns#Kind".to_owned(),
            vec!["http://www.w3.org/2006/vcard/ns#fn".to_owned(), "http://www.w3.org/2006/vcard/ns#hasEmail".to_owned()],
        ),
    ];
    for (class, properties) in wanted {
        let subjects = of(&class);
        assert!(!subjects.is_empty(), "no {class}");
        for subject in subjects {
            // Services, pages such as the contact page, and the lists have no day.
            let undated = ["services", "pages", "terms"].iter().any(|id| subject.ends_with(&format!("/data/catalog#{id}>")));
            for property in
                properties.iter().filter(|property| !(undated && (property.ends_with("/issued") || property.ends_with("/modified"))))
            {
                assert!(turtle.iter().any(|triple| triple.starts_with(&format!("{subject} <{property}> "))), "{subject} has no {property}");
            }
        }
    }
    assert_eq!(of(&format!("{dcat}Dataset")).len(), 10, "eight kinds, all records, the lists");
    for triple in turtle.iter().filter(|triple| triple.contains("downloadURL")) {
        let address = triple.rsplit('<').next().expect("an address").trim_end_matches('>');
        let path = address.strip_prefix("https://norrvik.example/").expect("on the site");
        assert!(town.path(&format!("public/{path}")).exists(), "{path} can be fetched");
    }
}

#[test]
fn the_head_tells_other_programs_who_what_and_where() {
    let town = town();
    let html = town.read("public/decisions/2026/fees/index.html");
    let head = html.split("</head>").next().expect("a head");
    for wanted in [
        "<link rel=\"canonical\" href=\"https://norrvik.example/decisions/2026/fees/\">",
        "<link rel=\"alternate\" hreflang=\"sv\" href=\"https://norrvik.example/sv/decisions/2026/fees/\">",
        "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://norrvik.example/decisions/2026/fees/\">",
        "<link rel=\"alternate\" type=\"application/json\" href=\"/decisions/2026/fees/record.json\">",
        "<link rel=\"me\" href=\"https://social.norrvik.example/@norrvik\">",
        "<meta property=\"og:title\" content=\"=HYPERLINK(1), &quot;fees&quot; &lt;/script&gt;&lt;b&gt;\">",
        "<meta property=\"og:locale\" content=\"en_GB\">",
        "<meta property=\"og:locale:alternate\" content=\"sv_SE\">",
        "<meta property=\"og:url\" content=\"https://norrvik.example/decisions/2026/fees/\">",
        "<meta property=\"article:published_time\" content=\"2026-11-01\">",
        "<meta property=\"article:modified_time\" content=\"2026-11-03\">",
        "<meta name=\"fediverse:creator\" content=\"@norrvik@social.norrvik.example\">",
    ] {
        assert!(head.contains(wanted), "{wanted} is missing in\n{head}");
    }
    assert!(town.path("public/decisions/2026/fees/record.json").exists());
}

#[test]
fn reports_of_weaknesses_find_their_way() {
    let town = town();
    assert_eq!(
        town.read("public/.well-known/security.txt"),
        "Contact: mailto:security@norrvik.example\r\nContact: https://norrvik.example/report\r\nExpires: 2027-06-30T22:00:00Z\r\n\
         Canonical: https://norrvik.example/.well-known/security.txt\r\nPolicy: https://norrvik.example/pages/about/\r\nPreferred-Languages: sv\r\n"
    );
    let again = town.run(&["build"]);
    assert!(
        again.code == 0 && again.stderr.contains(" 0 written"),
        "a folder whose name begins with a dot is ours as well: {}",
        again.stderr
    );
    for (wrong, code) in [
        ("security: {contact: http://norrvik.example/, expires: 2027-01-01}", "bad-settings"),
        ("fediverse_creator: norrvik", "bad-settings"),
        ("security: {contact: 'mailto:a@b.example'}", "missing-field"),
    ] {
        town.write("promulgate.yaml", format!("title: Norrvik\nurl: https://norrvik.example\nlanguages: [en]\n{wrong}\n").as_bytes());
        let said = town.run(&["check"]);
        assert!(said.code != 0 && said.stderr.contains(code), "{wrong}: {}", said.stderr);
    }
}
