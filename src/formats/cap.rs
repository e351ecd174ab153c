//! In: the site. Out: each alert as messages of the Common Alerting Protocol 1.2 (OASIS), below its page in `cap/`.
//!
//! The first message is an Alert; each later entry of the timeline an Update that names the ones before it; the all
//! clear an Update, a withdrawal a Cancel. A message never changes its address or identifier, whatever is added to the
//! alert later. `cap.xml` beside the page is the newest of them.

mod messages;
mod xml;

use super::feed::beside;
use super::format::Format;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Item, Site};
pub use messages::{Act, Message, messages};
pub use xml::{headline, summary, write};

/// The media type (CAP 1.2; registered with IANA).
pub const MEDIA: &str = "application/cap+xml";

/// The format.
pub struct Cap;

impl Format for Cap {
    fn name(&self) -> &'static str {
        "cap"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let mut recipes = Vec::new();
        for item in alerts(site) {
            let subject = item.original().record.source.path.to_string();
            let all = messages(site, item);
            let newest = all.len().checked_sub(1);
            for (at, message) in all.iter().enumerate() {
                let route = message.route.clone();
                recipes.push(Recipe::plain(route.file(), subject.clone(), move |out| made(site, item, at, out)));
            }
            recipes.extend(newest.map(|at| Recipe::plain(latest(item).file(), subject, move |out| made(site, item, at, out))));
        }
        recipes.into()
    }
}

fn made(site: &Site, item: &Item, at: usize, out: &mut Vec<u8>) {
    if let Some(message) = messages(site, item).get(at) {
        out.extend_from_slice(write(site, message).as_bytes());
    }
}

/// The alerts of a site.
pub fn alerts(site: &Site) -> impl Iterator<Item = &Item> {
    site.items.iter().filter(|item| item.kind.name == "alert")
}

/// The address of an alert's newest message.
pub fn latest(item: &Item) -> Route {
    beside(&item.original().route, "cap.xml")
}
