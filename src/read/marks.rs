//! Where in a text something may begin or end: commas, quotes and line ends, found 64 bytes at a time; and whether its
//! quotes are sound.
//!
//! How a processor compares many bytes at once is asked when the program runs: 64 with AVX-512, 32 with AVX2, 16 with what
//! every one has (against 16 at once, AVX2 saves 8 % of the time of a settlement).

use super::places::{Places, Room};
use fearless_simd::{Level, Simd, SimdBase as _, dispatch, mask8x64, prelude::*, u8x64};

/// The marks of a text.
#[derive(Debug, Default)]
pub(super) struct Marks {
    ends: Places,
    turns: Places,
}

/// The marks of a row and of all behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ahead<'m> {
    /// Where fields end: at commas and at each byte of a line end, but for those in sound quotes. The first lies right before
    /// the row, so that each field begins behind one mark and ends at the next; behind the last there are [`WIDEST`] that
    /// lie [`NOWHERE`].
    pub(super) ends: &'m [u32],
    /// Where lines end or quotes open or close: what makes more of a row than fields between commas. A line end of two bytes
    /// is marked at the first; quotes that stand for one, or are text, are not.
    pub(super) turns: &'m [u32],
}

/// How many marks a row has: ends, of which there is one for each byte of its line end, and turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) ends: usize,
    pub(super) turns: usize,
}

/// Up to how many fields rows are looked at by their marks.
pub(super) const WIDEST: usize = 64;

/// Right before the first byte of a text, or behind all.
pub(super) const NOWHERE: u32 = u32::MAX;

impl Marks {
    /// Finds the marks of a text from a place on where a row begins. It ends where a quote is neither sound nor text: each
    /// that is sound opens where a field begins or closes where one ends, and one within a field that has none around it is
    /// text. Behind the row of another, it is to be begun anew.
    pub(super) fn find(&mut self, text: &[u8], from: usize) -> Ahead<'_> {
        dispatch!(Level::new(), simd => self.find_with(simd, text, from))
    }

    #[inline(always)]
    fn find_with<S: Simd>(&mut self, simd: S, text: &[u8], from: usize) -> Ahead<'_> {
        let text = &text[from..];
        let (ends, turns) = (self.ends.empty(text.len(), WIDEST), self.turns.empty(text.len(), 0));
        let base = from as u32;
        let mut search =
            Search { simd, text, ends, turns, from, base, after_back: 0, open: 0, behind_text: usize::MAX };
        search.ends.push(base.wrapping_sub(1));
        search.blocks();
        (0..WIDEST).for_each(|_| search.ends.push(NOWHERE));
        let (ends, turns) = (search.ends.found(), search.turns.found());
        self.ends.keep(ends);
        self.turns.keep(turns);
        Ahead { ends: self.ends.found(), turns: self.turns.found() }
    }
}

/// The search for the marks of a text, block by block.
struct Search<'m, S> {
    simd: S,
    text: &'m [u8],
    ends: Room<'m>,
    turns: Room<'m>,
    /// Where the text begins in the whole, and where the block does.
    from: usize,
    base: u32,
    /// Whether the block before ends with a carriage return: one bit or none.
    after_back: u64,
    /// Whether quotes are open: all bits or none.
    open: u64,
    /// The place right behind the last quote that is text.
    behind_text: usize,
}

impl<S: Simd> Search<'_, S> {
    /// Takes the marks of all blocks; `None` where one has a quote that is neither sound nor text.
    #[inline(always)]
    fn blocks(&mut self) -> Option<()> {
        let (blocks, rest) = self.text.as_chunks();
        for block in blocks {
            self.block(block)?;
        }
        // Behind the text nothing is marked.
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        self.block(&last)
    }

    /// Takes those of the next one.
    #[inline(always)]
    fn block(&mut self, block: &[u8; 64]) -> Option<()> {
        let bytes = u8x64::from_slice(self.simd, block);
        let bits = |mask: mask8x64<S>| mask.to_bitmask();
        let (comma, mut quote) = (bits(bytes.simd_eq(b',')), bits(bytes.simd_eq(b'"')));
        let (feed, back) = (bits(bytes.simd_eq(b'\n')), bits(bytes.simd_eq(b'\r')));
        let line_end = back | feed & !(back << 1 | self.after_back);
        let all = comma | feed | back;
        let mut within = self.open;
        if quote == 0 {
            self.turns.add::<1>(line_end, self.base);
        } else {
            let base = self.base as usize - self.from;
            let beside_text = self.behind_text == base;
            let sound = if beside_text { None } else { within_quotes(self.text, base, quote, quote | all, within) };
            within = match sound {
                Some(within) => within,
                None => {
                    let told = one_by_one(self.text, base, quote, within, self.behind_text)?;
                    (quote, self.behind_text) = (told.quotes, told.behind_text);
                    told.within
                }
            };
            self.open = to_the_end(within);
            self.turns.add::<3>(quote & !doubled(self.text, base, quote, within) | line_end, self.base);
        }
        self.ends.add_several(self.simd, all & !within, self.base);
        self.after_back = back >> 63;
        self.base += 64;
        Some(())
    }
}

impl Ahead<'_> {
    /// Passes over those of a row.
    #[inline]
    pub(super) fn pass(&mut self, row: Count) {
        self.ends = &self.ends[row.ends..];
        self.turns = &self.turns[row.turns..];
    }

    /// Passes over those of the rows before a place where a row begins. Whether it begins right behind a mark: it does not
    /// behind a row whose quotes are not sound, or hold more than a row may.
    pub(super) fn pass_to(&mut self, place: usize) -> bool {
        let before = |marks: &[u32]| marks.iter().take_while(|mark| (**mark as usize) < place).count();
        self.pass(Count { ends: before(&self.ends[1..]), turns: before(self.turns) });
        self.ends[0].wrapping_add(1) as usize == place
    }
}

/// How far a text goes in whole rows, if all its quotes are sound: each opens where a field begins or closes where one ends.
/// `None` where one is not, be it text, or where a row may be longer than so many bytes, of which there are 128 at least: who
/// looks at one quote after another can tell more (where two rows in five have quotes, a settlement takes 5 % longer so).
pub(super) fn sound_end(text: &[u8], longest: usize) -> Option<usize> {
    dispatch!(Level::new(), simd => sound_end_with(simd, text, longest))
}

#[inline(always)]
fn sound_end_with<S: Simd>(simd: S, text: &[u8], longest: usize) -> Option<usize> {
    let (blocks, rest) = text.as_chunks::<64>();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    // Where the last row ends, and whether quotes are open: all bits or none.
    let (mut end, mut base, mut open) = (0, 0, 0);
    // Where rows end is asked once for a stretch of many blocks (3 % of all instructions): where each of two stretches has an
    // end, no row between is longer than both.
    let at_once = longest / 64 / 2;
    debug_assert_ne!(at_once, 0);
    for blocks in blocks.chunks(at_once) {
        let begin = base;
        for block in blocks {
            open = sound_quotes(simd, text, block, base, open)?;
            base += 64;
        }
        match behind_last_row(&text[begin..base], open != 0) {
            Some(rows) => end = begin + rows,
            None if blocks.len() == at_once => return None,
            None => {}
        }
    }
    open = sound_quotes(simd, text, &last, base, open)?;
    let rows = behind_last_row(rest, open != 0);
    Some(rows.map_or(end, |rows| base + rows))
}

/// Whether quotes are open behind a block, all of whose own are sound; `None` where one is not.
#[inline(always)]
fn sound_quotes<S: Simd>(simd: S, text: &[u8], block: &[u8; 64], base: usize, open: u64) -> Option<u64> {
    let bytes = u8x64::from_slice(simd, block);
    let bits = |byte: u8| bytes.simd_eq(byte).to_bitmask();
    let quotes = bits(b'"');
    if quotes == 0 {
        return Some(open);
    }
    let edges = quotes | bits(b'\n') | bits(b',') | bits(b'\r');
    within_quotes(text, base, quotes, edges, open).map(to_the_end)
}

/// Which bytes of a block stand in quotes, from one that opens to before the one that closes it, given whether quotes are
/// open before it (all bits or none), and what of it may stand beside a quote; `None` where a quote is not sound.
#[inline(always)]
fn within_quotes(text: &[u8], base: usize, quotes: u64, edges: u64, open: u64) -> Option<u64> {
    let edge = |at: usize| u64::from(text.get(at).is_none_or(|byte| is_edge(*byte)));
    let before = edges << 1 | edge(base.wrapping_sub(1));
    let behind = edges >> 1 | edge(base + 64) << 63 | last_byte(text, base);
    let within = open ^ opened(quotes);
    let sound = quotes & (within & before | !within & behind) == quotes;
    sound.then_some(within)
}

/// Of the quotes of a block that are sound, given which bytes stand in quotes: those of which two stand for one, where one
/// that would close is right before one that would open.
#[inline(always)]
fn doubled(text: &[u8], base: usize, quotes: u64, within: u64) -> u64 {
    let quote = |at: usize| u64::from(text.get(at) == Some(&b'"'));
    let (opening, closing) = (quotes & within, quotes & !within);
    let behind_closing = closing << 1 | quote(base.wrapping_sub(1));
    let before_opening = opening >> 1 | quote(base + 64) << 63;
    opening & behind_closing | closing & before_opening
}

/// Whether a byte may stand beside a sound quote.
const fn is_edge(byte: u8) -> bool {
    const EDGES: u64 = 1 << b'"' | 1 << b',' | 1 << b'\n' | 1 << b'\r';
    byte < 64 && EDGES >> byte & 1 != 0
}

/// What the quotes of a block are of which some are text.
struct Told {
    /// Those that are not.
    quotes: u64,
    /// Which bytes stand in these, as [`within_quotes`] tells them.
    within: u64,
    /// The place right behind the last quote that is text, in this block or before.
    behind_text: usize,
}

/// Looks at one quote of a block after another, given whether quotes are open before it and the place right behind the last
/// one that is text; `None` where one is neither text nor sound.
#[cold]
fn one_by_one(text: &[u8], base: usize, mut quotes: u64, open: u64, mut behind_text: usize) -> Option<Told> {
    let (mut left, mut within) = (quotes, open);
    while left != 0 {
        let bit = left & left.wrapping_neg();
        left ^= bit;
        let at = base + bit.trailing_zeros() as usize;
        let before = at.checked_sub(1).map_or(b'\n', |before| text[before]);
        if within & bit != 0 {
            // It closes, or is the first of two.
            if !text.get(at + 1).is_none_or(|byte| is_edge(*byte)) {
                return None;
            }
        } else if !is_edge(before) || before == b'"' && behind_text == at {
            quotes ^= bit;
            behind_text = at + 1;
            continue;
        }
        within ^= bit.wrapping_neg();
    }
    Some(Told { quotes, within, behind_text })
}

/// The last byte of a text, if it lies in the block.
fn last_byte(text: &[u8], base: usize) -> u64 {
    let at = text.len().wrapping_sub(base + 1);
    if at < 64 { 1 << at } else { 0 }
}

/// Of the bits of a block: whether its last is set, as all bits or none.
const fn to_the_end(bits: u64) -> u64 {
    if bits >> 63 == 0 { 0 } else { u64::MAX }
}

/// Of quotes: every bit from one that opens to before the one that closes it.
const fn opened(mut quotes: u64) -> u64 {
    let mut width = 1;
    while width < 64 {
        quotes ^= quotes << width;
        width *= 2;
    }
    quotes
}

/// How far a text goes in whole rows, given whether quotes are open at its end; `None` where it ends none.
fn behind_last_row(text: &[u8], mut open: bool) -> Option<usize> {
    let feed = text.iter().rposition(|byte| {
        open ^= *byte == b'"';
        *byte == b'\n' && !open
    });
    feed.map(|feed| feed + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::regular::{Units, quote_by_quote};
    use proptest::prelude::*;

    /// The plain twin: byte by byte.
    fn plainly(text: &[u8], from: usize) -> (Vec<u32>, Vec<u32>) {
        let place = |at: usize| u32::try_from(from + at).expect("short");
        let (mut ends, mut turns) = (vec![place(0).wrapping_sub(1)], Vec::new());
        let text = &text[from..];
        for (at, (within, turns_at)) in said_of_quotes(text).into_iter().enumerate() {
            let line_end = text[at] == b'\r' || text[at] == b'\n' && (at == 0 || text[at - 1] != b'\r');
            if b",\r\n".contains(&text[at]) && !within {
                ends.push(place(at));
            }
            if turns_at || line_end {
                turns.push(place(at));
            }
        }
        ends.extend([NOWHERE; WIDEST]);
        (ends, turns)
    }

    /// Of each byte, whether it stands in quotes, and whether it is a quote that opens or closes; up to the block of a quote
    /// that is neither sound nor text.
    fn said_of_quotes(text: &[u8]) -> Vec<(bool, bool)> {
        /// What a byte stands behind.
        enum Behind {
            FieldEnd,
            Text,
            OpenQuote,
            ClosingQuote,
        }
        let (mut behind, mut said) = (Behind::FieldEnd, Vec::<(bool, bool)>::new());
        for (at, byte) in text.iter().enumerate() {
            let is_end = b",\r\n".contains(byte);
            let within = matches!(behind, Behind::OpenQuote);
            let quote = *byte == b'"' && !matches!(behind, Behind::Text);
            let one_of_two = quote && matches!(behind, Behind::ClosingQuote);
            if one_of_two {
                said[at - 1].1 = false;
            }
            said.push((within, quote && !one_of_two));
            behind = match (behind, quote) {
                (Behind::OpenQuote, true) => Behind::ClosingQuote,
                (Behind::OpenQuote, false) => Behind::OpenQuote,
                (Behind::FieldEnd | Behind::ClosingQuote, true) => Behind::OpenQuote,
                (_, false) if is_end => Behind::FieldEnd,
                (Behind::ClosingQuote, false) => {
                    said.truncate((at - 1) / 64 * 64);
                    break;
                }
                _ => Behind::Text,
            };
        }
        said
    }

    fn levels() -> Vec<Level> {
        let all = [Some(Level::new()), Some(Level::baseline())];
        #[cfg(target_arch = "x86_64")]
        let all =
            [all[0], all[1], Level::new().as_avx2().map(Level::Avx2), Level::new().as_sse4_2().map(Level::Sse4_2)];
        all.into_iter().flatten().collect()
    }

    proptest! {
        /// A text whose quotes are sound ends where it does for those who look at one quote after another.
        #[test]
        fn quotes_at_once_and_one_by_one_end_in_the_same_place(
            text in "((글|[a-c]{0,20},|\"[a,\n]{0,9}(\"\"){0,2}\"[,\n]|\r\n|\n){0,40}|[a,\"\n]{0,80}){1,3}",
            longest in prop_oneof![128..400_usize, Just(crate::read::split::MOST / 2)],
        ) {
            for level in levels() {
                let sound = dispatch!(level, simd => sound_end_with(simd, text.as_bytes(), longest));
                if let Some(end) = sound {
                    prop_assert_eq!(Some(end).filter(|end| *end > 0), quote_by_quote(text.as_bytes(), Units::BYTES));
                }
            }
        }

        /// Whatever the processor can, it finds the same; what another text left does not matter.
        #[test]
        fn blocks_and_bytes_find_the_same(
            texts in proptest::collection::vec(
                "([a-c가-다]{0,30}|[,\"\n\r]){0,99}|([a-c]{1,30}\"{0,3}[a-c]{0,30}[,\n]|\"([a,\r\n]|\"\"){0,40}\"(,|\r\n)){0,20}(\"a\")?",
                1..4,
            ),
            from in 0..70_usize,
        ) {
            let mut marks = Marks::default();
            for text in texts {
                for level in levels() {
                    let from = from.min(text.len());
                    let Ahead { ends, turns } = dispatch!(level, simd => marks.find_with(simd, text.as_bytes(), from));
                    prop_assert_eq!((ends.to_vec(), turns.to_vec()), plainly(text.as_bytes(), from));
                }
            }
        }
    }

    /// Where the quotes of a text are sound, that is seen; where they are not, and where a row is long, too.
    #[test]
    fn sound_quotes_are_told_from_others() {
        let end = |text: &str| sound_end(text.as_bytes(), 600);
        for (text, wanted) in [
            ("a,b\n", Some(4)),
            ("a,b\nc", Some(4)),
            ("\"a\nb\",c\n", Some(8)),
            ("a,\"b\"\"\n\"\"\"\nc,\"\n", Some(11)),
            ("\"\",\"\"\r\n", Some(7)),
            ("", Some(0)),
            ("a\"b\n", None),
            ("\"a\"b\n", None),
            ("\"a\" \n", None),
            ("a, \"b\"\n", None),
        ] {
            assert_eq!(end(text), wanted, "{text:?}");
            // And wherever in a block it stands.
            for before in 1..130 {
                let row = format!("{}\n", "x".repeat(before - 1));
                let moved = wanted.map(|end| end + before);
                assert_eq!(end(&format!("{row}{text}")), moved, "{text:?} behind {before}");
            }
        }
        assert_eq!(end(&format!("{}\"\"\n", "x,".repeat(150))), None);
        assert_eq!(end(&format!("\"\"\n{}\n", "x".repeat(600))), None);
    }

    #[test]
    fn what_was_passed_is_not_ahead() {
        let mut marks = Marks::default();
        let mut ahead = marks.find(b"a,b\r\n\"c,\",d\ne\n", 0);
        ahead.pass(Count { ends: 3, turns: 1 });
        assert_eq!((&ahead.ends[..4], ahead.turns), (&[4, 9, 11, 13][..], &[5, 8, 11, 13][..]));
        assert!(ahead.pass_to(12));
        assert_eq!((&ahead.ends[..3], ahead.turns), (&[11, 13, NOWHERE][..], &[13][..]));
        // In quotes nothing is marked.
        assert!(!marks.find(b"\"a\nb\"\n", 0).pass_to(3));
        assert!(marks.find(b"\"a\nb\"\n", 3).pass_to(3));
    }

    /// Of two quotes that stand for one neither turns, whichever blocks they lie in.
    #[test]
    fn quotes_that_stand_for_one_may_lie_in_two_blocks() {
        for before in 1..130 {
            for (text, wanted) in
                [("\"b\"\"\",c\n", &[0, 4, 7][..]), ("\"\"\"\"\n", &[0, 3, 4]), ("\"\"\n\"\",\n", &[0, 1, 2, 3, 4, 6])]
            {
                let text = format!("{},{text}", "x".repeat(before - 1));
                let wanted: Vec<u32> = wanted.iter().map(|turn| turn + before as u32).collect();
                assert_eq!(Marks::default().find(text.as_bytes(), 0).turns, wanted, "{text:?}");
            }
        }
    }

    /// A quote that is text is so whichever block another before it lies in.
    #[test]
    fn quotes_that_are_text_may_lie_in_two_blocks() {
        for before in 1..130 {
            let text = format!("{}\"\"\"b,c\n", "x".repeat(before));
            let mut marks = Marks::default();
            let end = u32::try_from(text.len() - 1).expect("short");
            assert_eq!(marks.find(text.as_bytes(), 0).turns, [end], "behind {before}");
        }
    }
}
