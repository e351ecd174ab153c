//! In: nothing. Out: what a kind of record is and what its fields may hold, as data.
//!
//! One table a kind serves everything: strict parsing, `new`'s archetype, JSON Schema, the data dictionary, the
//! template context. A field's `about` is what a writer reads.

/// A kind of record.
#[derive(Debug)]
pub struct Kind {
    /// Name in `kind:` and in messages, such as `decision`.
    pub name: &'static str,
    /// Folder below `content/`, such as `decisions`.
    pub folder: &'static str,
    /// Template of its page, such as `decision.html`.
    pub template: &'static str,
    /// One sentence: what it is for.
    pub about: &'static str,
    /// The fields that it shares with every kind.
    pub common: &'static [Field],
    /// Its own fields.
    pub fields: &'static [Field],
    /// The body that `new` writes: headings and hints in Markdown.
    pub archetype: &'static str,
}

/// A field of the front matter or of the settings.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it must be there (in the default language).
    pub need: Need,
    /// Whether it is made of words and so belongs into each language's file; all else is inherited.
    pub words: bool,
    /// What it says, one sentence for the writer.
    pub about: &'static str,
    /// A value as it would be typed.
    pub example: &'static str,
}

impl Field {
    /// An optional field that is the same in every language.
    pub const fn new(name: &'static str, shape: Shape, about: &'static str, example: &'static str) -> Field {
        Field { name, shape, need: Need::Optional, words: false, about, example }
    }

    /// An optional field of words, one text per language.
    pub const fn words(name: &'static str, shape: Shape, about: &'static str, example: &'static str) -> Field {
        Field { name, shape, need: Need::Optional, words: true, about, example }
    }

    /// The same field, required where another one has this word.
    pub const fn needed_where(self, other: &'static str, word: &'static str) -> Field {
        Field { need: Need::Where(other, word), ..self }
    }

    /// The same field, required.
    pub const fn required(self) -> Field {
        Field { need: Need::Required, ..self }
    }
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A record without it is an error.
    Required,
    /// It may be left out.
    Optional,
    /// It must be there where another field of the same settings has this word.
    Where(&'static str, &'static str),
}

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A string, kept exactly as typed.
    Text,
    /// Markdown.
    Markdown,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0.
    Count,
    /// A calendar day.
    Day,
    /// A date and time with its zone.
    Instant,
    /// A day or an instant.
    Stamp,
    /// An address: http, https, mailto, tel, or a path on the site.
    Url,
    /// A path on the site that redirects here, beginning with `/`.
    OldPath,
    /// A file that lies beside the record.
    File,
    /// One word of a closed list.
    Word(&'static [&'static str]),
    /// An id from a list in the settings.
    Id(Vocabulary),
    /// The id of another record; of one kind, where one is named.
    Ref(Option<&'static str>),
    /// A language tag.
    Lang,
    /// A secret by reference: `env:NAME`, `file:PATH` or `command:…`.
    Secret,
    /// A hex colour, `#0f5257`.
    Colour,
    /// A list.
    List(&'static Shape),
    /// One value or a list of them; kept as a list.
    OneOrMany(&'static Shape),
    /// Named fields.
    Map(&'static [Field]),
    /// Named fields, or `false` for "none, on purpose".
    MapOrOff(&'static [Field]),
    /// Any names of the site's own (ids, channel names, languages), each holding the shape.
    Named(&'static Shape),
    /// Text, or texts by language.
    Localised,
    /// Anything at all, handed to themes unread.
    Anything,
}

/// A controlled list in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vocabulary {
    /// Committees, boards and officers that decide.
    Bodies,
    /// What records are about.
    Topics,
    /// Whom records concern.
    Audiences,
    /// Where records matter.
    Places,
    /// Channels that news is told on.
    Channels,
}

impl Vocabulary {
    /// The key in `promulgate.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Vocabulary::Bodies => "bodies",
            Vocabulary::Topics => "topics",
            Vocabulary::Audiences => "audiences",
            Vocabulary::Places => "places",
            Vocabulary::Channels => "channels",
        }
    }
}
