//! In: a label of a domain. Out: how long it is when it is looked up: in ASCII, by RFC 3492 where it holds other letters.

use crate::text::punycode::adapted;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_as_long_as_they_are_when_encoded() {
        for (label, encoded) in
            [("norrvik", "norrvik"), ("bücher", "xn--bcher-kva"), ("みんな", "xn--q9jyb4c"), ("пример", "xn--e1afmkfd"), ("☃", "xn--n3h")]
        {
            let label: Vec<char> = label.chars().collect();
            assert_eq!(ascii_length(&label), encoded.len(), "{encoded}");
        }
    }
}
