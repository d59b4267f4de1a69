//! What came on which day, account by account: all that rules by date need of the lines.
//!
//! State grows with accounts and days, never with lines: of each day only sums are kept, and the first line of each sort.
//! Each amount of a line that knows no more than its month or year is taken to the day that suits the books best.

use crate::ledger::{AccountId, Books, Date, Day, Line, Measure};
use crate::money::Money;
use crate::source::Origin;
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

    /// The day of all that a date may mean which suits the books best.
    fn day(self, date: Date, amount: Money) -> Day {
        let gives = match self {
            Flow::Received | Flow::Budget => !amount.is_negative(),
            Flow::Paid | Flow::Granted => amount.is_negative(),
        };
        if gives { date.first() } else { date.last() }
    }
}

/// What came and went of an account on one day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OneDay {
    sums: [Money; Flow::ALL.len()],
    /// The first line, by its place, that moved each flow the way that may break a ceiling.
    lines: [Option<Origin>; Flow::ALL.len()],
}

impl OneDay {
    /// What came of a flow.
    pub(super) fn of(&self, flow: Flow) -> Money {
        self.sums[flow as usize]
    }

    /// The first line that may have broken a ceiling.
    pub(super) fn line(&self, flow: Flow) -> Option<Origin> {
        self.lines[flow as usize]
    }

    fn add(&mut self, flow: Flow, amount: Money, line: Origin) {
        self.sums[flow as usize] += amount;
        let breaks = match flow {
            Flow::Received | Flow::Budget => amount.is_negative(),
            Flow::Paid | Flow::Granted => amount > Money::ZERO,
        };
        if breaks {
            let first = &mut self.lines[flow as usize];
            *first = Some(first.map_or(line, |known| known.min(line)));
        }
    }

    fn merge(&mut self, other: &OneDay) {
        for flow in Flow::ALL {
            self.sums[flow as usize] += other.of(flow);
            let both = [self.line(flow), other.line(flow)];
            self.lines[flow as usize] = both.into_iter().flatten().min();
        }
    }
}

/// The days of one account in order.
pub(super) type Course = BTreeMap<Day, OneDay>;

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

    pub(super) fn line(&mut self, line: &Line<'_>) {
        let mut followed = false;
        for (account, measure, amount) in line.parts() {
            for flow in Flow::ALL.into_iter().filter(|flow| flow.has(measure)) {
                let day = flow.day(line.date, amount);
                self.own[account.index()].entry(day).or_default().add(flow, amount, line.origin);
                followed = true;
            }
        }
        self.coarse += u64::from(followed && line.date.first() != line.date.last());
    }

    pub(super) fn merge(&mut self, other: Days) {
        for (mine, theirs) in self.own.iter_mut().zip(other.own) {
            for (day, sums) in theirs {
                mine.entry(day).or_default().merge(&sums);
            }
        }
        self.coarse += other.coarse;
    }

    /// How many lines that are followed know no more than their month or year.
    pub(super) fn coarse(&self) -> u64 {
        self.coarse
    }

    /// The days of each of some accounts, with everything below it.
    pub(super) fn below(&self, books: &Books, wanted: &[AccountId]) -> Vec<Course> {
        let mut place = vec![None; self.own.len()];
        wanted.iter().enumerate().for_each(|(n, account)| place[account.index()] = Some(n));
        let mut all = vec![Course::new(); wanted.len()];
        for (id, _) in books.accounts.parents_first() {
            if self.own[id.index()].is_empty() {
                continue;
            }
            let mut at = id;
            loop {
                if let Some(n) = place[at.index()] {
                    for (day, sums) in &self.own[id.index()] {
                        all[n].entry(*day).or_default().merge(sums);
                    }
                }
                if at == AccountId::ROOT {
                    break;
                }
                at = books.accounts.get(at).parent;
            }
        }
        all
    }
}
