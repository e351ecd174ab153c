//! In: an address that somebody else gave. Out: whether it is one of the open network; a name is asked for once, and only
//! what was looked at is connected to.
//!
//! Which addresses are open: all but those of RFC 6890 and its successors that mean this machine, this network, a cloud's
//! own service, a group, or nothing; also where an IPv6 address only wraps one of them (mapped, NAT64, 6to4).

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// How a name becomes addresses.
pub type LookUp = Arc<dyn Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync>;

/// Refuses an address that names a place which is not open, before anything is asked.
pub fn admits(url: &Url) -> Result<(), String> {
    let refused = || Err("an address that a server gave leads to this machine or to a network of its own; it is not followed".to_owned());
    match url.host() {
        Some(Host::Ipv4(address)) if !is_open(IpAddr::V4(address)) => refused(),
        Some(Host::Ipv6(address)) if !is_open(IpAddr::V6(address)) => refused(),
        Some(Host::Domain(name)) if is_inner(name) => refused(),
        Some(_) if url.scheme() == "https" && url.username().is_empty() && url.password().is_none() => Ok(()),
        _ => Err("an address that a server gave is not one of HTTPS; it is not followed".to_owned()),
    }
}

/// Names that are known without asking.
fn is_inner(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let endings = ["localhost", "local", "internal", "intranet", "lan", "home", "home.arpa", "corp", "localdomain"];
    !name.contains('.') || endings.iter().any(|ending| name == *ending || name.ends_with(&format!(".{ending}")))
}

/// Asks for names, and gives addresses only where every one of them is open.
pub struct Resolver(pub LookUp);

impl Resolver {
    /// By the system.
    pub fn of_the_system() -> Resolver {
        use std::net::ToSocketAddrs;
        Resolver(Arc::new(|name| Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect())))
    }

    /// The addresses of a name, if all of them are open.
    pub fn addresses(&self, name: &str) -> std::io::Result<Vec<IpAddr>> {
        let addresses = (self.0)(name)?;
        match addresses.iter().all(|address| is_open(*address)) {
            true if !addresses.is_empty() => Ok(addresses),
            true => Err(std::io::Error::other("the name has no address")),
            false => Err(std::io::Error::other("the name leads to this machine or to a network of its own")),
        }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let own = Resolver(Arc::clone(&self.0));
        Box::pin(async move {
            let asked = tokio::task::spawn_blocking(move || own.addresses(name.as_str())).await??;
            Ok(Box::new(asked.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

/// Whether an address is one of the open network.
pub fn is_open(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_open_4(address),
        IpAddr::V6(address) => is_open_6(address),
    }
}

fn is_open_4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let inner = matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224.., ..)
    );
    !inner
}

fn is_open_6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let four = |high: u16, low: u16| is_open_4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match parts {
        // Wrapped: mapped and compatible, NAT64 (RFC 6052, 8215), 6to4, Teredo.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => parts[5] == 0xffff && four(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => four(high, low),
        [0x64, 0xff9b, 1, ..] => false,
        [0x2002, high, low, ..] => four(high, low),
        [0x2001, 0, ..] => false,
        [0x2001, 0x0db8, ..] | [0x2001, 0x0002, ..] | [0x2001, 0x10..=0x2f, ..] | [0x3fff, 0..=0x0fff, ..] | [0x100, 0, 0, ..] => false,
        // Only 2000::/3 is given out; the rest is local, link-local, a group or nothing.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_inner_address_is_refused() {
        let inner = [
            "127.0.0.1",
            "127.1",
            "0x7f.1",
            "2130706433",
            "0177.0.0.1",
            "0",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[::ffff:7f00:1]",
            "[::ffff:169.254.169.254]",
            "[::7f00:1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::a00:1]",
            "[2002:7f00:1::]",
            "[2002:a9fe:a9fe::]",
            "[fe80::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "[2001:db8::1]",
            "[2001::1]",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "metadata.google.internal",
            "printer",
            "printer.local",
            "router.lan",
            "①②⑦.0.0.1",
        ];
        for host in inner {
            assert!(admits(&Url::parse(&format!("https://{host}/x")).unwrap()).is_err(), "{host}");
        }
        for other in ["http://norrvik.example/", "ftp://norrvik.example/", "file:///etc/passwd", "https://a:b@norrvik.example/"] {
            assert!(admits(&Url::parse(other).unwrap()).is_err(), "{other}");
        }
        for open in
            ["https://norrvik.example/", "https://8.8.8.8/", "https://[2606:4700::1111]/", "https://172.32.0.1/", "https://100.128.0.1/"]
        {
            assert_eq!(admits(&Url::parse(open).unwrap()), Ok(()), "{open}");
        }
    }

    #[test]
    fn a_name_with_one_inner_address_among_open_ones_is_refused() {
        let of = |addresses: &'static [&'static str]| {
            Resolver(Arc::new(move |_| Ok(addresses.iter().map(|address| address.parse().unwrap()).collect()))).addresses("norrvik.example")
        };
        assert!(of(&["8.8.8.8", "2606:4700::1111"]).is_ok());
        for inner in [&["8.8.8.8", "127.0.0.1"][..], &["169.254.169.254"], &["8.8.8.8", "::ffff:10.0.0.1"], &["fd00::1", "8.8.4.4"], &[]] {
            assert!(of(inner).is_err(), "{inner:?}");
        }
    }

    #[test]
    fn a_name_is_asked_for_once_and_what_was_looked_at_is_what_is_given() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        // A server that gives an open address first and an inner one the second time (DNS rebinding).
        let look_up: LookUp = Arc::new(move |_| {
            let first = count.fetch_add(1, Ordering::Relaxed) == 0;
            Ok(vec![if first { "8.8.8.8" } else { "127.0.0.1" }.parse().unwrap()])
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let given = runtime.block_on(Resolver(look_up).resolve("norrvik.example".parse().unwrap())).unwrap();
        assert_eq!(given.map(|address| address.ip().to_string()).collect::<Vec<_>>(), ["8.8.8.8"]);
        assert_eq!(asked.load(Ordering::Relaxed), 1);
    }
}
