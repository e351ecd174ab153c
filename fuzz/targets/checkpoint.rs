//! A checkpoint of the log (C2SP tlog-checkpoint): reading never fails but by saying why, and what was read is written as
//! the first three lines of what was there.

use promulgate::transparency::checkpoint::Checkpoint;

/// The checkpoint's text, and the same bytes as a signed one.
pub fn check(data: &[u8]) {
    assert!(Checkpoint::open(data, "norrvik.example/log", &[]).is_err(), "without a key nothing is signed");
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(checkpoint) = Checkpoint::parse(text) else { return };
    assert!(text.starts_with(&checkpoint.text()), "a checkpoint has one spelling");
    assert_eq!(Checkpoint::parse(&checkpoint.text()).as_ref(), Ok(&checkpoint));
}
