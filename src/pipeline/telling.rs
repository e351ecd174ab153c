//! In: a site, what was published, the state. Out: the plan of what is told, and after delivery what became of it.
//!
//! `plan` is what a reviewer reads; `tell` loads the state under its lock, makes the very same plan and delivers it. A
//! rehearsal differs in nothing but where requests go.

use super::hub;
use crate::announce::deliver::{Options, Outside, deliver};
use crate::announce::lane::Lane;
use crate::announce::outcome::Outcome;
use crate::announce::plan::{self, Plan, Wish};
use crate::announce::words::{Draft, Words};
use crate::catalogue::CATALOGUE;
use crate::channels::wordings::{self, Telling as Draught};
use crate::formats::cards::{Card, Studio};
use crate::io::clock::SystemClock;
use crate::io::http::Http;
use crate::io::live::HttpLive;
use crate::io::outside::{self, Programs};
use crate::io::process;
use crate::io::rotation;
use crate::model::announcement::{Image, ImageFile};
use crate::model::date::Stamp;
use crate::model::finding::{Checked, Findings};
use crate::model::lang::Lang;
use crate::model::ledger::Ledger;
use crate::model::manifest::Manifest;
use crate::model::settings::ChannelSettings;
use crate::model::site::{Edition, Item, Site};
use crate::model::transport::{Channel, Clock, Repair, Speak, StateError, StateStore, Transport};
use crate::text::dates::Dates;
use crate::text::{markdown, sentences};
use crate::transparency::time_stamp::ANSWER_LIMIT;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Where requests go: to the world, or to stand-ins on this machine.
pub trait Ways {
    /// The way out of a channel.
    fn out(&self, channel: &ChannelSettings) -> outside::Outside;
    /// The way to the site's own pages.
    fn pages(&self) -> outside::Outside;
    /// How long something sent earlier may still arrive.
    fn quiet(&self, site: &Site) -> Duration;
    /// How long a request of a run that has ended may still be on its way.
    fn request(&self) -> Duration;
    /// The clock of the run.
    fn clock(&self, site: &Site) -> SystemClock {
        let _ = site;
        SystemClock::default()
    }
    /// The way to the site's hub; none where no hub may be asked.
    fn hub(&self) -> Option<outside::Outside>;
    /// The way to witnesses of the log and to the service that stamps times; none where they may not be asked.
    fn witnesses(&self) -> Option<outside::Outside>;
}

/// How long a witness is waited for: what they sign is good to have, and nothing waits for it.
const WITNESS: Duration = Duration::from_secs(8);

/// To the world.
pub struct Earnest {
    /// The site's folder, in which secrets, plugins and pictures are found.
    root: PathBuf,
    /// The finished site, in which cards are found.
    public: PathBuf,
}

impl Earnest {
    /// For a site in this folder, finished in `public` below it.
    pub fn new(root: &Path) -> Earnest {
        Earnest { root: root.to_owned(), public: root.join("public") }
    }

    /// The same with the finished site elsewhere.
    pub fn with_site(self, public: &Path) -> Earnest {
        Earnest { public: public.to_owned(), ..self }
    }
}

impl Ways for Earnest {
    fn out(&self, channel: &ChannelSettings) -> outside::Outside {
        let (root, own) = (self.root.clone(), channel.clone());
        let read: outside::Secrets = Box::new(move |name| {
            let reference = own.secrets.get(name).ok_or_else(|| format!("`{name}` is not set for this channel"))?;
            rotation::current(reference, own.rotated.get(name), &root, &own.foreign).map_err(|error| error.to_string())
        });
        let (root, places) = (self.root.clone(), channel.rotated.clone());
        let keep: outside::Keeper = Box::new(move |name, value| match places.get(name) {
            Some(place) => rotation::keep(place, name, value, &root),
            None => outside::nowhere(name, value),
        });
        outside::Outside::in_earnest(&self.root, Http::new(), read).keeping(keep).with_site(&self.public)
    }

    fn pages(&self) -> outside::Outside {
        outside::Outside::in_earnest(&self.root, Http::new(), no_secrets())
    }

    fn quiet(&self, site: &Site) -> Duration {
        Duration::from_secs(u64::from(site.settings.announce.quiet_seconds))
    }

    fn request(&self) -> Duration {
        Duration::from_secs(30)
    }

    fn hub(&self) -> Option<outside::Outside> {
        Some(outside::Outside::in_earnest(&self.root, Http::new(), no_secrets()))
    }

    fn witnesses(&self) -> Option<outside::Outside> {
        Some(outside::Outside::in_earnest(&self.root, Http::new().within(WITNESS).up_to(ANSWER_LIMIT as u64), no_secrets()))
    }
}

/// Nobody needs a secret to look at a page.
pub fn no_secrets() -> outside::Secrets {
    Box::new(|name| Err(format!("nobody needs `{name}` to look at a page")))
}

/// A run that tells.
pub struct Telling<'t> {
    /// The site.
    pub site: &'t Site,
    /// Its folder.
    pub root: &'t Path,
    /// The files just published.
    pub manifest: &'t Manifest,
    /// What the run is asked for.
    pub wish: &'t Wish,
    /// Where requests go.
    pub ways: &'t dyn Ways,
    /// How long to wait for pages to answer.
    pub wait_live: Duration,
}

/// What a telling run did.
pub struct Told {
    /// The plan that was delivered.
    pub plan: Plan,
    /// What became of it.
    pub outcome: Outcome,
    /// What was mended in the state.
    pub repairs: Vec<Repair>,
    /// What was found while posts were composed.
    pub findings: Findings,
    /// What the hub was told; none for a site without one.
    pub hub: Option<hub::Told>,
}

/// The site's channels, opened, in the order of the settings.
pub fn crew(site: &Site, root: &Path) -> Vec<Box<dyn Channel>> {
    let programs: Arc<dyn Speak> = Arc::new(Programs::new(root));
    let open = |channel: &ChannelSettings| {
        let platform = CATALOGUE.platforms.iter().find(|platform| platform.name == channel.platform);
        (platform.expect("parsing lets only known platforms through").open)(channel, &programs)
    };
    site.settings.channels.iter().map(open).collect()
}

/// The plan of what would be told now.
pub fn plan(site: &Site, ledger: &Ledger, crew: &[Box<dyn Channel>], wish: &Wish) -> Checked<Plan> {
    let channels: Vec<(&ChannelSettings, &dyn Channel)> = site.settings.channels.iter().zip(crew.iter().map(AsRef::as_ref)).collect();
    plan::plan(site, ledger, &channels, &Pen::new(site), wish)
}

/// Plans under the state's lock and delivers.
pub fn tell(telling: &Telling<'_>, store: &mut (dyn StateStore + Send)) -> Result<Told, StateError> {
    let site = telling.site;
    let (ledger, repairs) = store.load()?;
    let crew = crew(site, telling.root);
    let mut findings = Findings::new();
    let plan = plan(site, &ledger, &crew, telling.wish).into_value(&mut findings);
    let mut clock = telling.ways.clock(site);
    let mut ways: Vec<(outside::Outside, SystemClock)> =
        site.settings.channels.iter().map(|channel| (telling.ways.out(channel), clock)).collect();
    let lanes = site.settings.channels.iter().zip(&crew).zip(&mut ways).map(|((settings, channel), (transport, clock))| Lane {
        name: settings.name.clone(),
        channel: channel.as_ref(),
        transport,
        clock,
    });
    let mut live = HttpLive::new(telling.ways.pages());
    let outside = Outside { lanes: lanes.collect(), live: &mut live, clock: &mut clock, manifest: telling.manifest };
    let mut outcome = deliver(&plan, ledger, store, outside, &options(telling));
    // News goes first: whoever follows a feed can wait for the posts of an alert, not the other way round.
    let mut way = telling.ways.hub();
    let out = way.as_mut().map(|way| way as &mut dyn Transport);
    let hub = match outcome.fault {
        _ if outcome.called_off => None,
        Some(_) => None,
        // What became of the posts is told, even where the store fails afterwards.
        None => hub::tell(telling, store, &mut hub::Doors { out, live: &mut live, clock: &mut telling.ways.clock(site) }).unwrap_or_else(
            |fault| {
                outcome.fault = Some(fault);
                None
            },
        ),
    };
    outcome.called_off = clock.is_called_off();
    Ok(Told { plan, outcome, repairs, findings, hub })
}

fn options(telling: &Telling<'_>) -> Options {
    Options {
        quiet: telling.ways.quiet(telling.site),
        request_limit: telling.ways.request(),
        wait_live: telling.wait_live,
        ..Options::new(format!("{}/{}", telling.site.now.at, process::own_id()))
    }
}

/// Work on words that `announce` leaves to other rooms.
struct Pen<'s> {
    site: &'s Site,
    dates: Dates,
    studio: OnceLock<Option<Studio<'s>>>,
}

impl<'s> Pen<'s> {
    fn new(site: &'s Site) -> Pen<'s> {
        Pen { site, dates: Dates::new(&site.settings.languages, site.settings.zone.clone()), studio: OnceLock::new() }
    }
}

impl Words for Pen<'_> {
    fn wordings(&self, draft: &Draft<'_>, render: &dyn Fn(&str) -> String) -> Vec<String> {
        let draught = Draught { summary: draft.summary, lang: draft.lang, places: &draft.places, link: draft.link };
        wordings::wordings(&draught, &|text| sentences::sentences(text, draft.lang), render)
    }

    fn plain(&self, markdown: &str) -> String {
        markdown::plain(markdown)
    }

    fn date(&self, lang: Lang, stamp: Stamp) -> String {
        self.dates.stamp(lang, stamp)
    }

    fn drawn(&self, item: &Item, edition: &Edition) -> Vec<Image> {
        // A theme whose cards cannot be drawn is a finding of the build, which comes first.
        let studio = self.studio.get_or_init(|| Studio::open(self.site).ok().flatten());
        let cards = studio.iter().flat_map(|studio| studio.drawn(item, edition));
        let image = |card: Card| Image {
            file: ImageFile::Finished(card.route.file()),
            media_type: card.media_type,
            alt: card.alt,
            url: self.site.settings.absolute(&card.route.href()),
            size: Some(card.size),
        };
        cards.map(image).collect()
    }
}
