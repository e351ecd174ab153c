//! The bytes of a picture, without being decoded. Without its metadata it is still a picture of the same form and size, it
//! is not longer than before, and there is nothing more to be taken out of it.

use promulgate::pictures::{look::look, strip::bare};

const NAMES: [&str; 6] = ["a.jpg", "a.png", "a.webp", "a.gif", "a.avif", "a.svg"];

/// The first byte chooses the name, the rest is the file.
pub fn check(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let Ok(Some(picture)) = look(name, bytes) else { return };
    // One that lies on its side is made anew, since without its metadata nobody knew how to turn it.
    if picture.is_turned() {
        return;
    }
    let Ok(once) = bare(picture.form, bytes) else { return };
    let seen = look(name, &once).ok().flatten().expect("it is a picture still");
    assert!(seen.form == picture.form && (seen.width, seen.height) == (picture.width, picture.height), "{picture:?} became {seen:?}");
    assert!(once.len() <= bytes.len(), "{} bytes became {}", bytes.len(), once.len());
    assert_eq!(bare(picture.form, &once).expect("it can be done again"), once, "there was more to be taken out");
}
