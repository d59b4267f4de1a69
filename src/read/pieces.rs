//! A file in pieces, each of which ends where a row does, so that several workers can read one file.
//!
//! Law: the rows of all pieces, one after another, are the rows that one reader of the whole text cuts, with the same
//! places. A piece ends where the plain reader would begin a row, never where it is guessed that one begins.
//!
//! # Why
//!
//! **Cutting is cheap, reading is dear.** To know where rows end it is enough to look at quotes, so one worker cuts under a
//! lock while the others read; guessing the start of a piece and proving it later would save little and take sinks that
//! can forget.
//!
//! **Cut before decoding.** CP949 and UTF-16 are decoded by whoever reads the piece, which is where the time goes; commas,
//! quotes and line ends are found in them as they are. Where a piece begins in the decoded text is known once those
//! before it are decoded: [`Offsets`] hands that on, in order.
//!
//! **What is irregular is left to the plain reader.** Where a quote opens or closes in the wrong place, or a row may be
//! too long, rows are cut one by one, in decoded text.

use super::regular::{Units, regular_end};
use super::split::{Cuts, MOST, Reach, Rest, TELLING, held_back, line_end, reach};
use crate::source::{Encoding, Source, Stream};
use std::io;
use std::sync::{Condvar, Mutex, PoisonError};

/// How many bytes a piece has, about: enough for a lock to cost nothing, few enough for the cache of a core (4 MiB take 6 %
/// longer) and for memory (of twice as many, each worker needs half a megabyte more, and is no faster).
pub(super) const PIECE: usize = 128 * 1024;

/// How many bytes more are read where a row goes on behind what is at hand.
const MORE: usize = 64 * 1024;

/// A piece of a file: whole rows.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Which one, from 0.
    number: u64,
    /// As they are in the file; behind the rows perhaps some that tell what the last of them are.
    bytes: Vec<u8>,
    /// Where the rows end.
    end: usize,
    /// What has to be done to make them text.
    encoding: Encoding,
    /// How many bytes of text lie between the end of the piece before it and its beginning: comments at the head, and
    /// what is left of a line that is too long.
    gap: u64,
}

/// A piece that is not UTF-8 as text: room for one after another.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    text: String,
    /// The same where some bytes say nothing, and are marked.
    marked: Vec<u8>,
}

impl Piece {
    /// Its rows as text; bytes that say nothing are marked.
    pub(super) fn rows<'a>(&'a self, decoded: &'a mut Decoded) -> Cuts<'a> {
        self.rows_and_text(decoded).0
    }

    /// The same, and all of them as a text, where it is known already that they are one.
    pub(super) fn rows_and_text<'a>(&'a self, decoded: &'a mut Decoded) -> (Cuts<'a>, Option<&'a str>) {
        if self.encoding == Encoding::Utf8 {
            return (Cuts { text: &self.bytes, start: 0, end: self.end }, None);
        }
        let Decoded { text, marked } = decoded;
        if self.encoding.decode_sound(&self.bytes, text) {
            return (Cuts { text: text.as_bytes(), start: 0, end: text.len() }, Some(text));
        }
        marked.clear();
        self.encoding.decode(&self.bytes, marked);
        (Cuts { text: marked, start: 0, end: marked.len() }, None)
    }
}

/// A file that is being cut into pieces.
pub(super) struct Pieces {
    stream: Stream,
    buffer: Vec<u8>,
    holds: Holds,
    rest: Rest,
    /// The rest of a line that was too long is still to be passed over.
    passing: bool,
    number: u64,
    gap: u64,
    size: usize,
}

/// What the buffer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Bytes as they are in the file, which are not UTF-8.
    Raw(Encoding),
    /// Text.
    Text,
}

impl Holds {
    fn of(encoding: Encoding) -> Holds {
        match encoding {
            Encoding::Utf8 => Holds::Text,
            other => Holds::Raw(other),
        }
    }
}

impl Pieces {
    /// Opens a file and passes over the comments at its head.
    pub(super) fn open(source: &Source) -> io::Result<Pieces> {
        Pieces::of_size(source, PIECE)
    }

    fn of_size(source: &Source, size: usize) -> io::Result<Pieces> {
        let mut pieces = Pieces {
            stream: source.open()?,
            buffer: Vec::new(),
            holds: Holds::of(source.encoding),
            rest: Rest::Unknown,
            passing: false,
            number: 0,
            gap: 0,
            size,
        };
        // A BOM says more than the book does, and is known with the first bytes.
        pieces.read_on(PIECE)?;
        pieces.holds = Holds::of(pieces.stream.encoding());
        while pieces.pass_over_comments()? {}
        Ok(pieces)
    }

    /// Cuts the next piece; `false` where there is none.
    pub(super) fn next(&mut self, piece: &mut Piece) -> io::Result<bool> {
        // What is read goes into the room of the piece before, which lies in the cache of the core that asks.
        piece.bytes.clear();
        piece.bytes.extend_from_slice(&self.buffer);
        std::mem::swap(&mut piece.bytes, &mut self.buffer);
        loop {
            self.pass_over_rest()?;
            self.fill(self.size)?;
            if self.buffer.is_empty() {
                return Ok(false);
            }
            if self.rest == Rest::Nothing {
                self.give(self.buffer.len(), piece);
                return Ok(true);
            }
            let first = &self.buffer[..self.buffer.len().min(self.size)];
            let regular = match self.holds {
                Holds::Raw(encoding) => regular_end(first, Units::of(encoding)),
                Holds::Text => regular_end(first, Units::BYTES),
            };
            match (regular, self.holds) {
                (Some(end), _) => self.give(end, piece),
                (None, Holds::Raw(_)) => {
                    self.decode();
                    continue;
                }
                (None, Holds::Text) => match reach(&self.buffer, self.size, self.rest) {
                    Reach::Whole(end) => {
                        self.fill(end + TELLING)?;
                        let telling = self.buffer.len().min(end + TELLING);
                        let ahead = self.buffer[end..telling].to_vec();
                        self.give(end, piece);
                        piece.bytes.extend(ahead);
                    }
                    Reach::Within(end) => {
                        self.give(end, piece);
                        self.passing = true;
                    }
                    Reach::More => {
                        self.fill(self.buffer.len() + MORE)?;
                        continue;
                    }
                },
            }
            return Ok(true);
        }
    }

    fn give(&mut self, end: usize, piece: &mut Piece) {
        std::mem::swap(&mut piece.bytes, &mut self.buffer);
        self.buffer.clear();
        self.buffer.extend_from_slice(&piece.bytes[end..]);
        piece.bytes.truncate(end);
        piece.end = end;
        piece.encoding = match self.holds {
            Holds::Raw(encoding) => encoding,
            Holds::Text => Encoding::Utf8,
        };
        piece.number = self.number;
        piece.gap = std::mem::take(&mut self.gap);
        self.number += 1;
    }

    /// From here on the buffer holds text.
    fn decode(&mut self) {
        let raw = std::mem::take(&mut self.buffer);
        self.stream.decode(&raw, &mut self.buffer);
        self.holds = Holds::Text;
    }

    /// Reads until the buffer has so many bytes, or the file ends.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        while self.buffer.len() < wanted && self.rest == Rest::Unknown {
            self.read_on(wanted - self.buffer.len())?;
        }
        Ok(())
    }

    /// Reads so many bytes, or, where what they say is not what they are, about as many.
    fn read_on(&mut self, most: usize) -> io::Result<()> {
        let as_they_are = self.holds == Holds::of(self.stream.encoding());
        let goes_on =
            if as_they_are { self.stream.raw(most, &mut self.buffer) } else { self.stream.more(&mut self.buffer) }?;
        if !goes_on {
            self.rest = Rest::Nothing;
        }
        Ok(())
    }

    /// Passes over lines that begin with `#` or are empty, without a look at their quotes, as far as the buffer has them;
    /// whether there may be more.
    fn pass_over_comments(&mut self) -> io::Result<bool> {
        self.pass_over_rest()?;
        self.fill(self.size)?;
        let units = if let Holds::Raw(encoding) = self.holds { Units::of(encoding) } else { Units::BYTES };
        let mut passed = 0;
        while b"#\r\n".iter().any(|byte| units.is(&self.buffer, passed, *byte)) {
            match units.line(&self.buffer[passed..], self.rest) {
                Some(length) => passed += length,
                None if passed > 0 => break,
                // One line that is longer than the buffer: rare enough for the plain way.
                None => match self.holds {
                    Holds::Raw(_) => {
                        self.decode();
                        return Ok(true);
                    }
                    Holds::Text if self.buffer.len() > MOST => {
                        self.passing = true;
                        return Ok(true);
                    }
                    Holds::Text => {
                        self.fill(self.buffer.len() + MORE)?;
                        return Ok(true);
                    }
                },
            }
        }
        self.gap += match self.holds {
            Holds::Raw(encoding) => {
                let mut text = Vec::new();
                encoding.decode(&self.buffer[..passed], &mut text);
                text.len() as u64
            }
            Holds::Text => passed as u64,
        };
        self.buffer.drain(..passed);
        Ok(passed > 0)
    }

    /// Passes over the rest of a line that was too long; the buffer holds text.
    fn pass_over_rest(&mut self) -> io::Result<()> {
        while self.passing {
            let passed = match line_end(&self.buffer, 0, self.rest) {
                Some((length, end)) => {
                    self.passing = false;
                    length + end
                }
                None => self.buffer.len() - held_back(&self.buffer),
            };
            self.buffer.drain(..passed);
            self.gap += passed as u64;
            if self.passing {
                self.fill(self.buffer.len() + MORE)?;
            }
        }
        Ok(())
    }
}

/// Where pieces begin in the text of their file.
#[derive(Debug, Default)]
pub(super) struct Offsets {
    /// The number of the piece whose turn it is, and where the one before it ends.
    turn: Mutex<(u64, u64)>,
    passed_on: Condvar,
}

impl Offsets {
    /// Where a piece begins in the text, given its rows: waits until all pieces before it were asked for.
    pub(super) fn place(&self, piece: &Piece, rows: &Cuts<'_>) -> u64 {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.passed_on.wait_while(turn, |(number, _)| *number != piece.number);
        let mut turn = waited.unwrap_or_else(PoisonError::into_inner);
        let at = turn.1 + piece.gap;
        *turn = (piece.number + 1, at + rows.end as u64);
        self.passed_on.notify_all();
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::split::{Cut, Rows};
    use crate::source::{Content, Meter};
    use proptest::prelude::*;

    /// A stretch between two rows' beginnings, or a row that is not cut: its place and its bytes.
    type Found = (u64, Vec<u8>);

    fn source(bytes: &[u8], encoding: Encoding) -> Source {
        let content = Content::Bytes(bytes.into());
        Source { name: String::new(), content, encoding, meter: Meter::default() }
    }

    /// What one reader of the whole text cuts.
    fn plainly(source: &Source) -> Vec<Found> {
        let mut rows = Rows::new(source.open().expect("memory"));
        while rows.pass_over_comment().expect("memory") {}
        let mut all = Vec::new();
        while let Some((at, cut)) = rows.next().expect("memory") {
            all.push((at, said(&cut, |range| rows.bytes(range).to_vec())));
        }
        all
    }

    fn said(cut: &Cut, bytes: impl Fn(std::ops::Range<usize>) -> Vec<u8>) -> Vec<u8> {
        match cut {
            Cut::Row(range) => bytes(range.clone()),
            Cut::Broken { lines, trouble, byte } => format!("{lines} {trouble:?} {byte}").into_bytes(),
        }
    }

    /// What is cut of pieces of some size, and how many pieces there are.
    fn in_pieces(source: &Source, size: usize) -> (Vec<Found>, u64) {
        let mut pieces = Pieces::of_size(source, size).expect("memory");
        let offsets = Offsets::default();
        let (mut piece, mut decoded, mut all) = (Piece::default(), Decoded::default(), Vec::new());
        while pieces.next(&mut piece).expect("memory") {
            let mut cuts = piece.rows(&mut decoded);
            let at = offsets.place(&piece, &cuts);
            while let Some((row, cut)) = cuts.next() {
                assert!(cuts.start <= cuts.end, "a row goes on behind the rows of its piece");
                all.push((at + row as u64, said(&cut, |range| cuts.text[range].to_vec())));
            }
        }
        (all, pieces.number)
    }

    /// The same text in every encoding, with and without a BOM.
    fn encoded(text: &str) -> Vec<(Vec<u8>, Encoding)> {
        let with = |bom: &[u8], encoding: Encoding| [bom, &encoding.encode(text)].concat();
        vec![
            (with(&[], Encoding::Utf8), Encoding::Utf8),
            (with(&[0xef, 0xbb, 0xbf], Encoding::Utf8), Encoding::Cp949),
            (with(&[], Encoding::Cp949), Encoding::Cp949),
            (with(&[], Encoding::Utf16Le), Encoding::Utf16Le),
            (with(&[0xfe, 0xff], Encoding::Utf16Be), Encoding::Utf16Le),
        ]
    }

    /// Rows, comments and quotes, sound and not, with bytes of ASCII inside of characters of UTF-16.
    fn text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[a-c가-다∢Ⱒ℀]{0,9}",
            2 => Just(",".to_owned()),
            2 => prop_oneof![Just("\n"), Just("\r\n"), Just("\r")].prop_map(str::to_owned),
            1 => Just("\"".to_owned()),
            1 => "\"[a가,\n]{0,9}\"",
            1 => "\n\"[a가,\r]{0,5}\"\"[a,\n]{0,5}\",",
            1 => Just("\n#".to_owned()),
        ];
        proptest::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn pieces_hold_the_rows_of_the_whole(text in text(), size in 4_usize..90) {
            for (bytes, encoding) in encoded(&text) {
                let source = source(&bytes, encoding);
                prop_assert_eq!(in_pieces(&source, size).0, plainly(&source), "{:?}", encoding);
            }
        }

        #[test]
        fn bytes_that_say_nothing_do_not_move_the_rows(bytes in proptest::collection::vec(any::<u8>(), 0..300), size in 4_usize..90) {
            for encoding in [Encoding::Utf8, Encoding::Cp949, Encoding::Utf16Le, Encoding::Utf16Be] {
                let source = source(&bytes, encoding);
                prop_assert_eq!(in_pieces(&source, size).0, plainly(&source), "{:?}", encoding);
            }
        }
    }

    #[test]
    fn rows_around_the_bound_and_far_beyond_it_are_the_same_in_pieces() {
        for length in [MOST / 2 - 2, MOST / 2 + 9, MOST - 1, MOST, MOST + 1, MOST + 4, 3 * MOST, 9 * MOST] {
            for (before, after) in
                [("", "\n"), ("1,\"", "\"\n"), ("1,\"", "\n"), ("1,\"a\nb\",\"", "\nx\"\n"), ("#", "\n"), ("#\"", "")]
            {
                let text = format!("a,b\n{before}{}{after}2,x\n3,\"y\nz\"\n", "가나\r".repeat(length / 7));
                let plain = format!("{before}{}{after}2,x\n3,\"y\nz\"\n", "y".repeat(length));
                for text in [text, plain] {
                    for (bytes, encoding) in encoded(&text) {
                        let source = source(&bytes, encoding);
                        let wanted = plainly(&source);
                        for size in [1_000, PIECE] {
                            let found = in_pieces(&source, size).0;
                            assert!(found == wanted, "{length} {before:?} {after:?} {encoding:?} {size}");
                        }
                    }
                }
            }
        }
    }

    /// A row that goes on for long behind the line within its quotes is taken apart there, wherever in a piece it ends.
    #[test]
    fn a_row_with_a_long_tail_is_the_same_in_pieces() {
        let row = format!("1,\"{}\n\"\"\",{}\n", "a".repeat(30_000), "b".repeat(40_000));
        let behind = format!("2,\",x\"\n{}", "3,y\n".repeat(PIECE / 4));
        for end in
            [PIECE - 3_000, PIECE - 40, PIECE - 20, PIECE - 8, PIECE - 2, PIECE - 1, PIECE, PIECE + 1, PIECE + 10]
        {
            let before = format!("{}\n", "z".repeat(999)).repeat(50);
            let before = format!(
                "{before}{}\n",
                "z".repeat(end - row.len() - before.len() - 1).replace("zzzzzzzzz", "zzzzzzzz\n")
            );
            assert_eq!(before.len() + row.len(), end);
            let text = format!("{before}{row}{behind}");
            for (bytes, encoding) in encoded(&text) {
                let source = source(&bytes, encoding);
                assert!(in_pieces(&source, PIECE).0 == plainly(&source), "{end} {encoding:?}");
            }
        }
    }

    #[test]
    fn a_sound_file_is_cut_into_pieces_of_their_size() {
        let text: String = (0..90_000).map(|n| format!("2015-01-02,가/나,{n},\"1,234\",\"a\n\"\"b\"\"\"\n")).collect();
        for (bytes, encoding) in encoded(&text) {
            let source = source(&bytes, encoding);
            let (found, pieces) = in_pieces(&source, PIECE);
            assert_eq!(found.len(), 90_000);
            assert_eq!(pieces, (bytes.len() as u64).div_ceil(PIECE as u64), "{encoding:?}");
        }
    }
}
