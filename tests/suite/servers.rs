//! Real servers for the channel tests, started from `tests/.cache` on free loopback ports. They end when the test program
//! does: each watches its standard input.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A running server: where it is, its account and its secret.
pub struct Real {
    pub url: String,
    pub handle: String,
    pub secret: String,
    _child: Child,
    _folder: tempfile::TempDir,
}

/// The Bluesky server.
pub fn pds() -> &'static Real {
    static PDS: OnceLock<Real> = OnceLock::new();
    PDS.get_or_init(start_pds)
}

/// The server with the Mastodon API.
pub fn snac() -> &'static Real {
    static SNAC: OnceLock<Real> = OnceLock::new();
    SNAC.get_or_init(start_snac)
}

/// The Matrix server; `handle` is the id of a room.
pub fn synapse() -> &'static Real {
    static SYNAPSE: OnceLock<Real> = OnceLock::new();
    SYNAPSE.get_or_init(start_synapse)
}

/// The Nostr relay.
pub fn relay() -> &'static Real {
    static RELAY: OnceLock<Real> = OnceLock::new();
    RELAY.get_or_init(|| start_relay(""))
}

/// A mail server behind three doors, and the folder in which it keeps what it took.
pub struct RealMail {
    /// `smtp://…`, without encryption or login.
    pub plain: String,
    /// `smtp+starttls://…`, for `news` with `s3cret`.
    pub starttls: String,
    /// `smtps://…`, the same.
    pub wrapped: String,
    /// `cert.pem` is the authority, `raw/` has each message as it came, behind a line with its recipients, `maildir/` as it
    /// was delivered.
    pub folder: PathBuf,
    _child: Child,
    _folder: tempfile::TempDir,
}

/// The mail server.
pub fn mail() -> &'static RealMail {
    static MAIL: OnceLock<RealMail> = OnceLock::new();
    MAIL.get_or_init(start_mail)
}

fn start_mail() -> RealMail {
    let packages = installed("smtp/aiosmtpd").parent().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
    let (key, certificate) = (at("key.pem"), at("cert.pem"));
    let make = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", names];
    run(
        Path::new("openssl"),
        &[&make[..], &["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", &key, "-out", &certificate]].concat(),
        "",
    );
    let ports = [free_port(), free_port(), free_port()];
    let mut child = Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/smtp/server.py"))
        .arg(folder.path())
        .args(ports.map(|port| port.to_string()))
        .env("PYTHONPATH", packages)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("python3 starts");
    // The whole line, and the pipe stays open: a server that still has its line end to write would die of a closed one.
    let mut ready = [0; 6];
    child.stdout.as_mut().unwrap().read_exact(&mut ready).expect("the mail server says that it is ready");
    RealMail {
        plain: format!("smtp://localhost:{}", ports[0]),
        starttls: format!("smtp+starttls://localhost:{}", ports[1]),
        wrapped: format!("smtps://localhost:{}", ports[2]),
        folder: folder.path().to_owned(),
        _child: child,
        _folder: folder,
    }
}

/// A Postfix of our own.
pub struct Postfix {
    /// `smtp://…`, without encryption.
    pub plain: String,
    /// `smtp+starttls://…`, with a certificate of the authority in `ca.pem`.
    pub starttls: String,
    /// `mail/NAME/new/` has what was delivered; `log` is what Postfix says of itself.
    pub folder: PathBuf,
    _child: Child,
    _folder: tempfile::TempDir,
}

/// Postfix, which greylists `grey@city.test` and delivers for it and for `reader@` and `other@`.
pub fn postfix() -> &'static Postfix {
    static POSTFIX: OnceLock<Postfix> = OnceLock::new();
    POSTFIX.get_or_init(start_postfix)
}

fn start_postfix() -> Postfix {
    assert!(Path::new("/usr/sbin/postfix").exists(), "Postfix is not installed: run tests/all.");
    let folder = tempfile::tempdir().unwrap();
    certificates(folder.path());
    let (ports, policy) = ([free_port(), free_port()], TcpListener::bind("127.0.0.1:0").unwrap());
    let words = [ports[0], ports[1], policy.local_addr().unwrap().port()].map(|port| port.to_string());
    std::thread::spawn(move || greylist(&policy));
    let log = std::fs::File::create(folder.path().join("said")).unwrap();
    let child = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/postfix/start.sh"))
        .arg(folder.path())
        .args(words)
        .stdin(Stdio::piped())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while ports.iter().any(|port| TcpStream::connect(("127.0.0.1", *port)).is_err()) {
        let said = || ["said", "log"].map(|file| std::fs::read_to_string(folder.path().join(file)).unwrap_or_default()).concat();
        assert!(begun.elapsed() < Duration::from_secs(60), "Postfix does not answer: {}", said());
        std::thread::park_timeout(Duration::from_millis(50));
    }
    Postfix {
        plain: format!("smtp://localhost:{}", ports[0]),
        starttls: format!("smtp+starttls://localhost:{}", ports[1]),
        folder: folder.path().to_owned(),
        _child: child,
        _folder: folder,
    }
}

/// A greylist as Postfix asks one (<https://www.postfix.org/SMTPD_POLICY_README.html>): `grey@city.test` is put off the first
/// time, everybody else is taken.
fn greylist(listener: &TcpListener) {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(std::collections::BTreeSet::new()));
    for stream in listener.incoming() {
        let (mut stream, seen) = (stream.unwrap(), std::sync::Arc::clone(&seen));
        std::thread::spawn(move || {
            let mut asked = std::collections::BTreeMap::new();
            for line in std::io::BufRead::lines(std::io::BufReader::new(stream.try_clone().unwrap())).map_while(Result::ok) {
                if let Some((name, value)) = line.split_once('=') {
                    asked.insert(name.to_owned(), value.to_owned());
                    continue;
                }
                let grey =
                    asked.get("recipient").is_some_and(|to| to == "grey@city.test") && seen.lock().unwrap().insert(asked["sender"].clone());
                let action = if grey { "DEFER_IF_PERMIT 4.2.0 Greylisted, try again later" } else { "DUNNO" };
                let _ = write!(stream, "action={action}\n\n");
                asked.clear();
            }
        });
    }
}

/// The Nostr relay behind `wss://`; `secret` is the folder of `ca.pem`, the authority that signed its certificate.
pub fn relay_behind_tls() -> &'static Real {
    static FRONT: OnceLock<Real> = OnceLock::new();
    FRONT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        certificates(folder.path());
        let port = free_port();
        let mut child = Command::new("python3")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/tls/front.py"))
            .args([folder.path().join("server.pem"), folder.path().join("server.key")])
            .args([port.to_string(), relay().url.rsplit(':').next().unwrap().to_owned()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 starts");
        let mut ready = [0; 6];
        child.stdout.as_mut().unwrap().read_exact(&mut ready).expect("the front says that it is ready");
        let secret = folder.path().display().to_string();
        Real { url: format!("wss://localhost:{port}"), handle: String::new(), secret, _child: child, _folder: folder }
    })
}

/// A PostgreSQL server; `url` ends before the name of a database, `secret` is the folder of its certificates.
pub fn postgres() -> &'static Real {
    static POSTGRES: OnceLock<Real> = OnceLock::new();
    POSTGRES.get_or_init(start_postgres)
}

/// A server that speaks S3 and takes any key.
pub fn s3() -> &'static Real {
    static S3: OnceLock<Real> = OnceLock::new();
    S3.get_or_init(start_s3)
}

fn start_postgres() -> Real {
    let own = Path::new("/usr/lib/postgresql/15/bin");
    let folder = tempfile::tempdir().unwrap();
    let bin = if own.join("initdb").exists() {
        own.to_owned()
    } else {
        // The cache may lie where nobody else may look, and PostgreSQL runs as nobody.
        run(Path::new("cp"), &["-a", installed("postgres/usr").to_str().unwrap(), folder.path().to_str().unwrap()], "");
        folder.path().join("usr/lib/postgresql/15/bin")
    };
    let data = folder.path().join("data");
    certificates(folder.path());
    // PostgreSQL does not run as root: it gets the number of nobody, and a folder that is nobody's.
    let is_root = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(folder.path()).unwrap()) == 0;
    if is_root {
        run(Path::new("chown"), &["-R", "65534:65534", folder.path().to_str().unwrap()], "");
    }
    let as_nobody = || {
        let mut words: Vec<String> = Vec::new();
        if is_root {
            words.extend(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"].map(String::from));
        }
        words
    };
    let libraries = bin.ancestors().nth(4).unwrap().join(format!("lib/{}-linux-gnu", std::env::consts::ARCH));
    let (mut init, port) = (as_nobody(), free_port());
    let words = [bin.join("initdb").display().to_string(), "-D".into(), data.display().to_string()];
    init.extend(words);
    init.extend(["-U", "app", "-A", "trust", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8"].map(String::from));
    let made = Command::new(&init[0]).args(&init[1..]).env("LD_LIBRARY_PATH", &libraries).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut serve = as_nobody();
    serve.push(bin.join("postgres").display().to_string());
    let options = format!(
        "-D {0}/data -p {port} -k {0} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=200 \
         -c ssl=on -c ssl_cert_file={0}/server.pem -c ssl_key_file={0}/server.key",
        folder.path().display()
    );
    serve.extend(options.split_whitespace().map(String::from));
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let child = Command::new("sh")
        .args(["-c", "\"$@\" & cat >/dev/null; kill -QUIT $!", "sh"])
        .args(&serve)
        .env("LD_LIBRARY_PATH", &libraries)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    let url = format!("postgres://app@127.0.0.1:{port}");
    let begun = Instant::now();
    while postgres::Client::connect(&format!("{url}/postgres"), postgres::NoTls).is_err() {
        let log = || std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        assert!(begun.elapsed() < Duration::from_secs(60), "no answer: {}", log());
        std::thread::park_timeout(Duration::from_millis(50));
    }
    Real { url, handle: port.to_string(), secret: folder.path().display().to_string(), _child: child, _folder: folder }
}

/// An authority of our own and a certificate for `localhost`.
fn certificates(folder: &Path) {
    let script = "cd \"$0\" && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Norrvik -keyout ca.key -out ca.pem \
        && openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr \
        && printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n' > ext \
        && openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out server.pem && chmod 600 server.key";
    let made = Command::new("sh").args(["-c", script]).arg(folder).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

fn start_s3() -> Real {
    let packages = installed("s3");
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let child = Command::new("sh")
        .args(["-c", "python3 -m moto.server -H 127.0.0.1 -p \"$0\" & cat >/dev/null; kill $!"])
        .arg(port.to_string())
        .env("PYTHONPATH", packages)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    wait_for(port, "/moto-api/", &folder.path().join("log"));
    Real { url: format!("http://127.0.0.1:{port}"), handle: port.to_string(), secret: String::new(), _child: child, _folder: folder }
}

fn installed(path: &str) -> PathBuf {
    let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.cache");
    let found = cache.join(path);
    assert!(found.exists(), "The real servers are not installed: run tests/all, or tests/servers/install.sh for these alone.");
    found
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn start_pds() -> Real {
    let script = installed("pds/server.js");
    let folder = tempfile::tempdir().unwrap();
    let (port, plc) = (free_port(), free_port());
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let child = Command::new("node")
        .arg(script)
        .arg(folder.path())
        .envs([("PDS_PORT", port.to_string()), ("PLC_PORT", plc.to_string())])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("node starts");
    wait_for(port, "/xrpc/_health", &folder.path().join("log"));
    let body = r#"{"email":"town@example.test","handle":"norrvik.test","password":"app-password"}"#;
    let answer = call(port, "POST /xrpc/com.atproto.server.createAccount", "application/json", body);
    assert!(answer.contains("accessJwt"), "{answer}");
    Real {
        url: format!("http://127.0.0.1:{port}"),
        handle: "norrvik.test".into(),
        secret: "app-password".into(),
        _child: child,
        _folder: folder,
    }
}

fn start_snac() -> Real {
    let program = installed("snac/usr/bin/snac");
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let port = free_port();
    run(&program, &["init", data.to_str().unwrap()], &format!("127.0.0.1\n{port}\nlocalhost:{port}\n\n\n"));
    let settings = data.join("server.json");
    let text = std::fs::read_to_string(&settings).unwrap().replace("\"protocol\": \"https\"", "\"protocol\": \"http\"");
    std::fs::write(&settings, text).unwrap();
    let added = run(&program, &["adduser", data.to_str().unwrap(), "norrvik"], "norrvik\n");
    let password = added.lines().find_map(|line| line.strip_prefix("User password is ")).expect("snac tells the password").to_owned();
    // The shell stands between: it ends the server when our end of its input closes.
    let child = Command::new("sh")
        .args(["-c", "\"$0\" httpd \"$1\" >/dev/null 2>&1 & cat >/dev/null; kill $!"])
        .args([&program, &data])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for(port, "/api/v1/instance", &settings);
    let form = format!("login=norrvik&passwd={}", percent_encoding::utf8_percent_encode(&password, percent_encoding::NON_ALPHANUMERIC));
    let page = call(port, "POST /oauth/x-snac-get-token", "application/x-www-form-urlencoded", &form);
    let token = page.split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() == 32).expect("snac gives a token").to_owned();
    Real { url: format!("http://localhost:{port}"), handle: "norrvik".into(), secret: token, _child: child, _folder: folder }
}

/// Copies a settings file into the folder of a server, its port put in.
fn settle(folder: &Path, file: &str, port: u16) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers").join(file);
    let text = std::fs::read_to_string(&from).unwrap().replace("PORT", &port.to_string());
    std::fs::write(folder.join(from.file_name().unwrap()), text).unwrap();
}

/// Python with the packages of a server, in its folder.
fn python(packages: &str, folder: &Path) -> Command {
    let mut command = Command::new("sh");
    command.env("PYTHONPATH", installed(packages)).env("PYTHONDONTWRITEBYTECODE", "1").current_dir(folder).stdin(Stdio::piped());
    command
}

fn start_synapse() -> Real {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    settle(folder.path(), "matrix/homeserver.yaml", port);
    settle(folder.path(), "matrix/log.yaml", port);
    // The shell stands between: it ends the server when our end of its input closes.
    let script =
        "P='python3 -m synapse.app.homeserver -c homeserver.yaml'; $P --generate-keys >out 2>&1; $P >>out 2>&1 & cat >/dev/null; kill $!";
    let child = python("matrix", folder.path()).args(["-c", script]).spawn().unwrap();
    wait_for(port, "/_matrix/client/versions", &folder.path().join("out"));
    let body = r#"{"username":"norrvik","password":"pw","device_id":"ci","auth":{"type":"m.login.dummy"}}"#;
    let answer = call(port, "POST /_matrix/client/v3/register", "application/json", body);
    let token = between(&answer, "\"access_token\":\"");
    let media_type = format!("application/json\r\nAuthorization: Bearer {token}");
    let answer = call(port, "POST /_matrix/client/v3/createRoom", &media_type, r#"{"preset":"private_chat"}"#);
    let room = between(&answer, "\"room_id\":\"");
    Real { url: format!("http://127.0.0.1:{port}"), handle: room, secret: token, _child: child, _folder: folder }
}

/// A Nostr relay that takes events of one account only, once it has logged in (NIP-42).
pub fn relay_with_login(public_key: &str) -> Real {
    let relay = start_relay("authentication:\n  enabled: true\n  relay_urls: ['ws://127.0.0.1:PORT']\n  actions: {save: w}\n");
    let script = format!("python3 -c 'from nostr_relay.cli import main; main()' -c config.yaml role set -p {public_key} -r aw >>out 2>&1");
    let done = python("nostr", relay._folder.path()).args(["-c", &script]).status().unwrap();
    assert!(done.success(), "{}", std::fs::read_to_string(relay._folder.path().join("out")).unwrap());
    relay
}

fn start_relay(more: &str) -> Real {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    settle(folder.path(), "nostr/config.yaml", port);
    let settings = folder.path().join("config.yaml");
    let text = std::fs::read_to_string(&settings).unwrap() + &more.replace("PORT", &port.to_string());
    std::fs::write(settings, text).unwrap();
    let script =
        "python3 -c 'from nostr_relay.cli import main; main()' -c config.yaml serve --use-uvicorn >out 2>&1 & cat >/dev/null; kill $!";
    let child = python("nostr", folder.path()).args(["-c", script]).spawn().unwrap();
    wait_for(port, "/", &folder.path().join("out"));
    Real { url: format!("ws://127.0.0.1:{port}"), handle: String::new(), secret: String::new(), _child: child, _folder: folder }
}

/// The text after a mark, up to the next quote.
fn between(text: &str, mark: &str) -> String {
    let rest = text.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {text}")).1;
    rest.split('"').next().unwrap().to_owned()
}

fn run(program: &Path, arguments: &[&str], input: &str) -> String {
    let mut child =
        Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Asks until there is an answer, 60 seconds at most.
fn wait_for(port: u16, path: &str, log: &Path) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if try_call(port, &format!("GET {path}"), "", "").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(50));
    }
    panic!("no answer from port {port}: {}", std::fs::read_to_string(log).unwrap_or_default());
}

pub fn call(port: u16, line: &str, media_type: &str, body: &str) -> String {
    try_call(port, line, media_type, body).expect("the server answers")
}

fn try_call(port: u16, line: &str, media_type: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let length = body.len();
    write!(stream, "{line} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n{body}").ok()?;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Some(String::from_utf8_lossy(&answer).into_owned())
}
