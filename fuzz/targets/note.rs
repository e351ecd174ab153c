//! A signed note (C2SP signed-note). Reading never fails but by saying why, and reading the same bytes twice gives the same.

use promulgate::transparency::note::Note;

/// The note as it is.
pub fn check(data: &[u8]) {
    let (one, two) = (Note::parse(data), Note::parse(data));
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
}
