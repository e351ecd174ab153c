//! Feeds libFuzzer's inputs to `targets/route.rs`.

#![no_main]

#[path = "../targets/route.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
