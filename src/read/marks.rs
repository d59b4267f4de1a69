//! Where in a text something may begin or end: commas, quotes and line ends, found 32 bytes at a time.

use wide::u8x32;

/// Finds the places of every comma, quote, line feed and carriage return.
pub(super) fn find(text: &[u8], places: &mut Vec<u32>) {
    places.clear();
    let (blocks, rest) = text.as_chunks::<32>();
    let mut base = 0;
    let [comma, quote, feed, back] = [b',', b'"', b'\n', b'\r'].map(u8x32::splat);
    for block in blocks {
        let bytes = u8x32::new(*block);
        let found = bytes.simd_eq(comma) | bytes.simd_eq(quote) | bytes.simd_eq(feed) | bytes.simd_eq(back);
        let mut mask = found.to_bitmask();
        while mask != 0 {
            places.push(base + mask.trailing_zeros());
            mask &= mask - 1;
        }
        base += 32;
    }
    plainly(rest, base, places);
}

/// The same, byte by byte.
fn plainly(text: &[u8], base: u32, places: &mut Vec<u32>) {
    let found = (base..).zip(text).filter(|(_, byte)| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
    places.extend(found.map(|(place, _)| place));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_and_bytes_find_the_same(text in "([a-c가-다]|[,\"\n\r]){0,200}") {
            let (mut quick, mut plain) = (vec![7], Vec::new());
            find(text.as_bytes(), &mut quick);
            plainly(text.as_bytes(), 0, &mut plain);
            prop_assert_eq!(quick, plain);
        }
    }
}
