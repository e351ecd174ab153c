//! A town with one channel that publishes in earnest: its site is served on this machine, and what happened before November is
//! known to have been told.

#![allow(clippy::unwrap_used)]

use crate::sandbox::Sandbox;
use promulgate::rehearsal::{ServedSite, serve_site};

/// The town.
pub struct Town {
    pub sandbox: Sandbox,
    pub site: ServedSite,
}

impl Town {
    /// A town whose channel `news` has these settings, such as `platform: email, to: …`.
    pub fn new(channel: &str) -> Town {
        let sandbox = Sandbox::new();
        let site = serve_site(&sandbox.path("public"), None).unwrap();
        sandbox.write("ledger/state.json", br#"{"v":1,"baselines":{"news":"2026-11-01T00:00:00Z"},"files":{}}"#);
        let town = Town { sandbox, site };
        town.set(channel);
        town
    }

    /// Gives the channel other settings.
    pub fn set(&self, channel: &str) {
        let settings = format!(
            "title: Norrvik\nurl: {}\nlanguages: [sv]\ncards: false\nsearch: 'off'\ntime_zone: Europe/Stockholm\n\
             announce: {{max: 1000, quiet_seconds: 0}}\nchannels:\n  news: {{{channel}}}\n",
            self.site.url()
        );
        self.sandbox.write("promulgate.yaml", settings.as_bytes());
    }

    /// Takes a decision; `more` are lines of its front matter. Gives the address of its page.
    pub fn decide(&self, name: &str, title: &str, summary: &str, more: &str) -> String {
        let text = format!(
            "---\ntitle: {title}\nsummary: {summary}\ndate: 2026-11-20\ndecided: 2026-11-20\ndecision: Det blir så.\n{more}---\n\nText.\n"
        );
        self.sandbox.write(&format!("content/decisions/2026/{name}.md"), text.as_bytes());
        format!("{}/decisions/2026/{name}/", self.site.url())
    }
}
