//! In: the SHA-256 of a record. Out: its seal, a rosette of two rings of petals that the hash alone decides.
//!
//! It helps people to notice that two copies differ; it proves nothing. The hash beside it does.

use std::fmt::Write;

/// The inside of an `<svg viewBox="-50 -50 100 100">`: strokes only, in the current colour. `id` keeps the petals of
/// several seals on one page apart; it must be a plain word.
pub fn rosette(hash: &[u8; 32], id: &str) -> String {
    let outer = [24, 30, 36][usize::from(hash[0]) % 3];
    let inner = [12, 15, 18][usize::from(hash[1]) % 3];
    // Between 0 and 1, from one byte of the hash.
    let share = |at: usize| f64::from(hash[at]) / 255.0;
    let waist = 20.0 + 10.0 * share(2);
    let core = 9.0 + 8.0 * share(3);
    let reach = |at: usize, least: f64, most: f64| least + (most - least) * share(at);
    let mut out = String::with_capacity(2600);
    let _ = write!(
        out,
        "<defs><path id=\"{id}a\" d=\"M0-46C{:.1} {:.1} {:.1} {:.1} 0 {:.1}S{:.1} {:.1} 0 {:.1}\"/>\
         <path id=\"{id}b\" d=\"M0 0C{:.1} {:.1} {:.1} {:.1} 0 {:.1}S{:.1} {:.1} 0 0\"/></defs>\
         <circle r=\"48.5\"/><circle r=\"47\"/>",
        reach(4, 4.0, 22.0),
        -reach(5, 38.0, 45.0),
        reach(6, 6.0, 24.0),
        -reach(7, 28.0, 38.0),
        -waist,
        -reach(8, 6.0, 24.0),
        -reach(9, 16.0, 24.0),
        -core,
        reach(10, 4.0, 20.0),
        -reach(11, 4.0, 14.0),
        reach(12, 4.0, 18.0),
        -reach(13, 18.0, 26.0),
        -waist,
        -reach(14, 4.0, 16.0),
        -reach(15, 8.0, 18.0),
    );
    for (petal, count) in [('a', outer), ('b', inner)] {
        for turn in 0..count {
            let _ = write!(out, "<use href=\"#{id}{petal}\" transform=\"rotate({})\"/>", 360 * turn / count);
        }
    }
    out
}

/// A hash as people compare it: groups of eight hexadecimal digits.
pub fn grouped(hash: &[u8; 32]) -> String {
    let mut out = String::with_capacity(72);
    for (at, byte) in hash.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push(' ');
        }
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{grouped, rosette};

    #[test]
    fn one_changed_byte_of_those_it_draws_from_gives_another_seal() {
        let plain = [7u8; 32];
        for at in 0..16 {
            let mut other = plain;
            other[at] = 200;
            assert_ne!(rosette(&plain, "s"), rosette(&other, "s"), "byte {at}");
        }
        assert!(rosette(&plain, "s").len() < 2600);
    }

    #[test]
    fn the_hash_is_shown_whole_in_groups() {
        assert_eq!(grouped(&[0xab; 32]), ["abababab"; 8].join(" "));
    }
}
