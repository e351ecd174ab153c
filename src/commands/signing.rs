//! What `publish` and `build --sign` share: the state held, the keys read, the live site asked.

use super::command::{Desk, Exit, LogLevel};
use super::telling::state_error;
use crate::io::random;
use crate::io::secrets;
use crate::io::stores;
use crate::model::settings::Settings;
use crate::model::state::StateStore;
use crate::pipeline::logging::{Signer, live_checkpoint};
use crate::pipeline::telling::Earnest;
use crate::transparency::keys::SigningKey;

/// What a signing run holds: its state, locked, and what the live site shows.
pub struct Hold {
    /// The state.
    pub store: Box<dyn StateStore + Send>,
    keys: Vec<SigningKey>,
    live: Option<String>,
}

impl Hold {
    /// Whoever signs, with this hold.
    pub fn signer<'h>(&'h mut self, fresh: &'h mut (dyn FnMut() -> [u8; 32] + Send)) -> Signer<'h> {
        Signer { store: self.store.as_mut(), keys: self.keys.clone(), fresh, live: self.live.clone() }
    }
}

/// Random bytes for salts and ids.
pub fn fresh() -> impl FnMut() -> [u8; 32] + Send {
    random::bytes
}

/// Takes the state, reads the key and asks the live site; nothing for a site without a log, an exit where it may not go on.
pub fn hold(desk: &Desk, settings: &Settings, recover: bool, offline: bool) -> Result<Option<Hold>, Exit> {
    let Some(log) = &settings.log else { return Ok(None) };
    let fail = |message: String| {
        desk.report.say(LogLevel::Error, &message);
        Exit::Usage
    };
    if log.secrets.is_empty() {
        return Err(fail("error: `log.secret` does not say where the signing key is\n  help: Write `secret: env:PROMULGATE_LOG_KEY` below `log:`. Nothing was published.".into()));
    }
    let mut keys = Vec::new();
    for reference in &log.secrets {
        let secret = secrets::read(reference, &desk.root, &[]);
        let secret = secret.map_err(|error| fail(format!("error: the signing key of the log cannot be read: {error}\n  help: Only the publishing job has it. `promulgate build` needs none. Nothing was published.")))?;
        let Ok(key) = SigningKey::parse(secret.expose().trim()) else {
            return Err(fail("error: what `log.secret` names is no signing key\n  help: It begins with `PRIVATE+KEY+`, as `promulgate keygen` gave it. Nothing was published.".into()));
        };
        keys.push(key);
    }
    let mut store = stores::open(&desk.root, settings, recover);
    store.load().map_err(|error| state_error(&error, desk))?;
    let live = if offline {
        None
    } else {
        live_checkpoint(settings, &Earnest::new(&desk.root)).map_err(|why| {
            desk.report.say(
                LogLevel::Error,
                &format!("error: the live site could not be asked for its log: {why}\n  help: Run this again when it answers. `--offline-log` goes on without it, where you know that nobody else has published. Nothing was published."),
            );
            Exit::Environment
        })?
    };
    Ok(Some(Hold { store, keys, live }))
}
