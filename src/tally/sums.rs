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

    pub(super) fn add(&mut self, measure: Measure, amount: Money) {
        self.amounts[measure.index()] += amount;
        self.touched |= 1 << measure.index();
    }

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
