//! In: mail and kits in a rehearsal. Out: the same, told over HTTP to the stand-ins on this machine.
//!
//! Mail goes as the bytes that would stand on the wire, with its envelope beside them.

use crate::io::http::Http;
use crate::io::mail;
use crate::model::announcement::Image;
use crate::model::transport::{Body, CallError, Kit, Mail, MailAnswer, MailStage, Method, Part, Request, Response, Secret};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Hands a message to the stand-in for mail.
pub fn mail(http: &Http, url: String, mail: &Mail) -> Result<MailAnswer, CallError> {
    let letter = mail::letter(mail)?;
    let rest: Vec<String> = letter.rest.iter().map(ToString::to_string).collect();
    let mut request = Request::new(Method::Post, url)
        .header("x-mail-from", letter.sender.to_string())
        .header("x-mail-to", rest.join(","))
        .header("x-mail-task", if mail.probe { "probe" } else { "send" });
    if let Some((name, password)) = &mail.login {
        let login = STANDARD.encode(format!("{name}:{}", password.expose()));
        request = request.secret("authorization", Secret::new(format!("Basic {login}")));
    }
    request.body = Body::Bytes("message/rfc822", letter.bytes);
    let answer = read(&http.send(&request)?)?;
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let code = |value: &Value| value.as_u64().and_then(|code| u16::try_from(code).ok()).unwrap_or_default();
    let stage = match answer["stage"].as_str() {
        Some("greeting") => MailStage::Greeting,
        Some("login") => MailStage::Login,
        Some("sender") => MailStage::Sender,
        Some("recipients") => MailStage::Recipients,
        _ => MailStage::Message,
    };
    let refused = answer["refused"].as_array().into_iter().flatten();
    let refused = refused.map(|one| (words(&one["to"]), code(&one["code"]), words(&one["words"]))).collect();
    Ok(MailAnswer { stage, code: code(&answer["code"]), words: words(&answer["words"]), refused })
}

/// Hands a kit to the stand-in for people.
pub fn hand_over(http: &Http, url: String, kit: &Kit, pictures: &[(&Image, Vec<u8>)]) -> Result<String, CallError> {
    let names: Vec<&str> = kit.texts.iter().map(|(name, _)| name.as_str()).collect();
    let alts: Vec<&str> = pictures.iter().map(|(image, _)| image.alt.as_str()).collect();
    let about = json!({
        "folder": kit.folder,
        "task": kit.task,
        "of": kit.of,
        "channel": kit.channel,
        "lang": kit.lang,
        "text": kit.text,
        "files": names,
        "alt": alts,
    });
    let mut parts = vec![Part { name: "kit", file: None, bytes: about.to_string().into_bytes() }];
    for (image, bytes) in pictures {
        parts.push(Part { name: "picture", file: Some((image.path().name().to_owned(), image.media_type)), bytes: bytes.clone() });
    }
    let request = Request { body: Body::Multipart(parts), ..Request::new(Method::Post, url) };
    let answer = read(&http.send(&request)?)?;
    answer["id"].as_str().map(str::to_owned).ok_or_else(|| CallError::Lost("the stand-in gave no id".into()))
}

fn read(answer: &Response) -> Result<Value, CallError> {
    let value = serde_json::from_slice(&answer.body);
    match (answer.status, value) {
        (200..=299, Ok(value)) => Ok(value),
        (status @ 500.., _) => Err(CallError::Lost(format!("the stand-in answers {status}"))),
        (status, Ok(value)) => {
            Err(CallError::NotSent(format!("the stand-in answers {status} {}", value["error"].as_str().unwrap_or_default())))
        }
        (status, Err(_)) => Err(CallError::Lost(format!("the stand-in answers {status} and nothing that can be read"))),
    }
}
