//! In: the site. Out: for each file of the output, its path and a pure function that gives its bytes.
//!
//! A page is cheap and made at every build. A derivative (a card, a picture in another size) is dear: it is made once
//! and kept under a key, so its bytes may depend on nothing but that key and the file it is made from.

use crate::model::finding::Findings;
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use crate::model::route::SafePath;
use crate::model::source::Asset;

/// A page or file that could not be made; names the record and the template.
#[derive(Debug, thiserror::Error)]
#[error("{subject}: {message}")]
pub struct RenderFault {
    /// The record's file, or the name of the list.
    pub subject: String,
    /// What the template engine says, with template, line and field.
    pub message: String,
}

/// Makes the bytes of one output file into a reused buffer; findings made on the way (a broken link) come back.
pub type Render<'s> = Box<dyn Fn(&mut Vec<u8>) -> Result<Findings, RenderFault> + Send + Sync + 's>;

/// One output file: where it goes, who asked for it, how its bytes are made.
pub struct Recipe<'s> {
    /// Path below the output folder.
    pub path: SafePath,
    /// The file or list it is made from, for messages about clashes.
    pub subject: String,
    /// How its bytes are made: a pure function of the site.
    pub render: Render<'s>,
}

impl<'s> Recipe<'s> {
    /// A recipe whose making cannot fail and finds nothing.
    pub fn plain(path: SafePath, subject: impl Into<String>, bytes: impl Fn(&mut Vec<u8>) + Send + Sync + 's) -> Recipe<'s> {
        Recipe {
            path,
            subject: subject.into(),
            render: Box::new(move |out| {
                bytes(out);
                Ok(Findings::new())
            }),
        }
    }
}

impl std::fmt::Debug for Recipe<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recipe").field("path", &self.path).field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// Makes the bytes of a derivative from those of its file (none: empty). What is found on the way comes back; a
/// derivative about which something is found is not kept, so that the next build finds it again.
pub type Make<'s> = Box<dyn Fn(&[u8], &mut Vec<u8>) -> Result<Findings, RenderFault> + Send + Sync + 's>;

/// One output file that is dear to make.
pub struct Derivative<'s> {
    /// Path below the output folder. Where it is the address of `from` itself, it takes the place of the copy.
    pub path: SafePath,
    /// The file it is about, for messages.
    pub subject: String,
    /// The file it is made from.
    pub from: Option<&'s Asset>,
    /// All else that its bytes depend on, with a number for the way it is made; asked for late, on any thread.
    pub key: Box<dyn Fn() -> String + Send + Sync + 's>,
    /// How its bytes are made.
    pub make: Make<'s>,
    /// The record and language it belongs to, for a run that wants those of its news first.
    pub of: Option<(&'s RecordId, Lang)>,
}

impl std::fmt::Debug for Derivative<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Derivative").field("path", &self.path).field("subject", &self.subject).finish_non_exhaustive()
    }
}
