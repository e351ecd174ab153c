//! In: the words of a handshake that failed. Out: the same; where nobody vouches for a certificate, what can be done about it.

/// Where the authorities are looked for that everything but mail trusts: the system's, or those of this file alone.
pub(crate) const BY_FILE: &str = "if it is your own, name a PEM file with it and the others that you trust in SSL_CERT_FILE";

/// The words, or a sentence with `remedy` where the authority behind a certificate is not trusted here.
pub(crate) fn told(words: String, remedy: &str) -> String {
    match words.contains("UnknownIssuer") {
        true => format!("the server's certificate is signed by an authority that this machine does not trust; {remedy}"),
        false => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_remedy_helps_against_gets_it() {
        assert!(told("invalid peer certificate: UnknownIssuer".into(), BY_FILE).ends_with("SSL_CERT_FILE"));
        for other in ["invalid peer certificate: Expired", "invalid peer certificate: NotValidForName", "connection reset"] {
            assert_eq!(told(other.into(), BY_FILE), other);
        }
    }
}
