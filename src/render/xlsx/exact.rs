//! Which amounts a number of a workbook can hold.
//!
//! Law: no amount is written that is not the amount. A number of a workbook is a double, of which Excel shows fifteen
//! digits: an amount of more digits is written as text, and a formula whose sums may pass 2⁵³ of the smallest part that
//! occurs is not written at all.

use crate::ledger::Sign;
use crate::money::{Figure, Money, Unit};

/// The most digits that Excel shows of a number.
const DIGITS: u32 = 15;

/// Up to which every whole number is a double of its own.
const WHOLE: i128 = 1 << 53;

/// The smallest part of a won that occurs among some amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    /// Whole won.
    Won,
    /// Ten-thousandths.
    Parts,
}

impl Grain {
    /// The smallest part in an amount.
    pub(super) fn of(amount: Money) -> Grain {
        if amount == amount.cut_to(1) { Grain::Won } else { Grain::Parts }
    }

    /// The smaller of two.
    pub(super) fn and(self, other: Grain) -> Grain {
        if self == Grain::Won { other } else { Grain::Parts }
    }

    /// Whether sums whose parts come to so much, signs left out, are exact in any order.
    pub(super) fn adds_up(self, absolute: i128) -> bool {
        match self {
            Grain::Won => absolute / Money::from_won(1).parts() < WHOLE,
            Grain::Parts => absolute < WHOLE,
        }
    }
}

/// Whether a number of a workbook shows a figure digit by digit.
pub(super) fn holds(figure: Figure) -> bool {
    let mut digits = figure.digits().unsigned_abs();
    while digits > 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    digits < 10_u128.pow(DIGITS)
}

/// Whether it holds an amount, in won.
pub(super) fn holds_won(amount: Money) -> bool {
    holds(amount.exactly(Unit::Won))
}

/// The nearest double of a figure, which reads back to its digits where [`holds`] says so.
pub(super) fn double(figure: Figure) -> f64 {
    figure.to_string().parse().unwrap_or_default()
}

/// An amount with a sign.
pub(super) fn signed(sign: Sign, amount: Money) -> Money {
    match sign {
        Sign::Plus => amount,
        Sign::Minus => -amount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_are_held() {
        let won = |text: &str| Figure::parse(text).expect("a figure").expect("not nil");
        for (text, held) in [
            ("999999999999999", true),
            ("1000000000000000", true),
            ("1999999999999999", false),
            ("99999999999.9999", true),
            ("999999999999.9999", false),
            ("0", true),
            ("-123456789012345", true),
        ] {
            assert_eq!(holds(won(text)), held, "{text}");
        }
    }

    #[test]
    fn sums_are_exact_below_a_bound() {
        assert!(Grain::Won.adds_up(Money::from_won(9_007_199_254_740_991).parts()));
        assert!(!Grain::Won.adds_up(Money::from_won(9_007_199_254_740_992).parts()));
        assert!(!Grain::Parts.adds_up(Money::from_won(900_719_925_475).parts()));
        assert_eq!(Grain::of(Money::from_parts(1)), Grain::Parts);
        assert_eq!(Grain::of(-Money::from_won(7)).and(Grain::Won), Grain::Won);
    }
}
