//! In: how far punycode has come in a label. Out: how its next number is written (RFC 3492, section 6.1): what reading and
//! measuring share.

/// The bias behind a number: `delta` is the number, `points` how many characters there are by now, `first` whether it is
/// the first of its label.
pub fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}
