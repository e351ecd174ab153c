//! A page: anything that stands on its own, such as the accessibility statement.

use super::common::COMMON;
use crate::model::kind::Kind;

/// A page.
pub const PAGE: Kind = Kind {
    name: "page",
    folder: "pages",
    template: "page.html",
    about: "A page that stands on its own, such as contact or privacy.",
    common: COMMON,
    fields: &[],
    archetype: "",
};
