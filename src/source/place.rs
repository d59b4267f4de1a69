//! Where something stands: small for the program, late for people.
//!
//! Everything counts in bytes of decoded text, after a BOM. Line, column and the quoted line are worked out only when
//! they are shown, by streaming the source once more.

use super::{SourceId, Sources, Stream};
use memchr::{memchr, memchr_iter, memrchr};
use std::io;

/// Where a row or a value begins: all that a line keeps of its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// In which source.
    pub source: SourceId,
    /// At which byte of its text.
    pub at: u64,
}

impl Origin {
    /// The place as one number of 96 bits: the further on, the larger.
    #[inline]
    pub fn number(self) -> u128 {
        u128::from(self.source.0) << 64 | u128::from(self.at)
    }

    /// The place of a number; what is beyond its 96 bits is not looked at.
    pub fn of_number(number: u128) -> Origin {
        Origin { source: SourceId((number >> 64) as u32), at: number as u64 }
    }
}

/// A stretch of a source that a finding points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// In which source.
    pub source: SourceId,
    /// Its first byte.
    pub at: u64,
    /// How many bytes; none points between two characters.
    pub length: u32,
}

impl Span {
    /// A stretch of `length` bytes from `at`.
    pub fn new(source: SourceId, at: u64, length: usize) -> Span {
        Span { source, at, length: u32::try_from(length).unwrap_or(u32::MAX) }
    }
}

/// A span for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The source's name.
    pub path: String,
    /// From 1; CRLF, LF and a lone CR each end one line.
    pub line: u64,
    /// From 1, in characters.
    pub column: u64,
    /// The line of text, or the stretch of it around the span where it is very long.
    pub text: String,
    /// The span within `text`, in bytes.
    pub marked: std::ops::Range<usize>,
}

/// The most bytes of one line that are kept to be quoted: as many as the longest row that is read has.
const QUOTED: usize = 64 * 1024;

impl Sources {
    /// Works out the places of spans, each source streamed once. Places come in the order of the spans.
    ///
    /// # Errors
    /// Whatever reading a source again fails with.
    pub fn places(&self, spans: &[Span]) -> io::Result<Vec<Place>> {
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by_key(|&n| spans[n]);
        let mut places: Vec<Option<Place>> = vec![None; spans.len()];
        for same in order.chunk_by(|&a, &b| spans[a].source == spans[b].source) {
            let source = self.get(spans[same[0]].source);
            let mut walk = Walk::new(source.open()?);
            for &n in same {
                places[n] = Some(walk.place(&source.name, spans[n])?);
            }
        }
        // Every span belongs to one chunk, so every place was set.
        Ok(places.into_iter().flatten().collect())
    }
}

/// Walks through a text line by line, forwards only.
struct Walk {
    stream: Stream,
    piece: Vec<u8>,
    /// The next byte of `piece` to look at.
    next: usize,
    /// The line that was read last, without its end.
    line: Vec<u8>,
    /// Its number, from 1; 0 before the first.
    number: u64,
    /// Where that line begins, and where the next one does.
    begins: u64,
    goes_on: u64,
    ended: bool,
}

impl Walk {
    fn new(stream: Stream) -> Walk {
        Walk { stream, piece: Vec::new(), next: 0, line: Vec::new(), number: 0, begins: 0, goes_on: 0, ended: false }
    }

    /// The place of a span that does not begin before the last one.
    fn place(&mut self, path: &str, span: Span) -> io::Result<Place> {
        while !self.ended && (self.number == 0 || span.at >= self.goes_on) {
            self.pass_over_lines(span.at);
            self.read_line()?;
        }
        let offset = usize::try_from(span.at.saturating_sub(self.begins)).unwrap_or(usize::MAX).min(self.line.len());
        let end = offset.saturating_add(span.length as usize).min(self.line.len());
        let [before, marked, after] =
            [&self.line[..offset], &self.line[offset..end], &self.line[end..]].map(String::from_utf8_lossy);
        Ok(Place {
            path: path.to_owned(),
            line: self.number,
            column: before.chars().count() as u64 + 1,
            marked: before.len()..before.len() + marked.len(),
            text: format!("{before}{marked}{after}"),
        })
    }

    /// Counts the lines that end before a byte of the text, as far as the piece at hand shows; only their ends are looked
    /// for.
    fn pass_over_lines(&mut self, at: u64) {
        let wanted = usize::try_from(at - self.goes_on).unwrap_or(usize::MAX);
        let left = &self.piece[self.next..];
        let Some(last) = memrchr(b'\n', &left[..left.len().min(wanted)]) else { return };
        let lines = &left[..=last];
        self.number += memchr_iter(b'\n', lines).count() as u64;
        if memchr(b'\r', lines).is_some() {
            // One that stands alone ends a line, too.
            self.number += memchr_iter(b'\r', lines).filter(|back| lines[back + 1] != b'\n').count() as u64;
        }
        self.next += lines.len();
        self.goes_on += lines.len() as u64;
    }

    fn read_line(&mut self) -> io::Result<()> {
        self.begins = self.goes_on;
        self.number += 1;
        self.line.clear();
        while let Some(byte) = self.byte()? {
            match byte {
                b'\n' => return Ok(()),
                b'\r' => {
                    if self.peek()? == Some(b'\n') {
                        self.byte()?;
                    }
                    return Ok(());
                }
                _ if self.line.len() < QUOTED => self.line.push(byte),
                _ => {}
            }
        }
        self.ended = true;
        Ok(())
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        if byte.is_some() {
            self.next += 1;
            self.goes_on += 1;
        }
        Ok(byte)
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        while self.next == self.piece.len() {
            self.piece.clear();
            self.next = 0;
            if !self.stream.more(&mut self.piece)? {
                return Ok(None);
            }
        }
        Ok(Some(self.piece[self.next]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Content, Encoding, Meter, Source};
    use proptest::prelude::*;

    /// Whatever stands above a number's 96 bits, it is the number of its place, and they are in the same order.
    #[test]
    fn a_place_is_its_number() {
        let origin = |(source, at)| Origin { source: SourceId(source), at };
        let all =
            [(0, 0), (0, 1), (0, u64::MAX), (1, 0), (1, u64::MAX), (u32::MAX, 0), (u32::MAX, u64::MAX)].map(origin);
        assert!(all.is_sorted() && all.map(Origin::number).is_sorted());
        for above in [0, 1 << 96] {
            assert_eq!(all.map(|origin| Origin::of_number(above | origin.number())), all);
        }
    }

    #[test]
    fn lines_and_columns_count_characters_under_every_line_end() {
        let text = "가,나\r\n다\r라,마\n\n바".as_bytes();
        let mut sources = Sources::default();
        let source = Source {
            name: "t.csv".to_owned(),
            content: Content::Bytes(text.into()),
            encoding: Encoding::Utf8,
            meter: Meter::default(),
        };
        let id = sources.add(source);
        let at = |part: &str| {
            let whole = std::str::from_utf8(text).expect("a literal");
            Span::new(id, whole.find(part).expect("it is there") as u64, part.len())
        };
        // Asked out of order, answered in the order of asking.
        let places = sources.places(&[at("바"), at("나"), at("마"), at("다")]).expect("memory");
        let seen: Vec<_> = places.iter().map(|p| (p.line, p.column, &p.text[p.marked.clone()])).collect();
        assert_eq!(seen, [(5, 1, "바"), (1, 3, "나"), (3, 3, "마"), (2, 1, "다")]);
        assert_eq!(places[1].text, "가,나");
    }

    proptest! {
        /// However far apart what is asked for lies, and however the text is cut: the place is what counting says.
        #[test]
        fn lines_that_are_passed_over_are_counted(text in "([a가,]|\r\n|\n|\r){0,60}", asked in proptest::collection::vec(0_usize..60, 1..4)) {
            let mut sources = Sources::default();
            let content = Content::Bytes(text.as_bytes().into());
            let id = sources.add(Source { name: String::new(), content, encoding: Encoding::Utf8, meter: Meter::default() });
            let starts: Vec<usize> = text.char_indices().map(|(n, _)| n).collect();
            let asked: Vec<usize> = asked.iter().filter_map(|n| starts.get(*n).copied()).collect();
            let spans: Vec<Span> = asked.iter().map(|at| Span::new(id, *at as u64, 1)).collect();
            let places = sources.places(&spans).expect("memory");
            for (at, place) in asked.into_iter().zip(places) {
                // A line feed that a carriage return stands before belongs to the line that both end.
                let whole = if text[at..].starts_with('\n') && text[..at].ends_with('\r') { at - 1 } else { at };
                let lines = text[..whole].replace("\r\n", "\n").matches(['\r', '\n']).count();
                prop_assert_eq!(place.line, lines as u64 + 1);
            }
        }
    }

    #[test]
    fn a_span_at_the_end_of_the_file_has_a_place() {
        let mut sources = Sources::default();
        let source = Source {
            name: "t.csv".to_owned(),
            content: Content::Bytes(b"a\n".as_slice().into()),
            encoding: Encoding::Utf8,
            meter: Meter::default(),
        };
        let id = sources.add(source);
        let places = sources.places(&[Span::new(id, 2, 0), Span::new(id, 9, 4)]).expect("memory");
        assert_eq!((places[0].line, places[0].column), (2, 1));
        assert_eq!(places[1].line, 2);
    }
}
