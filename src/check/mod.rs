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
//! **Several things at once.** Lines are read by `read::lines` and by nobody else, but of many lines there is much left to
//! do when they are read: days of thousands of accounts, marks of millions of lines. That is independent work, and one
//! function (`at_once`) gives it to several threads.
//!
//! **One rule of a group is not here.** Transfers are one line each, from an account to another, and balance by
//! construction; grants have no column for the number of their tranche. So nothing can be found of either.

mod accept;
mod at_once;
mod basis_changed;
mod budget_duplicate;
mod budget_missing;
mod budget_negative;
mod carried_differently;
mod carry_out_uncovered;
mod cash_overdrawn;
mod child_sum;
mod claim_unexplained;
mod closing;
mod commitment_exceeded;
mod cost_on_external;
mod course;
mod days;
mod december_rush;
mod duplicate_row;
mod event_overlap;
mod grant_over_budget;
mod interest_missing;
mod lines;
mod name_inconsistent;
mod origin_missing;
mod origin_unknown;
mod outside_year;
mod over_budget;
mod over_leaf_granted;
mod own_funds_short;
mod performance_unmatched;
mod performance_vs_disbursed;
mod plan_over_budget;
mod plan_unitemised;
mod plug_suspected;
mod printed;
mod rate_saturated;
mod reading;
mod recall;
mod refund_exceeds;
mod refund_wrong_year;
mod return_mismatch;
mod rounding_only;
mod row_balance;
mod rows_missing;
mod run;
mod runs;
mod said;
mod schedule_outside_year;
mod settlement_late;
mod text_vs_table;
mod total_vs_rows;
mod transfer_after_year;
mod transfer_forbidden;
mod transfer_unapproved;
mod ungranted;
mod year;

pub use accept::{Beside, settle};
pub use run::{Year as Ran, between, check};
pub use year::Year;

use crate::finding::{About, Code, Findings};
use crate::ledger::{Books, Kind, Line};

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
    /// At each of some lines.
    AtLines(Which, AtLine),
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

/// What looks at a line alone.
pub type AtLine = fn(&Books, &Line<'_>, &mut Findings);

/// At which lines a rule looks.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    /// Those of these kinds.
    Of(&'static [Kind]),
    /// Those whose date may lie outside the fiscal year, of whatever kind: there are few.
    OutsideYear,
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
    cost_on_external::RULE,
    schedule_outside_year::RULE,
    event_overlap::RULE,
    performance_unmatched::RULE,
    name_inconsistent::RULE,
    accept::UNUSED,
    accept::UNKNOWN,
    duplicate_row::RULE,
    budget_duplicate::RULE,
    outside_year::RULE,
    transfer_forbidden::RULE,
    transfer_after_year::RULE,
    transfer_unapproved::RULE,
    refund_wrong_year::RULE,
    origin_missing::RULE,
    origin_unknown::RULE,
    refund_exceeds::RULE,
    over_budget::RULE,
    budget_missing::RULE,
    budget_negative::RULE,
    grant_over_budget::RULE,
    ungranted::RULE,
    cash_overdrawn::RULE,
    over_leaf_granted::RULE,
    commitment_exceeded::RULE,
    carry_out_uncovered::RULE,
    return_mismatch::RULE,
    interest_missing::RULE,
    settlement_late::RULE,
    own_funds_short::RULE,
    plan_over_budget::RULE,
    plan_unitemised::RULE,
    december_rush::RULE,
    row_balance::RULE,
    total_vs_rows::RULE,
    child_sum::RULE,
    rounding_only::RULE,
    claim_unexplained::RULE,
    text_vs_table::RULE,
    rate_saturated::RULE,
    performance_vs_disbursed::RULE,
    plug_suspected::RULE,
    rows_missing::RULE,
    basis_changed::RULE,
    carried_differently::RULE,
];
