//! The course of an account: what came of each flow on each day, in order.

use crate::ledger::{Date, Day, Measure};
use crate::money::Money;
use crate::source::{Origin, SourceId};
use std::ops::ControlFlow;

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
    #[inline]
    pub(super) fn of(flow: Flow, amount: Money, touch: Touch, line: Origin) -> OneDay {
        let cause = Cause { touch, source: line.source, at: line.at };
        OneDay { sum: amount, cause: (!flow.suits(amount)).then_some(cause) }
    }

    /// What is nobody's fault.
    pub(super) fn blameless(sum: Money) -> OneDay {
        OneDay { sum, cause: None }
    }

    #[inline]
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
    flows: [Days; Flow::ALL.len()],
}

/// The days on which something came of one flow.
#[derive(Clone, Debug, Default)]
struct Days {
    all: Vec<(Day, OneDay)>,
    /// How many of them, from the first on, are in order and each there once.
    tidy: usize,
}

impl Days {
    /// Takes what came on a day. Days mostly come in their order, and then there is nothing to put in order (at a million
    /// lines, 5 % of a check); of others there are never many more than different ones, as they are put in order whenever
    /// their number has doubled.
    fn add(&mut self, day: Day, one: &OneDay) {
        match self.all.last_mut() {
            Some((last, kept)) if *last == day => return kept.merge(one),
            Some((last, _)) if *last > day => {}
            _ => self.tidy += usize::from(self.tidy == self.all.len()),
        }
        self.all.push((day, *one));
        if self.all.len() > 2 * self.tidy + 32 {
            self.put_in_order();
        }
    }

    fn put_in_order(&mut self) {
        if self.tidy == self.all.len() {
            return;
        }
        let mut tidy: Vec<(Day, OneDay)> = Vec::with_capacity(self.all.len());
        // Before 1970 days have numbers below zero.
        let rank = |day: &Day| (day.to_epoch_days().cast_unsigned() ^ 1 << 31) as usize;
        for n in in_order(self.all.iter().map(|(day, _)| rank(day))) {
            let (day, one) = &self.all[n];
            match tidy.last_mut().filter(|(last, _)| last == day) {
                Some((_, kept)) => kept.merge(one),
                None => tidy.push((*day, *one)),
            }
        }
        self.tidy = tidy.len();
        self.all = tidy;
    }
}

/// Where things lie that have such ranks, those of the lowest first, and of one rank as they are. Ranks of up to 32 bits are
/// put in order with their places: the things themselves are larger (5 % of the time of a check).
pub(super) fn in_order(ranks: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
    let ranks = ranks.inspect(|rank| debug_assert!(u32::try_from(*rank).is_ok()));
    let mut places: Vec<u64> = ranks.zip(0..).map(|(rank, place)| (rank as u64) << 32 | place).collect();
    places.sort();
    places.into_iter().map(|place| (place & u64::from(u32::MAX)) as usize)
}

impl Course {
    /// Takes what came on a day.
    pub(super) fn add(&mut self, (day, flow): When, one: &OneDay) {
        self.flows[flow as usize].add(day, one);
    }

    /// Takes the days of other lines.
    pub(super) fn extend(&mut self, others: &[&Course]) {
        for (flow, mine) in self.flows.iter_mut().enumerate() {
            let theirs = || others.iter().map(|other| &other.flows[flow].all);
            mine.all.reserve(theirs().map(Vec::len).sum());
            theirs().for_each(|days| mine.all.extend_from_slice(days));
        }
    }

    /// Puts the days in order, each flow of each once: before anything is asked.
    pub(super) fn put_in_order(&mut self) {
        self.flows.iter_mut().for_each(Days::put_in_order);
    }

    /// Whether nothing came at all.
    pub(super) fn is_empty(&self) -> bool {
        self.flows.iter().all(|days| days.all.is_empty())
    }

    /// Shows what has come of each flow by the end of each day, until somebody has seen enough.
    fn by_day<Enough>(&self, mut see: impl FnMut(Day, &Running) -> ControlFlow<Enough>) -> Option<Enough> {
        let mut left = self.flows.each_ref().map(|days| days.all.as_slice());
        let mut running = Running::default();
        loop {
            let mut next = None;
            for days in left {
                if let [(first, _), ..] = days {
                    next = Some(next.map_or(*first, |day: Day| day.min(*first)));
                }
            }
            let day = next?;
            for flow in Flow::ALL {
                if let [(first, one), others @ ..] = left[flow as usize]
                    && *first == day
                {
                    running.sums[flow as usize] += one.sum;
                    left[flow as usize] = others;
                }
            }
            if let ControlFlow::Break(enough) = see(day, &running) {
                return Some(enough);
            }
        }
    }

    /// The first day by whose end something is broken; `flows` are those whose lines may have broken it.
    pub(super) fn first_broken(&self, flows: &[Flow], broken: impl Fn(&Running) -> bool) -> Option<Broken> {
        let (day, sums) = self.by_day(|day, sums| match broken(sums) {
            true => ControlFlow::Break((day, *sums)),
            false => ControlFlow::Continue(()),
        })?;
        let cause = flows.iter().find_map(|flow| {
            let days = &self.flows[*flow as usize].all;
            days[days.binary_search_by_key(&day, |(day, _)| *day).ok()?].1.cause
        });
        Some(Broken { day, sums, line: cause.map(|cause| Origin { source: cause.source, at: cause.at }) })
    }

    /// The day by whose end something is at its most, and how much that is; of several the first.
    pub(super) fn worst(&self, how_much: impl Fn(&Running) -> Money) -> Option<(Day, Money)> {
        let mut worst = None::<(Day, Money)>;
        self.by_day::<()>(|day, sums| {
            let much = how_much(sums);
            if worst.is_none_or(|(_, most)| much > most) {
                worst = Some((day, much));
            }
            ControlFlow::Continue(())
        });
        worst
    }

    /// What came of each flow in the end.
    pub(super) fn in_the_end(&self) -> Running {
        Running { sums: self.flows.each_ref().map(|days| days.all.iter().map(|(_, one)| one.sum).sum()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

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
                let of_flow = sums.keys().filter(|(_, of)| *of == flow).count();
                prop_assert!(course.flows[flow as usize].all.len() <= 2 * of_flow + 33);
            }
            course.put_in_order();
            let at = |one: &OneDay| one.cause.map(|cause| cause.at);
            for (flow, days) in Flow::ALL.into_iter().zip(&course.flows) {
                let found: Vec<_> = days.all.iter().map(|(day, one)| (*day, one.sum, at(one))).collect();
                let of_flow = sums.iter().filter(|((_, of), _)| *of == flow);
                prop_assert_eq!(found, of_flow.map(|((day, _), (sum, at))| (*day, *sum, *at)).collect::<Vec<_>>());
            }
            // By the end of each day, all that came up to then.
            let mut by_day = Vec::new();
            course.by_day::<()>(|day, running| {
                by_day.push((day, *running));
                ControlFlow::Continue(())
            });
            for (day, running) in &by_day {
                for flow in Flow::ALL {
                    let sum: Money = sums.iter().filter(|((on, of), _)| on <= day && *of == flow).map(|(_, (sum, _))| *sum).sum();
                    prop_assert_eq!(running.of(flow), sum);
                }
            }
            let days: BTreeSet<Day> = sums.keys().map(|(day, _)| *day).collect();
            prop_assert_eq!(by_day.iter().map(|(day, _)| *day).collect::<Vec<_>>(), days.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(course.in_the_end().sums, by_day.last().map(|(_, sums)| sums.sums).unwrap_or_default());
        }
    }
}
