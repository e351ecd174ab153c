//! In: a record in a language. Out: the nodes of its page, by kind.

use super::work::{Told, reached, words};
use super::{Thing, about_the_body};
use crate::formats::html::shop::Shop;
use crate::model::record::Fields;
use crate::model::site::{Edition, Item, ItemIx};
use serde_json::Value as Json;

/// The nodes of a record's page.
pub(in crate::formats::html) fn record(shop: &Shop<'_>, item: &Item, edition: &Edition) -> Vec<Json> {
    let url = shop.site.settings.absolute(&edition.route.href());
    let told = Told { shop, item, edition, lang: edition.record.lang, url };
    match item.kind.name {
        "decision" if told.fields().flag("rule") => vec![rule(&told)],
        "decision" => vec![decision(&told)],
        "update" => vec![article(&told).with("about", services(&told, &item.links.services)).into()],
        "alert" => vec![alert(&told)],
        "consultation" => consultation(&told),
        "correction" if told.fields().text("claim").is_some() => vec![rebuttal(&told)],
        "correction" => vec![article(&told).with("about", corrected(&told)).into()],
        "service" => vec![page_about(&told, service(&told))],
        "meeting" => vec![page_about(&told, meeting(&told))],
        "vacancy" => vec![page_about(&told, vacancy(&told))],
        "page" => page(&told),
        _ => vec![article(&told).into()],
    }
}

fn article(told: &Told<'_, '_>) -> Thing {
    told.work("Article").with("headline", told.edition.record.title()).with("author", told.committee())
}

/// A decision is a report on what was decided; it has a number where the body gave it one.
fn decision(told: &Told<'_, '_>) -> Json {
    let number = told.fields().text("reference");
    told.work(if number.is_some() { "Report" } else { "Article" })
        .with("headline", told.edition.record.title())
        .with("author", told.committee())
        .with("reportNumber", number)
        .with("isBasedOn", told.item.links.consultation.map(|at| told.other(at)))
        .into()
}

/// A decision that is itself a rule.
fn rule(told: &Told<'_, '_>) -> Json {
    let (item, fields) = (told.item, told.fields());
    let over = matches!(item.status.word, "withdrawn" | "superseded" | "expired");
    let force = match fields.stamp("in_force") {
        None => None,
        begins if reached(told, begins) && !over => Some("https://schema.org/InForce"),
        _ => Some("https://schema.org/NotInForce"),
    };
    told.work("Legislation")
        .with("headline", told.edition.record.title())
        .with("legislationIdentifier", fields.text("reference"))
        .with("legislationDate", told.stamp("decided"))
        .with("legislationPassedBy", told.committee())
        .with("legislationLegalForce", force)
        .with("legislationRepeals", rules(told, &item.links.supersedes))
        .with("legislationAmends", rules(told, &item.links.amends))
        .with("isBasedOn", item.links.consultation.map(|at| told.other(at)))
        .into()
}

/// Those of some decisions that are rules.
fn rules(told: &Told<'_, '_>, all: &[ItemIx]) -> Vec<Json> {
    let rules = all.iter().filter(|at| told.shop.item(**at).original().record.fields.flag("rule"));
    rules.map(|at| Thing::at("Legislation", told.other(*at)).into()).collect()
}

fn services(told: &Told<'_, '_>, all: &[ItemIx]) -> Vec<Json> {
    let service = |at: &ItemIx| {
        let url = told.other(*at);
        let name = told.shop.item(*at).best(told.lang).record.title();
        Json::from(Thing::at("GovernmentService", format!("{url}#service")).with("name", name).with("url", url))
    };
    all.iter().map(service).collect()
}

fn alert(told: &Told<'_, '_>) -> Json {
    let fields = told.fields();
    let instruction = words(fields, "instruction").unwrap_or_default();
    let text = format!("{}\n{instruction}", told.edition.summary);
    let category: Vec<&str> = fields.list("category").iter().filter_map(crate::model::record::Value::text).collect();
    let feed = told.shop.kind_index("alert").and_then(|index| index.routes.get(&told.lang));
    let feed = feed.map(|route| told.address(&format!("{}/feed.atom", route.href().trim_end_matches('/'))));
    told.work("SpecialAnnouncement")
        .with("headline", told.edition.record.title())
        .with("text", text.trim())
        .with("category", category)
        .with("spatialCoverage", fields.maps("areas").map(area).collect::<Vec<_>>())
        .with("webFeed", feed)
        .into()
}

/// A place in words and, where the alert draws it, as a shape; CAP gives radii in kilometres, schema.org in metres.
fn area(area: &Fields) -> Json {
    let circle = area.text("circle").and_then(|circle| {
        let (centre, radius) = circle.trim().rsplit_once(' ')?;
        let metres = radius.parse::<f64>().ok()? * 1000.0;
        Some(format!("{} {metres:.0}", centre.replace(',', " ")))
    });
    let shape = (circle.is_some() || area.text("polygon").is_some())
        .then(|| Thing::new("GeoShape").with("polygon", area.text("polygon")).with("circle", circle));
    Thing::new("Place").with("name", area.text("name")).with("geo", shape).into()
}

fn consultation(told: &Told<'_, '_>) -> Vec<Json> {
    let events = told.fields().maps("events").enumerate().map(|(at, event)| {
        let place = event.text("where").map(|name| Thing::new("Place").with("name", name));
        let when = event.stamp("at").map(|stamp| stamp.to_string());
        let event = Thing::at("Event", format!("{}#event-{}", told.url, at + 1)).with("name", event.text("title")).with("startDate", when);
        Json::from(event.with("location", place).with("organizer", told.committee()).with("eventStatus", status_of_event(told)))
    });
    let events: Vec<Json> = events.collect();
    let named = events.iter().filter_map(|event| Some(Json::from(Thing::at("Event", event["@id"].as_str()?))));
    let mut nodes = vec![article(told).with("mentions", named.collect::<Vec<_>>()).into()];
    nodes.extend(events);
    nodes
}

/// The record that one of our corrections puts right.
fn corrected(told: &Told<'_, '_>) -> Vec<Json> {
    let wrong = told.item.links.corrects.iter().map(|at| {
        let title = told.shop.item(*at).best(told.lang).record.title();
        Json::from(Thing::at("CreativeWork", told.other(*at)).with("name", title).with("url", told.other(*at)))
    });
    wrong.collect()
}

/// A claim by others, held against the facts.
fn rebuttal(told: &Told<'_, '_>) -> Json {
    let fields = told.fields();
    let seen = fields.texts("seen_at").map(|place| Json::from(Thing::new("CreativeWork").with("name", place)));
    let claim = Thing::new("Claim").with("text", fields.text("claim")).with("appearance", seen.collect::<Vec<_>>());
    let rating = fields.text("verdict").map(|verdict| {
        let name = told.shop.words(told.lang, &format!("word-verdict-{verdict}"));
        let number = match verdict {
            "false" => Some(1),
            "misleading" | "outdated" => Some(2),
            "missing-context" => Some(3),
            "true" => Some(5),
            // Satire is neither right nor wrong.
            _ => None,
        };
        let rating = Thing::new("Rating").with("alternateName", name);
        match number {
            Some(number) => rating.with("ratingValue", number).with("worstRating", 1).with("bestRating", 5),
            None => rating,
        }
    });
    told.work("ClaimReview")
        .with("headline", told.edition.record.title())
        .with("author", told.publisher())
        .with("claimReviewed", fields.text("claim"))
        .with("itemReviewed", claim)
        .with("reviewBody", words(fields, "fact"))
        .with("reviewRating", rating)
        .into()
}

/// A page in the language of the reader about something that has no language of its own.
fn page_about(told: &Told<'_, '_>, thing: Thing) -> Json {
    told.work("WebPage").with("mainEntity", thing).into()
}

fn service(told: &Told<'_, '_>) -> Thing {
    let fields = told.fields();
    let action = fields.map("action").and_then(|action| action.text("url"));
    let contact = fields.map("contact");
    let phone = contact.and_then(|contact| contact.text("phone"));
    let channel = (action.is_some() || phone.is_some()).then(|| {
        let phone = phone.map(|phone| Thing::new("ContactPoint").with("telephone", phone));
        Thing::new("ServiceChannel").with("serviceUrl", action.map(|url| told.address(url))).with("servicePhone", phone)
    });
    Thing::at("GovernmentService", format!("{}#service", told.url))
        .with("name", told.edition.record.title())
        .with("description", told.edition.summary.as_str())
        .with("url", told.url.as_str())
        .with("serviceOperator", told.committee())
        .with("provider", told.publisher())
        .with("availableChannel", channel)
}

/// A meeting stands unless it was withdrawn.
fn status_of_event(told: &Told<'_, '_>) -> &'static str {
    if told.item.status.word == "withdrawn" { "https://schema.org/EventCancelled" } else { "https://schema.org/EventScheduled" }
}

fn meeting(told: &Told<'_, '_>) -> Thing {
    let fields = told.fields();
    let place = fields.text("where").map(|name| Thing::new("Place").with("name", name));
    Thing::at("Event", format!("{}#meeting", told.url))
        .with("name", told.edition.record.title())
        .with("description", told.edition.summary.as_str())
        .with("url", told.url.as_str())
        .with("startDate", told.stamp("starts"))
        .with("endDate", told.stamp("ends"))
        .with("location", place)
        .with("organizer", told.committee())
        .with("eventStatus", status_of_event(told))
}

fn vacancy(told: &Told<'_, '_>) -> Thing {
    let fields = told.fields();
    let text = crate::text::markdown::plain(told.edition.record.body());
    let place = fields.text("place").map(|name| Thing::new("Place").with("name", name).with("address", name));
    Thing::at("JobPosting", format!("{}#post", told.url))
        .with("title", told.edition.record.title())
        .with("description", format!("{}\n{text}", told.edition.summary).trim())
        .with("url", told.url.as_str())
        .with("datePosted", told.item.published.map(|stamp| stamp.to_string()))
        .with("validThrough", told.stamp("closes"))
        .with("hiringOrganization", told.publisher())
        .with("jobLocation", place)
        .with("employmentType", fields.text("employment"))
}

fn page(told: &Told<'_, '_>) -> Vec<Json> {
    match told.item.id.as_str() {
        "pages/about" => vec![told.work("AboutPage").into(), about_the_body(told.shop, told.lang)],
        "pages/contact" => vec![told.work("ContactPage").into(), about_the_body(told.shop, told.lang)],
        _ => vec![told.work("WebPage").into()],
    }
}
