//! In: a deed on a Page whose outcome nobody knows, or a token. Out: whether it is done; what the token may do.

use crate::channels::facebook::{Facebook, comment, list, receipt};
use crate::channels::graph::{id_of, word};
use crate::channels::own_posts::{Listed, Search, same_words};
use crate::model::ledger::Receipt;
use crate::model::transport::{Deed, Post, Proof, SendError, Transport};
use jiff::Timestamp;
use serde_json::Value;

/// What the token needs, and what for.
const SCOPES: [(&str, &str); 3] = [
    ("pages_manage_posts", "to post, edit and delete"),
    ("pages_read_engagement", "to look posts up"),
    ("pages_manage_engagement", "to comment below posts"),
];

/// Whether a deed is done.
pub(crate) fn find(channel: &Facebook, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    match deed {
        Deed::New => {
            let path = format!("{}/published_posts", channel.page);
            let fields = "id,message,created_time,permalink_url,attachments{unshimmed_url}";
            search(channel, (&path, fields), (post, deed), out, &|entry| {
                let attached = list(&entry["attachments"], "data").map(|attached| word(attached, "unshimmed_url"));
                let receipt = receipt(entry["id"].as_str()?);
                Some(Listed { receipt, text: word(entry, "message"), links: attached.collect(), parent: None })
            })
        }
        Deed::Reply { root, .. } => {
            let path = format!("{}/comments", id_of(root)?);
            search(channel, (&path, "id,message,from"), (post, deed), out, &|entry| {
                let stranger = entry["from"]["id"].as_str().is_some_and(|id| id != channel.page);
                let id = entry["id"].as_str().filter(|_| !stranger)?;
                Some(Listed { receipt: comment(id, root), text: word(entry, "message"), links: Vec::new(), parent: None })
            })
        }
        Deed::Edit(of) => {
            let there = read(channel, of, out)?;
            Ok(there.filter(|entry| same_words(&word(entry, "message"), &post.text)).map(|_| of.clone()))
        }
        Deed::Delete(of) => Ok(read(channel, of, out)?.is_none().then(|| of.clone())),
    }
}

fn read(channel: &Facebook, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
    match channel.graph.get(id_of(of)?, &[("fields", "id,message")], out) {
        Ok(entry) => Ok(Some(entry)),
        Err(trouble) if trouble.is_missing() => Ok(None),
        Err(trouble) => Err(trouble.error),
    }
}

fn search(
    channel: &Facebook,
    (path, fields): (&str, &str),
    (post, deed): (&Post, &Deed),
    out: &mut dyn Transport,
    listed: &dyn Fn(&Value) -> Option<Listed>,
) -> Result<Option<Receipt>, SendError> {
    let mut search = Search::new(post, deed);
    let found = channel.graph.walk(path, fields, out, &mut |entry| search.look(&listed(entry)?))?;
    match found {
        Some(receipt) => Ok(Some(receipt)),
        None => search.verdict(),
    }
}

/// Asks for the Page's name, and what its token may do and until when.
pub(crate) fn prove(channel: &Facebook, out: &mut dyn Transport) -> Result<Proof, SendError> {
    let page = channel.graph.get(&channel.page, &[("fields", "id,name")], out)?;
    let mut proof = Proof { account: word(&page, "name"), ..Proof::default() };
    let token = channel.graph.token(out)?;
    // Not every token may be asked about; a Page that answers with its name is proof enough.
    let Ok(answer) = channel.graph.get("debug_token", &[("input_token", token.expose())], out) else {
        proof.seen.push("Facebook does not tell what this token may do.".into());
        return Ok(proof);
    };
    let data = &answer["data"];
    let end = |name: &str| data[name].as_i64().filter(|second| *second > 0).and_then(|second| Timestamp::from_second(second).ok());
    proof.expires = end("expires_at");
    if data["is_valid"] == false {
        proof.obstacles.push("The token is not valid; make a new one for the Page.".into());
    }
    if let Some(until) = end("data_access_expires_at") {
        proof.seen.push(format!("The app may read the Page's posts until {}.", until.strftime("%F")));
    }
    let scopes: Vec<&str> = list(data, "scopes").filter_map(Value::as_str).collect();
    let missing = SCOPES.iter().filter(|(scope, _)| !scopes.is_empty() && !scopes.contains(scope));
    proof.obstacles.extend(missing.map(|(scope, what)| format!("The token lacks {scope}, which it needs {what}; make one that has it.")));
    Ok(proof)
}
