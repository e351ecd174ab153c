//! In: the name of a theme. Out: its files, from `themes/NAME/` or from the program, the site's own files over them.
//!
//! A theme in the site's folder lies over the built-in one, file by file: what it leaves out is there all the same. The
//! site's `templates/` and `static/` replace the theme's file by file; its `messages/` come after the theme's, so
//! that a site can reword one string; its fonts for cards are asked first. Nothing is parsed here.

use crate::io::disk::{asset, plain, read_texts};
use crate::io::scan::{self, Found};
use crate::io::tree::Tree;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::route::SafePath;
use crate::model::source::{Asset, AssetBytes, FontBytes, Source, ThemeSources};
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The theme that the program carries.
pub const BUILT_IN: &str = "daylight";

/// Longest font of a card, in bytes.
const FONT_LIMIT: usize = 8 * 1024 * 1024;

static DAYLIGHT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/daylight");

/// The theme that the text of `promulgate.yaml` names, found without parsing: the value of a top-level `theme:`.
pub fn named_in(settings: &str) -> Option<String> {
    let value = settings.lines().find_map(|line| line.strip_prefix("theme:"))?;
    let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

/// A text file of the built-in theme, such as `messages/en.ftl`.
pub fn built_in(path: &str) -> Option<&'static str> {
    DAYLIGHT.get_file(path)?.contents_utf8()
}

/// Reads a theme: the folder `themes/NAME/` if the site has it, else the built-in one, with the site's files over it.
pub fn read(tree: &Tree, root: &Path, name: &str, out: &mut Findings) -> ThemeSources {
    let mut theme = Layers::default();
    // What a theme leaves out comes from the built-in one: a page that a later version brings works in every theme.
    theme.add_built_in();
    let folder = SafePath::new(&format!("themes/{name}")).ok().filter(|_| !name.contains('/'));
    match folder.filter(|folder| root.join(folder.as_str()).is_dir()) {
        Some(folder) => theme.add_folder(tree, root, &format!("{folder}/"), out),
        None if name != BUILT_IN => out.push(unknown(name)),
        None => {}
    }
    theme.add_folder(tree, root, "", out);
    theme.finish()
}

fn unknown(name: &str) -> Finding {
    let message = format!("There is no theme `{name}`: the site has no folder `themes/{name}/`.");
    let help = format!("Write `theme: {BUILT_IN}` for the built-in theme, or add the folder.");
    Finding::error("unknown-theme", Place::field(crate::io::disk::SETTINGS, "theme"), message, help)
}

#[derive(Default)]
struct Layers {
    templates: BTreeMap<SafePath, Source>,
    messages: Vec<Source>,
    statics: BTreeMap<SafePath, Asset>,
    tokens: Option<Source>,
    cards: BTreeMap<SafePath, Source>,
    fonts: Vec<(String, FontBytes)>,
}

impl Layers {
    fn add_folder(&mut self, tree: &Tree, root: &Path, base: &str, out: &mut Findings) {
        for source in read_texts(tree, scan::files(root, &format!("{base}templates"), out), out) {
            self.template(below(&source.path, base, "templates"), source);
        }
        for found in scan::files(root, &format!("{base}static"), out) {
            let name = below(&found.path, base, "static");
            self.statics.extend(asset(tree, found, out).map(|asset| (name, asset)));
        }
        let mut messages = scan::files(root, &format!("{base}messages"), out);
        messages.retain(|found| found.path.as_str().ends_with(".ftl"));
        self.messages.extend(read_texts(tree, messages, out));
        self.add_cards(tree, root, base, out);
        let tokens = format!("{base}theme.yaml");
        if !base.is_empty() && root.join(&tokens).symlink_metadata().is_ok() {
            let path = SafePath::new(&tokens).expect("a name below a safe path is a safe path");
            self.tokens = read_texts(tree, vec![Found { path, spelled: tokens }], out).pop().or(self.tokens.take());
        }
    }

    fn template(&mut self, name: SafePath, source: Source) {
        self.templates.insert(name.clone(), Source { path: name, text: source.text });
    }

    fn add_cards(&mut self, tree: &Tree, root: &Path, base: &str, out: &mut Findings) {
        let (fonts, mut others): (Vec<Found>, Vec<Found>) =
            scan::files(root, &format!("{base}cards"), out).into_iter().partition(|found| is_font(found.path.as_str()));
        others.retain(|found| found.path.as_str().ends_with(".svg"));
        for source in read_texts(tree, others, out) {
            let name = below(&source.path, base, "cards");
            self.cards.insert(name.clone(), Source { path: name, text: source.text });
        }
        let mut read = Vec::new();
        for found in fonts {
            let mut bytes = Vec::new();
            match tree.read_into(&found.spelled, FONT_LIMIT, &mut bytes) {
                Ok(true) => read.push((found.path.name().to_owned(), Arc::new(Cow::Owned(bytes)))),
                Ok(false) => out.push(scan::unreadable(found.path.as_str(), "it is longer than 8 MiB")),
                Err(error) => out.push(scan::unreadable(found.path.as_str(), &plain(&error))),
            }
        }
        self.add_fonts(read);
    }

    /// Fonts of an outer layer come first, and one replaces its namesake.
    fn add_fonts(&mut self, mut fonts: Vec<(String, FontBytes)>) {
        self.fonts.retain(|(name, _)| !fonts.iter().any(|(own, _)| own == name));
        fonts.append(&mut self.fonts);
        self.fonts = fonts;
    }

    fn add_built_in(&mut self) {
        let mut files = Vec::new();
        gather(&DAYLIGHT, &mut files);
        let mut fonts: Vec<(String, FontBytes)> = Vec::new();
        for (path, bytes) in files {
            let text = || Source { path: path.clone(), text: String::from_utf8_lossy(bytes).into() };
            match path.as_str().split('/').next() {
                Some("templates") => self.template(below(&path, "", "templates"), text()),
                Some("messages") if path.as_str().ends_with(".ftl") => self.messages.push(text()),
                Some("static") => {
                    let asset = Asset { path: path.clone(), bytes: AssetBytes::BuiltIn(bytes), picture: None };
                    self.statics.insert(below(&path, "", "static"), asset);
                }
                Some("cards") if is_font(path.as_str()) => fonts.push((path.name().to_owned(), Arc::new(Cow::Borrowed(bytes)))),
                Some("cards") if path.as_str().ends_with(".svg") => {
                    let name = below(&path, "", "cards");
                    self.cards.insert(name.clone(), Source { path: name, ..text() });
                }
                Some("theme.yaml") => self.tokens = Some(text()),
                _ => {}
            }
        }
        self.add_fonts(fonts);
    }

    fn finish(self) -> ThemeSources {
        ThemeSources {
            templates: self.templates.into_values().collect(),
            messages: self.messages,
            statics: self.statics.into_iter().collect(),
            card_templates: self.cards.into_values().collect(),
            card_fonts: self.fonts,
            tokens: self.tokens,
        }
    }
}

fn is_font(path: &str) -> bool {
    path.ends_with(".ttf") || path.ends_with(".otf")
}

fn below(path: &SafePath, base: &str, folder: &str) -> SafePath {
    let name = &path.as_str()[base.len() + folder.len() + 1..];
    SafePath::new(name).expect("what lies below a safe path is a safe path")
}

fn gather(folder: &Dir<'static>, out: &mut Vec<(SafePath, &'static [u8])>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let hidden = scan::is_leftover(path.rsplit('/').next().unwrap_or_default());
        out.extend(SafePath::new(&path).ok().filter(|_| !hidden).map(|path| (path, file.contents())));
    }
    for folder in folder.dirs() {
        gather(folder, out);
    }
    out.sort();
}
