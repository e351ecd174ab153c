//! In: a template before it is compiled. Out: the fault of one whose compiling could cost more than its worth.
//!
//! The engine reads expressions by recursion: thousands of terms in one expression end the whole program (tera #1035),
//! which nothing can catch. So the length of an expression and the nesting in it are looked at first.

/// The longest tag, in bytes; the longest of the theme that comes with the program has 286.
const TAG: usize = 2_000;
/// The deepest nesting of brackets in one tag.
const BRACKETS: usize = 24;
/// The longest run of signs such as `not` or `-` that each take what follows.
const SIGNS: usize = 24;

/// What is too much in a template; a part of a sentence, with the line.
pub fn fault_of(template: &str) -> Option<String> {
    let mut at = 0;
    while let Some(open) = next_tag(template, at) {
        let comment = template[open..].starts_with("{#");
        let end = match &template[open..open + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let rest = &template[open + 2..];
        let length = rest.find(end).unwrap_or(rest.len());
        let line = || template[..open].matches('\n').count() + 1;
        let tag = &rest[..length];
        if !comment && tag.len() > TAG {
            return Some(format!("line {}: an expression is longer than {TAG} bytes", line()));
        }
        if !comment && is_deep(tag) {
            return Some(format!("line {}: an expression is nested more than {BRACKETS} deep", line()));
        }
        at = open + 2 + length;
    }
    None
}

fn next_tag(template: &str, from: usize) -> Option<usize> {
    let bytes = template.as_bytes();
    (from..bytes.len().saturating_sub(1)).find(|at| bytes[*at] == b'{' && matches!(bytes[*at + 1], b'{' | b'%' | b'#'))
}

fn is_deep(tag: &str) -> bool {
    let (mut open, mut deepest) = (0usize, 0usize);
    for byte in tag.bytes() {
        match byte {
            b'(' | b'[' | b'{' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    let mut signs = 0;
    let run = tag.split_whitespace().any(|word| {
        signs = if word == "not" || word.bytes().all(|byte| byte == b'-') { signs + word.len().min(SIGNS + 1) } else { 0 };
        signs > 3 * SIGNS
    });
    let minus = tag.as_bytes().split(|byte| *byte != b'-').any(|run| run.len() > SIGNS);
    deepest > BRACKETS || run || minus
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_that_would_end_the_program_is_refused_with_its_line() {
        let long = format!("<p>\n{{{{ 1{} }}}}", " + 1".repeat(6_000));
        assert!(fault_of(&long).is_some_and(|fault| fault.starts_with("line 2: ")));
        for hostile in ["(".repeat(200), "[".repeat(60), "not ".repeat(400), "-".repeat(300), "- ".repeat(400)] {
            assert!(fault_of(&format!("{{{{ {hostile} }}}}")).is_some(), "{hostile}");
            assert!(fault_of(&format!("{{% if {hostile} %}}")).is_some(), "{hostile}");
            assert!(fault_of(&format!("{{{{ {hostile}")).is_some(), "never closed: {hostile}");
        }
    }

    #[test]
    fn what_people_write_is_none() {
        let template = format!(
            "{{# {} #}}{{% if not a and not (b or c[0]) %}}{{{{ a | upper }}}}{{% endif %}}{}",
            "-".repeat(3_000),
            "x".repeat(9_000)
        );
        assert_eq!(fault_of(&template), None);
    }
}
