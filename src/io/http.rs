//! In: requests. Out: answers, or why there is none, sorted by whether the request can have arrived.
//!
//! No redirect is followed, no write is repeated, an answer is at most 4 MiB unless more is asked for; errors name the
//! host only, since addresses can hold secrets. A write never goes over a connection that was used before: the server may
//! be closing it, and then nobody knows whether the write arrived. A read does, and is asked once more where the connection
//! was cut.

use crate::io::{fence, trust};
use crate::model::transport::{Body, CallError, Method, Part, Request, Response};
use reqwest::blocking::{Client, RequestBuilder, multipart};
use std::error::Error;
use std::io::Read;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Most bytes of an answer, where no more are asked for.
const BODY: u64 = 4 * 1024 * 1024;
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(30);
/// How long a connection is kept for further reads.
const IDLE: Duration = Duration::from_secs(10);

type Lazy = Arc<OnceLock<Result<Client, String>>>;

/// A way out over HTTP and HTTPS. Clones share it, and the connections.
#[derive(Clone)]
pub struct Http {
    reads: Lazy,
    writes: Lazy,
    fenced: Lazy,
    whole: Duration,
    most: u64,
    loopback: bool,
}

impl Default for Http {
    fn default() -> Http {
        Http::new()
    }
}

impl Http {
    /// To everywhere, through the system's proxy if there is one.
    pub fn new() -> Http {
        Http { reads: Lazy::default(), writes: Lazy::default(), fenced: Lazy::default(), whole: WHOLE, most: BODY, loopback: false }
    }

    /// To this machine only; everything else is refused before a socket is opened.
    pub fn loopback() -> Http {
        Http { loopback: true, ..Http::new() }
    }

    /// The same with another limit for a whole exchange.
    pub fn within(self, whole: Duration) -> Http {
        Http { reads: Lazy::default(), writes: Lazy::default(), fenced: Lazy::default(), whole, ..self }
    }

    /// The same with another limit for the bytes of an answer.
    pub fn up_to(self, most: u64) -> Http {
        Http { most, ..self }
    }

    /// Sends a request and waits for the answer.
    pub fn send(&self, request: &Request) -> Result<Response, CallError> {
        if self.loopback && !is_loopback(&request.url) {
            return Err(CallError::NotSent(format!("{} is not on this machine", host(&request.url))));
        }
        let read = request.method == Method::Get;
        let fenced = request.elsewhere && !self.loopback;
        if fenced {
            let url = url::Url::parse(&request.url).map_err(|_| CallError::NotSent("an address that cannot be read".into()))?;
            fence::admits(&url).map_err(CallError::NotSent)?;
        }
        let client = match (fenced, read) {
            (true, _) => &self.fenced,
            (false, true) => &self.reads,
            (false, false) => &self.writes,
        };
        let client = client.get_or_init(|| self.build(read && !fenced, fenced));
        let client = client.as_ref().map_err(|reason| CallError::NotSent(reason.clone()))?;
        let answer = exchange(client, request, self.most);
        match answer {
            Err(Fault { error: CallError::Lost(_), late: false }) if read => exchange(client, request, self.most),
            answer => answer,
        }
        .map_err(|fault| fault.error)
    }

    fn build(&self, read: bool, fenced: bool) -> Result<Client, String> {
        let builder = Client::builder()
            .user_agent(concat!("promulgate/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT.min(self.whole))
            .timeout(self.whole)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(if read { 8 } else { 0 });
        let builder = if self.loopback { builder.no_proxy() } else { builder };
        // A proxy asks for names itself, and is the border of its network; without one, that border is here.
        let builder = if fenced && !has_proxy() { builder.dns_resolver(Arc::new(fence::Resolver::of_the_system())) } else { builder };
        builder.build().map_err(|error| format!("HTTP cannot be used: {}", causes(&error)))
    }
}

fn has_proxy() -> bool {
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Why there is no answer, and whether asking again is of no use.
struct Fault {
    error: CallError,
    late: bool,
}

fn exchange(client: &Client, request: &Request, most: u64) -> Result<Response, Fault> {
    let answer = prepared(client, request).send().map_err(|error| lost(&request.url, error))?;
    let status = answer.status().as_u16();
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = answer.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let mut body = Vec::new();
    let cut = |reason: &str, late| Fault { error: CallError::Lost(format!("{}: {reason}", host(&request.url))), late };
    answer.take(most.saturating_add(1)).read_to_end(&mut body).map_err(|_| cut("the answer was cut off", false))?;
    if body.len() as u64 > most {
        // Asking again would bring as much again.
        return Err(cut(&format!("the answer is larger than {} MiB", most / (1024 * 1024)), true));
    }
    Ok(Response { status, headers, body })
}

fn prepared(client: &Client, request: &Request) -> RequestBuilder {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut builder = client.request(method, &request.url);
    for (name, value) in &request.headers {
        builder = builder.header(*name, value);
    }
    for (name, secret) in &request.secrets {
        // A secret with a line end breaks the request here, and reqwest's error does not repeat it.
        let value = reqwest::header::HeaderValue::from_str(secret.expose()).map(|mut value| {
            value.set_sensitive(true);
            value
        });
        builder = match value {
            Ok(value) => builder.header(*name, value),
            Err(_) => builder.header(*name, "\n"),
        };
    }
    match &request.body {
        Body::Empty => builder,
        Body::Bytes(media_type, bytes) => builder.header("content-type", *media_type).body(bytes.clone()),
        Body::Multipart(parts) => builder.multipart(parts.iter().fold(multipart::Form::new(), with_part)),
    }
}

fn with_part(form: multipart::Form, part: &Part) -> multipart::Form {
    match &part.file {
        None => form.text(part.name, String::from_utf8_lossy(&part.bytes).into_owned()),
        Some((name, media_type)) => {
            let file = || multipart::Part::bytes(part.bytes.clone()).file_name(name.clone());
            form.part(part.name, file().mime_str(media_type).unwrap_or_else(|_| file()))
        }
    }
}

/// An error while connecting means that not a byte of the request was written; any other that it may have arrived.
fn lost(url: &str, error: reqwest::Error) -> Fault {
    let not_sent = error.is_connect() || error.is_builder();
    let late = error.is_timeout();
    let error = error.without_url();
    let reason = if late { "no answer in time".to_owned() } else { causes(&error) };
    let reason = format!("{}: {reason}", host(url));
    Fault { error: if not_sent { CallError::NotSent(reason) } else { CallError::Lost(reason) }, late }
}

/// The innermost cause, which is the one that tells something.
fn causes(error: &dyn Error) -> String {
    let mut inner = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    trust::told(inner.to_string(), trust::BY_FILE)
}

/// Scheme, host and port of an address, which are no secret.
pub(crate) fn host(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(url) => url.origin().ascii_serialization(),
        Err(_) => "an address that cannot be read".into(),
    }
}

/// Whether an address is one of this machine.
pub(crate) fn is_loopback(url: &str) -> bool {
    match url::Url::parse(url).ok().as_ref().and_then(|url| url.host()) {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
