//! In: a text and its pictures, for a network without a field for alt text. Out: the text with the pictures' words below
//! it, as many as fit; a card's words are in the text already.

use crate::model::announcement::Image;

/// The text with the words of each picture, while `fits` allows.
pub fn with_words(text: &str, images: &[Image], fits: &dyn Fn(&str) -> bool) -> String {
    images.iter().filter(|image| !image.alt.trim().is_empty()).fold(text.to_owned(), |text, image| {
        let longer = format!("{text}\n\n🖼 {}", image.alt.trim());
        if fits(&longer) { longer } else { text }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::announcement::ImageFile;
    use crate::model::route::SafePath;

    #[test]
    fn words_of_pictures_are_added_while_they_fit() {
        let image = |alt: &str| Image {
            file: ImageFile::Finished(SafePath::new("map.png").expect("a path")),
            media_type: "image/png",
            alt: alt.into(),
            url: String::new(),
            size: None,
        };
        let images = [image("Karta"), image("En mycket lång beskrivning"), image("")];
        assert_eq!(with_words("Linje 7", &images, &|text| text.len() < 30), "Linje 7\n\n🖼 Karta");
    }
}
