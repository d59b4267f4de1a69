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

/// What came and went of an account on one day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OneDay {
    sums: [Money; Flow::ALL.len()],
    /// The first line, by its place, that moved each flow the way that may break a ceiling.
    lines: [Option<(Touch, Origin)>; Flow::ALL.len()],
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

/// The first day by whose end something is broken; `flows` are those whose lines may have broken it.
pub(super) fn first_broken(course: &Course, flows: &[Flow], broken: impl Fn(&Running) -> bool) -> Option<Broken> {
    let mut sums = Running::default();
    course.iter().find_map(|(day, one)| {
        Flow::ALL.into_iter().for_each(|flow| sums.sums[flow as usize] += one.of(flow));
        let line = || flows.iter().find_map(|flow| one.line(*flow));
        broken(&sums).then(|| Broken { day: *day, sums, line: line() })
    })
}

/// The day by whose end something is at its most, and how much that is; of several the first.
pub(super) fn worst(course: &Course, how_much: impl Fn(&Running) -> Money) -> Option<(Day, Money)> {
    let mut sums = Running::default();
    let mut most: Option<(Day, Money)> = None;
    for (day, one) in course {
        Flow::ALL.into_iter().for_each(|flow| sums.sums[flow as usize] += one.of(flow));
        let much = how_much(&sums);
        most = most.filter(|(_, known)| *known >= much).or(Some((*day, much)));
    }
    most
}

/// What came of each flow in the end.
pub(super) fn in_the_end(course: &Course) -> Running {
    let mut sums = Running::default();
    for one in course.values() {
        Flow::ALL.into_iter().for_each(|flow| sums.sums[flow as usize] += one.of(flow));
    }
    sums
}

impl OneDay {
    /// What came of a flow.
    pub(super) fn of(&self, flow: Flow) -> Money {
        self.sums[flow as usize]
    }

    /// The first line that may have broken a ceiling.
    pub(super) fn line(&self, flow: Flow) -> Option<Origin> {
        self.lines[flow as usize].map(|(_, line)| line)
    }

    fn add(&mut self, flow: Flow, amount: Money, line: (Touch, Origin)) {
        self.sums[flow as usize] += amount;
        if !flow.suits(amount) {
            let first = &mut self.lines[flow as usize];
            *first = Some(first.map_or(line, |known| known.min(line)));
        }
    }

    fn merge(&mut self, other: &OneDay) {
        for flow in Flow::ALL {
            self.sums[flow as usize] += other.of(flow);
            let both = [self.lines[flow as usize], other.lines[flow as usize]];
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

    pub(super) fn line(&mut self, accounts: &Accounts, line: &Line<'_>) {
        let touch = if line.parts().count() > 1 { Touch::Two } else { Touch::One };
        let coarse = line.date.first() != line.date.last();
        let mut followed = false;
        let mut pool: Option<AccountId> = None;
        for (account, measure, amount) in line.parts() {
            for flow in Flow::ALL.into_iter().filter(|flow| flow.has(measure)) {
                let day = flow.day(line.date, amount);
                self.own[account.index()].entry(day).or_default().add(flow, amount, (touch, line.origin));
                followed = true;
            }
            pool = Some(pool.map_or(account, |other| lowest_above(accounts, account, other)));
        }
        if let (Touch::Two, true, Some(pool)) = (touch, coarse, pool) {
            // Its two sides suit best on different days. To the pool of both it is nothing on any day.
            for (_, measure, amount) in line.parts() {
                for flow in Flow::ALL.into_iter().filter(|flow| flow.has(measure)) {
                    let day = flow.day(line.date, amount);
                    self.own[pool.index()].entry(day).or_default().sums[flow as usize] -= amount;
                }
            }
        }
        self.coarse += u64::from(followed && coarse);
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

/// The lowest account that two are within.
fn lowest_above(accounts: &Accounts, one: AccountId, other: AccountId) -> AccountId {
    let mut at = one;
    while !accounts.is_within(other, at) {
        at = accounts.get(at).parent;
    }
    at
}
