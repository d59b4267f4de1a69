//! The plainest spellings of amounts, most of them read sixteen bytes at once.
//!
//! Law: what is read here, [`parse`](super::parse()) reads as the same amount. Whatever is not plainly so is left to it.

use super::{DECIMALS, Money, Unit};

/// Reads the plainest of spellings: up to fifteen digits, perhaps in groups of three, and perhaps a point with up to four
/// more. Everything else is left to [`parse`](super::parse()), which reads these alike. The amount is what stands in the text
/// from `start` on.
#[inline(always)]
pub fn plain(text: &[u8], start: usize, unit: Unit) -> Option<Money> {
    let count = text.len().checked_sub(start)?;
    match number::<10_000>(text, count, every_byte(b'0')) {
        Some(_) if count > 1 && text[start] == b'0' => None,
        Some(number) => plain_parts(number, 0, unit),
        None => otherwise(text, start, unit),
    }
}

/// The same of an amount that is not digits alone.
#[inline(never)]
fn otherwise(text: &[u8], start: usize, unit: Unit) -> Option<Money> {
    let written = text.get(start..)?;
    if let Some((number, behind)) = pointed(text, written.len()) {
        return if written[0] == b'0' && written[1] != b'.' { None } else { plain_parts(number, behind, unit) };
    }
    match grouped(text, written.len()) {
        Some(_) if written[0] == b'0' => None,
        Some(number) => plain_parts(number, 0, unit),
        None => parted(written, unit),
    }
}

/// The amount of so many digits, of which `behind` stand behind the point; `None` where it is finer than amounts are, or
/// too large.
#[inline(always)]
fn plain_parts(digits: u64, behind: u32, unit: Unit) -> Option<Money> {
    let missing = (DECIMALS + unit.power()).checked_sub(behind)?;
    let (power, most) = *POWERS.get(missing as usize)?;
    (digits <= most).then(|| Money::from_parts(i128::from(digits * power)))
}

/// The number that a text ends with, of one to fifteen bytes and nothing else: digits, and whatever else the zeros say that
/// they stand for. Sixteen bytes are looked at, of which those before the number are made zeros: however many digits it
/// has, the processor has nothing to guess (byte by byte, a settlement takes 7 % longer). `FOURS` is what four bytes count.
#[inline(always)]
fn number<const FOURS: u64>(text: &[u8], count: usize, zeros: u128) -> Option<u64> {
    let last = u128::from_le_bytes(*text.last_chunk()?);
    let digits = (last ^ zeros) & COUNTED.get(count)?;
    if beyond_nine(digits) != 0 || count == 0 {
        return None;
    }
    Some(sixteen::<FOURS>(digits))
}

/// Of bytes that zeros were taken from: the highest bit of each that is no digit. One that is may be told with it, behind
/// one that is far from any; none is passed over.
#[inline(always)]
const fn beyond_nine(digits: u128) -> u128 {
    (digits.wrapping_add(every_byte(0x7f - 9)) | digits) & every_byte(0x80)
}

/// The number of sixteen digits.
#[inline(always)]
const fn sixteen<const FOURS: u64>(digits: u128) -> u64 {
    eight::<FOURS>(digits as u64) * (FOURS * FOURS) + eight::<FOURS>((digits >> 64) as u64)
}

/// The number of eight digits, one a byte, the first of them lowest: pairs of them, pairs of pairs, and those.
#[inline(always)]
const fn eight<const FOURS: u64>(digits: u64) -> u64 {
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours * FOURS + (fours >> 32)) & 0xffff_ffff
}

/// The number that a text ends with, of up to fifteen bytes, with a point before the last one to four: all its digits, and
/// how many of them stand behind the point. Those before it move up to where it was (digit by digit, where one amount in
/// twelve has a point, a settlement takes 1 to 2 % longer).
#[inline(always)]
fn pointed(text: &[u8], count: usize) -> Option<(u64, u32)> {
    const POINT: u128 = (b'.' ^ b'0') as u128;
    let last = u128::from_le_bytes(*text.last_chunk()?);
    let digits = (last ^ every_byte(b'0')) & COUNTED.get(count)?;
    let others = beyond_nine(digits);
    let at = others.checked_ilog2()? & !7;
    let behind = 15 - at / 8;
    let only_a_point = others == 0x80 << at && digits >> at & 0xff == POINT;
    if !only_a_point || !(1..=4).contains(&behind) || count < behind as usize + 2 {
        return None;
    }
    let before = digits & ((1 << at) - 1);
    Some((sixteen::<10_000>(digits ^ before ^ POINT << at | before << 8), behind))
}

/// The number that a text ends with, of up to fifteen bytes, with a comma before every three digits: that is one of every
/// four bytes.
#[inline(always)]
fn grouped(text: &[u8], count: usize) -> Option<u64> {
    const ZEROS: u128 = u128::from_le_bytes(*b",000,000,000,000");
    const COMMAS: u128 = u128::from_le_bytes(*b"\xff\0\0\0\xff\0\0\0\xff\0\0\0\xff\0\0\0");
    let last = u128::from_le_bytes(*text.last_chunk()?);
    let others = (last ^ ZEROS) & COMMAS & COUNTED.get(count)?;
    if others != 0 || count.is_multiple_of(4) {
        return None;
    }
    number::<1_000>(text, count, ZEROS)
}

const fn every_byte(byte: u8) -> u128 {
    u128::from_le_bytes([byte; 16])
}

/// For each count of bytes up to fifteen, the bits of the last so many of sixteen.
const COUNTED: [u128; 16] = {
    let mut counted = [0; 16];
    let mut count = 1;
    while count < counted.len() {
        counted[count] = u128::MAX << (8 * (16 - count));
        count += 1;
    }
    counted
};

/// The same of any of these amounts: all its digits as one number, of which some stand behind the point.
fn parted(written: &[u8], unit: Unit) -> Option<Money> {
    let leads_with_zero = matches!(written, [b'0', next, ..] if *next != b'.');
    if leads_with_zero || written.len() > LONGEST {
        return None;
    }
    // How many digits there are, how many of them before the point and before the last comma.
    let (mut number, mut digits, mut whole, mut grouped) = (0_u64, 0, None, None);
    for byte in written {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            // What does not fit has too many digits, which is looked at below.
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
            digits += 1;
            continue;
        }
        match byte {
            b',' if whole.is_none() && in_group(grouped, digits) => grouped = Some(digits),
            b'.' if whole.is_none() => whole = Some(digits),
            _ => return None,
        }
    }
    let behind = whole.map_or(0, |whole| digits - whole);
    let before = digits - behind;
    let pointed = whole.is_none() || (1..=4).contains(&behind);
    let sound = pointed && (1..=15).contains(&before) && grouped.is_none_or(|group| before - group == 3);
    if sound { plain_parts(number, behind, unit) } else { None }
}

/// The longest of them has fifteen digits, four commas, a point and four digits more.
const LONGEST: usize = 24;

/// Whether a comma may stand behind so many digits.
fn in_group(last: Option<u32>, digits: u32) -> bool {
    match last {
        None => (1..=3).contains(&digits),
        Some(last) => digits - last == 3,
    }
}

/// Powers of ten, each with the largest number that it makes an amount of: the largest amount of all still has 64 bits.
const POWERS: [(u64, u64); 20] = {
    assert!(Money::LARGEST.parts() <= u64::MAX as i128);
    let largest = Money::LARGEST.parts() as u64;
    let mut powers = [(1, largest); 20];
    let mut n = 1;
    while n < powers.len() {
        let power = 10 * powers[n - 1].0;
        powers[n] = (power, largest / power);
        n += 1;
    }
    powers
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Signs, parse};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]
        /// What is read the plain way is what is read the other way, and figures as people write them are plain.
        #[test]
        fn plain_amounts_are_read_alike(
            any in "[0-9,.]{0,26}|[0-9]{0,3}[^0-9][0-9]{0,3}",
            won in (0_u64..10_u64.pow(15), 0_u32..15).prop_map(|(won, fewer)| won / 10_u64.pow(fewer)),
            behind in "[.][0-9]{1,4}|",
            before in "[0-9가,\"]{0,18}",
        ) {
            let grouped = Money::from_won(won.try_into().expect("small")).to_string();
            let written = [any.clone(), format!("{won}{behind}"), format!("{grouped}{behind}")];
            for unit in Unit::ALL {
                for text in &written {
                    let Some(money) = plain(format!("{before}{text}").as_bytes(), before.len(), unit) else { continue };
                    let parsed = parse(text, unit, Signs::Refused).map(|parsed| (parsed.money, parsed.full_width));
                    prop_assert_eq!(parsed, Ok((money, false)), "{}", text);
                }
            }
            for text in &written[1..] {
                prop_assert!(plain(format!("{before}{text}").as_bytes(), before.len(), Unit::Won).is_some(), "{}", text);
            }
        }
    }
}
