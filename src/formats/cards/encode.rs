//! In: pixels. Out: a PNG with a palette of at most 128 colours, or a JPEG.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use resvg::tiny_skia::Pixmap;
use std::collections::BTreeMap;

/// Colours of a PNG; a card is paper, ink and their edges, so nobody sees that there are no more.
const COLOURS: usize = 128;

/// Quality of a JPEG, of 100.
const QUALITY: u8 = 82;

type Rgb = [u8; 3];

fn opaque(pixels: &Pixmap) -> impl Iterator<Item = Rgb> + '_ {
    pixels.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
}

/// A PNG with a palette.
pub(super) fn png(pixels: &Pixmap) -> Result<Vec<u8>, String> {
    let mut counts: BTreeMap<Rgb, u32> = BTreeMap::new();
    let mut last: Option<(Rgb, u32)> = None;
    // Most pixels are like the one before: counted by runs.
    for colour in opaque(pixels) {
        last = match last {
            Some((same, count)) if same == colour => Some((same, count + 1)),
            other => {
                other.into_iter().for_each(|(colour, count)| *counts.entry(colour).or_default() += count);
                Some((colour, 1))
            }
        };
    }
    last.into_iter().for_each(|(colour, count)| *counts.entry(colour).or_default() += count);
    let (palette, places) = palette(&counts);
    let mut last = (Rgb::default(), places.get(&Rgb::default()).copied().unwrap_or(0));
    let indices: Vec<u8> = opaque(pixels)
        .map(|colour| {
            if colour != last.0 {
                last = (colour, places[&colour]);
            }
            last.1
        })
        .collect();
    let mut out = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut out, pixels.width(), pixels.height());
    encoder.set_color(::png::ColorType::Indexed);
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(::png::Compression::Balanced);
    encoder.set_filter(::png::Filter::NoFilter);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices));
    written.map_err(|error| format!("the card's PNG cannot be written: {error}"))?;
    Ok(out)
}

/// A JPEG whose letters keep their edges: no colour is thinned out.
pub(super) fn jpeg(pixels: &Pixmap) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.set_optimized_huffman_tables(true);
    let size = |side: u32| u16::try_from(side).map_err(|_| "a card is too large".to_owned());
    encoder
        .encode(pixels.data(), size(pixels.width())?, size(pixels.height())?, ColorType::Rgba)
        .map_err(|error| format!("the card's JPEG cannot be written: {error}"))?;
    Ok(out)
}

/// A palette of the colours there are, by median cut, and the place of each colour in it.
fn palette(counts: &BTreeMap<Rgb, u32>) -> (Vec<Rgb>, BTreeMap<Rgb, u8>) {
    let mut boxes: Vec<Vec<(Rgb, u32)>> = vec![counts.iter().map(|(colour, count)| (*colour, *count)).collect()];
    while boxes.len() < COLOURS {
        let widest = boxes.iter().enumerate().map(|(at, colours)| (spread(colours), at)).max();
        let Some((((width, channel), at), true)) = widest.map(|found| (found, found.0.0 > 0)) else { break };
        let mut colours = boxes.swap_remove(at);
        debug_assert!(width > 0);
        colours.sort_unstable_by_key(|(colour, _)| (colour[channel], *colour));
        // Cut in the middle of the range rather than of the pixels: paper must not push the edges of letters out.
        let (low, high) = (colours[0].0[channel], colours[colours.len() - 1].0[channel]);
        let middle = low + (high - low) / 2;
        let cut = colours.partition_point(|(colour, _)| colour[channel] <= middle);
        let upper = colours.split_off(cut);
        boxes.extend([colours, upper]);
    }
    let mut palette = Vec::with_capacity(boxes.len());
    let mut places = BTreeMap::new();
    for (at, colours) in boxes.iter().enumerate() {
        // The colour that most pixels have stays itself, so that grounds and inks are exact.
        palette.push(colours.iter().max_by_key(|(colour, count)| (*count, *colour)).map_or([0; 3], |(colour, _)| *colour));
        places.extend(colours.iter().map(|(colour, _)| (*colour, at as u8)));
    }
    (palette, places)
}

/// The widest range of a channel among colours, and the channel.
fn spread(colours: &[(Rgb, u32)]) -> (u8, usize) {
    let range = |channel: usize| {
        let values = || colours.iter().map(|(colour, _)| colour[channel]);
        values().max().unwrap_or(0) - values().min().unwrap_or(0)
    };
    (0..3).map(|channel| (range(channel), channel)).max().unwrap_or((0, 0))
}
