//! A signed note (C2SP signed-note): reading never fails but by saying why, the text is the start of what was read, and no
//! signature of a key that nobody holds is found to be good.

use promulgate::transparency::note::{Note, SigningKey};

/// The note as it is.
pub fn check(data: &[u8]) {
    let Ok(note) = Note::parse(data) else { return };
    let whole = std::str::from_utf8(data).expect("a note that was read is text");
    assert!(whole.starts_with(note.text()) && note.text().ends_with('\n'), "the text is what stands above the signatures");
    assert_eq!(whole.as_bytes()[note.text().len()], b'\n', "an empty line stands between text and signatures");
    // The names that stand there, each with a key that has signed nothing.
    for line in whole[note.text().len() + 1..].lines() {
        let name = line.split(' ').nth(1).expect("a line that was read has a name");
        let key = SigningKey::from_seed(name, [7; 32]).expect("a name that was read is one").verifier().clone();
        assert!(note.verified(&[key]).is_err(), "a signature that nobody has made is taken for good");
    }
}
