//! In: the site. Out: `_headers` for hosts that read it (Netlify, Cloudflare Pages and others share the form).
//!
//! One strict policy for the whole site: no inline script, no inline style, nothing from elsewhere. Feeds and data may
//! be read by other sites' scripts. No value comes from content, so no line can be injected.

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
const OPEN: [&str; 6] = ["/*.atom", "/*.json", "/*.jsonld", "/*.ttl", "/*.csv", "/log/*"];

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

    fn recipes<'s>(&self, _site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let path = SafePath::new("_headers").expect("a plain name");
        vec![Recipe::plain(path, "the headers", |out| out.extend_from_slice(text().as_bytes()))].into()
    }
}

fn text() -> String {
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
    out.push_str(DATA);
    out
}
