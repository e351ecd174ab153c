//! Feeds libFuzzer's inputs to `targets/picture.rs`.

#![no_main]

#[path = "../targets/picture.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
