//! In: nothing. Out: what a channel can do, in the words in which the plan, `doctor` and the manual tell of it.

use serde::Serialize;

/// How a channel can be asked whether a post is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookUp {
    /// By an id that we chose before sending: the answer is certain at once.
    OwnId,
    /// By the link among the account's posts: "absent" counts only after the quiet time.
    Link,
    /// Not at all: an unknown outcome waits for a person.
    None,
}

/// What the platform itself does against a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dedupe {
    /// A key in a header, remembered for a while.
    Header,
    /// An id that the client chooses.
    ClientId,
    /// Two steps, of which the first leaves an id that can be asked for.
    TwoStep,
    /// It refuses the repeat and names the first post.
    RejectWithId,
    /// It refuses the repeat and does not say which post it repeats.
    RejectWithoutId,
    /// Nothing.
    None,
}

/// Whether a text can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// Text and pictures.
    Full,
    /// The text only.
    Text,
    /// For so many minutes.
    Within(u32),
    /// It is stored, but readers keep seeing the first version.
    Hidden,
    /// No.
    None,
}

/// Whether a post can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delete {
    /// Yes.
    Yes,
    /// For so many minutes.
    Within(u32),
    /// It can be asked for; who holds copies may keep them.
    Request,
    /// No.
    None,
}

/// Whether a post can be answered below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// With a post of its own in a thread.
    Native,
    /// With a comment.
    Comment,
    /// Only for some accounts.
    Restricted,
    /// No.
    None,
}

/// Where the preview under a link comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preview {
    /// The platform reads the page.
    Scraped,
    /// The post brings it.
    Supplied,
    /// There is none.
    None,
}

/// How many pictures go with one post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pictures {
    /// None; where their words have a place, they stand in the text.
    None,
    /// So many at most.
    UpTo(u32),
    /// As many as the record has.
    Any,
}

/// In what a text is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counter {
    /// Grapheme clusters: what a reader takes for one character.
    Graphemes,
    /// twitter-text's weights.
    Weighted,
    /// UTF-16 code units.
    Utf16,
    /// Unicode scalar values.
    Characters,
    /// UTF-8 bytes.
    Bytes,
}

/// How long a token lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Token {
    /// Until it is revoked.
    Lasting,
    /// A session of each run's own.
    Session,
    /// It ends; a person must make a new one.
    Ending,
    /// It is replaced when it is used, and the new one must be kept.
    Rotating,
}

/// What a channel can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Abilities {
    /// How a post is looked up.
    pub look_up: LookUp,
    /// What the platform does against a repeat.
    pub dedupe: Dedupe,
    /// Whether an edit is seen by readers.
    pub edit: Edit,
    /// Whether a post can be deleted.
    pub delete: Delete,
    /// Whether a post can be answered below.
    pub reply: Reply,
    /// How many pictures go with one post.
    pub pictures: Pictures,
    /// Whether a picture carries words for those who do not see it.
    pub alt: bool,
    /// Whether a post carries its language.
    pub lang: bool,
    /// Where the preview under a link comes from.
    pub preview: Preview,
    /// In what a text is counted.
    pub counter: Counter,
    /// How long a token lives.
    pub token: Token,
    /// Whether the platform fetches pictures from the public site, so that they must be live first.
    pub public_pictures: bool,
}

impl Abilities {
    /// A channel that can take a text, and nothing else is known of.
    pub const LEAST: Abilities = Abilities {
        look_up: LookUp::None,
        dedupe: Dedupe::None,
        edit: Edit::None,
        delete: Delete::None,
        reply: Reply::None,
        pictures: Pictures::None,
        alt: false,
        lang: false,
        preview: Preview::None,
        counter: Counter::Characters,
        token: Token::Lasting,
        public_pictures: false,
    };

    /// Whether readers see an edit of a post that is so many minutes old.
    pub fn edits(&self, minutes: i64) -> bool {
        match self.edit {
            Edit::Full | Edit::Text => true,
            Edit::Within(limit) => minutes < i64::from(limit),
            Edit::Hidden | Edit::None => false,
        }
    }

    /// Whether a post that is so many minutes old can be taken away.
    pub fn deletes(&self, minutes: i64) -> bool {
        match self.delete {
            Delete::Yes | Delete::Request => true,
            Delete::Within(limit) => minutes < i64::from(limit),
            Delete::None => false,
        }
    }

    /// Whether a post can be answered below.
    pub fn replies(&self) -> bool {
        matches!(self.reply, Reply::Native | Reply::Comment)
    }
}
