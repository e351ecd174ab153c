//! Rows 16 to 19 and 21: requests, programs, secrets, settings with tokens, pipelines of others.

use super::ran::{Piece, file};
use super::{Case, Want};

/// All of them.
pub fn cases() -> Vec<Case> {
    [requests(), programs(), secrets(), tokens(), pipelines()].into_iter().flatten().collect()
}

/// Row 16: a build asks nobody. The proxies that it would have to use do not exist, so that a request would be an error or
/// a long wait; `a_build_makes_no_request` (`names`) sees it in the record of system calls.
fn requests() -> Vec<Case> {
    let bodies = [
        "![x](http://127.0.0.1:9/x.png)",
        "![x](http://169.254.169.254/latest/meta-data/)",
        "[x](http://127.1:9/)",
        "<img src=\"http://[::ffff:7f00:1]:9/x\" alt=x>",
        "![x](https://metadata.google.internal/x)",
        "![x](//localhost:9/x.png)",
        "[x](ftp://10.0.0.1/)",
    ];
    let mut all: Vec<Case> = bodies
        .iter()
        .map(|body| Case::new(16, format!("body {body}"), super::bodies::with_body(body), Want::Either("hostile.md".into())))
        .collect();
    let hub = Piece::Settings("hub: http://169.254.169.254/\n".into());
    all.push(Case::new(16, "a hub within a cloud", vec![hub], Want::Refused("promulgate.yaml".into())));
    all.iter_mut().for_each(|case| {
        case.variables = ["http_proxy", "https_proxy"].map(|name| (name.to_owned(), "http://127.0.0.1:9".to_owned())).to_vec()
    });
    all
}

/// A program that would leave a trace outside.
const EVIL: &str = "#!/bin/sh\necho gotcha > \"$(dirname \"$0\")/../../outside/gotcha\" || echo gotcha > ../outside/gotcha\n";

/// Row 17: the plan asks each plugin how it would say a thing.
fn programs() -> Vec<Case> {
    let evil = |path: &str| vec![file(path, EVIL), file("run", "")];
    let commands = [
        ("content/pages/evil", "[content/pages/evil]"),
        ("content/pages/evil", "[./content/pages/evil]"),
        ("static/evil", "[static/evil]"),
        ("themes/x/evil", "[themes/x/evil]"),
        ("evil", "[evil]"),
        ("plugins/evil", "[plugins/../../site/content/../plugins/evil]"),
        ("../outside/evil", "[../outside/evil]"),
    ];
    let mut all = Vec::new();
    for (path, command) in commands {
        let mut pieces = evil(path);
        pieces.push(Piece::Settings(format!("channels:\n  desk:\n    platform: plugin\n    command: {command}\n")));
        let mut case = Case::new(17, format!("a program {command}"), pieces, Want::Either("".into()));
        case.args = vec!["plan".into()];
        // The present folder in the path, as on a careless machine.
        case.variables = vec![("PATH".into(), ".::/usr/bin:/bin".into())];
        all.push(case);
    }
    all
}

/// Row 18: the value of a secret in a file of the site. The campaign of the canaries is `reliability::canary`.
fn secrets() -> Vec<Case> {
    let channel = "channels:\n  fedi:\n    platform: mastodon\n    server: https://social.norrvik.example\n    token: env:NORRVIK_TOKEN\n";
    let value = "q7x-V9-Kd2-Lw-5Tz";
    let guises = [
        value.to_owned(),
        "cTd4LVY5LUtkMi1Mdy01VHo=".to_owned(),
        value.bytes().map(|byte| format!("{byte:02x}")).collect(),
        value.replace('-', "%2D"),
    ];
    let case = |guise: &String| {
        let mut pieces = super::bodies::with_body(&format!("Se `{guise}` här."));
        pieces.push(Piece::Settings(channel.into()));
        let mut case = Case::new(18, format!("a secret written {guise}"), pieces, Want::Refused("secret-in-output".into()));
        case.variables = vec![("NORRVIK_TOKEN".into(), value.into())];
        case
    };
    guises.iter().take(3).map(case).collect()
}

/// Row 19.
fn tokens() -> Vec<Case> {
    let x = |count: usize| "aB3x".repeat(count.div_ceil(4))[..count].to_owned();
    let shapes = [
        format!("ghp_{}", x(36)),
        format!("github_pat_{}", x(60)),
        format!("glpat-{}", x(20)),
        format!("xoxb-{}", x(40)),
        format!("AKIA{}", "ABCD1234".repeat(2)),
        format!("AIza{}", x(35)),
        format!("EAAC{}", x(120)),
        format!("nsec1{}", x(58)),
        format!("1234567890:{}", x(35)),
        format!("eyJhbGciOiJI.eyJzdWIiOiIx.{}", x(30)),
        format!("vk1.a.{}", x(60)),
        format!("syt_{}", x(40)),
        "PRIVATE+KEY+norrvik.example/log+5b8d3c1f+AQABAQABAQABAQABAQAB".to_owned(),
    ];
    let mut all = Vec::new();
    for token in &shapes {
        for line in [format!("tagline: \"{token}\"\n"), format!("extra: {{note: \"{token}\"}}\n")] {
            let name = format!("{}… in `{}`", &token[..4], line.split(':').next().unwrap());
            all.push(Case::new(19, name, vec![Piece::Settings(line.clone())], Want::Refused("secret-in-settings".into())));
        }
    }
    let addresses = [
        format!("https://bot:{}@norrvik.example", x(12)),
        format!("https://hooks.slack.com/services/T0/B0/{}", x(24)),
        format!("https://discord.com/api/webhooks/123456789012345678/{}", x(60)),
        format!("https://norrvik.example/?access_token={}", x(30)),
    ];
    all.extend(addresses.iter().map(|address| {
        Case::new(
            19,
            "a token in an address",
            vec![Piece::Settings(format!("footer: [{{label: x, url: \"{address}\"}}]\n"))],
            Want::Refused("secret-in-settings".into()),
        )
    }));
    let written = format!("channels:\n  fedi:\n    platform: mastodon\n    server: https://social.norrvik.example\n    token: {}\n", x(32));
    all.push(Case::new(19, "a token in its own place", vec![Piece::Settings(written)], Want::Refused("secret-in-settings".into())));
    all
}

/// Row 21: a pipeline that runs for a proposed change, with every secret at hand.
fn pipelines() -> Vec<Case> {
    let channel = "channels:\n  fedi:\n    platform: mastodon\n    server: http://127.0.0.1:9\n    token: env:NORRVIK_TOKEN\n";
    let events = [
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_EVENT_NAME", "pull_request_target"),
        ("GITHUB_EVENT_NAME", "issue_comment"),
        ("CI_PIPELINE_SOURCE", "merge_request_event"),
        ("CI_PIPELINE_EVENT", "pull_request"),
        ("CI_MERGE_REQUEST_IID", "7"),
    ];
    let mut all = Vec::new();
    for (name, value) in events {
        for command in ["publish", "announce"] {
            let mut case = Case::new(
                21,
                format!("{command} with {name}={value}"),
                vec![Piece::Settings(channel.into())],
                Want::Ends(2, "only proposed".into()),
            );
            case.args = vec![command.into()];
            case.variables = vec![(name.into(), value.into()), ("NORRVIK_TOKEN".into(), "q7x-V9-Kd2-Lw-5Tz".into())];
            all.push(case);
        }
    }
    all
}
