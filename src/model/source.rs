//! In: the files of a site as read. Out: their paths and texts, before anything is understood.

use crate::model::picture::Picture;
use crate::model::route::SafePath;
use std::borrow::Cow;
use std::sync::Arc;

/// The bytes of a font that draws cards, from the program or from a file.
pub type FontBytes = Arc<Cow<'static, [u8]>>;

/// A text file below the site's root.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the root, such as `content/decisions/2026/night-buses.md`.
    pub path: SafePath,
    /// The text as read: valid UTF-8, without a byte order mark, line ends as they were.
    pub text: Arc<str>,
}

/// A file that is copied to the output unread: an attachment, a theme's font, a site's logo.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path below the root; for a built-in theme, below the theme.
    pub path: SafePath,
    /// Where its bytes are.
    pub bytes: AssetBytes,
    /// What picture it is, if it is one.
    pub picture: Option<Picture>,
}

/// Where the bytes of an asset are.
#[derive(Debug, Clone)]
pub enum AssetBytes {
    /// In the site's folder, to be read when it is copied; length in bytes as seen by the scan.
    Disk(u64),
    /// In the program.
    BuiltIn(&'static [u8]),
}

impl Asset {
    /// Length in bytes.
    pub fn len(&self) -> u64 {
        match self.bytes {
            AssetBytes::Disk(length) => length,
            AssetBytes::BuiltIn(bytes) => bytes.len() as u64,
        }
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Everything that a run reads from disk before it thinks.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `promulgate.yaml`, if there is one.
    pub settings: Option<Source>,
    /// Markdown files below `content/`, by path.
    pub records: Vec<Source>,
    /// Files `RECORD.erased.yaml` below `content/`: the records whose text was taken out for good.
    pub tombstones: Vec<Source>,
    /// Every other file below `content/`, by path.
    pub assets: Vec<Asset>,
    /// The theme's files and, over them, the site's own `templates/` and `static/`.
    pub theme: ThemeSources,
}

/// The text and bytes of a theme, the site's own files already in place of the theme's.
#[derive(Debug, Clone, Default)]
pub struct ThemeSources {
    /// Templates by name below `templates/`, such as `decision.html`.
    pub templates: Vec<Source>,
    /// Fluent files; the name is the language, such as `messages/sv.ftl`. A site's own come after the theme's.
    pub messages: Vec<Source>,
    /// Files that are copied as they are, by path below `static/`, and where each lies.
    pub statics: Vec<(SafePath, Asset)>,
    /// Templates of cards, by name below `cards/`.
    pub card_templates: Vec<Source>,
    /// Fonts of cards, by name below `cards/fonts/`: the site's own first, the built-in theme's last.
    pub card_fonts: Vec<(String, FontBytes)>,
    /// `theme.yaml`.
    pub tokens: Option<Source>,
}
