//! A year as rules look at it: its books, what its lines add up to, and in which order.

use super::course::Course;
use super::days::Days;
use super::recall::Recalled;
use crate::audit::Matter;
use crate::finding::{Code, Finding};
use crate::ledger::{AccountId, Books, Control, Day, Formula, Measure, Sign, Term};
use crate::money::Money;
use crate::source::{Origin, Span};
use crate::tally::{Rolled, Tally, Worked};
use crate::words::Text;

/// Money received: what payments are made of.
const RECEIVED: Formula = &[
    (Sign::Plus, Measure::Granted),
    (Sign::Plus, Measure::OwnFunds),
    (Sign::Plus, Measure::CarriedIn),
    (Sign::Plus, Measure::CarriedInVoted),
    (Sign::Plus, Measure::CarriedInCommitted),
    (Sign::Plus, Measure::CarriedInContinuing),
];

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
    /// What an audit has to say of printed figures; nothing where something was refused, as then nobody looks at it.
    pub(super) printed: Vec<Matter>,
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
        RECEIVED.iter().any(|(_, measure)| self.rolled.has(AccountId::ROOT, *measure))
    }

    /// Whether the year keeps a budget at all.
    pub(super) fn keeps_budget(&self) -> bool {
        let formula = Term::CurrentBudget.formula(self.books.year.grant_mode);
        formula.iter().any(|(_, measure)| self.rolled.has(AccountId::ROOT, *measure))
    }

    /// Whether money is received for an account above, so that nobody can say how much of it is this one's.
    pub(super) fn receipts_pooled_above(&self, account: AccountId) -> bool {
        self.rolled.is_pooled(account, RECEIVED)
    }

    /// The days of some accounts, each with everything below it.
    pub(super) fn courses(&self, accounts: &[AccountId]) -> impl Iterator<Item = &Course> {
        accounts.iter().map(|account| self.days.of(*account))
    }
}

/// Where something is that is found of an account on a day: at the line that broke it, where there is one, else at the
/// account.
pub(super) fn place(books: &Books, account: AccountId, line: Option<Origin>) -> Span {
    line.map_or_else(|| books.place_of(account), |line| Span { source: line.source, at: line.at, length: 0 })
}

/// What is found of an account on a day: at the line that broke it, where there is one, else at the account.
pub(super) fn on_day(
    code: Code,
    books: &Books,
    account: AccountId,
    line: Option<Origin>,
    message: impl Into<Text>,
    way_out: impl Into<Text>,
) -> Finding {
    let found = Finding::new(code, place(books, account, line), message, way_out);
    Finding { field: line.map(|_| "amount"), ..found }.about(super::said::key(books, account))
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
    let accounts = &books.accounts;
    accounts.parents_first().map(|(id, _)| id).filter(|id| !accounts.has_children(*id)).collect()
}
