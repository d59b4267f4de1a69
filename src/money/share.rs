//! A declared share of a whole, such as a funder's `60%`.

use super::{Figure, Money};
use rust_decimal::Decimal;
use std::str::FromStr;

/// A share between nothing and the whole, exact as it was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    of_one: Decimal,
}

/// As it is printed: `60%`.
impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}%", (self.of_one * Decimal::ONE_HUNDRED).normalize())
    }
}

impl Share {
    /// Reads `60%`, `33.3 %` or `0.6`; nothing below 0 or above the whole.
    pub fn parse(text: &str) -> Option<Share> {
        let (number, percent) = match text.trim().strip_suffix('%') {
            Some(number) => (number.trim_end(), true),
            None => (text.trim(), false),
        };
        let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let value = plain.then(|| Decimal::from_str(number).ok()).flatten()?;
        let of_one = if percent { value.checked_div(Decimal::ONE_HUNDRED)? } else { value };
        (of_one <= Decimal::ONE).then_some(Share { of_one })
    }

    /// Shares as whole weights, in proportion, and what is missing to one, if they do not come to more.
    pub fn weights(shares: &[Share]) -> (Vec<i128>, Option<i128>) {
        let scale = shares.iter().map(|share| share.of_one.normalize().scale()).max().unwrap_or(0);
        let weight = |share: &Share| {
            let plain = share.of_one.normalize();
            plain.mantissa() * 10_i128.pow(scale - plain.scale())
        };
        let weights: Vec<i128> = shares.iter().map(weight).collect();
        let missing = 10_i128.pow(scale) - weights.iter().sum::<i128>();
        (weights, (missing >= 0).then_some(missing))
    }

    /// In per cent.
    pub fn percent(self) -> Figure {
        let percent = (self.of_one * Decimal::ONE_HUNDRED).normalize();
        Figure::new(percent.mantissa(), percent.scale())
    }

    /// What it comes to of an amount that is not negative, cut to the won.
    pub fn of(self, whole: Money) -> Money {
        let (weight, all) = self.as_ratio();
        whole.cut_part(weight, all).cut_to(1)
    }

    /// Whether it is none of it.
    pub fn is_nothing(self) -> bool {
        self.of_one.is_zero()
    }

    /// As so many of so many.
    pub(super) fn as_ratio(self) -> (i128, i128) {
        let plain = self.of_one.normalize();
        (plain.mantissa(), 10_i128.pow(plain.scale()))
    }

    /// What is missing to the whole.
    pub fn rest(self) -> Option<Share> {
        Share { of_one: Decimal::ONE }.less(self)
    }

    /// What is left when another share is taken away, if anything can be.
    pub fn less(self, other: Share) -> Option<Share> {
        let of_one = self.of_one.checked_sub(other.of_one)?;
        (of_one >= Decimal::ZERO).then_some(Share { of_one })
    }

    /// As a part of one.
    pub const fn of_one(self) -> Decimal {
        self.of_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_weighed_with_what_is_missing_to_the_whole() {
        let share = |text: &str| Share::parse(text).expect("a share");
        assert_eq!(Share::weights(&[share("50%"), share("30%")]), (vec![5, 3], Some(2)));
        assert_eq!(Share::weights(&[share("33.3%"), share("0.5")]), (vec![333, 500], Some(167)));
        assert_eq!(Share::weights(&[share("1"), share("10%")]), (vec![10, 1], None));
    }

    #[test]
    fn shares_are_exact_and_bounded() {
        assert_eq!(Share::parse("60%"), Share::parse("0.6"));
        assert_eq!(Share::parse("33.3 %").expect("a share").of_one().to_string(), "0.333");
        for text in ["", "%", "101%", "1.01", "-5%", "1e-1", "half", "60%%"] {
            assert_eq!(Share::parse(text), None, "{text}");
        }
    }
}
