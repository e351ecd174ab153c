//! In: statuses as a Mastodon server shows them. Out: which of them is the post that was meant.
//!
//! Servers put markup of their own around a text, so two texts are the same when their letters and digits are, links
//! aside. The link itself must be there in full.

use crate::channels::text;
use serde_json::Value;

/// How a status answers the question whether it is our post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It is another one.
    No,
    /// Same link and place in the thread, no other language, other words.
    Reworded,
    /// The same words too.
    Exact,
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The text as posted.
    pub text: &'a str,
    /// The link in it.
    pub link: &'a str,
    /// The language that was sent.
    pub lang: &'a str,
    /// The id of the status that it answers, if it is a reply.
    pub parent: Option<&'a str>,
}

/// Judges one status.
pub fn judge(status: &Value, wanted: &Wanted<'_>) -> Match {
    let parent = status["in_reply_to_id"].as_str().filter(|id| !id.is_empty());
    if parent != wanted.parent || !has_link(status, content(status), wanted.link) {
        return Match::No;
    }
    // Some servers call every text English, so the language counts only where the words do not decide.
    match status["language"].as_str() {
        _ if same_words(status, wanted.text) => Match::Exact,
        Some(other) if other != wanted.lang => Match::No,
        _ => Match::Reworded,
    }
}

fn content(status: &Value) -> &str {
    status["content"].as_str().unwrap_or_default()
}

/// Whether the text of a status says what was sent. Some servers give the source in `text` and leave stray markup in
/// `content`.
pub fn same_words(status: &Value, sent: &str) -> bool {
    let sent = letters(sent);
    letters(&plain(content(status))) == sent || status["text"].as_str().is_some_and(|text| letters(text) == sent)
}

/// Whether four fifths of the words that were sent are in a status.
pub fn mostly_same_words(status: &Value, sent: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let (there, wanted) = (words(&plain(content(status))), words(sent));
    let common = wanted.iter().filter(|word| there.contains(word)).count();
    common * 5 >= wanted.len() * 4
}

fn has_link(status: &Value, content: &str, link: &str) -> bool {
    let decoded = decode(content);
    let in_card = status["card"]["url"].as_str() == Some(link);
    in_card || decoded.match_indices(link).any(|(at, _)| ends_there(&decoded[at + link.len()..]))
}

/// Whether an address ends before this text; a longer address is another page.
pub fn ends_there(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | ')' | ']'))
}

/// The letters and digits of a text without its links, lower-cased: what no server's markup touches.
pub fn letters(text: &str) -> String {
    let mut bare = text.to_owned();
    for link in text::links(text).into_iter().rev() {
        bare.replace_range(link, " ");
    }
    bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// HTML as its readers see it, well enough to compare: tags dropped, paragraphs kept apart, links written out in full.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut in_link = false;
    while let Some(open) = rest.find('<') {
        if !in_link {
            out.push_str(&rest[..open]);
        }
        let Some(close) = rest[open..].find('>') else { break };
        let tag = &rest[open + 1..open + close];
        match href(tag) {
            Some(address) if !tag.contains("hashtag") && !tag.contains("mention") => {
                in_link = true;
                out.push(' ');
                out.push_str(address);
                out.push(' ');
            }
            _ if tag.starts_with("/a") => in_link = false,
            _ if ["p", "/p", "br"].iter().any(|name| tag.trim_end_matches('/').trim_end() == *name) => out.push(' '),
            _ => {}
        }
        rest = &rest[open + close + 1..];
    }
    if !in_link {
        out.push_str(rest);
    }
    decode(&out)
}

/// The address of an `<a>` tag that leads outside.
fn href(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix("a ")?.split_once("href=")?.1;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next().filter(|address| address.starts_with("http"))
}

fn decode(html: &str) -> String {
    let named = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&apos;", "'");
    named.replace("&#x27;", "'").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const LINK: &str = "https://norrvik.example/decisions/2026/night-buses/?a=1&b=2";

    fn wanted(text: &str) -> Wanted<'_> {
        Wanted { text, link: LINK, lang: "sv", parent: None }
    }

    fn status(language: &str, parent: Option<&str>) -> Value {
        let content = "<p>Nattbussar &quot;hela&quot; veckan.<br />Nytt</p><p><a href=\"https://norrvik.example/decisions/2026/night-buses/?a=1&amp;b=2\" \
             rel=\"nofollow\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">norrvik.example/dec</span></a> \
             <a href=\"https://m.example/tags/norrvik\" class=\"mention hashtag\" rel=\"tag\">#<span>Norrvik</span></a></p>";
        json!({"content": content, "language": language, "in_reply_to_id": parent, "card": null})
    }

    #[test]
    fn a_status_is_known_by_its_words_whatever_the_markup() {
        let text = format!("Nattbussar \"hela\" veckan.\nNytt\n\n{LINK} #Norrvik");
        assert_eq!(judge(&status("sv", None), &wanted(&text)), Match::Exact);
        assert_eq!(judge(&status("sv", None), &wanted(&format!("Nattbussar\n\n{LINK}"))), Match::Reworded);
    }

    #[test]
    fn another_language_thread_or_link_is_another_post() {
        let text = format!("Nattbussar\n\n{LINK}");
        assert_eq!(judge(&status("en", None), &wanted(&text)), Match::No);
        assert_eq!(judge(&status("sv", Some("7")), &wanted(&text)), Match::No);
        let shorter = Wanted { link: "https://norrvik.example/decisions/2026/night", ..wanted(&text) };
        assert_eq!(judge(&status("sv", None), &shorter), Match::No, "a longer address is another page");
    }
}
