//! What came on which day, account by account: all that rules by date need of the lines.
//!
//! State grows with accounts and days, never with lines: of each day only sums are kept, and the first line of each sort.
//! Each amount of a line that knows no more than its month or year is taken to the day that suits the books best.
//!
//! Law: the days that suit best are days that the lines may all have had. So a rule that finds something finds it
//! whatever the days were, and finds it wherever every choice of days is broken. A line that moves money within a pool
//! has one day, too: to the pool it neither comes nor goes, however coarse it is dated.

use crate::ledger::{AccountId, Accounts, Books, Date, Day, Line, Measure};
use crate::money::Money;
use crate::source::{Origin, SourceId};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is followed day by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flow {
    /// Money received: grants, own funds, what was carried in. Early suits.
    Received,
    /// Money paid out, net of what came back. Late suits.
    Paid,
    /// What changes the current budget. Early suits.
    Budget,
    /// Grants, held against the budget. Late suits.
    Granted,
}

impl Flow {
    pub(super) const ALL: [Flow; 4] = [Flow::Received, Flow::Paid, Flow::Budget, Flow::Granted];

    const fn has(self, measure: Measure) -> bool {
        use Measure as M;
        let carried =
            matches!(measure, M::CarriedIn | M::CarriedInVoted | M::CarriedInCommitted | M::CarriedInContinuing);
        match self {
            Flow::Received => carried || matches!(measure, M::Granted | M::OwnFunds),
            Flow::Paid => matches!(measure, M::Disbursed),
            Flow::Granted => matches!(measure, M::Granted),
            Flow::Budget => {
                carried
                    || matches!(
                        measure,
                        M::Original
                            | M::Supplement
                            | M::ReserveUsed
                            | M::Transferred
                            | M::TransferredAcross
                            | M::TransferredWithin
                            | M::TransferredByLaw
                    )
            }
        }
    }

    /// Whether an amount keeps a ceiling rather than breaks it.
    fn suits(self, amount: Money) -> bool {
        match self {
            Flow::Received | Flow::Budget => !amount.is_negative(),
            Flow::Paid | Flow::Granted => amount <= Money::ZERO,
        }
    }

    /// The day of all that a date may mean which suits the books best.
    fn day(self, date: Date, amount: Money) -> Day {
        if self.suits(amount) { date.first() } else { date.last() }
    }
}

/// Whether a line touches one account or moves money from one to another; the first is the likelier to be at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Touch {
    One,
    Two,
}

/// A line that moved a flow the way that may break a ceiling: the likelier one is the smaller, then the earlier by its
/// place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    touch: Touch,
    source: SourceId,
    at: u64,
}

/// What came and went of one flow of an account on one day. There is one for each account, day and flow that lines have,
/// so it is kept small: 32 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OneDay {
    sum: Money,
    cause: Option<Cause>,
}

/// What came of each flow by the end of a day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Running {
    sums: [Money; Flow::ALL.len()],
}

impl Running {
    /// What came of a flow.
    pub(super) fn of(&self, flow: Flow) -> Money {
        self.sums[flow as usize]
    }
}

/// A day by whose end a ceiling is broken.
pub(super) struct Broken {
    pub(super) day: Day,
    pub(super) sums: Running,
    /// The first line of that day that may have broken it.
    pub(super) line: Option<Origin>,
}

/// What has come of each flow by the end of each day.
fn by_day(course: &Course) -> impl Iterator<Item = (Day, Running)> {
    let mut sums = Running::default();
    let mut all = course.iter().peekable();
    std::iter::from_fn(move || {
        loop {
            let (&(day, flow), one) = all.next()?;
            sums.sums[flow as usize] += one.sum;
            if all.peek().is_none_or(|((next, _), _)| *next != day) {
                return Some((day, sums));
            }
        }
    })
}

/// The first day by whose end something is broken; `flows` are those whose lines may have broken it.
pub(super) fn first_broken(course: &Course, flows: &[Flow], broken: impl Fn(&Running) -> bool) -> Option<Broken> {
    let (day, sums) = by_day(course).find(|(_, sums)| broken(sums))?;
    let cause = flows.iter().find_map(|flow| course.get(&(day, *flow))?.cause);
    Some(Broken { day, sums, line: cause.map(|cause| Origin { source: cause.source, at: cause.at }) })
}

/// The day by whose end something is at its most, and how much that is; of several the first.
pub(super) fn worst(course: &Course, how_much: impl Fn(&Running) -> Money) -> Option<(Day, Money)> {
    by_day(course).map(|(day, sums)| (day, how_much(&sums))).reduce(|most, one| if one.1 > most.1 { one } else { most })
}

/// What came of each flow in the end.
pub(super) fn in_the_end(course: &Course) -> Running {
    by_day(course).last().map(|(_, sums)| sums).unwrap_or_default()
}

impl OneDay {
    fn merge(&mut self, other: &OneDay) {
        self.sum += other.sum;
        self.cause = [self.cause, other.cause].into_iter().flatten().min();
    }
}

/// The days of one account in order, flow by flow.
pub(super) type Course = BTreeMap<(Day, Flow), OneDay>;

/// What came on which day, of each account's own lines.
#[derive(Clone, Debug)]
pub(super) struct Days {
    own: Vec<Course>,
    coarse: u64,
}

impl Days {
    pub(super) fn new(books: &Books) -> Days {
        Days { own: vec![Course::new(); books.accounts.len()], coarse: 0 }
    }

    pub(super) fn line(&mut self, accounts: &Accounts, line: &Line<'_>) {
        let touch = if line.parts().count() > 1 { Touch::Two } else { Touch::One };
        let coarse = line.date.first() != line.date.last();
        let mut followed = false;
        let mut pool: Option<AccountId> = None;
        for (account, measure, amount) in line.parts() {
            for flow in Flow::ALL.into_iter().filter(|flow| flow.has(measure)) {
                let cause = Cause { touch, source: line.origin.source, at: line.origin.at };
                let came = OneDay { sum: amount, cause: (!flow.suits(amount)).then_some(cause) };
                self.own[account.index()].entry((flow.day(line.date, amount), flow)).or_default().merge(&came);
                followed = true;
            }
            pool = Some(pool.map_or(account, |other| lowest_above(accounts, account, other)));
        }
        if let (Touch::Two, true, Some(pool)) = (touch, coarse, pool) {
            // Its two sides suit best on different days. To the pool of both it is nothing on any day.
            for (_, measure, amount) in line.parts() {
                for flow in Flow::ALL.into_iter().filter(|flow| flow.has(measure)) {
                    let day = flow.day(line.date, amount);
                    self.own[pool.index()].entry((day, flow)).or_default().sum -= amount;
                }
            }
        }
        self.coarse += u64::from(followed && coarse);
    }

    pub(super) fn merge(&mut self, other: Days) {
        for (mine, theirs) in self.own.iter_mut().zip(other.own) {
            theirs.iter().for_each(|(when, one)| mine.entry(*when).or_default().merge(one));
        }
        self.coarse += other.coarse;
    }

    /// How many lines that are followed know no more than their month or year.
    pub(super) fn coarse(&self) -> u64 {
        self.coarse
    }

    /// The days of each of some accounts, with everything below it; those of an account with nothing below are lent.
    pub(super) fn below(&self, books: &Books, wanted: &[AccountId]) -> Vec<Cow<'_, Course>> {
        let mut place = vec![None; self.own.len()];
        wanted.iter().enumerate().for_each(|(n, account)| place[account.index()] = Some(n));
        let mut all: Vec<_> = wanted.iter().map(|account| Cow::Borrowed(&self.own[account.index()])).collect();
        for (id, _) in books.accounts.parents_first() {
            let own = &self.own[id.index()];
            let mut at = id;
            while at != AccountId::ROOT && !own.is_empty() {
                at = books.accounts.get(at).parent;
                if let Some(n) = place[at.index()] {
                    let sums = all[n].to_mut();
                    own.iter().for_each(|(when, one)| sums.entry(*when).or_default().merge(one));
                }
            }
        }
        all
    }
}

/// The lowest account that two are within.
fn lowest_above(accounts: &Accounts, one: AccountId, other: AccountId) -> AccountId {
    let mut at = one;
    while !accounts.is_within(other, at) {
        at = accounts.get(at).parent;
    }
    at
}
