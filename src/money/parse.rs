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
}
