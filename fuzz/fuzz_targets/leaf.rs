//! Feeds libFuzzer's inputs to `targets/leaf.rs`.

#![no_main]

#[path = "../targets/leaf.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
