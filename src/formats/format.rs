//! The contract of an output format: the site in, recipes out.
//!
//! A format reads the [`Site`] and nothing else; it has no door to disk, network or clock. A recipe must give the same
//! bytes for the same site, on any thread and in any order.

use crate::model::finding::Checked;
use crate::model::recipe::{Derivative, Recipe};
use crate::model::site::Site;

/// A kind of output.
pub trait Format: Send + Sync {
    /// Its name, such as `atom`.
    fn name(&self) -> &'static str;

    /// The files it makes of a site. What is the same for many files is prepared here, once.
    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>>;

    /// The files of it that are dear to make and therefore kept between builds. Listing them must be cheap.
    fn derivatives<'s>(&self, _: &'s Site) -> Checked<Vec<Derivative<'s>>> {
        Vec::new().into()
    }
}
