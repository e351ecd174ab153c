//! `headers HOST`: what a web server must send with the files of the site, in its own words.

use super::command::{Desk, Exit};
use crate::assemble::Visibility;
use crate::formats::headers::{self, Dialect};
use crate::pipeline;
use clap::ValueEnum;

/// Prints what a web server must send with the files of the site: nginx, Apache, Caddy, or hosts that read `_headers`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The web server.
    #[arg(value_enum, value_name = "HOST")]
    host: Host,
}

/// A web server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Host {
    /// Lines for a `server` block.
    Nginx,
    /// Lines for a virtual host or an `.htaccess` file.
    Apache,
    /// Lines for a site block of a Caddyfile.
    Caddy,
    /// The file `_headers`, which every build writes.
    #[value(alias = "cloudflare")]
    Netlify,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let loaded = match pipeline::load(&desk.run(Visibility::Public)) {
        Ok(loaded) => loaded,
        Err(error) => return desk.report.run_error(&error),
    };
    let Some(site) = &loaded.site else {
        desk.report.findings(&loaded.findings);
        return Exit::Content;
    };
    let dialect = match args.host {
        Host::Nginx => Dialect::Nginx,
        Host::Apache => Dialect::Apache,
        Host::Caddy => Dialect::Caddy,
        Host::Netlify => Dialect::Netlify,
    };
    desk.report.out(headers::text(site, dialect).trim_end());
    Exit::Done
}
