//! Every interleaving of two publishers with kills, lost answers, late deliveries and forgotten keys, for each class of
//! platform: nothing doubled, nothing lost, and a person asked only where nothing can know. The same explorer finds the
//! duplicates when the lock, the quiet time or the look-up is taken away, so it can fail.

use super::choices::Choices;
use super::world::{Class, Policy, Tell, Telling, World, record};
use crate::reliability::{at_once, row};
use promulgate::model::ledger::State;
use std::time::Instant;

#[derive(Debug, Default, PartialEq, Eq)]
struct Verdict {
    schedules: usize,
    doubled: usize,
    lost: usize,
    parked: usize,
}

/// What may happen in one schedule: so many faults of any kind (a kill is one), and so many changes of whose turn it is.
#[derive(Debug, Clone, Copy)]
struct Budget {
    faults: usize,
    switches: usize,
}

/// Two crashes, and one thing more of any kind.
const TWO_CRASHES: Budget = Budget { faults: 3, switches: 0 };
/// Two crashes, and another publisher at any step.
const TWO_PUBLISHERS: Budget = Budget { faults: 2, switches: 1 };
/// Two publishers that take turns as they like.
const TURNS: Budget = Budget { faults: 0, switches: 4 };
const TURNS_AND_A_FAULT: Budget = Budget { faults: 1, switches: 2 };

/// Runs until all is settled; between the runs little time passes, or much.
fn play(world: &World) {
    for round in 0..12 {
        let outcome = world.publish();
        if outcome.is_some_and(|outcome| outcome.told.is_empty()) || settled(world) {
            break;
        }
        world.pass(if round % 2 == 0 { 5 } else { 3600 });
    }
    world.pass(3600);
}

fn settled(world: &World) -> bool {
    let ledger = world.ledger();
    let standing = |name: &str| ledger.standing(&record(), &world.key(name)).is_some_and(|standing| standing.line.state.is_terminal());
    world.telling.iter().all(|(name, _)| standing(name))
}

fn judge(world: &World, verdict: &mut Verdict) {
    let ledger = world.ledger();
    let state = world.state();
    verdict.schedules += 1;
    verdict.doubled += usize::from(state.made.values().any(|count| *count > 1));
    let parked = ledger.records.values().flat_map(|keys| keys.values()).any(|standing| standing.line.state == State::Parked);
    verdict.parked += usize::from(parked);
    let done = |(name, tell): &(&str, Tell)| {
        let sent = ledger.standing(&record(), &world.key(name)).is_some_and(|standing| standing.line.state == State::Sent);
        let shown = |of: &str| state.shown.get(&world.key(of).to_string()).is_some_and(|text| text.starts_with(name));
        sent && match tell {
            Tell::Post | Tell::Remind(_) | Tell::Reply(_) => state.made.contains_key(&world.key(name)),
            Tell::Edit(of) => shown(of) || world.telling.iter().any(|(_, tell)| matches!(tell, Tell::EditAfter(..))),
            Tell::EditAfter(of, _) => shown(of),
            Tell::Replace(of) => shown(name) && !state.shown.contains_key(&world.key(of).to_string()),
        }
    };
    verdict.lost += usize::from(!parked && !world.telling.iter().all(done));
}

fn explore(class: Class, policy: Policy, telling: &Telling, budget: Budget) -> Verdict {
    let mut verdict = Verdict::default();
    let mut script = Some(Vec::new());
    while let Some(next) = script {
        let choices = Choices::script(next.clone(), budget.faults, budget.switches);
        let world = World::new(class, policy, telling.clone(), choices);
        play(&world);
        let before = (verdict.doubled, verdict.lost);
        judge(&world, &mut verdict);
        if policy == Policy::Ours && before != (verdict.doubled, verdict.lost) {
            panic!("{class:?} fails with {budget:?} and the script {next:?}: {:#?}", world.state().lines);
        }
        script = world.choices.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next_script();
    }
    verdict
}

fn one() -> Telling {
    vec![("first", Tell::Post)]
}

const ALL: [Class; 5] = [Class::OwnId, Class::Expiring, Class::Link, Class::Nothing, Class::Container];

/// Whether nothing but a person can know what became of a request, however often it vanishes.
fn certain(class: Class) -> bool {
    matches!(class, Class::OwnId | Class::Container)
}

#[test]
fn no_schedule_doubles_or_loses_a_post() {
    let start = Instant::now();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let counts = at_once(threads, ALL.to_vec(), |class| {
        let verdict = explore(class, Policy::Ours, &one(), TWO_CRASHES);
        assert!(verdict.schedules > 300, "{class:?}: {verdict:?}");
        assert_eq!((verdict.doubled, verdict.lost), (0, 0), "{class:?}");
        // Three attempts in a row that vanish put the look-up itself in doubt.
        assert_eq!(verdict.parked > 0, !certain(class), "{class:?}: {verdict:?}");
        let mut schedules = verdict.schedules;
        for budget in [TWO_PUBLISHERS, TURNS] {
            let verdict = explore(class, Policy::Ours, &one(), budget);
            assert_eq!((verdict.doubled, verdict.lost), (0, 0), "{class:?}");
            assert_eq!(verdict.parked > 0, class == Class::Nothing && budget.faults > 0, "{class:?}: {verdict:?}");
            schedules += verdict.schedules;
        }
        schedules
    });
    let schedules: usize = counts.iter().sum();
    let seconds = start.elapsed().as_secs_f64();
    let done =
        format!("two publishers, two crashes and one fault more, five classes: {schedules} schedules, all there are, in {seconds:.1} s");
    row("exhaustive explorer, one post", &done, "0 duplicates, 0 lost");
}

#[test]
fn no_schedule_doubles_or_loses_a_thread_an_edit_or_a_replacement() {
    let start = Instant::now();
    let mut schedules = 0;
    for class in ALL {
        for second in [Tell::Reply("first"), Tell::Edit("first"), Tell::Replace("first"), Tell::Remind("first")] {
            let verdict = explore(class, Policy::Ours, &vec![("first", Tell::Post), ("second", second)], Budget { faults: 2, switches: 0 });
            assert_eq!((verdict.doubled, verdict.lost), (0, 0), "{class:?}");
            assert_eq!(verdict.parked > 0, class == Class::Nothing, "{class:?}, {second:?}: {verdict:?}");
            schedules += verdict.schedules;
        }
        let edits = vec![("first", Tell::Post), ("second", Tell::Edit("first")), ("third", Tell::EditAfter("first", "second"))];
        for telling in [vec![("two parts", Tell::Post)], edits] {
            let verdict = explore(class, Policy::Ours, &telling, Budget { faults: 2, switches: 0 });
            assert_eq!((verdict.doubled, verdict.lost), (0, 0), "{class:?}");
            schedules += verdict.schedules;
        }
    }
    let done = format!("two crashes or other faults, five classes: {schedules} schedules in {:.1} s", start.elapsed().as_secs_f64());
    row("exhaustive explorer: threads, edits, replacements, reminders", &done, "0 duplicates, 0 lost");
}

/// The table of what each way can promise: take one part away, and the duplicates are found where they must be.
#[test]
fn the_explorer_finds_the_duplicates_of_the_unsafe_ways() {
    let mutants = [
        (Policy::PostThenRecord, "no intent before the deed", Budget { faults: 2, switches: 0 }),
        (Policy::RetryWhenUnknown, "no look-up", Budget { faults: 2, switches: 0 }),
        (Policy::ResendAtOnce, "no quiet time", Budget { faults: 2, switches: 0 }),
        (Policy::NoLock, "no lock", TURNS),
        (Policy::NoLock, "no lock, and one fault", TURNS_AND_A_FAULT),
        (Policy::OnlyRaced, "no lock, but whoever writes second is told", TURNS),
    ];
    for (policy, what, budget) in mutants {
        let mut found = Vec::new();
        for class in [Class::OwnId, Class::Expiring, Class::Link, Class::Nothing] {
            let verdict = explore(class, policy, &one(), budget);
            let parks = class == Class::Nothing && matches!(policy, Policy::ResendAtOnce | Policy::OnlyRaced);
            let safe = class == Class::OwnId || parks;
            assert_eq!(verdict.doubled > 0, !safe, "{policy:?} on {class:?}: {verdict:?}");
            found.push(format!("{class:?} {} of {}", verdict.doubled, verdict.schedules));
        }
        row(&format!("explorer, mutant: {what}"), "duplicates found, of so many schedules", &found.join("; "));
    }
    let forgetful = explore(Class::Container, Policy::NoNotes, &one(), Budget { faults: 2, switches: 0 });
    assert!(forgetful.doubled > 0, "a container that is not noted is made and published twice: {forgetful:?}");
    let done = format!("Container {} of {}", forgetful.doubled, forgetful.schedules);
    row("explorer, mutant: containers are not noted", "duplicates found, of so many schedules", &done);
}
