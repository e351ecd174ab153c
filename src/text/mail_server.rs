//! In: the address of a mail server as the settings have it. Out: how to reach it, or why it cannot be used.

use url::Host;

/// How a talk with the server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veil {
    /// Encrypted from the first byte.
    Wrapped,
    /// Encrypted after the greeting.
    StartTls,
    /// Not at all.
    None,
}

/// A mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    /// How the talk is kept from others.
    pub veil: Veil,
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl MailServer {
    /// Reads `smtps://HOST`, `smtp+starttls://HOST` or `smtp://HOST`, with or without a port.
    pub fn read(address: &str) -> Option<MailServer> {
        let (scheme, rest) = address.split_once("://")?;
        let (veil, usual) = match scheme {
            "smtps" => (Veil::Wrapped, 465),
            "smtp+starttls" => (Veil::StartTls, 587),
            "smtp" => (Veil::None, 25),
            _ => return None,
        };
        let rest = rest.trim_end_matches('/');
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !host.ends_with(':') && !rest.ends_with(']') => (host, port.parse().ok()?),
            _ => (rest, usual),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let is_name = !host.is_empty() && !host.contains(['/', '@', '?', '#']) && !host.contains(char::is_whitespace);
        is_name.then(|| MailServer { veil, host: host.to_owned(), port })
    }

    /// Whether it is on this machine.
    pub fn is_here(&self) -> bool {
        let bracketed = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        match Host::parse(&bracketed) {
            Ok(Host::Ipv4(address)) => address.is_loopback(),
            Ok(Host::Ipv6(address)) => address.is_loopback(),
            Ok(Host::Domain(name)) => name == "localhost",
            Err(_) => false,
        }
    }

    /// Whether mail may go there: without encryption to another machine only where that was asked for, and never with a
    /// password.
    pub fn is_allowed(&self, insecure: bool, login: bool) -> bool {
        self.veil != Veil::None || self.is_here() || (insecure && !login)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_how_where_and_at_which_port() {
        let read = |text: &str| MailServer::read(text).map(|server| (server.veil, server.host, server.port));
        assert_eq!(read("smtps://mail.norrvik.example"), Some((Veil::Wrapped, "mail.norrvik.example".into(), 465)));
        assert_eq!(read("smtp+starttls://mail.norrvik.example:2525/"), Some((Veil::StartTls, "mail.norrvik.example".into(), 2525)));
        assert_eq!(read("smtp://[::1]:1025"), Some((Veil::None, "::1".into(), 1025)));
        for wrong in ["mail.norrvik.example", "https://mail.norrvik.example", "smtps://", "smtps://a:b", "smtps://me@host", "smtps://a b"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn nothing_goes_to_another_machine_in_the_open_unless_asked_for_and_a_password_never() {
        let allowed = |text: &str, insecure, login| MailServer::read(text).is_some_and(|server| server.is_allowed(insecure, login));
        assert!(allowed("smtps://mail.norrvik.example", false, true) && allowed("smtp://127.0.0.1", false, true));
        assert!(!allowed("smtp://mail.norrvik.example", false, false) && !allowed("smtp://mail.norrvik.example", true, true));
        assert!(allowed("smtp://mail.norrvik.example", true, false));
    }
}
