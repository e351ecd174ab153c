//! In: the address of a page and the hash of its bytes. Out: whether the public sees these bytes.
//!
//! A link is told only after its page answers 200 with the bytes just built; a redirect, an older copy of a cache or a
//! page that something on the way has rewritten does not count.

use crate::model::announcement::hex;
use crate::model::transport::{LiveCheck, LivePage, Method, Request, Transport};
use sha2::{Digest, Sha256};

/// Looks through HTTP.
pub struct HttpLive<T> {
    out: T,
}

impl<T: Transport> HttpLive<T> {
    /// Looks through a transport of its own.
    pub fn new(out: T) -> HttpLive<T> {
        HttpLive { out }
    }
}

impl<T: Transport> LiveCheck for HttpLive<T> {
    fn look(&mut self, page: &LivePage) -> Result<(), String> {
        let mut request = Request::new(Method::Get, &page.url);
        request.headers.push(("cache-control", "no-cache".into()));
        let answer = self.out.http(&request).map_err(|error| format!("{} does not answer: {error}.", page.url))?;
        if answer.status != 200 {
            return Err(format!("{} answers {} instead of 200.", page.url, answer.status));
        }
        if hex(&Sha256::digest(&answer.body)) != page.sha256 {
            return Err(format!("{} still shows other bytes than those just built.", page.url));
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::announcement::Image;
    use crate::model::transport::{CallError, Response, Secret};
    use std::time::Duration;

    struct Answers(u16, &'static [u8]);

    impl Transport for Answers {
        fn http(&mut self, _: &Request) -> Result<Response, CallError> {
            Ok(Response { status: self.0, headers: Vec::new(), body: self.1.to_vec() })
        }
        fn plugin(&mut self, _: &[String], _: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
            Err(CallError::NotSent("no plugin here".into()))
        }
        fn secret(&mut self, _: &str) -> Result<Secret, CallError> {
            Err(CallError::NotSent("no secret here".into()))
        }
        fn image(&mut self, _: &Image) -> Result<Vec<u8>, CallError> {
            Err(CallError::NotSent("no picture here".into()))
        }
    }

    fn look(status: u16, body: &'static [u8]) -> Result<(), String> {
        let page = LivePage { url: "https://norrvik.example/alerts/".into(), sha256: hex(&Sha256::digest(b"boil water")) };
        HttpLive::new(Answers(status, body)).look(&page)
    }

    #[test]
    fn only_the_bytes_just_built_count_as_live() {
        assert_eq!(look(200, b"boil water"), Ok(()));
        assert!(look(200, b"an older page").unwrap_err().contains("other bytes"));
        assert!(look(301, b"boil water").unwrap_err().contains("301"));
        assert!(look(404, b"").unwrap_err().contains("404"));
    }
}
