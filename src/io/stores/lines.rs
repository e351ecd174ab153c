//! In: bytes of a ledger file. Out: its lines, each checked, and where a torn end begins; and the way back.
//!
//! The check is over the text of the line, not over what we understand of it: a later version's fields survive.

use crate::model::announcement::hex;
use crate::model::ledger::Line;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Length of `,"sum":"` + 16 digits + `"}`.
const TAIL: usize = 8 + 16 + 2;

/// The header, `state.json`: what must be there, so that a loss is seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// Version of the contract, 1.
    pub v: u32,
    /// When each channel's baseline was taken.
    pub baselines: BTreeMap<String, Timestamp>,
    /// How many lines each record's file has at least.
    pub files: BTreeMap<String, usize>,
    /// How many steps the log has at least.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub log: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Content {
    /// Whole lines.
    pub lines: Vec<Line>,
    /// How many bytes they take.
    pub whole: usize,
}

/// A line as it stands in the file, its end included.
pub fn encode(line: &Line) -> String {
    let mut text = serde_json::to_string(line).expect("a line is made of text and numbers only");
    let sum = sum(&text);
    text.pop();
    text.push_str(&format!(",\"sum\":\"{sum}\"}}\n"));
    text
}

/// The lines of a file. Whatever follows the last line end, and a last line whose sum is wrong, is a torn end: an
/// append that was cut off. A wrong line before others is damage: its number and what is wrong come back.
pub fn decode(bytes: &[u8]) -> Result<Content, (usize, String)> {
    let mut content = Content::default();
    let mut number = 0;
    for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
        number += 1;
        let last = content.whole + piece.len() == bytes.len();
        match parse(piece) {
            Ok(line) => {
                content.lines.push(line);
                content.whole += piece.len();
            }
            Err(_) if last => break,
            Err(what) => return Err((number, what)),
        }
    }
    Ok(content)
}

fn parse(piece: &[u8]) -> Result<Line, String> {
    line(std::str::from_utf8(piece).map_err(|_| "it is not UTF-8".to_owned())?)
}

/// One line with its end, or what is wrong with it.
pub fn line(text: &str) -> Result<Line, String> {
    let text = text.strip_suffix('\n').ok_or("it has no end")?;
    let at = text.len().checked_sub(TAIL).filter(|at| text.is_char_boundary(*at)).ok_or("it is too short")?;
    let (body, tail) = text.split_at(at);
    let given = tail.strip_prefix(",\"sum\":\"").and_then(|rest| rest.strip_suffix("\"}")).ok_or("it has no sum")?;
    if sum(&format!("{body}}}")) != given {
        return Err("its sum does not fit its text".into());
    }
    let line: Line = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if line.v == 1 { Ok(line) } else { Err(format!("it is of version {}, which this program does not know", line.v)) }
}

fn sum(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())[..8])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"v":1,"key":"KEY","state":"sent","at":"2026-11-20T10:00:00Z","run":"r","attempt":1,"channel":"town","event":"published","lang":"sv","version":""}"#;

    /// A JSON object as a line of the ledger, with a sum that is worked out here a second time.
    fn sealed(body: &str) -> String {
        let body = body.replace("KEY", &"ab".repeat(32));
        let sum: String = Sha256::digest(body.as_bytes())[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{},\"sum\":\"{sum}\"}}\n", body.strip_suffix('}').unwrap())
    }

    #[test]
    fn a_line_is_written_with_its_sum_and_read_back_as_it_was() {
        let read = line(&sealed(BODY)).unwrap();
        assert_eq!((read.run.as_str(), read.attempt), ("r", 1));
        assert_eq!(encode(&read), sealed(BODY));
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        let good = sealed(BODY);
        let says = |text: &str| line(text).unwrap_err();
        assert_eq!(says(good.trim_end()), "it has no end");
        assert_eq!(says("{}\n"), "it is too short");
        assert_eq!(says("\n"), "it is too short");
        assert_eq!(says(&format!("{}\n", "x".repeat(60))), "it has no sum");
        assert_eq!(says(&format!("{}é{}\n", "x".repeat(20), "y".repeat(25))), "it is too short", "where no letter begins");
        assert_eq!(says(&good.replace("town", "town2")), "its sum does not fit its text");
        assert!(says(&sealed(r#"{"v":1}"#)).contains("missing field"));
        assert!(says(&sealed(&BODY.replace("\"v\":1", "\"v\":2"))).contains("version 2"));
        assert!(line(&sealed(&BODY.replace("}", ",\"later\":true}"))).is_ok(), "a field of a later version does no harm");
    }

    #[test]
    fn a_torn_end_is_left_out_and_damage_before_it_is_named() {
        let (one, two) = (sealed(BODY), sealed(&BODY.replace("town", "hall")));
        let whole = format!("{one}{two}");
        let all = decode(whole.as_bytes()).unwrap();
        assert_eq!((all.lines.len(), all.whole), (2, whole.len()));
        for cut in one.len()..whole.len() {
            let torn = decode(&whole.as_bytes()[..cut]).unwrap();
            assert_eq!((torn.lines.len(), torn.whole), (1, one.len()), "cut at {cut}");
        }
        assert_eq!(
            decode(format!("{one}{}", two.replace("hall", "hell")).as_bytes()).unwrap().whole,
            one.len(),
            "a last line that was half written"
        );
        assert_eq!(decode(format!("{}{two}", one.replace("town", "tomb")).as_bytes()).unwrap_err().0, 1);
        assert_eq!(decode(&[one.as_bytes(), b"\xff\n", two.as_bytes()].concat()).unwrap_err(), (2, "it is not UTF-8".to_owned()));
        let none = decode(b"").unwrap();
        assert!(none.lines.is_empty() && none.whole == 0);
    }
}
