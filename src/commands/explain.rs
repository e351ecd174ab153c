//! `explain CODE`: what a finding means, why it matters, and how to mend it.

use super::command::{Desk, Exit};
use include_dir::{Dir, include_dir};

/// The pages of `tests/rules`: the user's documentation and the tests in one.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/rules");

/// Explains a finding: what it means, why it matters, how to mend it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code in brackets behind `error` or `warning`; all codes where none is given.
    code: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let mut codes: Vec<&str> = PAGES.files().filter_map(|file| file.path().file_stem()?.to_str()).collect();
    codes.sort_unstable();
    let Some(code) = &args.code else {
        codes.iter().for_each(|code| desk.report.out(code));
        return Exit::Done;
    };
    match PAGES.get_file(format!("{code}.md")).and_then(|file| file.contents_utf8()) {
        Some(page) => {
            desk.report.out(page.trim_end());
            Exit::Done
        }
        None => {
            let near = crate::parse::scalar::nearest(code, codes.iter().copied());
            let help = near.map_or_else(|| "`promulgate explain` lists them all.".into(), |near| format!("Did you mean `{near}`?"));
            desk.report.say(super::command::LogLevel::Error, &format!("error: there is no finding `{code}`\n  help: {help}"));
            Exit::Usage
        }
    }
}
