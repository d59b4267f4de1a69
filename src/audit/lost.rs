//! Rows that a published table lost, or has twice: what is missing in most columns at once is a row, not a figure.

use super::misprint::{Cause, Misprint, Scene, Tie};
use super::tie::SumPlace;
use std::collections::{BTreeMap, BTreeSet};

impl Scene<'_> {
    /// Rows that are missing below another or stand there twice. A figure that is wrong breaks what it says across its
    /// row as well; a row that is missing breaks nothing but the sums of most columns at once.
    pub(super) fn rows(&self, groups: &[Vec<Tie>]) -> (Vec<Misprint>, BTreeSet<Tie>) {
        let mut broken: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for ties in groups {
            // A rate of what is missing may be wrong by it; a sum across may not.
            for tie in ties {
                if let Tie::Sum(sum) = tie
                    && let SumPlace::Down { row, column } = self.sheet.sums[*sum].place
                    && ties.iter().all(|tie| matches!(tie, Tie::Sum(sum) if matches!(self.sheet.sums[*sum].place, SumPlace::Down { .. })))
                {
                    broken.entry(row).or_default().push((*sum, column));
                }
            }
        }
        let (mut found, mut told) = (Vec::new(), BTreeSet::new());
        if broken.is_empty() {
            return (found, told);
        }
        let mut all: BTreeMap<usize, usize> = BTreeMap::new();
        for sum in &self.sheet.sums {
            if let SumPlace::Down { row, .. } = sum.place {
                *all.entry(row).or_default() += 1;
            }
        }
        for (whole, mut columns) in broken {
            columns.sort_by_key(|(_, column)| *column);
            if let Some(cause) = self.row_cause(whole, &columns, all[&whole]) {
                let ties: Vec<Tie> = columns.iter().map(|(sum, _)| Tie::Sum(*sum)).collect();
                found.push(self.misprint(&ties, cause));
                told.extend(ties);
            }
        }
        (found, told)
    }

    fn row_cause(&self, whole: usize, columns: &[(usize, usize)], all: usize) -> Option<Cause> {
        let sheet = self.sheet;
        if columns.len() < 2 || columns.len() * 3 < all * 2 {
            return None;
        }
        let missing: Vec<(usize, i128)> =
            columns.iter().map(|(sum, column)| (*column, -sheet.sums[*sum].residual(sheet))).collect();
        // Too much by just what one of the rows says, column by column.
        let is_twice = |row: usize| {
            columns.iter().all(|(sum, column)| self.implied(Tie::Sum(*sum), sheet.cell(row, *column)).has(0))
        };
        // Of two rows that say the same the second is the one too many.
        let same = |a: usize, b: usize| {
            (0..sheet.columns.len()).all(|n| sheet.figure(sheet.cell(a, n)) == sheet.figure(sheet.cell(b, n)))
        };
        let own: Vec<usize> = (0..sheet.rows.len()).filter(|row| sheet.rows[*row].parent == Some(whole)).collect();
        let twice = own.iter().copied().find(|row| is_twice(*row));
        let twice = twice.map(|row| own.iter().copied().find(|other| *other > row && same(row, *other)).unwrap_or(row));
        // All that is missing has one sign, as a row's figures have.
        let is_row = missing.iter().all(|(_, by)| *by > 0);
        (twice.is_some() || is_row).then_some(Cause::Rows { whole, missing, twice })
    }
}
