//! In: a site. Out: the same publish as in earnest, against stand-ins, in a folder of its own.
//!
//! Nothing of the real state is touched: the ledger of the site is copied into the rehearsal's folder once, so that a
//! rehearsal shows what the next publish would do; a site without one is rehearsed from its first day on. A public log is
//! taken on there too, signed with a key that is made for the rehearsal: the body's own is not asked for.

use super::logging::Signer;
use super::telling::{Ways, no_secrets};
use super::{Built, Run, RunError, build, build_signed};
use crate::catalogue::CATALOGUE;
use crate::io::clock::SystemClock;
use crate::io::files;
use crate::io::outside::Outside;
use crate::io::random;
use crate::io::stores::{self, folder::FolderStore};
use crate::model::settings::ChannelSettings;
use crate::model::site::Site;
use crate::model::transport::{StateError, StateStore};
use crate::rehearsal::{Mishaps, RehearsalError, ServedSite, StandIns, serve_site};
use crate::transparency::keys::SigningKey;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many writes in a hundred go wrong when they are asked to.
const MISHAP_PERCENT: u64 = 5;

/// The folders of a rehearsal.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The rehearsal's own folder.
    pub folder: PathBuf,
}

impl Stage {
    /// Where the site is built.
    pub fn public(&self) -> PathBuf {
        self.folder.join("public")
    }

    /// Where the rehearsal's ledger lies.
    pub fn ledger(&self) -> PathBuf {
        self.folder.join("ledger")
    }

    /// Whether the site has told in earnest before; its ledger is copied here if this stage has none yet.
    pub fn borrow_ledger(&self, root: &Path) -> Result<bool, files::FileError> {
        let real = root.join("ledger");
        if !files::exists(&real) {
            return Ok(false);
        }
        if !files::exists(&self.ledger()) {
            files::copy_folder(&real, &self.ledger())?;
        }
        Ok(true)
    }

    /// The same where the state of the site is elsewhere: all its lines are copied here, if this stage has none yet.
    pub fn borrow_state(&self, root: &Path) -> Result<bool, StateError> {
        let state = super::state_of(root);
        if !state.is_remote() {
            return Ok(false);
        }
        if files::exists(&self.ledger()) { Ok(true) } else { stores::copy(root, &state, &self.ledger()) }
    }

    /// Builds the site as the public would see it; a log is signed.
    pub fn build(&self, run: &Run, step: &(dyn Fn() + Sync)) -> Result<Built, RunError> {
        let Some(log) = super::settings_of(&run.root).and_then(|settings| settings.log) else { return build(run, &self.public(), step) };
        let key = self.key(&log.origin)?;
        let (mut store, mut fresh) = (FolderStore::new(self.ledger()), random::bytes);
        store.load()?;
        build_signed(run, &self.public(), step, &mut Signer { store: &mut store, keys: vec![key], fresh: &mut fresh, live: None })
    }

    /// The key of this stage, made once: the next rehearsal goes on with the log of the one before.
    fn key(&self, origin: &str) -> Result<SigningKey, StateError> {
        let path = self.folder.join("log-key");
        let io = |error: files::FileError| StateError::Io { path: error.path.display().to_string(), source: error.source };
        let broken = || StateError::Io { path: path.display().to_string(), source: ErrorKind::InvalidData.into() };
        if !files::exists(&path) {
            files::make_folder(&self.folder).map_err(io)?;
            let made = SigningKey::from_seed(origin, random::bytes()).map_err(|_| broken())?;
            files::create_secret(&path, made.encode().expose()).map_err(io)?;
        }
        SigningKey::parse(files::read(&path).map_err(io)?.trim()).map_err(|_| broken())
    }
}

/// Stand-ins and the built site, running.
pub struct Troupe {
    root: PathBuf,
    public: PathBuf,
    site_url: String,
    stand_ins: StandIns,
    served: ServedSite,
}

impl Troupe {
    /// Starts them; `port` is the wall's. With a seed the stand-ins go wrong now and then, the same way each time.
    pub fn start(stage: &Stage, (run, site): (&Run, &Site), port: Option<u16>, seed: Option<u64>) -> Result<Troupe, RehearsalError> {
        let mishaps = seed.map_or_else(Mishaps::none, |seed| Mishaps::seeded(seed, MISHAP_PERCENT));
        let stand_ins = StandIns::start(&stage.folder.join("stand-ins"), port, mishaps.without_limits())?;
        let served = serve_site(&stage.public(), None)?;
        Ok(Troupe { root: run.root.clone(), public: stage.public(), site_url: site.settings.url.clone(), stand_ins, served })
    }

    /// The wall.
    pub fn wall_url(&self) -> String {
        self.stand_ins.wall_url()
    }

    /// The built site.
    pub fn site_url(&self) -> String {
        format!("{}/", self.served.url())
    }

    /// How many posts can be seen on the wall.
    pub fn posts(&self) -> usize {
        self.stand_ins.posts().len()
    }

    /// What the stand-ins did wrong in this run, and how often.
    pub fn mishaps(&self) -> BTreeMap<&'static str, usize> {
        self.stand_ins.mishaps()
    }
}

impl Ways for Troupe {
    fn out(&self, channel: &ChannelSettings) -> Outside {
        let platform = CATALOGUE.platforms.iter().find(|platform| platform.name == channel.platform);
        let hosts = platform.map(|platform| (platform.hosts)(&channel.own)).unwrap_or_default();
        self.stand_ins.outside(&self.root, channel, &hosts).with_site(&self.public)
    }

    fn pages(&self) -> Outside {
        Outside::in_rehearsal(&self.root, vec![(self.site_url.clone(), self.served.url())], no_secrets())
    }

    fn quiet(&self, _: &Site) -> Duration {
        // A stand-in stops with the run that it serves: what it has not got by then cannot arrive later.
        Duration::ZERO
    }

    fn clock(&self, site: &Site) -> SystemClock {
        SystemClock::at(site.now.at)
    }

    fn request(&self) -> Duration {
        Duration::ZERO
    }

    fn hub(&self) -> Option<Outside> {
        None
    }

    fn witnesses(&self) -> Option<Outside> {
        None
    }
}
