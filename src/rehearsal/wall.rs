//! In: every post of the stand-ins. Out: one page that shows them as their readers would see them.
//!
//! No script, no foreign request; light and dark; each text in its language and direction; replies below what they answer.

use crate::model::lang::Lang;
use crate::rehearsal::mastodon_view::escaped;
use crate::rehearsal::posts::WallPost;
use crate::rehearsal::stand_in::StandIn;
use std::fmt::Write;

const CSS: &str = include_str!("wall.css");
/// Replies are set in so far; deeper ones keep that place, since a phone is narrow.
const DEEPEST: usize = 3;

/// The page, a column for each of the stand-ins that has posts.
pub fn page(stand_ins: &[&StandIn], posts: &[WallPost]) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Rehearsal: {0} posts</title>\n<style>{CSS}</style>\n</head>\n<body>\n\
         <header>\n<h1>Rehearsal</h1>\n<p>{0} posts on stand-ins on this machine. Nobody else has seen them.</p>\n</header>\n<main>\n",
        posts.len()
    );
    let told = |stand_in: &&&StandIn| posts.iter().any(|post| post.network == stand_in.platform);
    for stand_in in stand_ins.iter().filter(told) {
        column(&mut out, posts, (stand_in.platform, stand_in.name));
    }
    if posts.is_empty() {
        out.push_str("<p class=\"none\">Nothing was posted.</p>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn column(out: &mut String, posts: &[WallPost], (network, name): (&str, &str)) {
    let own: Vec<&WallPost> = posts.iter().filter(|post| post.network == network).collect();
    let _ = writeln!(
        out,
        "<section aria-labelledby=\"{network}\">\n<h2 id=\"{network}\">{name} <span class=\"count\">{}</span></h2>",
        own.len()
    );
    let ids: Vec<&str> = own.iter().map(|post| post.id.as_str()).collect();
    // The newest thread stands first, as in an app.
    for post in own.iter().rev().filter(|post| post.parent.as_deref().is_none_or(|parent| !ids.contains(&parent))) {
        thread(out, &own, post, 0);
    }
    out.push_str("</section>\n");
}

fn thread(out: &mut String, posts: &[&WallPost], post: &WallPost, depth: usize) {
    article(out, post, depth);
    // A post that answers itself cannot be made; the depth guards all the same.
    let answers = posts.iter().filter(|other| other.parent.as_deref() == Some(&post.id) && other.id != post.id);
    for answer in answers.filter(|_| depth < posts.len()) {
        thread(out, posts, answer, depth + 1);
    }
}

fn article(out: &mut String, post: &WallPost, depth: usize) {
    let (network, id) = (&post.network, escaped(&post.id));
    let gone = if post.deleted { " gone" } else { "" };
    let _ = writeln!(out, "<article id=\"{network}-{id}\" class=\"post depth-{}{gone}\">", depth.min(DEEPEST));
    let _ = writeln!(out, "<h3><span class=\"avatar\" aria-hidden=\"true\"></span>{}</h3>", escaped(&post.account));
    let lang = post.lang.parse::<Lang>().ok();
    let (tag, direction) = lang.as_ref().map_or(("und", "auto"), |lang| (lang.as_str(), lang.direction()));
    let _ = writeln!(
        out,
        "<p class=\"meta\"><time datetime=\"{0}\">{1}</time>{2}</p>",
        post.at,
        post.at.strftime("%F %H:%M UTC"),
        marks(post, tag)
    );
    let _ = writeln!(out, "<div class=\"text\" lang=\"{tag}\" dir=\"{direction}\">{}</div>", post.html);
    if let Some((address, title, description)) = &post.card {
        card(out, post, (address, title, description));
    }
    if post.card.is_none() {
        for (file, alt) in &post.images {
            let _ = writeln!(
                out,
                "<figure><img src=\"/files/{0}\" alt=\"{1}\"><figcaption lang=\"{tag}\" dir=\"{direction}\">{1}</figcaption></figure>",
                escaped(file),
                escaped(alt)
            );
        }
    }
    out.push_str("</article>\n");
}

fn marks(post: &WallPost, tag: &str) -> String {
    let mut marks = format!(" <span class=\"mark\">{tag}</span>");
    for (holds, word) in [(post.parent.is_some(), "reply"), (post.edited, "edited"), (post.deleted, "deleted")] {
        if holds {
            let _ = write!(marks, " <span class=\"mark {word}\">{word}</span>");
        }
    }
    marks
}

fn card(out: &mut String, post: &WallPost, (address, title, description): (&str, &str, &str)) {
    let href = if address.starts_with("http") { escaped(address) } else { String::from("#") };
    let lang = post.lang.parse::<Lang>().ok();
    let direction = lang.as_ref().map_or("auto", Lang::direction);
    let _ = write!(out, "<a class=\"card\" href=\"{href}\" dir=\"{direction}\">");
    for (file, _) in &post.images {
        let _ = write!(out, "<img src=\"/files/{}\" alt=\"\">", escaped(file));
    }
    let tag = lang.as_ref().map_or("und", |lang| lang.as_str());
    let _ = writeln!(out, "<strong lang=\"{tag}\">{}</strong><span lang=\"{tag}\">{}</span></a>", escaped(title), escaped(description));
}
