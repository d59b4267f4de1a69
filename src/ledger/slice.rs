//! Which lines are behind a number.

use super::Books;
use super::account::AccountId;
use super::date::{Date, Day, Precision};
use super::item::{ItemId, TaskId};
use super::line::Line;
use super::measure::{Measure, Sign};
use super::year::FundId;
use crate::money::Money;

/// A signed sum of measures, as a term of a report is defined. A measure may stand in it more than once.
pub type Formula = &'static [(Sign, Measure)];

/// The lines that a number is the sum of: what its formula counts, of an account and all below it, within bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slice {
    /// The account, with everything below.
    pub account: AccountId,
    /// Which measures, and which way.
    pub formula: Formula,
    /// Which lines, by what they name.
    pub scope: Scope,
    /// Which lines, by their dates.
    pub when: When,
}

/// Which lines, by the project or the fund that they name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// All.
    #[default]
    All,
    /// Those that name an item.
    Item(ItemId),
    /// Those that name any item.
    AnyItem,
    /// Those that name none.
    NoItem,
    /// Those that name an item of a task.
    Task(TaskId),
    /// Those that name an item that stands under no task.
    NoTask,
    /// Those that name an item of the same program as this one.
    ProgramOf(ItemId),
    /// Those that name an item of no program.
    NoProgram,
    /// Those that name a fund.
    Fund(FundId),
    /// Those that name none.
    NoFund,
}

impl Scope {
    /// Whether a line is one of them.
    #[inline]
    pub fn has(self, books: &Books, line: &Line<'_>) -> bool {
        if self == Scope::All {
            return true;
        }
        let item = line.item.map(|id| books.item(id));
        match self {
            Scope::All => true,
            Scope::Item(id) => line.item == Some(id),
            Scope::AnyItem => item.is_some(),
            Scope::NoItem => item.is_none(),
            Scope::Task(task) => item.is_some_and(|item| item.task == Some(task)),
            Scope::NoTask => item.is_some_and(|item| item.task.is_none()),
            Scope::ProgramOf(of) => {
                item.is_some_and(|item| item.program.is_some() && item.program == books.item(of).program)
            }
            Scope::NoProgram => item.is_some_and(|item| item.program.is_none()),
            Scope::Fund(id) => line.fund == Some(id),
            Scope::NoFund => line.fund.is_none(),
        }
    }
}

/// Which lines, by their dates. A coarse date counts where all that it may mean does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct When {
    /// From the beginning of this day.
    pub from: Option<Day>,
    /// By the end of this day.
    pub to: Option<Day>,
    /// How much of its date a line has to know.
    pub precision: Precision,
}

impl When {
    /// Whenever.
    pub const ALWAYS: When = When { from: None, to: None, precision: Precision::Any };

    /// What had come by the end of a day, if one is given.
    pub const fn by(day: Option<Day>) -> When {
        When { from: None, to: day, precision: Precision::Any }
    }

    /// Whether a date is one of them.
    pub fn has(self, date: Date) -> bool {
        self.precision.has(date)
            && self.from.is_none_or(|from| date.first() >= from)
            && self.to.is_none_or(|to| date.last() <= to)
    }
}

impl Slice {
    /// What a line gives to the number; `None` where it has no part in it.
    pub fn share(&self, books: &Books, line: &Line<'_>) -> Option<Money> {
        if !self.when.has(line.date) || !self.scope.has(books, line) {
            return None;
        }
        let parts = line.parts().filter(|(account, ..)| books.accounts.is_within(*account, self.account));
        parts.filter_map(|(_, measure, amount)| counted(self.formula, measure, amount)).reduce(|a, b| a + b)
    }
}

/// What an amount of a measure comes to in a formula; `None` where the formula does not have it.
fn counted(formula: Formula, measure: Measure, amount: Money) -> Option<Money> {
    let entries = formula.iter().filter(|(_, counted)| *counted == measure);
    let signed = entries.map(|(sign, _)| match sign {
        Sign::Plus => amount,
        Sign::Minus => -amount,
    });
    signed.reduce(|a, b| a + b)
}
