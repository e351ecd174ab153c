//! In: `security:` of the settings. Out: `/.well-known/security.txt` (RFC 9116), where the settings have one
//! that has not expired.

use super::format::Format;
use crate::model::date::{Instant, Stamp};
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::record::Value;
use crate::model::route::SafePath;
use crate::model::site::Site;

/// The address below the site's.
pub const PATH: &str = ".well-known/security.txt";

/// The format.
pub struct SecurityTxt;

impl Format for SecurityTxt {
    fn name(&self) -> &'static str {
        "security_txt"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let path = SafePath::new(PATH).expect("a plain name");
        let text = text(site).map(|text| Recipe::plain(path, "security.txt", move |out| out.extend_from_slice(text.as_bytes())));
        text.into_iter().collect::<Vec<_>>().into()
    }
}

/// The file; lines end as RFC 5322 wants, and no value can hold the end of one, since addresses have no white space.
fn text(site: &Site) -> Option<String> {
    let settings = &site.settings;
    let own = settings.security.as_ref()?;
    let full = |address: &str| if address.starts_with('/') { settings.absolute(address) } else { address.to_owned() };
    let mut lines: Vec<(&str, String)> = own.texts("contact").map(|contact| ("Contact", contact.to_owned())).collect();
    let expires = own.stamp("expires").filter(|expires| !site.now.passed(*expires))?;
    lines.push(("Expires", utc(site, expires)));
    lines.push(("Canonical", settings.absolute(&format!("/{PATH}"))));
    for (key, name) in [("Policy", "policy"), ("Encryption", "encryption"), ("Acknowledgments", "acknowledgments")] {
        lines.extend(own.text(name).map(|address| (key, full(address))));
    }
    let named: Vec<&str> =
        own.list("languages").iter().filter_map(|lang| if let Value::Lang(lang) = lang { Some(lang.as_str()) } else { None }).collect();
    let site_langs: Vec<&str> = settings.languages.iter().map(|lang| lang.as_str()).collect();
    lines.push(("Preferred-Languages", if named.is_empty() { site_langs } else { named }.join(", ")));
    Some(lines.into_iter().map(|(key, value)| format!("{key}: {value}\r\n")).collect())
}

/// The end of a day in the body's zone, or the instant, as UTC.
fn utc(site: &Site, stamp: Stamp) -> String {
    Instant::utc(stamp.ends(&site.now.zone)).to_string()
}
