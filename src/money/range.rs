//! What a printed figure may have been before it was rounded.
//!
//! Law: the inverse of [`Rounding`], by whole numbers alone. An amount lies in the range of a figure exactly where the
//! rule prints the amount as that figure; half-open bounds are closed ones of whole grains.
//!
//! # Why
//!
//! **Below nothing both conventions count.** 절사 and 절상 move the absolute amount, and so does this program; spreadsheets
//! also have functions that move toward smaller numbers. A negative figure may have come of either, so its range is that
//! of both: what is called impossible is so under both.

use super::Rounding;

/// Whole grains from `low` to `high`, both included; nothing where `low` is above `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The least.
    pub low: i128,
    /// The most.
    pub high: i128,
}

/// How a figure came to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// No digit was given up.
    Exactly,
    /// By a rule.
    By(Rounding),
}

impl Reading {
    /// Every reading, the commonest first.
    pub const ALL: [Reading; 6] = [
        Reading::By(Rounding::HalfUp),
        Reading::By(Rounding::Floor),
        Reading::By(Rounding::HalfEven),
        Reading::By(Rounding::HalfDown),
        Reading::By(Rounding::Ceil),
        Reading::Exactly,
    ];

    /// What an amount may have been that is printed as `digits` steps of so many grains each.
    pub fn range(self, digits: i128, step: i128) -> Range {
        let (value, half) = (digits * step, step / 2);
        let rule = match self {
            // A step of one grain leaves nothing to give up.
            _ if step <= 1 => return Range::only(value),
            Reading::Exactly => return Range::only(value),
            Reading::By(rule) => rule,
        };
        let plus = |below: i128, above: i128| Range { low: value - below, high: value + above };
        match (rule, digits.signum()) {
            (Rounding::HalfUp, 1) => plus(half, half - 1),
            (Rounding::HalfUp, 0) => plus(half - 1, half - 1),
            (Rounding::HalfDown, 1) => plus(half - 1, half),
            (Rounding::HalfUp | Rounding::HalfDown, _) => plus(half, half),
            (Rounding::HalfEven, _) if digits % 2 == 0 => plus(half, half),
            (Rounding::HalfEven, _) => plus(half - 1, half - 1),
            (Rounding::Floor, 1) => plus(0, step - 1),
            (Rounding::Ceil, 1) => plus(step - 1, 0),
            (Rounding::Ceil, 0) => plus(step - 1, 0),
            (Rounding::Floor | Rounding::Ceil, _) => plus(step - 1, step - 1),
        }
    }

    /// What an amount may have been that any rule prints so.
    pub fn any(digits: i128, step: i128) -> Range {
        let (value, within) = (digits * step, (step - 1).max(0));
        Range { low: value - within, high: value + within }
    }
}

impl Range {
    /// Beyond every figure that is read, and far enough from the end of the numbers that thousands of them add up.
    const FAR: i128 = 10_i128.pow(34);

    /// Anything at all.
    pub const ANYTHING: Range = Range { low: -Range::FAR, high: Range::FAR };

    /// One amount.
    pub const fn only(value: i128) -> Range {
        Range { low: value, high: value }
    }

    /// Whether nothing lies in it.
    pub const fn is_empty(self) -> bool {
        self.low > self.high
    }

    /// Whether it says something of its lower end.
    pub const fn is_bounded_below(self) -> bool {
        self.low > -Range::FAR
    }

    /// Whether it says something of its upper end.
    pub const fn is_bounded_above(self) -> bool {
        self.high < Range::FAR
    }

    /// Whether an amount lies in it.
    pub const fn has(self, value: i128) -> bool {
        self.low <= value && value <= self.high
    }

    /// What lies in both.
    pub fn meet(self, other: Range) -> Range {
        Range { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// All that a sum of one of each may come to.
    pub fn plus(self, other: Range) -> Range {
        let low = if self.is_bounded_below() && other.is_bounded_below() { self.low + other.low } else { -Range::FAR };
        let high =
            if self.is_bounded_above() && other.is_bounded_above() { self.high + other.high } else { Range::FAR };
        Range { low, high }
    }

    /// The same with the other sign.
    pub const fn negated(self) -> Range {
        Range { low: -self.high, high: -self.low }
    }

    /// How far apart two ranges lie: nothing where they meet; more than nothing where the second lies above.
    pub fn gap_to(self, other: Range) -> i128 {
        if other.low > self.high {
            other.low - self.high
        } else if other.high < self.low {
            other.high - self.low
        } else {
            0
        }
    }

    /// What of it is a multiple, counted in those.
    pub fn in_multiples(self, of: i128) -> Range {
        Range { low: -(-self.low).div_euclid(of), high: self.high.div_euclid(of) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The law: an amount lies in the range of a figure where the rule prints it so. Below nothing the range is wider.
    #[test]
    fn a_range_holds_what_its_rule_prints_so_and_nothing_else() {
        for rule in Rounding::ALL {
            for step in [1, 10, 100] {
                for value in -350..=350_i128 {
                    let printed = rule.divide(value, step);
                    for digits in printed - 2..=printed + 2 {
                        let holds = Reading::By(rule).range(digits, step).has(value);
                        if digits == printed {
                            assert!(holds, "{rule:?} prints {value} as {digits} of {step}");
                        } else if value > 0 && digits > 0 {
                            assert!(!holds, "{rule:?} does not print {value} as {digits} of {step}");
                        }
                        assert!(!holds || Reading::any(digits, step).has(value));
                    }
                }
            }
        }
    }

    #[test]
    fn the_bounds_are_half_open() {
        let by = |rule: Rounding| {
            let range = Reading::By(rule).range(232_200, 1_000);
            (range.low, range.high)
        };
        assert_eq!(by(Rounding::HalfUp), (232_199_500, 232_200_499));
        assert_eq!(by(Rounding::HalfDown), (232_199_501, 232_200_500));
        assert_eq!(by(Rounding::HalfEven), (232_199_500, 232_200_500));
        assert_eq!(by(Rounding::Floor), (232_200_000, 232_200_999));
        assert_eq!(by(Rounding::Ceil), (232_199_001, 232_200_000));
        assert_eq!(Reading::Exactly.range(5, 1_000), Range::only(5_000));
    }

    #[test]
    fn what_is_not_known_stays_so_in_sums() {
        let sum = Range::ANYTHING.plus(Range::only(5));
        assert_eq!(sum, Range::ANYTHING);
        assert!(!sum.is_bounded_below() && !sum.is_bounded_above());
        assert_eq!(Range { low: 45, high: 54 }.in_multiples(10), Range::only(5));
        assert!(Range { low: 51, high: 54 }.in_multiples(10).is_empty());
        assert_eq!(Range { low: -54, high: -45 }.in_multiples(10), Range::only(-5));
        assert_eq!(Range::only(3).gap_to(Range::only(5)), 2);
        assert_eq!(Range::only(7).gap_to(Range::only(5)), -2);
    }
}
