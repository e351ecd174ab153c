//! In: the site. Out: `_headers` for hosts that read it (Netlify, Cloudflare Pages and others share the form).
//!
//! One strict policy for the whole site: no inline script, no inline style, nothing from elsewhere. Feeds and data may
//! be read by other sites' scripts. No value comes from content, and an address of the settings is checked where they are
//! read, so no line can be injected.

use super::cap::MEDIA;
use super::feed::{FORMS, beside, home};
use super::format::Format;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::route::SafePath;
use crate::model::site::Site;

/// The content security policy of every page.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; \
     require-trusted-types-for 'script'; upgrade-insecure-requests";

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), \
     screen-wake-lock=(), usb=(), xr-spatial-tracking=()";

/// Addresses whose content any site may read; `*` at most once a line, as Cloudflare demands.
const OPEN: [&str; 7] = ["/*.atom", "/*.rss", "/*.json", "/*.ics", "/*.xml", "/*.csv", "/log/*"];

/// Types that hosts do not know by themselves; without them a browser saves a feed where it should show it.
const TYPES: [(&str, &str); 3] = [
    ("/*.atom", "application/atom+xml; charset=utf-8"),
    ("/*.rss", "application/rss+xml; charset=utf-8"),
    ("/*.ics", "text/calendar; charset=utf-8"),
];

/// Feeds that name the hub in a header too (W3C WebSub, 4).
const HUBBED: [&str; 3] = ["/*.atom", "/*.rss", "/*feed.json"];

/// The format.
pub struct Headers;

impl Format for Headers {
    fn name(&self) -> &'static str {
        "headers"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let path = SafePath::new("_headers").expect("a plain name");
        vec![Recipe::plain(path, "the headers", move |out| out.extend_from_slice(text(site).as_bytes()))].into()
    }
}

fn text(site: &Site) -> String {
    let mut out = format!(
        "/*\n  Content-Security-Policy: {POLICY}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  Permissions-Policy: {PERMISSIONS}\n  \
         Cross-Origin-Opener-Policy: same-origin\n  Strict-Transport-Security: max-age=31536000\n"
    );
    // A picture that is also a document must not act as one on the site's own address.
    out.push_str(
        "/*.svg\n  ! Content-Security-Policy\n  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox\n",
    );
    for address in OPEN {
        out.push_str(&format!("{address}\n  Access-Control-Allow-Origin: *\n"));
    }
    for (address, media) in TYPES {
        out.push_str(&format!("{address}\n  Content-Type: {media}\n"));
    }
    let alerts = site
        .settings
        .routes
        .get("alert")
        .map_or("alerts", |pattern| pattern.trim_matches('/').split(['/', '{']).next().unwrap_or_default());
    if !alerts.is_empty() {
        out.push_str(&format!("/{alerts}/*.xml\n  Content-Type: {MEDIA}; charset=utf-8\n"));
    }
    if let Some(hub) = &site.settings.hub {
        for address in HUBBED {
            out.push_str(&format!("{address}\n  Link: <{hub}>; rel=\"hub\"\n"));
        }
        for lang in &site.settings.languages {
            let home = home(site, *lang);
            for (name, ..) in FORMS {
                let own = beside(&home, name).href();
                out.push_str(&format!("{own}\n  Link: <{}>; rel=\"self\"\n", site.settings.absolute(&own)));
            }
        }
    }
    out
}
