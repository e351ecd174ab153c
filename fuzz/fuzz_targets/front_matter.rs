//! Feeds libFuzzer's inputs to `targets/front_matter.rs`.

#![no_main]

#[path = "../targets/site.rs"]
mod site;
#[path = "../targets/front_matter.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
