//! In: a message. Out: its XML in the order that the schema fixes, one `info` for each language of the record.

use super::messages::{Act, Message};
use crate::model::date::Instant;
use crate::model::messages::Arg;
use crate::model::record::Fields;
use crate::model::site::{Edition, Site};
use crate::text::escape::xml;
use crate::text::markdown;

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// An element after the other; those without text are left out.
struct Tags(String);

impl Tags {
    fn put(&mut self, name: &str, text: &str) {
        let text = xml(text);
        if !text.trim().is_empty() {
            self.0.push_str(&format!("<{name}>{}</{name}>\n", text.trim()));
        }
    }
}

/// The file of a message.
pub fn write(site: &Site, message: &Message<'_>) -> String {
    let fields = &message.item.original().record.fields;
    let sender = sender(site);
    let mut out = Tags(format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<alert xmlns=\"{NAMESPACE}\">\n"));
    out.put("identifier", &message.identifier);
    out.put("sender", &sender);
    out.put("sent", &time(message.sent));
    out.put("status", if fields.flag("draft") { "Draft" } else { "Actual" });
    out.put(
        "msgType",
        match message.act {
            Act::Withdrawn => "Cancel",
            _ if message.references.is_empty() => "Alert",
            _ => "Update",
        },
    );
    out.put("scope", "Public");
    if message.act == Act::Withdrawn {
        out.put("note", fields.map("withdrawn").and_then(|withdrawn| withdrawn.text("reason")).unwrap_or_default());
    }
    let references: Vec<String> = message.references.iter().map(|(id, sent)| format!("{sender},{id},{}", time(*sent))).collect();
    out.put("references", &references.join(" "));
    for edition in &message.item.editions {
        info(site, message, edition, &mut out);
    }
    out.0.push_str("</alert>\n");
    out.0
}

fn info(site: &Site, message: &Message<'_>, edition: &Edition, out: &mut Tags) {
    let (fields, own) = (&message.item.original().record.fields, &edition.record.fields);
    let over = matches!(message.act, Act::AllClear(_) | Act::Withdrawn);
    out.0.push_str("<info>\n");
    out.put("language", edition.record.lang.as_str());
    fields.texts("category").for_each(|word| out.put("category", word));
    out.put("event", own.text("event").filter(|event| !event.trim().is_empty()).unwrap_or(edition.record.title()));
    match message.act {
        Act::AllClear(_) => out.put("responseType", "AllClear"),
        Act::Withdrawn => out.put("responseType", "None"),
        _ => fields.texts("response").for_each(|word| out.put("responseType", word)),
    }
    out.put("urgency", if over { "Past" } else { fields.text("urgency").unwrap_or("Unknown") });
    out.put("severity", fields.text("severity").unwrap_or("Unknown"));
    out.put("certainty", fields.text("certainty").unwrap_or("Unknown"));
    let effective = fields.instant("effective").map_or(message.sent, |effective| effective.max(message.sent));
    out.put(
        "effective",
        &time(
            if message.act == Act::First { fields.instant("effective").unwrap_or(message.sent) } else { effective }.in_zone(&site.now.zone),
        ),
    );
    if !over {
        for name in ["onset", "expires"] {
            let at = fields.instant(name).filter(|at| name == "onset" || *at > message.sent);
            out.put(name, &at.map_or_else(String::new, |at| time(at.in_zone(&site.now.zone))));
        }
    }
    let body = fields.text("body").and_then(|id| site.settings.bodies.iter().find(|term| term.id == id));
    let lang = edition.record.lang;
    out.put("senderName", body.map_or_else(|| site.settings.title.get(lang), |body| body.name.get(lang)));
    out.put("headline", &headline(site, message, edition));
    out.put("description", &summary(site, message, edition));
    if !over {
        let steps: Vec<String> = own.texts("instruction").map(markdown::plain).collect();
        out.put("instruction", &steps.join("\n"));
    }
    out.put("web", &site.settings.absolute(&edition.route.href()));
    out.put("contact", &contact(own));
    let named: Vec<&str> = own.maps("areas").map(|area| area.text("name").unwrap_or_default()).collect();
    for (at, place) in fields.maps("areas").enumerate() {
        area(place, named.get(at).copied().filter(|name| !name.trim().is_empty()), out);
    }
    out.0.push_str("</info>\n");
}

/// The headline of a message in the language of an edition.
pub fn headline(site: &Site, message: &Message<'_>, edition: &Edition) -> String {
    let title = edition.record.title();
    let key = match message.act {
        Act::AllClear(_) => "cap-all-clear",
        Act::Withdrawn => "feed-withdrawn",
        Act::First | Act::Entry(_) => return title.to_owned(),
    };
    site.messages.lookup(edition.record.lang, key, &[("title", Arg::Text(title))]).unwrap_or_else(|| title.to_owned())
}

/// What a message says in the language of an edition: plain text.
pub fn summary(site: &Site, message: &Message<'_>, edition: &Edition) -> String {
    let said = |at: Instant| {
        let of = |fields: &Fields| fields.maps("timeline").find(|entry| entry.instant("at") == Some(at))?.text("text").map(markdown::plain);
        of(&edition.record.fields).or_else(|| of(&message.item.original().record.fields))
    };
    let words = match message.act {
        Act::First => None,
        Act::Entry(at) | Act::AllClear(Some(at)) => said(at),
        Act::AllClear(None) => Some(site.messages.get(edition.record.lang, "cap-all-clear-about")),
        Act::Withdrawn => edition.record.fields.map("withdrawn").and_then(|withdrawn| withdrawn.text("reason")).map(str::to_owned),
    };
    let words = words.filter(|words| !words.trim().is_empty()).unwrap_or_else(|| edition.summary.clone());
    if words.trim().is_empty() { edition.record.title().to_owned() } else { words }
}

fn contact(fields: &Fields) -> String {
    let contact = fields.map("contact");
    let parts = ["name", "phone", "email", "url"].map(|name| contact.and_then(|contact| contact.text(name)).unwrap_or_default());
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ")
}

fn area(place: &Fields, name: Option<&str>, out: &mut Tags) {
    out.0.push_str("<area>\n");
    out.put("areaDesc", name.or(place.text("name")).unwrap_or_default());
    for shape in ["polygon", "circle"] {
        let typed = place.text(shape).unwrap_or_default();
        out.put(shape, &typed.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    for code in place.maps("geocode") {
        out.0.push_str("<geocode>\n");
        out.put("valueName", code.text("name").unwrap_or_default());
        out.put("value", code.text("value").unwrap_or_default());
        out.0.push_str("</geocode>\n");
    }
    out.0.push_str("</area>\n");
}

/// Who sends, everywhere the same: the body's role address, or the site's host.
fn sender(site: &Site) -> String {
    let email = site.settings.contact.text("email").unwrap_or_default();
    let fits = !email.is_empty() && email.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b',' | b'<' | b'>' | b'&'));
    if fits { email.to_owned() } else { crate::formats::feed::entries::host(site).to_owned() }
}

/// `2026-11-17T06:40:00+01:00`; UTC is `-00:00` and never `Z` (CAP 1.2, 3.3.2).
pub fn time(at: Instant) -> String {
    at.to_string().replace('Z', "-00:00").replace("+00:00", "-00:00")
}
