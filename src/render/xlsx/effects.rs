//! What the lines of one book do to which sum of which account, as the sheet of lines has it, and what they add up to.
//!
//! Law: an account is a number. Numbers follow the printing order of the chart, so that an account and all below it are
//! the numbers from its own to its last; no name is ever compared (SUMIFS takes `*`, `?`, `>5` and `a` for more than
//! themselves, and `0101` for `101`).

use super::exact::{self, Grain};
use crate::ledger::{AccountId, Books, ItemId, Measure, Scope, Sign, Slice, When};
use crate::money::Money;
use crate::render::named::Named;
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
    named: Named<'a>,
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
        if !lines.is_whole() {
            return None;
        }
        let lines = &lines.kept;
        let chart = Chart::of(books);
        let mut by_measure = vec![Vec::new(); Measure::ALL.len()];
        let mut grain = Grain::Won;
        for (n, line) in lines.iter().enumerate() {
            grain = grain.and(Grain::of(line.amount));
            for (account, measure, amount) in line.as_line().parts() {
                by_measure[measure.index()].push(Effect { number: chart.number(account), line: n, amount });
            }
        }
        by_measure.iter_mut().for_each(|effects: &mut Vec<Effect>| effects.sort_by_key(|effect| effect.number));
        let programs = programs(books);
        let named = Named::of(books, lines);
        Some(Effects { books, lines, grain, by_measure, named, chart, programs })
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

    /// The effects of a measure within a cut, in no order.
    pub(super) fn within(&self, measure: Measure, cut: Cut) -> impl Iterator<Item = Effect> {
        let all = &self.by_measure[measure.index()];
        let first = all.partition_point(|effect| effect.number < cut.span.0);
        let last = all.partition_point(|effect| effect.number <= cut.span.1);
        let spanned = &all[first..last.max(first)];
        // What one name is asked for is mostly fewer.
        let named = self.named.lines(self.books, cut.scope).filter(|named| named.len() < spanned.len());
        let (named, spanned) = named.map_or((&[][..], spanned), |named| (named, &[]));
        let of_named = named.iter().flat_map(move |line| self.of_line(*line, measure));
        let of_named = of_named.filter(move |effect| (cut.span.0..=cut.span.1).contains(&effect.number));
        spanned.iter().copied().chain(of_named).filter(move |effect| {
            let line = self.lines[effect.line].as_line();
            cut.when.has(line.date) && cut.scope.has(self.books, &line)
        })
    }

    /// What a line does to the sums of a measure.
    fn of_line(&self, line: usize, measure: Measure) -> Vec<Effect> {
        let kept = self.lines[line].as_line();
        let parts = kept.parts().filter(|(_, of, _)| *of == measure);
        parts.map(|(account, _, amount)| Effect { number: self.chart.number(account), line, amount }).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Line, Sink};
    use crate::read;
    use std::num::NonZeroUsize;
    use std::path::Path;

    /// Keeps every line.
    struct All(Vec<Kept>);

    impl Sink for All {
        fn line(&mut self, line: &Line<'_>) {
            self.0.push(Kept::of(line));
        }

        fn merge(&mut self, other: Self) {
            self.0.extend(other.0);
        }
    }

    /// Looked for by what lines name, or among all of an account: the same effects, for every account and every name.
    #[test]
    fn effects_are_found_by_name_as_among_all() {
        let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/funds");
        let (books, _) = read::open(&book, 2023).expect("the book can be opened");
        let (All(kept), _) = read::lines(&books, NonZeroUsize::MIN, || All(Vec::new())).expect("it can be read");
        let lines = Lines { count: kept.len() as u64, kept, counts: Vec::new() };
        let effects = Effects::of(&books, &lines).expect("all lines are here");
        let items = books.items().flat_map(|(id, _)| [Scope::Item(id), Scope::ProgramOf(id)]);
        let tasks = books.items().filter_map(|(_, item)| item.task).map(Scope::Task);
        let funds = books.funds().map(|(id, _)| Scope::Fund(id));
        let (mut all, mut some) = (0, 0);
        for scope in items.chain(tasks).chain(funds).chain([Scope::NoItem, Scope::AnyItem]) {
            for account in &effects.chart.order {
                let cut = Cut { span: effects.chart.span(*account), scope, when: When::default() };
                for measure in Measure::ALL {
                    let key = |effect: Effect| (effect.number, effect.line, effect.amount);
                    let mut found: Vec<_> = effects.within(measure, cut).map(key).collect();
                    let among_all = effects.by_measure[measure.index()].iter().copied().filter(|effect| {
                        let line = effects.lines[effect.line].as_line();
                        (cut.span.0..=cut.span.1).contains(&effect.number) && scope.has(&books, &line)
                    });
                    let mut expected: Vec<_> = among_all.map(key).collect();
                    found.sort_unstable();
                    expected.sort_unstable();
                    assert_eq!(found, expected, "{scope:?} {measure:?}");
                    (all, some) = (all + 1, some + usize::from(!found.is_empty()));
                }
            }
        }
        assert!(some > 100 && some < all, "{some} of {all}");
    }
}
