//! In: what came of renewing a token of sixty days. Out: what `doctor` tells about it.

use crate::channels::graph::Renewed;
use crate::model::transport::Proof;
use jiff::{SignedDuration, Timestamp};

/// Adds it to a proof.
pub fn tell(renewed: &Renewed, proof: &mut Proof, now: Timestamp) {
    match renewed {
        Renewed::For(life) => {
            proof.expires = SignedDuration::try_from(*life).ok().and_then(|life| now.checked_add(life).ok());
            proof.seen.push("The token was renewed and kept in its place.".into());
        }
        Renewed::Not(why) => proof.seen.push(format!(
            "The token was not renewed ({why}). It lives sixty days, can be renewed when it is a day old, and is renewed at every publish."
        )),
        Renewed::CannotKeep(why) => proof.obstacles.push(format!(
            "A renewed token cannot be kept: {why}. Keep the token in a file that this program may write (`file:…`), or put a new one in place \
             every sixty days."
        )),
    }
}
