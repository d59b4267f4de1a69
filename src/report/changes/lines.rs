//! Which lines one state of a book has and another has not.
//!
//! # Why
//!
//! **Two readings.** The first keeps sixteen bytes of each line, its fingerprint; what the two states do not share is
//! told by sorting them. Only those lines are kept in the second. So a book of millions of lines is compared in memory
//! for their fingerprints, and what moved from one file to another is no change.

use crate::ledger::{Books, Date, Kind, Line, Sink};
use crate::money::Money;
use crate::source::Origin;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// What a line says, without where it stands.
type Print = (u64, u64);

/// Keeps the fingerprint of every line.
pub struct Prints<'b> {
    books: &'b Books,
    all: Vec<Print>,
}

impl<'b> Prints<'b> {
    /// Of the lines of these books.
    pub fn new(books: &'b Books) -> Prints<'b> {
        Prints { books, all: Vec::new() }
    }
}

impl Sink for Prints<'_> {
    fn line(&mut self, line: &Line<'_>) {
        self.all.push(print(self.books, line));
    }

    fn merge(&mut self, other: Self) {
        self.all.extend(other.all);
    }
}

fn print(books: &Books, line: &Line<'_>) -> Print {
    let account = |id| books.accounts.get(id).path.as_str();
    let said = (
        (line.date, account(line.account), line.other.map(account), line.kind, line.corrects, line.amount),
        (
            line.item.map(|id| books.item(id).id.as_str()),
            line.fund.and_then(|id| books.year.funds.get(id.0 as usize)).map(|fund| fund.id.as_str()),
            line.reference(),
            line.of(),
            line.subtype,
            line.payee().map(unix),
            line.memo().map(unix),
        ),
    );
    // Two hashes of different beginnings: that both meet by chance takes more lines than there are.
    let hash = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        said.hash(&mut hasher);
        hasher.finish()
    };
    (hash(0), hash(1))
}

/// A text with line ends as on Unix: how a checkout ends lines is no change.
fn unix(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

/// How many of each fingerprint one state has more than the other.
type Surplus = Arc<HashMap<Print, usize>>;

/// What each of two states has that the other has not: first the earlier's, then the later's.
pub fn unshared(earlier: Prints<'_>, later: Prints<'_>) -> (Surplus, Surplus) {
    let (mut old, mut new) = (earlier.all, later.all);
    old.sort_unstable();
    new.sort_unstable();
    let (mut gone, mut come) = (HashMap::new(), HashMap::new());
    let (mut a, mut b) = (old.into_iter().peekable(), new.into_iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (None, None) => break,
            (Some(x), Some(y)) if x == y => {
                a.next();
                b.next();
            }
            (Some(x), other) if other.is_none_or(|y| x < y) => {
                *gone.entry(*x).or_default() += 1;
                a.next();
            }
            (_, Some(y)) => {
                *come.entry(*y).or_default() += 1;
                b.next();
            }
            (Some(_), None) => break,
        }
    }
    (Arc::new(gone), Arc::new(come))
}

/// A line that only one of two states has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) origin: Origin,
    pub(super) date: Date,
    pub(super) kind: Kind,
    pub(super) account: String,
    pub(super) to: Option<String>,
    pub(super) amount: Money,
    pub(super) item: Option<String>,
    pub(super) fund: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) of: Option<String>,
    pub(super) payee: Option<String>,
    pub(super) memo: Option<String>,
}

/// Keeps the lines of some fingerprints.
pub struct Wanted<'b> {
    books: &'b Books,
    wanted: Surplus,
    found: Vec<(Print, Kept)>,
}

impl<'b> Wanted<'b> {
    /// Of these books, the lines that are their surplus.
    pub fn new(books: &'b Books, wanted: Surplus) -> Wanted<'b> {
        Wanted { books, wanted, found: Vec::new() }
    }

    /// The lines in the order of their places. Of lines that are the same the last are the surplus.
    pub(super) fn lines(mut self) -> Vec<Kept> {
        self.found.sort_by_key(|(_, kept)| kept.origin);
        let mut left: HashMap<Print, usize> = self.wanted.as_ref().clone();
        let mut lines: Vec<Kept> = Vec::new();
        for (print, kept) in self.found.into_iter().rev() {
            if let Some(count) = left.get_mut(&print).filter(|count| **count > 0) {
                *count -= 1;
                lines.push(kept);
            }
        }
        lines.reverse();
        lines
    }
}

impl Sink for Wanted<'_> {
    fn line(&mut self, line: &Line<'_>) {
        let print = print(self.books, line);
        if !self.wanted.contains_key(&print) {
            return;
        }
        let path = |id| {
            let path = &self.books.accounts.get(id).path;
            if path.is_empty() { crate::report::ROOT_KEY.to_owned() } else { path.to_string() }
        };
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let fund = line.fund.and_then(|id| self.books.year.funds.get(id.0 as usize));
        let kept = Kept {
            origin: line.origin,
            date: line.date,
            kind: line.kind,
            account: path(line.account),
            to: line.other.map(path),
            amount: line.amount,
            item: line.item.map(|id| self.books.item(id).id.to_string()),
            fund: fund.map(|fund| fund.id.clone()),
            reference: owned(line.reference()),
            of: owned(line.of()),
            payee: line.payee().map(|text| unix(text).into_owned()),
            memo: line.memo().map(|text| unix(text).into_owned()),
        };
        self.found.push((print, kept));
    }

    fn merge(&mut self, other: Self) {
        self.found.extend(other.found);
    }
}

/// A line that came, went, or is another than it was.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Added(Box<Kept>),
    Removed(Box<Kept>),
    Changed { was: Box<Kept>, is: Box<Kept> },
}

/// Pairs what went with what came, where both are the same line but for some field: by number, else by all but one.
pub(super) fn paired(gone: Vec<Kept>, come: Vec<Kept>) -> Vec<Change> {
    type Key = fn(&Kept) -> Option<Vec<String>>;
    let keys: [Key; 4] = [
        |kept| Some(vec![kept.kind.word().id.to_owned(), kept.reference.clone()?]),
        |kept| {
            let memo = kept.memo.clone().or(kept.payee.clone())?;
            Some(vec![kept.kind.word().id.to_owned(), kept.account.clone(), kept.date.to_string(), memo])
        },
        |kept| Some(vec![kept.kind.word().id.to_owned(), kept.account.clone(), kept.date.to_string()]),
        |kept| Some(vec![kept.kind.word().id.to_owned(), kept.amount.to_string(), kept.memo.clone()?]),
    ];
    let mut gone: Vec<Option<Kept>> = gone.into_iter().map(Some).collect();
    let mut come: Vec<Option<Kept>> = come.into_iter().map(Some).collect();
    let mut changes = Vec::new();
    for key in keys {
        // Only where exactly one on each side answers to a key is it the same line.
        let mut sides: HashMap<Vec<String>, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (n, kept) in gone.iter().enumerate() {
            if let Some(key) = kept.as_ref().and_then(key) {
                sides.entry(key).or_default().0.push(n);
            }
        }
        for (n, kept) in come.iter().enumerate() {
            if let Some(key) = kept.as_ref().and_then(key) {
                sides.entry(key).or_default().1.push(n);
            }
        }
        let mut pairs: Vec<(usize, usize)> = sides
            .into_values()
            .filter_map(|sides| match (sides.0.as_slice(), sides.1.as_slice()) {
                ([was], [is]) => Some((*was, *is)),
                _ => None,
            })
            .collect();
        pairs.sort_unstable();
        for (was, is) in pairs {
            if let (Some(was), Some(is)) = (gone[was].take(), come[is].take()) {
                changes.push(Change::Changed { was: Box::new(was), is: Box::new(is) });
            }
        }
    }
    changes.extend(gone.into_iter().flatten().map(|kept| Change::Removed(Box::new(kept))));
    changes.extend(come.into_iter().flatten().map(|kept| Change::Added(Box::new(kept))));
    changes
}
