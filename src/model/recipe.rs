//! In: the site. Out: for each file of the output, its path and a pure function that gives its bytes.

use crate::model::finding::Findings;
use crate::model::route::SafePath;

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
