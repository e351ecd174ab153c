//! In: a label of a domain. Out: how long it is when it is looked up, in ASCII; and back, what a reader reads (RFC 3492).

/// The length of a label in ASCII: as it is, or encoded.
pub fn ascii_length(label: &[char]) -> usize {
    if label.iter().all(char::is_ascii) { label.len() } else { "xn--".len() + punycode_length(label) }
}

fn punycode_length(label: &[char]) -> usize {
    let basic = label.iter().filter(|c| c.is_ascii()).count();
    let (mut length, mut handled) = (if basic > 0 { basic + 1 } else { 0 }, basic as u32);
    let (mut n, mut delta, mut bias) = (0x80_u32, 0_u32, 72_u32);
    while (handled as usize) < label.len() {
        let next = label.iter().map(|c| u32::from(*c)).filter(|c| *c >= n).min().unwrap_or(n);
        delta = delta.saturating_add((next - n).saturating_mul(handled + 1));
        n = next;
        for c in label.iter().map(|c| u32::from(*c)) {
            if c < n {
                delta = delta.saturating_add(1);
            }
            if c == n {
                length += digits(delta, bias);
                bias = adapted(delta, handled + 1, handled as usize == basic);
                (delta, handled) = (0, handled + 1);
            }
        }
        (delta, n) = (delta.saturating_add(1), n + 1);
    }
    length
}

fn digits(mut q: u32, bias: u32) -> usize {
    let (mut count, mut k) = (1, 36_u32);
    loop {
        let t = k.saturating_sub(bias).clamp(1, 26);
        if q < t {
            return count;
        }
        (q, k, count) = ((q - t) / (36 - t), k + 36, count + 1);
    }
}

/// What is written behind `xn--` (RFC 3492, section 6.2); none where it is no such text.
pub fn decoded(encoded: &str) -> Option<String> {
    let (basic, rest) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias, mut first) = (128u32, 0u32, 72u32, true);
    let mut digits = rest.bytes().map(|byte| match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        _ => None,
    });
    while digits.len() > 0 {
        let (before, mut weight, mut k) = (i, 1u32, 36u32);
        loop {
            let digit = digits.next()??;
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        let length = out.len() as u32 + 1;
        bias = adapted(i - before, length, first);
        first = false;
        n = n.checked_add(i / length)?;
        i %= length;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}

fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_as_long_as_they_are_when_encoded_and_are_read_again() {
        for (label, encoded) in [
            ("norrvik", "norrvik"),
            ("bücher", "xn--bcher-kva"),
            ("みんな", "xn--q9jyb4c"),
            ("пример", "xn--e1afmkfd"),
            ("☃", "xn--n3h"),
            ("münchen", "xn--mnchen-3ya"),
        ] {
            let label: Vec<char> = label.chars().collect();
            assert_eq!(ascii_length(&label), encoded.len(), "{encoded}");
            let read = encoded.strip_prefix("xn--").map_or_else(|| Some(encoded.to_owned()), decoded);
            assert_eq!(read, Some(label.iter().collect()), "{encoded}");
        }
    }
}
