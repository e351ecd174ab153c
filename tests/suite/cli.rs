//! The commands as a newcomer types them, in an empty folder.

use crate::sandbox::{NOW, Sandbox, files_below};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A copy of Norrvik's site.
pub fn norrvik() -> Sandbox {
    let sandbox = Sandbox::new();
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in files_below(&home.join("content")) {
        let below = file.strip_prefix(home).unwrap().to_str().unwrap().to_owned();
        sandbox.write(&below, &fs::read(&file).unwrap());
    }
    let settings = fs::read_to_string(home.join("promulgate.yaml")).unwrap();
    // Cards have tests of their own, and a test is in a hurry.
    sandbox.write("promulgate.yaml", format!("{settings}\ncards: false\n").as_bytes());
    sandbox
}

/// Every file below a folder with its bytes.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = files_below(folder);
    files.iter().map(|file| (file.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), fs::read(file).unwrap())).collect()
}

#[test]
fn a_new_site_passes_check_builds_and_rehearses_without_any_set_up() {
    let empty = Sandbox::new();
    let said = empty.run(&["init", "town"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let town = empty.path("town");
    let run = |args: &[&str]| {
        let mut all = vec!["--root", "town"];
        all.extend_from_slice(args);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_promulgate"))
            .args(&all)
            .args(["--now", NOW])
            .current_dir(empty.root())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&["check"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("nothing to mend"), "a new site gives no finding: {said}");
    let (code, said) = run(&["build"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(town.join("public/index.html").is_file() && town.join("public/sv/index.html").is_file());
    let (code, said) = run(&["rehearse", "--once"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("2 announcements sent"), "one decision in two languages: {said}");
    assert!(!town.join("ledger").exists(), "a rehearsal never touches the real ledger");
    let (code, said) = run(&["init", "."]);
    assert_eq!(code, Some(2), "a folder with something in it is left alone: {said}");
}

#[test]
fn new_makes_a_record_of_every_kind_that_only_lacks_what_a_person_must_say() {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    for kind in ["decision", "update", "alert", "consultation", "correction", "service", "meeting", "notice", "vacancy", "page"] {
        let said = town.run(&["new", kind, "Färjan går på söndagar"]);
        assert_eq!(said.code, 0, "{kind}: {}", said.stderr);
        let path = said.stdout.trim().to_owned();
        assert!(path.ends_with("färjan-går-på-söndagar.md"), "{path}");
        let text = town.read(&path);
        assert!(text.starts_with("---\n") && text.contains("title: \"Färjan går på söndagar\""), "{text}");
        assert!(town.run(&["new", kind, "Färjan går på söndagar"]).code == 2, "a record is never overwritten");
    }
    let said = town.run(&["check"]);
    assert_eq!(said.code, 0, "the example values pass: {}", said.stderr);
}

#[test]
fn check_speaks_to_people_and_to_pipelines() {
    let site = norrvik();
    let path = "content/decisions/2026/library-in-soderby.md";
    let broken = site.read(path).replacen("topics:", "topisc:", 1).replacen("reference:", "refrence:", 1);
    site.write(path, broken.as_bytes());
    let said = site.run(&["check"]);
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("error[unknown-key]") && said.stderr.contains("Did you mean `topics`?"), "{}", said.stderr);
    assert!(said.stdout.is_empty(), "findings for people go to standard error");
    assert!(said.stderr.contains("\n2 errors"), "each fault is told once, not again for each record that names it: {}", said.stderr);
    let github = site.run(&["check", "--format", "github"]).stdout;
    assert!(github.contains("::error file=content/decisions/2026/library-in-soderby.md,line=8,col=1,title=unknown-key::"), "{github}");
    let sarif: serde_json::Value = serde_json::from_str(&site.run(&["check", "--format", "sarif"]).stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let rules: Vec<&str> =
        sarif["runs"][0]["results"].as_array().unwrap().iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
    assert!(rules.contains(&"unknown-key"));
    let elsewhere = site.run(&["check", "content/services"]);
    assert!(!elsewhere.stderr.contains("unknown-key"), "only the named folder is told of: {}", elsewhere.stderr);
    assert_eq!(site.run(&["check", "--fix"]).code, 0, "a misspelt key is mended");
    let mended = site.read(path);
    assert!(mended.contains("\ntopics: [libraries, culture]") && mended.contains("\nreference: \"§ 114, KS 2026/0391\""), "{mended}");
    // What parsing found is never softened.
    let settings = site.read("promulgate.yaml");
    site.write("promulgate.yaml", format!("{settings}\nchecks: {{unknown-key: off}}\n").as_bytes());
    site.write(path, broken.as_bytes());
    assert_eq!(site.run(&["check"]).code, 1);
}

#[test]
fn wrong_use_says_what_to_do_and_exits_2() {
    let empty = Sandbox::new();
    assert_eq!(empty.run(&["biuld"]).code, 2);
    assert_eq!(empty.run(&["--now", "yesterday", "check"]).code, 2);
    let missing = empty.run(&["--root", "nowhere", "check"]);
    assert_eq!(missing.code, 2, "{}", missing.stderr);
    assert!(missing.stderr.contains("--root"), "{}", missing.stderr);
    let unknown = empty.run(&["explain", "broken-lnik"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("Did you mean `broken-link`?"), "{}", unknown.stderr);
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    for folder in ["/", ".", "content/.."] {
        let said = town.run(&["build", "--out", folder]);
        assert!(said.code == 2 && said.stderr.contains("will not write the site to"), "{folder}: {}", said.stderr);
    }
    let site = norrvik();
    let unsigned = town.run(&["build", "--sign"]);
    assert!(unsigned.code == 2 && unsigned.stderr.contains("promulgate keygen"), "{}", unsigned.stderr);
    assert!(!town.path("public").exists(), "what was to be signed was built without");
    let only = site.run(&["plan", "--only", "fedivers"]);
    assert!(only.code == 2 && only.stderr.contains("no channel `fedivers`"), "{}", only.stderr);
}

#[test]
fn schemas_are_json_schema_and_hold_for_norrvik() {
    let site = norrvik();
    for kind in ["decision", "alert", "settings"] {
        let schema: serde_json::Value = serde_json::from_str(&site.run(&["schema", kind]).stdout).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(jsonschema::meta::is_valid(&schema), "{kind}");
        assert!(jsonschema::validator_for(&schema).is_ok(), "{kind}");
    }
    let schema: serde_json::Value = serde_json::from_str(&site.run(&["schema", "decision"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut seen = 0;
    for file in files_below(&site.path("content/decisions")).iter().filter(|file| file.extension().is_some_and(|ending| ending == "md")) {
        if file.file_stem().unwrap().to_str().unwrap().contains('.') {
            continue;
        }
        let text = fs::read_to_string(file).unwrap();
        let yaml = text.split("---\n").nth(1).unwrap();
        let value: serde_json::Value = serde_yaml::from_str(yaml).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.display());
        seen += 1;
    }
    assert!(seen > 20);
}

#[test]
fn completions_are_given_for_every_shell() {
    let empty = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = empty.run(&["completions", shell]);
        assert!(said.code == 0 && said.stdout.contains("rehearse"), "{shell}");
    }
}

#[test]
fn two_builds_and_a_build_on_one_thread_give_the_same_bytes() {
    let site = norrvik();
    for (out, more) in [("a", &[][..]), ("b", &[]), ("c", &["--threads", "1"])] {
        let mut args = vec!["build", "--out", out];
        args.extend_from_slice(more);
        let said = site.run(&args);
        assert_eq!(said.code, 0, "{}", said.stderr);
    }
    let first = bytes_of(&site.path("a"));
    assert!(first.len() > 1_000, "{} files", first.len());
    for other in ["b", "c"] {
        let other = bytes_of(&site.path(other));
        let differing: Vec<&String> = first.iter().filter(|(path, bytes)| other.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
        assert!(differing.is_empty() && other.len() == first.len(), "{} files differ, such as {:?}", differing.len(), differing.first());
    }
    // A second build over the first leaves equal files alone.
    let before = fs::metadata(site.path("a/index.html")).unwrap().modified().unwrap();
    let said = site.run(&["build", "--out", "a"]);
    assert!(said.stderr.contains(" 0 written, "), "{}", said.stderr);
    assert_eq!(fs::metadata(site.path("a/index.html")).unwrap().modified().unwrap(), before);
}

#[test]
fn a_page_that_would_vanish_stops_the_build_and_leaves_the_site_as_it_was() {
    let site = norrvik();
    assert_eq!(site.run(&["build"]).code, 0);
    let before = bytes_of(&site.path("public"));
    for file in ["content/vacancies/2026/water-technician.md", "content/vacancies/2026/water-technician.en.md"] {
        fs::remove_file(site.path(file)).unwrap();
    }
    let said = site.run(&["build"]);
    assert!(said.code == 1 && said.stderr.contains("error[lost-url]"), "{}", said.stderr);
    assert!(bytes_of(&site.path("public")) == before, "the old site is whole");
    // Its address named by another page, it may go.
    let other = "content/vacancies/2026/home-care-nurse-assistant.md";
    let text =
        site.read(other).replacen("---\n", "---\naliases: [/vacancies/2026/water-technician/, /en/vacancies/2026/water-technician/]\n", 1);
    site.write(other, text.as_bytes());
    let said = site.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
}

#[test]
fn a_draft_and_a_record_of_the_future_are_in_no_output() {
    let site = norrvik();
    let secret = "Kvarnholmens hemliga ord";
    let draft = format!(
        "---\ntitle: {secret}\nsummary: Inte än.\ndate: 2026-11-19\nservice: services/library\nstate: outage\ndraft: true\n---\n\nText.\n"
    );
    site.write("content/updates/2026/draft.md", draft.as_bytes());
    let later = draft.replace("draft: true", "publish_at: 2026-11-21T07:00:00+01:00");
    site.write("content/updates/2026/later.md", later.as_bytes());
    let said = site.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stderr.contains("2026-11-21T07:00:00+01:00"), "the next change is told: {}", said.stderr);
    for (path, bytes) in bytes_of(&site.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains(secret), "{path} leaks");
    }
    assert!(!site.run(&["plan", "--format", "json"]).stdout.contains(secret));
    let said = site.run(&["build", "--out", "later", "--now", "2026-11-21T07:00:01+01:00"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(site.read("later/updates/2026/later/index.html").contains(secret));
    assert!(!site.path("later/updates/2026/draft/index.html").exists());
}

#[test]
fn a_translation_cannot_contradict_its_original() {
    let site = norrvik();
    let path = "content/decisions/2026/library-in-soderby.en.md";
    let english = site.read(path);
    for (line, field) in
        [("vote: {for: 99, against: 1}", "vote.for"), ("announced: 2026-11-18", "announced"), ("topics: [water]", "topics")]
    {
        site.write(path, english.replacen("---\n", &format!("---\n{line}\n"), 1).as_bytes());
        let said = site.run(&["check"]);
        assert!(said.code == 1 && said.stderr.contains(&format!("error[translation-differs]: `{field}`")), "{line}: {}", said.stderr);
    }
}

#[test]
fn a_page_at_an_address_of_the_sites_own_cannot_vanish_either() {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let settings = town.read("promulgate.yaml");
    town.write("promulgate.yaml", format!("{settings}\nroutes: {{decision: '/records/{{slug}}/'}}\n").as_bytes());
    assert_eq!(town.run(&["build"]).code, 0);
    assert!(town.path("public/records/night-buses/index.html").is_file());
    fs::remove_file(town.path("content/decisions/2026/night-buses.md")).unwrap();
    fs::remove_file(town.path("content/decisions/2026/night-buses.sv.md")).unwrap();
    let said = town.run(&["build"]);
    assert!(said.code == 1 && said.stderr.contains("`/records/night-buses/` was published and would vanish"), "{}", said.stderr);
}

#[test]
fn two_channels_of_one_account_are_refused_and_of_two_accounts_are_not() {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let settings = town.read("promulgate.yaml");
    let twin = |handle: &str| {
        format!(
            "{settings}  second:\n    platform: mastodon\n    server: https://social.smakoping.example\n    token: env:SECOND_TOKEN\n{handle}"
        )
    };
    town.write("promulgate.yaml", twin("").as_bytes());
    let said = town.run(&["check"]);
    assert!(said.code == 1 && said.stderr.contains("`fediverse` and `second` are the same account"), "{}", said.stderr);
    town.write("promulgate.yaml", twin("    handle: harbour\n").as_bytes());
    assert_eq!(town.run(&["check"]).code, 0, "{}", town.run(&["check"]).stderr);
}

#[test]
fn a_channel_that_would_send_its_token_in_the_clear_is_refused() {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let settings = town.read("promulgate.yaml");
    let with = |server: &str| {
        let channel = format!("  clear: {{platform: mastodon, server: \"{server}\", token: env:CLEAR_TOKEN}}\n");
        town.write("promulgate.yaml", settings.replace("\nchannels:\n", &format!("\nchannels:\n{channel}")).as_bytes());
        town.run(&["check"])
    };
    for safe in ["https://social.example", "http://127.0.0.1:3000", "http://[::1]:3000", "http://localhost"] {
        let said = with(safe);
        assert!(said.code == 0, "{safe}: {}", said.stderr);
    }
    for clear in ["http://social.example", "http://10.0.0.7", "https://name:word@social.example", "http://127.0.0.1.example"] {
        let said = with(clear);
        assert!(said.code == 1 && said.stderr.contains("can be read on the way"), "{clear}: {}", said.stderr);
    }
}

#[test]
fn what_a_text_says_never_becomes_a_template_or_a_script() {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let text = "---\ntitle: \"{{ 7*7 }} {% include 'x' %} </title><script>alert(1)</script>\"\nsummary: '{{ 7*7 }}'\n---\n\n{{ 7*7 }} {% raw %}\n\n[a](javascript:alert(1)) [b](&#x6a;avascript:alert(1)) <a href=\"jAvAsCrIpT:alert(1)\">c</a> <svg onload=alert(1)>\n";
    town.write("content/pages/odd.md", text.as_bytes());
    let said = town.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let page = town.read("public/pages/odd/index.html");
    assert!(page.contains("{{ 7*7 }}") && !page.contains("49"), "nothing is reckoned");
    let lower = page.to_lowercase();
    assert!(!lower.contains("<script>alert") && !lower.contains("onload") && !lower.contains("href=\"javascript:"), "{page}");
    for feed in ["feed.atom", "feed.json", "records.json"] {
        assert!(!town.read(&format!("public/{feed}")).contains("49 "), "{feed}");
    }
}
