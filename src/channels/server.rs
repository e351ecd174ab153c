//! In: a channel's own settings. Out: the server that it speaks with: the one that they name, else the platform's.

use crate::model::record::Fields;

/// Its address, without a slash at the end.
pub(crate) fn of<'o>(own: &'o Fields, theirs: &'o str) -> &'o str {
    own.text("server").unwrap_or(theirs).trim_end_matches('/')
}

/// What the addresses of all requests begin with, where there is this one server.
pub(crate) fn hosts(own: &Fields, theirs: &str) -> Vec<String> {
    vec![of(own, theirs).to_owned()]
}
