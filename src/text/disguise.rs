//! In: a text from elsewhere and secrets that it must not repeat. Out: the text with `…` in their place, however they were
//! written: as they are, percent-encoded, in base64, in hex, escaped for JSON or HTML, backwards.

use crate::model::announcement::hex;
use crate::text::escape;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Shorter secrets are looked for as they are only: in other forms they would be found in innocent words.
const LEAST: usize = 8;

/// A text without the secrets.
pub fn hidden<'s>(text: &str, secrets: impl IntoIterator<Item = &'s str>) -> String {
    let mut text = text.to_owned();
    for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
        for form in forms(secret) {
            if text.contains(&form) {
                text = text.replace(&form, "…");
            }
        }
    }
    text
}

/// Every way to write a secret, the longest first, so that none leaves a piece of another.
pub fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned()];
    if secret.len() >= LEAST {
        let bytes = secret.as_bytes();
        forms.extend([percent(secret, b"-_.~"), percent(secret, b"-_.!~*'()"), percent(secret, b"-_.*").replace("%20", "+")]);
        forms.extend([hex(bytes), hex(bytes).to_uppercase()]);
        forms.extend(base64(bytes));
        forms.extend(serde_json::to_string(secret).ok().map(|text| text[1..text.len() - 1].to_owned()));
        forms.extend([
            escape::html(secret).into_owned(),
            escape::html(secret).replace("&#39;", "&#x27;"),
            escape::html(secret).replace("&#39;", "'"),
        ]);
        forms.push(secret.chars().rev().collect());
    }
    forms.sort_by(|a, b| (b.len(), a).cmp(&(a.len(), b)));
    forms.dedup();
    forms
}

fn percent(secret: &str, plain: &[u8]) -> String {
    let one = |byte: u8| match byte.is_ascii_alphanumeric() || plain.contains(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    secret.bytes().map(one).collect()
}

/// Both alphabets, at each of the three places at which a secret can begin in a longer text; of the last two only the
/// letters that do not depend on what stands before and after it.
fn base64(secret: &[u8]) -> Vec<String> {
    let whole = [STANDARD_NO_PAD.encode(secret), URL_SAFE_NO_PAD.encode(secret)];
    let inside = (0..3).flat_map(|shift| {
        let padded = [&vec![0; shift][..], secret].concat();
        let (start, end) = ([0, 2, 3][shift], padded.len() / 3 * 4);
        [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)].map(|text| text[start..end].to_owned())
    });
    whole.into_iter().chain(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_however_it_is_written() {
        let secret = "s3cret<\"&/+>%~'\\x9";
        let ways = [
            secret.to_owned(),
            "s3cret%3C%22%26%2F%2B%3E%25~%27%5Cx9".into(),
            STANDARD_NO_PAD.encode(secret),
            URL_SAFE_NO_PAD.encode(secret),
            hex(secret.as_bytes()),
            hex(secret.as_bytes()).to_uppercase(),
            "s3cret<\\\"&/+>%~'\\\\x9".into(),
            "s3cret&lt;&quot;&amp;/+&gt;%~&#39;\\x9".into(),
            secret.chars().rev().collect(),
        ];
        for way in ways {
            assert_eq!(hidden(&format!("no {way}!"), [secret]), "no …!", "{way}");
        }
        for before in ["user:", "a", "ab", "abc"] {
            let said = hidden(&STANDARD_NO_PAD.encode(format!("{before}{secret}")), [secret]);
            assert!(said.contains('…') && said.len() < 14, "{said}");
        }
    }

    #[test]
    fn nothing_else_is_touched() {
        assert_eq!(hidden("a token is missing", ["s3cret-s3cret", ""]), "a token is missing");
        assert_eq!(hidden("6162 abc", ["ab"]), "6162 …c", "a short secret is hidden as it is, and only so");
    }
}
