//! In: the site. Out: `_headers` for hosts that read it (Netlify, Cloudflare Pages and others share the form).
//!
//! One strict policy for the whole site: no inline script, no inline style, nothing from elsewhere. Feeds and data may
//! be read by other sites' scripts. No value comes from content, and an address of the settings is checked where they are
//! read, so no line can be injected.

use super::cap::MEDIA;
use super::feed;
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

/// Addresses whose content any site may read, and their type where hosts do not know it; `*` at most once a line, as
/// Cloudflare demands. Feeds are sent as plain XML: Chromium shows `application/atom+xml` and `application/rss+xml` as
/// source text, whatever style sheet they name, and feed readers take both.
const OPEN: [(&str, Option<&str>); 9] = [
    ("/*.atom", Some("application/xml; charset=utf-8")),
    ("/*.rss", Some("application/xml; charset=utf-8")),
    ("/*.json", None),
    ("/*.ics", Some("text/calendar; charset=utf-8")),
    ("/*.xml", None),
    ("/*.csv", None),
    ("/*.jsonld", None),
    ("/*.ttl", None),
    ("/log/*", None),
];

/// Feeds whose own address is named in a header, as strict hubs want it: those of the whole site, then of the first lists.
/// Cloudflare reads 100 rules.
const SELVES: usize = 60;
/// What hosts may not know by the ending, and where the tables' dictionary is (CSVW, section 5.2).
const DATA: &str = "/data/*.csv\n  Content-Type: text/csv; charset=utf-8; header=present\n  \
     Link: </data/dictionary.json>; rel=\"describedby\"; type=\"application/csvm+json\"\n\
     /data/*.ttl\n  Content-Type: text/turtle; charset=utf-8\n/data/*.jsonld\n  Content-Type: application/ld+json\n\
     /.well-known/security.txt\n  Content-Type: text/plain; charset=utf-8\n";

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
    for (address, media) in OPEN {
        out.push_str(&format!("{address}\n  Access-Control-Allow-Origin: *\n"));
        out.extend(media.map(|media| format!("  Content-Type: {media}\n")));
        if let Some(hub) = site.settings.hub.as_ref().filter(|_| matches!(address, "/*.atom" | "/*.rss")) {
            out.push_str(&format!("  Link: <{hub}>; rel=\"hub\"\n"));
        }
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
        out.push_str(&format!("/*feed.json\n  Link: <{hub}>; rel=\"hub\"\n"));
        for (_, route) in feed::addresses(site).into_iter().take(SELVES) {
            let own = route.href();
            out.push_str(&format!("{own}\n  Link: <{}>; rel=\"self\"\n", site.settings.absolute(&own)));
        }
    }
    out.push_str(DATA);
    out
}
