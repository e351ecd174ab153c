//! What a campaign has measured: printed, and kept for the table of `docs/reliability.md` where a file is named.

use std::io::Write;

/// A number from the environment.
pub fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The seed of this run.
pub fn seed() -> u64 {
    number("PROMULGATE_SEED", 20_261_121)
}

/// Prints a row of the table, and adds it to the file that `PROMULGATE_FIGURES` names.
pub fn row(campaign: &str, done: &str, result: &str) {
    let row = format!("| {campaign} | {done} | {result} |");
    println!("{row}");
    if let Some(path) = std::env::var_os("PROMULGATE_FIGURES") {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).expect("the file of figures can be written");
        writeln!(file, "{row}").expect("the file of figures can be written");
    }
}

/// A small generator (splitmix64, Steele, Lea, Flood 2014), so that a seed gives the same choices everywhere.
#[derive(Clone)]
pub struct Seeded(pub u64);

impl Seeded {
    /// The next number below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit.max(1)
    }
}

/// Does work on several threads; the results in the order of the work.
pub fn at_once<W: Send, R: Send>(threads: usize, work: Vec<W>, each: impl Fn(W) -> R + Sync) -> Vec<R> {
    let work = std::sync::Mutex::new(work.into_iter().enumerate().collect::<Vec<_>>().into_iter());
    let results = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let next = work.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
                    let Some((at, one)) = next else { break };
                    let result = each(one);
                    results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
