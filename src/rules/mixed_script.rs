//! An address whose letters come from two scripts that look alike: a file's name, or the host of a link.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::site::Site;
use crate::text::scripts;

/// An address in letters of two scripts.
pub struct MixedScript;

impl Rule for MixedScript {
    fn name(&self) -> &'static str {
        "mixed-script"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for record in site.items.iter().flat_map(|item| &item.editions).map(|edition| &edition.record) {
            let path = record.source.path.as_str();
            if let Some(word) = scripts::mixed(record.id.as_str()) {
                let message = format!("The address of this record holds `{word}`, whose letters come from two scripts that look alike.");
                out.push(Finding::warning(self.name(), Place::file(path), message, "Rename the file with the letters of one script."));
            }
            let text = &record.source.text;
            for range in scripts::hosts(text) {
                let Some(label) = scripts::mixed_host(&text[range.clone()]) else { continue };
                let message = format!("The host `{label}` mixes letters of two scripts that look alike: it may be a forged address.");
                let place = Place::span(path, text, range.start, range.end);
                out.push(Finding::warning(self.name(), place, message, "Look where the link leads; write the address anew by hand."));
            }
        }
    }
}
