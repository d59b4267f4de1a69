//! Where a table that no rounding explains goes wrong: the fewest cells that, printed otherwise, would let all ties hold.
//!
//! A tie that cannot hold names several cells, and the other ties of each cell say whether it can be the one: a figure
//! that is wrong breaks every tie it stands in, one that is right keeps those that its neighbours keep. What no single
//! cell explains is tried with two and with three; what is missing in most columns at once is a row, not a figure.

mod rows;

use super::readings::{narrow, start};
use super::sheet::{CellId, Sheet, Sort};
use crate::ledger::Sign;
use crate::money::{Money, Range, Reading};
use std::collections::{BTreeMap, BTreeSet};

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
    /// What each cell may have been by its column's reading.
    ranges: Vec<Range>,
    /// What each may have been by any.
    loose: Vec<Range>,
    /// What the terms of each sum come to.
    totals: Vec<Range>,
    of_cell: BTreeMap<CellId, Vec<Tie>>,
}

/// The most cells that are tried together, and of how many.
const TOGETHER: usize = 3;
const TRIED: usize = 16;

/// The most cells that are told together, where more than a few are wrong at once.
const MOST: usize = 12;

/// How much is spent on finding the cell behind figures that are each possible and together are not, in cells looked at.
const EFFORT: usize = 20_000_000;

/// What is misprinted, in the order of the table. `ranges` are what is left to the cells where the table of amounts is
/// possible: then only rates can be wrong.
pub fn misprints(sheet: &Sheet, readings: &[Reading], possible: Option<&[Range]>) -> Vec<Misprint> {
    let ranges = match possible {
        Some(ranges) => ranges.to_vec(),
        None => start(sheet, &readings.iter().copied().map(Some).collect::<Vec<_>>()),
    };
    let totals = sheet.sums.iter().map(|sum| sum.total(&ranges)).collect();
    let loose = start(sheet, &vec![None; sheet.columns.len()]);
    let mut scene = Scene { sheet, readings, ranges, loose, totals, of_cell: BTreeMap::new() };
    let sums = (0..sheet.sums.len()).map(Tie::Sum);
    let all: Vec<Tie> = sums.chain((0..sheet.rates.len()).map(Tie::Rate)).collect();
    let broken: Vec<Tie> = all.iter().copied().filter(|tie| !scene.holds(*tie)).collect();
    let sums_broken = broken.iter().any(|tie| matches!(tie, Tie::Sum(_)));
    if possible.is_none() && !sums_broken {
        let mut found: Vec<Misprint> = scene.conflict().into_iter().collect();
        found.extend(broken.iter().map(|tie| scene.misprint(&[*tie], Cause::Cells(scene.of_rate(*tie)))));
        return found;
    }
    for tie in all.into_iter().filter(|_| !broken.is_empty()) {
        for cell in scene.cells(tie) {
            scene.of_cell.entry(cell).or_default().push(tie);
        }
    }
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
            Tie::Sum(sum) => self.totals[sum].has(0),
            Tie::Rate(rate) => self.rate_holds(rate, &|cell| self.loose[cell]),
        }
    }

    /// Of rates the amounts may be by any rule: a rate is worked out from what was not rounded at all.
    fn rate_holds(&self, rate: usize, range: &dyn Fn(CellId) -> Range) -> bool {
        let rate = &self.sheet.rates[rate];
        let Some(figure) = self.sheet.figure(rate.target) else { return true };
        rate.holds_with(figure, self.readings[self.sheet.place(rate.target).1], range)
    }

    /// The cell of a rate that is wrong by itself.
    fn of_rate(&self, tie: Tie) -> Vec<Suspect> {
        let Tie::Rate(rate) = tie else { return Vec::new() };
        vec![Suspect { cell: self.sheet.rates[rate].target, would: None, told_by: 1 }]
    }

    /// Figures each of which is possible, and together are not: the sum where that comes out, and the cells that,
    /// printed otherwise, would let all of them be.
    fn conflict(&self) -> Option<Misprint> {
        let sheet = self.sheet;
        let mut ranges = self.ranges.clone();
        let at = narrow(sheet, &mut ranges).err()?;
        let cost: usize = sheet.sums.iter().map(|sum| sum.terms.len()).sum::<usize>().max(1) * 4;
        let mut near: Vec<CellId> = sheet.sums[at].terms.iter().map(|(_, cell)| *cell).collect();
        let others = sheet.sums.iter().filter(|sum| sum.terms.iter().any(|(_, cell)| near.contains(cell)));
        let others: Vec<CellId> = others.flat_map(|sum| sum.terms.iter().map(|(_, cell)| *cell)).collect();
        near.extend(others);
        let mut seen = BTreeSet::new();
        near.retain(|cell| sheet.figure(*cell).is_some() && seen.insert(*cell));
        let mut found: Vec<Suspect> = Vec::new();
        for cell in near.into_iter().take(EFFORT / cost) {
            let mut ranges = self.ranges.clone();
            ranges[cell] = Range::ANYTHING;
            let would = narrow(sheet, &mut ranges).ok().map(|()| ranges[cell]);
            let Some(would) = would.filter(|would| would.is_bounded_below() && self.printable(cell, *would)) else {
                continue;
            };
            let told_by = sheet.sums.iter().filter(|sum| sum.terms.iter().any(|(_, at)| *at == cell)).count();
            found.push(Suspect { cell, would: Some(would), told_by });
        }
        found.sort_by_key(|suspect| (std::cmp::Reverse(suspect.told_by), suspect.cell));
        Some(self.misprint(&[Tie::Sum(at)], Cause::Cells(found)))
    }

    /// Ties in groups that share cells.
    fn together(&self, ties: &[Tie]) -> Vec<Vec<Tie>> {
        let mut group: Vec<usize> = (0..ties.len()).collect();
        fn top(group: &mut [usize], mut n: usize) -> usize {
            while group[n] != n {
                group[n] = group[group[n]];
                n = group[n];
            }
            n
        }
        let mut first: BTreeMap<CellId, usize> = BTreeMap::new();
        for (n, tie) in ties.iter().enumerate() {
            for cell in self.cells(*tie) {
                let known = *first.entry(cell).or_insert(n);
                let (a, b) = (top(&mut group, known), top(&mut group, n));
                group[a.max(b)] = a.min(b);
            }
        }
        let mut found: BTreeMap<usize, Vec<Tie>> = BTreeMap::new();
        for (n, tie) in ties.iter().enumerate() {
            found.entry(top(&mut group, n)).or_default().push(*tie);
        }
        found.into_values().collect()
    }

    /// What explains ties that share cells.
    fn explained(&self, ties: &[Tie]) -> Vec<Misprint> {
        let candidates = self.candidates(ties);
        let all = candidates.iter().filter(|(_, many)| *many == ties.len()).map(|(cell, _)| *cell);
        let mut alone: Vec<Suspect> = all.filter_map(|cell| self.alone(cell)).collect();
        if !alone.is_empty() {
            // What more ties tell is likelier; of equals a rate, which is worked out by hand, then the first in the table.
            alone.sort_by_key(|suspect| {
                (std::cmp::Reverse(suspect.told_by), self.is_amount(suspect.cell), suspect.cell)
            });
            return vec![self.misprint(ties, Cause::Cells(alone))];
        }
        let is_rate = |cell: CellId| {
            ties.iter().any(|tie| matches!(tie, Tie::Rate(rate) if self.sheet.rates[*rate].target == cell))
        };
        let often = candidates.iter().filter(|(_, many)| *many > 1).map(|(cell, _)| *cell);
        let rates = candidates.iter().filter(|(cell, many)| *many == 1 && is_rate(*cell)).map(|(cell, _)| *cell);
        let rest = candidates.iter().filter(|(cell, many)| *many == 1 && !is_rate(*cell)).map(|(cell, _)| *cell);
        let from: Vec<CellId> = often.take(TRIED).chain(rates.take(4)).chain(rest).take(TRIED).collect();
        let sets = (2..=TOGETHER).find_map(|many| self.smallest(&from, many, ties));
        if let Some(set) = sets.or_else(|| self.cover(&candidates, ties)) {
            let one = |(cell, would): &(CellId, Option<Range>)| {
                let own: Vec<Tie> = ties.iter().copied().filter(|tie| self.of_cell[cell].contains(tie)).collect();
                let suspect = Suspect { cell: *cell, would: *would, told_by: own.len() };
                self.misprint(&own, Cause::Cells(vec![suspect]))
            };
            return set.iter().map(one).collect();
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

    /// Every cell of some ties with how many of them it stands in, those that stand in more of them first.
    fn candidates(&self, ties: &[Tie]) -> Vec<(CellId, usize)> {
        let mut many: BTreeMap<CellId, usize> = BTreeMap::new();
        for tie in ties {
            // A share of the total is one tie of the total's cell, though this is its part, too.
            let cells: BTreeSet<CellId> = self.cells(*tie).into_iter().collect();
            cells.into_iter().for_each(|cell| *many.entry(cell).or_default() += 1);
        }
        let mut cells: Vec<(CellId, usize)> =
            many.into_iter().filter(|(cell, _)| self.sheet.figure(*cell).is_some()).collect();
        cells.sort_by_key(|(cell, many)| (std::cmp::Reverse(*many), *cell));
        cells
    }

    /// A cell that explains all ties it stands in, if these, those that hold too, agree on what it has to be.
    fn alone(&self, cell: CellId) -> Option<Suspect> {
        let own = &self.of_cell[&cell];
        if !self.is_amount(cell) {
            return Some(Suspect { cell, would: None, told_by: own.len() });
        }
        let would = own.iter().fold(Range::ANYTHING, |would, tie| would.meet(self.implied(*tie, cell)));
        let printable = !would.is_empty() && self.printable(cell, would) && self.rates_hold(own, cell, would);
        printable.then_some(Suspect { cell, would: Some(would), told_by: own.len() })
    }

    /// Whether the rates of a cell hold once it is something else.
    fn rates_hold(&self, own: &[Tie], cell: CellId, would: Range) -> bool {
        let range = |at: CellId| if at == cell { would } else { self.loose[at] };
        own.iter().all(|tie| if let Tie::Rate(rate) = tie { self.rate_holds(*rate, &range) } else { true })
    }

    fn is_amount(&self, cell: CellId) -> bool {
        matches!(self.sheet.columns[self.sheet.place(cell).1].sort, Sort::Amount(_))
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
            Tie::Sum(sum) => {
                let mut others = self.totals[sum];
                let own = self.sheet.sums[sum].terms.iter().filter(|(_, at)| *at == cell);
                let mut sign = Sign::Plus;
                for (at, _) in own {
                    let range = if *at == Sign::Plus { self.ranges[cell] } else { self.ranges[cell].negated() };
                    others = Range { low: others.low - range.low, high: others.high - range.high };
                    sign = *at;
                }
                if sign == Sign::Plus { others.negated() } else { others }
            }
            Tie::Rate(rate) => {
                let rate = &self.sheet.rates[rate];
                rate.implied(self.sheet, self.readings[self.sheet.place(rate.target).1], cell, &self.loose)
            }
        }
    }

    /// The first so many cells that explain all of some ties together, with what each would have to be.
    fn smallest(&self, from: &[CellId], many: usize, ties: &[Tie]) -> Option<Vec<(CellId, Option<Range>)>> {
        let mut chosen = Vec::new();
        self.choose(from, many, ties, &mut chosen)
    }

    fn choose(
        &self,
        from: &[CellId],
        many: usize,
        ties: &[Tie],
        chosen: &mut Vec<CellId>,
    ) -> Option<Vec<(CellId, Option<Range>)>> {
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

    /// Many cells that explain some ties together: again and again the one that most of what is left is told by.
    fn cover(&self, candidates: &[(CellId, usize)], ties: &[Tie]) -> Option<Vec<(CellId, Option<Range>)>> {
        let mut left: Vec<Tie> = ties.to_vec();
        let mut chosen: Vec<CellId> = Vec::new();
        let cells: Vec<CellId> = candidates.iter().map(|(cell, _)| *cell).take(400).collect();
        while !left.is_empty() && chosen.len() < MOST {
            let touches = |cell: &CellId| left.iter().filter(|tie| self.of_cell[cell].contains(tie)).count();
            let best = cells.iter().copied().filter(|cell| !chosen.contains(cell)).map(|cell| (touches(&cell), cell));
            let (many, cell) = best.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
            if many == 0 {
                return None;
            }
            left.retain(|tie| !self.of_cell[&cell].contains(tie));
            chosen.push(cell);
        }
        self.all_hold(&chosen, ties)
    }

    /// Whether all ties of some cells hold once these may be anything, and these are in all that have to be explained.
    fn all_hold(&self, cells: &[CellId], ties: &[Tie]) -> Option<Vec<(CellId, Option<Range>)>> {
        let explains = |tie: &Tie| cells.iter().any(|cell| self.of_cell[cell].contains(tie));
        if !ties.iter().all(explains) {
            return None;
        }
        let mut own: Vec<Tie> = cells.iter().flat_map(|cell| &self.of_cell[cell]).copied().collect();
        own.sort_unstable();
        own.dedup();
        let mut free: BTreeMap<CellId, Range> = cells.iter().map(|cell| (*cell, Range::ANYTHING)).collect();
        let sums: Vec<(Range, Vec<(Sign, CellId)>)> = own
            .iter()
            .filter_map(|tie| if let Tie::Sum(sum) = tie { Some(*sum) } else { None })
            .map(|sum| self.without(sum, &free))
            .collect();
        for _ in 0..8 {
            let before = free.clone();
            for (others, terms) in &sums {
                for (sign, cell) in terms {
                    let beside = terms.iter().filter(|(_, at)| at != cell).map(|(sign, at)| turned(*sign, free[at]));
                    let rest = beside.fold(*others, Range::plus);
                    let allowed = turned(*sign, rest.negated());
                    let range = free.get_mut(cell)?;
                    *range = range.meet(allowed);
                    if range.is_empty() {
                        return None;
                    }
                }
            }
            if before == free {
                break;
            }
        }
        let range = |cell: CellId| free.get(&cell).copied().unwrap_or(self.loose[cell]);
        for tie in &own {
            if let Tie::Rate(rate) = tie {
                let replaced = free.contains_key(&self.sheet.rates[*rate].target);
                if !replaced && !self.rate_holds(*rate, &range) {
                    return None;
                }
            }
        }
        let told = |cell: &CellId| {
            let range = free[cell];
            !self.is_amount(*cell)
                || (range.is_bounded_below() && range.is_bounded_above() && self.printable(*cell, range))
        };
        let would = |cell: &CellId| (*cell, self.is_amount(*cell).then(|| free[cell]));
        cells.iter().all(told).then(|| cells.iter().map(would).collect())
    }

    /// What the terms of a sum come to without some cells, and those.
    fn without(&self, sum: usize, free: &BTreeMap<CellId, Range>) -> (Range, Vec<(Sign, CellId)>) {
        let terms: Vec<(Sign, CellId)> =
            self.sheet.sums[sum].terms.iter().copied().filter(|(_, cell)| free.contains_key(cell)).collect();
        let mut others = self.totals[sum];
        for (sign, cell) in &terms {
            let range = turned(*sign, self.ranges[*cell]);
            others = Range { low: others.low - range.low, high: others.high - range.high };
        }
        (others, terms)
    }
}

fn turned(sign: Sign, range: Range) -> Range {
    if sign == Sign::Plus { range } else { range.negated() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::likeliest::likeliest;
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
        assert_eq!(told(&twice, LEFT), ["rows of 계 Some(\"b2\")"]);
    }

    #[test]
    fn where_one_tie_cannot_tell_all_its_cells_are_named() {
        let table = [("a", None, &["10", "7", "40"][..])];
        assert_eq!(told(&table, LEFT), ["a, 0 or a, 1 or a, 2"]);
        assert_eq!(sheet_of(&table).rows.len(), 1);
    }
}
