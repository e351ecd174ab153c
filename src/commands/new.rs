//! `new KIND TITLE`: a file of the kind, every field explained, in the right place.

use super::command::{Desk, Exit, LogLevel};
use crate::assemble::Visibility;
use crate::catalogue::CATALOGUE;
use crate::io::files;
use crate::model::date::{Instant, Now};
use crate::model::kind::{Field, Kind, Need, Shape};
use crate::model::lang::Lang;
use crate::model::route::SafePath;
use crate::model::site::Site;
use crate::pipeline;
use unicode_normalization::UnicodeNormalization;

/// Makes a new record: a file with every field explained, in the right place.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The kind, such as decision.
    kind: String,
    /// The headline.
    title: String,
    /// A language other than the default: makes a translation of the record with this address.
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    /// The name in the address; made from the headline where none is given.
    #[arg(long, value_name = "NAME")]
    slug: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let Some(kind) = CATALOGUE.kinds.all.iter().copied().find(|kind| kind.name == args.kind) else {
        let names: Vec<&str> = CATALOGUE.kinds.all.iter().map(|kind| kind.name).collect();
        return usage(desk, &format!("there is no kind `{}`", args.kind), &format!("Write one of: {}.", names.join(", ")));
    };
    let run = desk.run(Visibility::Drafts);
    let loaded = match pipeline::load(&run) {
        Ok(loaded) => loaded,
        Err(error) => return desk.report.run_error(&error),
    };
    let Some(site) = loaded.site else {
        desk.report.findings(&loaded.findings);
        return Exit::Usage;
    };
    let settings = &site.settings;
    let lang = args.lang.unwrap_or(settings.default_lang());
    if !settings.languages.contains(&lang) {
        return usage(desk, &format!("`{lang}` is not a language of the site"), "Add it to `languages:` in promulgate.yaml.");
    }
    let now = Now { at: run.now, zone: settings.zone.clone() };
    let slug = args.slug.clone().unwrap_or_else(|| slug(&args.title));
    let translation = lang != settings.default_lang();
    let year = if matches!(kind.name, "service" | "page") { String::new() } else { format!("{}/", now.today().year()) };
    let ending = if translation { format!(".{lang}.md") } else { ".md".into() };
    let path = match SafePath::new(&format!("content/{}/{year}{slug}{ending}", kind.folder)) {
        Ok(path) => path,
        Err(error) => return usage(desk, &error.to_string(), "Give the address a name of its own with `--slug NAME`."),
    };
    match files::create(&desk.root.join(path.as_str()), &text(kind, (&args.title, &now.instant()), &site, translation)) {
        Ok(()) => {
            desk.report.out(path.as_str());
            desk.report.done("Remove the fields that you do not need; `promulgate check` tells what is missing.");
            Exit::Done
        }
        Err(error) => {
            desk.report.error(&error, "Choose another headline, or a name with `--slug NAME`.");
            Exit::Usage
        }
    }
}

fn usage(desk: &Desk, what: &str, help: &str) -> Exit {
    desk.report.say(LogLevel::Error, &format!("error: {what}\n  help: {help}"));
    Exit::Usage
}

/// A headline as the last part of an address: lower case, hyphens for what is neither letter nor digit.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let cut: String = slug.chars().take(60).collect();
    cut.trim_matches('-').to_owned()
}

/// The file: what is needed first, everything else as comments that say what it is for.
fn text(kind: &Kind, (title, now): (&str, &Instant), site: &Site, translation: bool) -> String {
    let mut out = String::from("---\n");
    let fields = || CATALOGUE.kinds.common.iter().chain(kind.fields).filter(|field| field.name != "kind" && (!translation || field.words));
    for field in fields().filter(|field| needed(field, translation)) {
        let value = match field.name {
            "title" => serde_json::to_string(title).unwrap_or_default(),
            "date" => now.to_string(),
            _ => first_of(field, site).unwrap_or_else(|| field.example.to_owned()),
        };
        out.push_str(&format!("# {}\n{}: {value}\n", field.about, field.name));
    }
    out.push_str("\n# Everything below may be left out. Remove the `#` before a key to use it.\n");
    for field in fields().filter(|field| !needed(field, translation)) {
        out.push_str(&format!("# {}\n#{}: {}\n", field.about, field.name, field.example));
    }
    out.push_str("---\n\n");
    out.push_str(kind.archetype);
    out
}

/// For a reference that is needed: a record of the site itself, since the example's is another town's.
fn first_of(field: &Field, site: &Site) -> Option<String> {
    let Shape::Ref(Some(kind)) = field.shape else { return None };
    site.items.iter().find(|item| item.kind.name == kind).map(|item| item.id.to_string())
}

/// What a file must say; of a correction's two forms, the rebuttal is written out.
fn needed(field: &Field, translation: bool) -> bool {
    matches!(field.name, "title" | "summary" | "claim" | "verdict" | "fact")
        || (!translation && (field.need == Need::Required || field.name == "date"))
}
