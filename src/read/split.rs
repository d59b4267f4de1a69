//! Cuts a stream of text into whole rows.
//!
//! Law: every byte of a file lies in exactly one row or one refused line. A row ends at LF, CRLF or a lone CR outside
//! quotes; a quote opens only at the beginning of a field and closes only at its end (RFC 4180).
//!
//! # Why
//!
//! **A quote that goes wrong costs one line.** A lenient reader takes `"memo` without its closing quote together with
//! everything up to the next quote, and the lines between are gone without a word. Here such a line is refused by
//! itself and reading goes on with the next one. What a row may hold is bounded by [`MOST`], so a quote that is never
//! closed cannot swallow a file either.

use crate::source::Stream;
use std::io;
use std::ops::Range;

/// The most bytes of one row.
pub(super) const MOST: usize = 64 * 1024;

/// A stretch of the file: a whole row, or a line that is none. [`Rows::bytes`] has its bytes until the next is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A row without its line end.
    Row(Range<usize>),
    /// A line that cannot be part of a row.
    Broken {
        /// How many lines it is; more than one where quotes that are sound hold line ends before the trouble.
        lines: u64,
        /// What is wrong with it.
        trouble: Trouble,
        /// At which of its bytes.
        byte: usize,
    },
}

/// Why a line is not a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A quote that no other closes.
    NeverClosed,
    /// Text between a closing quote and the next comma.
    ClosedEarly,
    /// More than [`MOST`] bytes without a line end.
    TooLong,
}

/// Whether more of the text may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// It may.
    Unknown,
    /// This is all of it.
    Nothing,
}

/// The rows of a stream, one after another.
pub(super) struct Rows {
    stream: Stream,
    buffer: Vec<u8>,
    /// Where in the buffer the next row begins, and at which byte of the text that is.
    start: usize,
    at: u64,
    rest: Rest,
    /// The rest of a line that was too long is still to be passed over.
    passing: bool,
}

impl Rows {
    pub(super) fn new(stream: Stream) -> Rows {
        Rows { stream, buffer: Vec::new(), start: 0, at: 0, rest: Rest::Unknown, passing: false }
    }

    /// The next row, with the byte it begins at.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Cut)>> {
        self.pass_over_rest()?;
        let scan = loop {
            match scan(&self.buffer[self.start..], self.rest) {
                Scan::More => self.more()?,
                scan => break scan,
            }
        };
        let (begin, at) = (self.start, self.at);
        Ok(match scan {
            Scan::More | Scan::Nothing => None,
            Scan::Row { length, end } => {
                self.consume(length + end);
                Some((at, Cut::Row(begin..begin + length)))
            }
            Scan::Broken { trouble, byte } => {
                // The lines before the trouble are part of the same row, in quotes that are sound.
                let mut lines = 0;
                while self.at <= at + byte as u64 {
                    let (length, end) = self.physical_line()?;
                    self.consume(length + end);
                    lines += 1;
                }
                Some((at, Cut::Broken { lines, trouble, byte }))
            }
        })
    }

    /// The bytes of what was cut last.
    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        &self.buffer[range]
    }

    /// Goes on at a byte of the text where a row begins, without a look at what lies before it.
    pub(super) fn pass_to(&mut self, at: u64) -> io::Result<()> {
        self.passing = false;
        while self.at < at {
            let left = self.buffer.len() - self.start;
            let wanted = usize::try_from(at - self.at).unwrap_or(usize::MAX);
            self.consume(left.min(wanted));
            if left >= wanted || self.rest == Rest::Nothing {
                break;
            }
            if self.stream.skip(at - self.at)? {
                self.at = at;
            }
            self.more()?;
        }
        Ok(())
    }

    /// Passes over the next line if it begins with `#` or is empty, without a look at its quotes.
    pub(super) fn pass_over_comment(&mut self) -> io::Result<bool> {
        while self.start == self.buffer.len() && self.rest == Rest::Unknown {
            self.more()?;
        }
        if !matches!(self.buffer.get(self.start), Some(b'#' | b'\r' | b'\n')) {
            return Ok(false);
        }
        let (length, end) = self.physical_line()?;
        self.consume(length + end);
        self.pass_over_rest()?;
        Ok(true)
    }

    /// The length of the line at `start` and of its end, whatever its quotes say.
    fn physical_line(&mut self) -> io::Result<(usize, usize)> {
        loop {
            let text = &self.buffer[self.start..];
            match line_end(text, 0, self.rest) {
                Some((length, end)) => return Ok((length, end)),
                None if text.len() >= MOST => {
                    self.passing = true;
                    return Ok((text.len() - held_back(text), 0));
                }
                None => self.more()?,
            }
        }
    }

    fn pass_over_rest(&mut self) -> io::Result<()> {
        while self.passing {
            match line_end(&self.buffer[self.start..], 0, self.rest) {
                Some((length, end)) => {
                    self.passing = false;
                    self.consume(length + end);
                }
                None => {
                    let left = &self.buffer[self.start..];
                    let bytes = left.len() - held_back(left);
                    self.consume(bytes);
                    self.more()?;
                }
            }
        }
        Ok(())
    }

    fn consume(&mut self, bytes: usize) {
        self.start += bytes;
        self.at += bytes as u64;
    }

    /// Brings the next piece in, behind what is left of the last one.
    fn more(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        if !self.stream.more(&mut self.buffer)? {
            self.rest = Rest::Nothing;
        }
        Ok(())
    }
}

/// The rows of a text that is wholly at hand, one after another: the same that [`Rows`] cuts.
#[derive(Clone, Copy)]
pub(super) struct Cuts<'t> {
    /// The text.
    pub(super) text: &'t [u8],
    /// Where the next row begins.
    pub(super) start: usize,
    /// Where no row begins any more: what stands behind only tells what a row before is.
    pub(super) end: usize,
}

impl Cuts<'_> {
    /// The next row, with the byte of the text that it begins at.
    pub(super) fn next(&mut self) -> Option<(usize, Cut)> {
        let begin = self.start;
        if begin >= self.end {
            return None;
        }
        match scan(&self.text[begin..], Rest::Nothing) {
            Scan::More | Scan::Nothing => None,
            Scan::Row { length, end } => {
                self.start += length + end;
                Some((begin, Cut::Row(begin..begin + length)))
            }
            Scan::Broken { trouble, byte } => {
                let mut lines = 0;
                while self.start <= begin + byte {
                    self.start += whole_line(&self.text[self.start..]);
                    lines += 1;
                }
                Some((begin, Cut::Broken { lines, trouble, byte }))
            }
        }
    }
}

/// The bytes of the line at the beginning of a text of which all is at hand, with its end.
fn whole_line(text: &[u8]) -> usize {
    line_end(text, 0, Rest::Nothing).map_or(text.len(), |(length, end)| length + end)
}

/// How far whole rows, and lines that are none, reach in a text of which more may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// So many bytes are whole.
    Whole(usize),
    /// The first row goes on behind the text.
    More,
    /// So many bytes end within a line that is too long: its rest is to be passed over.
    Within(usize),
}

/// How many bytes from its beginning tell what a row is.
pub(super) const TELLING: usize = MOST + 3;

/// Cuts rows one by one until so many bytes are whole.
pub(super) fn reach(text: &[u8], wanted: usize, rest: Rest) -> Reach {
    let mut whole = 0;
    while whole < wanted {
        match scan(&text[whole..], rest) {
            Scan::More | Scan::Nothing => break,
            Scan::Row { length, end } => whole += length + end,
            Scan::Broken { byte, .. } => {
                let mut end = whole;
                while end <= whole + byte {
                    let line = &text[end..];
                    match line_end(line, 0, rest) {
                        Some((length, its_end)) => end += length + its_end,
                        None if line.len() > TELLING => return Reach::Within(text.len() - held_back(line)),
                        None => return if whole == 0 { Reach::More } else { Reach::Whole(whole) },
                    }
                }
                whole = end;
            }
        }
    }
    if whole == 0 { Reach::More } else { Reach::Whole(whole) }
}

#[derive(Debug)]
enum Scan {
    /// The text ends before the row does.
    More,
    /// There is no row any more.
    Nothing,
    Row {
        length: usize,
        end: usize,
    },
    Broken {
        trouble: Trouble,
        byte: usize,
    },
}

/// Finds the end of the row at the beginning of `text`.
fn scan(text: &[u8], rest: Rest) -> Scan {
    if text.is_empty() {
        return if rest == Rest::Nothing { Scan::Nothing } else { Scan::More };
    }
    // What is decided depends on the row alone, not on how much of what follows is at hand.
    let (text, rest) = match text.get(..=MOST + 2) {
        Some(window) => (window, Rest::Unknown),
        None => (text, rest),
    };
    let long = text.len() > MOST + 2;
    let too_short =
        |trouble, byte| if rest == Rest::Nothing || long { Scan::Broken { trouble, byte } } else { Scan::More };
    let mut field = 0;
    loop {
        let mut at = field;
        if text.get(at) == Some(&b'"') {
            match closing_quote(text, at, rest) {
                Some(end) => at = end,
                None => return too_short(Trouble::NeverClosed, field),
            }
            if !matches!(text.get(at), None | Some(b',' | b'\r' | b'\n')) {
                // A quote on a later line is more likely to open a field of its own than to close this one.
                let same_line = !text[field..at].iter().any(|b| matches!(b, b'\r' | b'\n'));
                let trouble = if same_line { Trouble::ClosedEarly } else { Trouble::NeverClosed };
                return Scan::Broken { trouble, byte: field };
            }
        }
        match text[at..].iter().position(|b| matches!(b, b',' | b'\r' | b'\n')).map(|n| at + n) {
            Some(comma) if text[comma] == b',' => field = comma + 1,
            Some(end) if end > MOST => return Scan::Broken { trouble: Trouble::TooLong, byte: 0 },
            Some(_) => {
                return match line_end(text, at, rest) {
                    Some((length, end)) => Scan::Row { length, end },
                    None => Scan::More,
                };
            }
            None if rest == Rest::Nothing && text.len() <= MOST => return Scan::Row { length: text.len(), end: 0 },
            None => return too_short(Trouble::TooLong, 0),
        }
    }
}

/// The byte after the quote that closes the one at `open`; `None` where more text is needed to tell.
fn closing_quote(text: &[u8], open: usize, rest: Rest) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += text[at..].iter().position(|b| *b == b'"')?;
        match text.get(at + 1) {
            Some(b'"') => at += 2,
            Some(_) => return Some(at + 1),
            None => return (rest == Rest::Nothing).then_some(at + 1),
        }
    }
}

/// A CR at the very end may be half of a CRLF, so it is left for when more is known.
pub(super) fn held_back(text: &[u8]) -> usize {
    usize::from(text.last() == Some(&b'\r'))
}

/// Where the line ends at or after `from`, and how many bytes its end has.
pub(super) fn line_end(text: &[u8], from: usize, rest: Rest) -> Option<(usize, usize)> {
    match text[from..].iter().position(|b| matches!(b, b'\r' | b'\n')).map(|n| from + n) {
        Some(at) if text[at] == b'\n' => Some((at, 1)),
        Some(at) => match text.get(at + 1) {
            Some(b'\n') => Some((at, 2)),
            Some(_) => Some((at, 1)),
            None => (rest == Rest::Nothing).then_some((at, 1)),
        },
        None => (rest == Rest::Nothing).then_some((text.len(), 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Content, Encoding, Meter, Source};

    type Found = (u64, String, Option<(Trouble, usize)>);

    fn cuts(text: &[u8]) -> Vec<Found> {
        let source = Source {
            name: String::new(),
            content: Content::Bytes(text.into()),
            encoding: Encoding::Utf8,
            meter: Meter::default(),
        };
        let mut rows = Rows::new(source.open().expect("memory"));
        let mut all = Vec::new();
        while let Some((at, cut)) = rows.next().expect("memory") {
            all.push(match cut {
                Cut::Row(row) => (at, String::from_utf8_lossy(rows.bytes(row)).into_owned(), None),
                Cut::Broken { lines, trouble, byte } => (at, lines.to_string(), Some((trouble, byte))),
            });
        }
        all
    }

    fn rows(text: &str) -> Vec<String> {
        cuts(text.as_bytes())
            .into_iter()
            .map(|(_, row, trouble)| {
                assert_eq!(trouble, None);
                row
            })
            .collect()
    }

    #[test]
    fn rows_end_at_each_kind_of_line_end() {
        assert_eq!(rows("a,b\nc\r\nd\re"), ["a,b", "c", "d", "e"]);
        assert_eq!(rows("a\n\nb\n"), ["a", "", "b"]);
        assert_eq!(rows(""), [] as [&str; 0]);
        assert_eq!(rows("a\r"), ["a"]);
    }

    #[test]
    fn quotes_hold_commas_line_ends_and_doubled_quotes() {
        assert_eq!(rows("\"a,\nb\",c\r\n\"x\"\"y\"\n"), ["\"a,\nb\",c", "\"x\"\"y\""]);
        assert_eq!(rows("a\"b,c\n"), ["a\"b,c"]);
        assert_eq!(rows("\"\",\"\"\"\"\n"), ["\"\",\"\"\"\""]);
    }

    #[test]
    fn a_quote_that_goes_wrong_costs_its_own_line_only() {
        let found = cuts(b"1,\"open\n2,x\n3,\"memo\"\n");
        assert_eq!(found[0], (0, "1".to_owned(), Some((Trouble::NeverClosed, 2))));
        assert_eq!(found[1..], [(8, "2,x".to_owned(), None), (12, "3,\"memo\"".to_owned(), None)]);
        let found = cuts(b"1,\"open\n2,x\n");
        assert_eq!(found[0], (0, "1".to_owned(), Some((Trouble::NeverClosed, 2))));
        assert_eq!(found[1], (8, "2,x".to_owned(), None));
        assert_eq!(cuts(b"\"a\"b,c\n")[0].2, Some((Trouble::ClosedEarly, 0)));
    }

    #[test]
    fn lines_before_the_trouble_are_refused_with_it_and_once() {
        let found = cuts(b"5,\"x\ny\",b,\"z\n6,x\n");
        assert_eq!(found[0], (0, "2".to_owned(), Some((Trouble::NeverClosed, 10))));
        assert_eq!(found[1..], [(13, "6,x".to_owned(), None)]);
    }

    #[test]
    fn a_line_end_that_two_pieces_share_ends_one_line() {
        for (length, end) in [(65_534, "\r\n"), (65_535, "\r"), (65_536, "\r\n"), (131_071, "\r\n")] {
            let text = format!("#{}{end}a,b{end}", "x".repeat(length - 1));
            let source = Source {
                name: String::new(),
                content: Content::Bytes(text.as_bytes().into()),
                encoding: Encoding::Utf8,
                meter: Meter::default(),
            };
            let mut rows = Rows::new(source.open().expect("memory"));
            assert!(rows.pass_over_comment().expect("memory"));
            while rows.pass_over_comment().expect("memory") {}
            let (_, cut) = rows.next().expect("memory").expect("the row behind it");
            let Cut::Row(range) = cut else { panic!("{cut:?}") };
            assert_eq!(rows.bytes(range), b"a,b", "{length}");
        }
    }

    #[test]
    fn a_row_around_the_bound_is_read_or_refused_under_every_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            for length in MOST - 2..MOST + 5 {
                let text = format!("{}{end}2,x{end}", "y".repeat(length));
                let found = cuts(text.as_bytes());
                let trouble = (length > MOST).then_some((Trouble::TooLong, 0));
                assert_eq!((found.len(), found[0].2), (2, trouble), "{length} {end:?}");
                assert_eq!(found[1], ((length + end.len()) as u64, "2,x".to_owned(), None), "{length} {end:?}");
            }
        }
    }

    #[test]
    fn a_row_is_bounded() {
        let long = format!("1,\"{}\n2,x\n", "가\n".repeat(MOST));
        let found = cuts(long.as_bytes());
        assert_eq!(found[0].2, Some((Trouble::NeverClosed, 2)));
        assert_eq!(found.last().map(|(_, row, _)| row.as_str()), Some("2,x"));
        let long = format!("{}\r\n2,x\n", "y".repeat(3 * MOST));
        let found = cuts(long.as_bytes());
        assert_eq!(found[0].2, Some((Trouble::TooLong, 0)));
        assert_eq!(found[1..], [(3 * MOST as u64 + 2, "2,x".to_owned(), None)]);
    }

    #[test]
    fn rows_that_lie_across_pieces_are_whole() {
        let text: String = (0..20_000).map(|n| format!("{n},\"a\r\nb \"\"{n}\"\"\"\r\n")).collect();
        let found = rows(&text);
        assert_eq!(found.len(), 20_000);
        assert!(found.iter().enumerate().all(|(n, row)| *row == format!("{n},\"a\r\nb \"\"{n}\"\"\"")));
    }
}
