//! Secrets: in no output, kept when they are replaced, hidden from the programs of others. And the stop, for the hub too.

use crate::sandbox::{Said, Sandbox};
use base64::Engine;

const VALUE: &str = "q7'x<V&9/Kd2+Lw";

fn town(more: &str) -> Sandbox {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let settings = town.read("promulgate.yaml").replace("    correct_by: edit\n", &format!("    correct_by: edit\n{more}"));
    town.write("promulgate.yaml", settings.as_bytes());
    town
}

fn build(town: &Sandbox, command: &str, token: Option<&str>) -> Said {
    let mut program = town.command(&[command]);
    if let Some(token) = token {
        program.env("FEDIVERSE_TOKEN", token);
    }
    let output = program.output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn record(text: &str) -> String {
    format!("---\ntitle: The ferry\nsummary: It sails.\ndate: 2026-04-02\ndecided: 2026-04-02\ndecision: It sails.\n---\n\n{text}\n")
}

fn refused(said: &Said, place: &str) {
    let all = format!("{}{}", said.stdout, said.stderr);
    assert_ne!(said.code, 0, "{all}");
    assert!(all.contains("error[secret-in-output]") && all.contains(place) && all.contains("`token` of the channel `fediverse`"), "{all}");
    assert!(!all.contains(VALUE) && !all.contains("q7'x") && !all.contains("q7%27x"), "{all}");
}

#[test]
fn a_build_that_finds_a_secret_in_any_guise_publishes_nothing_and_does_not_repeat_it() {
    let town = town("");
    let file = "content/decisions/2026/ferry.md";
    town.write(file, record("Nothing secret.").as_bytes());
    assert_eq!(build(&town, "build", Some(VALUE)).code, 0, "a secret that is set and stands nowhere stops nothing");
    let page = town.read("public/decisions/2026/ferry/index.html");
    let percent = "q7%27x%3CV%269%2FKd2%2BLw".to_owned();
    let hex: String = VALUE.bytes().map(|b| format!("{b:02x}")).collect();
    let base64 = base64::engine::general_purpose::STANDARD.encode(format!("ab{VALUE}cd"));
    for guise in [format!("`{VALUE}`"), percent, hex, base64] {
        town.write(file, record(&format!("See {guise} here.")).as_bytes());
        for command in ["check", "build"] {
            refused(&build(&town, command, Some(VALUE)), "decisions/2026/ferry");
        }
        assert_eq!(town.read("public/decisions/2026/ferry/index.html"), page, "the site is as it was");
    }
    assert_eq!(build(&town, "build", None).code, 0, "who does not know the secret cannot find it");
    assert_eq!(build(&town, "build", Some("See")).code, 0, "what is too short is not looked for");
}

#[test]
fn a_secret_is_found_in_files_that_are_copied_and_in_templates_and_no_setting_softens_it() {
    let town = town("");
    let settings = town.read("promulgate.yaml") + "\nchecks: {secret-in-output: 'off'}\n";
    town.write("promulgate.yaml", settings.as_bytes());
    town.write("content/decisions/2026/list.csv", format!("a,b\n1,{VALUE}\n").as_bytes());
    for command in ["check", "build"] {
        refused(&build(&town, command, Some(VALUE)), "list.csv");
    }
    assert!(!town.path("public").join("decisions").exists());
    std::fs::rename(town.path("content/decisions/2026/list.csv"), town.path("content/decisions/2026/named-by-chance.csv")).unwrap();
    town.write("content/decisions/2026/named-by-chance.csv", b"a,b\n");
    let named = build(&town, "build", Some("named-by-chance"));
    assert!(named.code != 0 && !named.stderr.contains("named-by-chance") && named.stderr.contains("name of a file"), "{}", named.stderr);
    std::fs::remove_file(town.path("content/decisions/2026/named-by-chance.csv")).unwrap();
    town.write("content/pages/draft.md", format!("---\ntitle: A draft\nsummary: Text.\ndraft: true\n---\n\n<!-- {VALUE} -->\n").as_bytes());
    refused(&build(&town, "check", Some(VALUE)), "content/pages/draft.md");
}

#[test]
fn a_replaced_secret_has_a_place_of_its_own_outside_of_the_site() {
    for (place, told) in [
        ("{token: 'file:content/token'}", "No secret may lie there"),
        ("{token: 'file:./x/../public/token'}", "No secret may lie there"),
        ("{token: 'env:NEW_TOKEN'}", "A variable cannot keep"),
        ("{tokne: 'file:/var/lib/token'}", "has no secret `tokne`"),
        ("{token: secret-itself}", "error[secret-in-settings]"),
    ] {
        let said = town(&format!("    rotated: {place}\n")).run(&["check"]);
        assert!(said.code != 0 && format!("{}{}", said.stdout, said.stderr).contains(told), "{place}: {}{}", said.stdout, said.stderr);
    }
    for place in ["{token: 'file:/var/lib/promulgate/token'}", "{token: 'file:../token'}", "{token: 'command:store-token fediverse'}"] {
        let said = town(&format!("    rotated: {place}\n")).run(&["check"]);
        assert_eq!(said.code, 0, "{place}: {}{}", said.stdout, said.stderr);
    }
}

#[test]
fn the_value_that_a_platform_gave_last_is_looked_for_too() {
    let town = town("    rotated: {token: 'file:secrets/token'}\n");
    town.write("secrets/token", format!("{VALUE}\n").as_bytes());
    town.write("content/decisions/2026/ferry.md", record(&format!("`{VALUE}`")).as_bytes());
    refused(&build(&town, "build", Some("another-value")), "decisions/2026/ferry");
}

#[test]
fn a_program_that_gives_a_secret_does_not_see_those_of_other_channels() {
    let town = town("  intranet:\n    platform: webhook\n    url: http://127.0.0.1:9/hook\n    secret: 'command:sh give.sh'\n");
    town.write("give.sh", b"env > seen.txt\nexit 1\n");
    let publish = |now: &str| {
        let mut program = town.command(&["publish", "--now", now, "--wait-live", "5s", "--only", "intranet"]);
        program.env("FEDIVERSE_TOKEN", "fediverse-token-value").env("OTHER", "visible").output().unwrap()
    };
    let served = promulgate::rehearsal::serve_site(&town.path("public"), None).unwrap();
    let settings = town.read("promulgate.yaml").replacen("url: https://smakoping.example", &format!("url: {}", served.url()), 1);
    town.write("promulgate.yaml", settings.replace("https://social.smakoping.example", "http://127.0.0.1:9").as_bytes());
    publish("2026-04-01T10:00:00+02:00");
    town.write("content/decisions/2026/ferry.md", record("Text.").as_bytes());
    let said = publish("2026-04-03T10:00:00+02:00");
    let seen = town.path("seen.txt");
    assert!(seen.exists(), "the program was asked: {}", String::from_utf8_lossy(&said.stderr));
    let seen = std::fs::read_to_string(seen).unwrap();
    assert!(seen.contains("OTHER=visible") && !seen.contains("FEDIVERSE_TOKEN") && !seen.contains("fediverse-token-value"), "{seen}");
}

#[test]
fn a_plugin_gets_the_secrets_that_the_settings_name_and_they_are_looked_for_as_well() {
    let town = town("  desk:\n    platform: plugin\n    command: [sh, plugin.sh]\n    secrets: {token: 'env:PRESS_TOKEN'}\n");
    town.write("plugin.sh", b"exit 1\n");
    town.write("content/decisions/2026/ferry.md", record(&format!("`{VALUE}`")).as_bytes());
    let output = town.command(&["check"]).env("PRESS_TOKEN", VALUE).output().unwrap();
    let all = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(all.contains("secret-in-output") && all.contains("`token` of the channel `desk`"), "{all}");
}
