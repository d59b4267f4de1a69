//! A declared share of a whole, such as a funder's `60%`.

use rust_decimal::Decimal;
use std::str::FromStr;

/// A share between nothing and the whole, exact as it was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    of_one: Decimal,
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

    /// As a part of one.
    pub const fn of_one(self) -> Decimal {
        self.of_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact_and_bounded() {
        assert_eq!(Share::parse("60%"), Share::parse("0.6"));
        assert_eq!(Share::parse("33.3 %").expect("a share").of_one().to_string(), "0.333");
        for text in ["", "%", "101%", "1.01", "-5%", "1e-1", "half", "60%%"] {
            assert_eq!(Share::parse(text), None, "{text}");
        }
    }
}
