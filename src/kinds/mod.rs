//! What a record may be: one file a kind, each a table that parsing, `new`, schemas and templates share.

use crate::model::kind::Kind;

mod alert;
pub mod common;
mod consultation;
mod correction;
mod decision;
mod meeting;
mod notice;
mod page;
mod service;
mod update;
mod vacancy;

/// All kinds, in the order in which menus show them.
pub const KINDS: &[&Kind] = &[
    &decision::DECISION,
    &update::UPDATE,
    &alert::ALERT,
    &consultation::CONSULTATION,
    &correction::CORRECTION,
    &service::SERVICE,
    &meeting::MEETING,
    &notice::NOTICE,
    &vacancy::VACANCY,
    &page::PAGE,
];

/// The kind of a name, such as `decision`.
pub fn named(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// The kind of a folder below `content/`, such as `decisions`.
pub fn in_folder(folder: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.folder == folder)
}
