//! Rehearsals: what the stand-ins accept survives, their mishaps repeat, the wall shows everything, nothing leads outside.

#![allow(clippy::unwrap_used)]

use crate::channels::{announcement, hosts, news, open, settings};
use promulgate::channels::tid;
use promulgate::io::http::Http;
use promulgate::model::announcement::{Card, News};
use promulgate::model::settings::ChannelSettings;
use promulgate::model::transport::{Deed, Method, Request, Response, SendError};
use promulgate::rehearsal::lexicon::{is_datetime, is_language, is_tid};
use promulgate::rehearsal::{Mishap, Mishaps, StandIns, serve_site};
use std::io::Write;
use std::path::Path;

fn fediverse() -> ChannelSettings {
    settings("fediverse", "mastodon", &[("server", "https://social.norrvik.example")])
}

fn sky() -> ChannelSettings {
    settings("sky", "bluesky", &[("handle", "norrvik.example")])
}

fn hook() -> ChannelSettings {
    settings("intranet", "webhook", &[("url", "https://intranet.norrvik.example/hooks/news")])
}

fn tell(stand_ins: &StandIns, channel: &ChannelSettings, news: &News) -> Result<String, SendError> {
    let opened = open(channel);
    let announcement = announcement(&channel.platform, opened.account(), news);
    let post = opened.compose(&announcement).value.remove(0);
    let mut out = stand_ins.outside(Path::new("."), channel, &hosts(channel));
    opened.send(&post, &Deed::New, &announcement.key, &mut out).map(|receipt| receipt.unwrap().id)
}

fn get(url: &str) -> Response {
    Http::loopback().send(&Request::new(Method::Get, url)).unwrap()
}

fn text(url: &str) -> String {
    String::from_utf8(get(url).body).unwrap()
}

#[test]
fn a_site_s_own_channels_reach_the_stand_ins_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let stand_ins = StandIns::start(folder.path(), None, Mishaps::none()).unwrap();
    let news = news("sv", "Nattbussar hela veckan");
    for channel in [fediverse(), sky(), hook()] {
        let id = tell(&stand_ins, &channel, &news).unwrap();
        assert_eq!(tell(&stand_ins, &channel, &news).unwrap(), id, "{}", channel.platform);
    }
    let posts = stand_ins.posts();
    assert_eq!(posts.iter().map(|post| post.network.as_str()).collect::<Vec<_>>(), ["mastodon", "bluesky", "webhook"]);
    assert!(posts.iter().all(|post| post.links.contains(&news.link) && post.lang == "sv"));
    assert_eq!(posts[0].account, "@fediverse");
}

#[test]
fn what_was_accepted_survives_any_end_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let news = news("sv", "Vattnet är tjänligt igen");
    let first = StandIns::start(folder.path(), None, Mishaps::none()).unwrap();
    for channel in [fediverse(), sky(), hook()] {
        tell(&first, &channel, &news).unwrap();
    }
    let before = first.posts();
    // Nothing is said to the first one: it ends as if killed, in the middle of a line.
    std::mem::forget(first);
    let journal = folder.path().join("stand-ins.jsonl");
    std::fs::OpenOptions::new().append(true).open(&journal).unwrap().write_all(b"{\"what\":\"stat").unwrap();
    let second = StandIns::start(folder.path(), None, Mishaps::none()).unwrap();
    let comparable =
        |posts: Vec<promulgate::rehearsal::WallPost>| posts.into_iter().map(|post| (post.network, post.id, post.text)).collect::<Vec<_>>();
    assert_eq!(comparable(second.posts()), comparable(before));
    for channel in [fediverse(), sky(), hook()] {
        tell(&second, &channel, &news).unwrap();
    }
    assert_eq!(second.posts().len(), 3, "keys are remembered too");
}

#[test]
fn a_seed_makes_the_same_mishaps_and_counts_them() {
    let run = |seed: u64| {
        let folder = tempfile::tempdir().unwrap();
        let stand_ins = StandIns::start(folder.path(), None, Mishaps::seeded(seed, 50).without_limits()).unwrap();
        let outcomes: Vec<bool> = (0..20).map(|_| tell(&stand_ins, &fediverse(), &news("sv", "Kallelse")).is_ok()).collect();
        (outcomes, stand_ins.mishaps())
    };
    let (outcomes, counts) = run(7);
    assert_eq!((outcomes.clone(), counts.clone()), run(7));
    assert!(counts.values().sum::<usize>() > 3 && outcomes.contains(&false) && outcomes.contains(&true), "{counts:?}");
}

#[test]
fn a_script_goes_wrong_exactly_where_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let script = Mishaps::script([None, Some(Mishap::FailFirst), Some(Mishap::Unauthorised), Some(Mishap::ForgetKeys)]);
    let stand_ins = StandIns::start(folder.path(), None, script).unwrap();
    let one = news("sv", "En gång");
    tell(&stand_ins, &fediverse(), &one).unwrap();
    assert!(matches!(tell(&stand_ins, &fediverse(), &one), Err(SendError::Unknown { .. })));
    assert!(matches!(tell(&stand_ins, &fediverse(), &one), Err(SendError::Account { .. })));
    tell(&stand_ins, &fediverse(), &one).unwrap();
    assert_eq!(stand_ins.posts().len(), 2, "a server that forgets its keys doubles a blind repeat");
    assert_eq!(stand_ins.mishaps().len(), 3);
}

#[test]
fn the_documented_rate_limit_holds() {
    let folder = tempfile::tempdir().unwrap();
    let stand_ins = StandIns::start(folder.path(), None, Mishaps::none()).unwrap();
    let url = format!("{}/api/v2/instance", stand_ins.url("mastodon"));
    let http = Http::loopback();
    let answers: Vec<Response> = (0..620).map(|_| http.send(&Request::new(Method::Get, &url)).unwrap()).collect();
    let refused = answers.iter().find(|answer| answer.status == 429).expect("300 in five minutes are allowed");
    assert!(refused.header("x-ratelimit-reset").unwrap().parse::<jiff::Timestamp>().is_ok());
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(answers[0].status, 200);
}

#[test]
fn the_wall_shows_posts_as_their_readers_see_them_and_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let stand_ins = StandIns::start(folder.path(), None, Mishaps::none()).unwrap();
    let mut arabic = news("ar", "حافلات ليلية <script>alert(1)</script> & \"المزيد\"");
    arabic.card = Card { title: "<img src=x onerror=alert(1)>".into(), description: "حافلات".into() };
    for channel in [fediverse(), sky(), hook()] {
        tell(&stand_ins, &channel, &arabic).unwrap();
    }
    let page = text(&stand_ins.wall_url());
    assert!(page.contains("<div class=\"text\" lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains(&format!("href=\"{}\"", arabic.link)));
    assert!(page.contains("حافلات ليلية &lt;script&gt;") && !page.contains("<script") && !page.contains("<img src=x"));
    let json: serde_json::Value = serde_json::from_str(&text(&format!("{}posts.json", stand_ins.wall_url()))).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 3);
    assert_eq!(json[0]["links"][0], *arabic.link);
}

#[test]
fn a_built_site_is_served_as_a_plain_host_would() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("public");
    std::fs::create_dir_all(site.join("beslut/nattbussar")).unwrap();
    std::fs::write(site.join("beslut/nattbussar/index.html"), "<p>Nattbussar").unwrap();
    std::fs::write(site.join("404.html"), "Borta").unwrap();
    std::fs::write(site.join("åtgärd.atom"), "<feed/>").unwrap();
    std::fs::write(folder.path().join("secret"), "no").unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret"), site.join("leak")).unwrap();
    let served = serve_site(&site, None).unwrap();
    let at = |path: &str| get(&format!("{}{path}", served.url()));
    assert_eq!(
        (at("/beslut/nattbussar/").status, at("/beslut/nattbussar/").header("content-type").unwrap()),
        (200, "text/html; charset=utf-8")
    );
    assert_eq!((at("/beslut/nattbussar").status, at("/beslut/nattbussar").header("location").unwrap()), (301, "/beslut/nattbussar/"));
    assert_eq!(at("/%C3%A5tg%C3%A4rd.atom").header("content-type"), Some("application/xml; charset=utf-8"));
    assert_eq!((at("/borta").status, at("/borta").body), (404, b"Borta".to_vec()));
    for climbing in ["/%2e%2e/secret", "/..%2fsecret", "/leak", "/%00"] {
        assert_eq!(at(climbing).status, 404, "{climbing}");
    }
}

/// The lists that AT Protocol gives to implementers.
fn listed(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/channels/atproto").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn identifiers_are_judged_as_the_protocol_s_own_lists_say() {
    // The list itself calls this one "technically not valid, but allowing in naive parser".
    let naive = "de-419-DE";
    for (name, judge) in [("tid", is_tid as fn(&str) -> bool), ("tid", tid::is_valid), ("datetime", is_datetime), ("language", is_language)]
    {
        for valid in listed(&format!("{name}_syntax_valid.txt")) {
            assert!(judge(&valid), "{name}: `{valid}` is valid");
        }
        for invalid in listed(&format!("{name}_syntax_invalid.txt")).iter().filter(|line| *line != naive) {
            assert!(!judge(invalid), "{name}: `{invalid}` is invalid");
        }
    }
}

#[test]
fn a_site_with_a_log_is_rehearsed_signed_by_a_key_of_the_rehearsal_and_its_own_state_is_untouched() {
    use crate::sandbox::Sandbox;
    let sandbox = Sandbox::new();
    let body = promulgate::transparency::keys::SigningKey::from_seed("norrvik.example/log", [9; 32]).unwrap();
    let settings = format!(
        "title: Norrvik\nurl: https://norrvik.example\nlanguages: [en]\ncards: false\nlog:\n  key: {}\n  secret: env:TOWN_LOG_KEY\n",
        body.verifier()
    );
    sandbox.write("promulgate.yaml", settings.as_bytes());
    let page = "---\ntitle: About\nsummary: About us.\n---\n\nWe are a town.\n";
    sandbox.write("content/pages/about.md", page.as_bytes());
    // The body's own log has begun, and knows nothing of the rehearsal.
    let signed = sandbox.command(&["build", "--sign", "--offline-log"]).env("TOWN_LOG_KEY", body.encode().expose()).output().unwrap();
    assert!(signed.status.success(), "{}", String::from_utf8_lossy(&signed.stderr));
    let state = || {
        crate::sandbox::files_below(&sandbox.path("ledger"))
            .into_iter()
            .map(|path| (std::fs::read(&path).unwrap(), path))
            .collect::<Vec<_>>()
    };
    let before = state();
    let size = |folder: &str| sandbox.read(&format!("{folder}/log/checkpoint")).lines().nth(1).unwrap().to_owned();

    let park =
        "---\ntitle: The park\nsummary: It opens.\ndate: 2026-11-19\ndecided: 2026-11-19\ndecision: The park opens.\n---\n\nIt opens.\n";
    sandbox.write("content/decisions/2026/park.md", park.as_bytes());
    for round in 1..=2 {
        let said = sandbox.run(&["rehearse", "--once"]);
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
        assert_eq!((size(".rehearsal/public"), size("public")), ("2".to_owned(), "1".to_owned()), "round {round}");
    }
    // A change without a note is refused there as it would be in earnest.
    sandbox.write("content/decisions/2026/park.md", park.replace("The park opens.", "The park closes.").as_bytes());
    let said = sandbox.run(&["rehearse", "--once"]);
    assert!(said.code == 1 && said.stderr.contains("log-changed"), "{}", said.stderr);
    assert_eq!(state(), before);

    // Where the body's own log has not begun, all of the rehearsal's is signed by its one key.
    std::fs::remove_dir_all(sandbox.path("ledger")).unwrap();
    let said = sandbox.run(&["rehearse", "--once", "--fresh"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let key = sandbox.path(".rehearsal/public/log/vkey");
    let checked = sandbox.run(&["verify", ".rehearsal/public", "--key", key.to_str().unwrap()]);
    assert_eq!(checked.code, 0, "{}{}", checked.stdout, checked.stderr);
    assert_ne!(sandbox.run(&["verify", ".rehearsal/public"]).code, 0, "it is not the body's own");
}
