//! A line of the log. Reading never fails but by saying why, and twice gives the same.

use promulgate::transparency::leaf::Leaf;

/// The line as it is.
pub fn check(data: &[u8]) {
    let (one, two) = (Leaf::parse(data), Leaf::parse(data));
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
}
