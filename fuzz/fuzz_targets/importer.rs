//! Feeds libFuzzer's inputs to `targets/importer.rs`.

#![no_main]

#[path = "../targets/site.rs"]
mod site;
#[path = "../targets/importer.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
