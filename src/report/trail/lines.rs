//! The lines behind sums: a sink that keeps, for each of some slices, the lines that have a part in it.

use crate::ledger::{AccountId, Books, Date, FundId, ItemId, Kind, Line, Sink, Slice};
use crate::money::Money;
use crate::source::Origin;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

/// A line that has a part in a sum.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) date: Date,
    pub(super) kind: Kind,
    pub(super) corrects: Option<Kind>,
    pub(super) account: AccountId,
    pub(super) other: Option<AccountId>,
    pub(super) item: Option<ItemId>,
    pub(super) fund: Option<FundId>,
    pub(super) reference: Option<String>,
    pub(super) memo: Option<String>,
    /// The amount as it is written.
    pub(super) written: String,
    /// What the line gives to the sum.
    pub(super) effect: Money,
}

/// The lines of one sum, in the order of their places, and what there is beyond those that are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) lines: BTreeMap<Origin, Kept>,
    pub(super) more: u64,
    pub(super) more_effect: Option<Money>,
}

impl Found {
    fn keep(&mut self, origin: Origin, kept: Kept, most: Option<NonZeroUsize>) {
        self.lines.insert(origin, kept);
        let over = most.is_some_and(|most| self.lines.len() > most.get());
        if let Some((_, dropped)) = over.then(|| self.lines.pop_last()).flatten() {
            self.more += 1;
            self.more_effect = Some(self.more_effect.unwrap_or(Money::ZERO) + dropped.effect);
        }
    }

    /// What all of them come to.
    pub(super) fn sum(&self) -> Option<Money> {
        self.lines.values().map(|kept| kept.effect).chain(self.more_effect).reduce(|a, b| a + b)
    }
}

/// Looks for the lines behind some slices of one of the books.
pub struct Trail<'b> {
    books: &'b Books,
    slices: Vec<Slice>,
    pub(super) found: Vec<Found>,
    /// The most lines that are kept of each; all, where absent.
    most: Option<NonZeroUsize>,
}

impl<'b> Trail<'b> {
    /// For these slices; of each the first lines are kept and the rest counted, where there are more than `most`.
    pub fn new(books: &'b Books, slices: &[Slice], most: Option<NonZeroUsize>) -> Trail<'b> {
        Trail { books, slices: slices.to_vec(), found: vec![Found::default(); slices.len()], most }
    }
}

impl Sink for Trail<'_> {
    fn line(&mut self, line: &Line<'_>) {
        for (slice, found) in self.slices.iter().zip(&mut self.found) {
            let Some(effect) = slice.share(self.books, line) else { continue };
            let owned = |text: Option<&str>| text.map(str::to_owned);
            let kept = Kept {
                date: line.date,
                kind: line.kind,
                corrects: line.corrects,
                account: line.account,
                other: line.other,
                item: line.item,
                fund: line.fund,
                reference: owned(line.reference()),
                memo: owned(line.memo().or(line.payee())),
                written: line.written().to_owned(),
                effect,
            };
            found.keep(line.origin, kept, self.most);
        }
    }

    fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.found.iter_mut().zip(other.found) {
            mine.more += theirs.more;
            if let Some(effect) = theirs.more_effect {
                mine.more_effect = Some(mine.more_effect.unwrap_or(Money::ZERO) + effect);
            }
            for (origin, kept) in theirs.lines {
                mine.keep(origin, kept, self.most);
            }
        }
    }
}
