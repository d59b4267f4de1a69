//! Which lines are behind a number.

use super::account::{AccountId, Accounts};
use super::date::{Date, Day, Reached};
use super::line::Line;
use super::measure::{Measure, Sign};
use crate::money::Money;

/// A signed sum of measures, as a term of a report is defined.
pub type Formula = &'static [(Sign, Measure)];

/// The lines that a number is the sum of: those of an account and all below it that its formula counts, by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The account, with everything below.
    pub account: AccountId,
    /// Which measures, and which way.
    pub formula: Formula,
    /// Only what had come by the end of this day.
    pub as_of: Option<Day>,
}

impl Slice {
    /// What a line gives to the number; `None` where it has no part in it.
    pub fn share(&self, accounts: &Accounts, line: &Line<'_>) -> Option<Money> {
        if self.as_of.is_some_and(|day| line.date.by(day) != Reached::Yes) {
            return None;
        }
        line.parts()
            .filter(|(account, ..)| accounts.is_within(*account, self.account))
            .filter_map(|(_, measure, amount)| {
                let (sign, _) = self.formula.iter().find(|(_, counted)| *counted == measure)?;
                Some(match sign {
                    Sign::Plus => amount,
                    Sign::Minus => -amount,
                })
            })
            .reduce(|a, b| a + b)
    }

    /// The day as a date, for those who show it.
    pub fn as_of_date(&self) -> Option<Date> {
        self.as_of.map(Date::Day)
    }
}
