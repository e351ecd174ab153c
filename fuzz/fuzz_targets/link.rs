//! Feeds libFuzzer's inputs to `targets/link.rs`.

#![no_main]

#[path = "../targets/link.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
