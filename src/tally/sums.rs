//! Sums of every measure, of which any may be absent.

use crate::ledger::{Formula, Measure, Sign};
use crate::money::Money;

/// What some lines add up to, measure by measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    amounts: [Money; Measure::ALL.len()],
    /// One bit for each measure that a line touched.
    touched: u32,
}

impl Sums {
    /// Of no lines.
    pub const NOTHING: Sums = Sums { amounts: [Money::ZERO; Measure::ALL.len()], touched: 0 };

    /// Adds the sums of other lines.
    pub fn merge(&mut self, other: &Sums) {
        for (mine, theirs) in self.amounts.iter_mut().zip(other.amounts) {
            *mine += theirs;
        }
        self.touched |= other.touched;
    }

    pub(super) fn touched(&self) -> u32 {
        self.touched
    }

    /// The sum of a measure, if a line touched it.
    pub fn get(&self, measure: Measure) -> Option<Money> {
        (self.touched & 1 << measure.index() != 0).then(|| self.amounts[measure.index()])
    }

    /// A signed sum; absent where no line touched any of its measures.
    pub fn worked(&self, formula: Formula) -> Option<Money> {
        let parts = formula.iter().filter_map(|(sign, measure)| {
            let amount = self.get(*measure)?;
            Some(if *sign == Sign::Plus { amount } else { -amount })
        });
        parts.reduce(|a, b| a + b)
    }
}

/// Sums at several places, measure by measure: what lines add to lies close together, as they touch few measures, and a
/// measure that none touches takes no room.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Of each measure, its sums at all places; nothing where no line touched it.
    amounts: [Vec<Money>; Measure::ALL.len()],
    /// As in [`Sums`], of each place.
    touched: Vec<u32>,
}

/// Two are equal where their sums are.
impl PartialEq for Columns {
    fn eq(&self, other: &Columns) -> bool {
        self.touched.len() == other.touched.len()
            && (0..self.touched.len()).all(|place| self.at(place) == other.at(place))
    }
}

impl Eq for Columns {}

impl Columns {
    /// Of no lines.
    pub(super) fn new(places: usize) -> Columns {
        Columns { amounts: std::array::from_fn(|_| Vec::new()), touched: vec![0; places] }
    }

    #[inline]
    pub(super) fn add(&mut self, place: usize, measure: Measure, amount: Money) {
        self.touched[place] |= 1 << measure.index();
        let column = &mut self.amounts[measure.index()];
        if column.is_empty() {
            column.resize(self.touched.len(), Money::ZERO);
        }
        column[place] += amount;
    }

    /// Adds the sums of other lines at the same places.
    pub(super) fn merge(&mut self, other: Columns) {
        for (mine, theirs) in self.amounts.iter_mut().zip(other.amounts) {
            if mine.is_empty() {
                *mine = theirs;
            } else {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
            }
        }
        self.touched.iter_mut().zip(other.touched).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// The sums at a place.
    pub(super) fn at(&self, place: usize) -> Sums {
        let amounts = std::array::from_fn(|measure| self.amounts[measure].get(place).copied().unwrap_or(Money::ZERO));
        Sums { amounts, touched: self.touched[place] }
    }

    /// The sums at all places.
    pub(super) fn all(&self) -> Vec<Sums> {
        (0..self.touched.len()).map(|place| self.at(place)).collect()
    }
}
