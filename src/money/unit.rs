//! The units that Korean budget tables are printed in.

use crate::words::{self, Word};

/// A unit of won: amounts in files and on pages are multiples of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum Unit {
    /// 원, one won: settlements.
    #[default]
    Won,
    /// 천원, a thousand won: budget books and council reports.
    Thousand,
    /// 백만원, a million won.
    Million,
    /// 억원, a hundred million won.
    HundredMillion,
    /// 십억원, a billion won: national accounts.
    Billion,
    /// 조원, a trillion won: budgets of the state.
    Trillion,
}

impl Unit {
    /// Every unit, from small to large.
    pub const ALL: [Unit; 6] =
        [Unit::Won, Unit::Thousand, Unit::Million, Unit::HundredMillion, Unit::Billion, Unit::Trillion];

    /// The names that files use.
    pub const NAMES: [&str; 6] = ["원", "천원", "백만원", "억원", "십억원", "조원"];

    /// The power of ten that makes it of a won.
    pub const fn power(self) -> u32 {
        match self {
            Unit::Won => 0,
            Unit::Thousand => 3,
            Unit::Million => 6,
            Unit::HundredMillion => 8,
            Unit::Billion => 9,
            Unit::Trillion => 12,
        }
    }

    /// How it is printed.
    pub const fn word(self) -> Word {
        match self {
            Unit::Won => words::WON,
            Unit::Thousand => words::THOUSAND_WON,
            Unit::Million => words::MILLION_WON,
            Unit::HundredMillion => words::HUNDRED_MILLION_WON,
            Unit::Billion => words::BILLION_WON,
            Unit::Trillion => words::TRILLION_WON,
        }
    }

    /// Reads the Korean label, the id or the English name of a unit.
    pub fn parse(text: &str) -> Option<Unit> {
        let named = Unit::ALL.into_iter().find(|unit| {
            let word = unit.word();
            text == word.ko || text.eq_ignore_ascii_case(word.en) || text.eq_ignore_ascii_case(word.id)
        });
        named.or_else(|| match text.to_ascii_lowercase().as_str() {
            "krw" => Some(Unit::Won),
            "thousand" => Some(Unit::Thousand),
            "million" => Some(Unit::Million),
            "100 million" | "hundred million" => Some(Unit::HundredMillion),
            "billion" => Some(Unit::Billion),
            "trillion" => Some(Unit::Trillion),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_known_by_each_of_its_names() {
        for (text, unit) in [
            ("원", Unit::Won),
            ("KRW", Unit::Won),
            ("천원", Unit::Thousand),
            ("thousand", Unit::Thousand),
            ("백만원", Unit::Million),
            ("million won", Unit::Million),
            ("억원", Unit::HundredMillion),
            ("100 million", Unit::HundredMillion),
        ] {
            assert_eq!(Unit::parse(text), Some(unit), "{text}");
        }
        assert_eq!(Unit::parse("만원"), None);
    }
}
