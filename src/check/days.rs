//! What came on which day, account by account: all that rules by date need of the lines.
//!
//! State grows with accounts and days, never with lines: of each day only sums are kept, and the first line of each sort.
//! Lines mostly come in the order of days, so what came on the day at hand lies in a small table, and goes to a run
//! ([`super::runs`]) when another day begins there. Each amount of a line that knows no more than its month or year is
//! taken to the day that suits the books best.
//!
//! Law: the days that suit best are days that the lines may all have had. So a rule that finds something finds it
//! whatever the days were, and finds it wherever every choice of days is broken. A line that moves money within a pool
//! has one day, too: to the pool it neither comes nor goes, however coarse it is dated.

use super::at_once::at_once;
use super::course::{Came, Course, Dated, DayNumber, Flow, OneDay, Touch, When};
use super::runs::Runs;
use crate::ledger::{AccountId, Accounts, Books, Effect, Kind, Line, Side};
use std::num::NonZeroUsize;

/// The days of lines that are still being read.
pub(super) struct Coming {
    kept: Kept,
    coarse: u64,
    /// What lines do that say nothing but their kind, by kind, and to which flow: most lines are so (2 % of the instructions
    /// of a check).
    plain: [Vec<(Effect, Flow)>; Kind::ALL.len()],
}

/// What came, kept so that each day of each account is there about once.
struct Kept {
    /// What came last of each account, or of several that share a place.
    near: Vec<Came>,
    /// What came before that, and goes to the runs when there is much of it.
    log: Vec<Came>,
    runs: Runs,
}

/// The most days at hand: of more than four thousand accounts, some share a place.
const MOST_NEAR: usize = 16 * 1024;

/// The most days that are kept before they go to a run: a megabyte and a half.
const MOST_LOGGED: usize = 32 * 1024;

/// Into how many pieces accounts go for each worker: some have many more days than others.
const PIECES: NonZeroUsize = NonZeroUsize::new(8).expect("it is not zero");

impl Coming {
    pub(super) fn new(books: &Books) -> Coming {
        let flows = |effect: &Effect| Flow::of(effect.measure).iter().map(|flow| (*effect, *flow)).collect::<Vec<_>>();
        let own = |kind: Kind| kind.effects(None).iter().filter(|effect| effect.on == Side::Account);
        Coming {
            kept: Kept::of(&books.accounts),
            coarse: 0,
            plain: Kind::ALL.map(|kind| own(kind).flat_map(flows).collect()),
        }
    }

    #[inline]
    pub(super) fn line(&mut self, accounts: &Accounts, line: &Line<'_>, dated: &Dated) {
        if !line.is_plain() || dated.is_coarse() {
            return self.out_of_the_ordinary(accounts, line, dated);
        }
        for (effect, flow) in &self.plain[line.kind as usize] {
            self.kept.put(line.account, dated.came(*flow, effect.of(line.amount), Touch::One, line.origin));
        }
    }

    #[cold]
    fn out_of_the_ordinary(&mut self, accounts: &Accounts, line: &Line<'_>, dated: &Dated) {
        let touch = if line.parts().count() > 1 { Touch::Two } else { Touch::One };
        for (account, measure, amount) in line.parts() {
            for flow in Flow::of(measure) {
                self.kept.put(account, dated.came(*flow, amount, touch, line.origin));
            }
        }
        if dated.is_coarse() {
            self.coarsely(accounts, line, dated, touch);
        }
    }

    /// What there is besides to a line that knows no more than its month or year.
    fn coarsely(&mut self, accounts: &Accounts, line: &Line<'_>, dated: &Dated, touch: Touch) {
        let followed = |(_, measure, _)| !Flow::of(measure).is_empty();
        self.coarse += u64::from(line.parts().any(followed));
        let pool = line.parts().map(|(account, ..)| account).reduce(|one, other| lowest_above(accounts, other, one));
        let (Touch::Two, Some(pool)) = (touch, pool) else { return };
        // Its two sides suit best on different days. To the pool of both it is nothing on any day.
        for (_, measure, amount) in line.parts() {
            for flow in Flow::of(measure) {
                let (when, came) = dated.came(*flow, amount, touch, line.origin);
                self.kept.put(pool, (when, came.undone()));
            }
        }
    }

    pub(super) fn merge(&mut self, other: Coming) {
        self.kept.runs.merge(other.kept.in_runs());
        self.coarse += other.coarse;
    }

    /// The days of all lines that came: from the bottom up, each account's days go to the one above it. Accounts that stand
    /// equally deep have nothing to do with one another.
    pub(super) fn days(self, accounts: &Accounts, jobs: NonZeroUsize) -> Days {
        let mut below = self.kept.in_runs().courses(jobs, PIECES);
        let parts = accounts.children();
        let mut depths = Vec::new();
        for (id, account) in accounts.parents_first() {
            if accounts.has_children(id) {
                depths.resize(depths.len().max(account.depth as usize + 1), Vec::new());
                depths[account.depth as usize].push(id);
            }
        }
        for ids in depths.iter().rev() {
            let together = ids.len().div_ceil(jobs.saturating_mul(PIECES).get());
            let whole = |id: &AccountId| {
                let parts = parts[id.index()].iter().chain([id]).map(|part| &below[part.index()]);
                (*id, Course::together(&parts.collect::<Vec<_>>()))
            };
            let pieces = ids.chunks(together.max(1)).collect();
            let done = at_once(jobs, pieces, |ids: &[AccountId]| ids.iter().map(whole).collect::<Vec<_>>());
            done.into_iter().flatten().for_each(|(id, course)| below[id.index()] = course);
        }
        Days { below, coarse: self.coarse }
    }
}

/// Where nothing came yet.
const NOTHING: Came = Came { account: AccountId::ROOT, when: (DayNumber::MIN, Flow::Received), one: OneDay::NOTHING };

impl Kept {
    fn of(accounts: &Accounts) -> Kept {
        let near = (accounts.len() * Flow::ALL.len()).next_power_of_two().min(MOST_NEAR);
        Kept { near: vec![NOTHING; near], log: Vec::new(), runs: Runs::of(accounts) }
    }

    #[inline]
    fn put(&mut self, account: AccountId, (when, one): (When, OneDay)) {
        let came = Came { account, when, one };
        // There are as many places as a power of two.
        let place = came.place() & (self.near.len() - 1);
        let near = &mut self.near[place];
        if near.account == account && near.when == when {
            return near.one.merge(&one);
        }
        let before = std::mem::replace(near, came);
        // Where nothing came yet there is nothing to keep, not even a day.
        if before.when != NOTHING.when {
            self.log.push(before);
        }
        if self.log.len() >= MOST_LOGGED {
            self.begin_a_log();
        }
    }

    #[cold]
    fn begin_a_log(&mut self) {
        self.runs.add(&self.log);
        self.log.clear();
    }

    /// All that came, in runs.
    fn in_runs(mut self) -> Runs {
        self.log.extend(self.near.into_iter().filter(|near| near.when != NOTHING.when));
        self.runs.add(&self.log);
        self.runs
    }
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
