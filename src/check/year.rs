//! A year as rules look at it: its books, what its lines add up to, and in which order.

use super::days::{Course, Days};
use super::recall::Recalled;
use crate::audit::Audit;
use crate::ledger::{AccountId, Books, Control, Day, Measure, Term};
use crate::money::Money;
use crate::tally::{Rolled, Tally, Worked};

/// A year as rules look at it.
pub struct Year<'b> {
    /// Its books.
    pub books: &'b Books,
    /// What its lines add up to, by account, by fund and by month.
    pub tally: Tally<'b>,
    /// The same, each account with everything below it.
    pub rolled: Rolled,
    /// The day that stands for today, if one was named: no clock is asked.
    pub as_of: Option<Day>,
    pub(super) days: Days,
    pub(super) recalled: Recalled,
    pub(super) audit: Audit<'b>,
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

    /// Whether the year keeps money received at all: a year of budget and spending alone says nothing of its cash.
    pub(super) fn keeps_receipts(&self) -> bool {
        let received = [
            Measure::Granted,
            Measure::OwnFunds,
            Measure::CarriedIn,
            Measure::CarriedInVoted,
            Measure::CarriedInCommitted,
            Measure::CarriedInContinuing,
        ];
        received.into_iter().any(|measure| self.rolled.has(AccountId::ROOT, measure))
    }

    /// The days of some accounts, each with everything below it.
    pub(super) fn courses(&self, accounts: &[AccountId]) -> Vec<Course> {
        self.days.below(self.books, accounts)
    }
}

/// The accounts at which a ceiling binds, in the order of the chart.
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
