//! WL503: a printed subtotal that no rounding makes the sum of the rows below it.

use super::printed::tell;
use super::{Looks, Rule, Year, pages};
use crate::audit::MatterSort;
use crate::finding::{Code, Findings, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::new("WL503", "child-sum", Severity::Error),
    page: pages!("child_sum"),
    looks: Looks::AtPrinted(run),
};

const SORTS: &[MatterSort] = &[MatterSort::Subtotal];

const WAY_OUT: (&str, &str) = (
    "소계와 아래 과목의 숫자를 문서와 견줄 것",
    "compare the subtotal and the figures of the accounts below it with the document",
);

fn run(year: &Year<'_>, findings: &mut Findings) {
    tell(year, &RULE, SORTS, |_| RULE.code.severity, |_| true, WAY_OUT, findings);
}
