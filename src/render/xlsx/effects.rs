//! What the lines of one book do to which sum of which account, as the sheet of lines has it, and what they add up to.
//!
//! Law: an account is a number. Numbers follow the printing order of the chart, so that an account and all below it are
//! the numbers from its own to its last; no name is ever compared (SUMIFS takes `*`, `?`, `>5` and `a` for more than
//! themselves, and `0101` for `101`).

use super::exact::{self, Grain};
use crate::ledger::{AccountId, Books, ItemId, Measure, Scope, Sign, Slice, When};
use crate::money::Money;
use crate::table::{Kept, Lines};
use std::collections::HashMap;

/// The lines of a book, by what they do.
pub(super) struct Effects<'a> {
    /// The book.
    pub(super) books: &'a Books,
    /// Its lines: all of them.
    pub(super) lines: &'a [Kept],
    /// The smallest part of a won in them.
    pub(super) grain: Grain,
    /// By the measure's index, in the order of account numbers.
    by_measure: Vec<Vec<Effect>>,
    /// The accounts.
    pub(super) chart: Chart,
    /// The number of each item's program, by the item's index: from 1, and 0 for none.
    programs: Vec<u32>,
}

/// The numbers of a chart's accounts.
pub(super) struct Chart {
    numbers: Vec<u32>,
    lasts: Vec<u32>,
    /// The accounts by their numbers.
    pub(super) order: Vec<AccountId>,
}

impl Chart {
    pub(super) fn of(books: &Books) -> Chart {
        let accounts = &books.accounts;
        let order = accounts.in_order();
        let mut numbers = vec![0; accounts.len()];
        for (number, id) in (0_u32..).zip(&order) {
            numbers[id.index()] = number;
        }
        let mut lasts = numbers.clone();
        for id in order.iter().rev() {
            let above = accounts.get(*id).parent.index();
            lasts[above] = lasts[above].max(lasts[id.index()]);
        }
        Chart { numbers, lasts, order }
    }

    /// The number of an account; the root's is 0.
    pub(super) fn number(&self, id: AccountId) -> u32 {
        self.numbers[id.index()]
    }

    /// The numbers of an account and all below it.
    pub(super) fn span(&self, id: AccountId) -> (u32, u32) {
        (self.numbers[id.index()], self.lasts[id.index()])
    }
}

/// What a line does to a sum.
#[derive(Clone, Copy)]
pub(super) struct Effect {
    /// The account's number.
    number: u32,
    /// The line's place among the lines.
    pub(super) line: usize,
    amount: Money,
}

/// What some effects add up to.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Sum {
    pub(super) total: Money,
    /// The same without signs, in ten-thousandths of a won.
    pub(super) absolute: i128,
    /// How many there are.
    pub(super) count: usize,
    /// How many of them no number of a workbook holds.
    pub(super) unheld: usize,
}

impl Sum {
    /// With another, so many times.
    fn and(self, other: Sum, times: i32) -> Sum {
        Sum {
            total: self.total + other.total.times(i128::from(times)),
            absolute: self.absolute + other.absolute * i128::from(times.abs()),
            count: self.count + other.count,
            unheld: self.unheld + other.unheld,
        }
    }
}

/// Which lines a formula of a workbook adds up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cut {
    /// The first and the last account number.
    pub(super) span: (u32, u32),
    pub(super) scope: Scope,
    pub(super) when: When,
}

impl<'a> Effects<'a> {
    /// Those of a book whose lines are all here.
    pub(super) fn of(books: &'a Books, lines: &'a Lines) -> Option<Effects<'a>> {
        let chart = Chart::of(books);
        let mut by_measure = vec![Vec::new(); Measure::ALL.len()];
        let mut grain = Grain::Won;
        for (n, line) in lines.kept.iter().enumerate() {
            grain = grain.and(Grain::of(line.amount));
            for (account, measure, amount) in line.as_line().parts() {
                by_measure[measure.index()].push(Effect { number: chart.number(account), line: n, amount });
            }
        }
        by_measure.iter_mut().for_each(|effects: &mut Vec<Effect>| effects.sort_by_key(|effect| effect.number));
        let programs = programs(books);
        lines.is_whole().then_some(Effects { books, lines: &lines.kept, grain, by_measure, chart, programs })
    }

    /// Whether a sheet has a row for each.
    pub(super) fn fits(&self) -> bool {
        self.by_measure.iter().map(Vec::len).sum::<usize>() < 1_048_000
    }

    /// The number of an item's program; 0 for none.
    pub(super) fn program(&self, item: ItemId) -> u32 {
        self.programs.get(item.0 as usize).copied().unwrap_or(0)
    }

    /// Whether any line has to do with a measure.
    pub(super) fn has(&self, measure: Measure) -> bool {
        !self.by_measure[measure.index()].is_empty()
    }

    /// The effects of a measure within a cut.
    pub(super) fn within(&self, measure: Measure, cut: Cut) -> impl Iterator<Item = &Effect> {
        let all = &self.by_measure[measure.index()];
        let first = all.partition_point(|effect| effect.number < cut.span.0);
        let last = all.partition_point(|effect| effect.number <= cut.span.1);
        all[first..last.max(first)].iter().filter(move |effect| {
            let line = self.lines[effect.line].as_line();
            cut.when.has(line.date) && cut.scope.has(self.books, &line)
        })
    }

    /// What a measure comes to within a cut.
    fn sum(&self, measure: Measure, cut: Cut) -> Sum {
        self.within(measure, cut).fold(Sum::default(), |sum, effect| Sum {
            total: sum.total + effect.amount,
            absolute: sum.absolute + effect.amount.abs().parts(),
            count: sum.count + 1,
            unheld: sum.unheld + usize::from(!exact::holds_won(effect.amount)),
        })
    }

    /// The same of measures, each so many times.
    pub(super) fn total(&self, counted: &[(i32, Measure)], cut: Cut) -> Sum {
        counted.iter().fold(Sum::default(), |sum, (times, measure)| sum.and(self.sum(*measure, cut), *times))
    }

    /// The lines that a slice counts.
    pub(super) fn cut(&self, slice: &Slice) -> Cut {
        Cut { span: self.chart.span(slice.account), scope: slice.scope, when: slice.when }
    }

    /// Those of them that name its own account, and none below it.
    pub(super) fn own(&self, slice: &Slice) -> Cut {
        let number = self.chart.number(slice.account);
        Cut { span: (number, number), scope: slice.scope, when: slice.when }
    }
}

/// The number of each item's program.
fn programs(books: &Books) -> Vec<u32> {
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut numbers = Vec::new();
    for item in &books.items {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX).saturating_add(1);
        numbers.push(item.program.as_deref().map_or(0, |program| *known.entry(program).or_insert(next)));
    }
    numbers
}

/// How many times a slice's formula has each measure; none that cancels.
pub(super) fn counted(slice: &Slice) -> Vec<(i32, Measure)> {
    let mut counted: Vec<(i32, Measure)> = Vec::new();
    for (sign, measure) in slice.formula {
        let times = if *sign == Sign::Plus { 1 } else { -1 };
        match counted.iter_mut().find(|(_, known)| known == measure) {
            Some((so_far, _)) => *so_far += times,
            None => counted.push((times, *measure)),
        }
    }
    counted.retain(|(times, _)| *times != 0);
    counted
}
