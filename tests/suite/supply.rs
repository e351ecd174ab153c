//! What the papers on supply and data say is so: hosts, pipelines, the compiler, the gate.

use promulgate::catalogue::CATALOGUE;
use promulgate::model::record::Fields;
use std::fs;
use std::path::Path;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_data_flow_sheet_names_every_platform_and_every_host_that_needs_no_setting() {
    let text = page("docs/data-flow.md");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).collect();
    let mut hosts = 0;
    for platform in CATALOGUE.platforms {
        let quoted = format!("`{}`", platform.name);
        let row = rows.iter().find(|row| row.split(" | ").next().is_some_and(|cell| cell.contains(&quoted)));
        let row = row.unwrap_or_else(|| panic!("docs/data-flow.md has no row for {quoted}"));
        for address in (platform.hosts)(&Fields::default()) {
            let Some(host) = address.strip_prefix("https://") else { continue };
            hosts += 1;
            assert!(row.contains(&format!("`{host}`")), "{quoted} speaks to {host} where nothing else is set: {row}");
        }
    }
    assert!(hosts >= 10, "{hosts} hosts");
}

/// What is wrong with a workflow, by the rules of `examples/ci/README.md`.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for line in text.lines().map(|line| line.split(" #").next().unwrap_or_default().trim()) {
        if line.contains("pull_request_target") || line.contains("workflow_run") {
            faults.push(format!("hands secrets to strangers: {line}"));
        }
        if let Some(action) = line.trim_start_matches("- ").strip_prefix("uses:") {
            let pinned = action.rsplit_once('@').is_some_and(|(_, id)| id.len() == 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
            if !pinned {
                faults.push(format!("an action that is not pinned to a commit: {line}"));
            }
        }
        // An expression of the host inside of a script is replaced before the shell reads it: who names a branch writes a command.
        let script = ["run:", "- run:"].iter().any(|key| line.starts_with(key));
        if script && line.contains("${{") {
            faults.push(format!("an expression inside of a script: {line}"));
        }
    }
    faults
}

#[test]
fn the_example_workflows_keep_their_own_rules() {
    let bad = "on: pull_request_target\nsteps:\n  - uses: actions/checkout@v4\n  - run: echo ${{ github.head_ref }}\n";
    assert_eq!(faults(bad).len(), 3);
    for name in ["github", "gitlab"] {
        let text = page(&format!("examples/ci/{name}.yml"));
        assert_eq!(faults(&text), Vec::<String>::new(), "{name}");
        assert!(serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok(), "{name}.yml is YAML");
    }
    let github: serde_yaml::Value = serde_yaml::from_str(&page("examples/ci/github.yml")).unwrap();
    assert_eq!(github["permissions"]["contents"], "read", "read-only unless a job says otherwise");
    let jobs = github["jobs"].as_mapping().unwrap();
    for (name, job) in jobs {
        let whole = serde_yaml::to_string(job).unwrap();
        let asks = whole.contains("secrets.") || whole.contains("promulgate publish") || whole.contains("promulgate announce");
        let guarded = job["environment"] == "record"
            && job["if"].as_str().is_some_and(|test| test.contains("refs/heads/main") && test.contains("'push'"));
        assert!(!asks || guarded, "{name:?} uses secrets without a protected environment on the main branch");
    }
    assert_eq!(jobs.len(), 2);
}

/// The value of `name = "…"` in a file.
fn value<'t>(text: &'t str, name: &str) -> &'t str {
    let start = format!("{name} = \"");
    let line = text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_else(|| panic!("no {name}"));
    line.split('"').next().unwrap_or_default()
}

#[test]
fn the_compiler_is_pinned_and_is_the_oldest_that_the_manifest_promises() {
    let (pinned, manifest) = (page("rust-toolchain.toml"), page("Cargo.toml"));
    let (pinned, oldest) = (value(&pinned, "channel"), value(&manifest, "rust-version"));
    assert!(pinned.split('.').count() == 3 && pinned.starts_with(&format!("{oldest}.")), "{pinned} and {oldest}");
}

/// The gate is no gate if it lets everything through.
#[test]
fn the_gate_allows_no_licence_that_binds_what_a_body_publishes() {
    let gate = page("deny.toml");
    let allowed = &gate[gate.find("allow = [").unwrap()..gate.find("exceptions").unwrap()];
    for bad in ["GPL", "AGPL", "SSPL", "WTFPL", "MPL", "CC-BY-NC", "BUSL"] {
        assert!(!allowed.contains(bad), "{bad}");
    }
    assert!(
        gate.contains("unknown-registry = \"deny\"") && gate.contains("unknown-git = \"deny\"") && gate.contains("wildcards = \"deny\"")
    );
}
