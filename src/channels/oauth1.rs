//! In: a request and four keys. Out: its `Authorization` header by OAuth 1.0a with HMAC-SHA1 (RFC 5849).
//!
//! Signed are the method, the address without its query, and the parameters of header and query; JSON and multipart bodies
//! are no part of it. No request of ours has a form as its body.

use crate::channels::said::account;
use crate::model::announcement::hex;
use crate::model::transport::{Method, Secret, SendError, Transport};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};

/// Everything but the unreserved characters (RFC 5849, 3.6).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The keys of an app and of an account.
pub struct Keys {
    /// The app's key.
    pub consumer_key: Secret,
    /// The app's secret.
    pub consumer_secret: Secret,
    /// The account's token.
    pub token: Secret,
    /// The account's secret.
    pub token_secret: Secret,
}

impl Keys {
    /// The keys from the settings.
    pub fn read(out: &mut dyn Transport) -> Result<Keys, SendError> {
        let mut key = |name: &str| out.secret(name).map_err(|error| account(error.to_string()));
        Ok(Keys {
            consumer_key: key("consumer_key")?,
            consumer_secret: key("consumer_secret")?,
            token: key("token")?,
            token_secret: key("token_secret")?,
        })
    }

    /// All of them, to be taken out of a server's words.
    pub fn into_secrets(self) -> Vec<Secret> {
        vec![self.consumer_key, self.consumer_secret, self.token, self.token_secret]
    }
}

/// The header of a request sent at that instant; no two are the same.
pub fn header(method: Method, url: &str, keys: &Keys, now: Timestamp) -> Secret {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let seed = format!("{} {count} {} {url}", now.as_nanosecond(), keys.token_secret.expose());
    let nonce = hex(&Sha256::digest(seed.as_bytes()))[..32].to_owned();
    signed(method, url, keys, (&nonce, now.as_second()))
}

/// The header with a given nonce and time.
pub fn signed(method: Method, url: &str, keys: &Keys, (nonce, time): (&str, i64)) -> Secret {
    let time = time.to_string();
    let mut fields: Vec<(&str, &str)> = vec![
        ("oauth_consumer_key", keys.consumer_key.expose()),
        ("oauth_nonce", nonce),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", &time),
        ("oauth_token", keys.token.expose()),
        ("oauth_version", "1.0"),
    ];
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let signature = signature(method, address, &fields, &query, keys);
    fields.push(("oauth_signature", &signature));
    fields.sort_unstable();
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}=\"{}\"", encoded(value))).collect();
    Secret::new(format!("OAuth {}", fields.join(", ")))
}

fn signature(method: Method, address: &str, fields: &[(&str, &str)], query: &[(String, String)], keys: &Keys) -> String {
    let own = fields.iter().map(|(name, value)| (encoded(name), encoded(value)));
    let mut all: Vec<(String, String)> = own.chain(query.iter().map(|(name, value)| (encoded(name), encoded(value)))).collect();
    all.sort_unstable();
    let parameters = all.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let method = match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    };
    let base = format!("{method}&{}&{}", encoded(address), encoded(&parameters));
    let key = format!("{}&{}", encoded(keys.consumer_secret.expose()), encoded(keys.token_secret.expose()));
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(base.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_platform_s_own_example() {
        // <https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature>; the text of the example's form
        // stands in the query here, where it is signed the same way.
        let keys = Keys {
            consumer_key: Secret::new("xvz1evFS4wEEPTGEFPHBog"),
            consumer_secret: Secret::new("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw"),
            token: Secret::new("370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
            token_secret: Secret::new("LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"),
        };
        let url = "https://api.twitter.com/1.1/statuses/update.json?include_entities=true&status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21";
        let header = signed(Method::Post, url, &keys, ("kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", 1_318_622_958));
        let signature = "oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\"";
        assert!(header.expose().contains(signature), "{}", header.expose());
    }

    #[test]
    fn no_two_headers_are_the_same() {
        let keys = || Keys {
            consumer_key: Secret::new("a"),
            consumer_secret: Secret::new("b"),
            token: Secret::new("c"),
            token_secret: Secret::new("d"),
        };
        let one = || header(Method::Get, "https://api.x.com/2/users/me", &keys(), Timestamp::UNIX_EPOCH);
        assert_ne!(one(), one());
    }
}
