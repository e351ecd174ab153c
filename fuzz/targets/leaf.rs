//! A line of the log, and what stands beside it in a proof: reading never fails but by saying why, and what was read has
//! one spelling.

use promulgate::transparency::leaf::{Leaf, extra, parse_extra};

/// The line as it is.
pub fn check(data: &[u8]) {
    if let Ok(leaf) = Leaf::parse(data) {
        assert_eq!(leaf.line().as_bytes(), data, "a leaf has one spelling");
        leaf.check().expect("a leaf that was read is sound");
    }
    if let Ok((leaf, salt)) = parse_extra(data) {
        assert_eq!(extra(&leaf, &salt), data, "what stands beside a leaf has one spelling");
    }
}
