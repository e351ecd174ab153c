//! In: the site. Out: `alerts.json`: the alerts in force, for the banner of this site and of others.
//!
//! Contract `alerts/1`: within version 1 we only add. The worst and newest come first.

use super::feed::instant;
use super::format::Format;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::route::SafePath;
use crate::model::site::{Item, Site};
use serde_json::{Map, Value, json};

/// CAP 1.2, 3.2.2, from the worst.
const SEVERITY: [&str; 5] = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"];

/// The format.
pub struct AlertsJson;

impl Format for AlertsJson {
    fn name(&self) -> &'static str {
        "alerts_json"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let path = SafePath::new("alerts.json").expect("a plain name");
        let recipe = Recipe::plain(path, "alerts.json", move |out| {
            let alerts: Vec<Value> = active(site).into_iter().map(|item| alert(site, item)).collect();
            serde_json::to_writer(&mut *out, &json!({"api": 1, "alerts": alerts})).expect("writing to memory does not fail");
            out.push(b'\n');
        });
        vec![recipe].into()
    }
}

/// The alerts whose status is `active`: begun, and neither resolved, expired nor withdrawn.
pub fn active(site: &Site) -> Vec<&Item> {
    let mut alerts: Vec<&Item> = site.items.iter().filter(|item| item.kind.name == "alert" && item.status.word == "active").collect();
    let rank = |item: &Item| {
        let severity = item.original().record.fields.text("severity");
        SEVERITY.iter().position(|word| Some(*word) == severity).unwrap_or(SEVERITY.len())
    };
    alerts.sort_by_key(|item| (rank(item), std::cmp::Reverse(item.changed.map(|stamp| instant(site, stamp)))));
    alerts
}

fn alert(site: &Site, item: &Item) -> Value {
    let fields = &item.original().record.fields;
    let languages: Map<String, Value> = item
        .editions
        .iter()
        .map(|edition| {
            let own = &edition.record.fields;
            let areas: Vec<&str> = own.maps("areas").filter_map(|area| area.text("name")).collect();
            let words = json!({
                "url": site.settings.absolute(&edition.route.href()),
                "title": edition.record.title(),
                "summary": edition.summary,
                "event": own.text("event"),
                "instruction": own.texts("instruction").collect::<Vec<_>>().join("\n"),
                "areas": areas,
            });
            (edition.record.lang.to_string(), words)
        })
        .collect();
    json!({
        "id": item.id,
        "severity": fields.text("severity"),
        "urgency": fields.text("urgency"),
        "certainty": fields.text("certainty"),
        "effective": fields.stamp("effective").map(|stamp| stamp.to_string()),
        "expires": fields.stamp("expires").map(|stamp| stamp.to_string()),
        "changed": item.changed.map(|stamp| stamp.to_string()),
        "languages": languages,
    })
}
