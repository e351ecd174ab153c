//! In: what a pipeline's host says in the environment, and in the file of the event. Out: whether it runs for a change that is
//! only proposed.
//!
//! Whoever proposes a change may be anybody, and what they propose may be anything. So nothing is signed or told for it,
//! not even where the host, by a mistake in the workflow, hands over the secrets. The names are those of the hosts' own
//! manuals; a variable that is empty counts as not set.

use std::io::Read;

/// How a variable tells of a proposed change.
enum Sign {
    /// Its value begins so.
    Begins(&'static str),
    /// Its value is so.
    Is(&'static str),
    /// It is there at all.
    There,
}

/// The variables by host, and what they say where a change is only proposed.
const SIGNS: &[(&str, Sign)] = &[
    // GitHub, Forgejo and Gitea: pull_request, pull_request_target, pull_request_review, pull_request_sync …
    ("GITHUB_EVENT_NAME", Sign::Begins("pull_request")),
    ("GITHUB_EVENT_NAME", Sign::Is("merge_group")),
    ("FORGEJO_EVENT_NAME", Sign::Begins("pull_request")),
    ("GITEA_EVENT_NAME", Sign::Begins("pull_request")),
    // GitLab
    ("CI_PIPELINE_SOURCE", Sign::Is("merge_request_event")),
    ("CI_PIPELINE_SOURCE", Sign::Is("external_pull_request_event")),
    ("CI_MERGE_REQUEST_IID", Sign::There),
    // Woodpecker, Drone
    ("CI_PIPELINE_EVENT", Sign::Begins("pull_request")),
    ("DRONE_BUILD_EVENT", Sign::Begins("pull_request")),
    // Azure Pipelines, Bitbucket
    ("BUILD_REASON", Sign::Is("PullRequest")),
    ("BITBUCKET_PR_ID", Sign::There),
    // CircleCI, Travis, AppVeyor, Buildkite, Jenkins
    ("CIRCLE_PULL_REQUEST", Sign::There),
    ("TRAVIS_PULL_REQUEST", Sign::There),
    ("APPVEYOR_PULL_REQUEST_NUMBER", Sign::There),
    ("BUILDKITE_PULL_REQUEST", Sign::There),
    ("CHANGE_ID", Sign::There),
    // A comment on a proposal runs with the secrets of the branch and the words of a stranger.
    ("GITHUB_EVENT_NAME", Sign::Is("issue_comment")),
];

/// The event that says which other workflow has run, and the file that tells of it.
const FOLLOWS: &str = "workflow_run";
/// Most bytes of that file.
const EVENT: u64 = 4 << 20;

/// What shows that this run is for a proposed change, such as `GITHUB_EVENT_NAME=pull_request`.
pub fn proposed() -> Option<String> {
    let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty());
    sign(&variable, &|path| {
        let mut text = Vec::new();
        std::fs::File::open(path).ok()?.take(EVENT).read_to_end(&mut text).ok()?;
        Some(text)
    })
}

type Variable<'v> = &'v dyn Fn(&str) -> Option<String>;

fn sign(variable: Variable<'_>, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<String> {
    let by_name = SIGNS.iter().find_map(|(name, sign)| {
        let value = variable(name)?;
        let fits = match sign {
            Sign::Begins(with) => value.starts_with(with),
            Sign::Is(word) => value == *word,
            Sign::There => value != "false",
        };
        fits.then(|| if matches!(sign, Sign::There) { format!("{name} is set") } else { format!("{name}={}", shown(&value)) })
    });
    by_name.or_else(|| followed(variable, file))
}

/// A workflow that follows another one runs with all rights, whoever caused the first: its event says who.
fn followed(variable: Variable<'_>, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<String> {
    if variable("GITHUB_EVENT_NAME")? != FOLLOWS {
        return None;
    }
    let event = variable("GITHUB_EVENT_PATH").and_then(|path| file(&path));
    let event: Option<serde_json::Value> = event.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    match event.as_ref().and_then(|event| event[FOLLOWS]["event"].as_str()) {
        Some(first) if first.starts_with("pull_request") => Some(format!("GITHUB_EVENT_NAME={FOLLOWS}, after {}", shown(first))),
        Some(_) => None,
        None => Some(format!("GITHUB_EVENT_NAME={FOLLOWS}, and GITHUB_EVENT_PATH does not say what it follows")),
    }
}

fn shown(value: &str) -> String {
    value.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn said(set: &[(&str, &str)], event: Option<&str>) -> Option<String> {
        let variable = |name: &str| set.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        sign(&variable, &|_| event.map(|text| text.as_bytes().to_vec()))
    }

    #[test]
    fn every_host_s_word_for_a_proposed_change_is_known() {
        for (name, value) in [
            ("GITHUB_EVENT_NAME", "pull_request"),
            ("GITHUB_EVENT_NAME", "pull_request_target"),
            ("GITHUB_EVENT_NAME", "pull_request_review_comment"),
            ("GITHUB_EVENT_NAME", "merge_group"),
            ("FORGEJO_EVENT_NAME", "pull_request"),
            ("CI_PIPELINE_SOURCE", "merge_request_event"),
            ("CI_PIPELINE_SOURCE", "external_pull_request_event"),
            ("CI_PIPELINE_EVENT", "pull_request_closed"),
            ("BUILD_REASON", "PullRequest"),
        ] {
            assert_eq!(said(&[(name, value)], None), Some(format!("{name}={value}")));
        }
        assert_eq!(said(&[("BITBUCKET_PR_ID", "17")], None), Some("BITBUCKET_PR_ID is set".to_owned()));
    }

    #[test]
    fn the_main_branch_a_clock_and_a_person_are_let_through() {
        for set in [
            &[][..],
            &[("GITHUB_EVENT_NAME", "push")],
            &[("GITHUB_EVENT_NAME", "schedule")],
            &[("GITHUB_EVENT_NAME", "workflow_dispatch")],
            &[("CI_PIPELINE_SOURCE", "push")],
            &[("CI_PIPELINE_EVENT", "cron")],
            &[("BUILD_REASON", "IndividualCI")],
        ] {
            assert_eq!(said(set, None), None, "{set:?}");
        }
    }

    #[test]
    fn a_workflow_that_follows_another_is_judged_by_that_one() {
        let follows = [("GITHUB_EVENT_NAME", "workflow_run"), ("GITHUB_EVENT_PATH", "event.json")];
        assert_eq!(said(&follows, Some(r#"{"workflow_run":{"event":"push"}}"#)), None);
        assert!(said(&follows, Some(r#"{"workflow_run":{"event":"pull_request"}}"#)).is_some());
        for unclear in [None, Some("no JSON"), Some("{}"), Some(r#"{"workflow_run":{"event":7}}"#)] {
            assert!(said(&follows, unclear).is_some(), "what cannot be told is refused: {unclear:?}");
        }
    }
}
