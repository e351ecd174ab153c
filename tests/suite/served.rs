//! A folder served on loopback, as a plain web host would serve it: `index.html` for folders, the headers of the
//! folder's own `_headers` file, a 404 for what is not there. Gone when it is dropped.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// A running server.
pub struct Served {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    /// Serves a folder on a free port of loopback.
    pub fn folder(root: &Path) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let site = Arc::new(Site { root: root.to_owned(), headers: headers(root) });
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let site = Arc::clone(&site);
                std::thread::spawn(move || stream.map(|stream| site.answer(&stream)));
            }
        });
        Self { address, stop, thread: Some(thread) }
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for the next visitor.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The lines below one pattern of `_headers`.
struct Block {
    pattern: String,
    lines: Vec<String>,
}

struct Site {
    root: PathBuf,
    headers: Vec<Block>,
}

impl Site {
    fn answer(&self, mut stream: &TcpStream) {
        let mut lines = BufReader::new(stream).lines();
        let Some(Ok(request)) = lines.next() else { return };
        let _ = lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).count();
        let path = request.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/").to_owned();
        let path = percent_encoding::percent_decode_str(&path).decode_utf8_lossy().into_owned();
        let mut file = self.root.join(path.trim_start_matches('/'));
        if file.is_dir() {
            file.push("index.html");
        }
        let within = !path.split('/').any(|part| part == "..");
        let (status, body) = match std::fs::read(&file) {
            Ok(body) if within => ("200 OK", body),
            _ => {
                file = self.root.join("404.html");
                ("404 Not Found", std::fs::read(&file).unwrap_or_else(|_| b"Not here.".to_vec()))
            }
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n",
            body.len(),
            self.lines_for(&path, media_type(&file)).concat()
        );
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
    }

    /// The header lines of a path; a media type of the site's own goes before ours.
    fn lines_for(&self, path: &str, media_type: &str) -> Vec<String> {
        let blocks = self.headers.iter().filter(|block| matches(&block.pattern, path));
        let mut lines: Vec<String> = Vec::new();
        for line in blocks.flat_map(|block| &block.lines) {
            match line.strip_prefix("! ") {
                // A name that an earlier block sent and this one takes back.
                Some(name) => lines.retain(|earlier| !earlier.starts_with(&format!("{name}:"))),
                None => lines.push(format!("{line}\r\n")),
            }
        }
        if !lines.iter().any(|line| line.to_lowercase().starts_with("content-type:")) {
            lines.push(format!("Content-Type: {media_type}\r\n"));
        }
        lines
    }
}

/// Reads the `_headers` file, which static hosts share: <https://docs.netlify.com/manage/routing/headers/>.
fn headers(root: &Path) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in std::fs::read_to_string(root.join("_headers")).unwrap_or_default().lines() {
        match line.chars().next() {
            None | Some('#') => {}
            Some('/') => blocks.push(Block { pattern: line.trim().to_owned(), lines: Vec::new() }),
            Some(_) => blocks.iter_mut().last().into_iter().for_each(|block| block.lines.push(line.trim().to_owned())),
        }
    }
    blocks
}

/// Whether a pattern with at most one `*` matches.
fn matches(pattern: &str, path: &str) -> bool {
    let long_enough = |before: &str, after: &str| path.len() >= before.len() + after.len();
    pattern
        .split_once('*')
        .map_or(pattern == path, |(before, after)| long_enough(before, after) && path.starts_with(before) && path.ends_with(after))
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
