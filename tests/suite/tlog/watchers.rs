//! Those who watch a log, on this machine: a witness in Python that is not ours, and a service for time stamps around
//! `openssl ts`. And a town whose log they watch.

use crate::sandbox::{Said, Sandbox};
use promulgate::transparency::keys::SigningKey;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

pub const ORIGIN: &str = "norrvik.example/log";

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, [seed; 32]).unwrap()
}

/// A witness in a process of its own.
pub struct Witness {
    folder: tempfile::TempDir,
    child: Child,
    pub url: String,
    pub vkey: String,
}

impl Witness {
    pub fn start(name: &str, seed: u8, logs: &[&SigningKey]) -> Witness {
        let folder = tempfile::tempdir().unwrap();
        let put = |file: &str, text: String| std::fs::write(folder.path().join(file), text).unwrap();
        put("name", name.to_owned());
        put("seed", format!("{seed:02x}").repeat(32));
        put("logs", logs.iter().map(|log| format!("{}\n", log.verifier())).collect());
        put("requests", String::new());
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/tlog-check/witness.py");
        let mut child = Command::new("python3")
            .arg(program)
            .arg(folder.path())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is there");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (url, vkey) = line.trim().split_once(' ').expect("an address and a key");
        Witness { url: url.to_owned(), vkey: vkey.to_owned(), child, folder }
    }

    /// What it does from now on; nothing for its duty.
    pub fn mode(&self, mode: &str) {
        std::fs::write(self.folder.path().join("mode"), mode).unwrap();
    }

    /// The logs that it knows from now on.
    pub fn knows(&self, logs: &[&SigningKey]) {
        let text: String = logs.iter().map(|log| format!("{}\n", log.verifier())).collect();
        std::fs::write(self.folder.path().join("logs"), text).unwrap();
    }

    /// The requests since the last look: `old SIZE STATUS`.
    pub fn requests(&self) -> Vec<String> {
        let file = self.folder.path().join("requests");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(file, "").unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// Its lines in the settings.
    pub fn settings(&self) -> String {
        format!("    - {{key: \"{}\", url: \"{}\"}}\n", self.vkey, self.url)
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs openssl in a folder.
pub fn openssl(folder: &Path, args: &[&str]) -> (bool, String) {
    let output = Command::new("openssl").args(args).current_dir(folder).output().expect("openssl is there");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}

/// A service for time stamps with a certificate of its own.
pub struct Stamps {
    pub folder: tempfile::TempDir,
    pub url: String,
    mode: Arc<Mutex<&'static str>>,
}

const CONFIG: &str = "[tsa]\ndefault_tsa = town\n[town]\nserial = serial\nsigner_cert = tsa.pem\ncerts = ca.pem\nsigner_key = tsa.key\nsigner_digest = sha256\n\
    default_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n";

impl Stamps {
    pub fn start() -> Stamps {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().to_owned();
        for (name, text) in
            [("ts.cnf", CONFIG), ("ext", "extendedKeyUsage=critical,timeStamping\n"), ("serial", "01\n"), ("other", "other\n")]
        {
            std::fs::write(at.join(name), text).unwrap();
        }
        let new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
        let made = [
            [&["req", "-x509"], &new[..], &["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=A", "-days", "3650"]].concat(),
            [&["req"], &new[..], &["-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=B"]].concat(),
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile ext -out tsa.pem".split(' ').collect(),
        ];
        made.iter().for_each(|args| assert!(openssl(&at, args).0, "{args:?}: {}", openssl(&at, args).1));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let mode = Arc::new(Mutex::new(""));
        let told = mode.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let query = body_of(&mut stream);
                let (status, body) = stamped(&at, &query, *told.lock().unwrap());
                let head = format!(
                    "HTTP/1.1 {status} Here\r\ncontent-type: application/timestamp-reply\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
            }
        });
        Stamps { folder, url, mode }
    }

    /// What it does from now on; nothing for its duty.
    pub fn mode(&self, mode: &'static str) {
        *self.mode.lock().unwrap() = mode;
    }

    /// Whether openssl holds a stamp to be one of this file.
    pub fn verifies(&self, stamp: &Path, data: &Path) -> bool {
        let (stamp, data) = (stamp.canonicalize().unwrap(), data.canonicalize().unwrap());
        openssl(
            self.folder.path(),
            &["ts", "-verify", "-in", stamp.to_str().unwrap(), "-data", data.to_str().unwrap(), "-CAfile", "ca.pem"],
        )
        .0
    }
}

fn body_of(stream: &mut impl Read) -> Vec<u8> {
    let (mut got, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&got).to_lowercase();
        if let Some(head) = got.windows(4).position(|four| four == b"\r\n\r\n") {
            let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok()).unwrap_or(0);
            if got.len() >= head + 4 + length {
                return got.split_off(head + 4);
            }
        }
        match stream.read(&mut buffer).unwrap_or(0) {
            0 => return Vec::new(),
            read => got.extend_from_slice(&buffer[..read]),
        }
    }
}

fn stamped(at: &Path, query: &[u8], mode: &str) -> (u16, Vec<u8>) {
    std::fs::write(at.join("query"), query).unwrap();
    let ask = |args: &str| assert!(openssl(at, &args.split(' ').collect::<Vec<_>>()).0, "{args}");
    match mode {
        "down" => return (503, b"down".to_vec()),
        "page" => return (200, b"<!doctype html><title>Log in</title>".to_vec()),
        // A stamp, whole and rightly signed, of something else; one without the number of the request; a refusal.
        "other" => ask("ts -query -data other -sha256 -cert -out query"),
        "again" => {
            let hash = promulgate::transparency::hex(&query[query.windows(2).position(|two| two == [4, 32]).unwrap() + 2..][..32]);
            ask(&format!("ts -query -digest {hash} -sha256 -cert -out query"));
        }
        "refuse" => ask("ts -query -data other -sha1 -cert -out query"),
        _ => {}
    }
    let (_, said) = openssl(at, &["ts", "-reply", "-config", "ts.cnf", "-section", "town", "-queryfile", "query", "-out", "reply"]);
    let reply = std::fs::read(at.join("reply")).unwrap_or_else(|error| panic!("{error}: {said}"));
    (200, if mode == "cut" { reply[..reply.len() - 9].to_vec() } else { reply })
}

/// A town that publishes; `TOWN_LOG_KEY` and `TOWN_LOG_KEY_2` hold its keys.
pub struct Town(pub Sandbox);

impl Town {
    /// With two pages and these lines below `log:`.
    pub fn new(more: &str) -> Town {
        let town = Town(Sandbox::new());
        town.settings(&format!("  key: \"{}\"\n  secret: env:TOWN_LOG_KEY\n{more}", key(1).verifier()));
        town.page("about", "We are a town.");
        town.page("parks", "There are three.");
        town
    }

    pub fn settings(&self, log: &str) {
        let text =
            format!("title: Norrvik\nurl: http://127.0.0.1:9\nlanguages: [en]\ntime_zone: Europe/Stockholm\ncards: false\nlog:\n{log}");
        self.0.write("promulgate.yaml", text.as_bytes());
    }

    pub fn page(&self, name: &str, text: &str) {
        self.0
            .write(&format!("content/pages/{name}.md"), format!("---\ntitle: On {name}\nsummary: Of {name}.\n---\n\n{text}\n").as_bytes());
    }

    pub fn run(&self, args: &[&str]) -> Said {
        let mut command = self.0.command(args);
        command.env("TOWN_LOG_KEY", key(1).encode().expose()).env("TOWN_LOG_KEY_2", key(2).encode().expose());
        let output = command.output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Publishes at noon of this day of November 2026.
    pub fn publish(&self, day: u32) -> Said {
        self.run(&["publish", "--offline-log", "--now", &format!("2026-11-{day:02}T12:00:00+01:00")])
    }

    /// Publishes, and expects that all goes well.
    pub fn published(&self, day: u32) -> Said {
        let said = self.publish(day);
        assert_eq!(said.code, 0, "{}", said.stderr);
        said
    }

    /// The checkpoint that the site shows.
    pub fn checkpoint(&self) -> String {
        self.0.read("public/log/checkpoint")
    }

    /// How many entries its log has.
    pub fn size(&self) -> u64 {
        self.checkpoint().lines().nth(1).unwrap().parse().unwrap()
    }

    /// Whether the site holds, and what is said of it.
    pub fn verified(&self, more: &[&str]) -> (bool, String) {
        let said = self.run(&[&["verify", "public"], more].concat());
        assert!(said.code < 2, "{}", said.stderr);
        (said.code == 0, said.stdout)
    }
}
