//! Exact amounts of money.
//!
//! Law: an amount never passes through floating point, and `+` and `−` neither fail nor lose a digit.
//!
//! # Why
//!
//! **Ten-thousandths of a won in an `i128`, not a `Decimal` inside.** Past 96 bits `rust_decimal` drops decimals
//! silently. What may be *read* is bounded at 1,000조 won with four decimals ([`Money::LARGEST`]); at that bound an
//! `i128` holds the sum of 10¹⁹ lines, more than any disk does, so no sum needs a check. [`rust_decimal::Decimal`] is the
//! face for callers who want one, is what a declared share such as `60%` is kept in ([`Share`]), and is the slow twin
//! that the property tests hold every rounding against.

mod divide;
mod figure;
mod hangul;
mod parse;
mod plain;
mod range;
mod rate;
mod round;
mod share;
mod unit;

pub use figure::{Figure, FigureError};
pub use parse::{AmountError, AmountReason, Parsed, Signs, parse};
pub use plain::plain;
pub use range::{Range, Reading};
pub use rate::{Held, Rate, ShownRate};
pub use round::Rounding;
pub use share::Share;
pub use unit::Unit;

use rust_decimal::Decimal;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// How many decimals of a won are kept.
const DECIMALS: u32 = 4;

/// An exact amount of won; negative where a formula makes it so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money {
    /// In ten-thousandths of a won.
    parts: i128,
}

impl Money {
    /// Nothing. Not the same as absent, which is `None` wherever it can occur.
    pub const ZERO: Money = Money { parts: 0 };

    /// The largest amount that may be read from a file: 1,000조 (10¹⁵) won.
    pub const LARGEST: Money = Money::from_won(1_000_000_000_000_000);

    /// A whole number of won.
    pub const fn from_won(won: i64) -> Money {
        Money { parts: won as i128 * 10_i128.pow(DECIMALS) }
    }

    /// From ten-thousandths of a won, the smallest part there is.
    pub(crate) const fn from_parts(parts: i128) -> Money {
        Money { parts }
    }

    /// What one of the last digit of a figure is worth, with so many decimals of a unit; at least the smallest part.
    pub fn grain(decimals: u32, unit: Unit) -> Money {
        Money { parts: 10_i128.pow((DECIMALS + unit.power()).saturating_sub(decimals)) }
    }

    /// So many times the amount.
    pub const fn times(self, count: i128) -> Money {
        Money { parts: self.parts * count }
    }

    /// In ten-thousandths of a won.
    pub(crate) const fn parts(self) -> i128 {
        self.parts
    }

    /// Whether it is exactly nothing.
    pub const fn is_zero(self) -> bool {
        self.parts == 0
    }

    /// Whether it is below nothing.
    pub const fn is_negative(self) -> bool {
        self.parts < 0
    }

    /// The amount without its sign.
    pub const fn abs(self) -> Money {
        Money { parts: self.parts.abs() }
    }

    /// The exact amount in `unit`, with no more decimals than it needs.
    pub fn exactly(self, unit: Unit) -> Figure {
        Figure::new(self.parts, DECIMALS + unit.power()).trimmed()
    }

    /// The amount in `unit`, rounded once to `decimals`.
    pub fn rounded(self, unit: Unit, decimals: u32, rounding: Rounding) -> Figure {
        let kept = DECIMALS + unit.power();
        if decimals >= kept {
            return Figure::new(self.parts, kept).at_least(decimals);
        }
        Figure::new(rounding.divide(self.parts, 10_i128.pow(kept - decimals)), decimals)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money { parts: self.parts + other.parts }
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money { parts: self.parts - other.parts }
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money { parts: -self.parts }
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.parts += other.parts;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        self.parts -= other.parts;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

/// Exact won, without grouping: `9999950`, `-0.25`. Reads back to the same amount.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.exactly(Unit::Won).fmt(f)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} won")
    }
}

/// Fails where the amount needs more than the 96 bits that a `Decimal` has.
impl TryFrom<Money> for Decimal {
    type Error = rust_decimal::Error;
    fn try_from(money: Money) -> Result<Decimal, rust_decimal::Error> {
        Decimal::try_from_i128_with_scale(money.parts, DECIMALS)
    }
}

/// Fails, giving the decimal back, where it has more than four decimals of a won.
impl TryFrom<Decimal> for Money {
    type Error = Decimal;
    fn try_from(decimal: Decimal) -> Result<Money, Decimal> {
        let plain = decimal.normalize();
        match DECIMALS.checked_sub(plain.scale()) {
            Some(missing) => Ok(Money { parts: plain.mantissa() * 10_i128.pow(missing) }),
            None => Err(decimal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn won_and_parts_of_a_won_print_as_they_are() {
        assert_eq!(Money::from_won(9_999_950).to_string(), "9999950");
        assert_eq!(Money::from_parts(-2_500).to_string(), "-0.25");
        assert_eq!(Money::ZERO.to_string(), "0");
    }

    #[test]
    fn travel_of_2015_in_thousands() {
        let spent = Money::from_won(9_999_950);
        assert_eq!(spent.rounded(Unit::Thousand, 1, Rounding::Floor).to_string(), "9999.9");
        assert_eq!(spent.rounded(Unit::Thousand, 1, Rounding::HalfUp).to_string(), "10000.0");
        assert_eq!(spent.exactly(Unit::Thousand).to_string(), "9999.95");
        assert_eq!(Money::from_won(50).rounded(Unit::Thousand, 2, Rounding::HalfUp).to_string(), "0.05");
    }

    #[test]
    fn amounts_that_cancel_do_not_saturate() {
        // A saturating sum of two extremes balances to zero and hides that it overflowed.
        let much: Money = std::iter::repeat_n(Money::LARGEST, 1_000_000).sum();
        assert_eq!(much - Money::from_won(1), Money::from_parts(Money::LARGEST.parts() * 1_000_000 - 10_000));
        assert_ne!(much + -(much - Money::from_won(1)), Money::ZERO);
    }

    #[test]
    fn decimal_is_a_face_that_loses_nothing() {
        let amount = Money::from_parts(123_456_789);
        let face = Decimal::try_from(amount).expect("it fits 96 bits");
        assert_eq!(face.to_string(), "12345.6789");
        assert_eq!(Money::try_from(face), Ok(amount));
        assert!(Money::try_from(Decimal::new(1, 5)).is_err(), "a hundred-thousandth of a won");
    }
}
