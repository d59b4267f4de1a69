//! Bytes to UTF-8, declared or detected, never lossily.

use encoding_rs::{Decoder, DecoderResult, EUC_KR, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// How the text of a file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without BOM.
    #[default]
    Utf8,
    /// CP949 (windows-949, the superset of EUC-KR that Korean Excel writes).
    Cp949,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
}

impl Encoding {
    /// The name that people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Cp949 => "cp949",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
        }
    }

    /// How sentences write it.
    pub const fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Cp949 => "CP949",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        }
    }

    /// Reads a declared name. `utf-16` alone means little-endian unless a BOM says otherwise.
    pub fn parse(text: &str) -> Option<Encoding> {
        match text.to_ascii_lowercase().replace('_', "-").as_str() {
            "utf-8" | "utf8" => Some(Encoding::Utf8),
            "cp949" | "euc-kr" | "euckr" | "ms949" | "uhc" | "windows-949" => Some(Encoding::Cp949),
            "utf-16" | "utf-16le" | "utf16" => Some(Encoding::Utf16Le),
            "utf-16be" => Some(Encoding::Utf16Be),
            _ => None,
        }
    }

    /// Appends the text of bytes that end with a whole character; bytes that say nothing are marked.
    pub fn decode(self, bytes: &[u8], text: &mut Vec<u8>) {
        match self.decoder() {
            None => text.extend_from_slice(bytes),
            Some(mut decoder) => decode_all(&mut decoder, bytes, Last::Yes, text),
        }
    }

    /// Makes the text of bytes that end with a whole character; `false` where some of them say nothing, and of UTF-8, which
    /// needs no decoding. Into a text they are
    /// decoded without a look at the room before and at what came of it after (as bytes, a settlement of CP949 takes 7 % longer,
    /// of UTF-16 12 %).
    pub fn decode_sound(self, bytes: &[u8], text: &mut String) -> bool {
        text.clear();
        let Some(mut decoder) = self.decoder() else { return false };
        text.reserve(most_text(&decoder, bytes));
        decoder.decode_to_string_without_replacement(bytes, text, true).0 == DecoderResult::InputEmpty
    }

    /// The bytes of a text, for tests of what reads them.
    #[cfg(test)]
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Cp949 => EUC_KR.encode(text).0.to_vec(),
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }

    fn decoder(self) -> Option<Decoder> {
        match self {
            Encoding::Utf8 => None,
            Encoding::Cp949 => Some(EUC_KR.new_decoder_without_bom_handling()),
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
        }
    }
}

/// What a look at a file's bytes says of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detected {
    /// Its encoding is known: by its BOM, by being strictly valid UTF-8, or declared.
    Known(Encoding),
    /// It is not UTF-8 but decodes as CP949 without an error: a guess.
    GuessedCp949,
    /// It is not text of ours at all.
    Unlike(Lookalike),
}

/// What a file looks like that is no text table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookalike {
    /// A zip package: XLSX, ODS, HWPX.
    Package,
    /// An old office file: XLS, HWP.
    OldOffice,
    /// A PDF.
    Pdf,
    /// UTF-16 without the BOM that would say so; this one, by where its zeros stand.
    Utf16WithoutBom(Encoding),
}

/// The bytes of a BOM at the head, and the encoding it stands for.
pub(super) fn bom(head: &[u8]) -> Option<(Encoding, usize)> {
    match head {
        [0xef, 0xbb, 0xbf, ..] => Some((Encoding::Utf8, 3)),
        [0xff, 0xfe, ..] => Some((Encoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

/// Looks at the whole of a file without keeping it: BOM, known look-alikes, strict UTF-8, and only where it is not that
/// strict CP949, for which `open` gives the bytes once more. Of a file whose encoding is declared only the head is looked at.
///
/// # Errors
/// Whatever opening or reading the bytes fails with.
pub(super) fn detect<R: Read>(declared: Option<Encoding>, open: impl Fn() -> io::Result<R>) -> io::Result<Detected> {
    let mut piece = vec![0; PIECE];
    let mut bytes = open()?;
    let mut seen = fill(&mut bytes, &mut piece)?;
    if let Some((encoding, _)) = bom(&piece[..seen]) {
        return Ok(Detected::Known(encoding));
    }
    if let Some(lookalike) = lookalike(&piece[..seen]) {
        return Ok(Detected::Unlike(lookalike));
    }
    if let Some(encoding) = declared {
        return Ok(Detected::Known(encoding));
    }
    let mut utf8 = Utf8Look::default();
    // Whoever wrote Hangul as UTF-8 is known: of most files one piece is looked at.
    while seen > 0 && !utf8.broken && !utf8.wrote_hangul {
        utf8.feed(&piece[..seen]);
        seen = fill(&mut bytes, &mut piece)?;
    }
    // One bad byte in a file that wrote Hangul as UTF-8 before does not make it CP949.
    if utf8.is_valid() || utf8.wrote_hangul {
        return Ok(Detected::Known(Encoding::Utf8));
    }
    let mut cp949 = Strict::new(Encoding::Cp949);
    let mut bytes = open()?;
    while !cp949.broken {
        match fill(&mut bytes, &mut piece)? {
            0 => break,
            seen => cp949.feed(&piece[..seen]),
        }
    }
    Ok(if cp949.ended_well() { Detected::GuessedCp949 } else { Detected::Known(Encoding::Utf8) })
}

fn lookalike(head: &[u8]) -> Option<Lookalike> {
    match head {
        [b'P', b'K', 3, 4, ..] => Some(Lookalike::Package),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Lookalike::OldOffice),
        [b'%', b'P', b'D', b'F', ..] => Some(Lookalike::Pdf),
        _ => utf16_without_bom(head).map(Lookalike::Utf16WithoutBom),
    }
}

/// Digits, commas and line ends have a zero byte each in UTF-16, always on the same side.
fn utf16_without_bom(head: &[u8]) -> Option<Encoding> {
    // Other text has none.
    if !head.contains(&0) {
        return None;
    }
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        (0, high) if high > 1 => Some(Encoding::Utf16Le),
        (high, 0) if high > 1 => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Bytes taken from a file at once.
pub(super) const PIECE: usize = 64 * 1024;

/// Reads until the piece is full or the file ends.
fn fill(from: &mut impl Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut full = 0;
    while full < piece.len() {
        match from.read(&mut piece[full..]) {
            Ok(0) => break,
            Ok(more) => full += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(full)
}

/// Whether pieces that come one after another are valid UTF-8 together.
#[derive(Default)]
struct Utf8Look {
    /// A character that the end of the last piece cut.
    cut: Vec<u8>,
    broken: bool,
    wrote_hangul: bool,
}

impl Utf8Look {
    fn feed(&mut self, piece: &[u8]) {
        if self.broken {
            return;
        }
        let joined;
        let bytes = if self.cut.is_empty() {
            piece
        } else {
            joined = [self.cut.as_slice(), piece].concat();
            &joined
        };
        let valid = encoding_rs::Encoding::utf8_valid_up_to(bytes);
        let (good, rest) = bytes.split_at(valid);
        // Hangul syllables are EA B0 80 to ED 9E A3 in UTF-8; CP949 text hardly ever looks so by chance.
        self.wrote_hangul = self.wrote_hangul || good.iter().any(|b| (0xea..=0xed).contains(b));
        // At most three bytes are an unfinished character; anything longer is wrong.
        self.broken = std::str::from_utf8(rest).err().is_some_and(|e| e.error_len().is_some());
        self.cut = rest.to_vec();
    }

    fn is_valid(&self) -> bool {
        !self.broken && self.cut.is_empty()
    }
}

/// Whether pieces decode strictly.
struct Strict {
    decoder: Option<Decoder>,
    broken: bool,
    sink: Vec<u8>,
}

impl Strict {
    fn new(encoding: Encoding) -> Strict {
        Strict { decoder: encoding.decoder(), broken: false, sink: vec![0; PIECE * 3] }
    }

    fn feed(&mut self, mut piece: &[u8]) {
        let Some(decoder) = self.decoder.as_mut().filter(|_| !self.broken) else { return };
        loop {
            let (result, read, _) = decoder.decode_to_utf8_without_replacement(piece, &mut self.sink, false);
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => piece = &piece[read..],
                DecoderResult::Malformed(..) => {
                    self.broken = true;
                    return;
                }
            }
        }
    }

    fn ended_well(mut self) -> bool {
        if let Some(mut decoder) = self.decoder.take().filter(|_| !self.broken) {
            let (result, ..) = decoder.decode_to_utf8_without_replacement(&[], &mut self.sink, true);
            return result == DecoderResult::InputEmpty;
        }
        false
    }
}

/// Stands in decoded text for bytes that say nothing: a byte that UTF-8 never has, so no text can be mistaken for it.
pub(super) const UNDECODABLE: u8 = 0xff;

/// Whether bytes are the last of their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Yes,
    No,
}

/// How many bytes of text some bytes come to at most.
fn most_text(decoder: &Decoder, bytes: &[u8]) -> usize {
    decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len())
}

/// Decodes all of some bytes.
fn decode_all(decoder: &mut Decoder, mut bytes: &[u8], last: Last, text: &mut Vec<u8>) {
    let mut end = text.len();
    // Room is made once, however many bytes say nothing: a mark takes no more of it than what it stands for.
    let room = |decoder: &Decoder, bytes: &[u8]| most_text(decoder, bytes) + 16;
    text.resize(end + room(decoder, bytes), 0);
    loop {
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(bytes, &mut text[end..], last == Last::Yes);
        (end, bytes) = (end + written, &bytes[read..]);
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.resize(text.len() + room(decoder, bytes), 0),
            DecoderResult::Malformed(..) => {
                text.resize(text.len().max(end + 1), 0);
                text[end] = UNDECODABLE;
                end += 1;
            }
        }
    }
    text.truncate(end);
}

/// Where bytes come from, many at once.
pub(super) trait Spring {
    /// Appends so many bytes, or as many as there still are; how many that were.
    fn append(&mut self, most: usize, bytes: &mut Vec<u8>) -> io::Result<usize>;
}

/// Decodes a stream of bytes piece by piece, or gives them as they are.
pub(super) struct Decoding<R> {
    bytes: R,
    encoding: Encoding,
    decoder: Option<Decoder>,
    piece: Vec<u8>,
    started: bool,
    ended: bool,
}

impl<R: Spring> Decoding<R> {
    pub(super) fn new(bytes: R, encoding: Encoding) -> Decoding<R> {
        Decoding { bytes, encoding, decoder: encoding.decoder(), piece: Vec::new(), started: false, ended: false }
    }

    /// Where the bytes come from, once it is known that they are the text as it is.
    pub(super) fn as_they_are(&mut self) -> Option<&mut R> {
        (self.started && self.encoding == Encoding::Utf8).then_some(&mut self.bytes)
    }

    /// Appends the next piece of text to `text`; `false` when there is no more.
    pub(super) fn more(&mut self, text: &mut Vec<u8>) -> io::Result<bool> {
        if self.encoding == Encoding::Utf8 && self.started {
            return self.raw(PIECE, text);
        }
        let mut piece = std::mem::take(&mut self.piece);
        piece.clear();
        let goes_on = self.raw(PIECE, &mut piece)?;
        // A BOM decides what it is, so its decoder is asked for after that.
        if goes_on {
            self.decode(&piece, text);
        }
        self.piece = piece;
        Ok(goes_on)
    }

    /// Appends so many bytes without a look at what they say, but for the BOM, which is passed over; `false` when there
    /// are no more.
    pub(super) fn raw(&mut self, most: usize, bytes: &mut Vec<u8>) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let start = bytes.len();
        self.ended = self.bytes.append(most, bytes)? < most;
        if !self.started {
            self.started = true;
            if let Some((encoding, length)) = bom(&bytes[start..]) {
                (self.encoding, self.decoder) = (encoding, encoding.decoder());
                bytes.drain(start..start + length);
            }
        }
        Ok(true)
    }

    /// Decodes bytes that were taken as they are, going on behind those that were decoded before.
    pub(super) fn decode(&mut self, bytes: &[u8], text: &mut Vec<u8>) {
        match &mut self.decoder {
            None => text.extend_from_slice(bytes),
            Some(decoder) => decode_all(decoder, bytes, if self.ended { Last::Yes } else { Last::No }, text),
        }
    }

    /// How the text is encoded; a BOM is known once the first bytes were read.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Spring for &[u8] {
        fn append(&mut self, most: usize, bytes: &mut Vec<u8>) -> io::Result<usize> {
            self.take(most as u64).read_to_end(bytes)
        }
    }

    fn decoded(bytes: &[u8], encoding: Encoding) -> Vec<u8> {
        let mut decoding = Decoding::new(bytes, encoding);
        let mut text = Vec::new();
        while decoding.more(&mut text).expect("memory can be read") {}
        text
    }

    /// What is declared is not guessed at, but a package is no text whatever is declared.
    #[test]
    fn of_what_is_declared_the_head_is_looked_at() {
        let text = Encoding::Cp949.encode(&"가나다,".repeat(PIECE));
        let looks = std::cell::Cell::new(0);
        let open = || {
            looks.set(looks.get() + 1);
            Ok(text.as_slice())
        };
        assert_eq!(detect(Some(Encoding::Utf16Le), open).expect("memory"), Detected::Known(Encoding::Utf16Le));
        assert_eq!((looks.get(), detect(None, open).expect("memory")), (1, Detected::GuessedCp949));
        assert_eq!(looks.get(), 3);
        let package = detect(Some(Encoding::Utf8), || Ok(b"PK\x03\x04".as_slice())).expect("memory");
        assert_eq!(package, Detected::Unlike(Lookalike::Package));
    }

    #[test]
    fn the_same_text_in_each_encoding() {
        let text = "예산과목,교부액\n똠방각하,5\n";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let (cp949, _, lossy) = EUC_KR.encode(text);
        assert!(!lossy);
        let with = |bom: &[u8], bytes: &[u8]| [bom, bytes].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (with(&[0xef, 0xbb, 0xbf], text.as_bytes()), Encoding::Utf8),
            (cp949.to_vec(), Encoding::Cp949),
            (with(&[0xff, 0xfe], &utf16(u16::to_le_bytes)), Encoding::Utf16Le),
            (with(&[0xfe, 0xff], &utf16(u16::to_be_bytes)), Encoding::Utf16Be),
        ] {
            let expected = match encoding {
                Encoding::Cp949 => Detected::GuessedCp949,
                _ => Detected::Known(encoding),
            };
            assert_eq!(detect(None, || Ok(bytes.as_slice())).expect("memory"), expected);
            assert_eq!(decoded(&bytes, encoding), text.as_bytes(), "{encoding:?}");
        }
    }

    #[test]
    fn one_bad_byte_does_not_make_hangul_cp949() {
        let mut bytes = "예산과목\n".as_bytes().to_vec();
        bytes.push(0xb0);
        assert_eq!(detect(None, || Ok(bytes.as_slice())).expect("memory"), Detected::Known(Encoding::Utf8));
    }

    #[test]
    fn a_character_cut_by_the_end_of_a_piece_is_whole() {
        for shift in 0..3 {
            let text = format!("{}{}", "x".repeat(PIECE - shift), "가나다".repeat(9_000));
            assert_eq!(detect(None, || Ok(text.as_bytes())).expect("memory"), Detected::Known(Encoding::Utf8));
            let (cp949, ..) = EUC_KR.encode(&text);
            assert_eq!(decoded(&cp949, Encoding::Cp949), text.as_bytes());
        }
    }

    proptest! {
        /// Sound bytes become a text, whatever the room held before; of others each stretch that says nothing is marked.
        #[test]
        fn what_is_sound_becomes_a_text_and_what_is_not_is_marked(
            text in "([a-z,\r\n]{0,20}|[가-힣]{0,9}|똠){0,9}",
            // None of them is part of U+FFFD, which the other way has for a mark.
            bad in proptest::collection::vec((any::<prop::sample::Index>(), 0..0xfd_u8), 0..4),
            (encoding, of) in proptest::sample::select(vec![
                (Encoding::Cp949, EUC_KR), (Encoding::Utf16Le, UTF_16LE), (Encoding::Utf16Be, UTF_16BE),
            ]),
        ) {
            let mut bytes = encoding.encode(&text);
            bad.iter().for_each(|(at, byte)| bytes.insert(at.index(bytes.len() + 1), *byte));
            let (replaced, had_errors) = of.decode_without_bom_handling(&bytes);
            let (mut sound, mut marked) = ("before".repeat(bytes.len() % 9), b"before".to_vec());
            prop_assert_eq!(encoding.decode_sound(&bytes, &mut sound), !had_errors);
            prop_assert!(had_errors || sound == replaced);
            encoding.decode(&bytes, &mut marked);
            let parts: Vec<&[u8]> = marked[6..].split(|byte| *byte == UNDECODABLE).collect();
            prop_assert_eq!(parts, replaced.split('\u{fffd}').map(str::as_bytes).collect::<Vec<_>>());
        }
    }

    #[test]
    fn bytes_that_say_nothing_are_marked_and_never_replaced() {
        assert_eq!(decoded(&[b'a', 0xff, b',', b'b'], Encoding::Cp949), [b'a', UNDECODABLE, b',', b'b']);
    }

    #[test]
    fn files_that_are_no_text_are_told_apart() {
        for (bytes, lookalike) in [
            (b"PK\x03\x04....".as_slice(), Lookalike::Package),
            (b"\xd0\xcf\x11\xe0....", Lookalike::OldOffice),
            (b"d\0a\0t\0e\0", Lookalike::Utf16WithoutBom(Encoding::Utf16Le)),
            (b"\xc7\x7c\xc7\x90\0,\0\n", Lookalike::Utf16WithoutBom(Encoding::Utf16Be)),
        ] {
            assert_eq!(detect(None, || Ok(bytes)).expect("memory"), Detected::Unlike(lookalike));
        }
    }
}
