//! In: nothing. Out: bytes that nobody can guess, from the operating system.

/// 32 random bytes.
///
/// # Panics
///
/// Where the operating system has no randomness, because a key or salt made without it would be worse than none.
pub fn bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
