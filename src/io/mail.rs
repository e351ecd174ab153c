//! In: a message. Out: what the mail server said of it, or why nobody knows; the message as it stands on the wire.
//!
//! One talk, one message (RFC 5321), by lettre's client, step by step: so it is always known whether the message itself was
//! on its way. Without encryption nothing goes to another machine unless the settings allow it, and a password never does.
//! Lines end in CRLF and a line that begins with a dot arrives whole.

use crate::io::trust;
use crate::model::transport::{CallError, Mail, MailAnswer, MailStage};
use crate::text::mail_server::{MailServer, Veil};
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use std::error::Error;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// How long the server may take for each of its answers.
const ANSWER: Duration = Duration::from_secs(30);
/// Longest stretch of a server's words that is kept, in characters.
const WORDS: usize = 200;

/// A message as it stands on the wire, and its envelope.
pub struct Letter {
    /// Who sends it.
    pub sender: Address,
    /// Who gets it now.
    pub rest: Vec<Address>,
    /// The message of RFC 5322.
    pub bytes: Vec<u8>,
}

/// Writes a message out. What cannot be written was never sent.
pub fn letter(mail: &Mail) -> Result<Letter, CallError> {
    let mailbox =
        |text: &String| text.parse::<Mailbox>().map_err(|error| CallError::NotSent(format!("`{text}` is not an address of mail: {error}")));
    let from = mailbox(&mail.from)?;
    let sender = from.email.clone();
    let rest = mail.rest.iter().map(|text| mailbox(text).map(|mailbox| mailbox.email)).collect::<Result<Vec<_>, _>>()?;
    let seconds = u64::try_from(mail.date).unwrap_or_default();
    let mut message = Message::builder().from(from).subject(one_line(&mail.subject)).date(UNIX_EPOCH + Duration::from_secs(seconds));
    for to in &mail.to {
        message = message.to(mailbox(to)?);
    }
    message = message.message_id(Some(format!("<{}>", mail.message_id)));
    if let Some(answered) = mail.references.last() {
        let thread: Vec<String> = mail.references.iter().map(|id| format!("<{id}>")).collect();
        message = message.in_reply_to(format!("<{answered}>")).references(thread.join(" "));
    }
    let message = mail.headers.iter().try_fold(message, with_header)?;
    let message = message.header(MIME_VERSION_1_0).header(ContentType::TEXT_PLAIN).body(mail.text.clone());
    let message = message.map_err(|error| CallError::NotSent(format!("the message cannot be written: {error}")))?;
    Ok(Letter { sender, rest, bytes: message.formatted() })
}

fn with_header(message: MessageBuilder, (name, value): &(&'static str, String)) -> Result<MessageBuilder, CallError> {
    let known = HeaderName::new_from_ascii((*name).to_owned());
    let known = known.map_err(|_| CallError::NotSent(format!("`{name}` is not the name of a header")))?;
    Ok(message.raw_header(HeaderValue::new(known, one_line(value))))
}

/// A header is one line, whatever a title holds.
fn one_line(text: &str) -> String {
    text.split(char::is_control).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Hands a message to its server; with `loopback`, to one on this machine only.
pub fn send(mail: &Mail, root: &Path, loopback: bool) -> Result<MailAnswer, CallError> {
    let letter = letter(mail)?;
    let unreadable = || CallError::NotSent(format!("`{}` is not the address of a mail server", mail.server));
    let server = MailServer::read(&mail.server).ok_or_else(unreadable)?;
    let (here, is_allowed) = (server.is_here(), server.is_allowed(mail.insecure, mail.login.is_some()));
    let MailServer { veil, host, port } = server;
    if loopback && !here {
        return Err(CallError::NotSent(format!("{host} is not on this machine")));
    }
    if !is_allowed {
        return Err(CallError::NotSent(format!("{host} is another machine, and nothing goes there without encryption")));
    }
    let tls = if veil == Veil::None { None } else { Some(tls(mail, root, &host)?) };
    // The name that a server expects is ours; the sender's domain is the best that is known of it.
    let name = ClientId::Domain(letter.sender.domain().to_owned());
    let wrapped = tls.as_ref().filter(|_| veil == Veil::Wrapped);
    let connected = SmtpConnection::connect((host.as_str(), port), Some(ANSWER), &name, wrapped, None);
    let mut server = match connected {
        Ok(server) => server,
        Err(error) => return told(&error, MailStage::Greeting),
    };
    if let (Veil::StartTls, Some(tls)) = (veil, &tls)
        && let Err(error) = server.starttls(tls, &name)
    {
        return told(&error, MailStage::Greeting);
    }
    let answer = talk(&mut server, mail, &letter);
    server.abort();
    answer
}

/// From the login to the last answer.
fn talk(server: &mut SmtpConnection, mail: &Mail, letter: &Letter) -> Result<MailAnswer, CallError> {
    if let Some((name, password)) = &mail.login {
        let login = Credentials::new(name.clone(), password.expose().to_owned());
        if let Err(error) = server.auth(&[Mechanism::Plain, Mechanism::Login], &login) {
            // A server that wants no login of this kind takes none.
            let refused = MailAnswer { stage: MailStage::Login, code: 504, words: plain(&error), refused: Vec::new() };
            return if error.is_client() { Ok(refused) } else { told(&error, MailStage::Login) };
        }
    }
    if let Err(error) = server.command(MailFrom::new(Some(letter.sender.clone()), Vec::new())) {
        return told(&error, MailStage::Sender);
    }
    let mut refused = Vec::new();
    for recipient in &letter.rest {
        match server.command(Rcpt::new(recipient.clone(), Vec::new())) {
            Ok(_) => {}
            Err(error) => match code(&error) {
                Some(code) => refused.push((recipient.to_string(), code, plain(&error))),
                None => return Err(CallError::NotSent(plain(&error))),
            },
        }
    }
    if refused.len() == letter.rest.len() {
        // One that may be taken later keeps the question open for all.
        let worst = refused.iter().min_by_key(|(_, code, _)| *code).cloned();
        let (_, code, words) = worst.unwrap_or_else(|| (String::new(), 550, "there is no recipient".into()));
        return Ok(MailAnswer { stage: MailStage::Recipients, code, words, refused });
    }
    if mail.probe {
        let _ = server.command(Rset);
        return Ok(MailAnswer { stage: MailStage::Recipients, code: 250, words: String::new(), refused });
    }
    if let Err(error) = server.command(Data) {
        return told(&error, MailStage::Message);
    }
    match server.message(&letter.bytes) {
        Ok(answer) => {
            Ok(MailAnswer { stage: MailStage::Message, code: 250, words: shown(&answer.message().collect::<Vec<_>>().join(" ")), refused })
        }
        Err(error) => match code(&error) {
            Some(code) => Ok(MailAnswer { stage: MailStage::Message, code, words: plain(&error), refused }),
            None => Err(CallError::Lost(format!("no answer to the message: {}", plain(&error)))),
        },
    }
}

/// An answer with a code, or none: before the message itself, silence means that it was not sent.
fn told(error: &SmtpError, stage: MailStage) -> Result<MailAnswer, CallError> {
    match code(error) {
        Some(code) => Ok(MailAnswer { stage, code, words: plain(error), refused: Vec::new() }),
        None => Err(CallError::NotSent(plain(error))),
    }
}

fn code(error: &SmtpError) -> Option<u16> {
    error.status().and_then(|code| code.to_string().parse().ok())
}

/// The innermost cause, which is what the server or the network said.
fn plain(error: &SmtpError) -> String {
    let mut inner: &dyn Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    shown(&trust::told(inner.to_string(), "if it is your own, name a PEM file with it under `authority:`"))
}

fn shown(text: &str) -> String {
    one_line(text).chars().take(WORDS).collect()
}

/// Encryption with a server whose certificate is for `host`, signed by an authority that the machine or the body trusts.
fn tls(mail: &Mail, root: &Path, host: &str) -> Result<TlsParameters, CallError> {
    let not_sent = |reason: String| CallError::NotSent(reason);
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = &mail.authority {
        let pem = std::fs::read(root.join(file)).map_err(|error| not_sent(format!("{file}: {error}")))?;
        let certificate = Certificate::from_pem(&pem).map_err(|_| not_sent(format!("{file} holds no certificate")))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(|error| not_sent(format!("encryption cannot be used: {}", plain(&error))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(server: &str) -> Mail {
        Mail {
            server: server.into(),
            insecure: false,
            authority: None,
            login: None,
            from: "Norrviks kommun <news@norrvik.example>".into(),
            to: vec!["list@norrvik.example".into()],
            rest: vec!["list@norrvik.example".into()],
            subject: "Bron stängs".into(),
            text: "En rad.\n.En punkt först.\n".into(),
            message_id: "abc@norrvik.example".into(),
            references: vec!["first@norrvik.example".into(), "last@norrvik.example".into()],
            headers: vec![("Content-Language", "sv".into())],
            date: 1_788_249_600,
            probe: false,
        }
    }

    fn text(mail: &Mail) -> String {
        String::from_utf8(letter(mail).unwrap().bytes).unwrap()
    }

    #[test]
    fn a_message_carries_its_thread_its_date_and_lines_that_end_in_crlf() {
        let text = text(&mail("smtp://localhost"));
        for line in [
            "Message-ID: <abc@norrvik.example>\r\n",
            "In-Reply-To: <last@norrvik.example>\r\n",
            "References: <first@norrvik.example> <last@norrvik.example>\r\n",
            "Content-Language: sv\r\n",
            "MIME-Version: 1.0\r\n",
            "Date: Tue, 01 Sep 2026 08:00:00 +0000\r\n",
        ] {
            assert!(text.contains(line), "{line:?} in {text}");
        }
        assert!(!text.replace("\r\n", "").contains('\n'), "{text:?}");
    }

    #[test]
    fn a_title_cannot_make_a_header_of_its_own() {
        let text = text(&Mail { subject: "Bron\r\nBcc: someone@example.org".into(), ..mail("smtp://localhost") });
        assert!(!text.contains("\nBcc:"), "{text}");
    }

    #[test]
    fn nothing_leaves_this_machine_in_plain_words_unless_it_is_wished_and_a_password_never() {
        let refused = |mail: &Mail| matches!(send(mail, Path::new("."), false), Err(CallError::NotSent(why)) if why.contains("encryption"));
        let away = mail("smtp://192.0.2.1:25");
        assert!(refused(&away));
        let login = Some(("news".to_owned(), crate::model::transport::Secret::new("s3cret")));
        assert!(refused(&Mail { insecure: true, login, ..away }));
        let here = send(&mail("smtps://192.0.2.1"), Path::new("."), true);
        assert!(matches!(here, Err(CallError::NotSent(why)) if why.contains("this machine")));
    }
}
