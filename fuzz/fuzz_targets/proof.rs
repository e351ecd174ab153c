//! Feeds libFuzzer's inputs to `targets/proof.rs`.

#![no_main]

#[path = "../targets/proof.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::check(data));
