//! In: nothing. Out: what goes over the wire to a platform and comes back, as values; secrets that never show themselves.

/// A value that never shows itself: its `Debug` prints nothing, it has no `Display` and is not serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Secret {
        Secret(value.into())
    }

    /// The value, for the one header or body that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes.
    Post,
    /// Replaces.
    Put,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
}

/// A part of a multipart body.
#[derive(Debug, Clone)]
pub struct Part {
    /// Field name.
    pub name: &'static str,
    /// File name and media type; none for a plain field.
    pub file: Option<(String, &'static str)>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub enum Body {
    /// None.
    Empty,
    /// Bytes with their media type.
    Bytes(&'static str, Vec<u8>),
    /// A form with files.
    Multipart(Vec<Part>),
}

/// A request to a platform. Redirects are never followed. Its `Debug` shows the method alone: the address and the body of
/// some platforms hold the token.
#[derive(Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The full address.
    pub url: String,
    /// Headers; values with secrets in [`Request::secrets`].
    pub headers: Vec<(&'static str, String)>,
    /// Headers whose values are secret.
    pub secrets: Vec<(&'static str, Secret)>,
    /// The body.
    pub body: Body,
    /// Whether the address was given by somebody else than the settings: it is followed to the open network only.
    pub elsewhere: bool,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: Method, url: impl Into<String>) -> Request {
        Request { method, url: url.into(), headers: Vec::new(), secrets: Vec::new(), body: Body::Empty, elsewhere: false }
    }

    /// The same with `Authorization: Bearer …`.
    pub fn bearer(self, token: &Secret) -> Request {
        self.secret("authorization", Secret::new(format!("Bearer {}", token.expose())))
    }

    /// The same with a header whose value is secret.
    pub fn secret(mut self, name: &'static str, value: Secret) -> Request {
        self.secrets.push((name, value));
        self
    }

    /// The same with a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Request {
        self.headers.push((name, value.into()));
        self
    }

    /// The same with a body in JSON.
    pub fn json(self, value: &serde_json::Value) -> Request {
        Request { body: Body::Bytes("application/json", value.to_string().into_bytes()), ..self }
    }

    /// The same with a form (`application/x-www-form-urlencoded`).
    pub fn form<'f>(self, fields: impl IntoIterator<Item = (&'f str, &'f str)>) -> Request {
        let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Request { body: Body::Bytes("application/x-www-form-urlencoded", text.into_bytes()), ..self }
    }
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Request({:?} …)", self.method)
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, at most 4 MiB.
    pub body: Vec<u8>,
}

impl Response {
    /// The first value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A call that gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// It certainly never arrived: the name does not resolve, nothing listens, the program cannot start.
    #[error("{0}")]
    NotSent(String),
    /// It may have arrived: the answer was lost, cut, late or unreadable.
    #[error("{0}")]
    Lost(String),
}

/// A message for a mail server. Its `Debug` shows its id alone.
#[derive(Clone)]
pub struct Mail {
    /// `smtps://HOST:PORT` (encrypted from the first byte), `smtp+starttls://HOST:PORT` (encrypted before anything is said),
    /// `smtp://HOST:PORT` (plain: for a server on this machine).
    pub server: String,
    /// Whether a plain server may be on another machine.
    pub insecure: bool,
    /// File below the site's root with certificates of the body's own authority, where the server's is signed by it.
    pub authority: Option<String>,
    /// Name and password, where the server wants them.
    pub login: Option<(String, Secret)>,
    /// Who sends it: `Norrviks kommun <news@norrvik.example>`.
    pub from: String,
    /// Whom it is addressed to.
    pub to: Vec<String>,
    /// Who gets it now: those of `to` that have not got it yet.
    pub rest: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// Its text, plain.
    pub text: String,
    /// `LEFT@RIGHT`, the same at every attempt.
    pub message_id: String,
    /// The messages that it answers, the first of the thread first, the answered one last.
    pub references: Vec<String>,
    /// Other headers, such as `Content-Language` and `List-Unsubscribe`.
    pub headers: Vec<(&'static str, String)>,
    /// When it happened that is told, seconds since 1970.
    pub date: i64,
    /// Whether the server is only asked if it would take it: nothing is sent.
    pub probe: bool,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mail({})", self.message_id)
    }
}

/// How far a talk with a mail server had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailStage {
    /// Greeting and encryption.
    Greeting,
    /// Name and password.
    Login,
    /// The sender.
    Sender,
    /// The recipients; only where the server took none of them.
    Recipients,
    /// The message itself.
    Message,
}

/// What a mail server said at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAnswer {
    /// How far the talk had come.
    pub stage: MailStage,
    /// The code of RFC 5321, such as 250 or 451.
    pub code: u16,
    /// The words.
    pub words: String,
    /// Recipients that were not taken, with code and words.
    pub refused: Vec<(String, u16, String)>,
}

/// What a person gets who must post by hand: files in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kit {
    /// Folder below `handover/`, such as `updates/2026/water/whatsapp.sv`.
    pub folder: String,
    /// Name and text of each file.
    pub texts: Vec<(String, String)>,
    /// What is to be done: `post`, `reply`, `edit` or `delete`.
    pub task: &'static str,
    /// The id of the earlier post that is meant, if one is.
    pub of: Option<String>,
    /// The channel's name in the settings.
    pub channel: String,
    /// Language of the text.
    pub lang: String,
    /// The text to be posted.
    pub text: String,
}
