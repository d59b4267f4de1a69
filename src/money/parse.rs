//! Text to [`Money`], or why not and at which byte.
//!
//! Accepted: `1234`, `1,234`, `9,999.95`, a trailing `원`/`천원`/`백만원`/`억원` or a leading `￦`/`₩`/`금` that agrees with
//! the unit, `△1,234` `▲1,234` `-1,234` `−1,234` `(1,234)` where a sign is legal, full-width digits (said in
//! [`Parsed::full_width`]). Everything else has a reason of its own.

use super::{DECIMALS, Money, Unit};

/// Whether an amount may carry a sign. Most kinds of line may not: the kind carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// Written positive.
    Refused,
    /// May be negative.
    Allowed,
}

/// An amount that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The exact amount.
    pub money: Money,
    /// What one of its last digit is worth: 1,000 won for `130,200` in 천원.
    pub grain: Money,
    /// Some of its digits or marks were full-width characters.
    pub full_width: bool,
}

/// Why a text is not an amount, and where that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountError {
    /// What is wrong.
    pub reason: AmountReason,
    /// Byte offset into the text that was given.
    pub at: usize,
}

/// What is wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountReason {
    /// Nothing is written. Blank is not zero.
    Empty,
    /// `-` alone: a printed table's nil, which an account line cannot have.
    Nil,
    /// A comma that does not stand before every three digits.
    Grouping,
    /// A second decimal point.
    TwoPoints,
    /// A comma behind the point, as in `1.234,56`.
    CommaBehindPoint,
    /// `1e6`: a number as programs write it.
    Exponent,
    /// `3억5천`, `12만`: numerals mixed with digits.
    Numeral,
    /// A space between digits.
    Space,
    /// A per cent sign.
    Percent,
    /// A plus sign.
    Plus,
    /// A point without a digit on each side.
    Point,
    /// `0123`: a code rather than an amount.
    LeadingZero,
    /// A sign where none is legal.
    Sign,
    /// Its own unit is another than the file's.
    Unit(Unit),
    /// More precise than a ten-thousandth of a won.
    Precision,
    /// More than 1,000조 won.
    TooLarge,
    /// No number at all.
    NotANumber,
}

/// Reads an amount written in `unit`.
///
/// # Errors
/// Why the text is no amount, with the byte at which that shows. Nothing is repaired.
pub fn parse(text: &str, unit: Unit, signs: Signs) -> Result<Parsed, AmountError> {
    let mut reader = Reader { rest: text, text, full_width: false };
    reader.skip_outer_space();
    if reader.rest.is_empty() {
        return reader.fail(AmountReason::Empty);
    }
    if matches!(reader.rest, "-" | "–" | "—" | "−" | "－") {
        return reader.fail(AmountReason::Nil);
    }
    let sign_at = reader.at();
    let open = reader.take(&['(', '（']).is_some();
    let negative = open || reader.take(&['-', '−', '－', '△', '▲']).is_some();
    let mark_at = reader.at();
    let marked_won = reader.take(&['￦', '₩', '금']).map(|_| mark_at);
    let (digits, decimals) = reader.number(unit)?;
    reader.suffix(unit, marked_won)?;
    if open && reader.take(&[')', '）']).is_none() || !reader.rest.is_empty() {
        return reader.stray();
    }
    let parts = exact(digits, decimals, unit).map_err(|reason| AmountError { reason, at: sign_at })?;
    if negative && signs == Signs::Refused {
        return Err(AmountError { reason: AmountReason::Sign, at: sign_at });
    }
    let money = Money::from_parts(if negative { -parts } else { parts });
    Ok(Parsed { money, grain: Money::grain(decimals, unit), full_width: reader.full_width })
}

/// Reads the plainest of spellings: up to fifteen digits, perhaps in groups of three, and perhaps a point with up to four
/// more. Everything else is left to [`parse`], which reads these alike. The amount is what stands in the text from `start`
/// on.
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
    let beyond_nine = (digits.wrapping_add(every_byte(0x7f - 9)) | digits) & every_byte(0x80);
    if beyond_nine != 0 || count == 0 {
        return None;
    }
    Some(eight::<FOURS>(digits as u64) * (FOURS * FOURS) + eight::<FOURS>((digits >> 64) as u64))
}

/// The number of eight digits, one a byte, the first of them lowest: pairs of them, pairs of pairs, and those.
#[inline(always)]
const fn eight<const FOURS: u64>(digits: u64) -> u64 {
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours * FOURS + (fours >> 32)) & 0xffff_ffff
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

/// Digits of which `decimals` stand behind the point, in ten-thousandths of a won.
fn exact(mut digits: i128, mut decimals: u32, unit: Unit) -> Result<i128, AmountReason> {
    let kept = DECIMALS + unit.power();
    while decimals > kept && digits % 10 == 0 {
        digits /= 10;
        decimals -= 1;
    }
    let missing = kept.checked_sub(decimals).ok_or(AmountReason::Precision)?;
    let parts = digits.checked_mul(10_i128.pow(missing)).ok_or(AmountReason::TooLarge)?;
    if parts > Money::LARGEST.parts() { Err(AmountReason::TooLarge) } else { Ok(parts) }
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
    full_width: bool,
}

impl Reader<'_> {
    fn at(&self) -> usize {
        self.rest.as_ptr().addr() - self.text.as_ptr().addr()
    }

    fn fail<T>(&self, reason: AmountReason) -> Result<T, AmountError> {
        Err(AmountError { reason, at: self.at() })
    }

    fn skip_outer_space(&mut self) {
        self.rest = self.rest.trim();
    }

    fn take(&mut self, any: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| any.contains(c))?;
        self.rest = &self.rest[c.len_utf8()..];
        self.full_width |= matches!(c, '\u{ff00}'..='\u{ff5e}');
        Some(c)
    }

    /// A digit, a comma or a point, whichever width it is written in.
    fn mark(&mut self) -> Option<u8> {
        let c = self.rest.chars().next()?;
        let plain = match c {
            '０'..='９' | '，' | '．' => char::from_u32(u32::from(c) - 0xfee0)?,
            _ => c,
        };
        if !matches!(plain, '0'..='9' | ',' | '.') {
            return None;
        }
        self.full_width |= plain != c;
        self.rest = &self.rest[c.len_utf8()..];
        u8::try_from(plain).ok()
    }

    /// The number itself: digits with or without grouping, and perhaps decimals.
    fn number(&mut self, unit: Unit) -> Result<(i128, u32), AmountError> {
        let (mut digits, mut count, mut decimals) = (0_i128, 0_u32, None::<u32>);
        let mut group = None::<u32>; // digits since the last comma
        let first_zero = self.rest.starts_with(['0', '０']);
        let start = self.at();
        let mut before = self.at();
        while let Some(mark) = self.mark() {
            let fail = |reason| Err(AmountError { reason, at: before });
            match mark {
                b',' if decimals.is_some() => return fail(AmountReason::CommaBehindPoint),
                b',' if group.map_or(!(1..=3).contains(&count), |n| n != 3) => return fail(AmountReason::Grouping),
                b',' => group = Some(0),
                b'.' if decimals.is_some() => return fail(AmountReason::TwoPoints),
                b'.' if count == 0 => return fail(AmountReason::Point),
                b'.' if group.is_some_and(|n| n != 3) => return fail(AmountReason::Grouping),
                b'.' => decimals = Some(0),
                digit => {
                    if first_zero && count == 1 && decimals.is_none() {
                        return Err(AmountError { reason: AmountReason::LeadingZero, at: start });
                    }
                    if group == Some(3) && decimals.is_none() {
                        return fail(AmountReason::Grouping);
                    }
                    // Zeros behind the last kept decimal say nothing, however many a spreadsheet wrote.
                    let kept = decimals.is_none_or(|n| n < DECIMALS + unit.power());
                    if kept {
                        let grown = digits.checked_mul(10).and_then(|n| n.checked_add(i128::from(digit - b'0')));
                        match grown {
                            Some(n) if n < 10_i128.pow(30) => digits = n,
                            _ => return Err(AmountError { reason: AmountReason::TooLarge, at: start }),
                        }
                        decimals = decimals.map(|n| n + 1);
                    } else if digit != b'0' {
                        return fail(AmountReason::Precision);
                    }
                    count += 1;
                    group = group.map(|n| n + 1);
                }
            }
            before = self.at();
        }
        if count == 0 {
            return self.stray();
        }
        if decimals == Some(0) {
            return self.fail(AmountReason::Point);
        }
        if decimals.is_none() && group.is_some_and(|n| n != 3) {
            return self.fail(AmountReason::Grouping);
        }
        Ok((digits, decimals.unwrap_or(0)))
    }

    /// A unit behind the number, which has to be the file's.
    fn suffix(&mut self, unit: Unit, marked_won: Option<usize>) -> Result<(), AmountError> {
        for named in Unit::ALL.into_iter().rev() {
            if let Some(rest) = self.rest.strip_prefix(named.word().ko) {
                if named != unit {
                    return self.fail(AmountReason::Unit(named));
                }
                self.rest = rest;
                return Ok(());
            }
        }
        match marked_won {
            Some(at) if unit != Unit::Won => Err(AmountError { reason: AmountReason::Unit(Unit::Won), at }),
            _ => Ok(()),
        }
    }

    /// What stands where the number should go on or end.
    fn stray<T>(&self) -> Result<T, AmountError> {
        let digits_before = self.text[..self.at()].ends_with(|c: char| c.is_ascii_digit());
        let reason = match self.rest.chars().next() {
            Some('만' | '억' | '천' | '조' | '백' | '십') => AmountReason::Numeral,
            Some('e' | 'E') if digits_before => AmountReason::Exponent,
            Some('%' | '％') => AmountReason::Percent,
            Some('+' | '＋') => AmountReason::Plus,
            Some(c) if c.is_whitespace() => AmountReason::Space,
            _ => AmountReason::NotANumber,
        };
        self.fail(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn won(text: &str) -> Result<Money, AmountReason> {
        parse(text, Unit::Won, Signs::Allowed).map(|p| p.money).map_err(|e| e.reason)
    }

    fn thousand(text: &str) -> Result<Money, AmountReason> {
        parse(text, Unit::Thousand, Signs::Allowed).map(|p| p.money).map_err(|e| e.reason)
    }

    #[test]
    fn the_accepted_spellings() {
        for text in ["1234", "1,234", " 1,234 ", "1,234원", "￦1,234", "₩1234", "금1,234원", "1234.0000000"] {
            assert_eq!(won(text), Ok(Money::from_won(1_234)), "{text}");
        }
        for text in ["△1,234", "▲1,234", "-1,234", "−1,234", "(1,234)", "(1,234원)", "△1234원"] {
            assert_eq!(won(text), Ok(Money::from_won(-1_234)), "{text}");
        }
        assert_eq!(thousand("9,999.95"), Ok(Money::from_won(9_999_950)));
        assert_eq!(thousand("9,999.95천원"), Ok(Money::from_won(9_999_950)));
        assert_eq!(thousand("0.0000001"), Ok(Money::from_parts(1)));
        assert_eq!(won("0"), Ok(Money::ZERO));
        assert_eq!(won("0.5"), Ok(Money::from_parts(5_000)));
        assert_eq!(won("1,000,000,000,000,000"), Ok(Money::LARGEST));
        assert_eq!(parse("1,234만", Unit::Won, Signs::Allowed).map_err(|e| e.at), Err(5));
    }

    #[test]
    fn full_width_digits_are_read_and_said() {
        let parsed = parse("１，２３４．５", Unit::Won, Signs::Refused).expect("full-width");
        assert_eq!((parsed.money, parsed.full_width), (Money::from_parts(12_345_000), true));
        assert!(!parse("1,234.5", Unit::Won, Signs::Refused).expect("plain").full_width);
    }

    #[test]
    fn each_rejection_has_its_own_reason_and_byte() {
        use AmountReason as R;
        for (text, reason, at) in [
            ("", R::Empty, 0),
            ("   ", R::Empty, 0),
            ("-", R::Nil, 0),
            ("—", R::Nil, 0),
            ("12,34", R::Grouping, 5),
            ("1234,567", R::Grouping, 4),
            ("1,2345", R::Grouping, 5),
            (",123", R::Grouping, 0),
            ("1,23.4", R::Grouping, 4),
            ("1,,234", R::Grouping, 2),
            ("1.2.3", R::TwoPoints, 3),
            ("1.234,56", R::CommaBehindPoint, 5),
            ("1e6", R::Exponent, 1),
            ("3억5천", R::Numeral, 1),
            ("12만", R::Numeral, 2),
            ("1 234", R::Space, 1),
            ("99.8%", R::Percent, 4),
            ("+5", R::Plus, 0),
            (".5", R::Point, 0),
            ("5.", R::Point, 2),
            ("0123", R::LeadingZero, 0),
            ("1.00001", R::Precision, 6),
            ("9999.950000000001", R::Precision, 16),
            ("1,000,000,000,000,001", R::TooLarge, 0),
            ("99999999999999999999999999999999999", R::TooLarge, 0),
            ("5천원", R::Unit(Unit::Thousand), 1),
            ("5억원", R::Unit(Unit::HundredMillion), 1),
            ("계", R::NotANumber, 0),
            ("(5", R::NotANumber, 2),
            ("5)", R::NotANumber, 1),
            ("=1+1", R::NotANumber, 0),
            ("1'234", R::NotANumber, 1),
            ("--5", R::NotANumber, 1),
        ] {
            assert_eq!(parse(text, Unit::Won, Signs::Allowed), Err(AmountError { reason, at }), "{text}");
        }
        assert_eq!(thousand("5원"), Err(R::Unit(Unit::Won)));
        assert_eq!(thousand("￦5"), Err(R::Unit(Unit::Won)));
        assert_eq!(parse("△￦5", Unit::Thousand, Signs::Allowed).map_err(|error| error.at), Err(3));
    }

    #[test]
    fn a_sign_is_refused_where_the_kind_carries_it() {
        for text in ["-5", "△5", "(5)"] {
            let error = parse(text, Unit::Won, Signs::Refused).expect_err(text);
            assert_eq!(error.reason, AmountReason::Sign, "{text}");
        }
    }

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
