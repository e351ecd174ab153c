//! What the stand-ins for Meta's networks share. In: requests of a Graph API. Out: whose they are and what they hold, or the
//! documented fault; containers, which Instagram and Threads publish in two steps.
//!
//! Shapes and codes: <https://developers.facebook.com/docs/graph-api/guides/error-handling/>. A container is worked on for
//! the length of one question and expires after a day.

use crate::rehearsal::shared::{Shared, Troubles, bearer, json};
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

/// Calls of an account in an hour.
const CALLS: (u64, i64) = (200, 3600);
/// How long a container can be published, and a day's posts count, in seconds.
pub const DAY: i64 = 24 * 3600;
/// Ids of real posts are about as long.
const FIRST: u64 = 17_900_000_000_000_000;

/// A request that was understood.
pub struct Call {
    /// The network.
    pub network: &'static str,
    /// How.
    pub method: Method,
    /// Its path without the version.
    pub path: Vec<String>,
    /// Its parameters, from the query and the body, without the token.
    pub params: BTreeMap<String, Value>,
    /// Whose token it carries.
    pub account: String,
}

/// What goes wrong at writes.
pub const fn troubles(writes: fn(&Method, &str) -> bool) -> Troubles {
    Troubles {
        too_many: |_| with_usage(fault(32, 0, "(#32) Page request limit reached"), 100, 1),
        unauthorised: || fault(190, 0, "Invalid OAuth access token - Cannot parse access token"),
        expired: || fault(190, 463, "Error validating access token: Session has expired"),
        failed: || {
            json(
                500,
                value!({"error": {"message": "Service temporarily unavailable", "type": "OAuthException", "code": 2, "is_transient": true, "fbtrace_id": "A0"}}),
            )
        },
        writes,
    }
}

/// A fault as the networks tell it.
pub fn fault(code: i64, subcode: i64, message: &str) -> Response {
    let mut error = value!({"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A0rehearsal"});
    if subcode != 0 {
        error["error_subcode"] = value!(subcode);
    }
    json(400, value!({"error": error}))
}

/// What was asked for is not there.
pub fn missing(id: &str) -> Response {
    fault(100, 33, &format!("Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions"))
}

/// A parameter that is not as it must be.
pub fn invalid(why: &str) -> Response {
    fault(100, 0, &format!("(#100) {why}"))
}

/// The stand-in's own fault.
pub fn broken(error: std::io::Error) -> Response {
    json(500, value!({"error": {"message": format!("the stand-in cannot write: {error}"), "type": "OAuthException", "code": 1}}))
}

/// Says how much of a limit is used.
pub fn with_usage(mut answer: Response, percent: u64, minutes: u64) -> Response {
    let usage = value!({"call_count": percent, "total_time": percent, "total_cputime": percent});
    let mut business = usage.clone();
    business["type"] = value!("pages");
    business["estimated_time_to_regain_access"] = value!(minutes);
    for (name, text) in [("x-app-usage", usage), ("x-business-use-case-usage", value!({"1": [business]}))] {
        if let Ok(text) = HeaderValue::from_str(&text.to_string()) {
            answer.headers_mut().insert(name, text);
        }
    }
    answer
}

/// The account behind a token: `rehearsal-NAME`, or one that was given in its place, `rehearsal-NAME~2`.
pub fn account(shared: &Shared, network: &str, token: &str) -> Option<String> {
    let (name, number) = token.strip_prefix("rehearsal-")?.split_once('~').unwrap_or((token.strip_prefix("rehearsal-")?, "1"));
    let issued = shared.world().boards.thing(network, &format!("token {name}")).and_then(|thing| thing["number"].as_u64()).unwrap_or(1);
    let known = number.parse::<u64>().is_ok_and(|number| (1..=issued).contains(&number));
    (known && !name.is_empty()).then(|| name.to_owned())
}

/// Gives a new token for one that is at least a day old; the first ones are.
pub fn renew(shared: &Shared, network: &'static str, grant: &str, request: &Request) -> Response {
    let query: BTreeMap<String, String> = pairs(request.uri().query().unwrap_or_default()).collect();
    let (Some(given), Some(token)) = (query.get("grant_type"), query.get("access_token")) else {
        return invalid("grant_type and access_token are required");
    };
    if given != grant || query.len() != 2 || request.method() != Method::GET {
        return invalid(&format!("grant_type must be {grant}"));
    }
    let Some(name) = account(shared, network, token) else { return fault(190, 0, "Invalid OAuth access token") };
    let thing = format!("token {name}");
    let now = Timestamp::now();
    let last = shared.world().boards.thing(network, &thing).cloned();
    let fresh = last.as_ref().is_some_and(|last| {
        token.ends_with(&format!("~{}", last["number"])) && last["at"].as_i64().is_some_and(|at| now.as_second() - at < DAY)
    });
    if fresh {
        return fault(190, 0, "The token must be at least 24 hours old to be refreshed");
    }
    let number = last.and_then(|last| last["number"].as_u64()).unwrap_or(1) + 1;
    match shared.keep_thing(network, &thing, value!({"number": number, "at": now.as_second()})) {
        Ok(()) => json(200, value!({"access_token": format!("rehearsal-{name}~{number}"), "token_type": "bearer", "expires_in": 60 * DAY})),
        Err(error) => broken(error),
    }
}

/// Understands a request; the body is JSON or a form.
async fn read(shared: &Shared, network: &'static str, request: Request) -> Result<Call, Response> {
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, 1024 * 1024).await.map_err(|_| invalid("the body is too large"))?;
    let mut params: BTreeMap<String, Value> =
        pairs(head.uri.query().unwrap_or_default()).map(|(name, text)| (name, value!(text))).collect();
    let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default() {
        "application/json" => match serde_json::from_slice(&bytes) {
            Ok(Value::Object(fields)) => params.extend(fields),
            _ => return Err(invalid("the body is no JSON object")),
        },
        "application/x-www-form-urlencoded" => {
            params.extend(pairs(&String::from_utf8_lossy(&bytes)).map(|(name, text)| (name, value!(text))));
        }
        _ if bytes.is_empty() => {}
        other => return Err(invalid(&format!("the content type {other} is not understood"))),
    }
    let by_header = bearer(&head.headers).map(str::to_owned);
    let token = params.remove("access_token").and_then(|token| token.as_str().map(str::to_owned)).or(by_header);
    let token = token.ok_or_else(|| fault(104, 0, "An access token is required to request this resource."))?;
    let account =
        account(shared, network, &token).ok_or_else(|| fault(190, 0, "Invalid OAuth access token - Cannot parse access token"))?;
    Ok(Call { network, method: head.method, path: path(head.uri.path())?, params, account })
}

/// The parts of a path after its version.
pub fn path(path: &str) -> Result<Vec<String>, Response> {
    let mut parts = path.trim_matches('/').split('/');
    let version = parts.next().unwrap_or_default();
    let number = version.strip_prefix('v').and_then(|number| number.split_once('.'));
    if !number.is_some_and(|(major, minor)| major.parse::<u32>().is_ok() && minor.parse::<u32>().is_ok()) {
        return Err(fault(2500, 0, "Unknown path components"));
    }
    Ok(parts.map(str::to_owned).collect())
}

fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned()
}

/// Answers a request: whatever `sorted` says of it, counted.
pub async fn answered(
    shared: &Shared,
    network: &'static str,
    request: Request,
    sorted: fn(&Shared, &Call) -> Result<Response, Response>,
) -> Response {
    match read(shared, network, request).await {
        Ok(call) => counted(shared, network, &call.account, || sorted(shared, &call).unwrap_or_else(|refusal| refusal)),
        Err(refusal) => refusal,
    }
}

/// Counts the call and says how much is used; above the limit it is refused.
fn counted(shared: &Shared, network: &str, who: &str, answer: impl FnOnce() -> Response) -> Response {
    let (left, _) = shared.take((network, who), CALLS, 1);
    if left < 0 {
        return with_usage(fault(4, 0, "(#4) Application request limit reached"), 100, 60);
    }
    with_usage(answer(), 100 - (left as u64 * 100 / CALLS.0), 0)
}

impl Call {
    /// A refusal for every parameter that is not documented.
    pub fn only(&self, known: &[&str]) -> Result<(), Response> {
        match self.params.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(invalid(&format!("Unexpected parameter {name}"))),
            None => Ok(()),
        }
    }

    /// A text parameter.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Response> {
        match self.params.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(&format!("Param {name} must be a string."))),
        }
    }

    /// A text parameter that must be there.
    pub fn need(&self, name: &str) -> Result<&str, Response> {
        self.text(name)?.filter(|text| !text.trim().is_empty()).ok_or_else(|| invalid(&format!("The parameter {name} is required.")))
    }

    /// A web address.
    pub fn address(&self, name: &str) -> Result<Option<&str>, Response> {
        let text = self.text(name)?;
        let good = text.is_none_or(|text| url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https")));
        good.then_some(text).ok_or_else(|| invalid(&format!("Param {name} is not a valid URI.")))
    }

    /// The object with only the fields that were asked for; one that it does not have is refused.
    pub fn shown(&self, whole: &Value) -> Result<Value, Response> {
        let asked = self.params.get("fields").and_then(Value::as_str).unwrap_or("id");
        let mut shown = value!({"id": whole["id"]});
        for name in names(asked) {
            let Some(field) = whole.get(name) else {
                return Err(invalid(&format!("Tried accessing nonexisting field ({name})")));
            };
            if !field.is_null() {
                shown[name] = field.clone();
            }
        }
        Ok(shown)
    }

    /// A page of a list, the newest first.
    pub fn page(&self, all: &[Value]) -> Result<Response, Response> {
        self.only(&["fields", "limit", "after"])?;
        let limit = self
            .params
            .get("limit")
            .and_then(Value::as_str)
            .map_or(Ok(25), |limit| limit.parse::<usize>().map_err(|_| invalid("limit")))?;
        if !(1..=100).contains(&limit) {
            return Err(invalid("Please reduce the amount of data you're asking for"));
        }
        let from = match self.params.get("after").and_then(Value::as_str) {
            None => 0,
            Some(after) => all.iter().position(|entry| entry["id"] == after).ok_or_else(|| invalid("Invalid cursor"))? + 1,
        };
        let part = &all[from..all.len().min(from + limit)];
        let data = part.iter().map(|entry| self.shown(entry)).collect::<Result<Vec<_>, _>>()?;
        let mut paging = value!({});
        if let (Some(first), Some(last)) = (part.first(), part.last()) {
            paging["cursors"] = value!({"before": first["id"], "after": last["id"]});
        }
        if from + limit < all.len() {
            paging["next"] = value!("https://graph.example/next");
        }
        Ok(json(200, value!({"data": data, "paging": paging})))
    }

    /// A flag: `true` or `false`, in JSON or as a word.
    pub fn flag(&self, name: &str) -> Result<bool, Response> {
        match self.params.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(Value::String(word)) if word == "true" || word == "false" => Ok(word == "true"),
            Some(_) => Err(invalid(&format!("Param {name} must be a boolean."))),
        }
    }

    /// Counts by name, each for the whole life of a post.
    pub fn insights(&self, counts: &[(&str, u64)]) -> Result<Response, Response> {
        self.only(&["metric"])?;
        let data = self.need("metric")?.split(',').map(|name| match counts.iter().find(|(known, _)| *known == name) {
            Some((name, count)) => Ok(value!({"name": name, "period": "lifetime", "values": [{"value": count}]})),
            None => Err(invalid(&format!("metric[0] must be one of the following values; {name} is none"))),
        });
        Ok(json(200, value!({"data": data.collect::<Result<Vec<_>, _>>()?})))
    }
}

/// The names in a list of fields: `a,b.limit(0),c{d,e}` has three.
fn names(fields: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (0, 0, Vec::new());
    for (at, c) in fields.char_indices().chain([(fields.len(), ',')]) {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth -= 1,
            ',' if depth == 0 => {
                names.push(fields[start..at].split(['.', '{', '(']).next().unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// An id that nothing has yet.
pub fn next_id(shared: &Shared) -> String {
    (FIRST + shared.world().boards.next()).to_string()
}
