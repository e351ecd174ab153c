//! A policy file (C2SP tlog-policy): reading never fails but by saying why, and a policy with a quorum is not content with
//! nobody's signature.

use promulgate::transparency::policy::Policy;

/// The policy as it is.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(policy) = Policy::parse(text) else { return };
    let asks_nobody = text.lines().any(|line| line.split([' ', '\t']).filter(|word| !word.is_empty()).eq(["quorum", "none"]));
    assert_eq!(policy.satisfied(&[]), asks_nobody, "a quorum needs signatures");
    assert_eq!(policy.keys().len(), policy.logs.len() + policy.witnesses.len());
}
