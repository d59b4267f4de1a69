//! WL302: a budget line that says the same as another: the budget may be there twice.

use super::duplicate_row::copies;
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Findings, Severity};
use crate::ledger::Kind;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL302", "budget-duplicate", Severity::Warning),
    page: pages!("budget_duplicate"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    copies(year, findings, RULE.code, |kind| matches!(kind, Kind::Budget | Kind::Supplement));
}
