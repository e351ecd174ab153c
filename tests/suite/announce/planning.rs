//! What is planned, for whom, when, and why not.

use super::town::*;
use promulgate::announce::plan::{Baseline, Entry, Plan, Verdict, Wish, plan};
use promulgate::announce::resolve::{ResolveError, Word, resolve};
use promulgate::announce::{show, show_markdown};
use promulgate::model::announcement::{Act, Event};
use promulgate::model::ledger::{Ledger, State};
use promulgate::model::record::{RecordId, Value};
use promulgate::model::settings::{ChannelSettings, CorrectBy, Localised};
use promulgate::model::site::{Item, Site};
use promulgate::model::transport::{Abilities, Delete};

fn planned(site: &Site, ledger: &Ledger, channel: &ChannelSettings) -> Plan {
    plan(site, ledger, &[(channel, &Square::new())], &Plainly, &Wish::default()).value
}

fn find<'p>(plan: &'p Plan, record: &str, event: Event) -> &'p Entry {
    let found = plan.entries.iter().find(|entry| entry.record.as_str() == record && entry.event == event);
    found.unwrap_or_else(|| {
        panic!("{record} {event} in {:#?}", plan.entries.iter().map(|e| (&e.record, e.event, &e.verdict)).collect::<Vec<_>>())
    })
}

fn why(entry: &Entry) -> (&'static str, &str) {
    (show::word(&entry.verdict), show::reason(&entry.verdict))
}

fn text_of(entry: &Entry) -> &str {
    &entry.job.as_ref().unwrap().posts[0].text
}

fn act_of(entry: &Entry) -> &Act {
    &entry.job.as_ref().unwrap().announcement.act
}

const BUSES: &str = "decisions/2026/night-buses";

fn buses(more: &[(&'static str, Value)]) -> Item {
    let mut fields = vec![("date", when("2026-11-19"))];
    fields.extend_from_slice(more);
    item(BUSES, &["sv", "en"], &fields)
}

#[test]
fn a_new_decision_is_sent_in_the_words_of_the_theme() {
    let site = site(vec![buses(&[])]);
    let plan = planned(&site, &begun(), &channel("fediverse"));
    assert_eq!(plan.entries.len(), 1);
    assert_eq!(plan.entries[0].verdict, Verdict::Send);
    assert_eq!(
        text_of(&plan.entries[0]),
        "decisions/2026/night-buses (sv): Bussar går hela natten. https://norrvik.example/decisions/2026/night-buses/"
    );
    assert_eq!(plan.entries[0].job.as_ref().unwrap().page.as_str(), "decisions/2026/night-buses/index.html");
}

#[test]
fn a_channel_has_one_announcement_for_each_of_its_languages() {
    let settings = ChannelSettings { languages: vec![lang("sv"), lang("en"), lang("kk")], ..channel("fediverse") };
    let plan = planned(&site(vec![buses(&[])]), &begun(), &settings);
    let verdicts: Vec<_> = plan.entries.iter().map(|entry| (entry.lang.to_string(), show::word(&entry.verdict))).collect();
    assert_eq!(verdicts, [("en".into(), "send"), ("kk".into(), "skipped"), ("sv".into(), "send")]);
    assert!(text_of(&plan.entries[0]).contains("/en/decisions/2026/night-buses/"));
    assert_ne!(plan.entries[0].key, plan.entries[2].key);
}

#[test]
fn a_translation_that_is_behind_waits_but_an_alert_does_not() {
    let settings = ChannelSettings { languages: vec![lang("en")], ..channel("fediverse") };
    let mut old = buses(&[]);
    old.editions[1].stale = true;
    let mut alert = item("alerts/2026/boil-water-ostra", &["sv", "en"], &[("date", when("2026-11-17T06:40:00Z"))]);
    alert.editions[1].stale = true;
    let plan = planned(&site(vec![old, alert]), &begun(), &settings);
    assert_eq!(why(find(&plan, BUSES, Event::Published)).0, "skipped");
    assert_eq!(why(find(&plan, "alerts/2026/boil-water-ostra", Event::Published)).0, "send");
}

type Front<'f> = &'f [(&'static str, Value)];

#[test]
fn only_those_concerned_are_told() {
    let pupils = [("audiences", texts(&["pupils"]))];
    let cases: [(Front<'_>, &[&str], &str); 7] = [
        (&[], &["press"], "send"),
        (&[("audiences", texts(&["everyone"]))], &["press"], "send"),
        (&pupils, &[], "send"),
        (&pupils, &["press", "pupils"], "send"),
        (&pupils, &["press"], "skipped"),
        (&[("announce", Value::Off)], &[], "skipped"),
        (&[("announce", map(&[("channels", texts(&["press-desk"]))]))], &[], "skipped"),
    ];
    for (fields, audiences, expected) in cases {
        let settings = ChannelSettings { audiences: audiences.iter().map(|name| (*name).into()).collect(), ..channel("fediverse") };
        let plan = planned(&site(vec![buses(fields)]), &begun(), &settings);
        assert_eq!(why(&plan.entries[0]).0, expected, "{fields:?} to {audiences:?}");
    }
    let settings = ChannelSettings { kinds: vec!["alert"], ..channel("fediverse") };
    assert_eq!(
        why(&planned(&site(vec![buses(&[])]), &begun(), &settings).entries[0]).1,
        "This channel is not told of the kind `decision`."
    );
    let settings = ChannelSettings { on: vec![Event::Corrected], ..channel("fediverse") };
    assert_eq!(
        why(&planned(&site(vec![buses(&[])]), &begun(), &settings).entries[0]).1,
        "This channel is not told of the event `published`."
    );
}

#[test]
fn the_record_and_the_channel_may_have_words_of_their_own() {
    let by_lang = Value::Named(vec![("sv".into(), text("Nattbussar!")), ("press-desk".into(), text("Till pressen"))]);
    let own = ("announce", map(&[("text", by_lang)]));
    let site = site(vec![buses(&[own])]);
    let plan = planned(&site, &begun(), &channel("fediverse"));
    assert_eq!(text_of(&plan.entries[0]), "Nattbussar!\n\nhttps://norrvik.example/decisions/2026/night-buses/");
    let mut ledger = begun();
    ledger.baselines.insert("press-desk".into(), NOW.parse().unwrap());
    let plan = planned(&site, &ledger, &channel("press-desk"));
    assert!(text_of(&plan.entries[0]).starts_with("Till pressen\n\n"));
    let english = Value::Named(vec![("fediverse".into(), Value::Named(vec![("en".into(), text("Night buses!"))]))]);
    let bilingual = ChannelSettings { languages: vec![lang("sv"), lang("en")], ..channel("fediverse") };
    let plan = planned(&super::town::site(vec![buses(&[("announce", map(&[("text", english)]))])]), &begun(), &bilingual);
    assert_eq!(text_of(&plan.entries[0]), format!("Night buses!\n\nhttps://norrvik.example/en/{BUSES}/"));
    assert!(text_of(&plan.entries[1]).starts_with(BUSES), "Swedish has no words of its own");
    let template = [("decision-published".to_owned(), Localised::same("Beslut: { $title } { $link }"))].into();
    let settings = ChannelSettings { template, ..channel("fediverse") };
    let plan = planned(&super::town::site(vec![buses(&[])]), &begun(), &settings);
    assert_eq!(text_of(&plan.entries[0]), format!("Beslut: {BUSES} (sv) https://norrvik.example/{BUSES}/"));
}

#[test]
fn nothing_is_told_before_its_time() {
    let at = ("announce", map(&[("at", when("2026-11-21T08:00:00Z"))]));
    let plan = planned(&site(vec![buses(&[at])]), &begun(), &channel("fediverse"));
    assert_eq!(why(&plan.entries[0]).0, "hold");
    let plan = planned(&site(vec![buses(&[("publish_at", when("2026-11-20T12:00:01Z"))])]), &begun(), &channel("fediverse"));
    assert_eq!(why(&plan.entries[0]).0, "hold");
}

#[test]
fn old_news_is_no_news_but_an_alert_lives_as_long_as_it_says() {
    let old = item("decisions/2024/library-closure", &["sv"], &[("date", when("2024-11-20"))]);
    let alert = |expires: &str| {
        let fields = [("date", when("2026-10-01T06:40:00Z")), ("expires", when(expires))];
        item("alerts/2026/boil-water-ostra", &["sv"], &fields)
    };
    let plan = planned(&site(vec![old, alert("2026-12-01T00:00:00Z")]), &begun(), &channel("fediverse"));
    assert_eq!(why(find(&plan, "decisions/2024/library-closure", Event::Published)), ("skipped", "It is older than 14 days."));
    assert_eq!(why(find(&plan, "alerts/2026/boil-water-ostra", Event::Published)).0, "send");
    let plan = planned(&site(vec![alert("2026-11-01T00:00:00Z")]), &begun(), &channel("fediverse"));
    assert_eq!(why(&plan.entries[0]), ("skipped", "It had expired before it was told."));
}

#[test]
fn the_first_use_of_a_channel_tells_nothing_and_later_ones_do() {
    let site = site(vec![buses(&[])]);
    let plan = planned(&site, &Ledger::default(), &channel("fediverse"));
    assert_eq!(why(&plan.entries[0]).0, "adopt");
    assert_eq!((plan.pending(), plan.baselines.as_slice()), (0, &["fediverse".to_owned()][..]));
    let mut ledger = begun();
    note(&mut ledger, &plan.entries[0], State::Suppressed);
    assert_eq!(why(&planned(&site, &ledger, &channel("fediverse")).entries[0]).0, "suppressed");
    let rehearsal = Wish { baseline: Baseline::None, ..Wish::default() };
    let plan =
        promulgate::announce::plan::plan(&site, &Ledger::default(), &[(&channel("fediverse"), &Square::new())], &Plainly, &rehearsal).value;
    assert_eq!((plan.pending(), plan.baselines.len()), (1, 0));
}

#[test]
fn adopting_only_and_max_guard_a_run() {
    let many = (0..12).map(|n| item(&format!("decisions/2026/d{n}"), &["sv"], &[("date", when("2026-11-19"))])).collect();
    let site = site(many);
    let settings = channel("fediverse");
    let with = |wish: Wish| plan(&site, &begun(), &[(&settings, &Square::new())], &Plainly, &wish).value;
    let all = with(Wish::default());
    assert_eq!((all.pending(), all.is_too_many()), (12, true));
    assert!(show_markdown::markdown(&all).contains("nothing would be sent"));
    assert!(!with(Wish { max: Some(12), ..Wish::default() }).is_too_many());
    let adopted = with(Wish { adopt: true, ..Wish::default() });
    assert_eq!((adopted.pending(), adopted.is_too_many()), (0, false));
    assert!(adopted.entries.iter().all(|entry| matches!(entry.verdict, Verdict::Adopt(_))));
    let other = with(Wish { only: vec!["press-desk".into()], ..Wish::default() });
    assert_eq!(why(&other.entries[0]).1, "This run is for other channels.");
}

/// The ledger after the decision was posted.
fn posted(item: Item) -> (Site, Ledger) {
    let site = site(vec![item]);
    let mut ledger = begun();
    let key_only = planned(&site, &ledger, &channel("fediverse"));
    note(&mut ledger, find(&key_only, site.items[0].id.as_str(), Event::Published), State::Sent);
    (site, ledger)
}

fn revision(date: &str, note: &str, material: bool) -> Value {
    map(&[("date", when(date)), ("note", text(note)), ("material", Value::Flag(material))])
}

#[test]
fn a_material_revision_reaches_the_post_by_the_declared_means() {
    let revisions =
        ("revisions", list(&[revision("2026-11-20", "Avgiften är 340 kronor.", true), revision("2026-11-20", "Stavfel.", false)]));
    let (site, ledger) = posted(buses(&[revisions]));
    for (by, expected) in [(CorrectBy::Edit, "edit"), (CorrectBy::Replace, "replace"), (CorrectBy::Reply, "reply")] {
        let settings = ChannelSettings { correct_by: by, ..channel("fediverse") };
        let plan = planned(&site, &ledger, &settings);
        assert_eq!(plan.pending(), 1);
        let entry = find(&plan, BUSES, Event::Updated);
        assert_eq!(entry.version, "2026-11-20");
        assert_eq!(show::json(&plan, NOW.parse().unwrap())["announcements"][1]["act"]["do"], expected);
        assert_eq!(text_of(entry), format!("Ändrat: Avgiften är 340 kronor. https://norrvik.example/{BUSES}/"));
    }
}

#[test]
fn a_way_to_correct_that_the_platform_lacks_is_found_and_another_is_taken() {
    let revisions = ("revisions", list(&[revision("2026-11-20", "Avgiften är 340 kronor.", true)]));
    let (site, ledger) = posted(buses(&[revisions]));
    let square = Square { can: Abilities { delete: Delete::Yes, ..Abilities::LEAST }, ..Square::new() };
    let settings = channel("fediverse");
    let checked = plan(&site, &ledger, &[(&settings, &square)], &Plainly, &Wish::default());
    assert_eq!(checked.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["cannot-correct-so"]);
    assert_eq!(act_of(find(&checked.value, BUSES, Event::Updated)), &Act::Post);
}

#[test]
fn two_edits_of_a_post_go_one_after_the_other() {
    let revisions = ("revisions", list(&[revision("2026-11-19", "Först.", true), revision("2026-11-20", "Sedan.", true)]));
    let (site, ledger) = posted(buses(&[revisions]));
    let plan = planned(&site, &ledger, &channel("fediverse"));
    assert_eq!(plan.entries[1].job.as_ref().unwrap().after, None);
    assert_eq!(plan.entries[2].job.as_ref().unwrap().after.as_ref(), Some(&plan.entries[1].key));
    let settings = ChannelSettings { correct_by: CorrectBy::Replace, ..channel("fediverse") };
    let plan = planned(&site, &ledger, &settings);
    assert_eq!(act_of(&plan.entries[2]), &Act::Replace { of: plan.entries[1].key.clone() }, "the second takes the place of the first");
}

#[test]
fn a_post_that_was_replaced_is_the_one_that_later_changes_refer_to() {
    let revisions = ("revisions", list(&[revision("2026-11-19", "Först.", true), revision("2026-11-20", "Sedan.", true)]));
    let (site, mut ledger) = posted(buses(&[revisions]));
    let settings = ChannelSettings { correct_by: CorrectBy::Replace, ..channel("fediverse") };
    let first = planned(&site, &ledger, &settings);
    note(&mut ledger, &first.entries[1], State::Sent);
    let told_otherwise = planned(&site, &ledger, &settings);
    assert_eq!(act_of(&told_otherwise.entries[2]), &Act::Replace { of: first.entries[0].key.clone() }, "nothing was taken away");
    let mut removal = ledger.standing(&first.entries[1].record, &first.entries[1].key).unwrap().line.clone();
    removal.key = first.entries[1].key.removal(0);
    ledger.fold(&first.entries[1].record, removal);
    let replaced = planned(&site, &ledger, &settings);
    assert_eq!(act_of(&replaced.entries[2]), &Act::Replace { of: first.entries[1].key.clone() });
}

#[test]
fn a_half_done_replacement_goes_on_however_late() {
    let revisions = ("revisions", list(&[revision("2026-11-19", "Ny avgift.", true)]));
    let (mut site, mut ledger) = posted(buses(&[revisions]));
    let settings = ChannelSettings { correct_by: CorrectBy::Replace, ..channel("fediverse") };
    let first = planned(&site, &ledger, &settings);
    note(&mut ledger, &first.entries[1], State::Queued);
    let mut removal = ledger.standing(&first.entries[1].record, &first.entries[1].key).unwrap().line.clone();
    removal.key = first.entries[1].key.removal(0);
    removal.state = State::Sent;
    ledger.fold(&first.entries[1].record, removal);
    site.now.at = "2027-11-20T12:00:00Z".parse().unwrap();
    let late = planned(&site, &ledger, &settings);
    assert_eq!(why(&late.entries[1]).0, "unknown", "old news, but its post is gone");
    assert!(late.entries[1].job.is_some());
}

#[test]
fn updates_of_an_alert_are_replies_and_its_end_too() {
    let entry = |at: &str, words: &str| map(&[("at", when(at)), ("text", text(words))]);
    let timeline = list(&[
        entry("2026-11-18T09:00:00Z", "Proverna är **rena**."),
        entry("2026-11-17T06:40:00Z", "Koka vattnet."),
        entry("2026-11-19T09:00:00Z", "Spolning pågår."),
    ]);
    let fields = [("date", when("2026-11-17T06:40:00Z")), ("timeline", timeline)];
    let alert = item("alerts/2026/boil-water-ostra", &["sv"], &fields);
    let plan = planned(&site(vec![buses(&[]), alert]), &begun(), &channel("fediverse"));
    let events: Vec<_> = plan.entries.iter().map(|entry| (entry.event, entry.version.as_str(), entry.urgent)).collect();
    assert_eq!(
        events,
        [
            (Event::Published, "1", true),
            (Event::Updated, "2026-11-18T09:00:00Z", true),
            (Event::Updated, "2026-11-19T09:00:00Z", true),
            (Event::Published, "1", false),
        ],
        "alerts go first"
    );
    let root = plan.entries[0].key.clone();
    assert_eq!(act_of(&plan.entries[2]), &Act::Reply { to: root.clone(), root });
    assert!(text_of(&plan.entries[1]).contains("Proverna är rena."));
    let mut fields = fields.to_vec();
    fields.push(("resolved", when("2026-11-20T08:00:00Z")));
    let over = item("alerts/2026/boil-water-ostra", &["sv"], &fields);
    let (site, ledger) = posted(over);
    let plan = planned(&site, &ledger, &channel("fediverse"));
    assert!(matches!(act_of(find(&plan, "alerts/2026/boil-water-ostra", Event::Resolved)), Act::Reply { .. }));
    let untold = planned(&site, &begun(), &channel("fediverse"));
    assert!(untold.entries.iter().all(|entry| why(entry).0 == "skipped"), "what is over is not told as new");
}

#[test]
fn an_update_is_over_when_all_is_in_order_again() {
    let fields = [("date", when("2026-11-19")), ("state", Value::Word("operational")), ("ends", when("2026-11-20T10:00:00Z"))];
    let (site, ledger) = posted(item("updates/2026/water-ostra", &["sv"], &fields));
    assert_eq!(why(find(&planned(&site, &ledger, &channel("fediverse")), "updates/2026/water-ostra", Event::Resolved)).0, "send");
}

#[test]
fn corrections_replacements_and_withdrawals_reach_only_what_was_posted() {
    let withdrawn = ("withdrawn", map(&[("date", when("2026-11-20")), ("reason", text("Fel underlag."))]));
    let correction = item("corrections/2026/cost", &["sv"], &[("date", when("2026-11-20")), ("now", text("340 000 kronor"))]);
    let newer = item("decisions/2026/newer", &["sv"], &[("date", when("2026-11-20"))]);
    let mut items = vec![buses(&[withdrawn]), correction, newer];
    items[0].links.corrected_by = vec![1];
    items[0].links.superseded_by = vec![2];
    let site = site(items);
    let mut ledger = begun();
    let first = planned(&site, &ledger, &channel("fediverse"));
    for event in [Event::Published, Event::Corrected, Event::Superseded, Event::Withdrawn] {
        assert_eq!(why(find(&first, BUSES, event)).0, "skipped", "{event}");
    }
    note(&mut ledger, find(&first, BUSES, Event::Published), State::Sent);
    let plan = planned(&site, &ledger, &channel("fediverse"));
    assert!(matches!(act_of(find(&plan, BUSES, Event::Corrected)), Act::Edit { .. }));
    assert!(text_of(find(&plan, BUSES, Event::Corrected)).contains("340 000 kronor"));
    assert_eq!(find(&plan, BUSES, Event::Corrected).version, "corrections/2026/cost");
    assert!(matches!(act_of(find(&plan, BUSES, Event::Superseded)), Act::Reply { .. }));
    assert!(matches!(act_of(find(&plan, BUSES, Event::Withdrawn)), Act::Edit { .. }));
    assert!(text_of(find(&plan, BUSES, Event::Withdrawn)).contains("Fel underlag."));
}

#[test]
fn a_renamed_record_is_not_told_again() {
    let (_, ledger) = posted(buses(&[]));
    let addresses = [format!("/{BUSES}/"), format!("/en/{BUSES}/"), format!("/{BUSES}.html")];
    for address in addresses {
        let fields = [("date", when("2026-11-19")), ("aliases", texts(&[&address]))];
        let renamed = site(vec![item("decisions/2026/night-buses-permanent", &["sv"], &fields)]);
        let plan = planned(&renamed, &ledger, &channel("fediverse"));
        assert_eq!((why(&plan.entries[0]).0, plan.entries[0].record.as_str()), ("done", BUSES), "{address}");
    }
    let stranger = site(vec![item("decisions/2026/boat-fees", &["sv"], &[("date", when("2026-11-19"))])]);
    assert_eq!(planned(&stranger, &ledger, &channel("fediverse")).pending(), 1);
    let mut own_routes =
        site(vec![item("decisions/2026/new", &["sv"], &[("date", when("2026-11-19")), ("aliases", texts(&["/records/night-buses/"]))])]);
    own_routes.settings.routes.insert("decision".into(), "/records/{slug}/".into());
    assert_eq!(why(&planned(&own_routes, &ledger, &channel("fediverse")).entries[0]).0, "done");
}

#[test]
fn what_left_the_site_in_doubt_waits_for_a_person() {
    let all = site(vec![buses(&[])]);
    let mut ledger = begun();
    let plan = planned(&all, &ledger, &channel("fediverse"));
    note(&mut ledger, &plan.entries[0], State::Unknown);
    assert_eq!(why(&planned(&all, &ledger, &channel("fediverse")).entries[0]).0, "unknown");
    assert_eq!(why(&planned(&site(Vec::new()), &ledger, &channel("fediverse")).entries[0]).0, "parked");
}

#[test]
fn the_plan_shows_the_exact_text_in_json_and_markdown() {
    let site =
        site(vec![buses(&[("announce", map(&[("text", Value::Named(vec![("sv".into(), text("```\nNattbussar *hela* helgen"))]))]))])]);
    let plan = planned(&site, &begun(), &channel("fediverse"));
    let json = show::json(&plan, NOW.parse().unwrap());
    assert_eq!((&json["plan"], &json["pending"]), (&serde_json::json!(1), &serde_json::json!(1)));
    assert_eq!(json["announcements"][0]["posts"][0]["text"], text_of(&plan.entries[0]));
    let markdown = show_markdown::markdown(&plan);
    assert!(markdown.contains(&format!("````text\n{}\n````", text_of(&plan.entries[0]))), "{markdown}");
    assert!(markdown.contains(" of 500 characters"));
}

struct Kept(Vec<promulgate::model::ledger::Line>);

impl promulgate::model::transport::StateStore for Kept {
    fn load(&mut self) -> Result<(Ledger, Vec<promulgate::model::transport::Repair>), promulgate::model::transport::StateError> {
        Ok((Ledger::default(), Vec::new()))
    }
    fn append(&mut self, _: &RecordId, lines: &[promulgate::model::ledger::Line]) -> Result<(), promulgate::model::transport::StateError> {
        self.0.extend_from_slice(lines);
        Ok(())
    }
    fn baseline(&mut self, _: &str, _: jiff::Timestamp) -> Result<(), promulgate::model::transport::StateError> {
        Ok(())
    }
}

#[test]
fn a_person_settles_what_nothing_can_know() {
    let site = site(vec![buses(&[])]);
    let mut ledger = begun();
    let plan = planned(&site, &ledger, &channel("fediverse"));
    let name = &plan.entries[0].key.as_str()[..12];
    let run = ("by hand", NOW.parse().unwrap());
    let say = |ledger: &Ledger, name: &str, word: Word| {
        let mut kept = Kept(Vec::new());
        resolve(&plan, ledger, &mut kept, (name, &word, ""), run).map(|lines| {
            assert_eq!(lines, kept.0);
            lines[0].clone()
        })
    };
    let by_hand = say(&ledger, name, Word::Posted("https://social.norrvik.example/@norrvik/7".into())).unwrap();
    assert_eq!((by_hand.state, by_hand.remote.unwrap().url.as_str()), (State::Sent, "https://social.norrvik.example/@norrvik/7"));
    note(&mut ledger, &plan.entries[0], State::Parked);
    let again = say(&ledger, name, Word::NotPosted).unwrap();
    ledger.fold(&plan.entries[0].record, again);
    assert_eq!(planned(&site, &ledger, &channel("fediverse")).pending(), 1, "it is sent by the next run");
    note(&mut ledger, &plan.entries[0], State::Sent);
    assert!(matches!(say(&ledger, name, Word::NotPosted), Err(ResolveError::AlreadySent(_))));
    assert!(matches!(say(&ledger, "ff", Word::NotPosted), Err(ResolveError::Ambiguous(_))));
    assert!(matches!(say(&ledger, "000000", Word::NotPosted), Err(ResolveError::NoSuch(_))));
    assert!(matches!(say(&ledger, name, Word::Posted("javascript:alert(1)".into())), Err(ResolveError::NotAnAddress(_))));
}

/// Nothing in a plan looks at every other record: ten times the archive costs about ten times the work.
#[test]
fn a_long_archive_is_planned_in_a_straight_line() {
    let archive =
        |count: usize| (0..count).map(|n| item(&format!("decisions/2024/d{n}"), &["sv", "en"], &[("date", when("2024-11-19"))])).collect();
    let site = site(archive(10_000));
    let plan = planned(&site, &begun(), &channel("fediverse"));
    assert_eq!((plan.entries.len(), plan.pending()), (10_000, 0));
    assert!(plan.entries.iter().all(|entry| entry.job.is_none()));
}
