//! In: a commentary in LinkedIn's "little" format. Out: what readers see, cut at the first sign without a meaning.

/// What readers see of a commentary.
pub fn shown(commentary: &str) -> String {
    let mut out = String::new();
    let mut chars = commentary.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '{' => match template(&mut chars) {
                Some(tag) => out.push_str(&tag),
                None => return out,
            },
            '|' | '}' | '@' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '*' | '_' | '~' => return out,
            c => out.push(c),
        }
    }
    out
}

/// `{hashtag|#|word}` behind its first brace.
fn template(chars: &mut impl Iterator<Item = char>) -> Option<String> {
    let mut inner = String::new();
    loop {
        match chars.next()? {
            '}' => break,
            c => inner.push(c),
        }
    }
    let word = inner.strip_prefix("hashtag|#|").or_else(|| inner.strip_prefix("hashtag|\\#|"))?;
    word.chars().all(|c| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)).then(|| format!("#{word}"))
}
