//! How changes reach posts that were made, by what a platform can do and for how long; reminders, quiet hours, the stop.

use super::town::*;
use promulgate::announce::plan::{Entry, Plan, Verdict, Wish, plan};
use promulgate::announce::resolve::{Word, resolve_all};
use promulgate::announce::{show, show_markdown, steps};
use promulgate::model::announcement::{Act, Event};
use promulgate::model::ledger::{Ledger, State};
use promulgate::model::record::Value;
use promulgate::model::settings::{ChannelSettings, CorrectBy, Hours};
use promulgate::model::site::{Item, Site};
use promulgate::model::transport::{Abilities, Delete, Edit, LookUp, Reply};

const DAY: i64 = 24 * 60;

fn by(correct_by: CorrectBy) -> ChannelSettings {
    ChannelSettings { correct_by, ..channel("fediverse") }
}

fn planned(site: &Site, ledger: &Ledger, settings: &ChannelSettings, can: Abilities) -> Plan {
    plan(site, ledger, &[(settings, &Square { can, ..Square::new() })], &Plainly, &Wish::default()).value
}

fn entry(plan: &Plan, event: Event) -> &Entry {
    plan.entries.iter().find(|entry| entry.event == event).unwrap()
}

fn act(plan: &Plan, event: Event) -> &Act {
    &entry(plan, event).job.as_ref().unwrap().announcement.act
}

/// A decision of a week ago that was withdrawn today.
fn withdrawn() -> Site {
    let gone = map(&[("date", when("2026-11-20T11:00:00Z")), ("reason", text("Beslutet var fel."))]);
    site(vec![item("decisions/2026/night-buses", &["sv"], &[("date", when("2026-11-13")), ("withdrawn", gone)])])
}

fn told(site: &Site, settings: &ChannelSettings, can: Abilities, minutes_ago: i64) -> Ledger {
    let mut ledger = begun();
    // It was told before it was withdrawn.
    let before = planned(site, &ledger, settings, can);
    made(&mut ledger, entry(&before, Event::Published), minutes_ago, "https://social.norrvik.example/1");
    ledger
}

/// Telegram's rule: a text can be changed for ever, a post taken away for 48 hours.
const TELEGRAM: Abilities =
    Abilities { edit: Edit::Full, delete: Delete::Within(48 * 60), reply: Reply::Native, look_up: LookUp::None, ..Abilities::LEAST };
/// X's: an edit for 30 minutes, deletion for ever, no reply.
const X: Abilities = Abilities { edit: Edit::Within(30), delete: Delete::Yes, reply: Reply::Restricted, ..Abilities::LEAST };
/// Bluesky's: edits are stored and not shown.
const BLUESKY: Abilities = Abilities { edit: Edit::Hidden, delete: Delete::Yes, reply: Reply::Native, ..Abilities::LEAST };

#[test]
fn a_withdrawal_takes_the_declared_way_while_the_platform_allows_it_and_the_next_best_after() {
    let cases = [
        (CorrectBy::Replace, TELEGRAM, 47 * 60, "replace", false),
        (CorrectBy::Replace, TELEGRAM, 48 * 60 - 2, "edit", true),
        (CorrectBy::Replace, TELEGRAM, 7 * DAY, "edit", true),
        (CorrectBy::Edit, TELEGRAM, 7 * DAY, "edit", false),
        (CorrectBy::Edit, X, 20, "edit", false),
        (CorrectBy::Edit, X, 31, "replace", true),
        (CorrectBy::Replace, X, 7 * DAY, "replace", false),
        (CorrectBy::Reply, X, 7 * DAY, "post", false),
        (CorrectBy::Edit, BLUESKY, 7 * DAY, "reply", false),
        (CorrectBy::Replace, BLUESKY, 7 * DAY, "replace", false),
        (CorrectBy::Replace, Abilities::LEAST, 5, "post", false),
    ];
    let site = withdrawn();
    for (way, can, age, expected, says_why) in cases {
        let settings = by(way);
        let ledger = told(&site, &settings, can, age);
        let plan = planned(&site, &ledger, &settings, can);
        let word = match act(&plan, Event::Withdrawn) {
            Act::Post => "post",
            Act::Reply { .. } => "reply",
            Act::Edit { .. } => "edit",
            Act::Replace { .. } => "replace",
            Act::Remove => "remove",
        };
        let instead = &entry(&plan, Event::Withdrawn).job.as_ref().unwrap().instead;
        assert_eq!((word, instead.is_some()), (expected, says_why), "{way:?}, {can:?}, {age} minutes old: {instead:?}");
        if word != "post" {
            assert!(show_markdown::markdown(&plan).contains("<https://social.norrvik.example/1>"), "the plan names the post");
        }
    }
}

#[test]
fn what_has_begun_goes_on_in_the_same_way_when_its_time_is_over() {
    let site = withdrawn();
    let settings = by(CorrectBy::Edit);
    let mut ledger = told(&site, &settings, X, 20);
    let before = planned(&site, &ledger, &settings, X);
    let begun = entry(&before, Event::Withdrawn);
    note(&mut ledger, begun, State::Unknown);
    let line = &mut ledger.records.get_mut(&begun.record).unwrap().get_mut(&begun.key).unwrap().line;
    line.act = "edit".into();
    let record = begun.record.clone();
    let key = entry(&before, Event::Published).key.clone();
    ledger.records.get_mut(&record).unwrap().get_mut(&key).unwrap().sent_at =
        Some(NOW.parse::<jiff::Timestamp>().unwrap() - jiff::SignedDuration::from_hours(9));
    assert!(matches!(act(&planned(&site, &ledger, &settings, X), Event::Withdrawn), Act::Edit { .. }));
}

#[test]
fn a_withdrawal_reaches_every_post_of_the_record_on_the_channel() {
    let entries = list(&[
        map(&[("at", when("2026-11-19T08:00:00Z")), ("text", text("Stopp."))]),
        map(&[("at", when("2026-11-19T09:00:00Z")), ("text", text("Fortfarande stopp."))]),
    ]);
    let gone = map(&[("date", when("2026-11-20T11:00:00Z")), ("reason", text("Det var ett annat rör."))]);
    let fields = [("date", when("2026-11-19T08:00:00Z")), ("timeline", entries), ("withdrawn", gone)];
    let site = site(vec![item("updates/2026/water", &["sv"], &fields)]);
    for (way, aim) in [(CorrectBy::Edit, "edit"), (CorrectBy::Replace, "delete")] {
        let settings = by(way);
        let can = Abilities { edit: Edit::Full, delete: Delete::Yes, reply: Reply::Native, ..Abilities::LEAST };
        let mut ledger = begun();
        let first = planned(&site, &ledger, &settings, can);
        made(&mut ledger, entry(&first, Event::Published), DAY, "https://social.norrvik.example/1");
        let second = planned(&site, &ledger, &settings, can);
        made(&mut ledger, entry(&second, Event::Updated), DAY, "https://social.norrvik.example/2");
        let plan = planned(&site, &ledger, &settings, can);
        let job = entry(&plan, Event::Withdrawn).job.as_ref().unwrap();
        assert_eq!(job.targets, ["https://social.norrvik.example/1", "https://social.norrvik.example/2"], "{way:?}");
        let steps = steps::steps(&job.announcement, job.posts.len(), &entry(&plan, Event::Withdrawn).record, &ledger);
        assert_eq!(steps.iter().filter(|step| step.aim.name() == aim).count(), 2, "{steps:?}");
        let keys: std::collections::BTreeSet<_> = steps.iter().map(|step| &step.key).collect();
        assert_eq!(keys.len(), steps.len(), "each step has a key of its own");
    }
}

#[test]
fn what_replaced_a_decision_is_said_in_the_post_where_nothing_can_be_said_below_it() {
    let mut old = item("decisions/2026/night-buses", &["sv"], &[("date", when("2026-11-13"))]);
    old.links.superseded_by = vec![1];
    let new = item("decisions/2026/night-buses-2", &["sv"], &[("date", when("2026-11-20"))]);
    let site = site(vec![old, new]);
    let can = Abilities { edit: Edit::Text, ..Abilities::LEAST };
    let settings = by(CorrectBy::Reply);
    let mut ledger = begun();
    let first = planned(&site, &ledger, &settings, can);
    let published = first.entries.iter().find(|entry| entry.record.as_str().ends_with("buses") && entry.event == Event::Published);
    note(&mut ledger, published.unwrap(), State::Sent);
    assert!(matches!(act(&planned(&site, &ledger, &settings, can), Event::Superseded), Act::Edit { .. }));
}

fn consultation(closes: &str, more: &[(&'static str, Value)]) -> Item {
    let mut fields = vec![("date", when("2026-11-10")), ("closes", when(closes))];
    fields.extend_from_slice(more);
    item("consultations/2026/harbour", &["sv"], &fields)
}

fn at(mut site: Site, now: &str) -> Site {
    site.now.at = now.parse().unwrap();
    site
}

fn reminder(site: &Site) -> Option<(&'static str, String)> {
    let settings = by(CorrectBy::Edit);
    let mut ledger = begun();
    let first = planned(site, &ledger, &settings, Square::new().can);
    note(&mut ledger, entry(&first, Event::Published), State::Sent);
    let plan = planned(site, &ledger, &settings, Square::new().can);
    let found = plan.entries.iter().find(|entry| entry.event == Event::Reminder)?;
    Some((show::word(&found.verdict), show::reason(&found.verdict).to_owned()))
}

#[test]
fn a_consultation_is_remembered_three_days_before_it_closes_and_not_after() {
    let closes = "2026-11-24T23:59:00Z";
    let word = |now: &str| reminder(&at(site(vec![consultation(closes, &[])]), now)).unwrap().0;
    assert_eq!(word("2026-11-21T08:59:59Z"), "hold");
    assert_eq!(word("2026-11-21T09:00:00Z"), "send");
    assert_eq!(word("2026-11-24T23:58:59Z"), "send");
    assert_eq!(word("2026-11-24T23:59:00Z"), "skipped", "a reminder of what is over helps nobody");
}

#[test]
fn a_reminder_that_has_lost_its_point_is_never_sent() {
    let now = "2026-11-22T12:00:00Z";
    let gone = map(&[("date", when("2026-11-21")), ("reason", text("Planen är tillbakadragen."))]);
    let withdrawn = site(vec![consultation("2026-11-24T23:59:00Z", &[("withdrawn", gone)])]);
    assert_eq!(reminder(&at(withdrawn, now)).unwrap().0, "skipped");
    let moved = site(vec![consultation("2026-12-24T23:59:00Z", &[])]);
    assert_eq!(reminder(&at(moved, now)).unwrap().0, "hold", "the new date has a reminder of its own");
    let mut off = site(vec![consultation("2026-11-24T23:59:00Z", &[])]);
    off.settings.announce.reminders.consultation = 0;
    assert_eq!(reminder(&at(off, now)), None);
    let late = item("consultations/2026/harbour", &["sv"], &[("date", when("2026-11-21")), ("closes", when("2026-11-24T23:59:00Z"))]);
    assert_eq!(reminder(&at(site(vec![late]), now)), None, "it was opened a moment before");
}

#[test]
fn the_last_days_to_appeal_and_planned_work_are_remembered_too() {
    let mut decision = item("decisions/2026/night-buses", &["sv"], &[("date", when("2026-11-10"))]);
    decision.appeal_until = Some("2026-11-23".parse().unwrap());
    assert_eq!(reminder(&site(vec![decision])).unwrap().0, "send", "three days before, at nine in the morning");
    let work = |state: &str| {
        let fields = [("date", when("2026-11-10")), ("state", text(state)), ("starts", when("2026-11-21T05:00:00Z"))];
        reminder(&site(vec![item("updates/2026/pipes", &["sv"], &fields)]))
    };
    assert_eq!(work("maintenance").unwrap().0, "send");
    assert_eq!(work("outage"), None);
}

#[test]
fn quiet_hours_hold_all_but_alerts_until_they_end() {
    let quiet = |now: &str, hours: &str, fields: &[(&'static str, Value)], id: &str| {
        let mut all = vec![("date", when("2026-11-19"))];
        all.extend_from_slice(fields);
        let mut site = at(site(vec![item(id, &["sv"], &all)]), now);
        site.settings.announce.quiet_hours = Some(Hours::parse(hours).unwrap());
        planned(&site, &begun(), &channel("fediverse"), Square::new().can).entries[0].verdict.clone()
    };
    let decision = "decisions/2026/night-buses";
    let Verdict::Hold { until, .. } = quiet("2026-11-20T22:30:00Z", "21:00-07:00", &[], decision) else { panic!("it is held") };
    assert_eq!(until.to_string(), "2026-11-21T07:00:00Z");
    let Verdict::Hold { until, .. } = quiet("2026-11-20T06:59:00Z", "21:00-07:00", &[], decision) else { panic!("it is held") };
    assert_eq!(until.to_string(), "2026-11-20T07:00:00Z");
    assert_eq!(quiet("2026-11-20T07:00:00Z", "21:00-07:00", &[], decision), Verdict::Send);
    assert_eq!(quiet("2026-11-20T12:30:00Z", "12:00-13:00", &[], "alerts/2026/boil-water"), Verdict::Send);
    let wanted = map(&[("at", when("2026-11-20T22:00:00Z"))]);
    assert_eq!(quiet("2026-11-20T22:30:00Z", "21:00-07:00", &[("announce", wanted)], decision), Verdict::Send);
    for wrong in ["21-07", "25:00-07:00", "21:00", "07:00-07:00", "nine to five"] {
        assert_eq!(Hours::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn the_stop_halts_every_channel_and_says_so() {
    let mut site = site(vec![item("alerts/2026/boil-water", &["sv"], &[("date", when("2026-11-19T08:00:00Z"))])]);
    let wish = Wish { stop: Some("The account was taken over.".into()), ..Wish::default() };
    let settings = [channel("fediverse"), channel("press-desk")];
    let square = Square::new();
    let channels: Vec<_> = settings.iter().map(|settings| (settings, &square as &dyn promulgate::model::transport::Channel)).collect();
    let stopped = Verdict::Stopped("The account was taken over.".into());
    let plan = plan(&site, &begun(), &channels[..1], &Plainly, &wish).value;
    assert!(plan.entries.iter().all(|entry| entry.verdict == stopped), "{:?}", plan.entries);
    assert_eq!(plan.pending(), 0);
    assert!(show_markdown::markdown(&plan).contains("Everything is stopped"));
    site.settings.announce.stop = Some("The account was taken over.".into());
    let by_settings = planned(&site, &begun(), &settings[0], square.can);
    assert_eq!(by_settings.entries[0].verdict, stopped);
}

#[test]
fn everything_that_waits_for_a_person_is_settled_at_once() {
    struct Kept(Vec<promulgate::model::ledger::Line>);
    impl promulgate::model::transport::StateStore for Kept {
        fn load(&mut self) -> Result<(Ledger, Vec<promulgate::model::transport::Repair>), promulgate::model::transport::StateError> {
            unreachable!("it was loaded")
        }
        fn append(
            &mut self,
            _: &promulgate::model::record::RecordId,
            lines: &[promulgate::model::ledger::Line],
        ) -> Result<(), promulgate::model::transport::StateError> {
            self.0.extend_from_slice(lines);
            Ok(())
        }
        fn baseline(&mut self, _: &str, _: jiff::Timestamp) -> Result<(), promulgate::model::transport::StateError> {
            Ok(())
        }
    }
    let items = ["a", "b", "c"].map(|name| item(&format!("decisions/2026/{name}"), &["sv"], &[("date", when("2026-11-19"))]));
    let site = site(items.into());
    let mut ledger = begun();
    let first = planned(&site, &ledger, &channel("fediverse"), Square::new().can);
    note(&mut ledger, &first.entries[0], State::Parked);
    note(&mut ledger, &first.entries[1], State::Parked);
    note(&mut ledger, &first.entries[2], State::Refused);
    let run = ("by hand", NOW.parse().unwrap());
    let settle = |ledger: &Ledger, channels: &[&str], word: Word| {
        let mut kept = Kept(Vec::new());
        let channels: Vec<String> = channels.iter().map(|name| (*name).to_owned()).collect();
        let lines = resolve_all(ledger, &mut kept, (&channels, &word, "The network was down."), run).unwrap();
        assert_eq!(lines, kept.0);
        let mut after = ledger.clone();
        first.entries.iter().zip(&lines).for_each(|(_, line)| {
            let record = first.entries.iter().find(|entry| entry.key == line.key).unwrap().record.clone();
            after.fold(&record, line.clone());
        });
        (lines.len(), after)
    };
    assert_eq!(settle(&ledger, &["press-desk"], Word::NotPosted).0, 0);
    let (count, after) = settle(&ledger, &[], Word::NotPosted);
    assert_eq!((count, planned(&site, &after, &channel("fediverse"), Square::new().can).pending()), (2, 2));
    let (count, after) = settle(&ledger, &["fediverse"], Word::Never);
    let plan = planned(&site, &after, &channel("fediverse"), Square::new().can);
    assert_eq!((count, plan.pending()), (2, 0));
    assert_eq!(show::word(&plan.entries[0].verdict), "suppressed");
    assert!(show::reason(&plan.entries[0].verdict).contains("The network was down."));
}
