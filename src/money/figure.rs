//! A number as it stands on paper: digits and how many of them are decimals.

use super::Rounding;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Rem, Sub};

/// A decimal number with the decimals it is printed with: 9,999.9 and 9,999.90 are equal, but not the same figure.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    digits: i128,
    decimals: u32,
}

/// Why a printed cell is no figure, and at which byte that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureError {
    /// Byte offset into the text.
    pub at: usize,
}

impl Figure {
    /// `digits` of which the last `decimals` stand behind the point.
    pub(crate) const fn new(digits: i128, decimals: u32) -> Figure {
        Figure { digits, decimals }
    }

    /// A whole number.
    pub const fn whole(digits: i128) -> Figure {
        Figure { digits, decimals: 0 }
    }

    /// How large a part is in a whole that is printed as `scale`, rounded once; nothing of a whole that is nothing or
    /// less, or where the numbers are too large to tell.
    pub fn ratio(part: i128, whole: i128, scale: u32, decimals: u32, rounding: Rounding) -> Option<Figure> {
        let scaled = part.checked_mul(i128::from(scale) * 10_i128.checked_pow(decimals)?)?;
        (whole > 0).then(|| Figure::new(rounding.divide(scaled, whole), decimals))
    }

    /// How many digits stand behind the point.
    pub const fn decimals(self) -> u32 {
        self.decimals
    }

    /// All digits, the point left out.
    pub const fn digits(self) -> i128 {
        self.digits
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// Whether it shows nothing but zeros.
    pub const fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// The figure without its sign.
    pub const fn abs(self) -> Figure {
        Figure { digits: self.digits.abs(), decimals: self.decimals }
    }

    /// Other digits, with as many decimals.
    pub const fn with_digits(self, digits: i128) -> Figure {
        Figure { digits, decimals: self.decimals }
    }

    /// Without zeros at the end of its decimals.
    pub fn trimmed(self) -> Figure {
        let Figure { digits, decimals } = self;
        match i64::try_from(digits) {
            Ok(digits) => trimmed(digits, decimals),
            Err(_) => trimmed(digits, decimals),
        }
    }

    /// With at least so many decimals, zeros added.
    pub(crate) fn at_least(self, decimals: u32) -> Figure {
        let missing = decimals.saturating_sub(self.decimals);
        Figure { digits: self.digits * 10_i128.pow(missing), decimals: self.decimals + missing }
    }

    /// Reads a printed figure: grouping, `△`, `▲`, `−`, parentheses as negatives; `-` (nil) is `None`.
    ///
    /// # Errors
    /// The byte at which the text stops being a figure.
    pub fn parse(text: &str) -> Result<Option<Figure>, FigureError> {
        let trimmed = text.trim();
        let start = text.len() - text.trim_start().len();
        if matches!(trimmed, "" | "-" | "–" | "—") {
            return Ok(None);
        }
        let (body, negative) = unsigned(trimmed);
        let offset = start + trimmed.find(body).unwrap_or(0);
        let mut digits: i128 = 0;
        let mut decimals = None;
        let mut group = None;
        for (at, c) in body.char_indices() {
            let fail = FigureError { at: offset + at };
            match c {
                '0'..='9' => {
                    let digit = i128::from(u32::from(c) - u32::from('0'));
                    // 24 digits are beyond any budget and leave room for every later step.
                    digits = (digits < 10_i128.pow(24)).then(|| digits * 10 + digit).ok_or(fail)?;
                    decimals = decimals.map(|n: u32| n + 1);
                    group = group.map(|n: u32| n + 1);
                }
                ',' if decimals.is_none() && (group == Some(3) || (group.is_none() && (1..=3).contains(&at))) => {
                    group = Some(0);
                }
                '.' if decimals.is_none() && group.is_none_or(|n| n == 3) && at > 0 => decimals = Some(0),
                _ => return Err(fail),
            }
        }
        let ends_well = decimals != Some(0) && (decimals.is_some() || group.is_none_or(|n| n == 3));
        if body.is_empty() || !ends_well {
            return Err(FigureError { at: offset + body.len() });
        }
        Ok(Some(Figure::new(if negative { -digits } else { digits }, decimals.unwrap_or(0))))
    }

    fn aligned(self, other: Figure) -> (i128, i128, u32) {
        let decimals = self.decimals.max(other.decimals);
        (self.at_least(decimals).digits, other.at_least(decimals).digits, decimals)
    }
}

/// A figure without zeros at the end of its decimals. Nearly all digits are numbers of one word, which are divided in one
/// instruction.
fn trimmed<D>(mut digits: D, mut decimals: u32) -> Figure
where
    D: Copy + From<i8> + PartialEq + Rem<Output = D> + Div<Output = D> + Into<i128>,
{
    while decimals > 0 && digits % D::from(10) == D::from(0) {
        digits = digits / D::from(10);
        decimals -= 1;
    }
    Figure { digits: digits.into(), decimals }
}

/// Strips one mark of a negative: `△5`, `▲5`, `-5`, `−5`, `(5)`.
fn unsigned(text: &str) -> (&str, bool) {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (inner, true);
    }
    match text.strip_prefix(['△', '▲', '-', '−']) {
        Some(rest) => (rest, true),
        None => (text, false),
    }
}

impl Add for Figure {
    type Output = Figure;
    fn add(self, other: Figure) -> Figure {
        let (a, b, decimals) = self.aligned(other);
        Figure::new(a + b, decimals)
    }
}

impl Sub for Figure {
    type Output = Figure;
    fn sub(self, other: Figure) -> Figure {
        let (a, b, decimals) = self.aligned(other);
        Figure::new(a - b, decimals)
    }
}

impl PartialEq for Figure {
    fn eq(&self, other: &Figure) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Figure {}

impl PartialOrd for Figure {
    fn partial_cmp(&self, other: &Figure) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Figure {
    fn cmp(&self, other: &Figure) -> Ordering {
        let (a, b, _) = self.aligned(*other);
        a.cmp(&b)
    }
}

impl Figure {
    /// With a comma before every three digits, and a plain sign: `-9,999.95`.
    pub fn grouped(self) -> String {
        self.written(Groups::Commas)
    }

    fn written(self, groups: Groups) -> String {
        let digits = self.digits.unsigned_abs();
        let mut text = match u64::try_from(digits) {
            Ok(digits) => backwards(digits, self.decimals, groups),
            Err(_) => backwards(digits, self.decimals, groups),
        };
        if self.is_negative() {
            text.push(b'-');
        }
        text.reverse();
        String::from_utf8(text).expect("it is of digits and their marks")
    }
}

/// Whether digits before the point stand in groups of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Groups {
    Commas,
    None,
}

/// Digits of which so many stand behind the point, from the last to the first.
fn backwards<D>(mut left: D, decimals: u32, groups: Groups) -> Vec<u8>
where
    D: Copy + From<u8> + PartialEq + Rem<Output = D> + Div<Output = D> + Into<u128>,
{
    let mut text = Vec::with_capacity(32);
    let mut place = 0;
    while left != D::from(0) || place <= decimals {
        if place == decimals && decimals > 0 {
            text.push(b'.');
        } else if groups == Groups::Commas && place > decimals && (place - decimals).is_multiple_of(3) {
            text.push(b',');
        }
        let digit: u128 = (left % D::from(10)).into();
        text.push(b'0' + digit as u8);
        left = left / D::from(10);
        place += 1;
    }
    text
}

/// Plain, for machines: `-9999.95`, no grouping.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(Groups::None))
    }
}

impl Figure {
    /// The digits before and behind the point, without the sign.
    pub fn split(self) -> (String, String) {
        let decimals = self.decimals as usize;
        let all = format!("{:0>width$}", self.digits.unsigned_abs(), width = decimals + 1);
        let (whole, rest) = all.split_at(all.len() - decimals);
        (whole.to_owned(), rest.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn printed_cells_read_with_their_decimals() {
        for (text, digits, decimals) in [
            ("644,658", 644_658, 0),
            ("9,999.9", 99_999, 1),
            ("0.05", 5, 2),
            ("△1,234", -1_234, 0),
            ("(12.50)", -1_250, 2),
            (" 3 ", 3, 0),
            ("1234567", 1_234_567, 0),
        ] {
            let figure = Figure::parse(text).expect(text).expect(text);
            assert_eq!((figure.digits(), figure.decimals()), (digits, decimals), "{text}");
        }
        assert!(Figure::parse("-").expect("nil").is_none());
    }

    #[test]
    fn what_is_no_figure_is_refused_where_it_stops() {
        for (text, at) in [("12,34", 5), ("1,2345", 6), ("1.2.3", 3), ("abc", 0), ("12원", 2), (",5", 0), ("1.", 2)] {
            assert_eq!(Figure::parse(text).expect_err(text).at, at, "{text}");
        }
    }

    #[test]
    fn figures_of_other_decimals_add_and_compare() {
        let a = Figure::new(99_999, 1);
        let b = Figure::new(5, 2);
        assert_eq!((a + b).to_string(), "9999.95");
        assert_eq!(Figure::new(10, 1), Figure::whole(1));
        assert!(a < Figure::whole(10_000));
        assert_eq!(Figure::new(-5, 2).to_string(), "-0.05");
        assert_eq!(Figure::new(12_300, 2).trimmed().to_string(), "123");
    }

    proptest! {
        /// However many digits there are.
        #[test]
        fn a_trimmed_figure_is_the_same_without_zeros_at_its_end(
            digits in any::<i128>(),
            fewer in 1_u32..127,
            zeros in 0_u32..12,
            decimals in 0_u32..15,
        ) {
            let figure = Figure::new((digits >> fewer) / 10_i128.pow(zeros) * 10_i128.pow(zeros), decimals);
            let trimmed = figure.trimmed();
            let (whole, rest) = figure.split();
            prop_assert_eq!(trimmed.split(), (whole, rest.trim_end_matches('0').to_owned()));
            prop_assert_eq!(trimmed.is_negative(), figure.is_negative());
        }

        /// What is written for machines and what is written for people are the digits, put together otherwise.
        #[test]
        fn figures_are_written_digit_by_digit(digits in any::<i128>(), fewer in 1_u32..127, decimals in 0_u32..45) {
            let figure = Figure::new(digits >> fewer, decimals);
            let sign = if figure.is_negative() { "-" } else { "" };
            let (whole, rest) = figure.split();
            let behind = if rest.is_empty() { String::new() } else { format!(".{rest}") };
            prop_assert_eq!(figure.to_string(), format!("{sign}{whole}{behind}"));
            let grouped = figure.grouped();
            prop_assert_eq!(grouped.replace(',', ""), figure.to_string());
            let groups: Vec<usize> = grouped.trim_start_matches('-').split('.').next().unwrap_or_default().split(',').map(str::len).collect();
            prop_assert!(groups[1..].iter().all(|length| *length == 3) && (1..=3).contains(&groups[0]), "{}", grouped);
            if whole.len() + rest.len() <= 24 {
                let read = Figure::parse(&grouped).expect("a figure").expect("not nil");
                prop_assert_eq!((read.digits(), read.decimals()), (figure.digits(), decimals));
            }
        }
    }
}
