//! What ties the cells of a printed table together.

use super::sheet::{CellId, Sheet};
use crate::ledger::Sign;
use crate::money::{Figure, Range, Reading, Rounding};

/// Cells whose signed sum is nothing; the first is what follows from the others, taken away.
#[derive(Clone, Debug)]
pub struct Sum {
    /// Where it is claimed.
    pub place: SumPlace,
    /// The cells.
    pub terms: Vec<(Sign, CellId)>,
}

/// Where cells are claimed to add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumPlace {
    /// A row is the sum of those below it.
    Down {
        /// The row.
        row: usize,
        /// In this column.
        column: usize,
    },
    /// A column follows from others, in a row.
    Across {
        /// The row.
        row: usize,
        /// Which of the sheet's identities.
        identity: usize,
    },
}

/// A cell that is what others come to as a part of a whole.
#[derive(Clone, Debug)]
pub struct Rate {
    /// The cell that prints the rate.
    pub target: CellId,
    /// What is a part.
    pub parts: Vec<(Sign, CellId)>,
    /// Of what.
    pub whole: CellId,
    /// What the whole would be printed as: 100 in per cent.
    pub scale: u32,
}

fn signed(sign: Sign, range: Range) -> Range {
    match sign {
        Sign::Plus => range,
        Sign::Minus => range.negated(),
    }
}

fn total<'a>(terms: impl Iterator<Item = &'a (Sign, CellId)>, ranges: &[Range]) -> Range {
    terms.fold(Range::only(0), |sum, (sign, cell)| sum.plus(signed(*sign, ranges[*cell])))
}

impl Sum {
    /// The cell that follows from the others.
    pub fn target(&self) -> CellId {
        self.terms[0].1
    }

    /// What the others come to, less what is printed: the parts minus the whole, in grains.
    pub fn residual(&self, sheet: &Sheet) -> i128 {
        let values = self.terms.iter().map(|(sign, cell)| match sign {
            Sign::Plus => sheet.value(*cell),
            Sign::Minus => -sheet.value(*cell),
        });
        values.sum()
    }

    /// What its cells come to, whatever lies in their ranges.
    pub(super) fn total(&self, ranges: &[Range]) -> Range {
        total(self.terms.iter(), ranges)
    }

    /// How far the cells are from coming to nothing, whatever lies in their ranges; nothing where they may.
    pub fn gap(&self, ranges: &[Range]) -> i128 {
        total(self.terms.iter(), ranges).gap_to(Range::only(0)).saturating_neg()
    }

    /// What a cell of it has to be, as the others are.
    pub fn implied(&self, cell: CellId, ranges: &[Range]) -> Option<Range> {
        let (sign, _) = self.terms.iter().find(|(_, at)| *at == cell)?;
        let others = total(self.terms.iter().filter(|(_, at)| *at != cell), ranges);
        Some(signed(*sign, others.negated()))
    }

    /// Narrows every cell to what the others leave it; says whether any was, or that nothing is left of one.
    pub(super) fn narrow(&self, ranges: &mut [Range]) -> Result<Narrowed, Impossible> {
        let (mut low, mut high, mut open_below, mut open_above) = (0_i128, 0_i128, 0_usize, 0_usize);
        for (sign, cell) in &self.terms {
            let range = signed(*sign, ranges[*cell]);
            if range.is_bounded_below() {
                low += range.low
            } else {
                open_below += 1
            }
            if range.is_bounded_above() { high += range.high } else { open_above += 1 }
        }
        let mut narrowed = Narrowed::No;
        for (sign, cell) in &self.terms {
            let range = signed(*sign, ranges[*cell]);
            let (own_low, own_high) = (range.is_bounded_below(), range.is_bounded_above());
            // Nothing is known of what the others come to where one of them is open on that side.
            let others_low = (open_below == usize::from(!own_low)).then(|| if own_low { low - range.low } else { low });
            let others_high =
                (open_above == usize::from(!own_high)).then(|| if own_high { high - range.high } else { high });
            let allowed = Range {
                low: others_high.map_or(Range::ANYTHING.low, |high| -high),
                high: others_low.map_or(Range::ANYTHING.high, |low| -low),
            };
            let left = range.meet(allowed);
            if left.is_empty() {
                return Err(Impossible);
            }
            if left != range {
                ranges[*cell] = signed(*sign, left);
                narrowed = Narrowed::Yes;
            }
        }
        Ok(narrowed)
    }
}

/// Nothing is left of some cell of a sum: it cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible;

/// Whether something was narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrowed {
    /// Nothing.
    No,
    /// Something.
    Yes,
}

/// The bounds of a printed rate, doubled so that halves are whole: each may or may not belong to it.
struct Bounds {
    low: i128,
    high: i128,
    with_low: bool,
    with_high: bool,
}

fn bounds(reading: Reading, digits: i128) -> Bounds {
    let twice = digits * 2;
    let of = |below: i128, with_low: bool, above: i128, with_high: bool| Bounds {
        low: twice - below,
        high: twice + above,
        with_low,
        with_high,
    };
    match reading {
        Reading::Exactly => of(0, true, 0, true),
        _ if digits < 0 => of(2, false, 2, false),
        Reading::By(Rounding::HalfUp) => of(1, true, 1, false),
        Reading::By(Rounding::HalfDown) => of(1, false, 1, true),
        Reading::By(Rounding::HalfEven) => of(1, digits % 2 == 0, 1, digits % 2 == 0),
        Reading::By(Rounding::Floor) if digits == 0 => of(2, false, 2, false),
        Reading::By(Rounding::Floor) => of(0, true, 2, false),
        Reading::By(Rounding::Ceil) => of(2, false, 0, true),
    }
}

impl Rate {
    /// Whether the rate that is printed may be that of amounts within these ranges; what is too large to tell may.
    pub fn holds(&self, sheet: &Sheet, reading: Reading, ranges: &[Range]) -> bool {
        sheet.figure(self.target).is_none_or(|figure| self.holds_with(figure, reading, &|cell| ranges[cell]))
    }

    /// The same of any figure, and of ranges that are worked out as they are asked for.
    pub(super) fn holds_with(&self, figure: Figure, reading: Reading, range: &dyn Fn(CellId) -> Range) -> bool {
        let signed_range = |(sign, cell): &(Sign, CellId)| signed(*sign, range(*cell));
        let part = self.parts.iter().map(signed_range).fold(Range::only(0), Range::plus);
        let whole = range(self.whole);
        if whole.low <= 0 || !part.is_bounded_below() || !part.is_bounded_above() || !whole.is_bounded_above() {
            return true;
        }
        // The least and the most that the rate can be: each end over the whole that makes it so.
        let least = (part.low, if part.low < 0 { whole.low } else { whole.high });
        let most = (part.high, if part.high < 0 { whole.high } else { whole.low });
        let printed = bounds(reading, figure.digits());
        let scale = i128::from(self.scale) * 2 * 10_i128.pow(figure.decimals());
        // part/whole × scale against the doubled bound, without a division.
        let compared =
            |(part, whole): (i128, i128), bound: i128| Some(part.checked_mul(scale)?.cmp(&bound.checked_mul(whole)?));
        let above =
            compared(most, printed.low).is_none_or(|order| order.is_gt() || (order.is_eq() && printed.with_low));
        let below =
            compared(least, printed.high).is_none_or(|order| order.is_lt() || (order.is_eq() && printed.with_high));
        above && below
    }

    /// What a rate says that one of the amounts behind it has to be, as the others are; anything where it cannot tell.
    pub fn implied(&self, sheet: &Sheet, reading: Reading, cell: CellId, ranges: &[Range]) -> Range {
        let (Some(figure), [(Sign::Plus, part)]) = (sheet.figure(self.target), self.parts.as_slice()) else {
            return Range::ANYTHING;
        };
        let printed = bounds(reading, figure.digits());
        let Some(scale) = 10_i128.checked_pow(figure.decimals()).map(|power| power * 2 * i128::from(self.scale)) else {
            return Range::ANYTHING;
        };
        let (part, whole) = (*part, self.whole);
        let of = |a: i128, by: i128, over: i128| a.checked_mul(by).map(|product| (product, over));
        let within = if cell == part && ranges[whole].low > 0 && printed.low >= 0 {
            let (low, high) = (ranges[whole].low, ranges[whole].high);
            (of(low, printed.low, scale), of(high, printed.high, scale))
        } else if cell == whole && ranges[part].low > 0 && printed.low > 0 {
            let (low, high) = (ranges[part].low, ranges[part].high);
            (of(low, scale, printed.high), of(high, scale, printed.low))
        } else {
            return Range::ANYTHING;
        };
        match within {
            // Rounded outward: what is at the bound itself stays in.
            (Some((low, by)), Some((high, over))) => Range { low: low.div_euclid(by), high: -(-high).div_euclid(over) },
            _ => Range::ANYTHING,
        }
    }

    /// Every cell that it ties together.
    pub fn cells(&self) -> impl Iterator<Item = CellId> + '_ {
        [self.target, self.whole].into_iter().chain(self.parts.iter().map(|(_, cell)| *cell))
    }

    /// The rate that the printed amounts have, to so many decimals; none of a whole of nothing.
    pub fn of_printed(&self, sheet: &Sheet, rounding: Rounding, decimals: u32) -> Option<Figure> {
        let values = self.parts.iter().map(|(sign, cell)| match sign {
            Sign::Plus => sheet.value(*cell),
            Sign::Minus => -sheet.value(*cell),
        });
        let (part, whole) = (values.sum::<i128>(), sheet.value(self.whole));
        Figure::ratio(part, whole, self.scale, decimals, rounding)
    }
}
