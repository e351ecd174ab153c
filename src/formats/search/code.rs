//! In: numbers. Out: the same numbers as letters, few for small ones, without anything that JSON must escape.
//!
//! Five bits a letter, the sixth says that more follow, the lowest bits first.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes a number.
pub(super) fn push(out: &mut String, mut number: u32) {
    loop {
        let more = if number > 31 { 32 } else { 0 };
        out.push(char::from(LETTERS[(number & 31 | more) as usize]));
        number >>= 5;
        if number == 0 {
            return;
        }
    }
}

/// Writes rising numbers by the gaps between them.
pub(super) fn push_rising(out: &mut String, numbers: impl Iterator<Item = u32>) {
    let mut next = 0;
    for number in numbers {
        push(out, number - next);
        next = number + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_take_one_letter() {
        let mut out = String::new();
        [0, 31, 32, 1000].into_iter().for_each(|number| push(&mut out, number));
        assert_eq!(out, "Af".to_owned() + "gB" + "o" + "f");
    }
}
