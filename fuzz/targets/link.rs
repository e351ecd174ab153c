//! The filter of links, against addresses as browsers read them (the URL standard, by the `url` crate). What passes as
//! external has one of four schemes; what passes as an address or anchor of this site leads to this site.

use promulgate::text::links::{Resolution, by_form};
use url::Url;

/// The target as it is.
pub fn check(data: &[u8]) {
    let Ok(target) = std::str::from_utf8(data) else { return };
    let base = Url::parse("https://norrvik.example/decisions/2026/night-buses/").expect("an address");
    let resolution = by_form(target);
    // What is no address at all leads nowhere.
    let url = resolution.href().and_then(|href| base.join(href).ok());
    match (&resolution, url) {
        (Resolution::External(href), Some(url)) => {
            assert!(matches!(url.scheme(), "http" | "https" | "mailto" | "tel"), "{href:?} leads to {url}");
        }
        (Resolution::Href(href) | Resolution::Anchor(href), Some(url)) => {
            assert!(url.scheme() == "https" && url.host_str() == base.host_str() && url.port().is_none(), "{href:?} leads to {url}");
            assert!(url.username().is_empty() && url.password().is_none(), "{href:?} leads to {url}");
        }
        _ => {}
    }
    if let Some(href) = resolution.href() {
        assert_eq!(by_form(href), resolution, "what has passed passes again, unchanged");
    }
}
