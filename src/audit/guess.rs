//! Why a figure may be wrong: slips of hand that would let it be right. Guesses, and called so.

use super::sheet::{CellId, Sheet, Sort};
use crate::money::{Figure, Range, Reading};

/// What may have happened to a figure. The figure is what would stand there without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guess {
    /// Two digits that stand side by side changed places.
    Swapped(Figure),
    /// The sign was left out, or put where there is none.
    Sign(Figure),
    /// It is in another unit: so many times too large, or too small below nothing, as a power of ten.
    Unit {
        /// The power of ten.
        power: i32,
        /// What would stand there.
        figure: Figure,
    },
    /// It is the figure of another cell: of another column of its row, or of the row beside it.
    Copied(CellId),
    /// One digit is another.
    Misread(Figure),
    /// A digit was left out.
    Missing(Figure),
    /// There is a digit too many.
    Extra(Figure),
}

/// The guesses about a cell that would have to lie in a range, the likeliest first.
pub fn guesses(sheet: &Sheet, cell: CellId, would: Range, reading: Reading) -> Vec<Guess> {
    let (Some(figure), Some(_)) = (sheet.figure(cell), sheet.unit(cell)) else { return Vec::new() };
    let step = sheet.step(cell);
    let fits = |figure: &Figure| !reading.range(figure.digits(), step).meet(would).is_empty();
    let mut found: Vec<Guess> =
        slips(figure).into_iter().filter(|(figure, _)| fits(figure)).map(|(_, guess)| guess).collect();
    found.extend(copied(sheet, cell).map(Guess::Copied));
    found.extend(only(misread(figure).into_iter().filter(fits)).map(Guess::Misread));
    found.extend(only(missing(figure).into_iter().filter(fits)).map(Guess::Missing));
    found.extend(only(extra(figure).into_iter().filter(fits)).map(Guess::Extra));
    found
}

/// The guesses about a figure that would have to be another: for figures that stand in no table.
pub fn between(printed: Figure, right: Figure) -> Vec<Guess> {
    let is = |figure: &Figure| figure == &right;
    let mut found: Vec<Guess> =
        slips(printed).into_iter().filter(|(figure, _)| is(figure)).map(|(_, guess)| guess).collect();
    found.extend(misread(printed).into_iter().find(is).map(Guess::Misread));
    found.extend(missing(printed).into_iter().find(is).map(Guess::Missing));
    found.extend(extra(printed).into_iter().find(is).map(Guess::Extra));
    found
}

/// The only one of some figures; several would be no guess but a search.
fn only(mut figures: impl Iterator<Item = Figure>) -> Option<Figure> {
    let first = figures.next()?;
    figures.all(|figure| figure == first).then_some(first)
}

/// Its digits, most significant first.
fn digits(figure: Figure) -> Vec<u8> {
    figure.digits().unsigned_abs().to_string().into_bytes()
}

fn with(figure: Figure, digits: &[u8]) -> Option<Figure> {
    let number: i128 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(figure.with_digits(if figure.is_negative() { -number } else { number }))
}

/// Slips that change the whole figure in one way.
fn slips(figure: Figure) -> Vec<(Figure, Guess)> {
    let mut found = Vec::new();
    let all = digits(figure);
    for n in 1..all.len() {
        let mut swapped = all.clone();
        swapped.swap(n - 1, n);
        if swapped != all {
            found.extend(with(figure, &swapped).map(|figure| (figure, Guess::Swapped(figure))));
        }
    }
    let negated = figure.with_digits(-figure.digits());
    found.push((negated, Guess::Sign(negated)));
    for power in [3_u32, 6, 8, 1, 2] {
        let by = 10_i128.pow(power);
        let signed = i32::try_from(power).unwrap_or_default();
        if figure.digits() % by == 0 && !figure.is_zero() {
            let smaller = figure.with_digits(figure.digits() / by);
            found.push((smaller, Guess::Unit { power: signed, figure: smaller }));
        }
        if let Some(larger) = figure.digits().checked_mul(by) {
            let larger = figure.with_digits(larger);
            found.push((larger, Guess::Unit { power: -signed, figure: larger }));
        }
    }
    found
}

fn misread(figure: Figure) -> Vec<Figure> {
    let all = digits(figure);
    let change = |(n, digit): (usize, u8)| {
        let mut other = all.clone();
        other[n] = digit;
        with(figure, &other).filter(|other| *other != figure)
    };
    (0..all.len()).flat_map(|n| (b'0'..=b'9').map(move |digit| (n, digit))).filter_map(change).collect()
}

fn missing(figure: Figure) -> Vec<Figure> {
    let all = digits(figure);
    let put = |(n, digit): (usize, u8)| {
        let mut other = all.clone();
        other.insert(n, digit);
        with(figure, &other)
    };
    (0..=all.len()).flat_map(|n| (b'0'..=b'9').map(move |digit| (n, digit))).filter_map(put).collect()
}

fn extra(figure: Figure) -> Vec<Figure> {
    let all = digits(figure);
    let without = |n: usize| {
        let mut other = all.clone();
        other.remove(n);
        with(figure, &other)
    };
    (0..all.len()).filter_map(without).collect()
}

/// A cell that says the same: of its row, or of the rows right above and below.
fn copied(sheet: &Sheet, cell: CellId) -> Option<CellId> {
    let (row, column) = sheet.place(cell);
    let figure = sheet.figure(cell).filter(|figure| !figure.is_zero())?;
    let is_same =
        |other: &CellId| *other != cell && sheet.unit(*other).is_some() && sheet.figure(*other) == Some(figure);
    let amounts = (0..sheet.columns.len()).filter(|n| matches!(sheet.columns[*n].sort, Sort::Amount(_)));
    let across = amounts.map(|n| sheet.cell(row, n));
    let beside = [row.checked_sub(1), Some(row + 1).filter(|below| *below < sheet.rows.len())];
    let beside = beside.into_iter().flatten().map(|row| sheet.cell(row, column));
    // A figure of one or two digits is met again by chance.
    if figure.digits().abs() < 100 { None } else { across.chain(beside).find(is_same) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(printed: &str, right: &str) -> Option<Guess> {
        let read = |text: &str| Figure::parse(text).expect("a figure").expect("not nil");
        between(read(printed), read(right)).into_iter().next()
    }

    #[test]
    fn slips_of_hand_are_known() {
        let read = |text: &str| Figure::parse(text).expect("a figure").expect("not nil");
        assert_eq!(first("91.86", "91.84"), Some(Guess::Misread(read("91.84"))));
        assert_eq!(first("232,917", "232,197"), Some(Guess::Swapped(read("232,197"))));
        assert_eq!(first("326", "△326"), Some(Guess::Sign(read("△326"))));
        assert_eq!(first("113,000", "113"), Some(Guess::Unit { power: 3, figure: read("113") }));
        assert_eq!(first("113", "113,000"), Some(Guess::Unit { power: -3, figure: read("113,000") }));
        assert_eq!(first("26,500", "261,500"), Some(Guess::Missing(read("261,500"))));
        assert_eq!(first("2,615,500", "261,500"), Some(Guess::Extra(read("261,500"))));
        assert_eq!(first("12,345", "98,765"), None);
    }
}
