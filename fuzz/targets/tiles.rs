//! A bundle of entries (C2SP tlog-tiles). Reading never fails but by saying why; what was read gives the same bytes again.

use promulgate::transparency::tiles::parse_bundle;

/// The bundle as it is.
pub fn check(data: &[u8]) {
    if let Ok(entries) = parse_bundle(data) {
        let again: Vec<u8> = entries
            .iter()
            .flat_map(|entry| {
                let bytes: &[u8] = entry.as_ref();
                [&u16::try_from(bytes.len()).expect("an entry has a length of 16 bits").to_be_bytes()[..], bytes].concat()
            })
            .collect();
        assert_eq!(again, data, "an entry bundle has one spelling");
    }
}
