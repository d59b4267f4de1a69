//! What came on which day, account by account: all that rules by date need of the lines.
//!
//! State grows with accounts and days, never with lines: of each day only sums are kept, and the first line of each sort.
//! Lines mostly come in the order of days, so what came on the day at hand lies in a small table, and goes to the course of
//! its account when another day begins there. Each amount of a line that knows no more than its month or year is taken to
//! the day that suits the books best.
//!
//! Law: the days that suit best are days that the lines may all have had. So a rule that finds something finds it
//! whatever the days were, and finds it wherever every choice of days is broken. A line that moves money within a pool
//! has one day, too: to the pool it neither comes nor goes, however coarse it is dated.

use super::at_once::at_once;
use super::course::{Course, Flow, OneDay, Touch, When, in_order};
use crate::ledger::{AccountId, Accounts, Books, Day, Effect, Kind, Line, Side};
use crate::money::Money;
use std::num::NonZeroUsize;

/// The days of lines that are still being read.
pub(super) struct Coming {
    own: Courses,
    /// The same of other lines, which are put together when all have come, several accounts at once.
    others: Vec<Courses>,
    /// What came last of each account, or of several that share a place.
    near: Vec<OfAccount>,
    /// What came before that, and is taken to the courses of its accounts when there is much of it: to go from account to
    /// account with each day takes 6 % of the time of a check.
    log: Vec<OfAccount>,
    coarse: u64,
    /// What lines do that say nothing but their kind, by kind, and to which flow: most lines are so (2 % of the instructions
    /// of a check).
    plain: [Vec<(Effect, Flow)>; Kind::ALL.len()],
}

/// The course of each account's own lines, of those that have any.
type Courses = Vec<Option<Box<Course>>>;

/// One day of an account.
#[derive(Clone, Copy, Debug)]
struct OfAccount {
    account: AccountId,
    when: When,
    one: OneDay,
}

/// The most days at hand: of more than four thousand accounts, some share a place.
const MOST_NEAR: usize = 16 * 1024;

/// The most days that are kept before they go to their accounts: two megabytes.
const MOST_LOGGED: usize = 32 * 1024;

/// Into how many pieces the accounts of one depth go for each worker: some have many more days than others.
const PIECES: NonZeroUsize = NonZeroUsize::new(8).expect("it is not zero");

impl Coming {
    pub(super) fn new(books: &Books) -> Coming {
        let accounts = books.accounts.len();
        let flows = |effect: &Effect| Flow::of(effect.measure).iter().map(|flow| (*effect, *flow)).collect::<Vec<_>>();
        let own = |kind: Kind| kind.effects(None).iter().filter(|effect| effect.on == Side::Account);
        let nothing = OfAccount { account: AccountId::ROOT, when: (Day::MIN, Flow::Received), one: OneDay::default() };
        Coming {
            own: vec![None; accounts],
            others: Vec::new(),
            log: Vec::new(),
            near: vec![nothing; (accounts * Flow::ALL.len()).next_power_of_two().min(MOST_NEAR)],
            coarse: 0,
            plain: Kind::ALL.map(|kind| own(kind).flat_map(flows).collect()),
        }
    }

    pub(super) fn line(&mut self, accounts: &Accounts, line: &Line<'_>) {
        let mut touch = Touch::One;
        if line.is_plain() {
            for n in 0..self.plain[line.kind as usize].len() {
                let (effect, flow) = self.plain[line.kind as usize][n];
                self.came(line.account, flow, effect.of(line.amount), touch, line);
            }
        } else {
            touch = if line.parts().count() > 1 { Touch::Two } else { Touch::One };
            for (account, measure, amount) in line.parts() {
                for flow in Flow::of(measure) {
                    self.came(account, *flow, amount, touch, line);
                }
            }
        }
        if line.date.first() != line.date.last() {
            self.coarsely(accounts, line, touch);
        }
    }

    /// Takes what a line adds to a flow of an account.
    #[inline]
    fn came(&mut self, account: AccountId, flow: Flow, amount: Money, touch: Touch, line: &Line<'_>) {
        self.put(account, (flow.day(line.date, amount), flow), &OneDay::of(flow, amount, touch, line.origin));
    }

    /// What there is besides to a line that knows no more than its month or year.
    fn coarsely(&mut self, accounts: &Accounts, line: &Line<'_>, touch: Touch) {
        let followed = |(_, measure, _)| !Flow::of(measure).is_empty();
        self.coarse += u64::from(line.parts().any(followed));
        let pool = line.parts().map(|(account, ..)| account).reduce(|one, other| lowest_above(accounts, other, one));
        let (Touch::Two, Some(pool)) = (touch, pool) else { return };
        // Its two sides suit best on different days. To the pool of both it is nothing on any day.
        for (_, measure, amount) in line.parts() {
            for flow in Flow::of(measure) {
                self.put(pool, (flow.day(line.date, amount), *flow), &OneDay::blameless(-amount));
            }
        }
    }

    fn put(&mut self, account: AccountId, when: When, came: &OneDay) {
        // There are as many places as a power of two.
        let place = (account.index() * Flow::ALL.len() + when.1 as usize) & (self.near.len() - 1);
        let near = &mut self.near[place];
        if near.account != account || near.when != when {
            // Where nothing came yet there is nothing to keep, not even a day.
            if near.when.0 > Day::MIN {
                self.log.push(*near);
            }
            *near = OfAccount { account, when, one: *came };
            if self.log.len() >= MOST_LOGGED {
                self.file_log();
            }
            return;
        }
        near.one.merge(came);
    }

    /// Takes what is no longer at hand to the courses of its accounts.
    fn file_log(&mut self) {
        let accounts = self.log.iter().map(|near| near.account.index());
        for n in in_order(accounts) {
            let near = &self.log[n];
            self.own[near.account.index()].get_or_insert_default().add(near.when, &near.one);
        }
        self.log.clear();
    }

    pub(super) fn merge(&mut self, mut other: Coming) {
        other.file_log();
        self.others.push(other.own);
        self.others.extend(other.others);
        other
            .near
            .iter()
            .filter(|near| near.when.0 > Day::MIN)
            .for_each(|near| self.put(near.account, near.when, &near.one));
        self.coarse += other.coarse;
    }

    /// The days of all lines that came: from the bottom up, each account's days go to the one above it. Accounts that stand
    /// equally deep have nothing to do with one another.
    pub(super) fn days(mut self, accounts: &Accounts, jobs: NonZeroUsize) -> Days {
        self.log.extend(self.near.iter().filter(|near| near.when.0 > Day::MIN));
        self.file_log();
        let mut parts = vec![Vec::new(); accounts.len()];
        let mut depths = Vec::new();
        for (id, account) in accounts.parents_first() {
            if id != AccountId::ROOT {
                parts[account.parent.index()].push(id);
            }
            depths.resize(depths.len().max(account.depth as usize + 1), Vec::new());
            depths[account.depth as usize].push(id);
        }
        let mut read = self.others;
        read.push(self.own);
        let mut below = vec![Course::default(); accounts.len()];
        for ids in depths.iter().rev() {
            let mut own = |id: AccountId| -> Vec<Course> {
                read.iter_mut().filter_map(|courses| courses[id.index()].take().map(|course| *course)).collect()
            };
            let together = ids.chunks(ids.len().div_ceil(jobs.saturating_mul(PIECES).get()));
            let pieces: Vec<Vec<_>> = together.map(|ids| ids.iter().map(|id| (*id, own(*id))).collect()).collect();
            let of = |parts: &[AccountId]| parts.iter().map(|part| &below[part.index()]).collect::<Vec<_>>();
            let done = at_once(jobs, pieces, |piece| {
                let whole = |(id, own): (AccountId, Vec<Course>)| (id, together_with(own, &of(&parts[id.index()])));
                piece.into_iter().map(whole).collect::<Vec<_>>()
            });
            done.into_iter().flatten().for_each(|(id, course)| below[id.index()] = course);
        }
        Days { below, coarse: self.coarse }
    }
}

/// The course of an account: its own lines', as several workers read them, with those of the accounts below it.
fn together_with(own: Vec<Course>, parts: &[&Course]) -> Course {
    let mut own = own.into_iter();
    let mut course = own.next().unwrap_or_default();
    let others: Vec<Course> = own.collect();
    course.extend(&others.iter().chain(parts.iter().copied()).collect::<Vec<_>>());
    course.put_in_order();
    course
}

/// What came on which day.
#[derive(Clone, Debug)]
pub(super) struct Days {
    /// Of each account, with everything below it.
    below: Vec<Course>,
    coarse: u64,
}

impl Days {
    /// How many lines that are followed know no more than their month or year.
    pub(super) fn coarse(&self) -> u64 {
        self.coarse
    }

    /// The days of an account, with everything below it.
    pub(super) fn of(&self, account: AccountId) -> &Course {
        &self.below[account.index()]
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
