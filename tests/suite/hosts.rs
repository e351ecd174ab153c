//! What a site sends with its files: one table, said to every kind of web server in its own words. The real nginx, Apache
//! and Caddy of Debian are started with what `promulgate headers` prints, and every answer is held against the table.

use crate::sandbox::{NOW, Sandbox};
use crate::sandbox_site::example_at;
use promulgate::formats::headers::{self, Dialect, rules};
use promulgate::model::finding::Findings;
use promulgate::model::site::Site;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const SETTINGS: &str = "title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv, en]\ncards: false\ntime_zone: Europe/Stockholm\n\
    hub: https://hub.norrvik.example/a?b=50%25&c=$1\n\
    security: {contact: 'mailto:security@norrvik.example', expires: 2027-06-30}\n\
    checks: {missing-accessibility-statement: 'off'}\n";

const ALERT: &str = "---\ntitle: Koka vattnet\nsummary: Koka vattnet i Östra Norrvik.\ndate: 2026-11-17\nevent: Vatten\ncategory: [Health]\n\
    severity: Severe\nurgency: Immediate\ncertainty: Observed\nareas: [{name: Östra Norrvik}]\neffective: 2026-11-17T06:40:00+01:00\n\
    instruction: Koka vattnet.\n---\n\nText.\n";

/// A built site with everything that a rule is about, and the files of a log as they will lie there.
fn town() -> (Sandbox, Site) {
    let town = Sandbox::new();
    town.write("promulgate.yaml", SETTINGS.as_bytes());
    town.write("content/alerts/2026/water.md", ALERT.as_bytes());
    town.write(
        "content/decisions/2026/library.md",
        b"---\ntitle: Biblioteket\nsummary: Det byggs.\ndate: 2026-11-18\ndecided: 2026-11-18\ndecision: Det byggs.\n---\n\nText.\n",
    );
    town.write(
        "content/decisions/2026/karta.svg",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><rect width=\"8\" height=\"8\"/></svg>\n",
    );
    town.write("content/decisions/2026/bilaga.pdf", b"%PDF-1.4\n");
    town.write("static/decisions/2026/möte.html", b"<!doctype html><title>M</title>");
    town.write("content/decisions/2026/data.xml", b"<a/>");
    let said = town.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    for (path, bytes) in [
        ("checkpoint", &b"norrvik.example/log\n1\n"[..]),
        ("vkey", b"norrvik.example/log+00000000+AAAA\n"),
        ("tile/0/000", &[7; 32]),
        ("tile/0/x001/067.p/5", &[7; 160]),
        ("tile/entries/000", b"entry"),
        ("checkpoints/5", b"norrvik.example/log\n5\n"),
        ("checkpoints/5.tsr", &[48, 3]),
        ("checkpoints.atom", b"<feed xmlns=\"http://www.w3.org/2005/Atom\"/>"),
    ] {
        town.write(&format!("public/log/{path}"), bytes);
    }
    town.write("public/decisions/2026/library/record.tlog-proof", b"c2sp.org/tlog-proof@v1\n");
    let mut findings = Findings::new();
    let site = example_at(town.root(), &mut findings).site;
    (town, site)
}

/// Addresses of every kind of file, and of none.
fn addresses(site: &Site, town: &Sandbox) -> Vec<String> {
    let fixed = [
        "/",
        "/decisions/",
        "/decisions/2026/library/",
        "/decisions/2026/library/record.json",
        "/decisions/2026/library/record.tlog-proof",
        "/decisions/2026/karta.svg",
        "/decisions/2026/bilaga.pdf",
        "/decisions/2026/möte.html",
        "/decisions/2026/data.xml",
        "/404.html",
        "/feed.atom",
        "/en/feed.rss",
        "/feed.json",
        "/calendar.ics",
        "/sitemap.xml",
        "/alerts/2026/water/cap.xml",
        "/alerts.json",
        "/data/decisions.csv",
        "/data/catalog.ttl",
        "/data/catalog.jsonld",
        "/.well-known/security.txt",
        "/robots.txt",
        "/log/checkpoint",
        "/log/vkey",
        "/log/tile/0/000",
        "/log/tile/0/x001/067.p/5",
        "/log/tile/entries/000",
        "/log/checkpoints/5",
        "/log/checkpoints/5.tsr",
        "/log/checkpoints.atom",
        "/log/tile/0/001",
        "/decisions/2026/never/",
    ];
    let named = site.theme.statics.iter().map(|(_, route, _)| route.as_str().to_owned());
    let named = named.filter(|route| route.ends_with(".js") || route.ends_with(".woff2"));
    let sheet =
        std::fs::read_dir(town.path("public/assets")).unwrap().map(|entry| format!("/assets/{}", entry.unwrap().file_name().display()));
    let sheet = sheet.filter(|path| path.ends_with(".css"));
    fixed.map(str::to_owned).into_iter().chain(named).chain(sheet).collect()
}

/// Headers that the table speaks of; whatever else a server sends is its own affair.
const OURS: [&str; 10] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "strict-transport-security",
    "access-control-allow-origin",
    "cache-control",
    "link",
    "content-type",
];

type Sent = BTreeMap<String, Vec<String>>;

fn normal(name: &str, value: &str) -> String {
    if name == "content-type" { value.replace(' ', "").to_lowercase() } else { value.trim().to_owned() }
}

/// What the table says of an address.
fn expected(table: &[rules::Rule], address: &str, is_there: bool) -> Sent {
    let mut sent = Sent::new();
    for line in rules::sent(table, address) {
        let name = line.name.to_lowercase();
        if is_there || !matches!(name.as_str(), "cache-control" | "content-type") {
            sent.entry(name.clone()).or_default().push(normal(&name, &line.value));
        }
    }
    sent.values_mut().for_each(|values| values.sort());
    sent
}

/// A web server on loopback, until it is dropped.
struct Server {
    child: Child,
    port: u16,
    name: &'static str,
}

impl Server {
    fn start(name: &'static str, port: u16, mut command: Command, log: &Path) -> Server {
        let file = std::fs::File::create(log).unwrap();
        command.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
        let child = command.spawn().unwrap_or_else(|error| panic!("{name}: {error}; tests/all installs it"));
        let mut server = Server { child, port, name };
        let until = std::time::Instant::now() + std::time::Duration::from_secs(120);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.child.try_wait().unwrap();
            let heard = || std::fs::read_to_string(log).unwrap_or_default();
            assert!(ended.is_none() && std::time::Instant::now() < until, "{name} does not start: {}", heard());
            std::thread::yield_now();
        }
        server
    }

    /// The status, and the headers that we speak of.
    fn get(&self, address: &str) -> (u16, Sent) {
        let path = promulgate::model::route::Route::new(address).unwrap().href();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let head = String::from_utf8_lossy(&answer).split("\r\n\r\n").next().unwrap().to_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut sent = Sent::new();
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let name = name.to_lowercase();
            if OURS.contains(&name.as_str()) {
                sent.entry(name.clone()).or_default().push(normal(&name, value));
            }
        }
        sent.values_mut().for_each(|values| values.sort());
        (status, sent)
    }

    /// Holds every address against the table.
    fn compare(&self, table: &[rules::Rule], addresses: &[String]) {
        let mut wrong = Vec::new();
        for address in addresses {
            let (status, mut sent) = self.get(address);
            let is_there = !matches!(address.as_str(), "/log/tile/0/001" | "/decisions/2026/never/");
            assert_eq!(status, if is_there { 200 } else { 404 }, "{}: {address}", self.name);
            let mut expected = expected(table, address, is_there);
            if !is_there {
                let kept = sent.remove("cache-control").unwrap_or_default();
                assert!(!kept.iter().any(|value| value.contains("immutable")), "{}: {address} is missing for ever: {kept:?}", self.name);
                // The page that says so is a page of ours, with links of none.
                sent.remove("content-type");
                sent.remove("access-control-allow-origin");
                expected.remove("access-control-allow-origin");
            }
            if !expected.contains_key("content-type") {
                sent.remove("content-type");
            }
            for name in OURS {
                if sent.get(name) != expected.get(name) {
                    wrong.push(format!("{address}: {name} is {:?}, and the table says {:?}", sent.get(name), expected.get(name)));
                }
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", self.name, wrong.join("\n"));
        println!("{}: {} addresses, every header as the table says", self.name, addresses.len());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// What the program prints for a web server, in a file.
fn snippet(town: &Sandbox, host: &str) -> String {
    let said = town.run(&["headers", host]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    town.write(&format!("conf/{host}.conf"), said.stdout.as_bytes());
    said.stdout
}

/// Lets a server that gives up root read everything.
fn readable(town: &Sandbox) {
    assert!(Command::new("chmod").args(["-R", "a+rX"]).arg(town.root()).status().unwrap().success());
}

fn binary(name: &str) -> String {
    let folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin"];
    let found = folders.map(|folder| format!("{folder}/{name}")).into_iter().find(|path| Path::new(path).exists());
    found.unwrap_or_else(|| panic!("{name} is not installed; tests/all installs it"))
}

#[test]
fn nginx_sends_what_the_table_says() {
    let (town, site) = town();
    snippet(&town, "nginx");
    let (root, port) = (town.root().display(), free_port());
    let temporary: String =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path {root}/conf/{name};\n")).concat();
    let conf = format!(
        "daemon off;\nuser root;\nworker_processes 1;\npid {root}/conf/nginx.pid;\nevents {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}\
         server {{\nlisten 127.0.0.1:{port};\nroot {root}/public;\nindex index.html;\nerror_page 404 /404.html;\ninclude {root}/conf/nginx.conf;\n}}\n}}\n"
    );
    town.write("conf/whole.conf", conf.as_bytes());
    let mut command = Command::new(binary("nginx"));
    command.args(["-e", "stderr", "-c"]).arg(town.path("conf/whole.conf"));
    // The worker ends with its master only where the master can tell it: one process is enough here.
    command.args(["-g", "master_process off;"]);
    let server = Server::start("nginx", port, command, &town.path("conf/nginx.log"));
    server.compare(&headers::table(&site), &addresses(&site, &town));
}

fn apache(town: &Sandbox, include: &str, name: &'static str) -> Server {
    let (root, port) = (town.root().display(), free_port());
    let modules = ["mpm_event", "authz_core", "mime", "dir", "headers"];
    let modules: String = modules.map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")).concat();
    let types = "text/html html\ntext/css css\ntext/javascript js\napplication/json json\nimage/svg+xml svg\napplication/pdf pdf\ntext/csv csv\napplication/xml xml\n";
    town.write("conf/types", types.as_bytes());
    let user =
        if Command::new("id").arg("-u").output().unwrap().stdout.trim_ascii() == b"0" { "User www-data\nGroup www-data\n" } else { "" };
    let conf = format!(
        "{modules}ServerRoot {root}/conf\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {root}/conf/apache.pid\nDefaultRuntimeDir {root}/conf\n\
         Mutex posixsem\nErrorLog {root}/conf/errors.log\n{user}TypesConfig {root}/conf/types\nDocumentRoot {root}/public\nDirectoryIndex index.html\n\
         ErrorDocument 404 /404.html\n<Directory {root}/public>\nRequire all granted\nAllowOverride All\n</Directory>\n{include}\n"
    );
    town.write("conf/whole.conf", conf.as_bytes());
    readable(town);
    let mut command = Command::new(binary("apache2"));
    command.arg("-X").arg("-f").arg(town.path("conf/whole.conf"));
    Server::start(name, port, command, &town.path("conf/apache.log"))
}

#[test]
fn apache_sends_what_the_table_says_from_its_own_settings_and_from_htaccess() {
    let (town, site) = town();
    let text = snippet(&town, "apache");
    let (table, addresses) = (headers::table(&site), addresses(&site, &town));
    apache(&town, &format!("Include {}", town.path("conf/apache.conf").display()), "Apache").compare(&table, &addresses);
    town.write("public/.htaccess", text.as_bytes());
    apache(&town, "", "Apache with .htaccess").compare(&table, &addresses);
}

#[test]
fn caddy_sends_what_the_table_says() {
    let (town, site) = town();
    snippet(&town, "caddy");
    let (root, port) = (town.root().display(), free_port());
    let conf = format!(
        "{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\tbind 127.0.0.1\n\troot * {root}/public\n\timport {root}/conf/caddy.conf\n\tfile_server\n\
         \thandle_errors {{\n\t\trewrite * /404.html\n\t\tfile_server\n\t}}\n}}\n"
    );
    town.write("conf/Caddyfile", conf.as_bytes());
    let mut command = Command::new(binary("caddy"));
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(town.path("conf/Caddyfile"));
    command.env("XDG_DATA_HOME", town.path("conf")).env("XDG_CONFIG_HOME", town.path("conf")).env("HOME", town.path("conf"));
    let server = Server::start("Caddy", port, command, &town.path("conf/caddy.log"));
    server.compare(&headers::table(&site), &addresses(&site, &town));
}

/// `_headers` as Cloudflare Pages reads it: every rule that fits adds its lines, `!` takes a name back, two of one name
/// are joined by a comma (developers.cloudflare.com/pages/configuration/headers).
fn read_as_cloudflare_does(text: &str, address: &str) -> Sent {
    let (mut sent, mut fits, mut rules) = (Sent::new(), false, 0);
    for line in text.lines() {
        assert!(line.chars().count() <= 2_000);
        match line.strip_prefix("  ") {
            None => {
                rules += 1;
                let (before, after) = line.split_once('*').unwrap_or((line, ""));
                assert!(!after.contains('*'), "one `*` a line: {line}");
                let long_enough = address.len() >= before.len() + after.len();
                fits = if line.contains('*') {
                    long_enough && address.starts_with(before) && address.ends_with(after)
                } else {
                    line == address
                };
            }
            Some(inner) if fits => match inner.strip_prefix("! ") {
                Some(name) => drop(sent.remove(&name.to_lowercase())),
                None => {
                    let (name, value) = inner.split_once(": ").unwrap();
                    let name = name.to_lowercase();
                    sent.entry(name.clone()).or_default().push(normal(&name, value));
                }
            },
            Some(_) => {}
        }
    }
    assert!(rules <= 100, "{rules} rules");
    sent.values_mut().for_each(|values| values.sort());
    sent
}

#[test]
fn the_file_that_hosts_read_says_the_same_and_fits_their_limits() {
    let (town, site) = town();
    let text = town.read("public/_headers");
    assert_eq!(headers::text(&site, Dialect::Netlify), text);
    assert_eq!(snippet(&town, "netlify").trim_end(), text.trim_end());
    let table = headers::table(&site);
    let mut twice = Vec::new();
    for address in addresses(&site, &town) {
        let encoded = promulgate::model::route::Route::new(&address).unwrap().href();
        let sent = read_as_cloudflare_does(&text, &encoded);
        assert_eq!(sent, expected(&table, &address, true), "{address}");
        twice.extend(
            sent.into_iter().filter(|(name, values)| name != "link" && values.len() > 1).map(|(name, _)| format!("{address}: {name}")),
        );
    }
    assert!(twice.is_empty(), "{twice:?}");
    // What the issue asks for, in its own words.
    let of = |address: &str, name: &str| {
        let sent = expected(&table, address, true);
        sent.get(name).map(|values| values.join(", ")).unwrap_or_default()
    };
    assert_eq!(
        of("/", "content-security-policy"),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; upgrade-insecure-requests"
    );
    assert_eq!(of("/", "strict-transport-security"), "max-age=31536000");
    for open in ["/log/checkpoint", "/log/tile/0/000", "/log/checkpoints.atom", "/feed.atom", "/feed.json", "/records.json"] {
        assert_eq!(of(open, "access-control-allow-origin"), "*", "{open}");
    }
    assert_eq!(of("/decisions/", "access-control-allow-origin"), "");
    assert_eq!(of("/log/tile/0/000", "content-type"), "application/octet-stream");
    assert!(of("/log/tile/0/000", "cache-control").contains("immutable") && of("/log/checkpoint", "cache-control") == "public, max-age=5");
    assert_eq!(of("/decisions/2026/library/record.tlog-proof", "content-type"), "text/plain;charset=utf-8");
    for sandboxed in ["/decisions/2026/karta.svg", "/decisions/2026/bilaga.pdf", "/decisions/2026/data.xml"] {
        let policy = of(sandboxed, "content-security-policy");
        assert!(
            policy.ends_with("; sandbox") && policy.starts_with("default-src 'none'") && !policy.contains("script-src"),
            "{sandboxed}: {policy}"
        );
    }
}

#[test]
fn the_owner_of_the_domain_decides_how_long_browsers_insist_on_tls() {
    let header = |settings: &str| {
        let town = Sandbox::new();
        town.write("promulgate.yaml", format!("{SETTINGS}{settings}").as_bytes());
        let said = town.run(&["headers", "netlify"]);
        let line = said.stdout.lines().find_map(|line| line.trim().strip_prefix("Strict-Transport-Security: ").map(str::to_owned));
        (said.code, line, said.stderr)
    };
    assert_eq!(header("").1.as_deref(), Some("max-age=31536000"));
    assert_eq!(header("transport_security: false\n").1, None);
    assert_eq!(header("transport_security: {max_age: 300}\n").1.as_deref(), Some("max-age=300"));
    let all = header("transport_security: {max_age: 63072000, subdomains: true, preload: true}\n");
    assert_eq!(all.1.as_deref(), Some("max-age=63072000; includeSubDomains; preload"));
    let town = Sandbox::new();
    town.write("promulgate.yaml", format!("{SETTINGS}transport_security: {{preload: true}}\n").as_bytes());
    let said = town.run(&["check"]);
    assert!(said.code == 1 && said.stderr.contains("takes no domain on these terms"), "{}", said.stderr);
}

#[test]
fn many_attached_pages_are_told_of_before_a_host_drops_their_rules() {
    let town = Sandbox::new();
    town.write("promulgate.yaml", SETTINGS.as_bytes());
    for number in 0..120 {
        town.write(&format!("content/decisions/2026/old-{number}.html"), b"<!doctype html><title>Old</title>");
    }
    let said = town.run(&["build", "--now", NOW]);
    assert!(said.code == 1 && said.stderr.contains("headers-too-long") && said.stderr.contains("rules"), "{}", said.stderr);
    assert!(!town.path("public").exists());
}

#[test]
fn a_page_carries_the_policy_itself_for_hosts_that_send_no_headers() {
    let (town, _) = town();
    for path in ["index.html", "decisions/2026/library/index.html", "en/index.html", "404.html", "search/index.html"] {
        let text = town.read(&format!("public/{path}"));
        let meta = text.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1).unwrap_or_else(|| panic!("{path} has none"));
        let own: Vec<&str> = meta.split('"').next().unwrap().split("; ").collect();
        // Two have no effect or no use in a page: who may frame it, and addresses to be upgraded, of which it has none.
        let site = rules::POLICY.split("; ").filter(|part| !part.starts_with("frame-ancestors") && *part != "upgrade-insecure-requests");
        for part in site.filter(|part| *part != "script-src 'self'" || path.starts_with("search/")) {
            assert!(own.contains(&part), "{path}: {part} is not in {own:?}");
        }
        assert!(own.iter().all(|part| rules::POLICY.split("; ").any(|allowed| allowed == *part)), "{path}: {own:?}");
        let before = text.split("http-equiv=\"Content-Security-Policy\"").next().unwrap();
        assert!(!before.contains("<link") && !before.contains("<script"), "{path}: something is loaded before the policy holds");
    }
}
