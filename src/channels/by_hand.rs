//! Networks without an interface, and accounts where a person presses the button. In: announcements. Out: a kit for that
//! person: the text, the link, the pictures with their words, and what to do, in a folder below `handover/`.
//!
//! WhatsApp channels, Signal and posts on YouTube have no official interface (YouTube's ended on 18 May 2020,
//! <https://developers.google.com/youtube/v3/revision_history>). Nothing is taken as told before a person says so:
//! `promulgate resolve KEY --posted URL` closes it. Each deed has one folder, so a repeat writes the same kit again.

use crate::channels::by_hand_kit;
use crate::channels::channel::Platform;
use crate::channels::fit::{self, Rule};
use crate::channels::text;
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Abilities, CallError, Channel, Deed, Delete, Edit, Pictures, Post, Proof, Reply, SendError, Transport};
use serde_json::json;

/// Characters of a text where the settings name no other number: what a phone shows without unfolding is less, and none
/// of these networks documents a limit below it.
const LIMIT: usize = 700;

/// Posting by hand.
pub static PLATFORM: Platform = Platform {
    name: "by-hand",
    about: "A network without an interface, where a person posts by hand from a kit: WhatsApp channels, Signal, YouTube.",
    fields: &[
        Field::new("network", Shape::Word(&["whatsapp-channel", "signal", "youtube", "other"]), "Which network.", "whatsapp-channel")
            .required(),
        Field::new("where", Shape::Text, "Where to post, for people: an address or a name.", "https://whatsapp.com/channel/0029example")
            .required(),
        Field::new("limit", Shape::Count, "Most characters of the text, if not 700.", "1500"),
    ],
    abilities: ABILITIES,
    terms: &[
        "WhatsApp, Signal and YouTube offer no interface for posts. Have a person post from the kit; tools that drive the app may cost the account.",
    ],
    hosts: |_| vec!["handover:".into()],
    open: |settings, _| Box::new(ByHand::new(settings)),
};

const ABILITIES: Abilities =
    Abilities { pictures: Pictures::Any, edit: Edit::Full, delete: Delete::Yes, reply: Reply::Native, alt: true, ..Abilities::LEAST };

/// A place where a person posts.
pub struct ByHand {
    network: String,
    place: String,
    account: String,
    limit: usize,
}

impl ByHand {
    fn new(settings: &ChannelSettings) -> ByHand {
        let own = |name: &str| settings.own.text(name).unwrap_or_default().to_owned();
        let (network, place) = (own("network"), own("where"));
        let limit = settings.own.count("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LIMIT);
        ByHand { account: format!("{network}:{place}"), network, place, limit }
    }
}

impl Channel for ByHand {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let count = |text: &str| text::characters(text, self.limit);
        fit::posts(announcement, &Rule { count: &count, tags: false, thread: false }, |_, text| {
            let images: Vec<Image> = news.images.iter().chain(&news.drawn).cloned().collect();
            let names: Vec<&str> = images.iter().map(|image| image.path().as_str()).collect();
            let payload = json!({"network": self.network, "where": self.place, "text": text, "link": news.link, "pictures": names});
            Post { images, ..Post::new(announcement, &text, count(&text), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let kit = by_hand_kit::kit((&self.network, &self.place), post, deed, key);
        let images: &[Image] = if matches!(deed, Deed::Delete(_)) { &[] } else { &post.images };
        let place = out.hand_over(&kit, images).map_err(|error| match error {
            // A kit that is written twice is still one kit.
            CallError::NotSent(reason) | CallError::Lost(reason) => SendError::Retry { after: None, reason },
        })?;
        match out.in_earnest() {
            true => Err(SendError::Person { reason: by_hand_kit::told(&kit, &place, key) }),
            false => Ok(Some(Receipt { id: place, url: String::new(), version_id: String::new() })),
        }
    }

    fn find(&self, _: &Post, _: &Deed, _: &Key, _: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        Err(SendError::Unknown { reason: "only a person can tell whether it was posted by hand".into() })
    }

    fn prove(&self, _: &mut dyn Transport) -> Result<Proof, SendError> {
        let seen = vec![format!("A person posts at {}; nothing can be asked.", self.place)];
        Ok(Proof { seen, ..Proof::default() })
    }
}
