//! Rows 11 and 12: templates that cost without end, and themes that reach for more than they are given.

use super::ran::{Piece, SETTINGS, file};
use super::{Case, Want};

/// All of them.
pub fn cases() -> Vec<Case> {
    [endless(), reaching()].into_iter().flatten().collect()
}

/// A site whose pages are made by a template of its own.
fn template(name: &str, text: &str) -> Vec<Piece> {
    vec![file(format!("templates/{name}"), text)]
}

/// Row 11.
fn endless() -> Vec<Case> {
    let page = |inner: &str| format!("{{% extends \"record.html\" %}}{{% block main %}}{inner}{{% endblock main %}}");
    let refused = |word: &str| Want::Refused(word.to_owned());
    let loops = "{% for a in range(end=100000) %}".repeat(3) + &"{% endfor %}".repeat(3);
    let written = format!("{}{}{}", "{% for a in range(end=100000) %}".repeat(2), "x".repeat(1_000), "{% endfor %}".repeat(2));
    let start = "{% set_global a = 'xxxxxxxxxxxxxxxx' %}";
    let loop_ = "{% for i in range(end=60) %}";
    let doubles = format!("{start}{loop_}{{% set_global a = a ~ a %}}{{% endfor %}}{{{{ a | length }}}}");
    let given_up = |word: &str| Want::Refused(format!("`{word}` was given up").replace("`nattbussar", "`content/pages/nattbussar"));
    let tree = "{% component tree() {} %}{{ <tree /> }}{{ <tree /> }}{{ <tree /> }}{{ <tree /> }}{% endcomponent tree %}";
    let all: Vec<(&str, Vec<Piece>, Want)> = vec![
        ("three loops of 100,000", template("page.html", &page(&loops)), refused("nattbussar.md")),
        ("100,000 times 100,000 thousands of letters", template("page.html", &page(&written)), refused("nattbussar.md")),
        ("6,000 terms", template("page.html", &page(&format!("{{{{ 1{} }}}}", " + 1".repeat(6_000)))), refused("templates/page.html")),
        ("100,000 terms", template("page.html", &page(&format!("{{{{ 1{} }}}}", " ~ 1".repeat(100_000)))), refused("templates/page.html")),
        (
            "6,000 filters",
            template("page.html", &page(&format!("{{{{ 'a'{} }}}}", " | upper".repeat(6_000)))),
            refused("templates/page.html"),
        ),
        (
            "10,000 parentheses",
            template("page.html", &page(&format!("{{{{ {}1{} }}}}", "(".repeat(10_000), ")".repeat(10_000)))),
            refused("templates/page.html"),
        ),
        (
            "10,000 lists",
            template("page.html", &page(&format!("{{% set a = {}{} %}}", "[".repeat(10_000), "]".repeat(10_000)))),
            refused("templates/page.html"),
        ),
        (
            "10,000 times not",
            template("page.html", &page(&format!("{{% if {}1 %}}{{% endif %}}", "not ".repeat(10_000)))),
            refused("templates/page.html"),
        ),
        (
            "400 times not",
            template("page.html", &page(&format!("{{% if {}1 %}}{{% endif %}}", "not ".repeat(400)))),
            refused("templates/page.html"),
        ),
        ("10,000 signs", template("page.html", &page(&format!("{{{{ {}1 }}}}", "-".repeat(10_000)))), refused("templates/page.html")),
        (
            "2,000 conditions in each other",
            template("page.html", &page(&format!("{}{}", "{% if 1 %}".repeat(2_000), "{% endif %}".repeat(2_000)))),
            refused("templates/"),
        ),
        ("a template that extends itself", template("page.html", "{% extends \"page.html\" %}"), refused("page.html")),
        (
            "two that extend each other",
            [template("page.html", "{% extends \"b.html\" %}"), template("b.html", "{% extends \"page.html\" %}")]
                .into_iter()
                .flatten()
                .collect(),
            refused("html"),
        ),
        ("a template that includes itself", template("page.html", &page("{% include \"page.html\" %}")), refused("page.html")),
        (
            "two that include each other",
            [template("page.html", "{% include \"b.html\" %}"), template("b.html", "{% include \"page.html\" %}")]
                .into_iter()
                .flatten()
                .collect(),
            refused("html"),
        ),
        ("a component that is four of itself", template("page.html", &format!("{tree}{{{{ <tree /> }}}}")), refused("")),
        ("a range beyond all", template("page.html", &page("{% for a in range(end=100000000000) %}x{% endfor %}")), refused("range")),
        (
            "a range beyond numbers",
            template("page.html", &page("{% for a in range(start=-170141183460469231731687303715884105728, end=1) %}x{% endfor %}")),
            refused(""),
        ),
        ("a text that doubles", template("page.html", &page(&doubles)), given_up("nattbussar.md")),
        (
            "a text that is captured twice over",
            template(
                "page.html",
                &page(&format!("{start}{loop_}{{% set_global a %}}{{{{ a }}}}{{{{ a }}}}{{% endset %}}{{% endfor %}}{{{{ a | length }}}}")),
            ),
            given_up("nattbussar.md"),
        ),
        (
            "a text that grows by a megabyte at a time",
            template(
                "page.html",
                &page(&format!(
                    "{start}{{% for i in range(end=16) %}}{{% set_global a = a ~ a %}}{{% endfor %}}{{% set_global b = a %}}{{% for i in range(end=100000) %}}{{% set_global b = b ~ a %}}{{% endfor %}}"
                )),
            ),
            given_up("nattbussar.md"),
        ),
        (
            "a list of a text that doubles",
            template(
                "page.html",
                &page(&format!(
                    "{start}{{% for i in range(end=12) %}}{{% set_global a = a ~ a %}}{{% endfor %}}{{% set_global b = [a] %}}{loop_}{{% set_global b = [b, b] %}}{{% endfor %}}{{{{ b }}}}"
                )),
            ),
            refused("nattbussar.md"),
        ),
        (
            "a component that hands on twice its text",
            template(
                "page.html",
                &format!(
                    "{{% component twice(a: string) {{}} %}}{{{{ <twice a={{a ~ a}} /> }}}}{{% endcomponent twice %}}{}",
                    page("{{ <twice a={'xxxxxxxxxxxxxxxx'} /> }}")
                ),
            ),
            refused(""),
        ),
        ("a text that doubles in a part of every page", template("parts/footer.html", &doubles), given_up("templates/parts/")),
        ("a text that doubles in the style sheet", template("site.css", &doubles), given_up("site.css")),
        (
            "a text that doubles on a card",
            vec![file("cards/card.svg", &doubles), Piece::AllSettings(SETTINGS.replace("cards: false\n", ""))],
            given_up("card.svg"),
        ),
        ("a template of 2.1 MiB", template("page.html", &"x".repeat(2_200_000)), refused("templates/page.html")),
        ("a template that is no text", vec![Piece::File(b"templates/page.html".to_vec(), vec![0xff; 100])], refused("templates/page.html")),
        ("unclosed", template("page.html", "{{ page"), refused("page.html")),
    ];
    all.into_iter().map(|(what, pieces, want)| Case::new(11, what, pieces, want)).collect()
}

/// Row 12.
fn reaching() -> Vec<Case> {
    let page =
        |inner: &str| template("page.html", &format!("{{% extends \"record.html\" %}}{{% block main %}}{inner}{{% endblock main %}}"));
    let refused = |word: &str| Want::Refused(word.to_owned());
    let secret = super::ran::OUTSIDE;
    let own = |pieces: Vec<Piece>| -> Vec<Piece> { pieces.into_iter().chain([Piece::Settings("theme: evil\n".into())]).collect() };
    let mut all = vec![
        Case::new(12, "an include that leads out", page("{% include \"../../outside/secret.html\" %}"), refused("secret.html")),
        Case::new(12, "an include of an absolute path", page("{% include \"/etc/passwd\" %}"), refused("passwd")),
        Case::new(12, "an include of the settings", page("{% include \"promulgate.yaml\" %}"), refused("promulgate.yaml")),
        Case::new(12, "the environment", page("{{ get_env(name=\"PROMULGATE_OUTSIDE\") }}"), refused("get_env")),
        Case::new(12, "loading data", page("{{ load_data(path=\"/etc/passwd\") }}"), refused("load_data")),
        Case::new(12, "running a program", page("{{ exec(command=\"id\") }}"), refused("exec")),
        Case::new(12, "reading a file by a filter", page("{{ \"/etc/passwd\" | read_file }}"), refused("read_file")),
        Case::new(12, "all that a page knows", page("<pre>{{ __tera_context }}</pre>"), Want::Either("".into())),
        Case::new(12, "a text as a template", page("{{ \"{{ 7*191 }}\" | render }}"), refused("render")),
        Case::new(
            12,
            "escaping turned off by the name of a part",
            own(vec![
                file(
                    "themes/evil/templates/page.html",
                    "{% extends \"record.html\" %}{% block main %}{% include \"parts/x.txt\" %}{% endblock main %}",
                ),
                file("themes/evil/templates/parts/x.txt", "{{ record.title }}"),
                file("content/pages/hostile.md", "---\ntitle: <script>alert(1)</script>\nsummary: x\ndate: 2026-04-22\n---\n\nx\n"),
            ]),
            Want::Built(Vec::new()),
        ),
        Case::new(12, "a theme named by climbing", vec![Piece::Settings("theme: ../../outside\n".into())], refused("promulgate.yaml")),
        Case::new(
            12,
            "settings of a theme that are none",
            own(vec![file("themes/evil/theme.yaml", "context: 99\n")]),
            refused("theme.yaml"),
        ),
        Case::new(12, "messages that break", own(vec![file("themes/evil/messages/sv.ftl", "x = { $y ->\n")]), refused("sv.ftl")),
        Case::new(
            12,
            "messages that name each other",
            own(vec![file("themes/evil/messages/sv.ftl", "a = { b }\nb = { a }\nskip = { a }\nkinds-page = { kinds-page }\n")]),
            Want::Either("".into()),
        ),
        Case::new(
            12,
            "messages with script",
            own(vec![file(
                "themes/evil/messages/sv.ftl",
                "skip-to-content = <script>alert(1)</script>\nhome = \"><img src=x onerror=alert(1)>\nsearch = </title><script>alert(1)</script>\n",
            )]),
            Want::Built(Vec::new()),
        ),
        Case::new(
            12,
            "a font that is none",
            vec![
                Piece::AllSettings(super::ran::SETTINGS.replace("cards: false\n", "cards: {sizes: [og]}\n")),
                file("cards/fonts/x.ttf", "no font"),
            ],
            Want::Either("x.ttf".into()),
        ),
    ];
    all.iter_mut().for_each(|case| case.variables = vec![("PROMULGATE_OUTSIDE".into(), secret.into())]);
    all
}
