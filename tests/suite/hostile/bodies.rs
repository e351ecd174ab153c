//! Rows 1, 2, 3, 8, 9, 10, 13, 14, 15: what a text and its front matter can hold.

use super::ran::{Piece, file};
use super::{Case, Want};

const PATH: &str = "content/pages/hostile.md";

/// A record with a body.
pub fn with_body(body: &str) -> Vec<Piece> {
    vec![file(PATH, format!("---\ntitle: Hostile\nsummary: A record.\ndate: 2026-04-22\n---\n\n{body}\n"))]
}

/// A record with lines of front matter.
fn with_front(lines: &str) -> Vec<Piece> {
    vec![file(PATH, format!("---\ntitle: Hostile\nsummary: A record.\ndate: 2026-04-22\n{lines}\n---\n\nText.\n"))]
}

fn with_title(title: &str) -> Vec<Piece> {
    let quoted = serde_json::to_string(title).unwrap();
    vec![file(PATH, format!("---\ntitle: {quoted}\nsummary: {quoted}\ndate: 2026-04-22\n---\n\nText.\n"))]
}

fn built() -> Want {
    Want::Built(Vec::new())
}

fn either() -> Want {
    Want::Either("hostile.md".into())
}

fn refused() -> Want {
    Want::Refused("hostile.md".into())
}

/// All of them.
pub fn cases() -> Vec<Case> {
    [raw_html(), links(), mutations(), bombs(), markdown(), templates(), injections(), search(), invisible()]
        .into_iter()
        .flatten()
        .collect()
}

/// Row 1.
fn raw_html() -> Vec<Case> {
    let bodies = [
        "<script>alert(1)</script>",
        "<ScRiPt src=//evil.example/x.js></sCrIpT>",
        "[l](/u '\"><script>alert()</script>')",
        "![x](a.png '\" onerror=\"alert(1)')",
        "```\"><script>alert(1)</script>\nx\n```",
        "~~~ js\" onmouseover=\"alert(1)\nx\n~~~",
        "<img src=x onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='data:text/html,<script>alert(1)</script>'></object>",
        "<embed src=javascript:alert(1)>",
        "<svg onload=alert(1)>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<style>*{background:url(//evil.example)}</style>",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<base href=//evil.example/>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
        "<details open ontoggle=alert(1)>x</details>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<div id=\"x\" class=\"y\" is=z tabindex=0 autofocus onfocus=alert(1)>x</div>",
        "# Heading {#\"><script>alert(1)</script>}",
        "# Heading {onclick=alert(1) .x}",
        "| a | b |\n|---|---|\n| <script>alert(1)</script> | `</td><script>` |",
        "[^1]\n\n[^1]: <script>alert(1)</script>",
        "> [!NOTE]\n> <img src=x onerror=alert(1)>",
        "<p><a href=\"https://x.example\" onclick=alert(1) target=_blank>x</a>",
        "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
        "<template><script>alert(1)</script></template><noscript><img src=x onerror=alert(1)></noscript>",
        "<a name=__proto__ id=documentElement>x</a>",
        "<marquee onstart=alert(1)>x</marquee><isindex action=javascript:alert(1)>",
    ];
    let bodies = bodies.iter().map(|body| Case::new(1, format!("body {body:?}"), with_body(body), either()));
    let fields =
        ["</title><script>alert(1)</script>", "\" onmouseover=\"alert(1)", "<img src=x onerror=alert(1)>", "]]><script>alert(1)</script>"];
    bodies.chain(fields.iter().map(|field| Case::new(1, format!("title {field:?}"), with_title(field), built()))).collect()
}

/// Row 2.
fn links() -> Vec<Case> {
    let targets = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#x6a;avascript:alert(1)",
        "&#106avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "javascript&colon;alert(1)",
        "%6aavascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "Data:text/html;base64,PHNjcmlwdD4=",
        "&#x64&#x61&#x74&#x61&#x3a;text/html,x",
        "vbscript:x",
        "feed:javascript:alert(1)",
        "blob:https://x",
        "file:///etc/passwd",
        "view-source:javascript:alert(1)",
        "\\u0001javascript:alert(1)",
        "//evil.example",
        "/\\\\evil.example",
        "\\\\\\\\evil.example",
        "https://norrvik.example@evil.example",
        "javascript://norrvik.example/%0aalert(1)",
        "ws://x",
        "intent://x#Intent;end",
        "about:blank",
    ];
    let shown = |target: &str| target.replace("\\u0001", "\u{1}").replace("\\\\", "\\");
    let texts = targets.iter().flat_map(|target| {
        let own = shown(target);
        let markdown = format!("[a](<{own}>) ![b](<{own}>) [c]\n\n[c]: <{own}>\n\n<{own}>");
        let raw = format!("<a href=\"{own}\">x</a> <img src=\"{own}\" alt=x> <blockquote cite=\"{own}\">x</blockquote>");
        [(format!("markdown {target}"), markdown), (format!("raw {target}"), raw)]
    });
    let texts = texts.map(|(name, body)| Case::new(2, name, with_body(&body), either()));
    let fields = targets[..10].iter().map(|target| {
        let quoted = serde_json::to_string(&shown(target)).unwrap();
        Case::new(2, format!("field {target}"), with_front(&format!("contact: {{name: Desk, url: {quoted}}}")), refused())
    });
    texts.chain(fields).collect()
}

/// Row 3.
fn mutations() -> Vec<Case> {
    let bodies = [
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<svg><set attributeName=href to=javascript:alert(1) /><a id=x><text>x</text></a></svg>",
        "<a href=\"/x\u{c}onclick=alert(1)\">x</a>",
        "<p title=\"<!--\"><!-- --!><img src=x onerror=alert(1)> -->",
        "<table><td><svg><desc><td></desc></svg><style><img src=x onerror=alert(1)></style></table>",
        "<select><template><style><!--</style><a rel=\"--></style></template></select><img id=x src onerror=alert(1)>\">",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<textarea></p><p title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<iframe><p title=\"</iframe><img src=x onerror=alert(1)>\"></iframe>",
        "<plaintext><img src=x onerror=alert(1)>",
        "<svg><foreignObject><math><annotation-xml encoding=text/html><img src=x onerror=alert(1)></annotation-xml></math></foreignObject></svg>",
        "<b><i><u><s><a href=x><a href=y></b></i></u><table><a href=z><tr></table>",
        "<p id=\"a\" id='\"><script>alert(1)</script>'>x</p>",
        "<img src=\"x` `<script>alert(1)</script>\"` `>",
        "<<script>alert(1)//<</script>",
        "<a/href=\"javascript:alert(1)\"/onclick=alert(1)>x</a>",
        "<p\u{0b}onclick=alert(1)>x</p>",
        "<details><summary><math><ms></summary></math><img src onerror=alert(1)></details>",
    ];
    let mut all: Vec<Case> = bodies.iter().map(|body| Case::new(3, format!("{body:?}"), with_body(body), either())).collect();
    all.push(Case::new(3, "nested 2,000 deep", with_body(&format!("{}x", "<div><b>".repeat(1_000))), either()));
    all
}

/// Row 8.
fn bombs() -> Vec<Case> {
    let laughs = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\ntopics: *c";
    let texts: Vec<(&str, String)> = vec![
        ("billion laughs", laughs.into()),
        ("an anchor alone", "body: &x council".into()),
        ("a merge key", "contact: {<<: {name: x}}".into()),
        ("a tag of Python", "topics: !!python/object/apply:os.system [id]".into()),
        ("a tag of its own", "body: !include /etc/passwd".into()),
        ("30,000 brackets", format!("topics: {}", "[".repeat(30_000))),
        ("30,000 braces", format!("contact: {}", "{a: ".repeat(15_000))),
        ("10,000 dashes", format!("topics:\n{}x", "- ".repeat(10_000))),
        ("deep indentation", (0..300).fold("contact:\n".to_owned(), |text, depth| format!("{text}{}a:\n", " ".repeat(depth + 1)))),
        ("70 KiB of front matter", format!("reference: {}", "x".repeat(70 * 1024))),
        ("20,000 unknown keys", (0..5_000).map(|at| format!("k{at}: x\n")).collect()),
        ("a key twice", "title: Again".into()),
        ("keys of a map twice", "contact: {name: a, name: b}".into()),
        ("a key that is a list", "? [a, b]\n: x".into()),
        ("a number beyond all", format!("expires: {}", "9".repeat(5_000))),
        ("a long block with keep", format!("reference: |+\n{}", "\n".repeat(60_000))),
        ("two documents", "reference: x\n...\n--- \ntitle: y".into()),
        ("a directive", "%YAML 9.9\nreference: x".into()),
        ("unclosed quotes", format!("reference: \"{}", "\\\"".repeat(10_000))),
        ("a NUL", "reference: a\u{0}b".into()),
        ("quotes within quotes", format!("reference: {}", "'".repeat(30_001))),
        ("long flow", format!("topics: [{}]", "x,".repeat(20_000))),
    ];
    let mut all: Vec<Case> = texts.iter().map(|(name, text)| Case::new(8, *name, with_front(text), either())).collect();
    let settings =
        [("laughs in the settings", format!("{laughs}\n")), ("brackets in the settings", format!("footer: {}\n", "[".repeat(20_000)))];
    all.extend(settings.map(|(name, more)| Case::new(8, name, vec![Piece::Settings(more)], Want::Refused("promulgate.yaml".into()))));
    let themes = [
        ("laughs in a theme", laughs.to_owned()),
        ("brackets in a theme", format!("brand: {}", "[".repeat(20_000))),
        ("dashes in a theme", format!("brand:\n  {}", "- ".repeat(9_000))),
    ];
    for (name, text) in themes {
        let theme = vec![Piece::Settings("theme: evil\n".into()), file("themes/evil/theme.yaml", text)];
        all.push(Case::new(8, name, theme, Want::Refused("theme.yaml".into())));
    }
    all
}

/// Row 9.
fn markdown() -> Vec<Case> {
    let definitions: String = (0..60_000).map(|at| format!("[a{at}]: /x\n")).collect();
    let uses: String = std::iter::once("[a]: /x 'y'\n\n".to_owned()).chain((0..100_000).map(|_| "[a]".to_owned())).collect();
    let texts: Vec<(&str, String)> = vec![
        ("60,000 link definitions", definitions),
        ("one definition, 100,000 uses", uses),
        ("a long definition, many uses", format!("[a]: /{}\n\n{}", "x".repeat(60_000), "[a]".repeat(60_000))),
        ("footnote marks at line ends", "[^\n".repeat(2_000)),
        ("footnote marks, 4 KB", "x [^\n".repeat(800)),
        ("100,000 footnotes", (0..100_000).map(|at| format!("[^{at}]: x\n\n")).collect()),
        ("footnotes in each other", (0..1_900).map(|at| format!("[^{at}]: [^{}]\n", at + 1)).collect()),
        ("quotes 100,000 deep", format!("{}x", ">".repeat(100_000))),
        ("quotes with spaces", format!("{}x", "> ".repeat(50_000))),
        ("lists in lists", format!("{}x", "- ".repeat(50_000))),
        ("lists by indentation", (0..1_500).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect()),
        ("100,000 brackets", "[".repeat(100_000)),
        ("brackets and parentheses", "[a](".repeat(100_000)),
        ("pictures in pictures", format!("{}x{}", "![".repeat(20_000), "](y)".repeat(20_000))),
        ("stars", "*a_ ".repeat(200_000)),
        ("stars and underscores", "**x _y ".repeat(100_000)),
        ("one star, many closes", format!("{}{}", "*a ".repeat(50_000), "a* ".repeat(50_000))),
        ("backticks of every length", (1..1_400).map(|length| format!("{} ", "`".repeat(length))).collect()),
        ("unclosed tags", "<a ".repeat(200_000)),
        ("unclosed comments", "<!-- ".repeat(100_000)),
        ("unclosed processing", "<?".repeat(200_000)),
        ("unclosed CDATA", "<![CDATA[".repeat(60_000)),
        ("raw tags 30,000 deep", "<div>".repeat(30_000)),
        ("raw tags that overlap", "<b><i>".repeat(20_000) + &"</b></i>".repeat(20_000)),
        ("a table of 150 columns", format!("{}\n{}\n{}", "|a".repeat(150), "|-".repeat(150), "|\n".repeat(20_000))),
        ("a wide table", format!("{}\n{}\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "|\n".repeat(5_000))),
        ("200,000 headings", "# x\n".repeat(200_000)),
        ("headings of one name", "## x y\n\n".repeat(30_000)),
        ("entities", "&#x41;&amp;&".repeat(100_000)),
        ("autolinks", "<https://a.example> ".repeat(50_000)),
        ("one line of 1.9 MiB", "x".repeat(1_900_000)),
        ("2.1 MiB", "x\n".repeat(1_100_000)),
        ("ten times 200 KiB of line ends", "\n".repeat(1_900_000)),
        ("strikes", "~~a ".repeat(200_000)),
        ("definition lists", "a\n: b\n".repeat(60_000)),
        ("tasks", "- [ ] x\n".repeat(60_000)),
        ("callouts", "> [!NOTE]\n> x\n\n".repeat(40_000)),
        ("spaces before line ends", format!("x{}\n", " ".repeat(500_000)).repeat(3)),
        ("tabs", "\t>\t-\t".repeat(40_000)),
        ("references in references", "[a][b][c][d]".repeat(60_000)),
        ("dollars", "$x$$ ".repeat(150_000)),
        ("braces behind headings", format!("# x {{{}}}", "a=b ".repeat(100_000))),
        ("pipes", "|".repeat(400_000)),
    ];
    let mut all: Vec<Case> = texts.iter().map(|(name, text)| Case::new(9, *name, with_body(text), either())).collect();
    let bytes: [(&str, Vec<u8>); 5] = [
        ("bytes of no text", (0..=255u8).cycle().take(100_000).collect()),
        ("two-byte text", "---\ntitle: x\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("one bad byte at the end", [b"---\ntitle: x\ndate: 2026-01-01\n---\nx".as_slice(), &[0xff]].concat()),
        ("a surrogate", vec![b'-', b'-', b'-', b'\n', 0xed, 0xa0, 0x80]),
        ("nothing", Vec::new()),
    ];
    all.extend(bytes.into_iter().map(|(name, bytes)| Case::new(9, name, vec![file(PATH, bytes)], refused())));
    all
}

/// Row 10.
fn templates() -> Vec<Case> {
    let texts = [
        "{{ 7*191 }}",
        "{% include 'promulgate.yaml' %}",
        "{% for i in range(end=99999) %}x{% endfor %}",
        "{{ site | json_encode }}",
        "{{ get_env(name='HOME') }}",
        "{% set x = 7*191 %}{{ x }}",
        "{% raw %}{{ 7*191 }}{% endraw %}",
        "{{< include 1337 >}}",
        "<%= 7*191 %>",
        "${7*191}",
        "#{7*191}",
        "{{ __tera_context }}",
        "{# #}{{ 7*191",
    ];
    let body = texts.iter().map(|text| Case::new(10, format!("body {text}"), with_body(text), Want::Built(vec!["1337"])));
    let texts = texts.iter().filter(|text| !text.contains("1337"));
    let body: Vec<Case> = body.filter(|case| !case.name.contains("include 1337")).collect();
    let title = texts.map(|text| Case::new(10, format!("title {text}"), with_title(text), Want::Built(vec!["1337"])));
    body.into_iter().chain(title).collect()
}

/// Row 13; `page::acting` looks at the pages, `runs` at each form of output.
fn injections() -> Vec<Case> {
    let titles = [
        "</title><script>alert(1)</script>",
        "]]><!--",
        "=HYPERLINK(\"https://evil.example\",\"x\")",
        "+1+cmd|' /C calc'!A0",
        "@SUM(1)",
        "a\r\nX-Injected: 1",
        "a\nBEGIN:VALARM\nEND:VALARM",
        "\u{2028}alert(1)\u{2029}",
        "</script><script>alert(1)",
        "<!--<script>",
        "&lt;b&gt; &amp;amp;",
        "\\u003c/script\\u003e",
        "\\\"};alert(1);//",
        "a; Domain=evil.example",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        "%0d%0aX-Injected: 1",
        "a\tb\u{85}c",
    ];
    titles.iter().map(|title| Case::new(13, format!("title {title:?}"), with_title(title), Want::Either("hostile.md".into()))).collect()
}

/// Row 14.
fn search() -> Vec<Case> {
    let texts = [
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(1)</script>",
        "\"};alert(1)//",
        "&lt;img src=x onerror=alert(1)&gt;",
        "__proto__ constructor toString",
    ];
    texts.iter().map(|text| Case::new(14, format!("words {text:?}"), with_title(text), built())).collect()
}

/// Row 15.
fn invisible() -> Vec<Case> {
    let marks = [
        '\u{202a}',
        '\u{202b}',
        '\u{202c}',
        '\u{202d}',
        '\u{202e}',
        '\u{2066}',
        '\u{2067}',
        '\u{2068}',
        '\u{2069}',
        '\u{200b}',
        '\u{2060}',
        '\u{feff}',
        '\u{e0041}',
        '\u{3164}',
        '\u{206a}',
        '\u{180e}',
        '\u{115f}',
        '\u{2063}',
        '\u{fff9}',
        '\u{200d}',
        '\u{200c}',
    ];
    let titles = marks
        .iter()
        .map(|mark| Case::new(15, format!("title with U+{:04X}", *mark as u32), with_title(&format!("Avgift 1{mark}000 kr")), refused()));
    let bodies = marks
        .iter()
        .map(|mark| Case::new(15, format!("text with U+{:04X}", *mark as u32), with_body(&format!("Avgift 1{mark}000 kr")), refused()));
    let references = ["&#x202e;", "&#8238;", "<b>&#x2066;</b>", "&#x200b;"];
    let references = references.iter().map(|reference| {
        Case::new(
            15,
            format!("written as {reference}"),
            with_body(&format!("Avgift 1{reference}000 kr")),
            Want::Built(vec!["\u{202e}", "\u{2066}", "\u{200b}"]),
        )
    });
    let turned =
        Case::new(15, "an element that turns around", with_body("<bdo dir=rtl>000 1</bdo>"), Want::Built(vec!["<bdo dir=\"rtl\""]));
    let forged = ["content/pages/nоrrvik.md", "content/pages/раypal.md"];
    let forged = forged.iter().map(|path| {
        let mut case =
            Case::new(15, format!("a forged name {path}"), vec![file(path, super::ran::GOOD)], Want::Ends(0, "mixed-script".into()));
        case.args = vec!["check".into()];
        case
    });
    let host = |link: &str| {
        let mut case = Case::new(
            15,
            format!("a forged host {link}"),
            with_body(&format!("[Betala här]({link})")),
            Want::Ends(0, "mixed-script".into()),
        );
        case.args = vec!["check".into()];
        case
    };
    let hosts = [host("https://nоrrvik.example/"), host("https://xn--pypal-4ve.com/")];
    titles.chain(bodies).chain(references).chain([turned]).chain(forged).chain(hosts).collect()
}
