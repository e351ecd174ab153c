//! Row 20: the preview, asked as an attacker would ask: by raw bytes on a socket.

use super::ran::{Ground, OUTSIDE, file, program};
use crate::reliability::row;
use crate::sandbox::NOW;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A preview that runs until it is dropped.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn of(ground: &Ground) -> Preview {
        let mut command = Command::new(program());
        command
            .args(["--root", ".", "--now", NOW, "serve", "--port", "0"])
            .current_dir(ground.site())
            .stderr(Stdio::piped())
            .stdout(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let said = BufReader::new(child.stderr.take().expect("it is piped"));
        let port =
            said.lines().map_while(Result::ok).find_map(|line| line.split("http://localhost:").nth(1)?.split('/').next()?.parse().ok());
        Preview { child, port: port.expect("the preview says where it is") }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the preview listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit is set");
        // A server that closes at once may cut the request; what it answered counts.
        let _ = stream.write_all(request.replace("{port}", &self.port.to_string()).as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost:{{port}}\r\nConnection: close\r\n\r\n")
}

fn with(head: &str) -> String {
    format!("GET / HTTP/1.1\r\nConnection: close\r\n{head}\r\n\r\n")
}

#[test]
fn a_preview_shows_nothing_from_outside_and_answers_no_foreign_page() {
    let ground = Ground::with(&[file("ledger/secret.jsonl", OUTSIDE), file(".env", OUTSIDE)]);
    let preview = Preview::of(&ground);
    let page = preview.ask(&get("/pages/nattbussar/"));
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Linje 1"), "{page}");
    assert!(!page.to_lowercase().contains("access-control-allow-origin"), "a preview is nobody else's to read");
    let paths = [
        "/../outside/secret.txt",
        "/../../../../../../etc/passwd",
        "/%2e%2e/outside/secret.txt",
        "/..%2foutside/secret.txt",
        "/%2e%2e%2foutside%2fsecret.txt",
        "/pages/%2e%2e/%2e%2e/%2e%2e/outside/secret.txt",
        "/..%5coutside%5csecret.txt",
        "/%252e%252e/outside/secret.txt",
        "//etc/passwd",
        "///etc/passwd",
        "/c:/windows/win.ini",
        "/promulgate.yaml",
        "/content/pages/nattbussar.md",
        "/ledger/secret.jsonl",
        "/.env",
        "/.git/config",
        "/%00",
        "/a%00/../../outside/secret.txt",
        "/\u{ff0e}\u{ff0e}/outside/secret.txt",
        "http://localhost:{port}/../outside/secret.txt",
        "http://evil.example/",
        "file:///etc/passwd",
        "*",
        "/.public.previous/index.html",
        "/..;/outside/secret.txt",
        "/%c0%ae%c0%ae/etc/passwd",
    ];
    for path in paths {
        let answer = preview.ask(&get(path));
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(!answer.contains(OUTSIDE) && !answer.contains("root:x:"), "{path}: {answer}");
        assert!(matches!(status, "400" | "403" | "404"), "{path}: {answer}");
    }
    let foreign = [
        "Host: evil.example",
        "Host: evil.example:{port}",
        "Host: localhost.evil.example:{port}",
        "Host: localhost:{port}@evil.example",
        "Host: 127.0.0.1.nip.io:{port}",
        "Host: 0.0.0.0:{port}",
        "Host: localhost",
        "Host: ",
        "X-Forwarded-Host: localhost:{port}",
        "Host: localhost:{port}\r\nOrigin: https://evil.example",
        "Host: localhost:{port}\r\nOrigin: null",
        "Host: localhost:{port}\r\nOrigin: http://localhost:1",
        "Host: localhost:{port}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors",
        "Host: localhost:{port}\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors",
        "Host: evil.example\r\nHost: localhost:{port}",
        "Host: localhost:{port}\r\nOrigin: http://localhost:{port}.evil.example",
    ];
    for head in foreign {
        let answer = preview.ask(&with(head));
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 403") || answer.starts_with("HTTP/1.1 400"), "{head}: {answer}");
        assert!(!answer.contains("Nattbussar"), "{head}: {answer}");
    }
    let events = page
        .split("src=\"/__promulgate/reload.")
        .nth(1)
        .and_then(|rest| rest.split(".js").next())
        .expect("a page has its reload script")
        .to_owned();
    let stolen = preview.ask(&format!("GET /__promulgate/events.{events} HTTP/1.1\r\nHost: localhost:{{port}}\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n"));
    assert!(stolen.starts_with("HTTP/1.1 403"), "{stolen}");
    let guessed = preview.ask(&get("/__promulgate/events.0000"));
    assert!(guessed.starts_with("HTTP/1.1 404"), "{guessed}");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let answer =
            preview.ask(&format!("{method} / HTTP/1.1\r\nHost: localhost:{{port}}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 405"), "{method}: {answer}");
    }
    assert!(
        preview.ask(&format!("GET /{} HTTP/1.1\r\nHost: localhost:{{port}}\r\n\r\n", "x".repeat(300_000))).starts_with("HTTP/1.1 4"),
        "a very long address"
    );
    assert!(preview.ask(&get("/pages/nattbussar/")).starts_with("HTTP/1.1 200"), "it answers still");
    row(
        "preview, raw requests",
        &format!("{} addresses, {} foreign heads", paths.len(), foreign.len()),
        "0 answered, 0 bytes from outside",
    );
}

#[test]
fn a_preview_listens_on_this_machine_alone() {
    let ground = Ground::with(&[]);
    let preview = Preview::of(&ground);
    let sockets = std::fs::read_to_string(format!("/proc/{}/net/tcp", preview.child.id())).expect("Linux lists sockets");
    let port = format!(":{:04X} ", preview.port);
    let own: Vec<&str> =
        sockets.lines().filter_map(|line| line.split_whitespace().nth(1)).filter(|local| format!("{local} ").ends_with(&port)).collect();
    assert!(!own.is_empty() && own.iter().all(|local| local.starts_with("0100007F:")), "{own:?}");
    let six = std::fs::read_to_string(format!("/proc/{}/net/tcp6", preview.child.id())).unwrap_or_default();
    assert!(!six.contains(&format!("{port}0000")), "not on every address of IPv6 either");
}
