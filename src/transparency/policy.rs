//! In: a policy file (c2sp.org/tlog-policy). Out: which logs and witnesses one trusts, and whether enough have signed.

use super::encoding::decimal;
use super::note::{KeyError, Kind, Verified, VerifierKey};
use std::collections::{BTreeMap, BTreeSet};

/// A policy that cannot be used; names the line, counted from one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A line of no known form.
    #[error("line {0} is neither `log`, `witness`, `group` nor `quorum` with what belongs to it")]
    Line(usize),
    /// A key that cannot be used.
    #[error("line {line}: {source}")]
    Key {
        /// The line.
        line: usize,
        /// Why.
        source: KeyError,
    },
    /// A log with a witness's key, or the other way round.
    #[error("line {0}: a log needs a key of type 0x01, a witness one of type 0x04")]
    Kind(usize),
    /// A name or key that stands there twice.
    #[error("line {0}: this name or key stands there twice")]
    Twice(usize),
    /// A name that no line before defines.
    #[error("line {line}: no line before defines `{name}`")]
    Unknown {
        /// The line.
        line: usize,
        /// The name.
        name: String,
    },
    /// More of a group than it has members, or none.
    #[error("line {0}: a group needs members, and a number of them from one to all")]
    Threshold(usize),
    /// Not exactly one quorum.
    #[error("the policy needs exactly one line `quorum NAME` or `quorum none`")]
    Quorum,
}

/// A key with the address where its owner is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The name within the policy; for a log that of its key.
    pub name: String,
    /// The key.
    pub key: VerifierKey,
    /// Where it is reached, if the policy says so.
    pub url: Option<String>,
}

/// Whom one trusts, and how many of them must have signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The logs.
    pub logs: Vec<Party>,
    /// The witnesses.
    pub witnesses: Vec<Party>,
    groups: BTreeMap<String, (usize, Vec<String>)>,
    quorum: Option<String>,
}

impl Policy {
    /// Reads a policy.
    pub fn parse(text: &str) -> Result<Policy, PolicyError> {
        let mut policy = Policy { logs: Vec::new(), witnesses: Vec::new(), groups: BTreeMap::new(), quorum: None };
        let (mut members, mut quorum) = (BTreeSet::new(), None);
        for (at, line) in text.split('\n').enumerate() {
            let number = at + 1;
            if line.chars().any(|c| c.is_ascii_control() && c != '\t') {
                return Err(PolicyError::Line(number));
            }
            let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            match words.as_slice() {
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                ["log", key] => policy.log(number, key, None)?,
                ["log", key, url] => policy.log(number, key, Some(url))?,
                ["witness", name, key] => policy.witness(number, name, key, None)?,
                ["witness", name, key, url] => policy.witness(number, name, key, Some(url))?,
                ["group", name, count, of @ ..] => policy.group(number, name, (count, of), &mut members)?,
                ["quorum", name] if quorum.is_none() => {
                    if *name != "none" {
                        policy.must_know(number, name)?;
                    }
                    quorum = Some(*name);
                }
                ["quorum", ..] => return Err(PolicyError::Quorum),
                _ => return Err(PolicyError::Line(number)),
            }
        }
        policy.quorum = Some(quorum.ok_or(PolicyError::Quorum)?).filter(|name| *name != "none").map(str::to_owned);
        Ok(policy)
    }

    /// The keys that signatures on checkpoints are checked with.
    pub fn keys(&self) -> Vec<VerifierKey> {
        self.logs.iter().chain(&self.witnesses).map(|party| party.key.clone()).collect()
    }

    /// Whether these signatures, each of which holds, are those of enough witnesses.
    pub fn satisfied(&self, verified: &[Verified]) -> bool {
        self.quorum.as_ref().is_none_or(|name| self.has_signed(name, verified))
    }

    /// No circle is possible: a group names only what stood before it.
    fn has_signed(&self, name: &str, verified: &[Verified]) -> bool {
        match self.groups.get(name) {
            Some((count, members)) => members.iter().filter(|member| self.has_signed(member, verified)).count() >= *count,
            None => self.witnesses.iter().filter(|party| party.name == name).any(|party| {
                let by = |one: &Verified| one.time.is_some() && one.name == party.key.name() && one.id == party.key.id();
                verified.iter().any(by)
            }),
        }
    }

    fn log(&mut self, line: usize, key: &str, url: Option<&str>) -> Result<(), PolicyError> {
        let key = read_key(line, key, Kind::Ed25519)?;
        take(&mut self.logs, line, Party { name: key.name().to_owned(), key, url: url.map(str::to_owned) })
    }

    fn witness(&mut self, line: usize, name: &str, key: &str, url: Option<&str>) -> Result<(), PolicyError> {
        if name == "none" || self.knows(name) {
            return Err(PolicyError::Twice(line));
        }
        let key = read_key(line, key, Kind::Cosignature)?;
        take(&mut self.witnesses, line, Party { name: name.to_owned(), key, url: url.map(str::to_owned) })
    }

    fn group(&mut self, line: usize, name: &str, (count, of): (&str, &[&str]), members: &mut BTreeSet<String>) -> Result<(), PolicyError> {
        if name == "none" || self.knows(name) {
            return Err(PolicyError::Twice(line));
        }
        for member in of {
            self.must_know(line, member)?;
            if !members.insert((*member).to_owned()) {
                return Err(PolicyError::Twice(line));
            }
        }
        let count = match count {
            "any" => 1,
            "all" => of.len(),
            number => decimal(number).and_then(|number| usize::try_from(number).ok()).ok_or(PolicyError::Line(line))?,
        };
        if count == 0 || count > of.len() {
            return Err(PolicyError::Threshold(line));
        }
        self.groups.insert(name.to_owned(), (count, of.iter().map(|&name| name.to_owned()).collect()));
        Ok(())
    }

    fn knows(&self, name: &str) -> bool {
        self.groups.contains_key(name) || self.witnesses.iter().any(|party| party.name == name)
    }

    fn must_know(&self, line: usize, name: &str) -> Result<(), PolicyError> {
        if self.knows(name) { Ok(()) } else { Err(PolicyError::Unknown { line, name: name.chars().take(100).collect() }) }
    }
}

fn read_key(line: usize, key: &str, kind: Kind) -> Result<VerifierKey, PolicyError> {
    let key = VerifierKey::parse(key).map_err(|source| PolicyError::Key { line, source })?;
    if key.kind() == kind { Ok(key) } else { Err(PolicyError::Kind(line)) }
}

fn take(list: &mut Vec<Party>, line: usize, party: Party) -> Result<(), PolicyError> {
    if list.iter().any(|other| other.key.bytes() == party.key.bytes()) {
        return Err(PolicyError::Twice(line));
    }
    list.push(party);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transparency::note::SigningKey;

    fn witness(seed: u8) -> SigningKey {
        SigningKey::witness_from_seed(&format!("w{seed}.example"), [seed; 32]).unwrap()
    }

    /// The example of the specification: two of three, and one of three others.
    fn example() -> String {
        let log = SigningKey::from_seed("norrvik.example/log", [99; 32]).unwrap();
        let line = |name: &str, seed| format!("\twitness {name}  {} https://{name}.example \n", witness(seed).verifier());
        let witnesses: String = (1..=6).map(|seed| line(&format!("{}{}", if seed < 4 { "X" } else { "Y" }, seed), seed)).collect();
        format!(
            "# who\nlog {}\n\n{witnesses}group Xs 2 X1 X2 X3\ngroup Ys any Y4 Y5 Y6\ngroup both all Xs Ys\nquorum both\n",
            log.verifier()
        )
    }

    #[test]
    fn enough_is_what_the_groups_say() {
        let policy = Policy::parse(&example()).unwrap();
        assert_eq!((policy.logs.len(), policy.witnesses[5].url.as_deref()), (1, Some("https://Y6.example")));
        let signed = |seeds: &[u8]| {
            let key = |seed: &u8| witness(*seed).verifier().clone();
            let one = |seed| Verified { name: key(seed).name().into(), id: key(seed).id(), time: Some(1) };
            policy.satisfied(&seeds.iter().map(one).collect::<Vec<_>>())
        };
        for enough in [&[1, 2, 4][..], &[1, 3, 6], &[1, 2, 3, 4, 5, 6]] {
            assert!(signed(enough), "{enough:?}");
        }
        for too_few in [&[][..], &[1, 2], &[1, 4, 5, 6], &[4], &[7, 8, 9]] {
            assert!(!signed(too_few), "{too_few:?}");
        }
        let log = Verified { name: "w1.example".into(), id: witness(1).verifier().id(), time: None };
        assert!(!policy.satisfied(&[log.clone(), log]));
        assert!(Policy::parse("quorum none").unwrap().satisfied(&[]));
    }

    #[test]
    fn a_policy_that_could_be_read_in_two_ways_is_refused() {
        let with = |from: &str, to: &str| Policy::parse(&example().replace(from, to));
        assert_eq!(with("quorum both\n", ""), Err(PolicyError::Quorum));
        assert_eq!(with("quorum both\n", "quorum both\nquorum none\n"), Err(PolicyError::Quorum));
        assert_eq!(with("2 X1", "4 X1"), Err(PolicyError::Threshold(10)));
        assert_eq!(with("2 X1", "0 X1"), Err(PolicyError::Threshold(10)));
        assert_eq!(with("any Y4", "any X1"), Err(PolicyError::Twice(11)));
        assert_eq!(with("any Y4", "any Z"), Err(PolicyError::Unknown { line: 11, name: "Z".into() }));
        assert_eq!(with("group Xs", "group X1"), Err(PolicyError::Twice(10)));
        assert_eq!(with("\n\n", "\nwrong line\n"), Err(PolicyError::Line(3)));
        assert_eq!(with("\twitness X1", "log"), Err(PolicyError::Kind(4)));
        let log = SigningKey::from_seed("a", [1; 32]).unwrap();
        assert_eq!(Policy::parse(&format!("witness a {}\nquorum a\n", log.verifier())), Err(PolicyError::Kind(1)));
        let twice = format!("log {0}\nlog {0}\nquorum none\n", log.verifier());
        assert_eq!(Policy::parse(&twice), Err(PolicyError::Twice(2)));
    }
}
