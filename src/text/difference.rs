//! In: two versions of a text. Out: what was taken out and what was put in, word by word, as a reader would mark it.
//!
//! Words are what stands between spaces, without the punctuation around them; spaces alone make no difference. The work
//! is bounded for every input: a [`Budget`] is spent by each comparison, and where it does not suffice a paragraph is
//! taken out and put in whole but for what both versions begin and end with.

/// How much comparing may still be done.
#[derive(Debug, Clone, Copy)]
pub struct Budget(usize);

impl Default for Budget {
    /// Enough for two versions of a long decision; less than a second.
    fn default() -> Budget {
        Budget(6_000_000)
    }
}

impl Budget {
    /// A budget of so many comparisons of two words.
    pub fn of(steps: usize) -> Budget {
        Budget(steps)
    }

    fn spend(&mut self, steps: usize) -> bool {
        let enough = steps <= self.0;
        if enough {
            self.0 -= steps;
        }
        enough
    }
}

/// Words of a paragraph that share a fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// They stand in both versions.
    Same(String),
    /// They stood in the earlier one.
    Gone(String),
    /// They stand in the later one.
    New(String),
}

/// What became of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paragraph {
    /// It stands as it was.
    Same(String),
    /// Some of its words are others; never empty.
    Changed(Vec<Stretch>),
    /// It was taken out.
    Gone(String),
    /// It was put in.
    New(String),
}

/// A word, or the marks beside one, and whether a space stands before it.
#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    text: &'t str,
    spaced: bool,
}

/// Whether a character belongs to the marks around a word. Vowel signs and joiners belong to the word itself.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{ab}' | '\u{bb}' | '\u{a1}' | '\u{bf}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}')
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut all = Vec::new();
    for word in text.split_whitespace() {
        let core = word.trim_matches(is_mark);
        // A word of marks alone stays whole.
        let (before, core, after) = if core.is_empty() {
            ("", word, "")
        } else {
            let start = word.len() - word.trim_start_matches(is_mark).len();
            (&word[..start], core, &word[start + core.len()..])
        };
        let parts = [before, core, after].into_iter().filter(|part| !part.is_empty());
        all.extend(parts.enumerate().map(|(at, text)| Token { text, spaced: at == 0 }));
    }
    all
}

/// The words of a stretch, with a space before it where one stands in the paragraph.
fn joined(tokens: &[Token<'_>], range: std::ops::Range<usize>) -> String {
    let mut out = String::new();
    for at in range {
        if at > 0 && tokens[at].spaced {
            out.push(' ');
        }
        out.push_str(tokens[at].text);
    }
    out
}

/// A longest common subsequence: pairs of places, rising. Where the budget does not suffice, only
/// what both begin and end with.
fn common<T>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool, budget: &mut Budget) -> Vec<(usize, usize)> {
    let head = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (n, m) = (old_rest.len() - tail, new_rest.len() - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if budget.spend((n + 1).saturating_mul(m + 1)) {
        longest((&old_rest[..n], &new_rest[..m]), &same, head, &mut pairs);
    }
    pairs.extend((0..tail).map(|at| (head + n + at, head + m + at)));
    pairs
}

/// The pairs of two rests that begin and end differently.
fn longest<T>((old, new): (&[T], &[T]), same: &impl Fn(&T, &T) -> bool, head: usize, pairs: &mut Vec<(usize, usize)>) {
    let (n, m) = (old.len(), new.len());
    // The length of what the tails from here have in common; a row and a column of noughts at the end.
    let width = m + 1;
    let mut length = vec![0_u32; (n + 1) * width];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            length[i * width + j] = if same(&old[i], &new[j]) {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if same(&old[i], &new[j]) {
            pairs.push((head + i, head + j));
            (i, j) = (i + 1, j + 1);
        } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Runs of places between the pairs: what is only in the old, what is only in the new, and the pair that ends the run.
fn runs(pairs: &[(usize, usize)], ends: (usize, usize)) -> Vec<(std::ops::Range<usize>, std::ops::Range<usize>, bool)> {
    let (mut i, mut j) = (0, 0);
    let mut all = Vec::new();
    for (a, b) in pairs.iter().copied() {
        all.push((i..a, j..b, true));
        (i, j) = (a + 1, b + 1);
    }
    all.push((i..ends.0, j..ends.1, false));
    all
}

/// What differs between two paragraphs, word by word. What stays the same between two changes and is no more than a short
/// word is taken out and put in with them: nobody reads a sentence in crumbs.
pub fn words(old: &str, new: &str, budget: &mut Budget) -> Vec<Stretch> {
    let (before, after) = (tokens(old), tokens(new));
    let pairs = common(&before, &after, |a, b| a.text == b.text, budget);
    // Each piece: what is gone, what is new, and then what both have.
    let mut pieces: Vec<(std::ops::Range<usize>, std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
    for (gone, new, paired) in runs(&pairs, (before.len(), after.len())) {
        let same = gone.end..gone.end + usize::from(paired);
        match pieces.last_mut() {
            Some(last) if gone.is_empty() && new.is_empty() => last.2.end = same.end,
            // A crumb between two changes becomes part of both.
            Some(last) if !(last.0.is_empty() && last.1.is_empty()) && is_crumb(&before, last.2.clone()) => {
                *last = (last.0.start..gone.end, last.1.start..new.end, same);
            }
            _ => pieces.push((gone, new, same)),
        }
    }
    let mut out = Vec::new();
    for (gone, new, same) in pieces {
        for (kind, text) in [
            (Stretch::Gone as fn(String) -> Stretch, joined(&before, gone)),
            (Stretch::New, joined(&after, new)),
            (Stretch::Same, joined(&before, same)),
        ] {
            if !text.is_empty() {
                out.push(kind(text));
            }
        }
    }
    out
}

/// One or two tokens of a few letters.
fn is_crumb(tokens: &[Token<'_>], range: std::ops::Range<usize>) -> bool {
    range.len() <= 2 && joined(tokens, range).trim().chars().count() <= 4
}

/// What became of each paragraph. Two paragraphs that share a third of their words are one that was changed.
pub fn paragraphs(old: &[String], new: &[String], budget: &mut Budget) -> Vec<Paragraph> {
    let pairs = common(old, new, |a, b| a == b, budget);
    let mut out = Vec::new();
    for (gone, added, paired) in runs(&pairs, (old.len(), new.len())) {
        let same = gone.end;
        changed(&old[gone], &new[added], budget, &mut out);
        if paired {
            out.push(Paragraph::Same(old[same].clone()));
        }
    }
    out
}

/// A run of paragraphs in place of another.
fn changed(old: &[String], new: &[String], budget: &mut Budget, out: &mut Vec<Paragraph>) {
    let mut rest = new.iter().peekable();
    let lone = old.len() == 1 && new.len() == 1;
    for before in old {
        // Only the next few are looked at: what moved further is taken out here and put in there.
        let ahead = rest.clone().take(8).position(|after| lone || is_like(before, after, budget));
        match ahead {
            Some(skipped) => {
                out.extend(rest.by_ref().take(skipped).cloned().map(Paragraph::New));
                let Some(after) = rest.next() else { continue };
                let stretches = words(before, after, budget);
                let differs = stretches.iter().any(|stretch| !matches!(stretch, Stretch::Same(_)));
                out.push(if differs { Paragraph::Changed(stretches) } else { Paragraph::Same(after.clone()) });
            }
            None => out.push(Paragraph::Gone(before.clone())),
        }
    }
    out.extend(rest.cloned().map(Paragraph::New));
}

fn is_like(old: &str, new: &str, budget: &mut Budget) -> bool {
    let (mut before, mut after): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    if !budget.spend((before.len() + after.len()).saturating_mul(4)) {
        return false;
    }
    before.sort_unstable();
    after.sort_unstable();
    let (mut shared, mut j) = (0, 0);
    for word in &before {
        while j < after.len() && after[j] < *word {
            j += 1;
        }
        if j < after.len() && after[j] == *word {
            (shared, j) = (shared + 1, j + 1);
        }
    }
    shared * 3 >= before.len().max(after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(old: &str, new: &str) -> String {
        let each = words(old, new, &mut Budget::default()).into_iter().map(|stretch| match stretch {
            Stretch::Same(text) => text,
            Stretch::Gone(text) => format!(" -{}-", text.trim()),
            Stretch::New(text) => format!(" +{}+", text.trim()),
        });
        each.collect::<String>().trim().to_owned()
    }

    #[test]
    fn whole_words_are_marked_in_every_script() {
        for (old, new, expected) in [
            ("It costs 340,000 a year.", "It costs 430,000 a year.", "It costs -340,000- +430,000+ a year."),
            ("At 10:30, please.", "At 10:45, please.", "At -10:30- +10:45+, please."),
            ("يبقى المرفأ مفتوحًا حتى المساء.", "يبقى المرفأ مغلقًا حتى المساء.", "يبقى المرفأ -مفتوحًا- +مغلقًا+ حتى المساء."),
            ("ბიბლიოთეკა ღია რჩება სოფელში.", "ბიბლიოთეკა დახურული რჩება სოფელში.", "ბიბლიოთეკა -ღია- +დახურული+ რჩება სოფელში."),
            ("a  b\n c", "a b c", "a b c"),
            ("", "new", "+new+"),
            ("The fee is not raised", "The fee is raised", "The fee is -not- raised"),
        ] {
            assert_eq!(marked(old, new), expected);
        }
    }

    #[test]
    fn crumbs_between_two_changes_go_with_them() {
        assert_eq!(marked("one of two long words", "three of four long words"), "-one of two- +three of four+ long words");
    }
}
