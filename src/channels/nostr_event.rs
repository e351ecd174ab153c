//! In: news, words, a deed, a secret key. Out: the event of it, with its id and signature.
//!
//! The id is SHA-256 of `[0,pubkey,created_at,kind,tags,content]` without spaces (NIP-01); the signature is that of BIP-340
//! over the id. No clock and no chance: the same announcement gives the same event.

use crate::channels::{bech32, text};
use crate::model::announcement::{Image, News, hex};
use crate::model::ledger::Receipt;
use crate::model::transport::{Deed, Post};
use k256::schnorr::SigningKey;
use k256::schnorr::signature::hazmat::PrehashSigner;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const NOTE: u64 = 1;
const DELETION: u64 = 5;
const COMMENT: u64 = 1111;
const LOGIN: u64 = 22242;
const ARTICLE: u64 = 30023;

/// The keys of an account.
pub struct Keys(SigningKey);

impl Keys {
    /// The keys of a secret, `nsec1…` or 64 hex digits.
    pub fn read(text: &str) -> Option<Keys> {
        let bytes = bytes_of(text.trim(), "nsec")?;
        SigningKey::from_slice(&bytes).ok().map(Keys)
    }

    /// The public key in hex.
    pub fn public(&self) -> String {
        hex(&self.0.verifying_key().to_bytes())
    }

    /// The public key as people exchange it.
    pub fn address(&self) -> String {
        bech32::encode("npub", &self.0.verifying_key().to_bytes())
    }

    /// The signature over an id, in hex.
    pub fn sign(&self, id: &[u8]) -> String {
        let signature = self.0.sign_prehash(id).expect("every key signs every id");
        hex(&signature.to_bytes())
    }
}

/// A public key in hex, of `npub1…` or hex.
pub fn public_key(text: &str) -> Option<String> {
    bytes_of(text.trim(), "npub").map(|bytes| hex(&bytes))
}

fn bytes_of(text: &str, name: &str) -> Option<Vec<u8>> {
    let bytes = match bech32::decode(text) {
        Some((found, bytes)) if found == name => bytes,
        Some(_) => return None,
        None => (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect::<Option<Vec<u8>>>()?,
    };
    (bytes.len() == 32).then_some(bytes)
}

/// The id of an event's five parts.
pub fn id(public: &str, created_at: i64, kind: u64, tags: &Value, content: &str) -> [u8; 32] {
    Sha256::digest(json!([0, public, created_at, kind, tags, content]).to_string().as_bytes()).into()
}

/// What an event says, before anyone has signed it.
pub(crate) fn template(news: &News, words: &str, images: &[Image], long_form: bool) -> Value {
    let mut tags = vec![json!(["L", "ISO-639-1"]), json!(["l", news.lang.primary(), "ISO-639-1"]), json!(["r", news.link])];
    tags.extend(text::hashtags(words).into_iter().map(|at| json!(["t", words[at.start + 1..at.end].to_lowercase()])));
    let words: String = words.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let mut content = if long_form { markdown(&words) } else { words };
    for image in images {
        content.push_str(&if long_form { format!("\n\n![{}]({})", plain(&image.alt), image.url) } else { format!("\n\n{}", image.url) });
        let mut parts = vec!["imeta".to_owned(), format!("url {}", image.url), format!("m {}", image.media_type)];
        parts.extend(image.size.map(|(width, height)| format!("dim {width}x{height}")));
        parts.extend((!image.alt.is_empty()).then(|| format!("alt {}", image.alt)));
        tags.push(json!(parts));
    }
    let at = news.at.timestamp().as_second();
    if long_form {
        tags.insert(0, json!(["d", format!("{}.{}", news.record, news.lang)]));
        tags.insert(1, json!(["title", news.card.title]));
        tags.insert(2, json!(["summary", news.card.description]));
        tags.insert(3, json!(["published_at", at.to_string()]));
        let picture = images.first().or(news.drawn.iter().find(|card| card.size.is_some_and(|(width, height)| width > height)));
        tags.extend(picture.map(|image| json!(["image", image.url])));
    }
    json!({"kind": if long_form { ARTICLE } else { NOTE }, "created_at": at, "tags": tags, "content": content})
}

/// The signed event of a deed; nothing for an edit of what cannot be edited.
pub(crate) fn of_deed(post: &Post, deed: &Deed, keys: &Keys) -> Option<Value> {
    let mut event = post.payload.clone();
    let at = event["created_at"].as_i64().unwrap_or_default();
    match deed {
        Deed::New => {}
        Deed::Reply { to, root } => answer(&mut event, to, root, keys),
        Deed::Edit(of) if event["kind"] == ARTICLE && is_address(&of.id) => {
            // The newest of one address stands, to the second.
            event["created_at"] = json!(at.max(made(of) + 1));
        }
        Deed::Edit(_) => return None,
        Deed::Delete(of) => {
            let name = if is_address(&of.id) { "a" } else { "e" };
            let tags = json!([[name, of.id], ["k", kind_of(of).to_string()]]);
            event = json!({"kind": DELETION, "created_at": at.max(made(of)), "tags": tags, "content": ""});
        }
    }
    Some(signed(&event, keys))
}

/// An event below another: a note below a note (NIP-10), a comment below an article (NIP-22).
fn answer(event: &mut Value, to: &Receipt, root: &Receipt, keys: &Keys) {
    let me = keys.public();
    let mut tags = Vec::new();
    if kind_of(root) == NOTE {
        tags.push(json!(["e", root.id, "", "root", me]));
        if to.id != root.id {
            tags.push(json!(["e", to.id, "", "reply", me]));
        }
    } else {
        let name = if is_address(&to.id) { "a" } else { "e" };
        tags.extend([json!(["A", root.id]), json!(["K", ARTICLE.to_string()]), json!(["P", me])]);
        tags.extend([json!([name, to.id]), json!(["k", if name == "a" { ARTICLE } else { COMMENT }.to_string()])]);
        event["kind"] = json!(COMMENT);
    }
    tags.push(json!(["p", me]));
    let own = event["tags"].as_array().cloned().unwrap_or_default();
    let articles = ["d", "title", "summary", "published_at", "image"];
    tags.extend(own.into_iter().filter(|tag| !articles.contains(&tag[0].as_str().unwrap_or_default())));
    event["tags"] = Value::Array(tags);
}

/// What a relay is told that asks who is there (NIP-42): good for this relay, this challenge and some minutes only.
pub(crate) fn login(relay: &str, challenge: &str, now: i64, keys: &Keys) -> Value {
    let tags = json!([["relay", relay], ["challenge", challenge]]);
    signed(&json!({"kind": LOGIN, "created_at": now, "tags": tags, "content": ""}), keys)
}

fn signed(event: &Value, keys: &Keys) -> Value {
    let (public, content) = (keys.public(), event["content"].as_str().unwrap_or_default());
    let (at, kind) = (event["created_at"].as_i64().unwrap_or_default(), event["kind"].as_u64().unwrap_or_default());
    let id = id(&public, at, kind, &event["tags"], content);
    json!({"id": hex(&id), "pubkey": public, "created_at": at, "kind": kind, "tags": event["tags"], "content": content, "sig": keys.sign(&id)})
}

/// Where an event is: an article by its address, anything else by its id. Its id and time stay with it.
pub(crate) fn receipt(event: &Value, deed: &Deed) -> Receipt {
    if let Deed::Delete(of) = deed {
        return of.clone();
    }
    let words = |name: &str| event[name].as_str().unwrap_or_default();
    let kind = event["kind"].as_u64().unwrap_or_default();
    let version_id = format!("{} {} {kind}", words("id"), event["created_at"]);
    if kind != ARTICLE {
        let bytes = bytes_of(words("id"), "").unwrap_or_default();
        return Receipt { id: words("id").to_owned(), url: format!("nostr:{}", bech32::encode("note", &bytes)), version_id };
    }
    let tags = event["tags"].as_array().into_iter().flatten();
    let name = tags.filter(|tag| tag[0] == "d").find_map(|tag| tag[1].as_str()).unwrap_or_default();
    let mut bytes = vec![0, name.len().min(255) as u8];
    bytes.extend(name.bytes().take(255));
    bytes.extend([2, 32]);
    bytes.extend(bytes_of(words("pubkey"), "").unwrap_or_default());
    bytes.extend([3, 4]);
    bytes.extend((ARTICLE as u32).to_be_bytes());
    let url = format!("nostr:{}", bech32::encode("naddr", &bytes));
    Receipt { id: format!("{ARTICLE}:{}:{name}", words("pubkey")), url, version_id }
}

/// The filter for what readers have answered to a post.
pub(crate) fn answers_to(of: &Receipt) -> Value {
    let name = if is_address(&of.id) { "#a" } else { "#e" };
    json!({"kinds": [NOTE, 6, 7, 16, COMMENT], name: [of.id], "limit": 500})
}

fn is_address(id: &str) -> bool {
    id.contains(':')
}

fn kind_of(of: &Receipt) -> u64 {
    let last = of.version_id.split_whitespace().nth(2).and_then(|kind| kind.parse().ok());
    last.unwrap_or(if is_address(&of.id) { ARTICLE } else { NOTE })
}

fn made(of: &Receipt) -> i64 {
    of.version_id.split_whitespace().nth(1).and_then(|at| at.parse().ok()).unwrap_or_default()
}

fn plain(words: &str) -> String {
    words.chars().filter(|c| !matches!(c, '[' | ']' | '\n' | '\\')).collect()
}

/// Words as Markdown that shows just these words.
fn markdown(words: &str) -> String {
    let mut out = String::new();
    let mut last = 0;
    let escape = |words: &str| {
        words.chars().flat_map(|c| [Some('\\').filter(|_| "\\`*_[]<>#".contains(c)), Some(c)].into_iter().flatten()).collect::<String>()
    };
    for link in text::links(words) {
        out.push_str(&escape(&words[last..link.start]));
        out.push_str(&format!("<{}>", &words[link.clone()]));
        last = link.end;
    }
    out.push_str(&escape(&words[last..]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use k256::schnorr::{Signature, VerifyingKey};

    /// Vectors 0 and 1 of <https://github.com/bitcoin/bips/blob/master/bip-0340/test-vectors.csv>: secret, public key,
    /// auxiliary randomness, message, signature.
    const VECTORS: [[&str; 5]; 2] = [
        [
            "0000000000000000000000000000000000000000000000000000000000000003",
            "F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "E907831F80848D1069A5371B402410364BDF1C5F8307B0084C55F1CE2DCA821525F66A4A85EA8B71E482A74F382D2CE5EBEEE8FDB2172F477DF4900D310536C0",
        ],
        [
            "B7E151628AED2A6ABF7158809CF4F3C762E7160F38B4DA56A784D9045190CFEF",
            "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
            "0000000000000000000000000000000000000000000000000000000000000001",
            "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
            "6896BD60EEAE296DB48A229FF71DFE071BDE413E6D43F917DC8DCF8C78DE33418906D11AC976ABCCB20B091292BFF4EA897EFCB639EA871CFA95F6DE339E4B0A",
        ],
    ];

    fn bytes(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn keys_and_signatures_are_those_of_bip_340() {
        for [secret, public, auxiliary, message, signature] in VECTORS {
            let keys = Keys::read(secret).unwrap();
            assert_eq!(keys.public(), public.to_lowercase());
            let auxiliary: [u8; 32] = bytes(auxiliary).try_into().unwrap();
            let made = keys.0.sign_raw(&bytes(message), &auxiliary).unwrap();
            assert_eq!(hex(&made.to_bytes()), signature.to_lowercase());
            let ours = Signature::try_from(bytes(&keys.sign(&bytes(message))).as_slice()).unwrap();
            VerifyingKey::from_slice(&bytes(public)).unwrap().verify_raw(&bytes(message), &ours).unwrap();
        }
    }

    #[test]
    fn the_id_is_the_hash_of_the_compact_array_with_its_letters_as_they_are() {
        // Checked with Python's hashlib over json.dumps(…, separators=(",", ":"), ensure_ascii=False).
        let made = id(&"ab".repeat(32), 1_788_249_600, 1, &json!([["r", "https://norrvik.example/"]]), "Å \"ja\"\n\\ 👍 </a>");
        assert_eq!(hex(&made), "3adac215a2bd1d36b9b92f57b59628144a59796fe53ed8142506a3f49fdceffd");
    }

    #[test]
    fn a_secret_is_read_as_people_have_it() {
        let nsec = Keys::read("nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5").unwrap();
        assert_eq!(nsec.public(), "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e");
        assert_eq!(nsec.address(), "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg");
        assert!(Keys::read("npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg").is_none(), "a public key is no secret one");
        assert!(Keys::read("67dea2").is_none());
    }

    #[test]
    fn an_article_shows_its_words_and_nothing_else() {
        assert_eq!(markdown("*7* [x] https://norrvik.example/a_b"), "\\*7\\* \\[x\\] <https://norrvik.example/a_b>");
    }
}
