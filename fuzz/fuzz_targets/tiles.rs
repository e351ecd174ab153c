//! Feeds libFuzzer's inputs to `targets/tiles.rs`.

#![no_main]

#[path = "../targets/tiles.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
