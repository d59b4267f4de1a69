//! Rounding: the only place where a digit is given up.

use crate::words::Word;

/// A rule by which surplus digits are given up.
///
/// The sign does not matter to any of them: 절사 and 절상 move the absolute amount, as Korean offices understand them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Rounding {
    /// 반올림: half and more goes away from zero.
    #[default]
    HalfUp,
    /// Half goes to the even neighbour (banker's rounding).
    HalfEven,
    /// Half goes toward zero, more than half away from it.
    HalfDown,
    /// 절사: surplus digits are cut.
    Floor,
    /// 절상: any surplus goes away from zero.
    Ceil,
}

impl Rounding {
    /// Every rule.
    pub const ALL: [Rounding; 5] =
        [Rounding::HalfUp, Rounding::HalfEven, Rounding::HalfDown, Rounding::Floor, Rounding::Ceil];

    /// How a year file names it.
    pub const fn name(self) -> &'static str {
        match self {
            Rounding::HalfUp => "half-up",
            Rounding::HalfEven => "half-even",
            Rounding::HalfDown => "half-down",
            Rounding::Floor => "floor",
            Rounding::Ceil => "ceil",
        }
    }

    /// What it is called where people read of it.
    pub const fn word(self) -> Word {
        match self {
            Rounding::HalfUp => Word::new("half-up", "반올림", "half-up"),
            Rounding::HalfEven => Word::new("half-even", "오사오입(짝수로)", "half-even"),
            Rounding::HalfDown => Word::new("half-down", "오사육입", "half-down"),
            Rounding::Floor => Word::new("floor", "절사", "cut (floor)"),
            Rounding::Ceil => Word::new("ceil", "절상", "raised (ceil)"),
        }
    }

    /// Reads the name that a year file uses, or its Korean name.
    pub fn parse(text: &str) -> Option<Rounding> {
        match text {
            "반올림" => Some(Rounding::HalfUp),
            "절사" => Some(Rounding::Floor),
            "절상" => Some(Rounding::Ceil),
            _ => Rounding::ALL.into_iter().find(|rule| rule.name() == text.replace('_', "-")),
        }
    }

    /// Divides and rounds to a whole number. `by` is positive.
    pub(crate) fn divide(self, number: i128, by: i128) -> i128 {
        let whole = number / by;
        let rest = (number % by).abs();
        let away = match self {
            Rounding::Floor => false,
            Rounding::Ceil => rest > 0,
            // Comparing `rest` with what is missing to `by` cannot overflow, as doubling it could.
            Rounding::HalfUp => rest >= by - rest,
            Rounding::HalfDown => rest > by - rest,
            Rounding::HalfEven => rest > by - rest || (rest == by - rest && whole % 2 != 0),
        };
        whole + if away { number.signum() } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_at_and_around_the_half() {
        let by_ten = |rule: Rounding| [14, 15, 16, 25, 20, -14, -15, -25].map(|n| rule.divide(n, 10));
        assert_eq!(by_ten(Rounding::HalfUp), [1, 2, 2, 3, 2, -1, -2, -3]);
        assert_eq!(by_ten(Rounding::HalfEven), [1, 2, 2, 2, 2, -1, -2, -2]);
        assert_eq!(by_ten(Rounding::HalfDown), [1, 1, 2, 2, 2, -1, -1, -2]);
        assert_eq!(by_ten(Rounding::Floor), [1, 1, 1, 2, 2, -1, -1, -2]);
        assert_eq!(by_ten(Rounding::Ceil), [2, 2, 2, 3, 2, -2, -2, -3]);
    }

    #[test]
    fn an_odd_divisor_has_no_half() {
        assert_eq!(Rounding::HalfUp.divide(1, 3), 0);
        assert_eq!(Rounding::HalfUp.divide(2, 3), 1);
        assert_eq!(Rounding::HalfEven.divide(2, 3), 1);
    }

    #[test]
    fn names_read_back() {
        for rule in Rounding::ALL {
            assert_eq!(Rounding::parse(rule.name()), Some(rule));
        }
        assert_eq!(Rounding::parse("절사"), Some(Rounding::Floor));
        assert_eq!(Rounding::parse("half_up"), Some(Rounding::HalfUp));
        assert_eq!(Rounding::parse("bankers"), None);
    }
}
