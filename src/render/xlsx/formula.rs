//! Signed sums of cells and of lines, written as one formula.
//!
//! Law: a formula is written only where what it comes to is known to be the amount, to the last digit, in whatever order
//! a program adds up.

use super::effects::Sum;
use super::exact::{self, Grain, signed};
use super::names;
use crate::ledger::Sign;
use crate::money::Money;

/// The most arguments that a SUM is given.
const MOST: usize = 100;

/// The most characters of a formula; Excel takes 8,192.
const LONGEST: usize = 8_000;

/// A part of a signed sum.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) sign: Sign,
    pub(super) atom: Atom,
    /// What the atom comes to, without the sign.
    pub(super) amount: Money,
}

/// What a part of a sum is.
#[derive(Clone, Debug)]
pub(super) enum Atom {
    /// A cell of the sheet in won: row and column, from 0.
    Cell(u32, u16),
    /// A sum of lines.
    Lines(Vec<(Sign, String)>, Sum),
    /// A number that stands in a file.
    Number,
}

/// Why there is no formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fixed {
    /// It stands in a file: nothing is worked out.
    Read,
    /// The lines are too many to be in the workbook.
    LinesLeftOut,
    /// What was divided to the last won.
    Divided,
    /// A program of spreadsheets would not come to the last digit.
    TooLarge,
    /// No cell says what it was worked out from.
    Untold,
}

/// The signed sum as a formula without its `=`, which comes to an amount.
pub(super) fn written(parts: &[Part], exact: Money) -> Result<String, Fixed> {
    let total: Money = parts.iter().map(|part| signed(part.sign, part.amount)).sum();
    if total != exact || parts.is_empty() {
        return Err(Fixed::Untold);
    }
    let grain = parts.iter().fold(Grain::of(exact), |grain, part| grain.and(Grain::of(part.amount)));
    let held = |part: &Part| match &part.atom {
        Atom::Lines(_, sum) => sum.unheld == 0,
        Atom::Cell(..) | Atom::Number => exact::holds_won(part.amount),
    };
    let absolute = parts.iter().map(|part| match &part.atom {
        Atom::Lines(_, sum) => sum.absolute,
        Atom::Cell(..) | Atom::Number => part.amount.abs().parts(),
    });
    if !exact::holds_won(exact) || !parts.iter().all(held) || !grain.adds_up(absolute.sum()) {
        return Err(Fixed::TooLarge);
    }
    let text = text(parts).ok_or(Fixed::TooLarge)?;
    // Parts of a won are no doubles: what is left over by adding them is dropped.
    match (grain, parts) {
        (Grain::Won, _) | (Grain::Parts, [_]) => Ok(text),
        (Grain::Parts, _) => Ok(format!("ROUND({text},4)")),
    }
}

/// The text; nothing where it would be too long.
fn text(parts: &[Part]) -> Option<String> {
    let mut terms: Vec<(Sign, String)> = Vec::new();
    let added: Vec<(u32, u16)> = parts.iter().filter_map(added_cell).collect();
    let together = added.len() > 2;
    if together {
        let runs = runs(&added);
        if runs.len() > MOST {
            return None;
        }
        terms.push((Sign::Plus, format!("SUM({})", runs.join(","))));
    }
    for part in parts {
        match &part.atom {
            Atom::Cell(..) if together && part.sign == Sign::Plus => {}
            Atom::Cell(row, column) => terms.push((part.sign, names::address(*row, *column))),
            Atom::Number if part.amount.is_negative() => terms.push((against(part.sign), (-part.amount).to_string())),
            Atom::Number => terms.push((part.sign, part.amount.to_string())),
            Atom::Lines(lines, _) => terms.extend(lines.iter().map(|(sign, text)| {
                let sign = if part.sign == Sign::Plus { *sign } else { against(*sign) };
                (sign, text.clone())
            })),
        }
    }
    // What is added stands first, so that a formula does not begin with what it takes away.
    terms.sort_by_key(|(sign, _)| *sign == Sign::Minus);
    Some(super::sumifs::joined(&terms)).filter(|text| text.len() <= LONGEST)
}

fn added_cell(part: &Part) -> Option<(u32, u16)> {
    match part.atom {
        Atom::Cell(row, column) if part.sign == Sign::Plus => Some((row, column)),
        _ => None,
    }
}

/// The other sign.
pub(super) const fn against(sign: Sign) -> Sign {
    match sign {
        Sign::Plus => Sign::Minus,
        Sign::Minus => Sign::Plus,
    }
}

/// Cells as ranges, where they stand below one another.
fn runs(cells: &[(u32, u16)]) -> Vec<String> {
    let mut runs: Vec<(u32, u32, u16)> = Vec::new();
    for (row, column) in cells {
        match runs.last_mut() {
            Some((_, last, same)) if same == column && *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row, *column)),
        }
    }
    let text = |(first, last, column): &(u32, u32, u16)| match first == last {
        true => names::address(*first, *column),
        false => format!("{}:{}", names::address(*first, *column), names::address(*last, *column)),
    };
    runs.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Sign::{Minus, Plus};

    fn cell(sign: Sign, row: u32, won: i64) -> Part {
        Part { sign, atom: Atom::Cell(row, 2), amount: Money::from_won(won) }
    }

    #[test]
    fn a_sum_is_written_where_it_comes_to_the_amount() {
        let parts = [cell(Minus, 4, 3), cell(Plus, 5, 10)];
        assert_eq!(written(&parts, Money::from_won(7)), Ok("C6-C5".to_owned()));
        assert_eq!(written(&parts, Money::from_won(8)), Err(Fixed::Untold));
        assert_eq!(written(&[], Money::ZERO), Err(Fixed::Untold));
    }

    #[test]
    fn cells_below_one_another_are_a_range() {
        let rows = [cell(Plus, 4, 1), cell(Plus, 5, 1), cell(Plus, 6, 1), cell(Plus, 9, 1), cell(Minus, 7, 1)];
        assert_eq!(written(&rows, Money::from_won(3)), Ok("SUM(C5:C7,C10)-C8".to_owned()));
        let scattered: Vec<Part> = (0..101).map(|n| cell(Plus, n * 2, 1)).collect();
        assert_eq!(written(&scattered, Money::from_won(101)), Err(Fixed::TooLarge));
    }

    #[test]
    fn what_a_spreadsheet_cannot_add_up_is_not_written() {
        let large = [cell(Plus, 0, 9_000_000_000_000_000), cell(Minus, 1, 8_000_000_000_000_000)];
        assert_eq!(written(&large, Money::from_won(1_000_000_000_000_000)), Err(Fixed::TooLarge));
        let number = |parts| Part { sign: Plus, atom: Atom::Number, amount: Money::from_parts(parts) };
        let small = [number(1), number(2)];
        assert_eq!(written(&small, Money::from_parts(3)), Ok("ROUND(0.0001+0.0002,4)".to_owned()));
    }
}
