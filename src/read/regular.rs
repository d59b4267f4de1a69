//! How far the bytes of a table are regular: where rows end is seen without cutting them.

use super::marks::sound_end;
use super::split::{MOST, Rest, line_end};
use crate::source::Encoding;
use memchr::{memchr, memchr2, memrchr};

/// How wide a character of ASCII is in some bytes, and which of its bytes says it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Units {
    width: usize,
    low: usize,
}

impl Units {
    /// Of text.
    pub(super) const BYTES: Units = Units { width: 1, low: 0 };

    pub(super) fn of(encoding: Encoding) -> Units {
        match encoding {
            // No second byte of CP949 is one of those that are looked for.
            Encoding::Utf8 | Encoding::Cp949 => Units::BYTES,
            Encoding::Utf16Le => Units { width: 2, low: 0 },
            Encoding::Utf16Be => Units { width: 2, low: 1 },
        }
    }

    /// Whether a character stands at a place.
    pub(super) fn is(self, bytes: &[u8], at: usize, character: u8) -> bool {
        bytes.get(at + self.low) == Some(&character) && (self.width == 1 || bytes.get(at + 1 - self.low) == Some(&0))
    }

    /// The first place of a character, from a place on.
    fn find(self, bytes: &[u8], from: usize, character: u8) -> Option<usize> {
        let mut from = from;
        loop {
            let found = from + memchr(character, bytes.get(from..)?)?;
            let at = found - found % self.width;
            if self.is(bytes, at, character) && at + self.low == found {
                return Some(at);
            }
            from = found + 1;
        }
    }

    /// The place of the first line feed or carriage return: whichever it is, nothing behind it is looked at.
    fn first_end(self, bytes: &[u8]) -> Option<usize> {
        let mut from = 0;
        loop {
            let found = from + memchr2(b'\n', b'\r', bytes.get(from..)?)?;
            let at = found - found % self.width;
            if at + self.low == found && self.is(bytes, at, bytes[found]) {
                return Some(at);
            }
            from = found + 1;
        }
    }

    /// The place behind the last line feed of a stretch.
    fn behind_last_line(self, bytes: &[u8], from: usize, to: usize) -> Option<usize> {
        let mut to = to;
        loop {
            let found = from + memrchr(b'\n', &bytes[from..to])?;
            let at = found - found % self.width;
            if at >= from && self.is(bytes, at, b'\n') && at + self.low == found {
                return Some(at + self.width);
            }
            to = found;
        }
    }

    /// The bytes of the line at the beginning, with its end.
    pub(super) fn line(self, bytes: &[u8], rest: Rest) -> Option<usize> {
        if self.width == 1 {
            return line_end(bytes, 0, rest).map(|(length, end)| length + end);
        }
        match self.first_end(bytes) {
            Some(feed) if self.is(bytes, feed, b'\n') => Some(feed + 2),
            Some(back) if self.is(bytes, back + 2, b'\n') => Some(back + 4),
            Some(back) if back + 2 < bytes.len() || rest == Rest::Nothing => Some(back + 2),
            _ => (rest == Rest::Nothing).then_some(bytes.len()),
        }
    }
}

/// The bytes of rows that are sound as far as quotes go: up to the last line feed that stands in none. `None` where that
/// is not even the first row.
pub(super) fn regular_end(bytes: &[u8], units: Units) -> Option<usize> {
    // Bytes may grow by half when they are decoded, and what is bounded is text.
    let at_once = if units.width == 1 { sound_end(bytes, MOST / 2) } else { None };
    at_once.filter(|end| *end > 0).or_else(|| quote_by_quote(bytes, units))
}

/// The same of any bytes, sound or not.
pub(super) fn quote_by_quote(bytes: &[u8], units: Units) -> Option<usize> {
    // Where the rows that are known to be sound end, and from where on the next quote is looked for.
    let (mut whole, mut from) = (0, 0);
    // The stretches between quotes since then: where in them the last line ends is looked for when it is needed.
    let mut between: Vec<(usize, usize)> = Vec::new();
    let last_line = |between: &mut Vec<(usize, usize)>| {
        between.drain(..).rev().find_map(|(from, to)| units.behind_last_line(bytes, from, to))
    };
    loop {
        let quote = units.find(bytes, from, b'"');
        let to = quote.unwrap_or(bytes.len());
        // Behind a quote, its row may go on for long.
        if let Some(feed) = units.find(&bytes[..to], from, b'\n').filter(|feed| from > 0 && feed - whole > MOST / 2) {
            whole = last_line(&mut between).unwrap_or(whole);
            if feed - whole > MOST / 2 {
                break;
            }
        }
        between.push((from, to));
        let Some(open) = quote else { break };
        let begins = open == 0 || b",\n\r".iter().any(|byte| units.is(bytes, open - units.width, *byte));
        // A quote within a field that has none around it is text.
        let Some(end) = (if begins { closing(bytes, units, open) } else { Some(open) }) else { break };
        if end - whole > MOST / 2 {
            whole = last_line(&mut between).unwrap_or(whole);
            if end - whole > MOST / 2 {
                break;
            }
        }
        from = end + units.width;
    }
    whole = last_line(&mut between).unwrap_or(whole);
    (whole > 0).then_some(whole)
}

/// The quote that closes the one at `open`, where one does, and at the end of its field.
fn closing(bytes: &[u8], units: Units, open: usize) -> Option<usize> {
    let mut at = open + units.width;
    loop {
        let quote = units.find(bytes, at, b'"')?;
        let next = quote + units.width;
        if units.is(bytes, next, b'"') {
            at = next + units.width;
            continue;
        }
        return b",\n\r".iter().any(|byte| units.is(bytes, next, *byte)).then_some(quote);
    }
}
