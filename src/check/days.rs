//! What came on which day, account by account: all that rules by date need of the lines.
//!
//! State grows with accounts and days, never with lines: of each day only sums are kept, and the first line of each sort.
//! Lines mostly come in the order of days, so what came on the day at hand lies in a small table, [`Coming`], and goes to
//! the course of its account when another day begins there. Each amount of a line that knows no more than its month or year is taken to the day that suits the books best.
//!
//! Law: the days that suit best are days that the lines may all have had. So a rule that finds something finds it
//! whatever the days were, and finds it wherever every choice of days is broken. A line that moves money within a pool
//! has one day, too: to the pool it neither comes nor goes, however coarse it is dated.

use super::course::{Course, Flow, OneDay, Touch, When};
use crate::ledger::{AccountId, Accounts, Books, Day, Line};
use std::borrow::Cow;

/// What came on which day, of each account's own lines.
#[derive(Clone, Debug)]
pub(super) struct Days {
    own: Vec<Course>,
    coarse: u64,
}

/// The days of lines that are still being read.
pub(super) struct Coming {
    days: Days,
    /// What came last, at the places that [`Coming::place`] gives.
    near: Vec<Near>,
}

/// One day of an account that is at hand.
#[derive(Clone, Copy, Debug)]
struct Near {
    account: AccountId,
    when: When,
    one: OneDay,
}

/// The most days at hand: of more than four thousand accounts, some share a place.
const MOST_NEAR: usize = 16 * 1024;

impl Coming {
    pub(super) fn new(books: &Books) -> Coming {
        let accounts = books.accounts.len();
        let nothing = Near { account: AccountId::ROOT, when: (Day::MIN, Flow::Received), one: OneDay::default() };
        Coming {
            days: Days { own: vec![Course::default(); accounts], coarse: 0 },
            near: vec![nothing; (accounts * Flow::ALL.len()).next_power_of_two().min(MOST_NEAR)],
        }
    }

    fn put(&mut self, account: AccountId, when: When, came: &OneDay) {
        let place = (account.index() * Flow::ALL.len() + when.1 as usize) % self.near.len();
        let near = &mut self.near[place];
        if near.account != account || near.when != when {
            self.days.add(near);
            *near = Near { account, when, one: OneDay::default() };
        }
        near.one.merge(came);
    }

    pub(super) fn merge(&mut self, other: Coming) {
        self.days.merge(other.all());
    }

    /// The days of all lines that came.
    pub(super) fn all(mut self) -> Days {
        self.near.iter().for_each(|near| self.days.add(near));
        self.days.own.iter_mut().for_each(Course::put_in_order);
        self.days
    }

    pub(super) fn line(&mut self, accounts: &Accounts, line: &Line<'_>) {
        let touch = if line.parts().count() > 1 { Touch::Two } else { Touch::One };
        let coarse = line.date.first() != line.date.last();
        let mut followed = false;
        let mut pool: Option<AccountId> = None;
        for (account, measure, amount) in line.parts() {
            for flow in Flow::ALL.into_iter().filter(|flow| flow.has(measure)) {
                let came = OneDay::of(flow, amount, touch, line.origin);
                self.put(account, (flow.day(line.date, amount), flow), &came);
                followed = true;
            }
            pool = Some(pool.map_or(account, |other| lowest_above(accounts, account, other)));
        }
        if let (Touch::Two, true, Some(pool)) = (touch, coarse, pool) {
            // Its two sides suit best on different days. To the pool of both it is nothing on any day.
            for (_, measure, amount) in line.parts() {
                for flow in Flow::ALL.into_iter().filter(|flow| flow.has(measure)) {
                    let day = flow.day(line.date, amount);
                    self.put(pool, (day, flow), &OneDay::blameless(-amount));
                }
            }
        }
        self.days.coarse += u64::from(followed && coarse);
    }
}

impl Days {
    fn add(&mut self, near: &Near) {
        // Of a place where nothing came yet there is nothing to add, not even a day.
        if near.when.0 > Day::MIN {
            self.own[near.account.index()].add(near.when, &near.one);
        }
    }

    fn merge(&mut self, other: Days) {
        self.own.iter_mut().zip(&other.own).for_each(|(mine, theirs)| mine.extend(theirs));
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
                    all[n].to_mut().extend(own);
                }
            }
        }
        for course in &mut all {
            if let Cow::Owned(course) = course {
                course.put_in_order();
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
