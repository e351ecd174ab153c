//! A template of a theme: compiled and rendered as pages are. It compiles or says why; a value never becomes markup unless
//! the template itself says `safe`; twice gives the same. Templates that loop over much or call themselves are not
//! rendered here: how long they may take is measured elsewhere.

use super::site::text;
use tera::{Context, Tera};

const VALUE: &str = "<i class=\"7f3a\">&'";

/// The template as it is.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    if let Err(error) = tera.add_raw_templates([("page.html", text)]) {
        assert!(!error.to_string().is_empty());
        return;
    }
    let words = ["range", "include", "extends", "block", "component", "macro", "import", "super"];
    if words.iter().any(|word| text.contains(word)) || text.matches("for").count() > 3 {
        return;
    }
    let mut context = Context::new();
    context.insert("title", VALUE);
    context.insert("items", &[VALUE, "two", "three"]);
    context.insert("record", &std::collections::BTreeMap::from([("title", VALUE), ("url", "https://norrvik.example/")]));
    context.insert("count", &3);
    context.insert("flag", &true);
    let made = tera.render("page.html", &context).map_err(|error| error.to_string());
    assert_eq!(made, tera.render("page.html", &context).map_err(|error| error.to_string()));
    if let Ok(made) = made
        && !text.contains("safe")
        && !text.contains("7f3a")
    {
        assert!(!made.contains("<i class=\"7f3a\""), "a value became markup: {made}");
    }
}
