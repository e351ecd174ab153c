//! The project's own example, read and assembled, for tests of what is written out.

use promulgate::assemble::{Parts, Visibility, site as assemble, theme};
use promulgate::io::disk::read_site;
use promulgate::kinds::{KINDS, common::COMMON};
use promulgate::model::date::{Instant, Now};
use promulgate::model::finding::Findings;
use promulgate::model::site::Site;
use promulgate::parse::{self, Kinds};

/// The example as a site.
pub struct Example {
    /// The site.
    pub site: Site,
}

/// Norrvik on 19 November 2026 at noon.
pub fn example() -> Example {
    example_at("2026-11-19T11:00:00Z")
}

/// Norrvik at another time.
pub fn example_at(now: &str) -> Example {
    let mut findings = Findings::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = read_site(root).unwrap().into_value(&mut findings);
    let platforms = promulgate::catalogue::CATALOGUE.platform_fields();
    let settings = parse::settings::settings(sources.settings.as_ref().unwrap(), KINDS, &platforms).into_value(&mut findings).unwrap();
    let kinds = Kinds { all: KINDS, common: COMMON };
    let records = sources.records.iter().filter_map(|source| parse::record(source, &settings, kinds).into_value(&mut findings)).collect();
    let records = parse::join(records, &Default::default(), (&settings, kinds), &mut findings);
    let (theme, messages) = theme(&sources.theme, &settings).into_value(&mut findings);
    let now = Now { at: now.parse::<Instant>().unwrap().timestamp(), zone: settings.zone.clone() };
    let parts = Parts {
        settings,
        now,
        visibility: Visibility::Public,
        theme,
        messages,
        records,
        assets: sources.assets,
        posted: Default::default(),
        broken: Default::default(),
    };
    Example { site: assemble(parts).into_value(&mut findings) }
}
