//! All tests of behaviour, in one binary.

#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout)]

#[path = "suite/announce/mod.rs"]
mod announce;
#[path = "suite/browser.rs"]
mod browser;
#[path = "suite/by_hand.rs"]
mod by_hand;
#[path = "suite/cap.rs"]
mod cap;
#[path = "suite/cards.rs"]
mod cards;
#[path = "suite/carousels.rs"]
mod carousels;
#[path = "suite/channels.rs"]
mod channels;
#[path = "suite/channels_linkedin.rs"]
mod channels_linkedin;
#[path = "suite/channels_meta.rs"]
mod channels_meta;
#[path = "suite/channels_meta_faults.rs"]
mod channels_meta_faults;
#[path = "suite/channels_plugin.rs"]
mod channels_plugin;
#[path = "suite/channels_telegram.rs"]
mod channels_telegram;
#[path = "suite/channels_viber.rs"]
mod channels_viber;
#[path = "suite/channels_vk.rs"]
mod channels_vk;
#[path = "suite/channels_weighted.rs"]
mod channels_weighted;
#[path = "suite/channels_x.rs"]
mod channels_x;
#[path = "suite/chat.rs"]
mod chat;
#[path = "suite/chat_hooks.rs"]
mod chat_hooks;
#[path = "suite/chat_proofs.rs"]
mod chat_proofs;
#[path = "suite/chat_rooms.rs"]
mod chat_rooms;
#[path = "suite/cli.rs"]
mod cli;
#[path = "suite/corpus.rs"]
mod corpus;
#[path = "suite/disk.rs"]
mod disk;
#[path = "suite/disk_serve.rs"]
mod disk_serve;
#[path = "suite/disk_staging.rs"]
mod disk_staging;
#[path = "suite/doctor.rs"]
mod doctor;
#[path = "suite/earnest.rs"]
mod earnest;
#[path = "suite/ending.rs"]
mod ending;
#[path = "suite/erasures/mod.rs"]
mod erasures;
#[path = "suite/feeds.rs"]
mod feeds;
#[path = "suite/fitting.rs"]
mod fitting;
#[path = "suite/formats.rs"]
mod formats;
#[path = "suite/history.rs"]
mod history;
#[path = "suite/hostile/mod.rs"]
mod hostile;
#[path = "suite/hosts.rs"]
mod hosts;
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
#[path = "suite/letters.rs"]
mod letters;
#[path = "suite/letters_notify.rs"]
mod letters_notify;
#[path = "suite/letters_postfix.rs"]
mod letters_postfix;
#[path = "suite/lives.rs"]
mod lives;
#[path = "suite/machines.rs"]
mod machines;
#[path = "suite/manual.rs"]
mod manual;
#[path = "suite/markdown.rs"]
mod markdown;
#[path = "suite/networks.rs"]
mod networks;
#[path = "suite/parsed.rs"]
mod parsed;
#[path = "suite/publish.rs"]
mod publish;
#[path = "suite/pull_request.rs"]
mod pull_request;
#[path = "suite/record_pages.rs"]
mod record_pages;
#[path = "suite/rehearsal.rs"]
mod rehearsal;
#[path = "suite/reliability/mod.rs"]
mod reliability;
#[path = "suite/rewrites.rs"]
mod rewrites;
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
#[path = "suite/secrets.rs"]
mod secrets;
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
#[path = "suite/stores.rs"]
mod stores;
#[path = "suite/stores_bench.rs"]
mod stores_bench;
#[path = "suite/stores_log.rs"]
mod stores_log;
#[path = "suite/stores_log_faults.rs"]
mod stores_log_faults;
#[path = "suite/stores_publish.rs"]
mod stores_publish;
#[path = "suite/supply.rs"]
mod supply;
#[path = "suite/theme.rs"]
mod theme;
#[path = "suite/theming.rs"]
mod theming;
#[path = "suite/tlog/mod.rs"]
mod tlog;
#[path = "suite/trusted.rs"]
mod trusted;
#[path = "suite/whole.rs"]
mod whole;
