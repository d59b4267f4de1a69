//! Which ways of rounding make a whole table possible.
//!
//! A way of rounding is tried for all columns, and for each column apart. Under each, every cell may have been any amount
//! that is printed so; the ties between cells narrow that, sweep by sweep, until nothing changes or nothing is left of
//! one. Sums of ranges are ranges, so along a tree of rows one sweep up and one down say all there is to say; what
//! columns claim across one another is kept at every row as well.
//!
//! # Why
//!
//! **Trying instead of tolerating.** Half a unit for each cell is more than any one rule gives: five costs that come to
//! three units more than they should are within five halves and a half, and yet no rule prints them so.
//!
//! **A column that is not tried yet may be any.** A search that goes wrong early is cut short: a column whose rule is
//! still open takes the range of all rules together, and what is impossible so is impossible whatever comes.

use super::sheet::Sheet;
use super::tie::{Impossible, Narrowed};
use crate::money::{Range, Reading};

/// What a way of rounding makes of a table.
#[derive(Clone, Debug)]
pub struct Hypothesis {
    /// The reading of each column.
    pub readings: Vec<Reading>,
    /// Whether it is possible.
    pub outcome: Outcome,
}

/// Whether a table is possible.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is, with these ranges left to its cells.
    Possible(Vec<Range>),
    /// It is not: this sum is the first that cannot be.
    Refuted(usize),
}

impl Outcome {
    /// The ranges that are left, where it is possible.
    pub fn ranges(&self) -> Option<&[Range]> {
        match self {
            Outcome::Possible(ranges) => Some(ranges),
            Outcome::Refuted(_) => None,
        }
    }
}

/// What became of all the ways that were tried.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// One rule for all columns, rule by rule.
    pub everywhere: Vec<Hypothesis>,
    /// A rule for each column, those that are possible, the commonest rules first; not every one of them where there are many.
    pub mixed: Vec<Hypothesis>,
    /// Whether the table is possible.
    pub possible: Possible,
}

/// Whether a table is possible by any rule, for all columns or for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Possible {
    /// By one at least.
    Yes,
    /// By none.
    No,
    /// There were too many to try; none that was tried makes it so, and not all were.
    Untold,
}

impl Verdict {
    /// The first way that makes the table possible: one rule everywhere, before one for each column.
    pub fn best(&self) -> Option<&Hypothesis> {
        self.everywhere.iter().chain(&self.mixed).find(|tried| tried.outcome.ranges().is_some())
    }
}

/// How much is spent on trying one rule for each column, in cells looked at.
const EFFORT: usize = 40_000_000;

/// How many mixtures are kept.
const MOST: usize = 32;

/// How many sweeps are made at the most: more than two are needed only where columns claim across one another.
const SWEEPS: usize = 16;

/// Narrows the ranges of all cells by all ties; or else gives the sum that cannot be.
pub fn narrow(sheet: &Sheet, ranges: &mut [Range]) -> Result<(), usize> {
    for sweep in 0..SWEEPS {
        let mut narrowed = Narrowed::No;
        let mut one = |n: usize| match sheet.sums[n].narrow(ranges) {
            Ok(Narrowed::Yes) => {
                narrowed = Narrowed::Yes;
                Ok(())
            }
            Ok(Narrowed::No) => Ok(()),
            Err(Impossible) => Err(n),
        };
        if sweep % 2 == 0 {
            (0..sheet.sums.len()).try_for_each(&mut one)?;
        } else {
            (0..sheet.sums.len()).rev().try_for_each(&mut one)?;
        }
        if narrowed == Narrowed::No {
            break;
        }
    }
    Ok(())
}

/// What a way of rounding makes of a table; a column without a reading may be by any.
pub fn under(sheet: &Sheet, readings: &[Option<Reading>]) -> Outcome {
    let mut ranges = start(sheet, readings);
    match narrow(sheet, &mut ranges) {
        Ok(()) => Outcome::Possible(ranges),
        Err(sum) => Outcome::Refuted(sum),
    }
}

/// The ranges of all cells before anything ties them together.
pub fn start(sheet: &Sheet, readings: &[Option<Reading>]) -> Vec<Range> {
    (0..sheet.marks.len()).map(|cell| sheet.range(cell, readings[sheet.place(cell).1])).collect()
}

/// Tries every way. `exact` are the columns of which it is known that no digit was given up.
pub fn verdict(sheet: &Sheet, exact: &[bool]) -> Verdict {
    let fixed = |reading: Reading| -> Vec<Reading> {
        exact.iter().map(|exact| if *exact { Reading::Exactly } else { reading }).collect()
    };
    let some = |readings: &[Reading]| readings.iter().copied().map(Some).collect::<Vec<_>>();
    let everywhere: Vec<Hypothesis> = Reading::ALL
        .into_iter()
        .map(|reading| {
            let readings = fixed(reading);
            let outcome = under(sheet, &some(&readings));
            Hypothesis { readings, outcome }
        })
        .collect();
    let mut search = Search {
        sheet,
        open: open_columns(sheet, exact),
        readings: exact.iter().map(|exact| exact.then_some(Reading::Exactly)).collect(),
        left: EFFORT,
        found: Vec::new(),
    };
    // Columns that nothing ties may be by any rule; one stands for all.
    for (column, reading) in search.readings.iter_mut().enumerate() {
        if reading.is_none() && !search.open.contains(&column) {
            *reading = Some(Reading::ALL[0]);
        }
    }
    let finished = if search.open.len() > 1 { search.go(0) } else { Finished::Yes };
    let mut mixed = search.found;
    mixed.sort_by_key(|tried| tried.readings.iter().map(|reading| rank(*reading)).max());
    let any = everywhere.iter().chain(&mixed).any(|tried| tried.outcome.ranges().is_some());
    let possible = match (any, finished) {
        (true, _) => Possible::Yes,
        (false, Finished::Yes) => Possible::No,
        (false, Finished::No) => Possible::Untold,
    };
    Verdict { everywhere, mixed, possible }
}

/// How uncommon a reading is.
fn rank(reading: Reading) -> usize {
    let place = Reading::ALL.iter().position(|known| *known == reading).unwrap_or(Reading::ALL.len());
    // Where some column gives digits up, one that gives none up is nothing uncommon.
    if reading == Reading::Exactly { 1 } else { place }
}

/// The columns whose reading matters: some tied cell of theirs may have lost a digit.
fn open_columns(sheet: &Sheet, exact: &[bool]) -> Vec<usize> {
    let mut open = vec![false; exact.len()];
    for (_, cell) in sheet.sums.iter().flat_map(|sum| &sum.terms) {
        let column = sheet.place(*cell).1;
        open[column] |= !exact[column] && sheet.step(*cell) > 1;
    }
    (0..open.len()).filter(|column| open[*column]).collect()
}

/// Whether everything was tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Finished {
    Yes,
    No,
}

struct Search<'s> {
    sheet: &'s Sheet,
    open: Vec<usize>,
    readings: Vec<Option<Reading>>,
    left: usize,
    found: Vec<Hypothesis>,
}

impl Search<'_> {
    /// Tries every reading of the nth open column and of those behind it.
    fn go(&mut self, n: usize) -> Finished {
        let Some(&column) = self.open.get(n) else {
            return Finished::Yes;
        };
        let mut finished = Finished::Yes;
        for reading in Reading::ALL {
            if self.found.len() >= MOST {
                return Finished::Yes;
            }
            let cost = self.sheet.marks.len().max(1) * 4;
            if self.left < cost {
                return Finished::No;
            }
            self.left -= cost;
            self.readings[column] = Some(reading);
            let outcome = under(self.sheet, &self.readings);
            if outcome.ranges().is_some() {
                if n + 1 == self.open.len() {
                    self.keep(outcome);
                } else if self.go(n + 1) == Finished::No {
                    finished = Finished::No;
                }
            }
            self.readings[column] = None;
        }
        finished
    }

    /// Keeps a way that is one rule for each column, not one for all.
    fn keep(&mut self, outcome: Outcome) {
        let first = self.readings[self.open[0]];
        if self.open.iter().all(|column| self.readings[*column] == first) {
            return;
        }
        let readings = self.readings.iter().map(|reading| reading.unwrap_or(Reading::ALL[0])).collect();
        self.found.push(Hypothesis { readings, outcome });
    }
}
