//! Whether a year is over, and what it keeps: rules about its end have nothing to say before.

use super::Year;
use crate::ledger::{AccountId, Date, Measure, Term};
use crate::tally::{Axis, Months, Worked};

impl Year<'_> {
    /// Whether the year keeps lines of a term at all.
    pub(super) fn keeps(&self, term: Term) -> bool {
        self.worked(AccountId::ROOT, term) != Worked::NoLines
    }

    /// Whether the year is over, as far as can be told: by the day that was named, by a line of its last month or later,
    /// or by spending that is dated by the year alone, as it is where a whole year was entered at once.
    pub(super) fn is_over(&self) -> bool {
        let months = Months::of(self.books);
        let sums = self.tally.along(Axis::Month).months();
        let any = |place: usize, of: &[Measure]| of.iter().any(|measure| sums[place].get(*measure).is_some());
        let last = months.month(months.count().saturating_sub(1));
        let spent = [Measure::Disbursed, Measure::Interest, Measure::Recovered, Measure::Returned];
        self.is_past(self.books.year.ends)
            || self.as_of.is_some_and(|day| day == self.books.year.ends.last())
            || any(last, &Measure::ALL)
            || any(months.after(), &Measure::ALL)
            || any(months.undated(), &spent)
    }

    /// Whether a day is past, by the day that was named.
    pub(super) fn is_past(&self, date: Date) -> bool {
        self.as_of.is_some_and(|day| day > date.last())
    }
}
