//! In: the site. Out: `robots.txt` (RFC 9309): everything may be read, and where the sitemap is.

use super::format::Format;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::route::SafePath;
use crate::model::site::Site;

/// The format.
pub struct Robots;

impl Format for Robots {
    fn name(&self) -> &'static str {
        "robots"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let path = SafePath::new("robots.txt").expect("a plain name");
        let text = format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", site.settings.absolute("/sitemap.xml"));
        vec![Recipe::plain(path, "robots.txt", move |out| out.extend_from_slice(text.as_bytes()))].into()
    }
}
