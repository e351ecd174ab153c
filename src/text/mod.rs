//! Pure text work that several rooms share: Markdown, sanitising, escaping, sentences, localised dates, order, colours.
//!
//! Floor 2: may import `model` only. Nothing here knows a page, a channel or a file.

pub mod active;
pub mod canonical;
pub mod collate;
pub mod contrast;
pub mod dates;
pub mod difference;
pub mod disguise;
pub mod escape;
pub mod figures;
pub mod invisible;
pub mod leaks;
pub mod lettering;
pub mod links;
pub mod lists;
pub mod mail_server;
pub mod markdown;
mod markdown_limits;
mod markdown_writer;
pub mod media;
pub mod palette;
pub mod punycode;
mod raw_html;
pub mod sanitise;
pub mod scripts;
pub mod seal;
pub mod sentences;
pub mod template_limits;
pub mod tokens;
