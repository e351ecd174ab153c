//! In: the name and the bytes of a file. Out: what picture it is, or none; or why it cannot be used as one.

use super::{BYTES, PIXELS, SIDE, Trouble, avif, gif, jpeg, png, svg, webp};
use crate::model::picture::{Form, Picture, Turn};
use xxhash_rust::xxh3::xxh3_64;

/// Endings of forms that no browser shows.
const NOT_FOR_WEB: [&str; 13] = ["tif", "tiff", "heic", "heif", "hif", "bmp", "psd", "jxl", "jp2", "dng", "nef", "cr2", "arw"];

/// Endings of files that are no pictures, and are not looked into.
const OTHERS: [&str; 34] = [
    "css", "js", "json", "xml", "xsl", "txt", "csv", "tsv", "html", "ics", "atom", "rss", "md", "pdf", "doc", "docx", "xls", "xlsx", "ppt",
    "pptx", "odt", "ods", "odp", "rtf", "zip", "gz", "woff", "woff2", "ttf", "otf", "mp3", "mp4", "webm", "geojson",
];

/// Whether a file of this name is worth a look: all but those that say they are something else.
pub fn is_worth_it(name: &str) -> bool {
    !OTHERS.contains(&ending(name).as_str())
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// What the first bytes say, and for forms without such a sign the name.
fn form(name: &str, bytes: &[u8]) -> Option<Form> {
    let ending = ending(name);
    Some(match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Form::Jpeg,
        _ if bytes.starts_with(png::SIGNATURE) => Form::Png,
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Form::Webp,
        _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Form::Gif,
        _ if avif::is_one(bytes) => Form::Avif,
        _ if NOT_FOR_WEB.contains(&ending.as_str()) || bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") => Form::NotForWeb,
        _ if bytes.get(4..8) == Some(b"ftyp") && matches!(bytes.get(8..12), Some(b"heic" | b"heix" | b"mif1" | b"msf1")) => Form::NotForWeb,
        _ if ending == "svg" || svg::is_one(bytes) => Form::Svg,
        _ => return None,
    })
}

/// How many first bytes tell whether a file may be a picture.
pub const FIRST: usize = 1024;

/// Whether a file with these first bytes has to be looked at as a whole.
pub fn may_be_one(name: &str, first: &[u8]) -> bool {
    form(name, first).is_some() || claims(name)
}

/// Whether a file is of a form that no browser shows, of which nothing more is read.
pub fn is_not_for_web(name: &str, first: &[u8]) -> bool {
    form(name, first) == Some(Form::NotForWeb)
}

fn claims(name: &str) -> bool {
    matches!(ending(name).as_str(), "jpg" | "jpeg" | "png" | "webp" | "gif" | "avif")
}

/// Looks at a file. None where it is no picture; a file that is named like one has to be one.
pub fn look(name: &str, bytes: &[u8]) -> Result<Option<Picture>, Trouble> {
    let Some(form) = form(name, bytes) else {
        return if claims(name) { Err(Trouble::Broken("it begins like no picture at all")) } else { Ok(None) };
    };
    if bytes.len() as u64 > BYTES && form != Form::NotForWeb {
        return Err(Trouble::TooLarge);
    }
    let mut picture = Picture { form, width: 0, height: 0, turn: Turn::UPRIGHT, moves: false, clear: false, hash: xxh3_64(bytes) };
    let stored = match form {
        Form::Jpeg => {
            let (width, height, turn) = jpeg::head(bytes)?;
            picture.turn = turn;
            (width, height)
        }
        Form::Png => {
            let head = png::head(bytes)?;
            (picture.turn, picture.moves, picture.clear) = (head.turn, head.moves, head.clear);
            head.size
        }
        Form::Webp => {
            let size;
            (size, picture.turn, picture.moves, picture.clear) = webp::head(bytes)?;
            size
        }
        Form::Gif => gif::head(bytes)?,
        Form::Avif => {
            let size;
            (size, picture.moves) = avif::head(bytes)?;
            size
        }
        Form::Svg => svg::head(bytes)?,
        Form::NotForWeb => (0, 0),
    };
    (picture.width, picture.height) = if picture.turn.swaps_sides() { (stored.1, stored.0) } else { stored };
    within_limits(&picture)?;
    Ok(Some(picture))
}

fn within_limits(picture: &Picture) -> Result<(), Trouble> {
    if matches!(picture.form, Form::Svg | Form::NotForWeb) {
        return Ok(());
    }
    if picture.width == 0 || picture.height == 0 {
        return Err(Trouble::Broken("it says that it has no width or no height"));
    }
    let pixels = u64::from(picture.width) * u64::from(picture.height);
    if pixels > PIXELS || picture.width > SIDE || picture.height > SIDE { Err(Trouble::TooLarge) } else { Ok(()) }
}
