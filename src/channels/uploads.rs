//! In: an address that a platform wants a picture sent to. Out: whether it may be sent there.

use crate::channels::said::never;
use crate::model::transport::{Method, Request, SendError};
use url::{Host, Url};

/// Whether bytes may go to an address: over HTTPS, to the very server of the settings, or, in a rehearsal, to this machine.
pub fn may_go(address: &str, server: &str, in_earnest: bool) -> Result<(), SendError> {
    let (url, own) = (Url::parse(address).ok(), Url::parse(server).ok());
    let safe = url.as_ref().is_some_and(|url| url.scheme() == "https" || is_own(url, own.as_ref()) || (!in_earnest && is_here(url)));
    if safe { Ok(()) } else { Err(never("the platform wants the picture sent to an address that is not safe; nothing was sent")) }
}

/// A request to it: what is not the server of the settings must be a place of the open network (`io::fence`).
pub fn request(method: Method, address: &str, server: &str) -> Request {
    let (url, own) = (Url::parse(address).ok(), Url::parse(server).ok());
    let elsewhere = !url.as_ref().is_some_and(|url| is_own(url, own.as_ref()));
    Request { elsewhere, ..Request::new(method, address) }
}

/// Whether a token may go there too: to the server of the settings, or over HTTPS to a host of the platform's own domain.
pub fn may_know(address: &str, server: &str, domain: &str, in_earnest: bool) -> bool {
    let (url, own) = (Url::parse(address).ok(), Url::parse(server).ok());
    url.as_ref().is_some_and(|url| {
        let host = url.host_str().unwrap_or_default();
        let of_domain = url.scheme() == "https" && (host == domain || host.ends_with(&format!(".{domain}")));
        of_domain || is_own(url, own.as_ref()) || (!in_earnest && is_here(url))
    })
}

fn is_own(url: &Url, own: Option<&Url>) -> bool {
    own.is_some_and(|own| own.origin() == url.origin())
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str = "https://api.vk.com";

    #[test]
    fn bytes_go_nowhere_in_the_clear() {
        assert!(may_go("https://pu.vk.com/c1/upload.php?act=do_add", SERVER, true).is_ok());
        assert!(may_go("http://pu.vk.com/c1/upload.php", SERVER, true).is_err());
        assert!(may_go("http://10.0.0.7:8080/upload", "http://10.0.0.7:8080", true).is_ok(), "the server of the settings");
        assert!(may_go("http://127.0.0.1:4300/upload", SERVER, true).is_err());
        assert!(may_go("http://127.0.0.1:4300/upload", SERVER, false).is_ok(), "a rehearsal");
        assert!(may_go("file:///etc/passwd", SERVER, false).is_err());
    }

    #[test]
    fn an_address_of_an_answer_is_marked_and_the_server_of_the_settings_is_not() {
        assert!(request(Method::Post, "https://pu.vk.com/c1/upload.php", SERVER).elsewhere);
        assert!(!request(Method::Post, "https://api.vk.com/upload", SERVER).elsewhere);
        assert!(request(Method::Post, "https://api.vk.com:8443/upload", SERVER).elsewhere, "another port");
    }

    #[test]
    fn a_token_goes_to_the_platform_only() {
        let known = |address: &str| may_know(address, "https://api.linkedin.com", "linkedin.com", true);
        assert!(known("https://www.linkedin.com/dms-uploads/x"));
        assert!(!known("https://linkedin.com.example/dms-uploads/x") && !known("http://www.linkedin.com/x"));
    }
}
