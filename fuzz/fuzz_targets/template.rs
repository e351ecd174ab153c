//! Feeds libFuzzer's inputs to `targets/template.rs`.

#![no_main]

#[path = "../targets/site.rs"]
mod site;
#[path = "../targets/template.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
