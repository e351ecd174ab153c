//! In: properties and values. Out: content lines as RFC 5545, 3.1 wants them: CRLF, at most 75 octets, no character cut.

/// Octets of a line, its end left out.
const WIDTH: usize = 75;

/// Lines of a calendar.
#[derive(Clone)]
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn new() -> Lines {
        Lines(String::new())
    }

    /// The text written so far.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// A property whose value needs no escaping: dates, addresses, words of the format.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        self.fold(&format!("{name}:{value}"));
    }

    /// A property with text (3.3.11): `\`, `;`, `,` and line ends are escaped, control characters left out.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for c in value.trim().chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                '\t' => line.push(' '),
                c if c.is_control() => {}
                c => line.push(c),
            }
        }
        self.fold(&line);
    }

    fn fold(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_character_is_cut() {
        let mut lines = Lines::new();
        let title = "Ночные автобусы; 🚌, არა\\კი\nالسطر".repeat(9);
        lines.text("SUMMARY", &title);
        assert!(lines.as_str().ends_with("\r\n"));
        assert!(lines.as_str().split("\r\n").all(|line| line.len() <= WIDTH));
        let unfolded = lines.as_str().replace("\r\n ", "");
        let shown = unfolded.trim_end().trim_start_matches("SUMMARY:");
        assert_eq!(shown.replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\"), title);
    }
}
