//! Amounts spelled out in Hangul, as approved documents have them beside the digits (행정업무규정 시행규칙 §2②).

use super::Money;

const DIGITS: [char; 10] = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
const WITHIN: [&str; 4] = ["", "십", "백", "천"];
const BEYOND: [&str; 6] = ["", "만", "억", "조", "경", "해"];

impl Money {
    /// `일백이십오만구천오백오십` for 1,259,550; every 일 is written, so that none can be put in. Nothing for an amount
    /// that is negative, is no whole number of won, or is beyond 해.
    pub fn in_hangul(self) -> Option<String> {
        let won = Money::from_won(1).parts();
        if self.is_negative() || self.parts() % won != 0 {
            return None;
        }
        let mut left = self.parts() / won;
        if left == 0 {
            return Some(DIGITS[0].to_string());
        }
        let mut groups = Vec::new();
        while left > 0 {
            groups.push(left % 10_000);
            left /= 10_000;
        }
        if groups.len() > BEYOND.len() {
            return None;
        }
        let spelled = groups.iter().enumerate().rev().filter(|(_, group)| **group > 0);
        Some(spelled.map(|(n, group)| format!("{}{}", below_ten_thousand(*group), BEYOND[n])).collect())
    }
}

fn below_ten_thousand(number: i128) -> String {
    let mut text = String::new();
    for (place, unit) in WITHIN.iter().enumerate().rev() {
        let digit = number / 10_i128.pow(u32::try_from(place).unwrap_or(0)) % 10;
        if let Ok(digit @ 1..) = usize::try_from(digit) {
            text.push(DIGITS[digit]);
            text.push_str(unit);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_spelled_with_every_one() {
        for (won, spelled) in [
            (113_560, "일십일만삼천오백육십"),
            (1_259_550, "일백이십오만구천오백오십"),
            (0, "영"),
            (10, "일십"),
            (10_000, "일만"),
            (100_000_001, "일억일"),
            (1_000_000_000_000_000, "일천조"),
            (20_503, "이만오백삼"),
        ] {
            assert_eq!(Money::from_won(won).in_hangul().as_deref(), Some(spelled));
        }
        assert_eq!(Money::from_won(-1).in_hangul(), None);
        assert_eq!(Money::from_parts(1).in_hangul(), None);
    }
}
