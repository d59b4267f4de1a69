//! Rules that a year's books are held to; each in a file of its own, with its pages beside it.
//!
//! Law: a rule is one constant and one function. It looks at what it is given, says what it finds at its place, and what
//! it could not look at is said, too.
//!
//! # Why
//!
//! **What was refused is not judged.** A sum with a line missing breaks ceilings that the whole would keep, so rules that
//! rest on sums wait until every line could be read; the report says that they did. Rules that look at one line, or at
//! the plan, do not wait.
//!
//! **By date, in the books' favour.** A line that is dated by its month or year may lie on any of its days. Rules by date
//! take each amount to have come on the day that suits the books best: what they find is so whatever the day was, and
//! what only the day could tell they leave alone.
//!
//! **One rule of a group is not here.** Transfers are one line each, from an account to another, and balance by
//! construction; grants have no column for the number of their tranche. So nothing can be found of either.

mod accept;
mod basis_changed;
mod budget_missing;
mod budget_negative;
mod carried_differently;
mod carry_out_uncovered;
mod cash_overdrawn;
mod closing;
mod commitment_exceeded;
mod days;
mod december_rush;
mod grant_over_budget;
mod interest_missing;
mod lines;
mod over_budget;
mod own_funds_short;
mod plan_over_budget;
mod plan_unitemised;
mod reading;
mod recall;
mod return_mismatch;
mod run;
mod said;
mod settlement_late;
mod ungranted;
mod year;

pub use accept::settle;
pub use run::{Year as Ran, between, check};
pub use year::Year;

use crate::finding::{About, Code, Findings};
use crate::ledger::{Books, Line};

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code, its name and its severity.
    pub code: Code,
    /// What it finds, why, an example and the way out, as Markdown: Korean, then English.
    pub page: [&'static str; 2],
    /// When it looks, and at what.
    pub looks: Looks,
}

/// When a rule looks, and at what.
#[derive(Clone, Copy, Debug)]
pub enum Looks {
    /// Files are being read: what is wrong with them is said there.
    WhileReading,
    /// At the plan, the chart, the records of what was done.
    AtBooks(fn(&Books, &mut Findings)),
    /// At each line.
    AtEachLine(fn(&Books, &Line<'_>, &mut Findings)),
    /// At what the lines of the year add up to, in the order of their days, too, and at the lines that bear a number
    /// which others go back to.
    AtSums(fn(&Year<'_>, &mut Findings)),
    /// At what documents print, against one another and against the ledger.
    AtPrinted(fn(&Year<'_>, &mut Findings)),
    /// At a year beside the one before it in the same run.
    BetweenYears(fn(&Year<'_>, &Year<'_>, &mut Findings)),
    /// At what all the others found.
    AtTheEnd,
}

/// Every rule, in the order of the codes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let mut all: Vec<&'static Rule> = reading::RULES.iter().chain(RULES).collect();
    all.sort_by_key(|rule| rule.code.id);
    all.into_iter()
}

/// The rule of a code or a name.
pub fn rule(text: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code.is(text))
}

/// Every rule as people read of it.
pub fn about() -> Vec<About> {
    rules().map(|rule| About { code: rule.code, page: rule.page }).collect()
}

/// The pages of a rule by the name of its files: Korean, then English.
macro_rules! pages {
    ($name:literal) => {
        [include_str!(concat!($name, ".ko.md")), include_str!(concat!($name, ".md"))]
    };
}
use pages;

/// The rules that look at books once they are read, in the order in which they look.
const RULES: &[Rule] = &[
    accept::UNKNOWN,
    over_budget::RULE,
    budget_missing::RULE,
    budget_negative::RULE,
    grant_over_budget::RULE,
    ungranted::RULE,
    cash_overdrawn::RULE,
    cash_overdrawn::AT_LEAVES,
    commitment_exceeded::RULE,
    carry_out_uncovered::RULE,
    return_mismatch::RULE,
    interest_missing::RULE,
    settlement_late::RULE,
    own_funds_short::RULE,
    plan_over_budget::RULE,
    plan_unitemised::RULE,
    december_rush::RULE,
    basis_changed::RULE,
    carried_differently::RULE,
    accept::UNUSED,
];
