//! In: a folder for their memory. Out: all stand-ins behind one port, and the transport that leads there.

use crate::io::outside::Outside;
use crate::model::settings::ChannelSettings;
use crate::model::transport::Secret;
use crate::rehearsal::mishaps::{Mishap, Mishaps};
use crate::rehearsal::posts::{WallPost, posts};
use crate::rehearsal::server::Server;
use crate::rehearsal::shared::Shared;
use crate::rehearsal::stand_in::StandIn;
use crate::rehearsal::transcript::transcribe;
use crate::rehearsal::world::World;
use crate::rehearsal::{
    bluesky, by_hand, discord, email, facebook, hook, instagram, linkedin, mastodon, matrix, misskey, nostr, notify, site, slack, teams,
    telegram, threads, tiktok, viber, vk, wall, x,
};

use axum::Router;
use axum::extract::{Path as Part, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// All stand-ins, in the order of the wall.
const STAND_INS: &[&StandIn] = &[
    &mastodon::STAND_IN,
    &misskey::STAND_IN,
    &bluesky::STAND_IN,
    &nostr::STAND_IN,
    &matrix::STAND_IN,
    &facebook::STAND_IN,
    &instagram::STAND_IN,
    &threads::STAND_IN,
    &x::STAND_IN,
    &linkedin::STAND_IN,
    &tiktok::STAND_IN,
    &telegram::STAND_IN,
    &vk::STAND_IN,
    &viber::STAND_IN,
    &discord::STAND_IN,
    &slack::STAND_IN,
    &teams::STAND_IN,
    &email::STAND_IN,
    &notify::STAND_IN,
    &by_hand::STAND_IN,
    &hook::STAND_IN,
];

/// A rehearsal that cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The port is taken, or sockets cannot be used.
    #[error("no stand-in can listen on this machine: {0}")]
    Listen(std::io::Error),
    /// What earlier rehearsals left cannot be read or written.
    #[error("the memory of the stand-ins in {folder} cannot be used: {source}")]
    Memory {
        /// The folder.
        folder: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
}

/// The stand-ins, running until they are dropped.
pub struct StandIns {
    server: Server,
    shared: Shared,
}

impl StandIns {
    /// Starts them; `folder` keeps what they accept from one rehearsal to the next.
    pub fn start(folder: &Path, port: Option<u16>, mishaps: Mishaps) -> Result<StandIns, RehearsalError> {
        let listener = Server::bind(port).map_err(RehearsalError::Listen)?;
        let address = listener.local_addr().map_err(RehearsalError::Listen)?;
        let world = World::open(folder).map_err(|source| RehearsalError::Memory { folder: folder.to_owned(), source })?;
        let shared = Shared::new(world, mishaps, format!("http://{address}"));
        let wall = Router::new()
            .route("/", get(show_wall))
            .route("/posts.json", get(show_json))
            .route("/files/{name}", get(show_file))
            .with_state(shared.clone());
        let routes = STAND_INS.iter().fold(wall, |router, stand_in| {
            let shared = shared.clone();
            let writer = shared.clone();
            let platform = stand_in.platform;
            let transcribed = from_fn(move |request, next: Next| transcribe(writer.clone(), platform, request, next));
            router.nest(&format!("/{platform}"), (stand_in.routes)(&shared).layer(transcribed))
        });
        let server = Server::start(listener, routes).map_err(RehearsalError::Listen)?;
        Ok(StandIns { server, shared })
    }

    /// The wall that shows every post.
    pub fn wall_url(&self) -> String {
        format!("{}/", self.server.url())
    }

    /// The address of a platform's stand-in.
    pub fn url(&self, platform: &str) -> String {
        format!("{}/{platform}", self.server.url())
    }

    /// The way out of a channel in a rehearsal: requests to its `hosts` lead here, with the stand-ins' own secrets. `root` is
    /// the site's folder.
    pub fn outside(&self, root: &Path, channel: &ChannelSettings, hosts: &[String]) -> Outside {
        let stand_in = STAND_INS.iter().find(|stand_in| stand_in.platform == channel.platform);
        let base = self.url(&channel.platform);
        let door = stand_in.map(|stand_in| format!("{base}{}", (stand_in.door)(&channel.name)));
        let from = |host: &String| host.trim_end_matches('/').to_owned();
        let detours = door.iter().flat_map(|door| hosts.iter().map(|host| (from(host), door.clone()))).collect();
        let secrets: BTreeMap<&str, String> =
            stand_in.map(|stand_in| (stand_in.secrets)(&base, &channel.name)).into_iter().flatten().collect();
        let secret = move |name: &str| secrets.get(name).map(Secret::new).ok_or_else(|| format!("a rehearsal has no secret `{name}`"));
        Outside::in_rehearsal(root, detours, Box::new(secret))
    }

    /// Every post, the oldest first, deleted ones too.
    pub fn posts(&self) -> Vec<WallPost> {
        posts(&self.shared.world(), self.shared.base())
    }

    /// Agrees on a secret with the webhook of a channel, which otherwise has that of every hook.
    pub fn agree(&self, channel: &str, secret: &str) {
        self.shared.agree(channel, secret);
    }

    /// Lets something go wrong at the next write.
    pub fn mishap(&self, mishap: Mishap) {
        self.shared.mishaps().add(mishap);
    }

    /// How often each mishap has happened.
    pub fn mishaps(&self) -> BTreeMap<&'static str, usize> {
        self.shared.mishaps().counts().clone()
    }

    /// Stops them. What they accepted stays in their folder.
    pub fn stop(self) {}
}

async fn show_wall(State(shared): State<Shared>) -> Html<String> {
    Html(wall::page(STAND_INS, &posts(&shared.world(), shared.base())))
}

async fn show_json(State(shared): State<Shared>) -> Response {
    let posts = posts(&shared.world(), shared.base());
    axum::Json(posts).into_response()
}

async fn show_file(State(shared): State<Shared>, Part(name): Part<String>) -> Response {
    let kept = shared.world().kept(&name);
    match kept {
        Some(bytes) => ([(header::CONTENT_TYPE, picture_type(&bytes)), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The media type by the first bytes; anything else is no picture and is never shown as a page.
fn picture_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => "application/octet-stream",
    }
}

/// A built site served on this machine until it is dropped.
pub struct ServedSite {
    server: Server,
}

impl ServedSite {
    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.server.url()
    }
}

/// Serves the folder of a built site; no port means any free one.
pub fn serve_site(folder: &Path, port: Option<u16>) -> Result<ServedSite, RehearsalError> {
    let listener = Server::bind(port).map_err(RehearsalError::Listen)?;
    let server = Server::start(listener, site::routes(folder)).map_err(RehearsalError::Listen)?;
    Ok(ServedSite { server })
}
