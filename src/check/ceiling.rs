//! A ceiling in the course of days: where what went first passes what was had.

use super::days::{Course, Flow};
use super::said::{called, key, won};
use crate::finding::{Code, Finding};
use crate::ledger::{AccountId, Books, Day};
use crate::money::Money;
use crate::source::Origin;
use crate::words::Text;

/// The first day on which a ceiling breaks, at the end of that day: money in comes before money out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    pub(super) day: Day,
    /// What was had by then.
    pub(super) had: Money,
    /// What went by then.
    pub(super) went: Money,
    /// The first line of the day that may have broken it.
    line: Option<Origin>,
    /// The day on which it is broken by the most, and by how much.
    worst: (Day, Money),
    /// Whether it is broken after the last day.
    pub(super) at_the_end: Held,
}

/// Whether a ceiling holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Yes,
    No,
}

impl Breach {
    /// The first breach of one flow by another; of a flow alone, where it falls below nothing.
    pub(super) fn of(course: &Course, had: Flow, went: Option<Flow>) -> Option<Breach> {
        let (mut sum, mut gone) = (Money::ZERO, Money::ZERO);
        let mut first: Option<Breach> = None;
        for (day, one) in course {
            sum += one.of(had);
            gone += went.map_or(Money::ZERO, |went| one.of(went));
            let short = gone - sum;
            let held = if short > Money::ZERO { Held::No } else { Held::Yes };
            if held == Held::No && first.is_none() {
                let line = went.and_then(|went| one.line(went)).or(one.line(had));
                first = Some(Breach { day: *day, had: sum, went: gone, line, worst: (*day, short), at_the_end: held });
            }
            if let Some(breach) = &mut first {
                breach.at_the_end = held;
                if short > breach.worst.1 {
                    breach.worst = (*day, short);
                }
            }
        }
        first
    }

    /// By how much it is broken, and by how much at worst where that is more.
    pub(super) fn short(&self) -> Text {
        let (by, (day, worst)) = (won(self.went - self.had), self.worst);
        if worst == self.went - self.had {
            return by;
        }
        let worst = won(worst);
        Text::new(
            format!("{}(가장 클 때 {day}에 {})", by.ko, worst.ko),
            format!("{} (at worst by {} on {day})", by.en, worst.en),
        )
    }

    /// A finding at the line that broke it, else where the chart has the account.
    pub(super) fn found(
        &self,
        code: Code,
        books: &Books,
        account: AccountId,
        message: Text,
        way_out: (&str, &str),
    ) -> Finding {
        let found = match self.line {
            Some(line) => Finding::on_line(code, line, "amount", message, way_out),
            None => Finding::new(code, books.place_of(account), message, way_out),
        };
        found.about(key(books, account))
    }

    /// The parts of a message: the account's name, and both values.
    pub(super) fn said(&self, books: &Books, account: AccountId) -> [Text; 3] {
        [called(books, account), won(self.had), won(self.went)]
    }
}
