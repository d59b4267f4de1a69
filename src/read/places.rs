//! Places in a text, found block by block.

use fearless_simd::{Simd, SimdBase as _, mask8x64, prelude::*, u8x64};

/// Places in a text, one after another.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Those found; behind them, room for more.
    all: Vec<u32>,
    found: usize,
}

impl Places {
    /// Forgets its places, and has room for those of so many bytes, each of which may be one, and for some more.
    pub(super) fn empty(&mut self, bytes: usize, more: usize) -> Room<'_> {
        self.found = 0;
        // Behind the last block, too, there is room for one.
        let most = bytes + 2 * 64 + more;
        if self.all.len() < most {
            // Of zeros that nobody looks at the system gives none.
            self.all = vec![0; most.next_power_of_two()];
        }
        Room { all: &mut self.all, found: 0 }
    }

    /// Those that were found in a room of it are its own.
    pub(super) fn keep(&mut self, found: usize) {
        self.found = found;
    }

    /// Its places.
    pub(super) fn found(&self) -> &[u32] {
        self.all.get(..self.found).unwrap_or_default()
    }
}

/// Room for places, and how many of it are found.
pub(super) struct Room<'p> {
    all: &'p mut [u32],
    found: usize,
}

impl Room<'_> {
    /// How many were found.
    pub(super) fn found(&self) -> usize {
        self.found
    }

    /// Takes one.
    pub(super) fn push(&mut self, place: u32) {
        self.all[self.found] = place;
        self.found += 1;
    }

    /// Takes the places of the bits of a block. So many are written down before it is asked whether there are more: what is
    /// not asked cannot be guessed wrong by the processor (one at a time, a settlement takes 7 % longer).
    #[inline(always)]
    pub(super) fn add<const AT_ONCE: usize>(&mut self, mut bits: u64, base: u32) {
        let found = bits.count_ones() as usize;
        let (several, _) = self.block().as_chunks_mut::<AT_ONCE>();
        for places in several {
            for place in places {
                *place = base + bits.trailing_zeros();
                bits &= bits.wrapping_sub(1);
            }
            if bits == 0 {
                break;
            }
        }
        self.found += found;
    }

    /// The same of a block that mostly has several.
    #[inline(always)]
    pub(super) fn add_several<S: Simd>(&mut self, simd: S, bits: u64, base: u32) {
        if brings_together(simd) { self.add_together(simd, bits, base) } else { self.add::<6>(bits, base) }
    }

    /// The same where the processor can bring those numbers together of which bits are set: with AVX-512 (3 % of the time).
    #[inline(always)]
    fn add_together<S: Simd>(&mut self, simd: S, bits: u64, base: u32) {
        const AT_ONCE: usize = 16;
        let found = bits.count_ones() as usize;
        let together = simd.compress_u8x64(u8x64::from_slice(simd, &EACH), mask8x64::from_bitmask(simd, bits));
        let (places, _) = together.as_slice().as_chunks::<AT_ONCE>();
        let (several, _) = self.block().as_chunks_mut::<AT_ONCE>();
        let mut next = 0;
        while next == 0 || next * AT_ONCE < found {
            for at in 0..AT_ONCE {
                several[next][at] = base + u32::from(places[next][at]);
            }
            next += 1;
        }
        self.found += found;
    }

    /// Room for the places of a block, and for what is written down beside them.
    #[inline(always)]
    fn block(&mut self) -> &mut [u32; 66] {
        self.all[self.found..].first_chunk_mut().expect("every byte has room")
    }
}

/// Whether the processor can bring numbers together by a mask: others do so one by one, which is slower than
/// [`Room::add`].
#[inline(always)]
fn brings_together<S: Simd>(simd: S) -> bool {
    #[cfg(target_arch = "x86_64")]
    return simd.level().as_avx512().is_some();
    #[cfg(not(target_arch = "x86_64"))]
    {
        let _ = simd;
        false
    }
}

/// Where each byte of a block lies in it.
const EACH: [u8; 64] = {
    let mut each = [0; 64];
    let mut place = 0;
    while place < each.len() {
        each[place] = place as u8;
        place += 1;
    }
    each
};
