//! A checkpoint of the log (C2SP tlog-checkpoint). Reading never fails but by saying why, and twice gives the same.

use promulgate::transparency::checkpoint::Checkpoint;

/// The checkpoint as it is.
pub fn check(data: &[u8]) {
    let (one, two) = (Checkpoint::parse(data), Checkpoint::parse(data));
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
}
