//! In: the rules. Out: lines for a virtual host of Apache 2.4, or for an `.htaccess` file.
//!
//! `<If>` is allowed in both, and of several that fit the last one holds, as in the table. `mod_headers` is needed.

use super::rules::{Line, Rule};
use super::{expression, opening};

pub(super) fn text(rules: &[Rule], url: &str) -> String {
    let place = "Include it in the <VirtualHost> of the site, or put it into the `.htaccess` beside its home page; it needs mod_headers.";
    let mut out = opening("apache", url, place);
    for rule in rules {
        let lines: String = rule.lines.iter().map(directive).collect();
        out.push('\n');
        match rule.pattern.as_str() {
            "/*" => out.push_str(&lines),
            pattern => {
                let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
                out.push_str(&format!("<If \"%{{REQUEST_URI}} =~ m#{}#\">\n{lines}</If>\n", expression(pattern)));
            }
        }
    }
    out
}

fn directive(line: &Line) -> String {
    // A percent sign begins a format here, and `${` a variable.
    let value = line.value.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace("${", "$%%7B");
    match line.name {
        "Content-Type" => format!("ForceType \"{}\"\n", line.value),
        // A file that is not there yet must not be kept as missing for a year.
        "Cache-Control" => format!("Header set {} \"{value}\"\n", line.name),
        name if line.adds_up() => format!("Header always add {name} \"{value}\"\n"),
        name => format!("Header always set {name} \"{value}\"\n"),
    }
}
