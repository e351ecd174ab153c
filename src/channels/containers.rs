//! Meta's two steps, for Instagram and Threads. In: the body of a container. Out: one published post, whatever breaks off.
//!
//! Several pictures are a carousel: each is a container of its own, and the one that is published names them. Those ids are
//! noted one by one too, so a run that broke off goes on where it stood.
//!
//! A container is what will be posted; nobody sees it until it is published, and it can be published once. Its id is noted
//! before that is asked for, so the next attempt goes on with the same container, and its status tells whether it is done:
//! <https://developers.facebook.com/docs/instagram-platform/content-publishing/>,
//! <https://developers.facebook.com/docs/threads/posts/>.

use crate::channels::answers::{Step, silence, text};
use crate::channels::graph::Graph;
use crate::model::announcement::hex;
use crate::model::ledger::Receipt;
use crate::model::transport::{SendError, Transport};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How often a container that is being worked on is asked for before the attempt ends.
const POLLS: usize = 3;
/// When to ask again.
const PAUSE: Duration = Duration::from_secs(30);
/// Names of the notes: the container, the one that was told to be published, and the pictures of a carousel.
const CONTAINER: &str = "container";
const PUBLISHING: &str = "publishing";
const PICTURE: &str = "picture";
/// The field with what a carousel shows: in our bodies what each picture's container is made of, on the wire their ids.
pub const CHILDREN: &str = "children";

/// The two steps of one network, for one user.
pub struct Press<'p> {
    /// The way there.
    pub graph: &'p Graph,
    /// The user's id.
    pub user: &'p str,
    /// The step that makes a container.
    pub make: &'static str,
    /// The step that publishes it.
    pub publish: &'static str,
    /// The field with the status of a container, and the one with more words about it.
    pub status: (&'static str, &'static str),
}

/// What came of publishing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// It was published just now, and this is its id.
    Now(String),
    /// It had been published by an earlier attempt.
    Before,
}

/// How a container stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is being worked on.
    Working,
    /// It can be published.
    Ready,
    /// It is published.
    Published,
    /// It never will be, with the network's words.
    Spoilt(String),
}

impl Press<'_> {
    /// Makes a container, or goes on with the one that is noted, and publishes it.
    pub fn run(&self, body: &Value, out: &mut dyn Transport) -> Result<Published, SendError> {
        let mark = mark(body);
        let container = match noted(CONTAINER, out) {
            None => self.container(body, &mark, out)?,
            Some((known, of)) => match self.standing(&known, out)? {
                Standing::Published => return Ok(Published::Before),
                Standing::Spoilt(_) => self.container(body, &mark, out)?,
                // Made of earlier words, and nobody has been asked to publish it: it is left to expire.
                _ if of != mark && out.noted(PUBLISHING).as_deref() != Some(&known) => self.container(body, &mark, out)?,
                _ => known,
            },
        };
        if self.until_ready(&container, out)? == Standing::Published {
            return Ok(Published::Before);
        }
        out.note(PUBLISHING, &container).map_err(|error| silence(error, Step::Before))?;
        let path = format!("{}/{}", self.user, self.publish);
        let refused = match self.graph.post(&path, &json!({"creation_id": container}), Step::Post, out) {
            Ok(answer) => return Ok(Published::Now(text(&answer, "id", Step::Post)?.to_owned())),
            Err(trouble) => SendError::from(trouble),
        };
        // An earlier request may have been slower than we: then this one is refused, and the post is there.
        if matches!(refused, SendError::Refused { .. }) && self.standing(&container, out).is_ok_and(|now| now == Standing::Published) {
            return Ok(Published::Before);
        }
        Err(refused)
    }

    /// How the noted container stands, if there is one.
    pub fn look(&self, out: &mut dyn Transport) -> Result<Option<Standing>, SendError> {
        noted(CONTAINER, out).map(|(known, _)| self.standing(&known, out)).transpose()
    }

    /// Makes the container of a post, those of its pictures first where they are several.
    fn container(&self, body: &Value, mark: &str, out: &mut dyn Transport) -> Result<String, SendError> {
        let Some(pictures) = body[CHILDREN].as_array() else { return self.make(CONTAINER, body, mark, out) };
        let ids = self.pictures(pictures, out)?;
        let mut body = body.clone();
        body[CHILDREN] = json!(ids.join(","));
        self.make(CONTAINER, &body, mark, out)
    }

    /// The containers of a carousel's pictures, each worked on to its end: noted ones where they can still be used. All are
    /// asked for before the first is waited for, since the network works on them side by side.
    fn pictures(&self, pictures: &[Value], out: &mut dyn Transport) -> Result<Vec<String>, SendError> {
        let ids = pictures.iter().enumerate().map(|(at, body)| {
            let (name, mark) = (format!("{PICTURE}-{at}"), mark(body));
            match noted(&name, out).filter(|(_, of)| *of == mark) {
                Some((known, _)) if !matches!(self.standing(&known, out)?, Standing::Spoilt(_)) => Ok(known),
                _ => self.make(&name, body, &mark, out),
            }
        });
        let ids = ids.collect::<Result<Vec<_>, SendError>>()?;
        for id in &ids {
            self.until_ready(id, out)?;
        }
        Ok(ids)
    }

    fn make(&self, name: &str, body: &Value, mark: &str, out: &mut dyn Transport) -> Result<String, SendError> {
        let answer = self.graph.post(&format!("{}/{}", self.user, self.make), body, Step::Before, out)?;
        let id = text(&answer, "id", Step::Before)?.to_owned();
        out.note(name, &format!("{id} {mark}")).map_err(|error| silence(error, Step::Before))?;
        Ok(id)
    }

    fn until_ready(&self, container: &str, out: &mut dyn Transport) -> Result<Standing, SendError> {
        for _ in 0..POLLS {
            match self.standing(container, out)? {
                Standing::Working => {}
                Standing::Spoilt(why) => return Err(spoilt(why)),
                standing => return Ok(standing),
            }
        }
        Err(SendError::Retry { after: Some(PAUSE), reason: "the network is still working on the post".into() })
    }

    fn standing(&self, container: &str, out: &mut dyn Transport) -> Result<Standing, SendError> {
        let (status, words) = self.status;
        let answer = match self.graph.get(container, &[("fields", &format!("id,{status},{words}"))], out) {
            Err(trouble) if trouble.is_missing() => return Ok(Standing::Spoilt("EXPIRED".into())),
            answer => answer?,
        };
        let words = answer[words].as_str().filter(|words| !words.is_empty());
        Ok(match answer[status].as_str() {
            Some("FINISHED") => Standing::Ready,
            Some("PUBLISHED") => Standing::Published,
            Some(word @ ("ERROR" | "EXPIRED")) => Standing::Spoilt(words.unwrap_or(word).to_owned()),
            _ => Standing::Working,
        })
    }
}

/// A container that came to nothing: a picture that could not be fetched in time may be fetched later, one of the wrong
/// kind never.
fn spoilt(why: String) -> SendError {
    let passing = ["EXPIRED", "ERROR", "UNKNOWN", "DOWNLOAD", "2207001", "2207003", "2207020", "2207032", "2207052"];
    let reason = format!("the network could not make the post: {why}");
    match passing.iter().any(|word| why.contains(word)) && !["2207004", "2207009", "2207051"].iter().any(|code| why.contains(code)) {
        true => SendError::Retry { after: Some(PAUSE), reason },
        false => SendError::Refused { reason },
    }
}

/// A post that is there, the network does not say where.
pub fn nowhere() -> Receipt {
    Receipt { id: String::new(), url: String::new(), version_id: String::new() }
}

/// A noted container, and what it was made of.
fn noted(name: &str, out: &dyn Transport) -> Option<(String, String)> {
    let note = out.noted(name)?;
    let (id, mark) = note.split_once(' ').unwrap_or((&note, ""));
    Some((id.to_owned(), mark.to_owned()))
}

fn mark(body: &Value) -> String {
    hex(&Sha256::digest(body.to_string().as_bytes())[..8])
}
