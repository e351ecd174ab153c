//! A proof file (C2SP tlog-proof): reading never fails but by saying why, what was read has one spelling, and it proves
//! nothing to somebody who trusts no key.

use promulgate::transparency::proof::TlogProof;

/// The proof as it is.
pub fn check(data: &[u8]) {
    let Ok(proof) = TlogProof::parse(data) else { return };
    assert_eq!(proof.text().as_bytes(), data, "a proof has one spelling");
    assert!(proof.verify(&[0; 32], "norrvik.example/log", &[]).is_err(), "without a key nothing is proven");
}
