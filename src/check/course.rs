//! The course of an account: what came of each flow on each day, in order.

use crate::ledger::{Date, Day, Measure};
use crate::money::Money;
use crate::source::{Origin, SourceId};

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

    /// What a measure counts to.
    pub(super) const fn of(measure: Measure) -> &'static [Flow] {
        use Measure as M;
        match measure {
            M::CarriedIn | M::CarriedInVoted | M::CarriedInCommitted | M::CarriedInContinuing => {
                &[Flow::Received, Flow::Budget]
            }
            M::Granted => &[Flow::Received, Flow::Granted],
            M::OwnFunds => &[Flow::Received],
            M::Disbursed => &[Flow::Paid],
            M::Original
            | M::Supplement
            | M::ReserveUsed
            | M::Transferred
            | M::TransferredAcross
            | M::TransferredWithin
            | M::TransferredByLaw => &[Flow::Budget],
            M::CarriedOut
            | M::CarriedOutVoted
            | M::CarriedOutCommitted
            | M::CarriedOutContinuing
            | M::Allotted
            | M::Promised
            | M::Committed
            | M::Interest
            | M::Recovered
            | M::Disallowed
            | M::Returned => &[],
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
    pub(super) fn day(self, date: Date, amount: Money) -> Day {
        if self.suits(amount) { date.first() } else { date.last() }
    }
}

/// Whether a line touches one account or moves money from one to another; the first is the likelier to be at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Touch {
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

impl OneDay {
    /// What a line adds to a flow.
    pub(super) fn of(flow: Flow, amount: Money, touch: Touch, line: Origin) -> OneDay {
        let cause = Cause { touch, source: line.source, at: line.at };
        OneDay { sum: amount, cause: (!flow.suits(amount)).then_some(cause) }
    }

    /// What is nobody's fault.
    pub(super) fn blameless(sum: Money) -> OneDay {
        OneDay { sum, cause: None }
    }

    pub(super) fn merge(&mut self, other: &OneDay) {
        self.sum += other.sum;
        self.cause = match (self.cause, other.cause) {
            (Some(mine), Some(other)) => Some(mine.min(other)),
            (mine, other) => mine.or(other),
        };
    }
}

/// A day, and which flow.
pub(super) type When = (Day, Flow);

/// The days of one account in order, flow by flow.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    days: Vec<(When, OneDay)>,
    /// How many there were when they were put in order last.
    tidy: usize,
}

impl Course {
    /// Takes what came on a day. Days mostly come in their order; there are never many more than different ones, as they
    /// are put in order whenever their number has doubled.
    pub(super) fn add(&mut self, when: When, one: &OneDay) {
        self.days.push((when, *one));
        if self.days.len() > 2 * self.tidy + 32 {
            self.put_in_order();
        }
    }

    /// Takes the days of other lines.
    pub(super) fn extend(&mut self, other: &Course) {
        self.days.extend_from_slice(&other.days);
    }

    /// Puts the days in order, each flow of each once: before anything is asked.
    pub(super) fn put_in_order(&mut self) {
        // What is in order already, or consists of several stretches that are, is put in order in one pass.
        self.days.sort_by_key(|(when, _)| *when);
        self.days.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1.merge(&next.1);
            }
            same
        });
        self.tidy = self.days.len();
    }

    /// Whether nothing came at all.
    pub(super) fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// What has come of each flow by the end of each day.
    fn by_day(&self) -> impl Iterator<Item = (Day, Running)> {
        let mut sums = Running::default();
        self.days.chunk_by(|(a, _), (b, _)| a.0 == b.0).map(move |day| {
            day.iter().for_each(|((_, flow), one)| sums.sums[*flow as usize] += one.sum);
            (day[0].0.0, sums)
        })
    }

    /// The first day by whose end something is broken; `flows` are those whose lines may have broken it.
    pub(super) fn first_broken(&self, flows: &[Flow], broken: impl Fn(&Running) -> bool) -> Option<Broken> {
        let (day, sums) = self.by_day().find(|(_, sums)| broken(sums))?;
        let of = |flow: &Flow| self.days.binary_search_by_key(&(day, *flow), |(when, _)| *when).ok();
        let cause = flows.iter().find_map(|flow| self.days[of(flow)?].1.cause);
        Some(Broken { day, sums, line: cause.map(|cause| Origin { source: cause.source, at: cause.at }) })
    }

    /// The day by whose end something is at its most, and how much that is; of several the first.
    pub(super) fn worst(&self, how_much: impl Fn(&Running) -> Money) -> Option<(Day, Money)> {
        let days = self.by_day().map(|(day, sums)| (day, how_much(&sums)));
        days.reduce(|most, one| if one.1 > most.1 { one } else { most })
    }

    /// What came of each flow in the end.
    pub(super) fn in_the_end(&self) -> Running {
        self.by_day().last().map(|(_, sums)| sums).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        /// In whatever order days come, however often, and however far apart, each has the sum of what came on it, and of
        /// the lines that may be at fault the first.
        #[test]
        fn days_add_up_in_any_order(
            came in proptest::collection::vec((0_u32..31, 0_usize..4, -5_i64..5), 0..300),
            apart in proptest::sample::select(vec![1, 2, 50]),
        ) {
            let source = Sources::default().add(Source::file("lines.csv".as_ref()));
            let begins = Date::day(2015, 1, 1).expect("a day").first();
            let mut course = Course::default();
            let mut sums: BTreeMap<When, (Money, Option<u64>)> = BTreeMap::new();
            for (at, (day, flow, won)) in came.into_iter().enumerate() {
                let (at, amount, flow) = (at as u64, Money::from_won(won), Flow::ALL[flow]);
                let when = (begins.iter_days().nth(day as usize * apart).expect("a day"), flow);
                course.add(when, &OneDay::of(flow, amount, Touch::One, Origin { source, at }));
                let (sum, cause) = sums.entry(when).or_default();
                *sum += amount;
                *cause = cause.or((!flow.suits(amount)).then_some(at));
                prop_assert!(course.days.len() <= 2 * sums.len() + 33);
            }
            course.put_in_order();
            let at = |one: &OneDay| one.cause.map(|cause| cause.at);
            let found: Vec<_> = course.days.iter().map(|(when, one)| (*when, (one.sum, at(one)))).collect();
            prop_assert_eq!(found, sums.into_iter().collect::<Vec<_>>());
        }
    }
}
