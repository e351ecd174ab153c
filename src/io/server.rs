//! In: a function from addresses to pages. Out: a preview of the site on this machine, which reloads when told.
//!
//! Only this machine reaches it (127.0.0.1), and only under its own names: a foreign page that a browser has open can
//! neither read it nor act on it (`Host`, `Origin` and `Sec-Fetch-Site` are checked, nothing is shared across origins).
//! Nothing is read from disk here; what the function does not know does not exist.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

/// A page or file as a preview shows it.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its media type, such as `text/html; charset=utf-8`.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Gives the page at an address such as `/decisions/2026/night-buses/`, decoded; none where there is none. The page
/// that says so is asked for as `/404.html`.
pub type Pages = Arc<dyn Fn(&str) -> Option<Page> + Send + Sync>;

/// The preview cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The port is taken or not allowed.
    #[error("cannot listen on port {port} of this machine; choose another with `--port`")]
    Bind {
        /// The port.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// The server stopped by itself.
    #[error("the preview stopped")]
    Serve(#[from] std::io::Error),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signal {
    Reload(u64),
    Stop,
}

/// A preview that listens but does not answer yet.
#[derive(Debug)]
pub struct Preview {
    listener: TcpListener,
    address: SocketAddr,
    remote: Remote,
}

/// Tells open pages to load again, or the preview to end; may be copied to other threads.
#[derive(Debug, Clone)]
pub struct Remote {
    signal: Arc<watch::Sender<Signal>>,
}

impl Remote {
    /// Every open page loads itself again.
    pub fn reload(&self) {
        self.signal.send_modify(|signal| {
            *signal = match *signal {
                Signal::Reload(count) => Signal::Reload(count + 1),
                Signal::Stop => Signal::Stop,
            }
        });
    }

    /// Ends the preview once the answers under way are given.
    pub fn stop(&self) {
        self.signal.send_replace(Signal::Stop);
    }
}

impl Preview {
    /// Listens on a port of this machine; 0 takes any that is free.
    pub fn bind(port: u16) -> Result<Preview, ServerError> {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| {
            listener.set_nonblocking(true)?;
            Ok((listener.local_addr()?, listener))
        });
        let (address, listener) = bound.map_err(|source| ServerError::Bind { port, source })?;
        Ok(Preview { listener, address, remote: Remote { signal: Arc::new(watch::channel(Signal::Reload(0)).0) } })
    }

    /// The address to open in a browser, such as `http://localhost:4000/`.
    pub fn url(&self) -> String {
        format!("http://localhost:{}/", self.address.port())
    }

    /// The handle by which pages are reloaded and the preview is ended.
    pub fn remote(&self) -> Remote {
        self.remote.clone()
    }

    /// Answers until Ctrl-C or [`Remote::stop`]. `policy` is the site's content security policy.
    pub fn run(self, pages: Pages, policy: &str) -> Result<(), ServerError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        // Loopback has no TLS to upgrade to.
        let policy = policy.replace("; upgrade-insecure-requests", "");
        let shared = Shared { pages, policy, token: token(), port: self.address.port(), remote: self.remote.clone() };
        let app = Router::new().fallback(answer).with_state(Arc::new(shared));
        let remote = self.remote;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            axum::serve(listener, app).with_graceful_shutdown(ended(remote)).await?;
            Ok(())
        })
    }
}

async fn ended(remote: Remote) {
    let mut signal = remote.signal.subscribe();
    let told = async move { signal.wait_for(|signal| *signal == Signal::Stop).await.map(drop) };
    tokio::select! {
        _ = told => {}
        _ = tokio::signal::ctrl_c() => remote.stop(),
    }
}

struct Shared {
    pages: Pages,
    policy: String,
    token: String,
    port: u16,
    remote: Remote,
}

impl Shared {
    fn script(&self) -> String {
        format!("/__promulgate/reload.{}.js", self.token)
    }

    fn events(&self) -> String {
        format!("/__promulgate/events.{}", self.token)
    }

    fn names(&self) -> [String; 3] {
        ["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{}", self.port))
    }

    /// Whether a whole address in the first line, which counts for more than `Host` (RFC 9112, section 3.2.2), is ours.
    fn is_at(&self, address: &Uri) -> bool {
        address.authority().is_none_or(|authority| self.names().iter().any(|name| name == authority.as_str()))
    }

    fn is_own(&self, headers: &HeaderMap) -> bool {
        let names = self.names();
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let host = text(header::HOST).is_some_and(|host| names.iter().any(|name| name == host));
        let origin = text(header::ORIGIN).is_none_or(|origin| names.iter().any(|name| origin.strip_prefix("http://") == Some(name)));
        let site = text(HeaderName::from_static("sec-fetch-site"));
        let navigates = text(HeaderName::from_static("sec-fetch-mode")) == Some("navigate");
        host && origin && (navigates || !matches!(site, Some("cross-site" | "same-site")))
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if !shared.is_own(request.headers()) || !shared.is_at(request.uri()) {
        return plain(StatusCode::FORBIDDEN, "This preview answers only under its own address.");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "A preview can only be read.");
    }
    let Some(path) = decoded(request.uri().path()) else { return plain(StatusCode::BAD_REQUEST, "That is no address of a site.") };
    if path == shared.events() {
        return events(&shared.remote).into_response();
    }
    if path == shared.script() {
        let script = format!(
            "const events = new EventSource(\"{}\");\nevents.addEventListener(\"reload\", () => location.reload());\n",
            shared.events()
        );
        return respond(&shared, StatusCode::OK, Page { content_type: "text/javascript; charset=utf-8".to_owned(), bytes: script.into() });
    }
    page(shared, path).await
}

/// Rendering is work for a processor, so it goes to a thread of its own; a page that panics is an error page.
async fn page(shared: Arc<Shared>, path: String) -> Response {
    let pages = shared.pages.clone();
    let made = tokio::task::spawn_blocking(move || match pages(&path) {
        Some(page) => Some((StatusCode::OK, page)),
        None => pages("/404.html").map(|page| (StatusCode::NOT_FOUND, page)),
    });
    match made.await {
        Ok(Some((status, page))) => respond(&shared, status, page),
        Ok(None) => plain(StatusCode::NOT_FOUND, "There is no page at this address."),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made; the terminal says why."),
    }
}

fn events(remote: &Remote) -> Sse<impl tokio_stream::Stream<Item = Result<Event, Infallible>> + use<>> {
    let changes = WatchStream::from_changes(remote.signal.subscribe());
    let events = changes.take_while(|signal| *signal != Signal::Stop).map(|_| Ok(Event::default().event("reload").data("")));
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// The path, decoded once; none where it is not UTF-8 or climbs.
fn decoded(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let climbs = path.split(['/', '\\']).any(|part| part == ".." || part == ".");
    (path.starts_with('/') && !climbs && !path.contains('\0')).then(|| path.into_owned())
}

fn respond(shared: &Shared, status: StatusCode, page: Page) -> Response {
    let html = page.content_type.starts_with("text/html");
    let bytes = if html { with_script(page.bytes, &shared.script()) } else { page.bytes };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let typed = HeaderValue::from_str(&page.content_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, typed);
    if let Ok(policy) = HeaderValue::from_str(&shared.policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    guard(headers);
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = (status, text).into_response();
    guard(response.headers_mut());
    response
}

fn guard(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}

/// Puts the reload script at the end of the body.
fn with_script(mut html: Vec<u8>, address: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let at = html.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END)).unwrap_or(html.len());
    let script = format!("<script src=\"{address}\" defer></script>");
    html.splice(at..at, script.into_bytes());
    html
}

/// A name that no foreign page can guess, from the random keys that the system gives every process.
fn token() -> String {
    let mut hash = Sha256::new();
    for _ in 0..4 {
        hash.update(RandomState::new().hash_one(std::process::id()).to_le_bytes());
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
/// Waits until the person at the terminal has had enough.
pub fn wait_for_ctrl_c() {
    if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() {
        // Without a signal handler there is nothing to wait for but the end of the process.
        let _ = runtime.block_on(tokio::signal::ctrl_c());
    }
}
