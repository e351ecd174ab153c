//! A stand-in for the person who posts by hand. In: kits. Out: posts on the wall, as if they had been posted at once.
//!
//! It looks whether a kit is whole: a text that names its link, a checklist, words for every picture.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::StandIn;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State as Extract};
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::post;
use jiff::Timestamp;
use serde_json::{Value, json as value};

const NETWORK: &str = "by-hand";

/// Each channel has a person of its own.
pub static STAND_IN: StandIn =
    StandIn { platform: NETWORK, name: "By hand", routes, door: |channel| format!("/{channel}"), secrets: |_, _| Vec::new() };

/// The one call.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/{channel}", post(take))
        .layer(DefaultBodyLimit::max(64 * 1024 * 1024))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| json(503, value!({"error": "nobody is there"})),
    unauthorised: || json(503, value!({"error": "nobody is there"})),
    expired: || json(503, value!({"error": "nobody is there"})),
    failed: || json(503, value!({"error": "nobody is there"})),
    writes: |method, _| method == Method::POST,
};

async fn take(Extract(shared): Extract<Shared>, Path(channel): Path<String>, mut form: Multipart) -> Response {
    let (mut kit, mut pictures) = (Value::Null, Vec::new());
    while let Ok(Some(part)) = form.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        let Ok(bytes) = part.bytes().await else { return broken("a part cannot be read") };
        match name.as_str() {
            "kit" => kit = serde_json::from_slice(&bytes).unwrap_or_default(),
            "picture" => pictures.push(bytes),
            _ => return broken("an unknown part"),
        }
    }
    match taken(&shared, &channel, &kit, &pictures) {
        Ok(id) => json(200, value!({"id": id})),
        Err(why) => broken(&why),
    }
}

fn broken(why: &str) -> Response {
    json(422, value!({"error": why}))
}

fn taken(shared: &Shared, channel: &str, kit: &Value, pictures: &[axum::body::Bytes]) -> Result<String, String> {
    let word = |name: &str| kit[name].as_str().filter(|word| !word.is_empty()).ok_or(format!("the kit has no `{name}`"));
    let (folder, task) = (word("folder")?.to_owned(), word("task")?);
    let files: Vec<&str> = kit["files"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let alts: Vec<&str> = kit["alt"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !files.contains(&"checklist.md") || (task != "delete" && !(files.contains(&"text.txt") && files.contains(&"link.txt"))) {
        return Err(format!("the kit {folder} is not whole"));
    }
    if alts.len() != pictures.len() || alts.iter().any(|alt| alt.trim().is_empty()) || pictures.is_empty() == files.contains(&"alt.txt") {
        return Err("a picture has no words".into());
    }
    let write = |post: Posted| shared.put(post).map_err(|error| error.to_string());
    let of = kit["of"].as_str();
    let old = of.and_then(|id| shared.world().boards.get(NETWORK, id).cloned());
    match (task, old) {
        ("edit", Some(old)) => {
            let id = old.id.clone();
            write(Posted { text: word("text")?.into(), edited: Some(Timestamp::now()), ..old })?;
            Ok(id)
        }
        ("delete", Some(old)) => {
            let id = old.id.clone();
            write(Posted { deleted: true, ..old })?;
            Ok(id)
        }
        ("delete", None) => Ok(of.unwrap_or_default().to_owned()),
        ("edit", None) => Err("the post that is meant is not there".into()),
        ("post" | "reply", _) => {
            // The same kit again is the same post.
            if let Some(known) = shared.world().boards.by_key(NETWORK, &folder) {
                return Ok(known.id.clone());
            }
            let mut images = Vec::new();
            for (bytes, alt) in pictures.iter().zip(&alts) {
                images.push((shared.keep_picture(bytes).map_err(|error| error.to_string())?, (*alt).to_owned()));
            }
            let id = format!("kit-{}", shared.world().boards.next());
            let post = Posted::new(NETWORK, channel, &id, word("text")?);
            let (lang, parent) = (Some(word("lang")?.to_owned()), of.map(str::to_owned));
            write(Posted { lang, parent, images, key: Some(folder), ..post })?;
            Ok(id)
        }
        _ => Err("an unknown task".into()),
    }
}
