//! In: the text of an SVG drawing. Out: its size; one that can run a program or fetch something is refused.
//!
//! Inside an `<img>` a drawing runs nothing, but its own address can be opened, and not every host sends the headers
//! that keep it still there.

use super::Trouble;
use roxmltree::{Document, Node, ParsingOptions};

/// The longest drawing that is read, in bytes.
const BYTES: usize = 4 * 1024 * 1024;

/// Elements that run, or that hold a page inside the drawing.
const RUNNING: [&str; 8] = ["script", "foreignObject", "handler", "listener", "iframe", "object", "embed", "audio"];

/// Pictures that a drawing may hold within itself.
const PLAIN: [&str; 5] = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:font/"];

/// Whether a text begins like a drawing.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    head.starts_with(b"<svg") || (head.starts_with(b"<?xml") || head.starts_with(b"<!")) && head.windows(4).any(|four| four == b"<svg")
}

/// Width and height in pixels; zeros where the drawing gives none.
pub(super) fn head(bytes: &[u8]) -> Result<(u32, u32), Trouble> {
    if bytes.len() > BYTES {
        return Err(Trouble::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Trouble::Broken("it is not UTF-8"))?;
    if has_crowded_element(bytes) {
        return Err(Trouble::Broken("an element of it has thousands of attributes"));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 1_000_000, ..ParsingOptions::default() };
    let drawing = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)
        .map_err(|_| Trouble::Broken("it is not well-formed XML"))?;
    if drawing.root_element().tag_name().name() != "svg" {
        return Err(Trouble::Broken("it is not a drawing"));
    }
    for node in drawing.descendants() {
        if let Some(what) = running(&node) {
            return Err(Trouble::Script(what));
        }
    }
    Ok(size(&drawing.root_element()))
}

/// Whether an element has more attributes than any drawing program writes; comparing each with each takes the parser long.
fn has_crowded_element(bytes: &[u8]) -> bool {
    let mut signs = 0;
    bytes.iter().any(|byte| {
        signs = match byte {
            b'<' => 0,
            b'=' => signs + 1,
            _ => signs,
        };
        signs > 1_000
    })
}

fn running(node: &Node<'_, '_>) -> Option<String> {
    if node.is_pi() && node.pi().is_some_and(|pi| pi.target != "xml") {
        return Some("a processing instruction".into());
    }
    let name = node.tag_name().name();
    if name.eq_ignore_ascii_case("style") && node.descendants().filter_map(|inner| inner.text()).any(fetches) {
        return Some("a style sheet that fetches something".into());
    }
    if RUNNING.iter().any(|running| running.eq_ignore_ascii_case(name)) {
        return Some(format!("<{name}>"));
    }
    node.attributes().find_map(|attribute| {
        let name = attribute.name().to_ascii_lowercase();
        if leads_out(node, &name, attribute.value()) {
            return Some(format!("the attribute {} of <{}>, which leads elsewhere", attribute.name(), node.tag_name().name()));
        }
        let value: String = attribute.value().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let value = value.to_ascii_lowercase();
        let runs = name.starts_with("on")
            || value.contains("javascript:")
            || value.starts_with("data:text")
            || value.starts_with("data:image/svg");
        runs.then(|| format!("the attribute {}", attribute.name()))
    })
}

/// Whether an attribute fetches something from elsewhere, or changes by and by an address or what happens at a click.
fn leads_out(node: &Node<'_, '_>, name: &str, value: &str) -> bool {
    let bare: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).collect();
    let element = node.tag_name().name();
    match name {
        "href" | "src" if element.eq_ignore_ascii_case("a") => !is_link(&bare),
        "href" | "src" => !bare.starts_with('#') && !PLAIN.iter().any(|plain| bare.starts_with(plain)),
        "attributename" => bare.ends_with("href") || bare.starts_with("on") || bare == "src",
        _ => fetches(value),
    }
}

/// Whether an address is one that a text may link to: by an allow list, as everywhere.
fn is_link(bare: &str) -> bool {
    let head = bare.split(['/', '?', '#']).next().unwrap_or_default();
    head.split_once(':').is_none_or(|(scheme, _)| matches!(scheme, "http" | "https" | "mailto" | "tel"))
}

/// Whether a style names something that is not in the drawing itself.
fn fetches(style: &str) -> bool {
    // An escape may stand for any letter of `url` or `@import`.
    let bare: String = style.chars().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).collect();
    let bare = bare.replace(['"', '\''], "");
    let outside = |text: &str| !text.starts_with('#') && !PLAIN.iter().any(|plain| text.starts_with(plain));
    bare.contains("@import") || bare.contains("image-set(") || bare.contains('\\') || bare.split("url(").skip(1).any(outside)
}

fn size(root: &Node<'_, '_>) -> (u32, u32) {
    let pixels = |name: &str| root.attribute(name)?.trim().trim_end_matches("px").parse::<f64>().ok();
    let view: Vec<f64> = root.attribute("viewBox").map_or_else(Vec::new, |view| {
        view.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).map_while(|part| part.parse().ok()).collect()
    });
    let (width, height) = match (pixels("width"), pixels("height"), view[..].get(2..4)) {
        (Some(width), Some(height), _) => (width, height),
        (_, _, Some([width, height])) => (*width, *height),
        _ => return (0, 0),
    };
    let whole = |side: f64| if side.is_finite() && (1.0..=f64::from(super::SIDE)).contains(&side) { side.round() as u32 } else { 0 };
    match (whole(width), whole(height)) {
        (0, _) | (_, 0) => (0, 0),
        both => both,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_refused_however_it_is_spelled() {
        let bad = [
            "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:s='http://www.w3.org/2000/svg'><s:script href='x'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "<svg xmlns='http://www.w3.org/2000/svg'><a href='java&#x09;script:alert(1)'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><set attributeName='href' to='javascript:alert(1)'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><use href='https://evil.example/x.svg#a'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink'><image x:href='//evil.example/x.png'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><a><set attributeName='xlink:href' to='https://evil.example'/></a></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><animate attributeName='onclick' to='x'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><style>@im\\70ort 'x'; a{fill:u\\72l(//evil.example)}</style></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><style>@import url(//evil.example/x.css);</style></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><rect style='fill: url( \"https://evil.example/#p\" )'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><a href='vbscript:x'/></svg>",
            "<!DOCTYPE svg [<!ENTITY x '<script>alert(1)</script>'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>",
            "<?xml-stylesheet href='x.xsl' type='text/xsl'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        ];
        for text in bad {
            assert!(matches!(head(text.as_bytes()), Err(Trouble::Script(_))), "{text}");
        }
    }

    #[test]
    fn what_a_drawing_holds_in_itself_and_plain_links_stay() {
        let good = [
            "<svg xmlns='http://www.w3.org/2000/svg'><defs><path id='a'/></defs><use href='#a'/><rect fill='url(#p)'/></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/png;base64,iVBORw0KGgo='/><style>a{fill:#123456}</style></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><a href='https://norrvik.example/'><text>Norrvik</text></a></svg>",
            "<svg xmlns='http://www.w3.org/2000/svg'><animate attributeName='opacity' from='0' to='1'/></svg>",
        ];
        for text in good {
            assert_eq!(head(text.as_bytes()), Ok((0, 0)), "{text}");
        }
    }

    #[test]
    fn an_element_of_thousands_of_attributes_is_refused_before_it_is_read() {
        let crowd: String = (0..60_000).map(|at| format!("a{at}='' ")).collect();
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'><g {crowd}/></svg>");
        assert!(matches!(head(text.as_bytes()), Err(Trouble::Broken(_))));
    }

    #[test]
    fn a_drawing_has_the_size_it_says() {
        assert_eq!(head(b"<svg width='120px' height='80'/>"), Ok((120, 80)));
        assert_eq!(head(b"<svg viewBox='0 0 640,480'/>"), Ok((640, 480)));
        assert_eq!(head(b"<svg width='100%' height='100%'/>"), Ok((0, 0)));
        assert_eq!(head(b"<svg width='1e99' height='3'/>"), Ok((0, 0)));
        assert!(matches!(head(b"<svg"), Err(Trouble::Broken(_))));
    }
}
