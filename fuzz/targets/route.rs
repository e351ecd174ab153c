//! Names from people and files. A `SafePath` stays below any folder it is put in, whoever reads it: by components, after NFC,
//! on systems with backslashes and drives. A `Route` survives the way to a browser and back, and leads to this host.

use percent_encoding::percent_decode_str;
use promulgate::model::route::{Route, SafePath};
use std::path::{Component, Path};
use unicode_normalization::is_nfc;
use url::Url;

/// The name as it is.
pub fn check(data: &[u8]) {
    let Ok(name) = std::str::from_utf8(data) else { return };
    if let Ok(path) = SafePath::new(name) {
        stays_below(&path);
        // What has no escapes left is a fixed point.
        if !path.as_str().contains('%') {
            assert_eq!(SafePath::new(path.as_str()).as_ref(), Ok(&path));
        }
        let joined = SafePath::new("content").expect("a plain name").join(&path);
        assert!(joined.as_str().ends_with(path.name()) && !joined.folder().is_empty());
    }
    if let Ok(route) = Route::new(name) {
        stays_below(&route.file());
        comes_back(&route);
        if let Ok(below) = Route::new("/decisions/").expect("a plain name").join(name) {
            stays_below(&below.file());
            assert!(below.as_str().starts_with("/decisions"), "{below}");
        }
    }
}

fn stays_below(path: &SafePath) {
    let text = path.as_str();
    let parts: Vec<Component<'_>> = Path::new(text).components().collect();
    assert!(parts.iter().all(|part| matches!(part, Component::Normal(_))), "{text}");
    assert_eq!(parts.len(), text.split('/').count(), "{text}");
    assert!(Path::new("/norrvik/public").join(text).starts_with("/norrvik/public"));
    assert!(is_nfc(text) && !text.contains(['\\', ':', '\0']) && !text.chars().any(char::is_control), "{text:?}");
    assert!(text.len() <= 1_000 + "/index.html".len() && text.split('/').all(|part| !part.is_empty() && part.len() <= 200), "{text}");
}

fn comes_back(route: &Route) {
    let href = route.href();
    assert!(href.is_ascii() && href.starts_with('/') && !href.starts_with("//"), "{href}");
    assert_eq!(Route::new(&href).as_ref(), Ok(route), "{href}");
    let base = Url::parse("https://norrvik.example/decisions/2026/").expect("an address");
    let url = base.join(&href).expect("an address of ours is an address");
    assert!(url.host_str() == base.host_str() && url.query().is_none() && url.fragment().is_none(), "{url}");
    let path = percent_decode_str(url.path()).decode_utf8().expect("what was encoded is UTF-8");
    assert_eq!(path, route.as_str(), "a browser asks for what was meant");
}
