//! In: the bytes of a message. Out: what a reader sees of it, or what is wrong with it by RFC 5322, 2045 and 2047.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Most bytes of a line, its end not counted (RFC 5322 2.1.1).
const LINE: usize = 998;

/// What a reader sees.
#[derive(Debug)]
pub struct Message {
    /// `From` as it stands.
    pub from: String,
    /// Its id, without brackets.
    pub id: String,
    /// The id of what it answers.
    pub answers: Option<String>,
    /// What it is about.
    pub subject: String,
    /// Its language.
    pub lang: Option<String>,
    /// Its text.
    pub text: String,
}

/// Reads a message strictly.
pub fn read(bytes: &[u8]) -> Result<Message, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "bytes that are no text")?;
    if !text.is_ascii() {
        return Err("a byte that is not ASCII".into());
    }
    let bare = text.replace("\r\n", "");
    if bare.contains(['\r', '\n']) {
        return Err("a line end that is not CRLF".into());
    }
    if text.split("\r\n").any(|line| line.len() > LINE) {
        return Err("a line of more than 998 bytes".into());
    }
    let (head, body) = text.split_once("\r\n\r\n").ok_or("no empty line between head and body")?;
    let head = headers(head)?;
    let once = |name: &str| one(&head, name)?.ok_or(format!("no {name}"));
    for name in ["Date", "To", "MIME-Version", "Content-Language", "Auto-Submitted"] {
        once(name)?;
    }
    jiff::fmt::rfc2822::parse(&once("Date")?).map_err(|_| "Date is no date")?;
    if once("Content-Type")?.to_lowercase() != "text/plain; charset=utf-8" {
        return Err("Content-Type is not plain text in UTF-8".into());
    }
    let answers = one(&head, "In-Reply-To")?.map(|id| bracketed(&id)).transpose()?;
    if let Some(answers) = &answers
        && !once("References")?.ends_with(&format!("<{answers}>"))
    {
        return Err("References do not end with what is answered".into());
    }
    if let Some(list) = one(&head, "List-Unsubscribe")?
        && !(list.starts_with('<') && list.ends_with('>') && (list.contains("https://") || list.contains("mailto:")))
    {
        return Err("List-Unsubscribe is no list of addresses".into());
    }
    Ok(Message {
        from: once("From")?,
        id: bracketed(&once("Message-ID")?)?,
        answers,
        subject: decoded(&once("Subject")?)?,
        lang: one(&head, "Content-Language")?,
        text: body_text(&one(&head, "Content-Transfer-Encoding")?.unwrap_or_default(), body)?,
    })
}

/// Names and unfolded values.
fn headers(head: &str) -> Result<Vec<(String, String)>, String> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        match (line.starts_with([' ', '\t']), found.last_mut()) {
            (true, Some((_, value))) => value.push_str(line),
            (true, None) => return Err("the head begins with a folded line".into()),
            (false, _) => {
                let (name, value) = line.split_once(": ").ok_or(format!("a header without a name: {line}"))?;
                found.push((name.to_owned(), value.trim().to_owned()));
            }
        }
    }
    Ok(found)
}

fn one(head: &[(String, String)], name: &str) -> Result<Option<String>, String> {
    let mut values = head.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(format!("{name} twice")),
        (value, None) => Ok(value),
    }
}

fn bracketed(text: &str) -> Result<String, String> {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).filter(|text| text.contains('@'));
    inner.map(str::to_owned).ok_or(format!("{text} is no id of a message"))
}

/// Encoded words (RFC 2047); white space between two of them is none.
fn decoded(text: &str) -> Result<String, String> {
    let mut out: Vec<u8> = Vec::new();
    let mut encoded = false;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let inner = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        if !(out.is_empty() || encoded && inner.is_some()) {
            out.push(b' ');
        }
        match inner {
            Some(inner) => out.extend(STANDARD.decode(inner).map_err(|_| "an encoded word that is none")?),
            None => out.extend(word.bytes()),
        }
        encoded = inner.is_some();
    }
    String::from_utf8(out).map_err(|_| "a subject that is not UTF-8".into())
}

fn body_text(encoding: &str, body: &str) -> Result<String, String> {
    let bytes = match encoding.to_lowercase().as_str() {
        "7bit" => body.as_bytes().to_vec(),
        "base64" => STANDARD.decode(body.replace("\r\n", "")).map_err(|_| "a body that is not base64")?,
        "quoted-printable" => unquoted(body)?,
        other => return Err(format!("an encoding `{other}`")),
    };
    let text = String::from_utf8(bytes).map_err(|_| "a body that is not UTF-8")?;
    Ok(text.replace("\r\n", "\n"))
}

fn unquoted(body: &str) -> Result<Vec<u8>, String> {
    let whole = body.replace("=\r\n", "");
    let mut out = Vec::new();
    let mut rest = whole.as_str();
    while let Some(at) = rest.find('=') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let digits = rest.get(at + 1..at + 3).ok_or("a quoted byte that is cut")?;
        out.push(u8::from_str_radix(digits, 16).map_err(|_| "a quoted byte that is none")?);
        rest = &rest[at + 3..];
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "From: news@norrvik.example\r\nTo: list@norrvik.example\r\nSubject: =?utf-8?b?QnJvbg==?= 7\r\nDate: Tue, 01 Sep 2026 08:00:00 +0000\r\n\
        Message-ID: <a@norrvik.example>\r\nMIME-Version: 1.0\r\nContent-Language: sv\r\nAuto-Submitted: auto-generated\r\n\
        Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nBr=C3=A5=\r\n is 3D.\r\n";

    #[test]
    fn a_message_is_read_as_a_reader_sees_it() {
        let message = read(GOOD.as_bytes()).unwrap();
        assert_eq!((message.subject.as_str(), message.text.as_str(), message.id.as_str()), ("Bron 7", "Brå is 3D.\n", "a@norrvik.example"));
    }

    #[test]
    fn every_fault_is_found() {
        for (good, bad) in [
            ("Date: Tue, 01 Sep 2026 08:00:00 +0000\r\n", ""),
            ("Date: Tue", "Date: Someday"),
            ("<a@norrvik.example>", "a@norrvik.example"),
            ("Content-Language: sv\r\n", "Content-Language: sv\nX: y\r\n"),
            ("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nMIME-Version: 1.0\r\n"),
            ("charset=utf-8", "charset=latin1"),
            ("Br=C3=A5", "Brå"),
            ("MIME-Version", "In-Reply-To: <b@norrvik.example>\r\nMIME-Version"),
        ] {
            assert!(GOOD.contains(good) && read(GOOD.replacen(good, bad, 1).as_bytes()).is_err(), "{bad}");
        }
    }
}
