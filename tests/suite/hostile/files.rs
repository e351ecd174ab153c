//! Rows 4, 5, 6, 7, 22, 23: files, their names and links, and where the output goes.

use super::ran::{GOOD, Piece, file};
use super::{Case, Want};

/// All of them.
pub fn cases() -> Vec<Case> {
    [assets(), names(), addresses(), links(), collisions(), outputs(), races()].into_iter().flatten().collect()
}

fn refused(word: &str) -> Want {
    Want::Refused(word.into())
}

/// Row 4.
fn assets() -> Vec<Case> {
    let svg = |inner: &str| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{inner}</svg>").into_bytes()
    };
    let drawings = [
        "<script>alert(1)</script>",
        "<g onload='alert(1)'/>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></body></foreignObject>",
        "<use href='https://evil.example/x.svg#a'/>",
        "<use xlink:href='data:image/svg+xml,&lt;svg/&gt;#a'/>",
        "<a xlink:href='javascript:alert(1)'><text>x</text></a>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<set attributeName='onmouseover' to='alert(1)'/>",
        "<image href='http://evil.example/x.png'/>",
        "<style>@import url('//evil.example/x.css');</style>",
        "<rect style='fill:url(//evil.example/x#y)'/>",
        "<iframe src='javascript:alert(1)'/>",
        "<handler type='application/ecmascript'>alert(1)</handler>",
        "<a href='&#x6a;avascript:alert(1)'/>",
    ];
    let mut all: Vec<Case> = drawings
        .iter()
        .map(|inner| Case::new(4, format!("drawing {inner}"), vec![file("content/pages/a.svg", svg(inner))], refused("a.svg")))
        .collect();
    let svg_named = [("a.txt", "a drawing called a text"), ("a", "a drawing without an ending"), ("a.xml", "a drawing called XML")];
    let of = |(name, what): (&str, &str), bytes: Vec<u8>| {
        Case::new(4, what, vec![file(format!("content/pages/{name}"), bytes)], Want::Either(name.into()))
    };
    all.extend(svg_named.iter().map(|named| of(*named, svg("<rect/>"))));
    let bombs = [
        ("entities in a drawing", "<!DOCTYPE svg [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&e;&e;&e;&e;</text></svg>".to_owned()),
        ("an entity from outside", "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&a;</text></svg>".to_owned()),
        ("a drawing nested 50,000 deep", format!("<svg xmlns='http://www.w3.org/2000/svg'>{}{}</svg>", "<g>".repeat(50_000), "</g>".repeat(50_000))),
        ("a drawing with a million attributes", format!("<svg xmlns='http://www.w3.org/2000/svg'><g {}/></svg>", (0..60_000).map(|at| format!("a{at}='' ")).collect::<String>())),
        ("a drawing with a style sheet", "<?xml-stylesheet href='x.xsl' type='text/xsl'?><svg xmlns='http://www.w3.org/2000/svg'/>".to_owned()),
    ];
    all.extend(
        bombs.into_iter().map(|(what, text)| Case::new(4, what, vec![file("content/pages/a.svg", text)], Want::Either("a.svg".into()))),
    );
    let active: [(&str, &[u8]); 14] = [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.HTM", b"x"),
        ("a.xhtml", b"x"),
        ("a.js", b"alert(1)"),
        ("a.mjs", b"alert(1)"),
        ("a.css", b"*{}"),
        ("a.svgz", b"\x1f\x8b"),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("b.jpg", b"<html>"),
        ("a.bin", b"\xff\xfe<\0h\0t\0m\0l\0>\0"),
        ("a.xml", b"<x xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></x>"),
        ("_headers", b"/*\n  Content-Security-Policy: default-src *"),
        ("a.wasm", b"\0asm"),
    ];
    all.extend(
        active
            .iter()
            .map(|(name, bytes)| Case::new(4, format!("asset {name}"), vec![file(format!("content/pages/{name}"), bytes)], refused(name))),
    );
    let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    huge.extend([0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
    let pictures: [(&str, Vec<u8>); 4] = [
        ("huge.png", huge),
        ("cut.jpg", vec![0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]),
        ("cut.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X".to_vec()),
        ("cut.gif", b"GIF89a\xff\xff\xff\xff\xf7".to_vec()),
    ];
    all.extend(
        pictures.into_iter().map(|(name, bytes)| {
            Case::new(4, format!("picture {name}"), vec![file(format!("content/pages/{name}"), bytes)], refused(name))
        }),
    );
    all
}

/// Row 5: names on disk, in ten languages and in several forms.
fn names() -> Vec<Case> {
    let hostile: [&[u8]; 22] = [
        b"..%2f..%2fpwned.md",
        b"%2e%2e.md",
        b"a%00.md",
        b"a\\..\\b.md",
        b"c:a.md",
        b"con.md",
        b"NUL.md",
        b"aux .md",
        b"com1.txt.md",
        b"a..md ",
        b"a\nb.md",
        b"a\x1b[31m.md",
        b"a\xe2\x80\xaeb.md",
        b"a\xe2\x80\x8bb.md",
        b"\xef\xbb\xbfa.md",
        b"a\xff.md",
        b"a?b.md",
        b"a*b.md",
        b"a\"b.md",
        b"a<b>.md",
        b"a|b.md",
        b" a.md",
    ];
    let mut all: Vec<Case> = hostile
        .iter()
        .map(|name| {
            let path = [b"content/pages/", *name].concat();
            let word = if name.ends_with(b" ") { "a..md" } else { "content/pages/" };
            Case::new(5, format!("name {:?}", String::from_utf8_lossy(name)), vec![file(path, GOOD)], Want::Either(word.into()))
        })
        .collect();
    // Honest names of ten languages, composed and decomposed: each must lie where its address says, and nowhere else.
    let honest = [
        "beslut-på-åsen",
        "decisio\u{301}n",
        "әкімдік-шешімі",
        "решение-ё-й",
        "გადაწყვეტილება",
        "قرار-البلدية",
        "päätös-äö",
        "čoahkkin-ášši",
        "決定-公園",
        "ελληνικά-ύ",
        "हिन्दी-निर्णय",
        "nghị-quyết",
    ];
    all.extend(
        honest.iter().map(|name| {
            Case::new(5, format!("honest {name}"), vec![file(format!("content/pages/{name}.md"), GOOD)], Want::Built(Vec::new()))
        }),
    );
    let long = "x".repeat(220);
    all.push(Case::new(5, "a name of 220 bytes", vec![file(format!("content/pages/{long}.md"), GOOD)], refused("xxxxxxxx")));
    all
}

/// Row 5: addresses and files that front matter and settings name.
fn addresses() -> Vec<Case> {
    let record = |line: String| {
        vec![file("content/pages/hostile.md", format!("---\ntitle: Hostile\nsummary: x\ndate: 2026-04-22\n{line}\n---\n\nText.\n"))]
    };
    let aliases = [
        "/../../outside/x",
        "/..%2f..%2foutside/x",
        "/%2e%2e/%2e%2e/outside/x",
        "/%252e%252e/x",
        "/a/../../../outside/x",
        "/../../.git/hooks/x",
        "/.git/hooks/post-checkout",
        "/a\\\\..\\\\..\\\\x",
        "//evil.example/x",
        "/a\\u0000b",
        "/c:/x",
        "/con",
        "/a\\u202eb",
        "/a//b",
        "/./a",
        "/a\\r\\nX: y",
        "/..;/x",
        "/_headers",
        "/index.html/x",
        "/\u{ff0e}\u{ff0e}/x",
        "/a%5c..%5cx",
        "/%c0%ae%c0%ae/x",
    ];
    let mut all: Vec<Case> = aliases
        .iter()
        .map(|alias| Case::new(5, format!("alias {alias}"), record(format!("aliases: [\"{alias}\"]")), Want::Either("hostile.md".into())))
        .collect();
    let files = [
        "../../../outside/secret.txt",
        "/etc/passwd",
        "..%2f..%2f..%2foutside%2fsecret.txt",
        "C:\\\\x",
        "a/../../../promulgate.yaml",
        "\\u0000",
        "../nattbussar.md",
    ];
    all.extend(files.iter().map(|name| {
        Case::new(5, format!("document {name}"), record(format!("documents: [{{title: x, file: \"{name}\"}}]")), refused("hostile.md"))
    }));
    let bodies = [
        "![x](../../../outside/secret.txt)",
        "[x](../../../../outside/secret.html)",
        "![x](/etc/passwd)",
        "<img src=../../../outside/secret.txt alt=x>",
    ];
    all.extend(bodies.iter().map(|body| {
        let text = format!("---\ntitle: Hostile\nsummary: x\ndate: 2026-04-22\n---\n\n{body}\n");
        Case::new(5, format!("body {body}"), vec![file("content/pages/hostile.md", text)], Want::Either("hostile.md".into()))
    }));
    let settings = [
        "routes: {page: \"/../{slug}/\"}\n",
        "routes: {page: \"/%2e%2e/{slug}/\"}\n",
        "routes: {page: \"/a/../../{slug}/\"}\n",
        "routes: {page: \"//{slug}/\"}\n",
        "theme: ../outside\n",
        "theme: /etc\n",
        "theme: \"..%2foutside\"\n",
        "brand: {colour: \"#0f5257\", logo: ../../outside/secret.txt}\n",
        "topics: {\"../../../outside/x\": {name: X}}\n",
        "bodies: {\"..\": {name: X}}\n",
        "places: {\"a/../../../b\": {name: X}}\n",
    ];
    all.extend(settings.iter().map(|more| {
        let used = more.strip_prefix("topics: {").map_or(String::new(), |_| "topics: [\"../../../outside/x\"]".to_owned());
        let mut pieces = vec![Piece::Settings((*more).to_owned())];
        pieces.extend(record(used));
        // A pattern of addresses is found where it is used: at the records.
        Case::new(
            5,
            format!("settings {more:?}"),
            pieces,
            Want::Either(if more.starts_with("routes") { "content/pages/" } else { "promulgate.yaml" }.into()),
        )
    }));
    all
}

/// Row 6.
fn links() -> Vec<Case> {
    let link = |path: &str, target: &str| Piece::Link(path.to_owned(), target.to_owned());
    let of = |what: &str, pieces: Vec<Piece>, word: &str| Case::new(6, what, pieces, refused(word));
    vec![
        of("a record that is a link out", vec![link("content/pages/x.md", "../../../outside/secret.md")], "x.md"),
        of("an attachment that is a link out", vec![link("content/pages/x.txt", "../../../outside/secret.txt")], "x.txt"),
        of("a folder that is a link out", vec![link("content/news", "../../outside")], "content/news"),
        of("a link to itself", vec![link("content/pages/x.md", "x.md")], "x.md"),
        of("a loop of two", vec![link("content/pages/x.md", "y.md"), link("content/pages/y.md", "x.md")], "x.md"),
        of("a link to nothing", vec![link("content/pages/x.md", "nothing.md")], "x.md"),
        of("a link into /proc", vec![link("content/pages/x.txt", "/proc/self/environ")], "x.txt"),
        of("a link to a device", vec![link("content/pages/x.txt", "/dev/zero")], "x.txt"),
        of("a link to the folder itself", vec![link("content/pages/again", ".")], "again"),
        of("a link within the site", vec![link("content/pages/x.md", "nattbussar.md")], "x.md"),
        of("a static file that is a link", vec![link("static/x.txt", "../../outside/secret.txt")], "static/x.txt"),
        of("a template that is a link", vec![link("templates/page.html", "../../outside/secret.html")], "templates/page.html"),
        of("messages that are a link", vec![link("messages/sv.ftl", "../../outside/secret.txt")], "messages/sv.ftl"),
        of("a theme that is a link", vec![link("themes/evil", "../../outside"), Piece::Settings("theme: evil\n".into())], "themes/evil"),
        of(
            "a folder of themes that is a link",
            vec![link("themes", "../outside"), file("../outside/evil/templates/page.html", "x"), Piece::Settings("theme: evil\n".into())],
            "themes",
        ),
        of("a font of cards that is a link", vec![link("cards/fonts/x.ttf", "../../../outside/secret.txt")], "cards/fonts/x.ttf"),
        of("a pipe among the records", vec![Piece::Pipe("content/pages/x.md".into())], "x.md"),
        of("a pipe among the attachments", vec![Piece::Pipe("content/pages/x.txt".into())], "x.txt"),
        of(
            "settings that are a link",
            vec![file("other.yaml", super::ran::SETTINGS), link("content/pages/promulgate.yaml", "../../other.yaml")],
            "promulgate.yaml",
        ),
    ]
}

/// Row 7.
fn collisions() -> Vec<Case> {
    let pair = |one: &str, two: &str| vec![file(format!("content/pages/{one}"), GOOD), file(format!("content/pages/{two}"), GOOD)];
    let alias = |alias: &str| {
        vec![file(
            "content/pages/hostile.md",
            format!("---\ntitle: Hostile\nsummary: x\ndate: 2026-04-22\naliases: [\"{alias}\"]\n---\n\nText.\n"),
        )]
    };
    let of = |what: &str, pieces: Vec<Piece>, word: &str| Case::new(7, what, pieces, refused(word));
    vec![
        of("names that differ by case", pair("buss.md", "Buss.md"), "uss.md"),
        of("names that differ by how an accent is written", pair("caf\u{e9}.md", "cafe\u{301}.md"), "caf"),
        of("names that differ by case beyond ASCII", pair("åsen.md", "Åsen.md"), "sen.md"),
        of("Greek names that differ by case", pair("ύδωρ.md", "Ύδωρ.md"), "δωρ.md"),
        of("Cyrillic names that differ by case", pair("шешім.md", "Шешім.md"), "ешім.md"),
        of(
            "a page and an attachment's folder",
            vec![file("content/pages/x.md", GOOD), file("content/pages/x/index.html", "x")],
            "index.html",
        ),
        of("two spellings of an ending", pair("x.md", "x.markdown"), "x.m"),
        of("an alias over a page", alias("/pages/nattbussar/"), "hostile.md"),
        of("an alias over a page by case", alias("/Pages/Nattbussar/"), "hostile.md"),
        of("an alias over the home page", alias("/"), "hostile.md"),
        of("an alias over a feed", alias("/feed.atom"), "hostile.md"),
        of("an alias over the headers", alias("/_headers"), "hostile.md"),
        of("an alias over the manifest", alias("/manifest.json"), "hostile.md"),
        of("an alias below a file", alias("/feed.atom/x"), "feed.atom"),
        of("two aliases of one address", two_aliases(), "/old/"),
        of("a static file over a page", vec![file("static/pages/nattbussar/index.html", "x")], "pages/nattbussar"),
    ]
}

fn two_aliases() -> Vec<Piece> {
    let record = |name: &str| {
        file(
            format!("content/pages/{name}.md"),
            format!("---\ntitle: {name}\nsummary: x\ndate: 2026-04-22\naliases: [/old/]\n---\n\nText.\n"),
        )
    };
    vec![record("one"), record("two")]
}

/// Row 22.
fn outputs() -> Vec<Case> {
    let of = |what: &str, out: &str, pieces: Vec<Piece>, word: &str| {
        let mut case = Case::new(22, what, pieces, refused(word));
        case.args = vec!["build".into(), "--out".into(), out.into()];
        case
    };
    let mut home = of("the home of whoever runs it", "{around}/outside", Vec::new(), "will not write");
    home.variables = vec![("HOME".into(), "{around}/outside".into())];
    vec![
        of("the root", "/", Vec::new(), "will not write"),
        of("the site itself", ".", Vec::new(), "will not write"),
        of("the folder around", "..", Vec::new(), "will not write"),
        home,
        of("a folder of others", "../outside", Vec::new(), "will not write"),
        of("the content", "content", Vec::new(), "will not write"),
        of("below the content", "content/out", Vec::new(), "will not write"),
        of("a file", "promulgate.yaml", Vec::new(), "will not write"),
        of("a link to a folder of others", "linked", vec![Piece::Link("linked".into(), "../outside".into())], "will not write"),
        of("a folder with another manifest", "app", vec![file("app/manifest.json", "{\"name\": \"another\"}")], "will not write"),
    ]
}

/// Row 23: what lies in the way of the builder's own cleaning.
fn races() -> Vec<Case> {
    let link = |path: &str, target: &str| Piece::Link(path.to_owned(), target.to_owned());
    let of = |what: &str, pieces: Vec<Piece>| Case::new(23, what, pieces, Want::Either("".into()));
    vec![
        of("a link in the output", vec![link("public/stranger", "../../outside")]),
        of("a link in the generation before", vec![link(".public.previous/pages", "../../outside")]),
        of("the generation before is a link", vec![link(".public.previous", "../outside")]),
        of("a folder to be swapped is a link", vec![link(".public.swapping", "../outside")]),
        of("the lock is a link", vec![file("x", "x"), link(".public.lock2", "../outside/secret.txt")]),
        of("the cache is a link", vec![link(".cache", "../outside")]),
        of("a file of the output is a link now", vec![link("public/pages/x", "../../../outside/secret.txt")]),
    ]
}
