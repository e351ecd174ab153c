//! In: requests. Out: their bodies, read strictly: the right media type, the fields that are documented and no others.

use axum::extract::Multipart;
use axum::http::{HeaderMap, header};
use serde_json::Value;
use std::collections::BTreeMap;

/// The text of a header; empty where it is missing.
pub fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|text| text.to_str().ok()).unwrap_or_default()
}

/// An object in JSON.
pub fn object(headers: &HeaderMap, body: &[u8]) -> Result<Value, String> {
    if !is_type(headers, "application/json") {
        return Err("the content type is not application/json".into());
    }
    let value: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    if value.is_object() { Ok(value) } else { Err("the body is no object".into()) }
}

/// A form.
pub fn form(headers: &HeaderMap, body: &[u8]) -> Result<BTreeMap<String, String>, String> {
    if !is_type(headers, "application/x-www-form-urlencoded") {
        return Err("the content type is not application/x-www-form-urlencoded".into());
    }
    Ok(url::form_urlencoded::parse(body).into_owned().collect())
}

/// Whether an object has none but these fields; else the name of another.
pub fn only(value: &Value, known: &[&str]) -> Result<(), String> {
    let mut other = value.as_object().into_iter().flatten().map(|(name, _)| name).filter(|name| !known.contains(&name.as_str()));
    other.next().map_or(Ok(()), |name| Err(format!("there is no field {name}")))
}

/// A part of a multipart body.
pub struct Part {
    /// Its field.
    pub name: String,
    /// Its file's name, if it is one.
    pub file: Option<String>,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// All parts of a multipart body; nothing where it breaks off.
pub async fn parts(mut form: Multipart) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    loop {
        match form.next_field().await {
            Ok(Some(field)) => {
                let name = field.name()?.to_owned();
                let file = field.file_name().map(str::to_owned);
                let media_type = field.content_type().unwrap_or_default().to_owned();
                parts.push(Part { name, file, media_type, bytes: field.bytes().await.ok()?.to_vec() });
            }
            Ok(None) => return Some(parts),
            Err(_) => return None,
        }
    }
}

/// The media type of an image by its first bytes.
pub fn picture(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

fn is_type(headers: &HeaderMap, media_type: &str) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|text| text.to_str().ok()).unwrap_or_default();
    given.split(';').next().is_some_and(|given| given.trim().eq_ignore_ascii_case(media_type))
}
