//! Pictures as cameras, programs and enemies write them, built byte by byte.

use image::{ExtendedColorType, ImageEncoder};

/// What must never go out: a place, the maker of a camera, a name, a comment.
pub const SECRETS: [&str; 5] = ["SecretCam", "Secret Author", "secret comment", "secret place", "SECRETTHUMB"];

/// A picture of four colours, one in each quarter: red, green, blue, white from the top left; grain in it like a photograph.
pub fn pixels(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            let grain = ((x * 7919 + y * 104_729) % 23) as u8;
            let colour = match (x < width / 2, y < height / 2) {
                (true, true) => [230, grain, grain],
                (false, true) => [grain, 200, grain],
                (true, false) => [grain, grain, 230],
                (false, false) => [255 - grain; 3],
            };
            pixels.extend(colour);
        }
    }
    pixels
}

/// A TIFF block with orientation, maker and a GPS position.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x04\0".to_vec();
    let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(count.to_le_bytes());
        tiff.extend(value.to_le_bytes());
    };
    entry(0x010F, 2, 10, 62);
    entry(0x0112, 3, 1, u32::from(orientation));
    entry(0x013B, 2, 14, 72);
    entry(0x8825, 4, 1, 86);
    tiff.extend([0; 4]);
    tiff.extend(b"SecretCam\0Secret Author\0");
    // GPS: latitude 64° 42' 30", north.
    tiff.extend(2u16.to_le_bytes());
    tiff.extend(b"\x01\0\x02\0\x02\0\0\0N\0\0\0\x02\0\x05\0\x03\0\0\0");
    tiff.extend(116u32.to_le_bytes());
    tiff.extend([0; 4]);
    [64u32, 1, 42, 1, 30, 1].iter().for_each(|part| tiff.extend(part.to_le_bytes()));
    tiff
}

/// A photograph with everything that cameras and programs add.
pub fn jpeg(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut plain = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut plain, 92);
    encoder.write_image(&pixels(width, height), width, height, ExtendedColorType::Rgb8).unwrap();
    let mut out = plain[..2].to_vec();
    let mut segment = |marker: u8, body: &[u8]| {
        out.extend([0xFF, marker]);
        out.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        out.extend(body);
    };
    segment(0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat());
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret place</x:xmpmeta>");
    segment(0xED, b"Photoshop 3.0\08BIM\x04\x04Secret Author");
    segment(0xFE, b"secret comment");
    out.extend(&plain[2..]);
    // Some phones put a whole second picture behind the first.
    out.extend(b"\xFF\xD8\xFF\xE1SECRETTHUMB\xFF\xD9");
    out
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in name.iter().chain(body) {
        crc ^= u32::from(*byte);
        (0..8).for_each(|_| crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 });
    }
    [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], name, body, &(!crc).to_be_bytes()].concat()
}

/// A drawing with texts and Exif in it, and a file behind its end.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut plain = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut plain);
    encoder.write_image(&pixels(width, height), width, height, ExtendedColorType::Rgb8).unwrap();
    let (head, rest) = plain.split_at(33);
    let added =
        [chunk(b"tEXt", b"Author\0Secret Author"), chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0secret place"), chunk(b"eXIf", &exif(1))];
    [head, &added.concat(), rest, b"PK\x03\x04secret comment"].concat()
}

/// The head of a drawing that says what it likes about its size, with a body that holds nothing.
pub fn boasting_png(width: u32, height: u32) -> Vec<u8> {
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &size), chunk(b"IDAT", b"x\x9cc\0\0\0\x01\0\x01"), chunk(b"IEND", b"")].concat()
}

/// A WebP picture with Exif and XMP.
pub fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut plain = Vec::new();
    let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut plain);
    encoder.encode(&pixels(width, height), width, height, ExtendedColorType::Rgb8).unwrap();
    let chunk = |name: &[u8], body: &[u8]| {
        [name, &u32::try_from(body.len()).unwrap().to_le_bytes()[..], body, if body.len() % 2 == 1 { b"\0" } else { b"" }].concat()
    };
    let side = |length: u32| (length - 1).to_le_bytes()[..3].to_vec();
    let wide = [vec![0x0C, 0, 0, 0], side(width), side(height)].concat();
    let body = [chunk(b"VP8X", &wide), plain[12..].to_vec(), chunk(b"EXIF", &exif(1)), chunk(b"XMP ", b"secret place")].concat();
    [b"RIFF", &u32::try_from(body.len() + 4).unwrap().to_le_bytes()[..], b"WEBP", &body].concat()
}

/// A GIF of one pixel with a comment and XMP.
pub fn gif() -> Vec<u8> {
    let xmp = b"!\xFF\x0bXMP DataXMP\x0csecret place\0";
    [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xFE\x0esecret comment\0"[..],
        xmp,
        b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;Secret Author",
    ]
    .concat()
}
