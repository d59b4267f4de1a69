//! A part of a whole, exact until it is shown.

use super::{Figure, Money, Rounding, Share};

/// How large `part` is in `whole`, which is more than nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    part: Money,
    whole: Money,
}

/// A rate as it is shown, and whether rounding had to be held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownRate {
    /// In per cent.
    pub percent: Figure,
    /// Whether the rule would have printed exactly 100 %, which it is not.
    pub held: Held,
}

/// Whether a rate was kept from being rounded to 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It was rounded as the rule says.
    No,
    /// A part is left: its digits were cut.
    Below,
    /// There is more than the whole: it was raised.
    Above,
}

impl Rate {
    /// The most decimals of a per cent that are shown.
    pub const MOST_DECIMALS: u32 = 6;

    /// The rate of a part, or nothing where the whole is nothing or less: there is no rate of nothing.
    pub fn of(part: Money, whole: Money) -> Option<Rate> {
        (whole > Money::ZERO).then_some(Rate { part, whole })
    }

    /// The part.
    pub const fn part(self) -> Money {
        self.part
    }

    /// The whole that it is a part of.
    pub const fn whole(self) -> Money {
        self.whole
    }

    /// Whether it is more than a declared share.
    pub fn is_above(self, share: Share) -> bool {
        let (weight, whole) = share.as_ratio();
        self.part > self.whole.cut_part(weight, whole)
    }

    /// How much of a length the part takes up, from none to all of it: for those who draw.
    pub fn of_length(self, length: usize) -> usize {
        let whole = self.whole.parts();
        let part = self.part.parts().clamp(0, whole);
        let length = i128::try_from(length).unwrap_or(0);
        usize::try_from(part * length / whole).unwrap_or(0)
    }

    /// In per cent, rounded once. Never 100 % while something is left, and never while there is too much.
    ///
    /// More than [`Rate::MOST_DECIMALS`] decimals are not shown.
    pub fn shown(self, decimals: u32, rounding: Rounding) -> ShownRate {
        let decimals = decimals.min(Rate::MOST_DECIMALS);
        let scaled = self.part.parts() * 10_i128.pow(decimals + 2);
        let by = |rule: Rounding| Figure::new(rule.divide(scaled, self.whole.parts()), decimals);
        let percent = by(rounding);
        let hundred = Figure::whole(100);
        if self.part < self.whole && percent >= hundred {
            ShownRate { percent: by(Rounding::Floor), held: Held::Below }
        } else if self.part > self.whole && percent <= hundred {
            ShownRate { percent: by(Rounding::Ceil), held: Held::Above }
        } else {
            ShownRate { percent, held: Held::No }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(part: i64, whole: i64, decimals: u32) -> (String, Held) {
        let rate = Rate::of(Money::from_won(part), Money::from_won(whole)).expect("whole is positive");
        let shown = rate.shown(decimals, Rounding::HalfUp);
        (shown.percent.to_string(), shown.held)
    }

    #[test]
    fn a_tie_goes_up_where_floating_point_goes_down() {
        // 3/2000 is exactly 0.15 %, and 0.15 in binary is a little less.
        assert_eq!(shown(3, 2_000, 1), ("0.2".to_owned(), Held::No));
    }

    #[test]
    fn never_a_hundred_while_something_is_left() {
        assert_eq!(shown(9_999_950, 10_000_000, 1), ("99.9".to_owned(), Held::Below));
        assert_eq!(shown(10_000_000, 10_000_000, 1), ("100.0".to_owned(), Held::No));
        assert_eq!(shown(1, 2, 8), ("50.000000".to_owned(), Held::No));
        assert_eq!(shown(9_999, 10_000, 2), ("99.99".to_owned(), Held::No));
    }

    #[test]
    fn over_a_hundred_is_shown_as_it_is() {
        assert_eq!(shown(3, 2, 1), ("150.0".to_owned(), Held::No));
        assert_eq!(shown(10_004, 10_000, 1), ("100.1".to_owned(), Held::Above));
    }

    #[test]
    fn the_headline_of_2015() {
        assert_eq!(shown(636_311_450, 637_458_000, 1).0, "99.8");
        assert_eq!(shown(636_311_450, 644_658_000, 1).0, "98.7");
    }

    #[test]
    fn a_share_is_passed_by_the_last_part_of_a_won() {
        let above = |part: i64| {
            let rate = Rate::of(Money::from_won(part), Money::from_won(3_000)).expect("whole is positive");
            rate.is_above(Share::parse("33.3%").expect("a share"))
        };
        assert_eq!((above(998), above(999), above(1_000)), (false, false, true));
    }

    #[test]
    fn there_is_no_rate_of_nothing() {
        assert_eq!(Rate::of(Money::from_won(5), Money::ZERO), None);
        assert_eq!(Rate::of(Money::ZERO, -Money::from_won(5)), None);
    }
}
