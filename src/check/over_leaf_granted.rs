//! WL407: on some day more had been paid from a leaf than was received for it, where the cash is pooled above.

use super::cash_overdrawn::look;
use super::year::{controlled, leaves};
use super::{Looks, Rule, Year, pages};
use crate::finding::{Code, Findings, Severity};
use crate::ledger::Control;

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL407", "over-leaf-granted", Severity::Warning),
    page: pages!("over_leaf_granted"),
    looks: Looks::AtSums(run),
};

fn run(year: &Year<'_>, findings: &mut Findings) {
    let control = year.books.year.cash_control;
    // Where the cash is controlled at the leaves, the other rule tells of them.
    if control == Control::Leaf {
        return;
    }
    let controlled = controlled(year.books, control);
    let others = leaves(year.books).into_iter().filter(|account| !controlled.contains(account));
    look(year, RULE.code, &others.collect::<Vec<_>>(), findings);
}
