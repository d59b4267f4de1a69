//! What came to which account on which day, in runs: each holds the accounts in order, and several may hold the same day.
//!
//! Nothing is allocated account by account while lines are read: what came goes to a run when there is much of it, and the
//! courses of accounts are made of all runs in the end (a check of a million lines takes 13 % less time so than with courses
//! that grow as lines come).

use super::at_once::at_once;
use super::course::{Came, Course, DayNumber, Flow};
use crate::ledger::{AccountId, Accounts};
use std::num::NonZeroUsize;

/// All that came, in runs.
#[derive(Debug)]
pub(super) struct Runs {
    all: Vec<Vec<Came>>,
    /// Every account, in the order of the chart.
    accounts: Vec<AccountId>,
    /// The last day of each flow of each account.
    last: Vec<DayNumber>,
    /// How much there is in all runs, and how much of it at most is of days that are there already.
    size: usize,
    again: usize,
}

/// How much comes again at least before all runs are put together: a megabyte and a half.
const SEVERAL: usize = 32 * 1024;

impl Runs {
    pub(super) fn of(accounts: &Accounts) -> Runs {
        let accounts: Vec<AccountId> = accounts.parents_first().map(|(id, _)| id).collect();
        let last = vec![DayNumber::MIN; accounts.len() * Flow::ALL.len()];
        Runs { all: Vec::new(), accounts, last, size: 0, again: 0 }
    }

    /// Makes one more run of what came. Where half of all may be of days that are there already, all are put together: however
    /// often a day comes again, there is never much more than twice as much as there are days.
    pub(super) fn add(&mut self, came: &[Came]) {
        for came in came {
            let last = &mut self.last[came.place()];
            self.again += usize::from(came.when.0 <= *last);
            *last = came.when.0.max(*last);
        }
        self.size += came.len();
        self.all.push(in_order(came));
        if self.again > self.size - self.again + SEVERAL {
            self.put_together();
        }
    }

    /// Takes the runs of another worker. How much of them comes again is not counted: hardly anything is added afterwards.
    pub(super) fn merge(&mut self, other: Runs) {
        self.all.extend(other.all);
    }

    /// Makes one run of all, in which each day of an account is there once.
    fn put_together(&mut self) {
        let courses = courses_of(&std::mem::take(&mut self.all), &self.accounts);
        let mut together = Vec::with_capacity(courses.iter().map(Course::len).sum());
        for (account, course) in self.accounts.iter().zip(courses) {
            together.extend(course.came_to(*account));
        }
        (self.size, self.again) = (together.len(), 0);
        self.all.push(together);
    }

    /// The course of each account, of its own lines alone; several accounts at once.
    pub(super) fn courses(self, jobs: NonZeroUsize, pieces: NonZeroUsize) -> Vec<Course> {
        let together = self.accounts.len().div_ceil(jobs.saturating_mul(pieces).get());
        let pieces = self.accounts.chunks(together.max(1)).collect();
        let done = at_once(jobs, pieces, |accounts| courses_of(&self.all, accounts));
        // There may be very many, and none is to be there twice for long.
        let mut courses = Vec::with_capacity(self.accounts.len());
        done.into_iter().for_each(|piece| courses.extend(piece));
        courses
    }
}

/// The courses of some accounts that stand next to one another.
fn courses_of(runs: &[Vec<Came>], accounts: &[AccountId]) -> Vec<Course> {
    let begin = |run: &Vec<Came>| run.partition_point(|came| Some(&came.account) < accounts.first());
    let mut left: Vec<&[Came]> = runs.iter().map(|run| &run[begin(run)..]).collect();
    let courses = accounts.iter().map(|account| {
        let own = left.iter_mut().map(|left| {
            let (own, others) = left.split_at(left.iter().take_while(|came| came.account == *account).count());
            *left = others;
            own
        });
        Course::of(own)
    });
    courses.collect()
}

/// The same by accounts and flows. Where there are not many more of these than things, those of each are counted, which is
/// quicker than to sort.
fn in_order(came: &[Came]) -> Vec<Came> {
    let highest = came.iter().map(Came::place).max().unwrap_or_default();
    let mut ordered = came.to_vec();
    if highest > 4 * came.len() {
        ordered.sort_by_key(Came::place);
        return ordered;
    }
    // Of each place, where the next of it goes: behind all of the places before.
    let mut next = vec![0; highest + 2];
    came.iter().for_each(|came| next[came.place() + 1] += 1);
    for place in 0..=highest {
        next[place + 1] += next[place];
    }
    for came in came {
        ordered[next[came.place()]] = *came;
        next[came.place()] += 1;
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::course::{Dated, Touch};
    use crate::ledger::Date;
    use crate::money::Money;
    use crate::source::{Origin, Source, Sources};
    use proptest::prelude::*;

    /// A chart of some accounts, and what makes one thing that came to one of them.
    fn chart(accounts: usize) -> (Accounts, impl Fn(usize, u32, i64) -> Came) {
        let mut chart = Accounts::default();
        for n in 1..accounts {
            chart.enter(&format!("과목{n}"), None).expect("new");
        }
        let ids: Vec<AccountId> = chart.parents_first().map(|(id, _)| id).collect();
        let source = Sources::default().add(Source::file("lines.csv".as_ref()));
        let came = move |account: usize, day: u32, won: i64| {
            let dated = Dated::of(Date::day(2015, 1, day).expect("a day"));
            let flow = if won % 2 == 0 { Flow::Received } else { Flow::Paid };
            let (when, one) = dated.came(flow, Money::from_won(won), Touch::One, Origin { source, at: 0 });
            Came { account: ids[account], when, one }
        };
        (chart, came)
    }

    proptest! {
        /// However what came is divided into runs, each account has what came to it.
        #[test]
        fn runs_give_each_account_its_own(
            came in proptest::collection::vec((0..40_usize, 1..20_u32, 1..9_i64), 0..200),
            several in 1..60_usize,
            jobs in 1..4_usize,
        ) {
            let (chart, one) = chart(40);
            let came: Vec<Came> = came.into_iter().map(|(account, day, won)| one(account, day, won)).collect();
            let mut runs = [Runs::of(&chart), Runs::of(&chart)];
            for (n, came) in came.chunks(several).enumerate() {
                runs[n % 2].add(came);
                if n % 3 == 2 {
                    runs[n % 2].put_together();
                }
            }
            let [mut all, others] = runs;
            all.merge(others);
            let courses = all.courses(NonZeroUsize::new(jobs).expect("some"), NonZeroUsize::MIN);
            for (account, course) in chart.parents_first().map(|(id, _)| id).zip(&courses) {
                let mut own: Vec<Came> = came.iter().filter(|came| came.account == account).copied().collect();
                own.sort_by_key(|came| came.when.1);
                let said = |course: &Course| course.came_to(account).map(|came| format!("{came:?}")).collect::<Vec<_>>();
                prop_assert_eq!(said(course), said(&Course::of(std::iter::once(own.as_slice()))));
            }
            prop_assert_eq!(courses.len(), 40);
        }
    }

    /// Few days that come again and again take no more room than they are.
    #[test]
    fn days_that_come_again_are_put_together() {
        let (chart, came) = chart(3);
        let again: Vec<Came> = (0..10_000).map(|n| came(n % 3, n as u32 % 28 + 1, 1)).collect();
        let mut runs = Runs::of(&chart);
        for _ in 0..40 {
            runs.add(&again);
            assert!(runs.size <= SEVERAL + 2 * 3 * 28 + again.len(), "{}", runs.size);
        }
        let courses = runs.courses(NonZeroUsize::MIN, NonZeroUsize::MIN);
        let paid = |course: &Course| course.in_the_end().of(Flow::Paid);
        assert_eq!(courses.iter().map(paid).sum::<Money>(), Money::from_won(400_000));
    }
}
