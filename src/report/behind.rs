//! The lines behind a page's sums: a sink that keeps as many as a page may carry along, and counts all.

use crate::ledger::{AccountId, Books, Line, Sink};
use crate::source::{Origin, Span};
use crate::table::{Kept, Lines};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Keeps the lines of one of the books.
pub struct Behind<'b> {
    books: &'b Books,
    count: u64,
    counts: Vec<u64>,
    /// Every line, until there are too many.
    all: Option<Vec<Kept>>,
    /// The first lines of each account, by the account's index.
    first: Vec<BTreeMap<Origin, Kept>>,
}

impl<'b> Behind<'b> {
    /// Of a book.
    pub fn new(books: &'b Books) -> Behind<'b> {
        let accounts = books.accounts.len();
        Behind {
            books,
            count: 0,
            counts: vec![0; accounts],
            all: Some(Vec::new()),
            first: vec![BTreeMap::new(); accounts],
        }
    }

    /// The lines in the order of their places, which are looked up now.
    ///
    /// # Errors
    /// Whatever reading a file again fails with.
    pub fn lines(self) -> io::Result<Lines> {
        let mut kept: Vec<Kept> = match self.all {
            Some(all) => all,
            None => {
                let first: BTreeMap<Origin, Kept> = self.first.into_iter().flatten().collect();
                first.into_values().collect()
            }
        };
        kept.sort_unstable_by_key(|line| line.origin);
        let spans: Vec<Span> = kept.iter().map(|line| Span::new(line.origin.source, line.origin.at, 0)).collect();
        for (line, place) in kept.iter_mut().zip(self.books.sources.places(&spans)?) {
            (line.file, line.line) = (place.path, place.line);
        }
        Ok(Lines { kept, count: self.count, counts: self.counts })
    }

    /// Keeps a line among the first of its accounts.
    fn keep_first(&mut self, account: AccountId, line: &Kept) {
        let first = &mut self.first[account.index()];
        let full = first.len() >= Lines::FEW;
        if full && first.last_key_value().is_some_and(|(last, _)| *last < line.origin) {
            return;
        }
        first.insert(line.origin, line.clone());
        if first.len() > Lines::FEW {
            first.pop_last();
        }
    }
}

/// The accounts that a line stands in.
fn accounts(line: &Line<'_>) -> BTreeSet<AccountId> {
    [line.account].into_iter().chain(line.other).collect()
}

impl Sink for Behind<'_> {
    fn line(&mut self, line: &Line<'_>) {
        self.count += 1;
        let kept = Kept::of(line);
        for account in accounts(line) {
            self.counts[account.index()] += 1;
            self.keep_first(account, &kept);
        }
        if let Some(all) = &mut self.all {
            all.push(kept);
        }
        self.all.take_if(|all| all.len() > Lines::MOST);
    }

    fn merge(&mut self, other: Self) {
        self.count += other.count;
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            *mine += theirs;
        }
        for (n, theirs) in other.first.into_iter().enumerate() {
            let first = &mut self.first[n];
            first.extend(theirs);
            while first.len() > Lines::FEW {
                first.pop_last();
            }
        }
        self.all = match (self.all.take(), other.all) {
            (Some(mut mine), Some(theirs)) => {
                mine.extend(theirs);
                Some(mine).filter(|all| all.len() <= Lines::MOST)
            }
            _ => None,
        };
    }
}
