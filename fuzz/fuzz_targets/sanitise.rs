//! Feeds libFuzzer's inputs to `targets/sanitise.rs`.

#![no_main]

#[path = "../targets/html.rs"]
mod html;
#[path = "../targets/site.rs"]
mod site;
#[path = "../targets/sanitise.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
