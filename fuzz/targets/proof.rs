//! A proof file (C2SP tlog-proof). Reading never fails but by saying why, and twice gives the same.

use promulgate::transparency::proof::Proof;

/// The proof as it is.
pub fn check(data: &[u8]) {
    let (one, two) = (Proof::parse(data), Proof::parse(data));
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
}
