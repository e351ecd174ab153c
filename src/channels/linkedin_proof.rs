//! In: a page's settings. Out: what harmless calls prove: that the token may read the page's posts, and when it ends.

use crate::channels::answers::{Step, silence};
use crate::channels::linkedin::LinkedIn;
use crate::channels::linkedin_calls::encoded;
use crate::model::transport::{Method, Proof, Request, SendError, Transport};
use jiff::Timestamp;
use serde_json::Value;

/// Reads one of the page's posts, and asks for the token's end where the settings name the app.
pub(crate) fn prove(channel: &LinkedIn, out: &mut dyn Transport) -> Result<Proof, SendError> {
    let path = format!("/rest/posts?q=author&author={}&start=0&count=1", encoded(&channel.author));
    let request = Request::new(Method::Get, channel.api.url(&path)).header("x-restli-method", "FINDER");
    channel.api.call(request, Step::Before, out)?.accepted(Step::Before)?;
    let told = introspected(channel, out)?.unwrap_or_default();
    let expires = told["expires_at"].as_i64().and_then(|second| Timestamp::from_second(second).ok()).or(channel.api.expires);
    let mut proof = Proof { account: channel.author.clone(), expires, ..Proof::default() };
    if told["active"] == false {
        proof.obstacles.push("LinkedIn says that the token has ended: make a new one and put it in place.".into());
    }
    if channel.api.refreshes {
        proof.seen.push(
            "The access token is renewed when it has ended; the refresh token lives for a year, then a person makes new ones.".into(),
        );
    } else if expires.is_none() {
        proof.seen.push("Nobody knows when the token ends; put its last day into `expires`.".into());
    }
    let scopes = told["scope"].as_str();
    if scopes.is_some_and(|scopes| !scopes.split([',', ' ']).any(|scope| scope == "w_organization_social")) {
        proof.obstacles.push("The token lacks w_organization_social, so it cannot post: make one with it.".into());
    }
    Ok(proof)
}

fn introspected(channel: &LinkedIn, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
    let (Some(client), Ok(secret)) = (&channel.api.client, out.secret("client_secret")) else { return Ok(None) };
    let token = channel.api.token(out)?;
    let form = [("client_id", client.as_str()), ("client_secret", secret.expose()), ("token", token.expose())];
    let request = Request::new(Method::Post, format!("{}/oauth/v2/introspectToken", channel.api.login)).form(form);
    let response = out.http(&request).map_err(|error| silence(error, Step::Before))?;
    // An app that may not ask has proven nothing against its token.
    Ok((response.status == 200).then(|| serde_json::from_slice(&response.body).ok()).flatten())
}
