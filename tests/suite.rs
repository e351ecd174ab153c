//! All tests of behaviour, in one binary.

#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout)]

#[path = "suite/announce/mod.rs"]
mod announce;
#[path = "suite/browser.rs"]
mod browser;
#[path = "suite/cap.rs"]
mod cap;
#[path = "suite/cards.rs"]
mod cards;
#[path = "suite/channels.rs"]
mod channels;
#[path = "suite/channels_plugin.rs"]
mod channels_plugin;
#[path = "suite/cli.rs"]
mod cli;
#[path = "suite/disk.rs"]
mod disk;
#[path = "suite/disk_serve.rs"]
mod disk_serve;
#[path = "suite/disk_staging.rs"]
mod disk_staging;
#[path = "suite/feeds.rs"]
mod feeds;
#[path = "suite/formats.rs"]
mod formats;
#[path = "suite/hub.rs"]
mod hub;
#[path = "suite/images/mod.rs"]
mod images;
#[path = "suite/import.rs"]
mod import;
#[path = "suite/judges.rs"]
mod judges;
#[path = "suite/kill.rs"]
mod kill;
#[path = "suite/languages.rs"]
mod languages;
#[path = "suite/ledger.rs"]
mod ledger;
#[path = "suite/machines.rs"]
mod machines;
#[path = "suite/manual.rs"]
mod manual;
#[path = "suite/markdown.rs"]
mod markdown;
#[path = "suite/parsed.rs"]
mod parsed;
#[path = "suite/publish.rs"]
mod publish;
#[path = "suite/record_pages.rs"]
mod record_pages;
#[path = "suite/rehearsal.rs"]
mod rehearsal;
#[path = "suite/reliability/mod.rs"]
mod reliability;
#[path = "suite/rules.rs"]
mod rules;
#[path = "suite/sandbox.rs"]
mod sandbox;
#[path = "suite/sandbox_site.rs"]
mod sandbox_site;
#[path = "suite/search.rs"]
mod search;
#[path = "suite/search_page.rs"]
mod search_page;
#[path = "suite/serve.rs"]
mod serve;
#[path = "suite/served.rs"]
mod served;
#[path = "suite/servers.rs"]
mod servers;
#[path = "suite/site_pages.rs"]
mod site_pages;
#[path = "suite/sites.rs"]
mod sites;
#[path = "suite/theme.rs"]
mod theme;
#[path = "suite/theming.rs"]
mod theming;
#[path = "suite/whole.rs"]
mod whole;
