//! Markdown as pages show it: nothing an author types can become a script, and what is left out is said.

use promulgate::text::markdown::{ByForm, Links, Resolution, inline, plain, render};
use proptest::prelude::*;

struct Town;

impl Links for Town {
    fn resolve(&self, target: &str) -> Resolution {
        match target {
            "missing.md" => Resolution::Broken(target.into()),
            "night-buses.md" => Resolution::Href("/decisions/2026/night-buses/".into()),
            other => ByForm.resolve(other),
        }
    }
}

fn html(markdown: &str) -> String {
    render(markdown, &Town).html
}

#[test]
fn headings_begin_at_the_second_level_and_never_skip_one() {
    let made = render("# Background\n\n### Costs\n\n# Қорытынды\n\n# Background\n", &Town);
    let outline: Vec<(u8, &str)> = made.outline.iter().map(|heading| (heading.level, heading.id.as_str())).collect();
    assert_eq!(outline, [(2, "background"), (3, "costs"), (2, "қорытынды"), (2, "background-2")]);
}

#[test]
fn tables_can_be_scrolled_with_the_keyboard() {
    let made = html("## Cost\n\n| Item | 2027 |\n|---|---:|\n| Repairs | 340 |\n");
    assert!(made.contains("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"cost\"><table>"), "{made}");
    assert!(made.contains("<td class=\"num\">340</td>"), "{made}");
}

#[test]
fn links_lead_where_they_can_and_words_stay_where_they_cannot() {
    let made = render("[Night buses](night-buses.md) and [nowhere](missing.md) and [trap](&#x6A;avascript:alert(1))", &Town);
    assert!(made.html.contains("<a href=\"/decisions/2026/night-buses/\">Night buses</a> and nowhere and trap"), "{}", made.html);
    assert!(matches!(made.links[1].resolution, Resolution::Broken(_)));
    assert!(matches!(made.links[2].resolution, Resolution::Unsafe(_)));
    assert_eq!(&"[Night buses](night-buses.md) and [nowhere](missing.md)"[made.links[1].range.clone()], "[nowhere](missing.md)");
}

#[test]
fn known_attacks_leave_no_script() {
    let attacks = [
        "[l](/u '\"><script>alert()</script>')",
        "![\" onerror=\"alert(1)](x.png)",
        "```\"><script>alert(1)</script>\ncode\n```",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><animate attributeName=href to=javascript:alert(1)></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "[x](data:text/html,<script>alert(1)</script>)",
        "# h {#\"onmouseover=alert(1)}",
    ];
    for attack in attacks {
        let made = html(attack).to_lowercase();
        for sign in ["<script", "<svg", "<iframe", "<style", "<math", "href=\"javascript", "href=\"data", "href=\"jav"] {
            assert!(!made.contains(sign), "{attack} gave {made}");
        }
        assert!(!made.contains("<img src=\"x\" onerror") && !made.contains("\" onerror="), "{attack} gave {made}");
    }
}

#[test]
fn what_is_left_out_is_reported_with_its_place() {
    let typed = "Before.\n\n<div onclick=\"x()\">Hello</div>\n\n<iframe src=\"https://evil.example\"></iframe>\n";
    let made = render(typed, &Town);
    let what: Vec<&str> = made.dropped.iter().map(|dropped| dropped.what.as_str()).collect();
    assert_eq!(what, ["the attribute onclick of <div>", "<iframe>"]);
    assert!(typed[made.dropped[1].range.clone()].starts_with("<iframe"));
    assert!(made.html.contains("<div>Hello</div>"), "{}", made.html);
}

#[test]
fn pictures_from_elsewhere_become_links() {
    let made = render("![The bridge](https://elsewhere.example/bridge.jpg) ![](bridge.jpg)", &Town);
    assert!(made.html.contains("<a href=\"https://elsewhere.example/bridge.jpg\">The bridge</a>"), "{}", made.html);
    assert_eq!(made.images[1].alt, "");
}

#[test]
fn footnotes_callouts_and_tasks_have_words() {
    let made = html("Costs rose.[^1]\n\n> [!WARNING]\n> Boil the water.\n\n- [x] mended\n\n[^1]: By 12 per cent.\n");
    assert!(made.contains("<sup class=\"fnref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup>"), "{made}");
    assert!(made.contains("<li id=\"fn-1\" value=\"1\"><p>By 12 per cent. <a href=\"#fnref-1\""), "{made}");
    assert!(made.contains("<div class=\"callout warning\"><p class=\"callout-title\">warning</p>"), "{made}");
    assert!(made.contains("role=\"img\" aria-label=\"done\""), "{made}");
}

#[test]
fn plain_and_inline_text() {
    assert_eq!(plain("## Why\n\nIt is **cheap** and [near](x).\n\n- one\n- two\n"), "Why\n\nIt is cheap and near.\n\none\ntwo");
    assert_eq!(inline("The *library* stays.", &ByForm), "The <em>library</em> stays.");
}

#[test]
fn hostile_sizes_are_refused_with_their_reason() {
    let deep = ">".repeat(100_000);
    let notes = "[^\n".repeat(5_000);
    let wide = format!("{}\n{}\n{}", "|a".repeat(3_000), "|-".repeat(3_000), "|x\n".repeat(3_000));
    let definitions: String = (0..5_000).map(|number| format!("[{number}]: /x\n")).collect();
    for hostile in [deep, notes, wide, definitions, "[".repeat(50_000)] {
        let made = render(&hostile, &Town);
        assert!(made.fault.is_some() && made.html.is_empty(), "{:.40}", hostile);
    }
}

/// A page that counts how often it is asked for a free name.
struct Counting(std::cell::Cell<usize>);

impl Links for Counting {
    fn resolve(&self, target: &str) -> Resolution {
        Resolution::Unsafe(target.to_owned())
    }

    fn claim(&self, _: &str) -> bool {
        self.0.set(self.0.get() + 1);
        true
    }
}

#[test]
fn equal_headings_cost_no_more_than_others() {
    let page = Counting(std::cell::Cell::new(0));
    let made = render(&"## Bus\n\n".repeat(5_000), &page);
    let ids: std::collections::BTreeSet<&str> = made.outline.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!((made.outline.len(), ids.len()), (5_000, 5_000), "each has a name of its own");
    assert_eq!(made.outline[4_999].id, "bus-5000");
    assert_eq!(page.0.get(), 5_000, "no name is asked for twice");
}

proptest! {
    #[test]
    fn no_text_at_all_makes_a_script(text in "[a-z<>/\"'=&;:#!\\[\\]() \n`*_|-]{0,120}") {
        let made = html(&text).to_lowercase();
        prop_assert!(!made.contains("<script") && !made.contains("<style") && !made.contains("<iframe"));
    }
}
