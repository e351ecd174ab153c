//! In: what a template writes. Out: the same bytes, up to a limit: a template that loops ends with an error, not with the memory.

use std::io::{Error, Result, Write};

/// Largest page, in bytes.
const PAGE: usize = 64 << 20;

/// A buffer that takes so much and no more.
pub(super) struct Bounded<'b>(pub(super) &'b mut Vec<u8>);

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if self.0.len() + bytes.len() > PAGE {
            return Err(Error::other(format!("the page becomes larger than {} MiB", PAGE >> 20)));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_grows_for_ever_is_an_error() {
        let mut buffer = Vec::new();
        let mut page = Bounded(&mut buffer);
        let piece = vec![b'x'; 1 << 20];
        let written = (0..100).take_while(|_| page.write_all(&piece).is_ok()).count();
        assert_eq!(written, 64);
    }
}
