//! An amount divided by weights, to the last won: the largest remainders get what is missing.

use super::Money;

impl Money {
    /// Divides by weights, none of them negative, in whole won (in ten-thousandths where the amount has such).
    ///
    /// Each part is cut, and what is missing goes won by won to the largest parts cut off, of equal ones to the first.
    /// So the parts add up to the whole. Nothing where all weights are nothing.
    pub fn divided(self, weights: &[i128]) -> Option<Vec<Money>> {
        let sum: i128 = weights.iter().sum();
        if sum <= 0 || weights.iter().any(|weight| *weight < 0) {
            return None;
        }
        let won = Money::from_won(1).parts();
        let unit = if self.parts() % won == 0 { won } else { 1 };
        let whole = self.parts().abs() / unit;
        let (mut parts, mut rests): (Vec<i128>, Vec<(usize, i128)>) = (Vec::new(), Vec::new());
        for (n, weight) in weights.iter().enumerate() {
            let (part, rest) = multiplied_and_divided(whole, *weight, sum);
            parts.push(part);
            rests.push((n, rest));
        }
        let missing = whole - parts.iter().sum::<i128>();
        // A stable sort: of equal remainders the first comes first.
        rests.sort_by_key(|(_, rest)| std::cmp::Reverse(*rest));
        for (n, _) in rests.iter().take(usize::try_from(missing).unwrap_or(0)) {
            parts[*n] += 1;
        }
        Some(parts.into_iter().map(|part| Money::from_parts(part * unit * self.parts().signum())).collect())
    }

    /// What a part of it comes to, cut to a ten-thousandth of a won; for amounts that are not negative.
    pub(super) fn cut_part(self, weight: i128, whole: i128) -> Money {
        Money::from_parts(multiplied_and_divided(self.parts(), weight, whole).0)
    }

    /// The amount as a weight to divide by.
    pub fn as_weight(self) -> i128 {
        self.parts()
    }

    /// Without what does not fill `won`: toward nothing.
    pub fn cut_to(self, won: i64) -> Money {
        let unit = Money::from_won(won.max(1)).parts();
        Money::from_parts(self.parts() / unit * unit)
    }
}

/// `number × by ÷ over` and what is left, without the product, which may not fit: bit by bit, as on paper.
fn multiplied_and_divided(number: i128, by: i128, over: i128) -> (i128, i128) {
    let (whole, rest) = (number / over * by, number % over);
    let (mut quotient, mut left) = (0_i128, 0_i128);
    for bit in (0..i128::BITS - by.leading_zeros()).rev() {
        quotient *= 2;
        left *= 2;
        if left >= over {
            left -= over;
            quotient += 1;
        }
        if by >> bit & 1 == 1 {
            left += rest;
            if left >= over {
                left -= over;
                quotient += 1;
            }
        }
    }
    (whole + quotient, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(won: i64, weights: &[i128]) -> Vec<String> {
        let parts = Money::from_won(won).divided(weights).expect("some weight");
        parts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_missing_goes_to_the_largest_remainders() {
        // 도비/시비/자부담 1:1:1 of nine million, as grantors' guides have it.
        assert_eq!(divided(9_000_000, &[1, 1, 1]), ["3000000", "3000000", "3000000"]);
        assert_eq!(divided(464_693_009, &[50, 30, 20]), ["232346504", "139407903", "92938602"]);
        assert_eq!(divided(500_135, &[50, 30, 20]), ["250068", "150040", "100027"], "of equal ones the first");
        assert_eq!(divided(-5, &[1, 1]), ["-3", "-2"]);
        assert_eq!(divided(1, &[0, 1]), ["0", "1"]);
    }

    #[test]
    fn parts_of_a_won_are_divided_where_there_are_such() {
        let parts = Money::from_parts(10_001).divided(&[1, 1]).expect("some weight");
        assert_eq!(parts.iter().map(ToString::to_string).collect::<Vec<_>>(), ["0.5001", "0.5"]);
    }

    #[test]
    fn amounts_whose_product_fits_nowhere_are_divided_exactly() {
        let (much, more) = (Money::LARGEST.parts() * 1_000_000, Money::LARGEST.parts() * 999_999);
        let parts = Money::from_parts(much).divided(&[much, more, 7]).expect("some weight");
        assert_eq!(parts.into_iter().sum::<Money>(), Money::from_parts(much));
    }

    #[test]
    fn there_is_nothing_to_divide_by() {
        assert_eq!(Money::from_won(5).divided(&[]), None);
        assert_eq!(Money::from_won(5).divided(&[0, 0]), None);
        assert_eq!(Money::from_won(5).divided(&[2, -1]), None);
    }

    #[test]
    fn below_ten_won_is_dropped() {
        assert_eq!(Money::from_won(7_945_006).cut_to(10), Money::from_won(7_945_000));
        assert_eq!(Money::from_won(-16).cut_to(10), Money::from_won(-10));
        assert_eq!(Money::from_parts(12_345).cut_to(1), Money::from_won(1));
    }
}
