//! In: the rules. Out: lines for a site block of a Caddyfile.
//!
//! Caddy sorts directives of one name; inside `route` they stay in the order of the table, so that the last one holds.

use super::rules::{FOR_EVER, Line, Rule};
use super::{expression, opening};

pub(super) fn text(rules: &[Rule], url: &str) -> String {
    let mut out = opening("caddy", url, "Import it into the site block, beside `root` and `file_server`.");
    out.push_str("route {\n");
    for (at, rule) in rules.iter().enumerate() {
        let condition = expression(&rule.pattern);
        // A file that is not there yet must not be kept as missing for a year, and the page that says so has its own type.
        let (there_only, others): (Vec<&Line>, Vec<&Line>) =
            rule.lines.iter().partition(|line| line.name == "Content-Type" || line.value == FOR_EVER);
        for (lines, name, there) in [(others, "promulgate", ""), (there_only, "promulgate_there", "\t\tfile\n")] {
            if lines.is_empty() {
                continue;
            }
            let matcher = if rule.pattern == "/*" && there.is_empty() { String::new() } else { format!("@{name}{at} ") };
            if !matcher.is_empty() {
                out.push_str(&format!("\t@{name}{at} {{\n\t\tpath_regexp `{condition}`\n{there}\t}}\n"));
            }
            lines.iter().for_each(|line| out.push_str(&format!("\theader {matcher}{}\n", directive(line))));
        }
    }
    out.push_str("}\n");
    out
}

fn directive(line: &Line) -> String {
    let value = line.value.replace('\\', "\\\\").replace('"', "\\\"").replace('{', "\\{");
    let adds = if line.adds_up() { "+" } else { "" };
    format!("{adds}{} \"{value}\"", line.name)
}
