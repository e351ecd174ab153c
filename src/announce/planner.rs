//! In: one channel and one record. Out: its entries in the plan, thread by thread: verdict, act, exact posts.

use crate::announce::happenings::{self, Happening, Note};
use crate::announce::plan::{Baseline, Entry, Job, Verdict, Wish};
use crate::announce::reach;
use crate::announce::steps;
use crate::announce::verdict;
use crate::announce::words::{self, Subject, Words};
use crate::model::announcement::{Act, Announcement, Card, Event, Image, ImageFile, Key, News};
use crate::model::date::Instant;
use crate::model::finding::Findings;
use crate::model::lang::Lang;
use crate::model::ledger::{Ledger, State};
use crate::model::record::{Fields, RecordId, Value};
use crate::model::route::SafePath;
use crate::model::settings::{ChannelSettings, CorrectBy};
use crate::model::site::{Edition, Item, Site};
use crate::model::transport::Channel;

/// A post that will be too old in so many minutes is taken for too old: a run takes its time, and clocks differ.
const MARGIN: i64 = 5;

/// Plans what one channel is told.
pub(super) struct Planner<'p> {
    pub site: &'p Site,
    pub ledger: &'p Ledger,
    pub settings: &'p ChannelSettings,
    pub channel: &'p dyn Channel,
    pub words: &'p dyn Words,
    pub wish: &'p Wish,
    pub chosen: bool,
    pub first: bool,
}

/// The thread of a record in one language on one account, while it is planned.
struct Thread {
    /// The post that readers see now: the first one, or what has replaced it.
    head: Key,
    /// The last change of that post.
    change: Option<Key>,
    /// The verdict on the first post.
    root: Verdict,
}

/// One happening of one record in one language.
struct Case<'c> {
    item: &'c Item,
    record: &'c RecordId,
    lang: Lang,
    happening: &'c Happening,
}

impl Planner<'_> {
    /// Adds what it is told of a record, thread by thread.
    pub(super) fn item(&self, item: &Item, record: &RecordId, out: &mut Vec<Entry>, findings: &mut Findings) {
        let happenings = happenings::happenings(self.site, item);
        let languages = if self.settings.languages.is_empty() { &self.site.settings.languages[..1] } else { &self.settings.languages };
        for lang in languages {
            let mut thread = None;
            for happening in &happenings {
                let case = Case { item, record, lang: *lang, happening };
                let entry = self.entry(&case, &mut thread, findings);
                out.push(entry);
            }
        }
    }

    fn entry(&self, case: &Case<'_>, thread: &mut Option<Thread>, findings: &mut Findings) -> Entry {
        let Case { item, record, lang, happening } = *case;
        let key = Key::of(&self.settings.platform, self.channel.account(), record, lang, &happening.version, happening.event);
        let edition = reach::edition(item, self.settings, lang);
        let (act, instead) = self.act(case, &key, thread.as_ref());
        let mut verdict = self.verdict(case, &key, edition.as_ref(), thread.as_ref());
        let mut job = None;
        if matches!(verdict, Verdict::Send | Verdict::Hold { .. } | Verdict::Unknown(_))
            && let Ok(edition) = &edition
        {
            let subject = Subject { site: self.site, item, edition, happening, channel: self.settings };
            let announcement = self.announcement(&subject, record, &key, act.clone());
            job = self.job(announcement, edition.route.file(), thread.as_ref(), findings);
            if let Some(job) = &mut job {
                job.instead = instead;
                job.targets = steps::targets(&job.announcement, job.posts.len(), record, self.ledger);
            }
        }
        if job.is_none() {
            verdict = match verdict {
                Verdict::Send | Verdict::Hold { .. } => Verdict::Skipped("No wording fits this channel.".into()),
                Verdict::Unknown(_) => {
                    Verdict::Parked("Nobody knows whether it was posted, and the site no longer says what it was.".into())
                }
                other => other,
            };
        }
        thread_on(thread, &key, &act, &verdict, self.ledger, record);
        Entry {
            key,
            channel: self.settings.name.clone(),
            record: record.clone(),
            kind: item.kind.name,
            event: happening.event,
            lang,
            version: happening.version.clone(),
            at: happening.at.timestamp(),
            title: item.best(lang).record.title().to_owned(),
            urgent: item.kind.name == "alert",
            verdict,
            job,
        }
    }

    fn verdict(&self, case: &Case<'_>, key: &Key, edition: Result<&&Edition, &String>, thread: Option<&Thread>) -> Verdict {
        let Case { item, record, happening, .. } = *case;
        if let Some(verdict) = verdict::by_ledger(self.ledger, record, key) {
            return verdict;
        }
        if !self.chosen {
            return Verdict::Skipped("This run is for other channels.".into());
        }
        let edition = match edition {
            Ok(edition) => edition,
            Err(why) => return Verdict::Skipped(why.clone()),
        };
        if let Some(why) = reach::not_told(item, edition, happening, self.settings) {
            return Verdict::Skipped(why);
        }
        if self.first && self.wish.baseline == Baseline::Take && happening.at.timestamp() <= self.site.now.at {
            return Verdict::Adopt("It was public before this channel was first used.".into());
        }
        if let Some(verdict) = verdict::by_guards(self.site, item, happening, thread.map(|thread| &thread.root)) {
            return verdict;
        }
        if self.wish.adopt { Verdict::Adopt("It was recorded as already known.".into()) } else { Verdict::Send }
    }

    /// What is done about a happening: the first post, a reply below it, or what `correct_by` says, where the platform can.
    fn act(&self, case: &Case<'_>, key: &Key, thread: Option<&Thread>) -> (Act, Option<String>) {
        let Some(thread) = thread else { return (Act::Post, None) };
        let head = thread.head.clone();
        // What has begun goes on in the same way: a replacement to its end, an edit as an edit.
        let removal = self.ledger.standing(case.record, &key.removal(0));
        if removal.is_some_and(|old| old.line.state != State::Queued) {
            return (Act::Replace { of: head }, None);
        }
        let standing = self.ledger.standing(case.record, key);
        let begun = standing.filter(|standing| matches!(standing.line.state, State::Sending | State::Unknown));
        if let Some(act) = begun.and_then(|standing| named(&standing.line.act, &head)) {
            return (act, None);
        }
        let happening = case.happening;
        let sent_at = self.ledger.standing(case.record, &head).and_then(|standing| standing.sent_at);
        let minutes = sent_at.map_or(0, |at| self.site.now.at.duration_since(at).as_mins()) + MARGIN;
        let can = self.channel.abilities();
        let changes = matches!(happening.event, Event::Corrected | Event::Withdrawn) || matches!(happening.note, Note::Revision(_));
        let edit = || Act::Edit { of: head.clone() };
        let reply = || match can.replies() {
            true => Act::Reply { to: head.clone(), root: head.clone() },
            false => Act::Post,
        };
        match self.settings.correct_by {
            // Where nothing can be said below a post, what has replaced it is said in it.
            _ if happening.event == Event::Superseded && !can.replies() && can.edits(minutes) => (edit(), None),
            _ if !changes => (reply(), None),
            CorrectBy::Reply => (reply(), None),
            CorrectBy::Edit if can.edits(minutes) => (edit(), None),
            CorrectBy::Replace if can.deletes(minutes) => (Act::Replace { of: head.clone() }, None),
            CorrectBy::Replace if can.edits(minutes) && can.deletes(0) => {
                (edit(), Some("The post is too old to be taken away there, so its text is changed.".into()))
            }
            CorrectBy::Replace if can.deletes(0) => (reply(), Some("The post is too old to be taken away there.".into())),
            // A wrong text that can neither be changed nor answered is better gone.
            CorrectBy::Edit if can.edits(0) && !can.replies() && can.deletes(minutes) => {
                let why = "The post is too old to be changed there and cannot be answered, so it is taken away.";
                (Act::Replace { of: head.clone() }, Some(why.into()))
            }
            CorrectBy::Edit if can.edits(0) => (reply(), Some("The post is too old to be changed there.".into())),
            CorrectBy::Edit | CorrectBy::Replace => (reply(), None),
        }
    }

    fn job(&self, announcement: Announcement, page: SafePath, thread: Option<&Thread>, findings: &mut Findings) -> Option<Box<Job>> {
        let after = match &announcement.act {
            Act::Edit { .. } | Act::Replace { .. } => thread.and_then(|thread| thread.change.clone()),
            _ => None,
        };
        let posts = self.channel.compose(&announcement).into_value(findings);
        let preview = self.channel.abilities().preview;
        (!posts.is_empty()).then(|| Box::new(Job { announcement, posts, page, after, instead: None, targets: Vec::new(), preview }))
    }

    /// The words of the record's topics, then those of the channel, each once.
    fn hashtags(&self, item: &Item, lang: Lang) -> Vec<String> {
        let topics = item.original().record.fields.texts("topics");
        let term = |id: &str| self.site.settings.topics.iter().find(|term| term.id == id);
        let of_topics = topics.filter_map(term).filter_map(|term| term.hashtag.exact(lang));
        let own = self.settings.hashtags.get(&lang).into_iter().flatten().map(String::as_str);
        let mut words: Vec<String> = Vec::new();
        for word in of_topics.chain(own).map(|word| word.trim_start_matches('#')) {
            let known = words.iter().any(|known| known.to_lowercase() == word.to_lowercase());
            words.extend((!known && !word.is_empty()).then(|| word.to_owned()));
        }
        words
    }

    fn announcement(&self, subject: &Subject<'_>, record: &RecordId, key: &Key, act: Act) -> Announcement {
        Announcement { key: key.clone(), channel: self.settings.name.clone(), news: self.news(subject, record, key), act }
    }

    fn news(&self, subject: &Subject<'_>, record: &RecordId, key: &Key) -> News {
        let edition = subject.edition;
        let link = self.site.settings.absolute(&edition.route.href());
        // Identifiers made from the date stay what they were at the first attempt.
        let happened = self.ledger.standing(record, key).and_then(|standing| standing.line.happened);
        News {
            record: record.clone(),
            kind: subject.item.kind.name,
            lang: edition.record.lang,
            event: subject.happening.event,
            version: subject.happening.version.clone(),
            at: happened.map_or(subject.happening.at, |at| Instant::utc(at).in_zone(&self.site.now.zone)),
            wordings: words::wordings(subject, &link, self.words),
            link,
            hashtags: self.hashtags(subject.item, edition.record.lang),
            card: Card { title: edition.record.title().to_owned(), description: edition.summary.clone() },
            images: images(self.site, edition),
            drawn: self.words.drawn(subject.item, edition),
            urgent: subject.item.kind.name == "alert",
        }
    }
}

/// The act that the ledger names, on the head of a thread.
fn named(act: &str, head: &Key) -> Option<Act> {
    let of = head.clone();
    match act {
        "post" => Some(Act::Post),
        "reply" => Some(Act::Reply { to: of.clone(), root: of }),
        "edit" => Some(Act::Edit { of }),
        _ => None,
    }
}

/// Takes an entry into its thread: the first one begins it, a replacement becomes what later ones refer to.
fn thread_on(thread: &mut Option<Thread>, key: &Key, act: &Act, verdict: &Verdict, ledger: &Ledger, record: &RecordId) {
    let Some(thread) = thread else {
        *thread = Some(Thread { head: key.clone(), change: None, root: verdict.clone() });
        return;
    };
    let goes = matches!(verdict, Verdict::Send | Verdict::Unknown(_) | Verdict::Done(_));
    match act {
        Act::Edit { .. } if goes => thread.change = Some(key.clone()),
        Act::Replace { .. } => {
            // Once the old post is gone, only the new one can be referred to.
            let begun = ledger.standing(record, &key.removal(0)).is_some_and(|standing| standing.line.state == State::Sent);
            // What was told in another way before the settings changed replaced nothing.
            let otherwise = matches!(verdict, Verdict::Done(_)) && !begun;
            if (goes || begun) && !otherwise {
                thread.head = key.clone();
                thread.change = Some(key.clone());
                thread.root = verdict.clone();
            }
        }
        _ => {}
    }
}

/// The pictures that the record wants to go with its posts, in its order.
fn images(site: &Site, edition: &Edition) -> Vec<Image> {
    let announce = edition.record.fields.map("announce");
    announce.into_iter().flat_map(|announce| announce.maps("image")).filter_map(|own| image(site, edition, own)).collect()
}

/// One of them, with words for those who do not see it.
fn image(site: &Site, edition: &Edition, own: &Fields) -> Option<Image> {
    let file = own.text("file")?;
    let folder = edition.record.source.path.folder();
    let path = SafePath::new(&if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }).ok()?;
    let (route, asset) = site.assets.iter().find(|(_, asset)| asset.path == path)?;
    let lang = edition.record.lang;
    let alt = match own.get("alt")? {
        Value::Named(texts) => words::named(texts, lang.as_str())?,
        other => other.text()?,
    };
    let size = asset.picture.as_ref().map(|picture| (picture.width, picture.height));
    let url = site.settings.absolute(&route.href());
    Some(Image { media_type: media_type(file)?, file: ImageFile::Source(asset.clone()), alt: alt.to_owned(), url, size })
}

fn media_type(file: &str) -> Option<&'static str> {
    Some(match file.rsplit('.').next()?.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        _ => return None,
    })
}
