//! `publish` in earnest: real requests to a server and to the site, with the program's own way out.

use crate::sandbox::{Said, Sandbox};
use promulgate::rehearsal::{Mishaps, StandIns, serve_site};

fn publish(town: &Sandbox, now: &str, more: &[&str]) -> Said {
    let mut args = vec!["publish", "--now", now];
    args.extend_from_slice(more);
    if !more.contains(&"--wait-live") {
        args.extend_from_slice(&["--wait-live", "5s"]);
    }
    let output = town.command(&args).env("FEDIVERSE_TOKEN", "rehearsal-town").output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn a_first_publish_tells_nothing_old_a_second_what_is_new_and_a_third_nothing() {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let stand_ins = StandIns::start(&town.path("elsewhere"), None, Mishaps::none()).unwrap();
    let served = serve_site(&town.path("public"), None).unwrap();
    let settings = town.read("promulgate.yaml").replace("https://social.smakoping.example", &stand_ins.url("mastodon"));
    let settings = settings.replacen("url: https://smakoping.example", &format!("url: {}", served.url()), 1);
    town.write("promulgate.yaml", settings.as_bytes());

    let first = publish(&town, "2026-04-25T10:00:00+02:00", &[]);
    assert!(first.code == 0 && first.stderr.contains("0 announcements sent, 2 recorded as already known"), "{}", first.stderr);
    assert!(stand_ins.posts().is_empty(), "an old archive is never told by itself");

    let ferry = "---\ntitle: The ferry sails on Sundays\nsummary: It sails from 3 May.\ndate: 2026-04-26T09:00:00+02:00\ndecided: 2026-04-26\ndecision: The ferry sails on Sundays.\n---\n\nText.\n";
    town.write("content/decisions/2026/ferry.md", ferry.as_bytes());
    let many = publish(&town, "2026-04-26T10:00:00+02:00", &["--max", "0"]);
    assert!(many.code == 4 && stand_ins.posts().is_empty(), "more than `--max` and none is sent: {}", many.stderr);
    let second = publish(&town, "2026-04-26T10:00:00+02:00", &[]);
    assert!(second.code == 0 && second.stderr.contains("1 announcement sent."), "{}", second.stderr);
    let posts = stand_ins.posts();
    assert_eq!(posts.len(), 1);
    assert!(posts[0].text.contains("The ferry sails on Sundays") && posts[0].links == [format!("{}/decisions/2026/ferry/", served.url())]);
    let third = publish(&town, "2026-04-26T11:00:00+02:00", &[]);
    assert!(third.code == 0 && third.stderr.contains("0 announcements sent."), "{}", third.stderr);
    assert_eq!(stand_ins.posts().len(), 1);
    assert!(town.read("public/decisions/2026/ferry/index.html").contains(&posts_url(&stand_ins)), "the page names its post");
}

fn posts_url(stand_ins: &StandIns) -> String {
    format!("/@town/{}", stand_ins.posts()[0].id)
}

#[test]
fn what_is_not_live_is_not_told() {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let stand_ins = StandIns::start(&town.path("elsewhere"), None, Mishaps::none()).unwrap();
    let stale = serve_site(&town.path("old"), None).unwrap();
    let settings = town.read("promulgate.yaml").replace("https://social.smakoping.example", &stand_ins.url("mastodon"));
    town.write("promulgate.yaml", settings.replacen("url: https://smakoping.example", &format!("url: {}", stale.url()), 1).as_bytes());
    assert_eq!(publish(&town, "2026-04-01T10:00:00+02:00", &[]).code, 0);
    town.write(
        "content/decisions/2026/ferry.md",
        b"---\ntitle: The ferry\nsummary: It sails.\ndate: 2026-04-02\ndecided: 2026-04-02\ndecision: It sails.\n---\n\nText.\n",
    );
    let said = publish(&town, "2026-04-03T10:00:00+02:00", &["--wait-live", "1s"]);
    assert!(matches!(said.code, 3) && stand_ins.posts().is_empty(), "exit {}: {}", said.code, said.stderr);
}
