//! In: what the head of a picture says. Out: its size as people see it, and the sizes and forms in which pages offer it.

use crate::model::route::Route;

/// The form that a picture is stored in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// ITU-T T.81.
    Jpeg,
    /// W3C PNG, moving pictures (APNG) included.
    Png,
    /// RFC 9649.
    Webp,
    /// GIF 89a and 87a.
    Gif,
    /// AV1 Image File Format.
    Avif,
    /// A drawing.
    Svg,
    /// A form that browsers do not show: TIFF, HEIC, BMP, a camera's own.
    NotForWeb,
}

impl Form {
    /// The ending of files that we make in this form.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Jpeg => "jpg",
            Form::Png => "png",
            Form::Webp => "webp",
            Form::Gif => "gif",
            Form::Avif => "avif",
            Form::Svg => "svg",
            Form::NotForWeb => "bin",
        }
    }
}

/// How a stored picture has to be turned to stand upright: the values 1 to 8 of Exif's `Orientation` (tag 0x0112).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn(u8);

impl Turn {
    /// It stands upright as it is.
    pub const UPRIGHT: Turn = Turn(1);

    /// The turn of an Exif value; anything but 1 to 8 is upright.
    pub fn of(value: u16) -> Turn {
        if (1..=8).contains(&value) { Turn(value as u8) } else { Turn::UPRIGHT }
    }

    /// The value that Exif has for it.
    pub fn value(self) -> u8 {
        self.0
    }

    /// Whether width and height change places.
    pub fn swaps_sides(self) -> bool {
        self.0 >= 5
    }
}

/// A picture as its head describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The form it is stored in.
    pub form: Form,
    /// Width in pixels as people see it, after turning; 0 where a drawing gives none.
    pub width: u32,
    /// Height in pixels as people see it, after turning; 0 where a drawing gives none.
    pub height: u32,
    /// How it has to be turned.
    pub turn: Turn,
    /// Whether it moves.
    pub moves: bool,
    /// Whether something may shine through it.
    pub clear: bool,
    /// A fingerprint of its bytes.
    pub hash: u64,
}

impl Picture {
    /// The widths in which pages offer pictures, in pixels: half, one, one and a half and two times a phone's 360 points
    /// of twofold density, and twice the theme's line of text.
    pub const STEPS: [u32; 4] = [360, 720, 1080, 1440];

    /// What a page tells browsers about the room a picture has: the line of the theme, or the whole of a small screen.
    pub const SIZES: &'static str = "(min-width: 40rem) 38rem, 100vw";

    /// Whether pages offer it in several sizes: a still raster picture that is wider than the smallest of them.
    pub fn has_sizes(&self) -> bool {
        matches!(self.form, Form::Jpeg | Form::Png | Form::Webp) && !self.moves && self.width > Picture::STEPS[0]
    }

    /// Whether its form has room for metadata that is taken out before it is published.
    pub fn is_stripped(&self) -> bool {
        matches!(self.form, Form::Jpeg | Form::Png | Form::Webp | Form::Gif)
    }

    /// Whether it has to be made anew to stand upright: its turn is metadata, and metadata does not go out.
    pub fn is_turned(&self) -> bool {
        matches!(self.form, Form::Jpeg | Form::Png | Form::Webp) && !self.moves && self.turn != Turn::UPRIGHT
    }

    /// The widths in which it is offered, ascending: the steps below its own width, then its own or the last step.
    pub fn widths(&self) -> Vec<u32> {
        let [.., last] = Picture::STEPS;
        let top = self.width.min(last);
        Picture::STEPS.into_iter().filter(|step| *step < top).chain([top]).collect()
    }

    /// Its height when it is `width` wide, at least 1.
    pub fn height_at(&self, width: u32) -> u32 {
        let height = (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2) / u64::from(self.width.max(1));
        u32::try_from(height).unwrap_or(u32::MAX).max(1)
    }

    /// The form for browsers that know no WebP.
    pub fn fallback(&self) -> Form {
        if self.clear { Form::Png } else { Form::Jpeg }
    }

    /// The sizes in which pages offer the picture at `route`, each with its address beside it; none where it is offered
    /// as it is.
    pub fn sizes(&self, route: &Route) -> Option<Sizes> {
        if !self.has_sizes() {
            return None;
        }
        let (folder, name) = route.as_str().rsplit_once('/')?;
        let one = |width: u32, form: Form| {
            let route = Route::new(&format!("{folder}/{}", self.sized_name(name, width, form))).ok()?;
            Some(Size { width, form, route })
        };
        let widths = self.widths();
        let (phone, top) = (widths.iter().rfind(|width| **width <= Picture::STEPS[1]).copied()?, widths.last().copied()?);
        let modern = widths.iter().map(|width| one(*width, Form::Webp)).collect::<Option<Vec<_>>>()?;
        let fallback = widths.into_iter().filter(|width| *width == phone || *width == top);
        // In its own width every browser can have the picture itself.
        let itself =
            |width: u32| (width == self.width && self.form != Form::Webp).then(|| Size { width, form: self.form, route: route.clone() });
        let fallback = fallback.map(|width| itself(width).or_else(|| one(width, self.fallback()))).collect::<Option<Vec<_>>>()?;
        Some(Sizes { modern, fallback })
    }

    /// The name of one size beside the picture, such as `map.720.1f3a9c02.webp`. Its hash is of the picture's bytes and
    /// name, so that a name is never used again for something else.
    fn sized_name(&self, name: &str, width: u32, form: Form) -> String {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let ending = name.bytes().fold(0u64, |hash, byte| hash.rotate_left(5) ^ u64::from(byte));
        let hash = ((self.hash ^ ending.wrapping_mul(0x9E37_79B9_7F4A_7C15)) >> 32) as u32;
        format!("{stem}.{width}.{hash:08x}.{}", form.ending())
    }
}

/// One size of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// Its width in pixels.
    pub width: u32,
    /// Its form.
    pub form: Form,
    /// Its address.
    pub route: Route,
}

/// The sizes in which pages offer a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// All widths in the form that browsers of today read.
    pub modern: Vec<Size>,
    /// For older browsers: one for phones and the largest, ascending; one where these are the same.
    pub fallback: Vec<Size>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Picture {
        Picture { form: Form::Jpeg, width, height, turn: Turn::UPRIGHT, moves: false, clear: false, hash: 7 }
    }

    #[test]
    fn no_size_is_wider_than_the_picture() {
        assert_eq!(picture(4000, 3000).widths(), [360, 720, 1080, 1440]);
        assert_eq!(picture(1000, 3000).widths(), [360, 720, 1000]);
        assert_eq!(picture(720, 300).widths(), [360, 720]);
        assert!(!picture(360, 300).has_sizes());
        assert_eq!(picture(4000, 3000).height_at(720), 540);
        assert_eq!(picture(16_000, 1).height_at(360), 1);
    }

    #[test]
    fn two_files_of_one_content_have_names_of_their_own() {
        let same = picture(4000, 3000);
        assert_ne!(same.sized_name("map.png", 360, Form::Webp), same.sized_name("map.jpg", 360, Form::Webp));
        assert!(same.sized_name("night.bus.png", 360, Form::Webp).starts_with("night.bus.360."));
    }
}
