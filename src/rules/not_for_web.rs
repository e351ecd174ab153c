//! A picture that browsers do not show, such as TIFF or HEIC.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::picture::Form;
use crate::model::site::Site;

/// A picture that browsers do not show.
pub struct NotForWeb;

impl Rule for NotForWeb {
    fn name(&self) -> &'static str {
        "not-for-web"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let statics = site.theme.statics.iter().map(|(_, _, asset)| asset);
        for asset in site.assets.iter().map(|(_, asset)| asset).chain(statics) {
            if asset.picture.as_ref().is_some_and(|picture| picture.form == Form::NotForWeb) {
                out.push(Finding::error(
                    self.name(),
                    Place::file(asset.path.as_str()),
                    format!("Browsers do not show `{}`, and what it says about place and camera would go out with it.", asset.path.name()),
                    "Save it as JPEG, PNG or WebP.",
                ));
            }
        }
    }
}
