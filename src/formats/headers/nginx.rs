//! In: the rules. Out: lines for a `server` block of nginx.
//!
//! `add_header` in an inner block makes nginx forget those of the outer one, so every header is sent from the `server`
//! block, with a variable that the address decides; an empty one is not sent. A media type belongs to the place of a
//! file, since a second `Content-Type` would be sent beside nginx's own.

use super::rules::{Line, Rule};
use super::{expression, opening};
use std::collections::BTreeMap;

pub(super) fn text(rules: &[Rule], url: &str) -> String {
    let mut out = opening("nginx", url, "Include it in the `server` block of the site, outside any `location`.");
    let (mut set, mut places) = (BTreeMap::new(), Vec::new());
    for rule in rules {
        let condition = expression(&rule.pattern);
        for line in &rule.lines {
            if line.name == "Content-Type" {
                places.push(format!("location ~ \"{condition}\" {{ types {{ }} default_type \"{}\"; }}\n", quoted(&line.value)));
                continue;
            }
            let name = variable(line);
            let value = format!("set ${name} \"{}\";", quoted(&line.value));
            set.entry((line.name, name.clone())).or_insert_with(|| format!("set ${name} \"\";\n")).push_str(&match rule.pattern.as_str() {
                "/*" => format!("{value}\n"),
                _ => format!("if ($uri ~ \"{condition}\") {{ {value} }}\n"),
            });
        }
    }
    for ((header, name), lines) in set {
        // A file that is not there yet must not be kept as missing for a year.
        let also_for_errors = if header == "Cache-Control" { "" } else { " always" };
        out.push_str(&format!("\n{lines}add_header {header} ${name}{also_for_errors};\n"));
    }
    out.push('\n');
    // The first expression that fits decides, so the last rule comes first.
    places.iter().rev().for_each(|place| out.push_str(place));
    out
}

fn variable(line: &Line) -> String {
    let mut name = format!("promulgate_{}", line.name.to_lowercase().replace('-', "_"));
    if line.adds_up() {
        name.push_str(&format!("_{}", line.part));
    }
    name
}

/// Inside double quotes; no value has a dollar sign, which cannot be written there.
fn quoted(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"")
}
