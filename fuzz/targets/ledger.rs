//! A file of the ledger, whole, torn or damaged. Lines that were read are written and read back as they were; what is whole
//! is a prefix of the file; no order of lines changes how an announcement stands. The same with the right sum put under the
//! text, so that what lies behind the sum is met too.

use promulgate::io::stores::lines::{decode, encode, line};
use promulgate::model::announcement::hex;
use promulgate::model::ledger::{Ledger, Line};
use promulgate::model::record::RecordId;
use sha2::{Digest, Sha256};

/// The file as it is, and each of its lines with a sum that fits.
pub fn check(data: &[u8]) {
    if let Ok(content) = decode(data) {
        assert!(content.whole <= data.len() && (content.whole == 0 || data[content.whole - 1] == b'\n'), "{}", content.whole);
        let whole = decode(&data[..content.whole]).expect("what is whole is whole");
        assert!(whole.lines == content.lines && whole.whole == content.whole);
        round(&content.lines);
    }
    let sealed: Vec<u8> = data.split(|byte| *byte == b'\n').filter_map(sealed).flatten().collect();
    if let Ok(content) = decode(&sealed) {
        round(&content.lines);
    }
}

/// A JSON object with its sum and line end.
fn sealed(text: &[u8]) -> Option<Vec<u8>> {
    let body = text.strip_suffix(b"}")?;
    let sum = hex(&Sha256::digest(text)[..8]);
    Some([body, format!(",\"sum\":\"{sum}\"}}\n").as_bytes()].concat())
}

fn round(lines: &[Line]) {
    for one in lines {
        assert_eq!(line(&encode(one)).as_ref(), Ok(one));
    }
    let fold = |lines: &mut dyn Iterator<Item = &Line>| {
        let mut ledger = Ledger::default();
        lines.for_each(|line| ledger.fold(&RecordId("updates/2026/ferry".to_owned()), line.clone()));
        ledger
    };
    let forward = fold(&mut lines.iter());
    assert_eq!(forward, fold(&mut lines.iter().rev()), "the order of reading matters");
    assert_eq!(forward, fold(&mut lines.iter().chain(lines)), "reading twice matters");
}
