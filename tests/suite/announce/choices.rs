//! Who chooses what goes wrong: every possibility in turn, or a seed.

/// The choices of one schedule.
pub enum Choices {
    /// Follows a script and then always the first option; remembers how many options there were.
    Script {
        script: Vec<usize>,
        options: Vec<usize>,
        /// How many things may still go wrong.
        faults: usize,
        /// How often the other publisher may still get its turn.
        switches: usize,
    },
    /// Chooses by a seed; a fault about once in `rarity` choices.
    Seed { state: u64, rarity: u64 },
}

impl Choices {
    pub fn script(script: Vec<usize>, faults: usize, switches: usize) -> Choices {
        Choices::Script { script, options: Vec::new(), faults, switches }
    }

    pub fn seed(seed: u64, rarity: u64) -> Choices {
        Choices::Seed { state: seed, rarity }
    }

    /// Chooses; anything but 0 is a fault, of which a script has only so many.
    pub fn choose(&mut self, count: usize) -> usize {
        match self {
            Choices::Script { faults: 0, .. } => 0,
            Choices::Script { .. } => {
                let choice = self.free(count);
                if let (Choices::Script { faults, .. }, 1..) = (self, choice) {
                    *faults -= 1;
                }
                choice
            }
            Choices::Seed { state, rarity } => match next(state) % *rarity {
                0 => (next(state) % count as u64) as usize,
                _ => 0,
            },
        }
    }

    /// Whether the other publisher gets its turn.
    pub fn switch(&mut self) -> bool {
        match self {
            Choices::Script { switches: 0, .. } => false,
            Choices::Script { .. } => {
                let yes = self.free(2) == 1;
                if let (Choices::Script { switches, .. }, true) = (self, yes) {
                    *switches -= 1;
                }
                yes
            }
            Choices::Seed { state, rarity } => *rarity < u64::MAX && next(state).is_multiple_of(*rarity * 4),
        }
    }

    /// Chooses between things that are no fault.
    pub fn free(&mut self, count: usize) -> usize {
        match self {
            Choices::Script { script, options, .. } => {
                let choice = script.get(options.len()).copied().unwrap_or(0);
                options.push(count);
                choice
            }
            Choices::Seed { state, .. } => (next(state) % count as u64) as usize,
        }
    }

    /// The script after this one, in depth-first order; nothing after the last.
    pub fn next_script(&self) -> Option<Vec<usize>> {
        let Choices::Script { script, options, .. } = self else { return None };
        let mut next: Vec<usize> = (0..options.len()).map(|at| script.get(at).copied().unwrap_or(0)).collect();
        while let Some(last) = next.pop() {
            if last + 1 < options[next.len()] {
                next.push(last + 1);
                return Some(next);
            }
        }
        None
    }
}

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
pub fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
