//! The course of an account: what came of each flow on each day, in order.

use crate::ledger::{AccountId, Date, Day, Measure};
use crate::money::Money;
use crate::source::Origin;
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
    #[inline]
    fn suits(self, amount: Money) -> bool {
        let is_ceiling = matches!(self, Flow::Received | Flow::Budget);
        if is_ceiling { amount >= Money::ZERO } else { amount <= Money::ZERO }
    }
}

/// A day by its number: 0 is the first of 1970. To count from one to another takes no calendar.
pub(super) type DayNumber = i32;

/// The day of a number.
fn of_number(number: DayNumber) -> Day {
    Day::from_epoch_days(number).expect("it is the number of a day that a line has")
}

/// The days that a date may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    date: Date,
    first: DayNumber,
    last: DayNumber,
}

impl Dated {
    pub(super) fn of(date: Date) -> Dated {
        Dated { date, first: date.first().to_epoch_days(), last: date.last().to_epoch_days() }
    }

    /// Whether it is of a date.
    #[inline]
    pub(super) fn is_of(&self, date: Date) -> bool {
        self.date.is(date)
    }

    /// The first and the last of them as one number, which no other date has.
    #[inline]
    pub(super) fn number(&self) -> u64 {
        u64::from(self.first.cast_unsigned()) << 32 | u64::from(self.last.cast_unsigned())
    }

    /// Whether all that it may mean lies from one day to another.
    pub(super) fn is_within(&self, first: Day, last: Day) -> bool {
        first.to_epoch_days() <= self.first && self.last <= last.to_epoch_days()
    }

    /// Whether it may mean several days.
    #[inline]
    pub(super) fn is_coarse(&self) -> bool {
        self.first != self.last
    }

    /// When an amount of a line comes to a flow, on the day that suits the books best, and as what.
    #[inline]
    pub(super) fn came(&self, flow: Flow, amount: Money, touch: Touch, line: Origin) -> (When, OneDay) {
        let suits = flow.suits(amount);
        let day = if suits { self.first } else { self.last };
        let cause = if suits { Cause::NOBODY } else { Cause::of(touch, line) };
        ((day, flow), OneDay { sum: amount, cause })
    }
}

/// Whether a line touches one account or moves money from one to another; the first is the likelier to be at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touch {
    One,
    Two,
}

/// A line that moved a flow the way that may break a ceiling: the likelier one is the smaller, then the earlier by its
/// place. In one number, as most lines of a day are held against another (2 % of the instructions of a check).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cause(u128);

impl Cause {
    /// No line: any is likelier.
    const NOBODY: Cause = Cause(u128::MAX);

    #[inline]
    fn of(touch: Touch, line: Origin) -> Cause {
        Cause((touch as u128) << 96 | line.number())
    }

    fn line(self) -> Option<Origin> {
        (self != Cause::NOBODY).then(|| Origin::of_number(self.0))
    }
}

/// What came and went of one flow of an account on one day. There is one for each account, day and flow that lines have,
/// so it is kept small: 32 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct OneDay {
    sum: Money,
    cause: Cause,
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
    pub(super) const NOTHING: OneDay = OneDay { sum: Money::ZERO, cause: Cause::NOBODY };

    /// The opposite of it, which is nobody's fault.
    pub(super) fn undone(self) -> OneDay {
        OneDay { sum: -self.sum, cause: Cause::NOBODY }
    }

    #[inline]
    pub(super) fn merge(&mut self, other: &OneDay) {
        self.sum += other.sum;
        self.cause = self.cause.min(other.cause);
    }
}

/// A day, and which flow.
pub(super) type When = (DayNumber, Flow);

/// What came of one flow of an account on one day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Came {
    pub(super) account: AccountId,
    pub(super) when: When,
    pub(super) one: OneDay,
}

impl Came {
    /// The place of its account and flow among those of all accounts.
    pub(super) fn place(&self) -> usize {
        self.account.index() * Flow::ALL.len() + self.when.1 as usize
    }
}

/// The days of one account in order, flow by flow.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    flows: [Days; Flow::ALL.len()],
}

/// The days on which something came of one flow, in order and each once, and what; in two lists, as together they would take a
/// third more.
#[derive(Clone, Debug, Default)]
struct Days {
    days: Box<[DayNumber]>,
    ones: Box<[OneDay]>,
}

impl Days {
    /// Puts together what came, in whatever order. Where there are not many more days than things, each day has its
    /// place, and nothing is sorted.
    fn of<'c>(came: impl Iterator<Item = (DayNumber, &'c OneDay)> + Clone) -> Days {
        let (mut first, mut last, mut count) = (DayNumber::MAX, DayNumber::MIN, 0);
        came.clone().for_each(|(day, _)| (first, last, count) = (day.min(first), day.max(last), count + 1));
        if count == 0 {
            return Days::default();
        }
        let span = last.abs_diff(first) as usize + 1;
        if span > 4 * count {
            let mut sorted: Vec<(DayNumber, OneDay)> = came.map(|(day, one)| (day, *one)).collect();
            sorted.sort_by_key(|(day, _)| *day);
            sorted.dedup_by(|(day, one), (before, kept)| {
                let again = day == before;
                if again {
                    kept.merge(one);
                }
                again
            });
            return Days::in_order(sorted.len(), sorted.into_iter());
        }
        let mut all = vec![(false, OneDay::NOTHING); span];
        let mut different = 0;
        for (day, one) in came {
            let (is_there, kept) = &mut all[day.abs_diff(first) as usize];
            different += usize::from(!*is_there);
            *is_there = true;
            kept.merge(one);
        }
        let there = (first..).zip(all).filter(|(_, (is_there, _))| *is_there);
        Days::in_order(different, there.map(|(day, (_, one))| (day, one)))
    }

    /// Takes so many days, which are in order and different.
    fn in_order(count: usize, came: impl Iterator<Item = (DayNumber, OneDay)>) -> Days {
        let (mut days, mut ones) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for (day, one) in came {
            days.push(day);
            ones.push(one);
        }
        Days { days: days.into(), ones: ones.into() }
    }

    fn iter(&self) -> impl Iterator<Item = (DayNumber, &OneDay)> + Clone {
        self.days.iter().copied().zip(&self.ones)
    }
}

impl Course {
    /// The course of what came to one account, in stretches that have each flow in one piece.
    pub(super) fn of<'c>(came: impl Iterator<Item = &'c [Came]>) -> Course {
        let mut flows: [Vec<&[Came]>; Flow::ALL.len()] = Default::default();
        for of_flow in came.flat_map(|came| came.chunk_by(|one, other| one.when.1 == other.when.1)) {
            flows[of_flow[0].when.1 as usize].push(of_flow);
        }
        let days = |came: &Vec<&[Came]>| Days::of(came.iter().copied().flatten().map(|came| (came.when.0, &came.one)));
        Course { flows: flows.each_ref().map(days) }
    }

    /// All that came to several accounts.
    pub(super) fn together(all: &[&Course]) -> Course {
        let of_flow = |flow: usize| all.iter().flat_map(move |course| course.flows[flow].iter());
        Course { flows: std::array::from_fn(|flow| Days::of(of_flow(flow))) }
    }

    /// What came, of one flow after another, as that of an account.
    pub(super) fn came_to(&self, account: AccountId) -> impl Iterator<Item = Came> + '_ {
        let flows = Flow::ALL.into_iter().zip(&self.flows);
        flows.flat_map(move |(flow, days)| {
            days.iter().map(move |(day, one)| Came { account, when: (day, flow), one: *one })
        })
    }

    /// How many days its flows have, one with another.
    pub(super) fn len(&self) -> usize {
        self.flows.iter().map(|days| days.days.len()).sum()
    }

    /// Shows what has come of each flow by the end of each day, until somebody has seen enough.
    fn by_day<Enough>(&self, mut see: impl FnMut(DayNumber, &Running) -> ControlFlow<Enough>) -> Option<Enough> {
        // How many days of each flow have been.
        let mut passed = [0; Flow::ALL.len()];
        let mut running = Running::default();
        loop {
            let mut next = None;
            for flow in Flow::ALL {
                if let Some(day) = self.flows[flow as usize].days.get(passed[flow as usize]) {
                    next = Some(next.map_or(*day, |next: DayNumber| next.min(*day)));
                }
            }
            let day = next?;
            for flow in Flow::ALL {
                let (days, passed) = (&self.flows[flow as usize], &mut passed[flow as usize]);
                if days.days.get(*passed) == Some(&day) {
                    running.sums[flow as usize] += days.ones[*passed].sum;
                    *passed += 1;
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
        let line = flows.iter().find_map(|flow| {
            let Days { days, ones, .. } = &self.flows[*flow as usize];
            ones[days.binary_search(&day).ok()?].cause.line()
        });
        Some(Broken { day: of_number(day), sums, line })
    }

    /// The day by whose end something is at its most, and how much that is; of several the first.
    pub(super) fn worst(&self, how_much: impl Fn(&Running) -> Money) -> Option<(Day, Money)> {
        let mut worst = None::<(DayNumber, Money)>;
        self.by_day::<()>(|day, sums| {
            let much = how_much(sums);
            if worst.is_none_or(|(_, most)| much > most) {
                worst = Some((day, much));
            }
            ControlFlow::Continue(())
        });
        worst.map(|(day, most)| (of_number(day), most))
    }

    /// What came of each flow in the end.
    pub(super) fn in_the_end(&self) -> Running {
        Running { sums: self.flows.each_ref().map(|days| days.ones.iter().map(|one| one.sum).sum()) }
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
            stretch in 1..50_usize,
        ) {
            let source = Sources::default().add(Source::file("lines.csv".as_ref()));
            let any = Dated::of(Date::day(2015, 1, 1).expect("a day"));
            let begins = any.first;
            let mut all = Vec::new();
            let mut sums: BTreeMap<When, (Money, Option<u64>)> = BTreeMap::new();
            for (at, (day, flow, won)) in came.into_iter().enumerate() {
                let (at, amount, flow) = (at as u64, Money::from_won(won), Flow::ALL[flow]);
                let day = begins + (day * apart).cast_signed();
                let dated = Dated { first: day, last: day, ..any };
                let (when, one) = dated.came(flow, amount, Touch::One, Origin { source, at });
                all.push(Came { account: AccountId::ROOT, when, one });
                let (sum, cause) = sums.entry(when).or_default();
                *sum += amount;
                *cause = cause.or((!flow.suits(amount)).then_some(at));
            }
            // In stretches, and of several accounts.
            let mut stretches: Vec<Vec<Came>> = all.chunks(stretch).map(<[Came]>::to_vec).collect();
            stretches.iter_mut().for_each(|stretch| stretch.sort_by_key(|came| came.when.1));
            let (one, other) = stretches.split_at(stretches.len() / 2);
            let [one, other] = [one, other].map(|stretches| Course::of(stretches.iter().map(Vec::as_slice)));
            let course = Course::together(&[&one, &Course::default(), &other]);
            prop_assert_eq!(course.len() == 0, all.is_empty());
            let at = |one: &OneDay| one.cause.line().map(|line| line.at);
            for (flow, days) in Flow::ALL.into_iter().zip(&course.flows) {
                let found: Vec<_> = days.iter().map(|(day, one)| (day, one.sum, at(one))).collect();
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
            let days: BTreeSet<DayNumber> = sums.keys().map(|(day, _)| *day).collect();
            prop_assert_eq!(by_day.iter().map(|(day, _)| *day).collect::<Vec<_>>(), days.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(course.in_the_end().sums, by_day.last().map(|(_, sums)| sums.sums).unwrap_or_default());
        }
    }
}
