//! Where a table that no rounding explains goes wrong: the fewest cells that, printed otherwise, would let all ties hold.
//!
//! A tie that cannot hold names several cells, and the other ties of each cell say whether it can be the one: a figure
//! that is wrong breaks every tie it stands in, one that is right keeps those that its neighbours keep. What no single
//! cell explains is tried with two and with three; what is missing in most columns at once is a row, not a figure.

use super::readings::start;
use super::sheet::{CellId, Sheet, Sort};
use super::tie::{Narrowed, SumPlace};
use crate::money::{Money, Range, Reading, Rounding};
use std::collections::BTreeMap;

/// Ties that cannot hold together, and what would let them.
#[derive(Clone, Debug)]
pub struct Misprint {
    /// The sums that cannot hold, as places in [`Sheet::sums`].
    pub sums: Vec<usize>,
    /// The rates that cannot, as places in [`Sheet::rates`].
    pub rates: Vec<usize>,
    /// What would let them.
    pub cause: Cause,
    /// By how much the first of the sums cannot hold: the parts less the whole, beyond all that rounding allows.
    pub gap: Money,
}

/// What would let ties hold that cannot.
#[derive(Clone, Debug)]
pub enum Cause {
    /// One of these cells, printed otherwise; the likeliest first. Where there are none, no single cell does.
    Cells(Vec<Suspect>),
    /// A row that is missing below another, or stands there twice.
    Rows {
        /// The row whose parts do not come to it.
        whole: usize,
        /// Column by column, what is missing (or too much, below nothing), in grains.
        missing: Vec<(usize, i128)>,
        /// The row that stands twice.
        twice: Option<usize>,
    },
}

/// A cell that may be the one that is wrong.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// Which.
    pub cell: CellId,
    /// What would have to be printed there, in grains; nothing for a rate.
    pub would: Option<Range>,
    /// By how many ties that is told.
    pub told_by: usize,
}

/// A tie of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Sum(usize),
    Rate(usize),
}

/// A sheet under one reading for each column, with the ties of each cell.
struct Scene<'s> {
    sheet: &'s Sheet,
    readings: &'s [Reading],
    ranges: Vec<Range>,
    of_cell: BTreeMap<CellId, Vec<Tie>>,
}

/// The most cells that are tried together, and of how many.
const TOGETHER: usize = 3;
const TRIED: usize = 14;

/// The readings under which the fewest ties cannot hold: where a table has a misprint it is judged by the rule that
/// explains all the rest of it.
pub fn likeliest(sheet: &Sheet, exact: &[bool]) -> Vec<Reading> {
    let columns = 0..sheet.columns.len();
    let whole = |readings: &[Reading]| {
        let ranges = start(sheet, &readings.iter().copied().map(Some).collect::<Vec<_>>());
        sheet.sums.iter().filter(|sum| sum.gap(&ranges) != 0).count()
    };
    let fixed = |reading: Reading| -> Vec<Reading> {
        exact.iter().map(|exact| if *exact { Reading::Exactly } else { reading }).collect()
    };
    let mut best = Reading::ALL.into_iter().map(fixed).min_by_key(|readings| whole(readings)).unwrap_or_default();
    // Column by column, whatever lets more of the table hold.
    for column in
        columns.clone().filter(|column| !exact[*column] && matches!(sheet.columns[*column].sort, Sort::Amount(_)))
    {
        for reading in Reading::ALL {
            let mut other = best.clone();
            other[column] = reading;
            if whole(&other) < whole(&best) {
                best = other;
            }
        }
    }
    let ranges = start(sheet, &best.iter().copied().map(Some).collect::<Vec<_>>());
    for column in columns.filter(|column| matches!(sheet.columns[*column].sort, Sort::Rate(_))) {
        let broken = |reading: Reading| {
            let rates = sheet.rates.iter().filter(|rate| sheet.place(rate.target).1 == column);
            rates.filter(|rate| !rate.holds(sheet, reading, &ranges)).count()
        };
        let rules = Rounding::ALL.into_iter().map(Reading::By);
        best[column] = rules.min_by_key(|reading| broken(*reading)).unwrap_or(Reading::By(Rounding::HalfUp));
    }
    best
}

/// What is misprinted, in the order of the table. `ranges` are what is left to the cells where the table of amounts is
/// possible: then only rates can be wrong.
pub fn misprints(sheet: &Sheet, readings: &[Reading], possible: Option<&[Range]>) -> Vec<Misprint> {
    let ranges = match possible {
        Some(ranges) => ranges.to_vec(),
        None => start(sheet, &readings.iter().copied().map(Some).collect::<Vec<_>>()),
    };
    let mut scene = Scene { sheet, readings, ranges, of_cell: BTreeMap::new() };
    let sums = (0..sheet.sums.len()).map(Tie::Sum);
    let all: Vec<Tie> = sums.chain((0..sheet.rates.len()).map(Tie::Rate)).collect();
    for tie in &all {
        for cell in scene.cells(*tie) {
            scene.of_cell.entry(cell).or_default().push(*tie);
        }
    }
    let broken: Vec<Tie> = all.into_iter().filter(|tie| !scene.holds(*tie)).collect();
    let groups = scene.together(&broken);
    let (whole_rows, told) = scene.rows(&groups);
    let others = groups.iter().filter(|ties| !ties.iter().all(|tie| told.contains(tie)));
    let mut found: Vec<Misprint> = others.flat_map(|ties| scene.explained(ties)).collect();
    found.extend(whole_rows);
    found.sort_by_key(|misprint| misprint.first(sheet));
    found
}

impl Misprint {
    /// The first cell that it is about.
    fn first(&self, sheet: &Sheet) -> CellId {
        let of_cause = match &self.cause {
            Cause::Cells(suspects) => suspects.first().map(|suspect| suspect.cell),
            Cause::Rows { whole, .. } => Some(sheet.cell(*whole, 0)),
        };
        let of_sum = self.sums.first().map(|sum| sheet.sums[*sum].target());
        of_cause.or(of_sum).or(self.rates.first().map(|rate| sheet.rates[*rate].target)).unwrap_or(0)
    }
}

impl Scene<'_> {
    fn cells(&self, tie: Tie) -> Vec<CellId> {
        match tie {
            Tie::Sum(sum) => self.sheet.sums[sum].terms.iter().map(|(_, cell)| *cell).collect(),
            Tie::Rate(rate) => self.sheet.rates[rate].cells().collect(),
        }
    }

    fn holds(&self, tie: Tie) -> bool {
        match tie {
            Tie::Sum(sum) => self.sheet.sums[sum].gap(&self.ranges) == 0,
            Tie::Rate(rate) => self.rate_holds(rate, &self.ranges),
        }
    }

    fn rate_holds(&self, rate: usize, ranges: &[Range]) -> bool {
        let rate = &self.sheet.rates[rate];
        rate.holds(self.sheet, self.readings[self.sheet.place(rate.target).1], ranges)
    }

    /// Ties in groups that share cells.
    fn together(&self, ties: &[Tie]) -> Vec<Vec<Tie>> {
        let mut groups: Vec<(Vec<Tie>, Vec<CellId>)> = Vec::new();
        for tie in ties {
            let cells = self.cells(*tie);
            let (with, without): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|(_, known)| cells.iter().any(|cell| known.contains(cell)));
            groups = without;
            let mut joined = (vec![*tie], cells);
            for (ties, cells) in with {
                joined.0.extend(ties);
                joined.1.extend(cells);
            }
            joined.0.sort_unstable();
            groups.push(joined);
        }
        groups.into_iter().map(|(ties, _)| ties).collect()
    }

    /// What explains ties that share cells.
    fn explained(&self, ties: &[Tie]) -> Vec<Misprint> {
        let candidates = self.candidates(ties);
        let mut alone: Vec<Suspect> = candidates.iter().filter_map(|cell| self.alone(*cell, ties)).collect();
        if !alone.is_empty() {
            // What more ties tell is likelier; of equals the first in the table.
            alone.sort_by_key(|suspect| (std::cmp::Reverse(suspect.told_by), suspect.cell));
            return vec![self.misprint(ties, Cause::Cells(alone))];
        }
        let often: Vec<CellId> = candidates.iter().copied().filter(|cell| self.touching(*cell, ties) > 1).collect();
        let from = if often.is_empty() { candidates } else { often };
        let from = &from[..from.len().min(TRIED)];
        for many in 2..=TOGETHER {
            if let Some(set) = self.smallest(from, many, ties) {
                let one = |(cell, would): &(CellId, Range)| {
                    let own: Vec<Tie> = ties.iter().copied().filter(|tie| self.cells(*tie).contains(cell)).collect();
                    let suspect = Suspect { cell: *cell, would: Some(*would), told_by: own.len() };
                    self.misprint(&own, Cause::Cells(vec![suspect]))
                };
                return set.iter().map(one).collect();
            }
        }
        // Too much at once to say which cells: each tie is told for itself.
        ties.iter().map(|tie| self.misprint(&[*tie], Cause::Cells(Vec::new()))).collect()
    }

    fn misprint(&self, ties: &[Tie], cause: Cause) -> Misprint {
        let sums: Vec<usize> =
            ties.iter().filter_map(|tie| if let Tie::Sum(sum) = tie { Some(*sum) } else { None }).collect();
        let rates = ties.iter().filter_map(|tie| if let Tie::Rate(rate) = tie { Some(*rate) } else { None }).collect();
        let gap = sums.first().map_or(0, |sum| self.sheet.sums[*sum].gap(&self.ranges));
        Misprint { gap: self.sheet.money(gap), sums, rates, cause }
    }

    fn touching(&self, cell: CellId, ties: &[Tie]) -> usize {
        self.of_cell.get(&cell).map_or(0, |own| own.iter().filter(|tie| ties.contains(tie)).count())
    }

    /// Every cell of some ties, those that stand in more of them first.
    fn candidates(&self, ties: &[Tie]) -> Vec<CellId> {
        let mut cells: Vec<CellId> = ties.iter().flat_map(|tie| self.cells(*tie)).collect();
        cells.sort_unstable();
        cells.dedup();
        cells.retain(|cell| self.sheet.figure(*cell).is_some());
        cells.sort_by_key(|cell| (std::cmp::Reverse(self.touching(*cell, ties)), *cell));
        cells
    }

    /// A cell that explains all of some ties, if all of its ties, those that hold too, agree on what it has to be.
    fn alone(&self, cell: CellId, ties: &[Tie]) -> Option<Suspect> {
        let own = &self.of_cell[&cell];
        if !ties.iter().all(|tie| own.contains(tie)) {
            return None;
        }
        if !matches!(self.sheet.columns[self.sheet.place(cell).1].sort, Sort::Amount(_)) {
            return Some(Suspect { cell, would: None, told_by: own.len() });
        }
        let would = own.iter().fold(Range::ANYTHING, |would, tie| would.meet(self.implied(*tie, cell)));
        let printable = !would.is_empty() && self.printable(cell, would);
        printable.then_some(Suspect { cell, would: Some(would), told_by: own.len() })
    }

    /// Whether some figure of as many decimals may stand for an amount of a range.
    fn printable(&self, cell: CellId, would: Range) -> bool {
        let (step, reading) = (self.sheet.step(cell), self.readings[self.sheet.place(cell).1]);
        let near = would.low.div_euclid(step);
        (near - 1..=near + 2).any(|digits| !reading.range(digits, step).meet(would).is_empty())
    }

    /// What a tie says that one of its cells has to be, in grains.
    fn implied(&self, tie: Tie, cell: CellId) -> Range {
        match tie {
            Tie::Sum(sum) => self.sheet.sums[sum].implied(cell, &self.ranges).unwrap_or(Range::ANYTHING),
            Tie::Rate(rate) => {
                let rate = &self.sheet.rates[rate];
                rate.implied(self.sheet, self.readings[self.sheet.place(rate.target).1], cell, &self.ranges)
            }
        }
    }

    /// The first so many cells that explain all of some ties together, with what each would have to be.
    fn smallest(&self, from: &[CellId], many: usize, ties: &[Tie]) -> Option<Vec<(CellId, Range)>> {
        let mut chosen = Vec::new();
        self.choose(from, many, ties, &mut chosen)
    }

    fn choose(
        &self,
        from: &[CellId],
        many: usize,
        ties: &[Tie],
        chosen: &mut Vec<CellId>,
    ) -> Option<Vec<(CellId, Range)>> {
        if many == 0 {
            return self.all_hold(chosen, ties);
        }
        for (n, cell) in from.iter().enumerate() {
            chosen.push(*cell);
            let found = self.choose(&from[n + 1..], many - 1, ties, chosen);
            if found.is_some() {
                return found;
            }
            chosen.pop();
        }
        None
    }

    /// Whether all ties of some cells hold once these may be anything, and these are in all that have to be explained.
    fn all_hold(&self, cells: &[CellId], ties: &[Tie]) -> Option<Vec<(CellId, Range)>> {
        if !ties.iter().all(|tie| self.cells(*tie).iter().any(|cell| cells.contains(cell))) {
            return None;
        }
        let mut ranges = self.ranges.clone();
        for cell in cells {
            ranges[*cell] = Range::ANYTHING;
        }
        let mut own: Vec<Tie> = cells.iter().flat_map(|cell| &self.of_cell[cell]).copied().collect();
        own.sort_unstable();
        own.dedup();
        for _ in 0..4 {
            let mut narrowed = Narrowed::No;
            for tie in &own {
                if let Tie::Sum(sum) = tie
                    && self.sheet.sums[*sum].narrow(&mut ranges).ok()? == Narrowed::Yes
                {
                    narrowed = Narrowed::Yes;
                }
            }
            if narrowed == Narrowed::No {
                break;
            }
        }
        let rates = own.iter().filter_map(|tie| if let Tie::Rate(rate) = tie { Some(*rate) } else { None });
        let told = |cell: &CellId| ranges[*cell].is_bounded_below() && ranges[*cell].is_bounded_above();
        let hold = rates.into_iter().all(|rate| self.rate_holds(rate, &ranges)) && cells.iter().all(told);
        hold.then(|| cells.iter().map(|cell| (*cell, ranges[*cell])).collect())
    }

    /// Rows that are missing below another or stand there twice. A figure that is wrong breaks what it says across its
    /// row as well; a row that is missing breaks nothing but the sums of most columns at once.
    fn rows(&self, groups: &[Vec<Tie>]) -> (Vec<Misprint>, Vec<Tie>) {
        let mut broken: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for ties in groups {
            if let [Tie::Sum(sum)] = ties.as_slice()
                && let SumPlace::Down { row, column } = self.sheet.sums[*sum].place
            {
                broken.entry(row).or_default().push((*sum, column));
            }
        }
        let (mut found, mut told) = (Vec::new(), Vec::new());
        for (whole, mut columns) in broken {
            columns.sort_by_key(|(_, column)| *column);
            if let Some(cause) = self.row_cause(whole, &columns) {
                let ties: Vec<Tie> = columns.iter().map(|(sum, _)| Tie::Sum(*sum)).collect();
                found.push(self.misprint(&ties, cause));
                told.extend(ties);
            }
        }
        (found, told)
    }

    fn row_cause(&self, whole: usize, columns: &[(usize, usize)]) -> Option<Cause> {
        let sheet = self.sheet;
        let is_of = |place: SumPlace| matches!(place, SumPlace::Down { row, .. } if row == whole);
        let all = sheet.sums.iter().filter(|sum| is_of(sum.place)).count();
        if columns.len() < 2 || columns.len() * 3 < all * 2 {
            return None;
        }
        let missing: Vec<(usize, i128)> =
            columns.iter().map(|(sum, column)| (*column, -sheet.sums[*sum].residual(sheet))).collect();
        // Too much by just what one of the rows says, column by column.
        let is_twice = |row: usize| {
            columns.iter().all(|(sum, column)| {
                let would = sheet.sums[*sum].implied(sheet.cell(row, *column), &self.ranges);
                would.is_some_and(|would| would.has(0))
            })
        };
        let twice = (0..sheet.rows.len()).find(|row| sheet.rows[*row].parent == Some(whole) && is_twice(*row));
        // All that is missing has one sign, as a row's figures have.
        let is_row = missing.iter().all(|(_, by)| *by > 0);
        (twice.is_some() || is_row).then_some(Cause::Rows { whole, missing, twice })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::made_up::{sheet, sheet_of};

    fn told(rows: &[(&str, Option<usize>, &[&str])], formulas: &[(usize, &[(char, usize)])]) -> Vec<String> {
        let sheet = sheet(rows, formulas);
        let exact = vec![false; sheet.columns.len()];
        let readings = likeliest(&sheet, &exact);
        let found = misprints(&sheet, &readings, None);
        let name = |cause: &Cause| match cause {
            Cause::Cells(suspects) => {
                suspects.iter().map(|suspect| sheet.name(suspect.cell).en).collect::<Vec<_>>().join(" or ")
            }
            Cause::Rows { whole, twice, .. } => {
                format!("rows of {} {:?}", sheet.rows[*whole].name.en, twice.map(|row| &sheet.rows[row].name.en))
            }
        };
        found.iter().map(|misprint| name(&misprint.cause)).collect()
    }

    const LEFT: &[(usize, &[(char, usize)])] = &[(2, &[('+', 0), ('-', 1)])];

    #[test]
    fn a_wrong_figure_is_found_by_all_its_ties() {
        let table = [
            ("계", None, &["60", "36", "24"][..]),
            ("a", Some(0), &["10", "7", "3"]),
            ("b", Some(0), &["20", "14", "6"]),
            ("c", Some(0), &["30", "15", "15"]),
        ];
        assert_eq!(told(&table, LEFT), [] as [String; 0]);
        let mut wrong = table;
        wrong[2] = ("b", Some(0), &["20", "41", "6"]);
        assert_eq!(told(&wrong, LEFT), ["b, 1"]);
        let mut wrong = table;
        wrong[0] = ("계", None, &["60", "36", "42"]);
        assert_eq!(told(&wrong, LEFT), ["계, 2"]);
        // Two at once, in one column.
        let mut wrong = table;
        wrong[1] = ("a", Some(0), &["10", "2", "3"]);
        wrong[2] = ("b", Some(0), &["20", "41", "6"]);
        assert_eq!(told(&wrong, LEFT), ["a, 1", "b, 1"]);
    }

    #[test]
    fn a_row_that_is_missing_or_stands_twice_is_no_misprint_of_each_column() {
        let missing = [
            ("계", None, &["60", "36", "24"][..]),
            ("a", Some(0), &["10", "7", "3"]),
            ("c", Some(0), &["30", "15", "15"]),
        ];
        assert_eq!(told(&missing, LEFT), ["rows of 계 None"]);
        let twice = [
            ("계", None, &["40", "22", "18"][..]),
            ("a", Some(0), &["10", "7", "3"]),
            ("b", Some(0), &["30", "15", "15"]),
            ("b2", Some(0), &["30", "15", "15"]),
        ];
        assert_eq!(told(&twice, LEFT), ["rows of 계 Some(\"b\")"]);
    }

    #[test]
    fn where_one_tie_cannot_tell_all_its_cells_are_named() {
        let table = [("a", None, &["10", "7", "40"][..])];
        assert_eq!(told(&table, LEFT), ["a, 0 or a, 1 or a, 2"]);
        assert_eq!(sheet_of(&table).rows.len(), 1);
    }
}
