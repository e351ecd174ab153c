//! Plugins: the example that we ship, the golden transcripts of `channel/1`, and programs that misbehave.

#![allow(clippy::unwrap_used)]

use crate::channels::{announcement, news, open, settings};
use promulgate::channels::PLATFORMS;
use promulgate::io::http::Http;
use promulgate::io::outside::{Outside, Programs};
use promulgate::model::announcement::{Event, News};
use promulgate::model::record::{RecordId, Value as FieldValue};
use promulgate::model::settings::{ChannelSettings, SecretRef};
use promulgate::model::transport::{CallError, Channel, Deed, LookUp, Secret, SendError, Speak};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn plugin(command: &[&str], own: Value) -> ChannelSettings {
    let mut settings = settings("press-desk", "plugin", &[("account", "press-desk@norrvik.example")]);
    let words = command.iter().map(|word| FieldValue::Text(word.to_string())).collect();
    settings.own.0.push(("command", FieldValue::List(words)));
    settings.own.0.push(("settings", FieldValue::Any(own)));
    settings
}

fn shell(script: &str) -> ChannelSettings {
    let hello = r#"echo '{"protocol":"channel","versions":[1],"needs":{"secrets":["token"]},"can":["reply"],"from":"later"}'"#;
    let mut settings = plugin(&["sh", "-c", &format!("{hello}\n{script}")], json!({}));
    settings.secrets.insert("token".into(), SecretRef::Env("PRESS_TOKEN".into()));
    settings
}

fn in_earnest() -> Outside {
    Outside::in_earnest(Path::new(ROOT), Http::loopback(), Box::new(|_| Ok(Secret::new("s3cret-token"))))
}

fn in_rehearsal() -> Outside {
    Outside::in_rehearsal(Path::new(ROOT), Vec::new(), Box::new(|_| Err("a rehearsal has no secrets".into())))
}

fn send(settings: &ChannelSettings, out: &mut Outside) -> Result<String, SendError> {
    let channel = open(settings);
    let announcement = announcement("plugin", channel.account(), &news("sv", "Nattbussar hela veckan"));
    let post = crate::channels::post_of(&announcement);
    channel.send(&post, &Deed::New, &announcement.key, out).map(|receipt| receipt.unwrap().id)
}

#[test]
fn the_example_plugin_leaves_each_message_once_and_finds_it_again() {
    let outbox = tempfile::tempdir().unwrap();
    let channel = open(&plugin(&["examples/plugins/press-desk"], json!({"outbox": outbox.path()})));
    assert_eq!(channel.abilities().look_up, LookUp::Link);
    let can = channel.abilities();
    assert!(can.edits(0) && can.deletes(0) && !can.replies());
    let announcement = announcement("plugin", channel.account(), &news("ka", "ღამის ავტობუსები"));
    let post = channel.compose(&announcement).value.remove(0);
    assert!(post.text.starts_with("NIGHT BUSES ALL WEEK\n\nღამის"));
    let files = || std::fs::read_dir(outbox.path()).unwrap().count();

    channel.send(&post, &Deed::New, &announcement.key, &mut in_rehearsal()).unwrap();
    assert_eq!(files(), 0, "a rehearsal leaves nothing");
    assert_eq!(channel.find(&post, &Deed::New, &announcement.key, &mut in_earnest()).unwrap(), None);
    let receipt = channel.send(&post, &Deed::New, &announcement.key, &mut in_earnest()).unwrap().unwrap();
    channel.send(&post, &Deed::New, &announcement.key, &mut in_earnest()).unwrap();
    assert_eq!(files(), 1);
    assert_eq!(channel.find(&post, &Deed::New, &announcement.key, &mut in_earnest()).unwrap().unwrap().id, receipt.id);
    channel.send(&post, &Deed::Delete(receipt.clone()), &announcement.key, &mut in_earnest()).unwrap();
    assert_eq!(files(), 0);
    assert!(channel.find(&post, &Deed::Delete(receipt), &announcement.key, &mut in_earnest()).unwrap().is_some());
}

#[test]
fn a_rehearsal_gives_no_secret_and_earnest_gives_it_on_standard_input_only() {
    let script = r#"read welcome; read next; printf '{"ok":{"id":"%s"}}\n' "$(printf '%s %s %s' "$welcome" "$next" "$(env)" | tr -c 'a-zA-Z0-9_-' '.')""#;
    let heard = send(&shell(script), &mut in_earnest()).unwrap();
    assert!(heard.contains("mode...send") && heard.contains("secrets....token...s3cret-token"), "{heard}");
    assert_eq!(heard.matches("s3cret-token").count(), 1, "not in the environment: {heard}");
    assert!(!heard.contains("CARGO"), "nothing of our environment but what it needs: {heard}");
    let heard = send(&shell(script), &mut in_rehearsal()).unwrap();
    assert!(heard.contains("mode...rehearse") && !heard.contains("secret"), "{heard}");
}

#[test]
fn secrets_that_a_program_complains_about_are_taken_out() {
    let script = "read a; read b; read c; echo 'cannot use s3cret-token' >&2; exit 1";
    let Err(SendError::Unknown { reason }) = send(&shell(script), &mut in_earnest()) else { panic!() };
    assert!(reason.contains("cannot use …") && !reason.contains("s3cret"), "{reason}");
}

#[test]
fn a_program_that_hangs_is_ended_with_all_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let argv: Vec<String> =
        ["sh", "-c", &format!("sleep 600 & echo $! > {}; echo hello; read line; sleep 600", pid.display())].map(String::from).to_vec();
    let begun = Instant::now();
    let mut lines = |line: &str| (line == "hello").then(|| "go on".to_owned());
    let spoken = Programs::new(Path::new(ROOT)).speak(&argv, &mut lines, Duration::from_millis(300));
    assert!(matches!(spoken, Err(CallError::Lost(_))), "{spoken:?}");
    assert!(begun.elapsed() < Duration::from_secs(10));
    let pid = std::fs::read_to_string(pid).unwrap();
    let state = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    assert!(state.is_empty() || state.contains(") Z "), "the grandchild lives: {state}");
}

#[test]
fn what_cannot_have_been_sent_is_tried_again_and_what_may_have_is_not() {
    let outcome = |script: &str| send(&shell(script), &mut in_earnest()).unwrap_err();
    assert!(matches!(outcome("read a; read b; read c"), SendError::Unknown { .. }), "it ended without an answer");
    assert!(matches!(outcome("read a; read b; read c; echo nonsense"), SendError::Unknown { .. }));
    assert!(matches!(outcome(r#"read a; read b; read c; echo '{"err":{"kind":"auth"}}'"#), SendError::Account { .. }));
    assert!(matches!(outcome(r#"read a; read b; read c; echo '{"err":{"kind":"rejected"}}'"#), SendError::Refused { .. }));
    let limited = outcome(r#"read a; read b; read c; echo '{"err":{"kind":"rate-limited","retry_after":60,"new":1}}'"#);
    assert!(matches!(limited, SendError::Retry { after: Some(after), .. } if after.as_secs() == 60));
    assert!(matches!(outcome("read a; head -c 2000000 /dev/zero | tr '\\0' x"), SendError::Unknown { .. }), "a line over 1 MiB");
    let missing = send(&plugin(&["./no-such-program"], json!({})), &mut in_earnest()).unwrap_err();
    assert!(matches!(missing, SendError::Retry { .. }));
}

#[test]
fn an_ungranted_secret_and_a_strange_hello_are_said_plainly() {
    let mut settings = shell("read a");
    settings.secrets.clear();
    let Err(SendError::Account { reason }) = send(&settings, &mut in_earnest()) else { panic!() };
    assert!(reason.contains("`token`"), "{reason}");
    for (hello, said) in [
        ("hi", "not JSON"),
        (r#"{"protocol":"mail","versions":[1]}"#, "hello"),
        (r#"{"protocol":"channel","versions":[2,3]}"#, "version 1"),
    ] {
        let channel = open(&plugin(&["echo", hello], json!({})));
        let composed = channel.compose(&announcement("plugin", channel.account(), &news("sv", "Hej")));
        let finding = composed.findings.iter().next().expect("a finding");
        assert_eq!(finding.code, "plugin-fault");
        assert!(finding.message.contains(said), "{}", finding.message);
    }
}

/// Plays a transcript: lines with `<` come from the plugin, those with `>` are what we must say.
struct Played {
    transcript: Vec<(char, String)>,
    said: Mutex<Vec<String>>,
}

impl Speak for Played {
    fn speak(&self, _: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
        for (_, line) in self.transcript.iter().filter(|(side, _)| *side == '<') {
            let Some(reply) = lines(line) else { return Ok(()) };
            self.said.lock().unwrap().extend(reply.lines().map(str::to_owned));
        }
        Ok(())
    }
}

#[test]
fn the_golden_transcript_is_spoken_to_the_letter() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("tests/channels/plugin/compose.txt")).unwrap();
    let transcript: Vec<(char, String)> = text
        .lines()
        .filter_map(|line| Some((line.chars().next()?, line.get(2..)?.to_owned())))
        .filter(|(side, _)| "<>".contains(*side))
        .collect();
    let played = Arc::new(Played { transcript: transcript.clone(), said: Mutex::default() });
    let speak: Arc<dyn Speak> = played.clone();
    let platform = PLATFORMS.iter().find(|platform| platform.name == "plugin").unwrap();
    let channel: Box<dyn Channel> =
        (platform.open)(&plugin(&["examples/plugins/press-desk"], json!({"outbox": "/srv/press-desk"})), &speak);
    let news = golden_news();
    let post = channel.compose(&announcement("plugin", channel.account(), &news)).value.remove(0);
    assert_eq!(post.text, "NATTBUSSAR\n\nNattbussar hela veckan.\n\nhttps://norrvik.example/decisions/2026/night-buses/");
    let ours: Vec<&String> = transcript.iter().filter(|(side, _)| *side == '>').map(|(_, line)| line).collect();
    assert_eq!(played.said.lock().unwrap().iter().collect::<Vec<_>>(), ours);
    let mut heard = Vec::new();
    let mut lines = |line: &str| {
        heard.push(line.to_owned());
        (heard.len() == 1).then(|| ours.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"))
    };
    Programs::new(Path::new(ROOT)).speak(&["examples/plugins/press-desk".into()], &mut lines, Duration::from_secs(5)).unwrap();
    let theirs: Vec<Value> =
        transcript.iter().filter(|(side, _)| *side == '<').map(|(_, line)| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        heard.iter().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>(),
        theirs,
        "the example says the same"
    );
}

fn golden_news() -> News {
    let link = "https://norrvik.example/decisions/2026/night-buses/".to_owned();
    let mut news = news("sv", "Nattbussar hela veckan.");
    news.record = RecordId("decisions/2026/night-buses".into());
    news.event = Event::Published;
    news.wordings = vec![format!("Nattbussar hela veckan.\n\n{link}"), link.clone()];
    news.link = link;
    news.card.title = "Nattbussar".into();
    news.card.description = "Från 12 november går bussarna hela natten.".into();
    news
}
