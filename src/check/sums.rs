//! What rules ask of a year's sums, and how they say it.

use super::Year;
use crate::ledger::{AccountId, Books, Control, Date, Measure, Sign, Term};
use crate::money::{Money, Rate, Rounding};
use crate::tally::{Axis, Months, Worked};
use crate::words::Text;

/// An account as messages name it: its path, the root by its label.
pub(super) fn called(books: &Books, account: AccountId) -> Text {
    match account {
        AccountId::ROOT => books.year.presentation.total_label.clone(),
        _ => Text::same(books.accounts.get(account).path.as_str()),
    }
}

/// How large a part is in a whole, in per cent with one decimal: ` (2.7%)`; nothing where the whole is nothing.
pub(super) fn percent(part: Money, whole: Money) -> String {
    let rate = Rate::of(part, whole).map(|rate| rate.shown(1, Rounding::HalfUp).percent);
    rate.map(|percent| format!(" ({percent}%)")).unwrap_or_default()
}

/// The accounts at which a ceiling binds.
pub(super) fn controlled(books: &Books, control: Control) -> Vec<AccountId> {
    match control {
        Control::Root => vec![AccountId::ROOT],
        Control::At(account) => vec![account],
        Control::Leaf => leaves(books),
    }
}

/// The accounts that none stand below, in the order of the chart.
pub(super) fn leaves(books: &Books) -> Vec<AccountId> {
    books.accounts.parents_first().filter(|(_, account)| !account.has_children).map(|(id, _)| id).collect()
}

impl Year<'_> {
    /// What a term comes to at an account.
    pub(super) fn worked(&self, account: AccountId, term: Term) -> Worked {
        self.rolled.worked(account, term.formula(self.books.year.grant_mode))
    }

    /// The same as an amount: nothing where no line has to do with it.
    pub(super) fn amount(&self, account: AccountId, term: Term) -> Money {
        self.worked(account, term).amount().unwrap_or_default()
    }

    /// Whether the year keeps lines of a term at all.
    pub(super) fn keeps(&self, term: Term) -> bool {
        self.worked(AccountId::ROOT, term) != Worked::NoLines
    }

    /// Whether the year is over, as far as can be told: by the day that is asked for, by a line of its last month or
    /// later, or by spending that is dated by the year alone.
    pub(super) fn is_over(&self) -> bool {
        let months = Months::of(self.books);
        let along = self.tally.along(Axis::Month).months();
        let last = months.month(months.count().saturating_sub(1));
        let any = |place: usize, measures: &[Measure]| measures.iter().any(|measure| along[place].get(*measure).is_some());
        let spent = [Measure::Disbursed, Measure::Interest, Measure::Recovered, Measure::Returned];
        self.as_of.is_some_and(|day| day >= self.books.year.ends.last())
            || any(last, &Measure::ALL)
            || any(months.after(), &Measure::ALL)
            || any(months.undated(), &spent)
    }

    /// Whether a day is past, by the day that is asked for.
    pub(super) fn is_past(&self, date: Date) -> bool {
        self.as_of.is_some_and(|day| day > date.last())
    }
}

/// Signed terms as one sum, of which any may be absent.
pub(super) fn signed(year: &Year<'_>, account: AccountId, parts: &[(Sign, Term)]) -> Worked {
    let mut sum = None;
    for (sign, term) in parts {
        match (year.worked(account, *term), sign) {
            (Worked::NotAttributed, _) => return Worked::NotAttributed,
            (Worked::NoLines, _) => {}
            (Worked::Amount(amount), Sign::Plus) => sum = Some(sum.unwrap_or_default() + amount),
            (Worked::Amount(amount), Sign::Minus) => sum = Some(sum.unwrap_or_default() - amount),
        }
    }
    sum.map_or(Worked::NoLines, Worked::Amount)
}
