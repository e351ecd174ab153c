//! In: the files of one step of the log. Out: their lines as values, and back.
//!
//! `NNN.json` holds the leaves and the signed checkpoint (contract `log/1`), `NNN.papers` who the leaves are about and
//! their salts, `NNN.texts` each version's `record.json`. `NNN` is the size before the step, in twelve digits.

use super::encoding::{hex, unhex};
use super::journal_fault::JournalFault;
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who a leaf is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The place of the leaf.
    #[serde(rename = "i")]
    pub index: u64,
    /// The record.
    pub record: RecordId,
    /// The language.
    pub lang: Lang,
    /// The address of its page.
    pub route: String,
    /// The salt of the commitment; none where the text was erased.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hex32")]
    pub salt: Option<[u8; 32]>,
    /// The SHA-256 of `record.json`; none where the text was erased.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hex32")]
    pub sha256: Option<[u8; 32]>,
}

impl Paper {
    /// The edition.
    pub fn key(&self) -> (RecordId, Lang) {
        (self.record.clone(), self.lang)
    }
}

/// What decides about a step.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BatchFile {
    /// Version of the contract, 1.
    pub log: u32,
    /// The size before it.
    pub from: u64,
    /// The leaves.
    pub leaves: Vec<String>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// The text of one version.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TextLine {
    /// The place of its leaf.
    pub i: u64,
    /// Its `record.json`.
    pub text: String,
}

/// The texts of a file, by the place of the leaf.
pub fn texts(name: &str, bytes: &[u8]) -> Result<BTreeMap<u64, String>, JournalFault> {
    let all: Vec<TextLine> = lines(name, bytes)?;
    Ok(all.into_iter().map(|line| (line.i, line.text)).collect())
}

/// The name of the file that decides about a step.
pub fn batch_name(from: u64) -> String {
    format!("{from:012}.json")
}

/// The name of the file with the papers of a step.
pub(super) fn papers_name(from: u64) -> String {
    format!("{from:012}.papers")
}

/// The name of the file with the texts of a step.
pub(super) fn texts_name(from: u64) -> String {
    format!("{from:012}.texts")
}

/// The lines of a file, each a value.
pub(super) fn lines<T: for<'de> Deserialize<'de>>(name: &str, bytes: &[u8]) -> Result<Vec<T>, JournalFault> {
    let parse = |(at, line): (usize, &[u8])| {
        serde_json::from_slice(line)
            .map_err(|error| JournalFault::Damaged { file: name.to_owned(), what: format!("line {}: {error}", at + 1) })
    };
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).enumerate().map(parse).collect()
}

/// A value as a line, its end included.
pub(super) fn json_line<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string(value).expect("text and numbers can always be written");
    text.push('\n');
    text
}

mod hex32 {
    //! 32 bytes as 64 hex digits.

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Option<[u8; 32]>, out: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(bytes) => out.serialize_str(&super::hex(bytes)),
            None => out.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<[u8; 32]>, D::Error> {
        let text: Option<String> = Option::deserialize(from)?;
        text.map(|text| super::unhex(&text).ok_or_else(|| serde::de::Error::custom("64 hex digits were expected"))).transpose()
    }
}
