//! In: a kit for whoever posts by hand. Out: a folder below `handover/` with the text, the pictures and what to do.
//!
//! A kit appears whole or not at all, and takes the place of an earlier one for the same deed.

use crate::model::announcement::Image;
use crate::model::route::SafePath;
use crate::model::transport::{CallError, Kit};
use std::fs::File;
use std::io::{Error, Write};
use std::path::Path;

/// What stands for the folder where addresses are asked for.
pub const ADDRESS: &str = "handover:";
/// The folder below the site's root.
const FOLDER: &str = "handover";

/// Writes a kit and gives its path below the site's root.
pub fn write(root: &Path, kit: &Kit, pictures: &[(&Image, Vec<u8>)]) -> Result<String, CallError> {
    let told = |error: Error| CallError::NotSent(format!("the kit {FOLDER}/{} cannot be written: {error}", kit.folder));
    let folder = SafePath::new(&kit.folder).map_err(|_| told(Error::other("this is no path of a folder")))?;
    let place = root.join(FOLDER).join(folder.as_str());
    put(&place, kit, pictures).map_err(told)?;
    Ok(format!("{FOLDER}/{}", folder.as_str()))
}

fn put(place: &Path, kit: &Kit, pictures: &[(&Image, Vec<u8>)]) -> Result<(), Error> {
    let above = place.parent().ok_or_else(|| Error::other("it lies nowhere"))?;
    std::fs::create_dir_all(above)?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let (fresh, old) = (above.join(format!(".{name}.new")), above.join(format!(".{name}.old")));
    for rest in [&fresh, &old] {
        remove(rest)?;
    }
    std::fs::create_dir(&fresh)?;
    for (name, text) in &kit.texts {
        file(&fresh, name, text.as_bytes())?;
    }
    for (at, (image, bytes)) in pictures.iter().enumerate() {
        file(&fresh, &picture_name(at, image), bytes)?;
    }
    File::open(&fresh)?.sync_all()?;
    if place.exists() {
        std::fs::rename(place, &old)?;
    }
    std::fs::rename(&fresh, place)?;
    File::open(above)?.sync_all()?;
    remove(&old)
}

fn remove(folder: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let mut file = File::options().write(true).create_new(true).open(folder.join(name))?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// `picture-1-map.png`: two pictures of one name do not meet.
fn picture_name(at: usize, image: &Image) -> String {
    format!("picture-{}-{}", at + 1, image.path().name())
}
