//! A stand-in for LinkedIn's API. In: requests. Out: what the real one would answer, for the calls documented at
//! <https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api>.
//!
//! Any token `rehearsal-NAME` is that of the account NAME, which may post for every organisation. The version and the
//! protocol must be named. A text is cut at the first sign of markup that has no meaning; the same text again is a duplicate.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::exact::{header, object, only, picture};
use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::Change;
use crate::rehearsal::{linkedin_comments, linkedin_text};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State as Extract};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const FIRST: u64 = 7_000_000_000_000_000_000;
const LIMIT: usize = 3000;
/// The oldest version that is still there.
const OLDEST: u32 = 202_509;
const POST: [&str; 7] = ["author", "commentary", "visibility", "distribution", "content", "lifecycleState", "isReshareDisabledByAuthor"];

/// Any token `rehearsal-NAME` is that of the account NAME.
pub static STAND_IN: StandIn = StandIn {
    platform: "linkedin",
    name: "LinkedIn",
    routes,
    door: stand_in::front,
    secrets: |_, channel| {
        let refresh = ("refresh", format!("rehearsal-refresh-{channel}"));
        vec![("token", format!("rehearsal-{channel}")), ("client_secret", "rehearsal".into()), refresh]
    },
};

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/rest/posts", post(make).get(list))
        .route("/rest/posts/{urn}", get(read).post(edit).delete(delete))
        .route("/rest/images", post(begin))
        .route("/rest/socialActions/{urn}/comments", post(linkedin_comments::make).get(linkedin_comments::list))
        .route(
            "/rest/socialActions/{urn}/comments/{id}",
            get(linkedin_comments::read).post(linkedin_comments::edit).delete(linkedin_comments::delete),
        )
        .route("/rest/organizationalEntityShareStatistics", get(statistics))
        .layer(from_fn(versions))
        .route("/dms-uploads/{id}", put(take))
        .route("/oauth/v2/introspectToken", post(introspect))
        .route("/oauth/v2/accessToken", post(renew))
        .layer(DefaultBodyLimit::max(16 * 1024 * 1024))
        .layer(from_fn(move |request: Request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| fault(429, "TOO_MANY_REQUESTS", "Resource level throttle APPLICATION DAY limit for calls to this resource is reached."),
    unauthorised: || unauthorised(),
    expired: || fault(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired"),
    failed: || fault(500, "INTERNAL_SERVER_ERROR", "Internal Server Error"),
    writes: |method, path| {
        (path.contains("/rest/posts") || path.contains("/rest/socialActions")) && matches!(*method, Method::POST | Method::DELETE)
    },
};

pub(super) fn fault(status: u16, code: &str, message: &str) -> Response {
    json(status, value!({"status": status, "code": code, "message": message}))
}

fn unauthorised() -> Response {
    fault(401, "INVALID_ACCESS_TOKEN", "Invalid access token")
}

pub(super) fn invalid(why: &str) -> Response {
    json(422, value!({"status": 422, "message": why, "errorDetails": {"inputErrors": [{"code": "INVALID_VALUE", "description": why}]}}))
}

pub(super) fn missing() -> Response {
    fault(404, "NOT_FOUND", "Could not find entity")
}

pub(super) fn broken(error: std::io::Error) -> Response {
    fault(500, "INTERNAL_SERVER_ERROR", &error.to_string())
}

/// Whether the method of the Rest.li protocol is named as it must be.
pub(super) fn is_method(headers: &HeaderMap, name: &str) -> bool {
    header(headers, "x-restli-method") == name
}

/// Token, version and protocol of every call.
async fn versions(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if bearer(headers).and_then(|token| token.strip_prefix("rehearsal-")).is_none_or(str::is_empty) {
        return unauthorised();
    }
    let version = header(headers, "linkedin-version");
    if header(headers, "x-restli-protocol-version") != "2.0.0" {
        return fault(400, "ILLEGAL_ARGUMENT", "X-Restli-Protocol-Version is not 2.0.0");
    }
    if version.len() != 6 || version.parse::<u32>().is_err() {
        return fault(400, "VERSION_MISSING", "A version must be present. Please specify a version by adding the LinkedIn-Version header.");
    }
    if version.parse::<u32>().is_ok_and(|version| version < OLDEST) {
        return fault(426, "NONEXISTENT_VERSION", &format!("Requested version {version}01 is not active"));
    }
    next.run(request).await
}

/// Whether a text names a page.
pub(super) fn is_page(author: &str) -> bool {
    author.strip_prefix("urn:li:organization:").is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

async fn make(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let body = match object(&headers, &body).and_then(|body| only(&body, &POST).map(|()| body)) {
        Ok(body) => body,
        Err(why) => return fault(400, "ILLEGAL_ARGUMENT", &why),
    };
    made(&shared, &body).unwrap_or_else(|refusal| refusal)
}

fn made(shared: &Shared, body: &Value) -> Result<Response, Response> {
    let word = |name: &str| body[name].as_str().ok_or_else(|| invalid(&format!("{name} is missing")));
    let (author, commentary) = (word("author")?, word("commentary")?);
    let distribution = &body["distribution"];
    let sound = is_page(author)
        && word("visibility")? == "PUBLIC"
        && word("lifecycleState")? == "PUBLISHED"
        && body["isReshareDisabledByAuthor"].is_boolean()
        && distribution["feedDistribution"] == "MAIN_FEED"
        && distribution["targetEntities"].is_array()
        && distribution["thirdPartyDistributionChannels"].is_array();
    if !sound || commentary.chars().count() > LIMIT {
        return Err(invalid("a field of the post is not as documented"));
    }
    let (card, images) = content(shared, &body["content"])?;
    let mut world = shared.world();
    let source = &body["content"]["article"]["source"];
    let same = |post: &&Posted| {
        post.account == author && post.more["commentary"] == commentary && post.more["content"]["article"]["source"] == *source
    };
    if let Some(first) = world.boards.all().filter(|post| post.network == "linkedin").find(same) {
        let message = format!("Content is a duplicate of {}", first.id);
        return Err(json(422, value!({"message": message, "status": 422, "errorDetails": {"inputErrors": [{"code": "DUPLICATE_POST"}]}})));
    }
    let urn = format!("urn:li:share:{}", FIRST + world.boards.next());
    let more = value!({"commentary": commentary, "content": body["content"]});
    let post = Posted { card, images, more, ..Posted::new("linkedin", author, &urn, linkedin_text::shown(commentary)) };
    world.commit(Change::Posted(post)).map_err(broken)?;
    Ok((StatusCode::CREATED, [("x-restli-id", urn)]).into_response())
}

type Content = (Option<(String, String, String)>, Vec<(String, String)>);

/// The card and the pictures of a post.
fn content(shared: &Shared, content: &Value) -> Result<Content, Response> {
    let file = |urn: &Value| {
        let thing = shared.world().boards.thing("linkedin", urn.as_str()?).cloned()?;
        thing["file"].as_str().map(str::to_owned)
    };
    let named = |urn: &Value, alt: &Value| {
        let alt = alt.as_str().filter(|alt| alt.chars().count() <= 4086).ok_or_else(|| invalid("altText is missing"))?;
        file(urn).map(|file| (file, alt.to_owned())).ok_or_else(|| invalid("the image is not there"))
    };
    only(content, &["article", "media", "multiImage"]).map_err(|why| invalid(&why))?;
    if let Some(article) = content["article"].as_object() {
        only(&content["article"], &["source", "title", "description", "thumbnail"]).map_err(|why| invalid(&why))?;
        let words = |name: &str| article.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(source), Some(title)) = (words("source"), words("title")) else { return Err(invalid("source or title is missing")) };
        let thumbnail = article.get("thumbnail").map(|urn| file(urn).ok_or_else(|| invalid("the thumbnail is not there"))).transpose()?;
        let card = (source, title, words("description").unwrap_or_default());
        return Ok((Some(card), thumbnail.into_iter().map(|file| (file, String::new())).collect()));
    }
    if content["media"].is_object() {
        only(&content["media"], &["id", "title", "altText"]).map_err(|why| invalid(&why))?;
        return Ok((None, vec![named(&content["media"]["id"], &content["media"]["altText"])?]));
    }
    let many = content["multiImage"]["images"].as_array().filter(|images| (2..=20).contains(&images.len()));
    let many = many.ok_or_else(|| invalid("the content is none that is documented"))?;
    Ok((None, many.iter().map(|image| named(&image["id"], &image["altText"])).collect::<Result<_, _>>()?))
}

fn view(post: &Posted) -> Value {
    value!({
        "id": post.id,
        "author": post.account,
        "commentary": post.more["commentary"],
        "content": post.more["content"],
        "visibility": "PUBLIC",
        "lifecycleState": "PUBLISHED",
        "createdAt": post.at.as_millisecond(),
    })
}

async fn list(Extract(shared): Extract<Shared>, headers: HeaderMap, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let asked = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let count: usize = asked("count").parse().unwrap_or(10);
    if asked("q") != "author" || !is_page(asked("author")) || !is_method(&headers, "FINDER") || !(1..=100).contains(&count) {
        return fault(400, "ILLEGAL_ARGUMENT", "the finder is not as documented");
    }
    let world = shared.world();
    let own = world.boards.of("linkedin").into_iter().filter(|post| post.account == asked("author") && post.parent.is_none());
    let page: Vec<Value> = own.skip(asked("start").parse().unwrap_or(0)).take(count).map(view).collect();
    json(200, value!({"paging": {"count": count}, "elements": page}))
}

async fn read(Extract(shared): Extract<Shared>, Path(urn): Path<String>) -> Response {
    shared.world().boards.get("linkedin", &urn).filter(|post| post.parent.is_none()).map_or_else(missing, |post| json(200, view(post)))
}

async fn edit(Extract(shared): Extract<Shared>, headers: HeaderMap, Path(urn): Path<String>, body: Bytes) -> Response {
    let Some(post) = shared.world().boards.get("linkedin", &urn).cloned() else { return missing() };
    let body = object(&headers, &body).and_then(|body| only(&body["patch"]["$set"], &["commentary"]).map(|()| body));
    let commentary = body.as_ref().ok().and_then(|body| body["patch"]["$set"]["commentary"].as_str());
    let Some(commentary) = commentary.filter(|text| text.chars().count() <= LIMIT && is_method(&headers, "PARTIAL_UPDATE")) else {
        return invalid("the patch is not as documented");
    };
    let mut more = post.more.clone();
    more["commentary"] = value!(commentary);
    let text = linkedin_text::shown(commentary);
    match shared.put(Posted { text, more, edited: Some(Timestamp::now()), ..post }) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => broken(error),
    }
}

async fn delete(Extract(shared): Extract<Shared>, headers: HeaderMap, Path(urn): Path<String>) -> Response {
    if !is_method(&headers, "DELETE") {
        return fault(400, "ILLEGAL_ARGUMENT", "X-RestLi-Method is not DELETE");
    }
    let post = shared.world().boards.get("linkedin", &urn).cloned();
    match post.map_or(Ok(()), |post| shared.put(Posted { deleted: true, ..post })) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => broken(error),
    }
}

async fn begin(
    Extract(shared): Extract<Shared>,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
    body: Bytes,
) -> Response {
    let owner = object(&headers, &body).ok().and_then(|body| body["initializeUploadRequest"]["owner"].as_str().map(str::to_owned));
    if query.get("action").map(String::as_str) != Some("initializeUpload") || !owner.is_some_and(|owner| is_page(&owner)) {
        return fault(400, "ILLEGAL_ARGUMENT", "the action is not as documented");
    }
    let mut world = shared.world();
    let id = format!("D4E10AQ{}", world.boards.next());
    let urn = format!("urn:li:image:{id}");
    let address = format!("{}/linkedin/dms-uploads/{id}", shared.base());
    match world.commit(Change::Thing { network: "linkedin".into(), name: urn.clone(), value: value!({"file": null}) }) {
        Ok(()) => json(200, value!({"value": {"uploadUrlExpiresAt": 1_900_000_000_000_u64, "uploadUrl": address, "image": urn}})),
        Err(error) => broken(error),
    }
}

async fn take(Extract(shared): Extract<Shared>, headers: HeaderMap, Path(id): Path<String>, body: Bytes) -> Response {
    let urn = format!("urn:li:image:{id}");
    let known = shared.world().boards.thing("linkedin", &urn).is_some();
    if !known || bearer(&headers).is_none() || picture(&body).is_none() {
        return fault(400, "ILLEGAL_ARGUMENT", "the upload was not announced, or is no picture");
    }
    let kept = shared.keep_picture(&body).and_then(|file| shared.keep_thing("linkedin", &urn, value!({"file": file})));
    kept.map_or_else(broken, |()| StatusCode::CREATED.into_response())
}

async fn statistics(Extract(shared): Extract<Shared>, headers: HeaderMap, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let list =
        query.get("shares").or(query.get("ugcPosts")).and_then(|list| list.strip_prefix("List(")?.strip_suffix(')')).unwrap_or_default();
    let there = shared.world().boards.get("linkedin", list).is_some();
    if !is_method(&headers, "FINDER") || query.get("q").map(String::as_str) != Some("organizationalEntity") || !there {
        return fault(400, "ILLEGAL_ARGUMENT", "the finder is not as documented");
    }
    let counts = value!({"impressionCount": 640, "uniqueImpressionsCount": 410, "clickCount": 31, "likeCount": 9, "commentCount": 2, "shareCount": 1, "engagement": 0.06});
    json(200, value!({"elements": [{"share": list, "totalShareStatistics": counts}]}))
}

async fn introspect(headers: HeaderMap, body: Bytes) -> Response {
    let form = crate::rehearsal::exact::form(&headers, &body).unwrap_or_default();
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if given("client_id").is_empty() || given("client_secret") != "rehearsal" {
        return json(401, value!({"error": "invalid_client", "error_description": "Client authentication failed"}));
    }
    let active = given("token").starts_with("rehearsal-");
    json(
        200,
        value!({"active": active, "status": "active", "expires_at": 1_796_083_200, "scope": "w_organization_social,r_organization_social"}),
    )
}

/// A new access token for a refresh token, which stays what it is.
async fn renew(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let form = crate::rehearsal::exact::form(&headers, &body).unwrap_or_default();
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if given("client_id").is_empty() || given("client_secret") != "rehearsal" || form.len() != 4 {
        return json(401, value!({"error": "invalid_client", "error_description": "Client authentication failed"}));
    }
    let name = given("refresh_token").strip_prefix("rehearsal-refresh-").filter(|_| given("grant_type") == "refresh_token");
    let Some(name) = name else {
        return json(400, value!({"error": "invalid_grant", "error_description": "The provided refresh token is invalid or has ended"}));
    };
    let number = shared.world().boards.next();
    json(
        200,
        value!({"access_token": format!("rehearsal-{name}~{number}"), "expires_in": 5_184_000, "refresh_token": given("refresh_token"),
            "refresh_token_expires_in": 31_536_000, "scope": "w_organization_social,r_organization_social"}),
    )
}
