//! The lines of a book, so kept that those of one sum are found without looking at all.
//!
//! Law: which lines a sum has is asked of [`Slice::share`] alone; the index only leaves out those that it would refuse.

use crate::ledger::{Books, Day, Slice};
use crate::money::Money;
use crate::render::named::Named;
use crate::table::{Kept, Lines};

/// The lines of one of the books.
pub(super) struct Index<'a> {
    books: &'a Books,
    lines: Option<&'a Lines>,
    /// Where each account stands in printing order, and where what is below it ends; by the account's index.
    spans: Vec<(usize, usize)>,
    /// Where the account of a line stands, and the line; in order.
    by_account: Vec<(usize, usize)>,
    named: Named<'a>,
    /// The first day that a line may be of, and the line; in order.
    by_day: Vec<(Day, usize)>,
}

/// The lines of one sum.
pub(super) struct Found<'a> {
    /// The first of them, and what each gives to the sum.
    pub(super) lines: Vec<(&'a Kept, Money)>,
    /// How many there are besides; unknown where not every line is kept.
    pub(super) more: Option<usize>,
    /// What those that are shown come to.
    pub(super) shown: Money,
}

impl<'a> Index<'a> {
    pub(super) fn of(books: &'a Books, lines: Option<&'a Lines>) -> Index<'a> {
        let spans = spans(books);
        let kept = lines.map_or(&[][..], |lines| &lines.kept);
        let mut by_account = Vec::with_capacity(kept.len());
        let mut by_day = Vec::with_capacity(kept.len());
        for (n, line) in kept.iter().enumerate() {
            for account in [Some(line.account), line.other].into_iter().flatten() {
                by_account.push((spans[account.index()].0, n));
            }
            by_day.push((line.date.first(), n));
        }
        by_account.sort_unstable();
        by_day.sort_unstable();
        Index { books, lines, spans, by_account, named: Named::of(books, kept), by_day }
    }

    /// Whether every line of the book is kept.
    pub(super) fn is_whole(&self) -> bool {
        self.lines.is_some_and(Lines::is_whole)
    }

    /// The first lines of a sum, at most so many, in the order of files; `None` where no line is kept at all.
    pub(super) fn find(&self, slice: &Slice, most: usize) -> Option<Found<'a>> {
        let kept = &self.lines?.kept;
        let mut found = Found { lines: Vec::new(), more: self.is_whole().then_some(0), shown: Money::ZERO };
        for n in self.candidates(slice) {
            let Some(share) = slice.share(self.books, &kept[n].as_line()) else { continue };
            if found.lines.len() < most {
                found.lines.push((&kept[n], share));
                found.shown += share;
            } else {
                found.more = found.more.map(|more| more + 1);
            }
        }
        Some(found)
    }

    /// What the lines of a sum come to, where every line is kept and there is one.
    pub(super) fn sum(&self, slice: &Slice) -> Option<Money> {
        let kept = &self.lines.filter(|lines| lines.is_whole())?.kept;
        let shares = self.candidates(slice).into_iter();
        shares.filter_map(|n| slice.share(self.books, &kept[n].as_line())).reduce(|a, b| a + b)
    }

    /// Lines that may have a part in a sum: the fewest that one of its bounds leaves, in order.
    fn candidates(&self, slice: &Slice) -> Vec<usize> {
        let (first, end) = self.spans[slice.account.index()];
        let within = between(&self.by_account, |(at, _)| *at < first, |(at, _)| *at < end);
        let on_days = between(
            &self.by_day,
            |(day, _)| slice.when.from.is_some_and(|from| *day < from),
            |(day, _)| slice.when.to.is_none_or(|to| *day <= to),
        );
        let named = self.named.lines(self.books, slice.scope);
        let fewest = within.len().min(on_days.len());
        let mut lines: Vec<usize> = match named {
            Some(named) if named.len() <= fewest => named.to_vec(),
            _ if on_days.len() < within.len() => on_days.iter().map(|(_, line)| *line).collect(),
            _ => within.iter().map(|(_, line)| *line).collect(),
        };
        lines.sort_unstable();
        // What moves between two accounts of one stands in it once.
        lines.dedup();
        lines
    }
}

/// The stretch of an ordered list that begins where `before` ends to hold, and ends where `until` does.
fn between<T>(all: &[T], before: impl Fn(&T) -> bool, until: impl Fn(&T) -> bool) -> &[T] {
    let rest = &all[all.partition_point(before)..];
    &rest[..rest.partition_point(until)]
}

/// Where each account stands in printing order, and where what is below it ends.
fn spans(books: &Books) -> Vec<(usize, usize)> {
    let order = books.accounts.in_order();
    let mut spans = vec![(0, 0); books.accounts.len()];
    for (at, id) in order.iter().enumerate() {
        spans[id.index()] = (at, at + 1);
    }
    // Whatever is below an account stands behind it.
    for id in order.iter().rev() {
        let (_, end) = spans[id.index()];
        let above = &mut spans[books.accounts.get(*id).parent.index()];
        above.1 = above.1.max(end);
    }
    spans
}
